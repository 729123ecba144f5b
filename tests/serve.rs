//! `unionplan serve`: who may ask for what, what is answered, and how pages hear of changes. What
//! a browser makes of it is in `tests/browser/`.

#![allow(clippy::unwrap_used)]

mod support;

use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use support::http::{Answer, ask, connect, get, send};
use support::{Project, stderr, stdout};

/// How long to wait for what has to come in the end.
const PATIENCE: Duration = Duration::from_secs(60);

const PLAN: &str = "data/2021/plan.yaml";

/// A preview that ends with the test.
struct Preview {
    project: Project,
    child: Child,
    said: Arc<Mutex<String>>,
    port: u16,
}

impl Preview {
    fn begin(arguments: &[&str]) -> Self {
        Self::of(Project::shipped(), arguments)
    }

    fn of(project: Project, arguments: &[&str]) -> Self {
        let arguments = [&["serve", "--port", "0"], arguments].concat();
        let mut child = project.command(&arguments).stderr(Stdio::piped()).spawn().unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let (lines, heard) = (BufReader::new(child.stderr.take().unwrap()).lines(), said.clone());
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                *heard.lock().unwrap() += &format!("{line}\n");
            }
        });
        let mut preview = Self { project, child, said, port: 0 };
        preview.until("it shows its address", |preview| preview.said().contains("按 Ctrl+C 结束"));
        let said = preview.said();
        let address = said.split("预览：http://127.0.0.1:").nth(1).unwrap();
        preview.port = address.split('/').next().unwrap().parse().unwrap();
        preview
    }

    fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        let begun = Instant::now();
        while !holds(self) {
            assert!(begun.elapsed() < PATIENCE, "{what}: {}", self.said());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn get(&self, path: &str) -> Answer {
        get(self.port, path)
    }

    fn with_host(&self, host: &str) -> u16 {
        let head = format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        send(self.port, head).status
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a page hears.
struct Events {
    lines: std::io::Lines<BufReader<TcpStream>>,
}

impl Events {
    fn of(preview: &Preview) -> Self {
        let mut stream = connect(preview.port);
        let host = format!("127.0.0.1:{}", preview.port);
        write!(stream, "GET /.preview/events HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        Self { lines: BufReader::new(stream).lines() }
    }

    fn next(&mut self) -> Value {
        let data =
            self.lines.find_map(|line| line.unwrap().strip_prefix("data: ").map(str::to_owned));
        serde_json::from_str(&data.unwrap()).unwrap()
    }
}

/// A page as the build made it: without the script that was added on the way.
fn without_script(page: &str) -> String {
    let (before, rest) = page.split_once("<script src=\"/").unwrap();
    let (_, after) = rest.split_once("></script>\n").unwrap();
    format!("{before}{after}")
}

#[test]
fn the_output_is_that_of_a_build_and_is_served_as_it_is() {
    let preview = Preview::begin(&[]);
    let built = Project::shipped();
    built.build();
    assert_eq!(preview.project.site(), built.site());
    for (path, bytes) in built.site() {
        let answer = preview.get(&format!("/{path}"));
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        let served = match path.ends_with(".html") {
            true => without_script(&answer.text()).into_bytes(),
            false => answer.body,
        };
        assert_eq!(served, bytes, "{path}");
    }
    assert_eq!(preview.project.site(), built.site(), "serving writes nothing");
}

#[test]
fn files_say_what_they_are() {
    let preview = Preview::begin(&[]);
    let text = "文字";
    let large = vec![7; 3_000_000];
    for (name, bytes) in [
        ("说明 一.txt", text.as_bytes()),
        ("gbk.txt", &[0xce, 0xc4, 0xd7, 0xd6]),
        ("通知.pdf", b"%PDF"),
        ("data.bin", &large),
        ("empty.docx", b""),
    ] {
        preview.project.write(&format!("data/2021/files/{name}"), bytes);
    }
    preview.until("all files are there", |preview| {
        preview.project.out().join("2021/files/empty.docx").exists()
            && preview.project.out().join("2021/files/data.bin").exists()
    });
    let docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    for (path, kind, size) in [
        ("/", "text/html; charset=utf-8", None),
        ("/2021/files/%E8%AF%B4%E6%98%8E%20%E4%B8%80.txt", "text/plain; charset=utf-8", Some(6)),
        ("/2021/files/gbk.txt", "text/plain", Some(4)),
        ("/2021/files/%E9%80%9A%E7%9F%A5.pdf", "application/pdf", Some(4)),
        ("/2021/files/data.bin", "application/octet-stream", Some(large.len())),
        ("/2021/files/empty.docx", docx, Some(0)),
        ("/.preview/preview.js", "text/javascript; charset=utf-8", None),
        ("/.preview/preview.css", "text/css; charset=utf-8", None),
    ] {
        let answer = preview.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (200, kind), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(size.is_none_or(|size| answer.body.len() == size), "{path}");
        let head = ask(preview.port, "HEAD", path);
        assert_eq!(head.status, 200, "{path}");
        assert_eq!(head.body, b"", "{path}");
        let length = head.header("content-length");
        assert!(
            length == answer.body.len().to_string()
                || (length.is_empty() && answer.body.is_empty()),
            "{path}: {length}"
        );
    }
}

#[test]
fn below_a_prefix_the_site_stands_as_at_its_host() {
    let preview = Preview::begin(&["--prefix", "a/b"]);
    assert!(preview.said().contains(&format!("预览：http://127.0.0.1:{}/a/b/\n", preview.port)));
    for (path, status, location) in [
        ("/", 307, "/a/b/"),
        ("/?x", 307, "/a/b/?x"),
        ("/a/b", 307, "/a/b/"),
        ("/a/b/2021", 307, "/a/b/2021/"),
        ("/a/b/2021?q=%2f", 307, "/a/b/2021/?q=%2f"),
        ("/a/b/", 200, ""),
        ("/a/b/2021/", 200, ""),
        ("/a/b/2021/calendar.html?q=1", 200, ""),
        ("/a/b/nowhere.html", 404, ""),
        ("/a/b/2021/calendar.html/", 404, ""),
        ("/a/", 404, ""),
        ("/index.html", 404, ""),
        ("/.preview/events", 404, ""),
        ("//a/b/", 404, ""),
    ] {
        let answer = preview.get(path);
        assert_eq!((answer.status, answer.header("location")), (status, location), "{path}");
    }
    assert!(preview.get("/a/b/").text().contains("<script src=\"/a/b/.preview/preview.js\""));
    assert!(preview.get("/a/b/nowhere.html").text().contains("<html lang=\"zh-CN\""));
}

#[test]
fn a_page_that_goes_is_missing_and_comes_back() {
    let preview = Preview::begin(&[]);
    let tug = "/2021/activities/tug-of-war.html";
    assert_eq!(preview.get(tug).status, 200);
    preview.project.replace(PLAN, "id: tug-of-war", "id: rope");
    preview.until("gone", |preview| preview.get(tug).status == 404);
    let missing = preview.get(tug).text();
    assert_eq!(without_script(&missing), preview.project.page("404.html"));
    preview.project.replace(PLAN, "id: rope", "id: tug-of-war");
    preview.until("back", |preview| preview.get(tug).status == 200);
}

#[test]
fn only_names_of_this_machine_with_the_right_port_are_answered() {
    let preview = Preview::begin(&[]);
    let port = preview.port;
    for host in ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"] {
        assert_eq!(preview.with_host(&format!("{host}:{port}")), 200, "{host}");
    }
    for host in [
        format!("evil.example:{port}"),
        format!("127.0.0.1.evil.example:{port}"),
        format!("localhost.evil.example:{port}"),
        format!("evil@localhost:{port}"),
        format!("127.0.0.2:{port}"),
        format!("127.1:{port}"),
        format!("0.0.0.0:{port}"),
        format!("2130706433:{port}"),
        format!("[::ffff:127.0.0.1]:{port}"),
        format!("localhost:{}", port.wrapping_add(1)),
        format!("localhost:0{port}"),
        "localhost".to_owned(),
        "localhost:".to_owned(),
        "127.0.0.1".to_owned(),
        String::new(),
        "::1".to_owned(),
        "工会".to_owned(),
    ] {
        assert!([400, 421].contains(&preview.with_host(&host)), "{host}");
    }
    let none = send(port, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
    assert_eq!(none.status, 421);
    let both = format!("Host: localhost:{port}\r\nHost: evil.example\r\n");
    assert_eq!(
        send(port, format!("GET / HTTP/1.1\r\n{both}Connection: close\r\n\r\n")).status,
        421
    );
    // A whole address takes the place of the header, so both must be ours.
    for (address, host, status) in [
        (format!("http://localhost:{port}/"), format!("localhost:{port}"), 200),
        ("http://evil.example/".to_owned(), format!("localhost:{port}"), 421),
        (format!("http://localhost:{port}/"), "evil.example".to_owned(), 421),
    ] {
        let head = format!("GET {address} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        assert_eq!(send(port, head).status, status, "{address} {host}");
    }
}

#[test]
fn everything_but_reading_is_refused() {
    let preview = Preview::begin(&[]);
    let before = preview.project.site();
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "get", "PROPFIND"] {
        let answer = ask(preview.port, method, "/index.html");
        assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD"), "{method}");
    }
    let host = format!("Host: localhost:{}\r\nConnection: close\r\n", preview.port);
    for body in [
        "Content-Length: 5\r\n\r\nhello",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    ] {
        let answer = send(preview.port, format!("GET / HTTP/1.1\r\n{host}{body}"));
        assert_eq!(answer.status, 413, "{body}");
    }
    assert_eq!(preview.project.site(), before);
}

#[test]
fn nothing_outside_the_output_is_ever_sent() {
    let preview = Preview::begin(&[]);
    preview.project.write("secret.txt", "geheim");
    preview.project.write("public/.hidden.txt", "geheim");
    preview.project.write("public/.unionplan/manifest", "geheim");
    #[cfg(unix)]
    {
        let out = preview.project.out();
        std::os::unix::fs::symlink("../secret.txt", out.join("link.txt")).unwrap();
        std::os::unix::fs::symlink("..", out.join("up")).unwrap();
        nix_pipe(&out.join("pipe.txt"));
    }
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2E%2E%2Fsecret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/2021/..%2f..%2fsecret.txt",
        "/2021/../../secret.txt",
        "/%252e%252e%252fsecret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "/%e0%80%ae%e0%80%ae/secret.txt",
        "/%uff0e%uff0e/secret.txt",
        "//secret.txt",
        "/index.html%00.txt",
        "/%00",
        "/link.txt",
        "/up/secret.txt",
        "/up/",
        "/pipe.txt",
        "/.hidden.txt",
        "/%2ehidden.txt",
        "/.unionplan/manifest",
        "/../.unionplan/",
        "/.preview/",
        "/.preview/../secret.txt",
        "/C:/Windows/win.ini",
        "/file:///etc/passwd",
        "//etc/passwd",
    ] {
        let answer = preview.get(path);
        assert!((400..500).contains(&answer.status), "{path}: {}", answer.status);
        assert!(!answer.text().contains("geheim"), "{path}");
    }
}

#[cfg(unix)]
fn nix_pipe(path: &std::path::Path) {
    assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn no_bytes_bring_it_down() {
    let preview = Preview::begin(&[]);
    let port = preview.port;
    let host = format!("Host: localhost:{port}\r\n");
    let long = "a".repeat(100_000);
    let many: String = (0..1000).map(|number| format!("X-{number}: y\r\n")).collect();
    let requests: Vec<Vec<u8>> = [
        String::new(),
        "\r\n\r\n".to_owned(),
        "\0\0\0\0".to_owned(),
        "GET\r\n\r\n".to_owned(),
        "GET /\r\n\r\n".to_owned(),
        format!("GET / HTTP/9.9\r\n{host}\r\n"),
        "GET / HTTP/1.0\r\n\r\n".to_owned(),
        format!("GET  / HTTP/1.1\r\n{host}\r\n"),
        format!("GET / HTTP/1.1\r\n{host} folded\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost : localhost:{port}\r\n\r\n"),
        format!("GET /\0 HTTP/1.1\r\n{host}\r\n"),
        format!("GET /%00%0d%0aX:%20y HTTP/1.1\r\n{host}\r\n"),
        format!("GET /\u{202e}工会 HTTP/1.1\r\n{host}\r\n"),
        format!("GET /{long} HTTP/1.1\r\n{host}\r\n"),
        format!("GET /{} HTTP/1.1\r\n{host}\r\n", "../".repeat(2000)),
        format!("GET /{} HTTP/1.1\r\n{host}\r\n", "a/".repeat(4000)),
        format!("GET / HTTP/1.1\r\n{host}X: {long}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host}{many}\r\n"),
        format!("GET * HTTP/1.1\r\n{host}\r\n"),
        format!("OPTIONS * HTTP/1.1\r\n{host}\r\n"),
        format!("CONNECT localhost:{port} HTTP/1.1\r\n{host}\r\n"),
        format!("GET localhost:{port} HTTP/1.1\r\n{host}\r\n"),
        format!("GET http:// HTTP/1.1\r\n{host}\r\n"),
        format!("GET ?query HTTP/1.1\r\n{host}\r\n"),
        format!("GET # HTTP/1.1\r\n{host}\r\n"),
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(),
        format!("GET / HTTP/1.1\r\n{host}Content-Length: -1\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
        format!("GET / HTTP/1.1\r\n{host}Content-Length: 18446744073709551616\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n"),
        format!("GET / HTTP/1.1\r\n{host}Expect: 100-continue\r\nContent-Length: 9\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host}Upgrade: websocket\r\nConnection: upgrade\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host}Range: bytes=5-1\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host}If-Modified-Since: never\r\n\r\n"),
    ]
    .into_iter()
    .map(String::into_bytes)
    .chain([
        vec![0x16, 3, 1, 0, 200, 1, 0, 0, 196, 3, 3], // the beginning of TLS
        (0..=255).cycle().take(20_000).collect(),
        [b"GET /\xff\xfe HTTP/1.1\r\nHost: \xff\r\n\r\n".to_vec()].concat(),
    ])
    .collect();
    for request in &requests {
        let mut stream = connect(port);
        let _ = stream.write_all(request);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut answer = Vec::new();
        let _ = std::io::Read::read_to_end(&mut stream, &mut answer);
        let shown = String::from_utf8_lossy(&request[..request.len().min(80)]).into_owned();
        assert!(answer.is_empty() || answer.starts_with(b"HTTP/1."), "{shown}");
        assert_eq!(preview.get("/").status, 200, "after {shown}");
    }
}

#[test]
fn several_requests_in_one_breath_are_answered_in_order() {
    let preview = Preview::begin(&[]);
    let host = format!("Host: localhost:{}\r\n", preview.port);
    let last = format!("GET /404.html HTTP/1.1\r\n{host}Connection: close\r\n\r\n");
    let requests =
        ["/2021", "/nowhere", "/.hidden"].map(|path| format!("GET {path} HTTP/1.1\r\n{host}\r\n"));
    let answers = send(preview.port, requests.concat() + &last);
    let text = String::from_utf8_lossy(&answers.body).into_owned();
    assert_eq!(answers.status, 307);
    let statuses: Vec<&str> =
        text.split("HTTP/1.1 ").skip(1).map(|answer| answer.split(' ').next().unwrap()).collect();
    assert_eq!(statuses, ["404", "404", "200"]);
}

#[test]
fn visitors_who_are_slow_or_never_finish_hold_up_nobody() {
    let preview = Preview::begin(&[]);
    preview.project.write("data/2021/files/large.bin", vec![0; 20_000_000]);
    preview.until("the file is there", |preview| {
        fs::metadata(preview.project.out().join("2021/files/large.bin"))
            .is_ok_and(|file| file.len() == 20_000_000)
    });
    let mut idle = Vec::new();
    for number in 0..400 {
        let mut stream = connect(preview.port);
        match number % 3 {
            0 => {}
            1 => stream.write_all(b"GET / HTTP/1.1\r\nHo").unwrap(),
            // Asks for much, and reads nothing of it.
            _ => write!(
                stream,
                "GET /2021/files/large.bin HTTP/1.1\r\nHost: localhost:{}\r\n\r\n",
                preview.port
            )
            .unwrap(),
        }
        idle.push(stream);
    }
    for _ in 0..20 {
        assert_eq!(preview.get("/2021/").status, 200);
    }
    drop(idle);
}

#[test]
fn a_plan_with_faults_and_no_site_yet_shows_them_and_heals_into_the_site() {
    let project = Project::shipped();
    project.replace(PLAN, "office: 宣教科", "office: 宣教<b>课");
    let preview = Preview::of(project, &[]);
    for path in ["/", "/2021/index.html"] {
        let answer = preview.get(path);
        assert_eq!(answer.status, 503);
        let page = answer.text();
        assert!(page.contains("网站还没有生成") && page.contains(".preview/preview.js"), "{page}");
        assert!(page.contains("没有叫“宣教&lt;b&gt;课”的科室"), "without scripts, too: {page}");
    }
    let mut events = Events::of(&preview);
    let first = events.next();
    assert_eq!(first["notice"]["title"], "1处错误，网站没有改动");
    preview.project.replace(PLAN, "office: 宣教<b>课", "office: 综合科");
    let healed = events.next();
    assert_ne!(healed["build"], first["build"], "so that the page loads again");
    assert_eq!(healed["notice"], Value::Null);
    assert_eq!(preview.get("/").status, 200);
}

#[test]
fn a_folder_without_data_is_told_what_to_do_and_heals_once_it_is_there() {
    let preview = Preview::of(Project::empty(), &[]);
    let said = preview.said();
    let sentence = "这里没有 data 文件夹。请在放着 data 的文件夹里运行；放好以后会自动开始。\n";
    assert!(said.starts_with(sentence), "{said}");
    assert!(!said.contains("网站没有改动") && !said.contains("no-data-folder"), "{said}");
    assert_eq!(preview.get("/").status, 503);
    let data = Project::shipped();
    fs::rename(data.root().join("data"), preview.project.root().join("data")).unwrap();
    preview.until("the site is built", |preview| preview.said().contains("网站已生成"));
    preview.until("and shown", |preview| preview.get("/").status == 200);
}

#[test]
fn pages_hear_of_changes_and_of_faults_in_the_words_of_the_terminal() {
    let preview = Preview::begin(&[]);
    let mut events = Events::of(&preview);
    let begun = events.next();
    assert_eq!(begun["notice"], Value::Null);
    let page = preview.get("/").text();
    assert!(page.contains(&format!("data-build=\"{}\"", begun["build"].as_str().unwrap())));

    preview.project.replace(PLAN, "office: 宣教科", "office: 宣教课");
    let faulty = events.next();
    assert_eq!(faulty["build"], begun["build"], "the site is as it was");
    let notice = &faulty["notice"];
    assert_eq!(notice["stopped"], true);
    preview.until("the terminal tells, too", |preview| {
        preview.said().contains("改好后保存，会自动更新")
    });
    let checked = preview.project.run(&["check", "--format", "json"]);
    let terminal: Vec<Value> =
        stdout(&checked).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let shown = notice["faults"].as_array().unwrap();
    assert_eq!(shown.len(), terminal.len());
    for (shown, told) in shown.iter().zip(&terminal) {
        for key in ["severity", "code", "message", "path", "line", "column", "width", "help"] {
            assert_eq!(shown[key], told[key], "{key}");
        }
    }
    assert_eq!(shown[0]["place"], "data/2021/plan.yaml:40:21");
    assert_eq!(shown[0]["source"][1], "宣教课");
    let words = stderr(&preview.project.run(&["check"]));
    for name in ["severity", "help"] {
        assert!(words.contains(shown[0]["names"][name].as_str().unwrap()), "{words}");
    }

    preview.project.replace(PLAN, "office: 宣教课", "office: 宣教科");
    let mended = events.next();
    assert_eq!((&mended["build"], &mended["notice"]), (&begun["build"], &Value::Null));
    preview.until("the terminal tells", |preview| preview.said().contains("\n网站没有变化。\n"));
    preview.project.replace(PLAN, "office: 宣教科", "office: 综合科");
    let changed = events.next();
    assert_ne!(changed["build"], begun["build"]);
    assert!(preview.get("/").text().contains(changed["build"].as_str().unwrap()));
    assert_eq!(Events::of(&preview).next(), changed, "who comes late hears the same");
    preview.until("the terminal tells", |preview| preview.said().contains("，网页已刷新。\n"));
    let said = preview.said();
    let told = said.lines().find(|line| line.contains("网页已刷新")).unwrap();
    assert!(told.starts_with("已更新") && !told.contains("删除0"), "{told}");
    assert!(!said.contains("index.html 查看"), "one place to look is enough: {said}");
}

#[test]
fn warnings_are_told_beside_the_site_and_stop_it_only_when_asked_to() {
    for (arguments, stopped, title) in [
        (&[][..], false, "1处提醒"),
        (&["--strict"], true, "1处提醒，因为用了 --strict，网站没有改动"),
    ] {
        let project = Project::shipped();
        project.replace(PLAN, "title: 湖南科技大学2021年", "title: 湖南科技大学2020年");
        let preview = Preview::of(project, arguments);
        let notice = Events::of(&preview).next()["notice"].clone();
        assert_eq!((&notice["stopped"], &notice["title"]), (&stopped.into(), &title.into()));
        assert_eq!(preview.get("/").status, if stopped { 503 } else { 200 });
    }
}

#[test]
fn english_is_spoken_on_request() {
    let project = Project::shipped();
    project.replace(PLAN, "office: 宣教科", "office: 宣教课");
    let output =
        project.command(&["serve", "--port", "0", "--lang", "en"]).stderr(Stdio::piped()).spawn();
    let mut child = output.unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
    let address =
        lines.find_map(|line| line.strip_prefix("Preview: http://127.0.0.1:").map(str::to_owned));
    let port = address.unwrap().trim_end_matches('/').parse().unwrap();
    let page = get(port, "/").text();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(
        page.contains("<html lang=\"en\">") && page.contains("The site is not built yet"),
        "{page}"
    );
    assert!(page.contains("there is no office “宣教课”"), "{page}");
}

#[test]
fn proofs_for_a_host_are_served_as_a_host_does() {
    let project = Project::shipped();
    project.write("site/static/.well-known/security.txt", "Contact: mailto:union@example.org\n");
    project.write("site/static/.htaccess", "Options -Indexes\n");
    let preview = Preview::of(project, &[]);
    assert!(preview.get("/.well-known/security.txt").text().contains("union@example.org"));
    assert_eq!(preview.get("/.htaccess").status, 404);
}

#[test]
fn pages_load_again_when_another_process_was_first_to_build() {
    let preview = Preview::begin(&["--poll"]);
    let mut events = Events::of(&preview);
    let begun = events.next();
    preview.project.replace(PLAN, "- task: 安排好教职工体检", "- task: 安排好全体教职工体检");
    preview.project.build();
    let changed = events.next();
    assert_ne!(changed["build"], begun["build"]);
    assert!(preview.get("/2021/schedule.html").text().contains("好全体教职工体检"));
}

#[test]
fn polling_shows_changes_without_being_told_of_them() {
    let preview = Preview::begin(&["--poll"]);
    preview.project.replace(PLAN, "- task: 安排好教职工体检", "- task: 安排好全体教职工体检");
    preview.until("polled", |preview| {
        preview.get("/2021/schedule.html").text().contains("好全体教职工体检")
    });
}

#[cfg(target_os = "linux")]
#[test]
fn the_browser_is_opened_on_request_and_where_that_fails_it_is_said() {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::shipped();
    project.write("bin/xdg-open", "#!/bin/sh\necho \"$*\" > \"${0%/*}/opened\"\n");
    let bin = project.root().join("bin");
    let opener = bin.join("xdg-open");
    fs::set_permissions(&opener, fs::Permissions::from_mode(0o755)).unwrap();
    let begin = || {
        let arguments = ["serve", "--port", "0", "--prefix", "/a/", "--open"];
        let mut command = project.command(&arguments);
        let mut child = command.env("PATH", &bin).stderr(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let said: Vec<String> = lines.take_while(|line| !line.contains("按 Ctrl+C 结束")).collect();
        (child, said)
    };
    let end = |mut child: Child| {
        child.kill().unwrap();
        child.wait().unwrap();
    };
    let (child, said) = begin();
    let address = said.last().unwrap().strip_prefix("预览：").unwrap();
    let begun = Instant::now();
    while fs::read_to_string(bin.join("opened")).unwrap_or_default() != format!("{address}\n") {
        assert!(begun.elapsed() < PATIENCE, "{address}");
        std::thread::sleep(Duration::from_millis(5));
    }
    end(child);
    fs::remove_file(opener).unwrap();
    let (child, said) = begin();
    end(child);
    let address = said.last().unwrap().strip_prefix("预览：").unwrap();
    assert!(said.contains(&format!("没能打开浏览器，请自己打开 {address}")), "{said:?}");
}

#[test]
fn a_port_that_is_taken_is_told_with_code_3_and_passed_over_if_none_was_asked_for() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let project = Project::shipped();
    let output = project.run(&["serve", "--port", &port]);
    assert_eq!(output.status.code(), Some(3));
    assert!(
        stderr(&output).contains(&format!("端口 {port} 已经被别的程序占用")),
        "{}",
        stderr(&output)
    );
    assert!(!project.out().exists(), "nothing is built then");

    // It may be taken already, by an editor who runs these tests while looking at a preview.
    let _usual = TcpListener::bind("127.0.0.1:8021");
    let mut child = project.command(&["serve"]).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
    let address =
        lines.find_map(|line| line.strip_prefix("预览：http://127.0.0.1:").map(str::to_owned));
    let port: u16 = address.unwrap().trim_end_matches('/').parse().unwrap();
    assert_ne!(port, 8021);
    assert_eq!(get(port, "/").status, 200);
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_call_that_is_not_understood_is_explained() {
    let project = Project::shipped();
    for (arguments, said) in [
        (&["serve", "--prefix", "../x"][..], "--prefix 不能是“../x”"),
        (&["serve", "--prefix", "a b"], "--prefix 不能是“a b”"),
        (&["serve", "--port", "70000"], "--port 不能是“70000”"),
        (&["serve", "--port", "八千"], "--port 不能是“八千”"),
        (&["watch", "--port", "8000"], "--port 只能和 serve 一起用"),
    ] {
        let output = project.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(said), "{arguments:?}: {}", stderr(&output));
    }
}

#[test]
fn the_network_gets_in_only_on_request_and_by_the_addresses_that_are_shown() {
    let alone = Preview::begin(&[]);
    assert!(!alone.said().contains("--lan"));
    let preview = Preview::begin(&["--lan"]);
    let said = preview.said();
    let greeting: Vec<&str> = said.lines().skip_while(|line| !line.starts_with("预览：")).collect();
    assert!(greeting[1].contains("同一网络里的人现在都能看到这个预览"), "{said}");
    assert!(
        greeting[2].starts_with("在手机上打开：http://") || greeting[2].starts_with("没有找到"),
        "{said}"
    );
    assert!(greeting[3].contains("按 Ctrl+C 结束"), "{said}");
    assert_eq!(preview.with_host(&format!("127.0.0.1:{}", preview.port)), 200);
    for host in ["evil.example", "192.0.2.1", "[2001:db8::1]", "0.0.0.0"] {
        assert_eq!(preview.with_host(&format!("{host}:{}", preview.port)), 421, "{host}");
    }
    for address in said.lines().filter_map(|line| line.strip_prefix("在手机上打开：http://"))
    {
        let (host, _) = address.split_once('/').unwrap();
        let ask = |host: &str| {
            let mut stream = TcpStream::connect(host).unwrap();
            write!(stream, "GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
            let mut answer = String::new();
            std::io::Read::read_to_string(&mut stream, &mut answer).unwrap();
            answer
        };
        assert!(ask(host).starts_with("HTTP/1.1 200 "), "{host}");
        let name = host.split(':').next().unwrap();
        let closed = TcpStream::connect((name, alone.port));
        assert!(closed.is_err(), "without --lan nobody else gets in");
    }
}
