//! `unionplan serve`: watches, and shows the site in a browser.

use super::build::{Call, Sequel};
use super::watch::follow;
use super::{INPUT_OUTPUT, USAGE, say};
use crate::diagnostic::{Language, Words};
use crate::serve::{Prefix, Preview, Site, listen};
use crate::words;
use clap::ArgMatches;
use std::io;
use std::net::{IpAddr, Ipv4Addr, TcpListener, UdpSocket};
use std::process::{Command, ExitCode, Stdio};

/// Runs the command, until it is ended from outside.
pub fn run(mut call: Call, arguments: &ArgMatches, language: Language) -> ExitCode {
    let written = arguments.get_one::<String>("prefix").map_or("/", String::as_str);
    let Some(prefix) = Prefix::parse(written) else {
        say(format_args!("{}", bad_prefix(written).get(language)));
        return ExitCode::from(USAGE);
    };
    call.sequel = Sequel::Preview;
    let lan = arguments.get_flag("lan");
    let port = arguments.get_one::<u16>("port").copied();
    let out = call.options.out.clone().unwrap_or_default();
    let site = Site { out, prefix: prefix.clone(), lan, language };
    let started = listen(port, lan).and_then(|listeners| {
        let port = listeners.first().map(TcpListener::local_addr).transpose()?;
        Ok((Preview::start(site, listeners)?, port.map_or(0, |address| address.port())))
    });
    let (mut preview, port) = match started {
        Ok(started) => started,
        Err(error) => {
            say(format_args!("{}", cannot_listen(port, &error).get(language)));
            return ExitCode::from(INPUT_OUTPUT);
        }
    };
    let url = |host: &str| format!("http://{host}:{port}{}", prefix.path());
    let home = url("127.0.0.1");
    let neighbours = lan.then(|| {
        let phone = neighbourly_address().map(|host| url(&host.to_string()));
        warning(phone.as_deref())
    });
    let greeting = greeting(&home, neighbours.as_ref());
    let mut open = arguments.get_flag("open");
    follow(call, language, arguments.get_flag("poll"), greeting.get(language), |outcome| {
        preview.tell(&outcome.report, outcome.summary.as_ref());
        if std::mem::take(&mut open) && !open_browser(&home) {
            say(format_args!("{}", cannot_open(&home).get(language)));
        }
    })
}

/// The address at which other machines find this one: the one that a packet to anywhere would come
/// from. Nothing is sent, and the address asked for is one that documentation uses (RFC 5737).
fn neighbourly_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    let address = socket.local_addr().ok()?.ip();
    (!address.is_loopback() && !address.is_unspecified()).then_some(address)
}

/// Opens the system's browser. The address is our own, so it holds nothing that a shell would mind.
fn open_browser(url: &str) -> bool {
    let (program, arguments): (&str, &[&str]) = if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(url);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().is_ok()
}

/// Says where to look, who else can, and how it goes on.
fn greeting(url: &str, neighbours: Option<&Words>) -> Words {
    let (zh, en) = neighbours.map_or(("", ""), |words| (words.zh.as_str(), words.en.as_str()));
    words!(
        "预览：{url}\n{zh}正在留意数据的变化，保存后网页自动更新；按 Ctrl+C 结束。\n",
        "Preview: {url}\n{en}Watching; the page follows each change that is saved. Ctrl+C ends it.\n"
    )
}

/// Says who can look in, and where.
fn warning(url: Option<&str>) -> Words {
    let (zh, en) = match url {
        None => (
            "没有找到这台电脑在网络里的地址。\n".to_owned(),
            "No address of this computer in the network was found.\n".to_owned(),
        ),
        Some(url) => (format!("在手机上打开：{url}\n"), format!("On a phone, open {url}\n")),
    };
    words!(
        "注意：用了 --lan，同一网络里的人现在都能看到这个预览，包括还没有发布的内容。\n{zh}",
        "Note: with --lan, everybody in the same network can see this preview, and what is not published yet.\n{en}"
    )
}

fn bad_prefix(prefix: &str) -> Words {
    words!(
        "--prefix 不能是“{prefix}”：写成 /gonghui/ 这样，只用英文字母、数字和 - _ . ~\n",
        "--prefix can't be “{prefix}”: write it like /union/, with letters, digits and - _ . ~ only\n"
    )
}

fn cannot_listen(port: Option<u16>, error: &io::Error) -> Words {
    match (port, error.kind()) {
        (Some(port), io::ErrorKind::AddrInUse) => words!(
            "端口 {port} 已经被别的程序占用。换一个数字；或者不写 --port，程序会自己找一个空的。\n",
            "port {port} is taken by another program. Give another, or leave out --port to have one found.\n"
        ),
        (Some(port), io::ErrorKind::PermissionDenied) => words!(
            "没有权限使用端口 {port}。换一个大于1023的数字。\n",
            "port {port} may not be used. Give a number above 1023.\n"
        ),
        _ => words!("无法启动预览：{error}\n", "can't start the preview: {error}\n"),
    }
}

fn cannot_open(url: &str) -> Words {
    words!(
        "没能打开浏览器，请自己打开 {url}\n",
        "The browser can't be opened; please open {url} yourself\n"
    )
}
