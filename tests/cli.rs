//! The command line: what it accepts, what it says, with which code it ends.

#![allow(clippy::unwrap_used)]

mod support;

use support::{Project, stderr, stdout};

#[test]
fn without_a_command_it_builds_and_says_where_to_look() {
    let project = Project::shipped();
    let output = project.run(&[]);
    assert_eq!(output.status.code(), Some(0));
    let said = stderr(&output);
    assert!(said.starts_with("网站已生成：") && said.contains("public/index.html"), "{said}");
    assert_eq!(stdout(&output), "", "what people read goes to stderr");
}

#[test]
fn nobody_need_listen_to_the_end() {
    let project = Project::shipped();
    project.replace("data/2021/plan.yaml", "office: 宣教科", "office: 宣教课");
    for arguments in [&["check", "--format", "json"][..], &["check"], &["--help"], &["--version"]] {
        let mut command = project.command(arguments);
        let (out, said) = (std::io::pipe().unwrap().1, std::io::pipe().unwrap().1);
        let ended = command.stdout(out).stderr(said).status().unwrap();
        let is_check = arguments[0] == "check";
        assert_eq!(ended.code(), Some(i32::from(is_check)), "{arguments:?}");
    }
}

#[test]
fn check_writes_nothing() {
    let project = Project::shipped();
    let output = project.run(&["check"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stderr(&output).contains("检查完毕：1份计划没有错误"), "{}", stderr(&output));
    assert!(!project.out().exists() && !project.root().join(".unionplan").exists());
}

#[test]
fn english_is_spoken_on_request_or_by_locale() {
    let project = Project::shipped();
    assert!(stderr(&project.run(&["--lang", "en"])).starts_with("Built "));
    let by_locale = project.command(&["check"]).env("LANG", "en_GB.UTF-8").output().unwrap();
    assert!(stderr(&by_locale).starts_with("Checked: "));
    let unknown = project.command(&["check"]).env("LANG", "C").output().unwrap();
    assert!(stderr(&unknown).starts_with("检查完毕"));
}

#[test]
fn help_is_asked_for_and_goes_to_stdout() {
    let project = Project::empty();
    for arguments in [&["--help"][..], &["-h"], &["build", "--help"], &["check", "-h"]] {
        let output = project.run(arguments);
        assert_eq!(output.status.code(), Some(0));
        for word in [
            "用法：",
            "build",
            "check",
            "--root",
            "--out",
            "--base-url",
            "--strict",
            "--format",
            "--lang",
        ] {
            assert!(stdout(&output).contains(word), "{arguments:?} lacks {word}");
        }
    }
    assert!(stdout(&project.run(&["--version"])).starts_with("unionplan "));
}

#[test]
fn a_call_that_is_not_understood_is_explained_with_code_2() {
    let project = Project::empty();
    for (arguments, said) in [
        (&["biuld"][..], "没有“biuld”这个命令，是不是“build”？"),
        (&["--rot", "."], "不认识“--rot”，是不是“--root”？"),
        (&["serve", "--prot", "80"], "不认识“--prot”，是不是“--port”？"),
        (&["serve", "-port", "80"], "不认识“-port”，是不是“--port”？"),
        (&["--colour"], "不认识“--colour”"),
        (&["build", "more"], "不认识“more”"),
        (&["--format", "xml"], "--format 不能是“xml”：写 text 或 json"),
        (&["serve", "--port", "70000"], "--port 不能是“70000”：写1到65535之间的数字，例如 8021"),
        (&["serve", "--port=-1"], "--port 不能是“-1”：写1到65535之间的数字，例如 8021"),
        (&["build", "--out"], "--out 后面少了内容"),
        (&["--port", "80"], "--port 只能和 serve 一起用：unionplan serve --port 80"),
        (&["--port=80", "serve"], "--port 只能和 serve 一起用：unionplan serve --port=80"),
        (&["build", "--lan"], "--lan 只能和 serve 一起用：unionplan serve --lan"),
        (&["check", "--poll"], "--poll 只能和 watch、serve 一起用：unionplan watch --poll"),
    ] {
        let output = project.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let expected = format!("{said}\n全部用法：unionplan --help\n");
        assert_eq!(stderr(&output), expected, "{arguments:?}");
    }
    let address = project.run(&["--base-url", "www.example.edu"]);
    assert_eq!(address.status.code(), Some(2));
    assert!(stderr(&address).contains("网址“www.example.edu”不对"), "{}", stderr(&address));
    let english = project.run(&["--port", "80", "--lang", "en"]);
    let said = "--port goes with serve only: unionplan serve --port 80\n\
                All options: unionplan --help\n";
    assert_eq!(stderr(&english), said);
}

#[test]
fn json_says_the_same_to_programs() {
    let project = Project::shipped();
    project.replace("data/2021/plan.yaml", "office: 宣教科", "office: 宣教课");
    let output = project.run(&["check", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stderr(&output), "");
    let lines: Vec<serde_json::Value> =
        stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 1);
    let fault = &lines[0];
    assert_eq!(fault["code"], "unknown-office");
    assert_eq!(fault["severity"], "error");
    assert_eq!(fault["path"], "data/2021/plan.yaml");
    assert_eq!(fault["line"], 40);
    assert_eq!(fault["column"], 21);
    assert_eq!(fault["width"], 3);
    assert!(fault["help"][0].as_str().unwrap().contains("宣教科"));
}

#[test]
fn warnings_stop_a_build_only_when_asked_to() {
    let project = Project::shipped();
    project.replace(
        "data/2021/plan.yaml",
        "title: 湖南科技大学2021年工会工作要点",
        "title: 湖南科技大学2020年工会工作要点",
    );
    let strict = project.run(&["build", "--strict"]);
    assert_eq!(strict.status.code(), Some(1));
    assert!(!project.out().join("index.html").exists());
    let lenient = project.run(&["build"]);
    assert_eq!(lenient.status.code(), Some(0));
    assert!(stderr(&lenient).contains("title-of-other-year"), "{}", stderr(&lenient));
}

#[test]
fn root_and_out_may_lie_anywhere() {
    let project = Project::shipped();
    let elsewhere = Project::empty();
    let root = project.root().to_str().unwrap();
    let out = elsewhere.root().join("a b/网站");
    let output = elsewhere.run(&["build", "--root", root, "--out", out.to_str().unwrap()]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(out.join("2021/calendar.html").is_file());
    assert!(!project.out().exists());
}

#[test]
fn options_may_stand_before_the_command_or_behind_it() {
    let project = Project::shipped();
    let elsewhere = Project::empty();
    let root = project.root().to_str().unwrap();
    for arguments in [["--root", root, "check"], ["check", "--root", root]] {
        let output = elsewhere.run(&arguments);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
}

#[test]
fn a_folder_without_data_is_told_what_to_do() {
    let output = Project::empty().run(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("没有找到数据文件夹 data") && stderr(&output).contains("--root"),
        "{}",
        stderr(&output)
    );
}
