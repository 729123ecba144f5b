//! The mistakes that editors make, and what they are told: one file a mistake in `mistakes/`, the
//! message beside the bad line.
//!
//! A case is a comment, the files as typed behind `=== path` (those not given come from a small
//! sound project; `=== without path` takes one of them away), and the whole report behind
//! `=== 中文` and `=== English`. `UPDATE_EXPECTED=1 cargo test --test mistakes` writes the reports
//! anew: read them before you keep them.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use unionplan::build::{Options, build};
use unionplan::diagnostic::{Language, Report, render};
use unionplan::limits::FAULTS_A_FILE;

const UNION: &str = "\
name: 中国教育工会湖南科技大学委员会
short_name: 湖南科技大学工会
offices:
  - { id: publicity, name: 宣教科 }
  - { id: general, name: 综合科 }
leaders:
  - { id: he-pin, name: 何频 }
  - { id: liu-jie, name: 刘婕 }
";

const PLAN: &str = "\
title: 湖南科技大学2021年工会工作要点
issued: 2021-03-29
sections:
  - title: 强化政治引领
    items:
      - title: 庆祝建党100周年
        tasks:
          - task: “奋进新征程”拔河比赛（5月）
            when: 适时
            leader: 刘婕
            office: 宣教科
            activities:
              - { id: tug-of-war, name: “奋进新征程”拔河比赛, when: 5月 }
";

/// Codes of faults that no text file can show; the tests below do.
const SHOWN_IN_CODE: [&str; 6] = [
    "cannot-read",
    "file-too-large",
    "link-leads-out",
    "no-regular-file",
    "not-utf8",
    "too-many-values",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes")
}

fn cases() -> Vec<(String, String)> {
    let mut cases: Vec<(String, String)> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    cases.sort();
    cases
}

/// A sound project in a folder of its own.
struct Project(tempfile::TempDir);

impl Project {
    fn sound() -> Self {
        let project = Self(tempfile::tempdir().unwrap());
        project.write("data/union.yaml", UNION);
        project.write("data/2021/plan.yaml", PLAN);
        project
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn remove(&self, path: &str) {
        let path = self.path(path);
        if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.unwrap();
    }

    fn check(&self) -> Report {
        let root = self.0.path().to_owned();
        build(&Options { root, ..Options::default() }).report
    }

    fn told(&self, language: Language) -> String {
        // A blank at the end of a line is no part of a message.
        let text = render::text(&self.check(), language, false);
        text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
    }
}

/// A case taken apart: its head up to the reports, and the blocks behind `=== `.
struct Case {
    head: String,
    blocks: Vec<(String, String)>,
}

impl Case {
    fn read(text: &str) -> Self {
        let mut head = String::new();
        let mut blocks: Vec<(String, String)> = Vec::new();
        let mut reports = false;
        for line in text.split_inclusive('\n') {
            let title = line.strip_prefix("=== ").map(|title| title.trim_end().to_owned());
            reports |= title.as_deref().is_some_and(|title| matches!(title, "中文" | "English"));
            if !reports {
                head.push_str(line);
            }
            match title {
                Some(title) => blocks.push((title, String::new())),
                None => {
                    if let Some((_, content)) = blocks.last_mut() {
                        content.push_str(line);
                    }
                }
            }
        }
        Self { head, blocks }
    }

    fn expected(&self, title: &str) -> &str {
        let block = self.blocks.iter().find(|(name, _)| name == title);
        block.map_or("", |(_, content)| content.trim_end())
    }

    fn project(&self) -> Project {
        let project = Project::sound();
        for (title, content) in &self.blocks {
            match title.strip_prefix("without ") {
                Some(path) => project.remove(path),
                None if matches!(title.as_str(), "中文" | "English") => {}
                None => project.write(title, content),
            }
        }
        project
    }
}

#[test]
fn every_mistake_is_told_in_these_words() {
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let mut wrong = Vec::new();
    for (name, text) in cases() {
        let case = Case::read(&text);
        let project = case.project();
        let (zh, en) = (project.told(Language::Chinese), project.told(Language::English));
        if update {
            let whole = format!("{}=== 中文\n{zh}\n=== English\n{en}\n", case.head);
            fs::write(folder().join(&name), whole).unwrap();
        } else if case.expected("中文") != zh || case.expected("English") != en {
            wrong.push(format!("{name} is told so:\n{zh}\n\n{en}\n"));
        } else if zh.is_empty() || case.head.starts_with("===") {
            wrong.push(format!("{name} says nothing\n"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_sound_project_is_sound() {
    assert_eq!(Project::sound().told(Language::Chinese), "");
}

#[test]
fn cases_are_many_and_cover_every_fault_of_data() {
    let cases = cases();
    assert!(cases.len() >= 45, "{} cases", cases.len());
    let told: String =
        cases.iter().map(|(_, text)| Case::read(text).expected("中文").to_owned()).collect();
    let mut open = BTreeSet::new();
    for room in ["file", "folders", "names", "structure", "text", "writing"] {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/diagnostic/faults/{room}.rs"));
        for line in fs::read_to_string(path).unwrap().lines() {
            let code = line.strip_prefix("        \"").and_then(|line| line.strip_suffix("\","));
            let Some(code) = code.filter(|code| {
                code.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c == '8')
            }) else {
                continue;
            };
            if !told.contains(&format!("[{code}]")) && !SHOWN_IN_CODE.contains(&code) {
                open.insert(code.to_owned());
            }
        }
    }
    assert!(open.is_empty(), "no case shows {open:?}");
}

/// What is told of one file with these bytes.
fn told_of(path: &str, bytes: impl AsRef<[u8]>) -> String {
    let project = Project::sound();
    project.write(path, bytes);
    project.told(Language::Chinese)
}

#[test]
fn a_byte_order_mark_does_no_harm() {
    assert_eq!(told_of("data/2021/plan.yaml", format!("\u{feff}{PLAN}")), "");
}

#[test]
fn lines_may_end_as_on_any_system() {
    for end in ["\r\n", "\r"] {
        assert_eq!(told_of("data/2021/plan.yaml", PLAN.replace('\n', end)), "", "{end:?}");
        let plan = PLAN.replace("宣教科", "宣教课").replace('\n', end);
        let told = told_of("data/2021/plan.yaml", plan);
        assert!(told.contains("data/2021/plan.yaml:11:21"), "{end:?}\n{told}");
        assert!(told.contains("office: 宣教课\n"), "{end:?}\n{told}");
    }
    let mixed = PLAN.replacen('\n', "\r\n", 3).replacen("适时\n", "适时\r", 1);
    assert_eq!(told_of("data/2021/plan.yaml", mixed), "");
}

#[test]
fn another_encoding_is_named() {
    let gbk = b"title: \xba\xfe\xc4\xcf\xbf\xc6\xbc\xbc\xb4\xf3\xd1\xa7\n";
    let utf16 = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        std::iter::once(0xfeff).chain(PLAN.encode_utf16()).flat_map(order).collect()
    };
    for (bytes, name) in [
        (gbk.to_vec(), "GBK（记事本里叫“ANSI”）"),
        (utf16(u16::to_le_bytes), "UTF-16（记事本里叫“Unicode”）"),
        (utf16(u16::to_be_bytes), "UTF-16（记事本里叫“Unicode”）"),
        (b"title: \xff\xff\x01".to_vec(), "别的编码或者不是文本文件"),
    ] {
        assert_eq!(
            told_of("data/2021/plan.yaml", bytes),
            format!(
                "\
错误[not-utf8]: 文件不是UTF-8编码，看起来是{name}
--> data/2021/plan.yaml
 = 怎么改: 用记事本打开，选“文件→另存为”，编码选“UTF-8”，覆盖原文件；WPS等编辑器里叫“Unicode（UTF-8）”"
            )
        );
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    for path in ["data/2021/updates.yaml", "data/2021/files/photo.jpg", "site/static/photo.jpg"] {
        let project = Project::sound();
        fs::create_dir_all(project.path(path).parent().unwrap()).unwrap();
        let made = std::process::Command::new("mkfifo").arg(project.path(path)).status();
        assert!(made.unwrap().success());
        let told = project.told(Language::Chinese);
        assert_eq!(
            told,
            format!(
                "\
错误[no-regular-file]: 这不是普通文件（是管道、设备之类），不会读取
--> {path}
 = 怎么改: 删掉它，换成文件本身"
            )
        );
    }
}

#[test]
fn a_file_beyond_all_measure_is_refused_unread() {
    let line = "# 工会工作要点\n".repeat(300_000);
    assert_eq!(
        told_of("data/2021/plan.yaml", line),
        "\
错误[file-too-large]: 文件有6.1MB，这种文件最大4MB
--> data/2021/plan.yaml
 = 怎么改: 照片和附件放进 files/ 文件夹，不要写在数据文件里"
    );
    let told = told_of("data/2021/plan.yaml", "- a\n".repeat(200_001));
    assert!(
        told.starts_with("错误[too-many-values]: 文件里的内容太多，超过200000个值\n"),
        "{told}"
    );
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_named() {
    let project = Project::sound();
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("plan.yaml"), PLAN).unwrap();
    project.remove("data/2021/plan.yaml");
    std::os::unix::fs::symlink(
        outside.path().join("plan.yaml"),
        project.path("data/2021/plan.yaml"),
    )
    .unwrap();
    let told = project.told(Language::Chinese);
    assert!(told.contains("错误[link-leads-out]: 这是指向别处的符号链接，不会读取\n"), "{told}");
}

/// The map of all faults, so that a stray file in the folder is not taken for a case.
#[test]
fn every_case_is_a_text_file_with_a_name_that_tells() {
    let mut heads = BTreeMap::new();
    for (name, text) in cases() {
        let stem = name.strip_suffix(".txt").unwrap_or_else(|| panic!("{name} is no case"));
        assert!(stem.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
        let comment = text.lines().next().unwrap_or("").to_owned();
        assert!(comment.starts_with("# "), "{name} does not tell what it is about");
        if let Some(other) = heads.insert(comment, name.clone()) {
            panic!("{name} and {other} tell the same");
        }
    }
}

/// One slip of the keyboard, where a line allows it: its name, and the line as mistyped.
fn slips(line: &str) -> Vec<(&'static str, String)> {
    let content = line.trim_start();
    let indent = line.len() - content.len();
    let mut slips = Vec::new();
    if content.is_empty() || content.starts_with('#') {
        return slips;
    }
    let dash = content.starts_with("- ");
    let bare = content.trim_start_matches("- ");
    let key = bare.split(':').next().unwrap_or("");
    let is_key = bare.starts_with(|c: char| c.is_ascii_lowercase()) && bare.contains(':');
    if is_key {
        slips.push(("a full-width colon", line.replacen(':', "：", 1)));
        slips.push(("no colon", line.replacen(&format!("{key}:"), key, 1)));
        if bare.contains(": ") {
            slips.push(("no space after the colon", line.replacen(": ", ":", 1)));
        }
        if !dash {
            slips.push(("one blank too many", format!(" {line}")));
            slips.push(("a full-width blank in front", format!("　{}", &line[indent.min(2)..])));
        }
        if indent > 0 && !dash {
            slips.push(("one blank too few", line[1..].to_owned()));
        }
    }
    if dash {
        slips.push(("no space after the dash", line.replacen("- ", "-", 1)));
        slips.push(("a dash with a blank too many", format!(" {line}")));
        slips.push(("a full-width dash", line.replacen("- ", "－ ", 1)));
    }
    if indent > 1 && (dash || is_key) {
        slips.push(("a tab", format!("\t{}", &line[2..])));
    }
    if bare.starts_with('{') {
        slips.push(("a full-width comma", line.replacen(", ", "，", 1)));
        slips.push(("no comma", line.replacen(", ", " ", 1)));
        slips.push(("no closing brace", line.replacen(" }", "", 1)));
        slips.push(("a full-width brace", line.replacen("{ ", "｛ ", 1)));
    }
    slips
}

#[test]
fn one_slip_on_any_line_is_told_once_and_there() {
    let plan = include_str!("../data/2021/plan.yaml");
    let lines: Vec<&str> = plan.lines().collect();
    let project = Project::sound();
    project.write("data/union.yaml", include_str!("../data/union.yaml"));
    let mut wrong = Vec::new();
    let mut seen = BTreeMap::<_, usize>::new();
    for (index, line) in lines.iter().enumerate() {
        for (slip, mistyped) in slips(line) {
            // A few of each kind at each depth stand for all of them.
            let depth = line.len() - line.trim_start().len();
            let count = seen.entry((slip, depth)).or_default();
            *count += 1;
            if *count > 4 {
                continue;
            }
            let mut typed = lines.clone();
            typed[index] = &mistyped;
            project.write("data/2021/plan.yaml", typed.join("\n") + "\n");
            let report = project.check();
            let places: Vec<_> = report
                .diagnostics()
                .iter()
                .map(|fault| fault.place.as_ref().unwrap().spot.as_ref().map(|spot| spot.span.line))
                .collect();
            if places != [Some(index + 1)] {
                let told = render::text(&report, Language::Chinese, false);
                wrong.push(format!("{slip} on line {}: {mistyped}\n{told}", index + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{} slips", wrong.join("\n\n"), wrong.len());
}

#[test]
fn one_slip_on_every_line_is_told_as_that_and_nothing_else() {
    let union = include_str!("../data/union.yaml");
    let plan = include_str!("../data/2021/plan.yaml");
    let project = Project::sound();
    project.write("data/union.yaml", union);
    let mut wrong = Vec::new();
    for (slip, code) in [
        ("a full-width colon", "full-width-colon"),
        ("no space after the colon", "no-space-after-colon"),
        ("no space after the dash", "no-space-after-dash"),
        ("a full-width dash", "wrong-dash"),
        ("a full-width comma", "full-width-comma"),
        ("no comma", "no-comma"),
        ("no closing brace", "unclosed-brace"),
        ("a full-width brace", "full-width-brace"),
    ] {
        let mut count = 0;
        let mistype = |line: &str| {
            let found = slips(line).into_iter().find(|(name, _)| *name == slip);
            found.map_or(line.to_owned(), |(_, mistyped)| {
                count += 1;
                mistyped
            })
        };
        let typed: Vec<String> = plan.lines().map(mistype).collect();
        project.write("data/2021/plan.yaml", typed.join("\n"));
        let report = project.check();
        let mut codes: Vec<&str> = report.diagnostics().iter().map(|fault| fault.code).collect();
        if count > FAULTS_A_FILE {
            assert_eq!(codes.pop(), Some("more-faults"));
            count = FAULTS_A_FILE;
        }
        if codes != vec![code; count] {
            let told = render::text(&report, Language::Chinese, false);
            wrong.push(format!("{slip} on {count} lines:\n{told}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// What is sound and unusual: nothing of it is taken for a mistake, although a text that looks like
/// a key makes every line be looked over.
#[test]
fn nothing_sound_is_taken_for_a_mistake() {
    let plan = r#"---
# 注释：leader：何频
"title": 湖南科技大学2021年工会工作要点   # 注释
issued: '2021-03-29'
document_number: "科大工[2021]3号"
overview:
- 总体思路 name：见附件
- "第一行: 引号里的冒号
  第二行"
- >-
  折行的文字
  in 中间

  to 各分工会
notice: {
  title: 通知, to: "各分工会, 各科室",
  text: '他说：''好''。'
}
sections:
- title: 强化政治引领
  text: |
    　　段首空两格的文字。
    	制表符开头的文字
  items:
  - title: 庆祝建党100周年

    tasks:
        - task: >
            “奋进新征程”拔河比赛
            （5月）
          when:   适时
          leader: [ 刘婕 ]
          office:
            - 宣教科
            - 综合科
        -
          task: 走访慰问——
            送温暖
          office: 宣教科、
            综合科
        - {task: "球赛", when: { as: 教师节前, in: 9月 }, activities: [{ id: ball, name: 球赛 }]}
"#;
    assert_eq!(told_of("data/2021/plan.yaml", plan), "");
}
