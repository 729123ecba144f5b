//! `unionplan import`: what it writes, what it says, and what it leaves alone.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs;
use std::path::PathBuf;
use support::{Project, home, stderr, stdout};

fn notice(name: &str) -> String {
    home().join("tests/import").join(name).to_string_lossy().into_owned()
}

/// Every notice of the corpus, in every form.
fn notices() -> Vec<PathBuf> {
    let mut notices = Vec::new();
    for folder in fs::read_dir(home().join("tests/import")).unwrap() {
        let folder = folder.unwrap().path();
        for name in ["notice.txt", "notice.docx", "notice.xlsx", "notice.html"] {
            let path = folder.join(name);
            if path.exists() {
                notices.push(path);
            }
        }
    }
    notices.sort();
    assert!(notices.len() >= 30, "{}", notices.len());
    notices
}

fn read(project: &Project, path: &str) -> String {
    fs::read_to_string(project.root().join(path)).unwrap()
}

#[test]
fn a_site_can_be_built_from_every_notice_at_once() {
    for path in notices() {
        let project = Project::empty();
        let output = project.run(&["import", path.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(0), "{path:?}: {}", stderr(&output));
        let output = project.run(&["check"]);
        assert_eq!(output.status.code(), Some(0), "{path:?}: {}", stderr(&output));
    }
}

#[test]
fn the_report_says_what_was_read_guessed_found_wrong_and_left_over() {
    let project = Project::empty();
    let output = project.run(&["import", &notice("guiling-2022/notice.txt")]);
    let told = stderr(&output);
    let (head, rest) = told.split_once('\n').unwrap();
    assert!(head.ends_with("notice.txt”：桂岭大学工会2022年工作要点"), "{head}");
    let expected = "  通知正文、3个部分、8条要点、14项任务、2个活动
已写好 data/2022/plan.yaml。
还新建了 data/union.yaml，写了科室宣传部（xuan-chuan-bu）、组织部（zu-zhi-bu）、办公室（ban-gong-shi）、女工部（nv-gong-bu）、福利部（fu-li-bu）、文体部（wen-ti-bu）；领导黎志成（li-zhi-cheng）、覃海燕（tan-hai-yan）。工会名称和括号里的网址代号请核对。
拿不准的，文件里标了“请核对”（5处）：
  第26行：读不懂时间“按上级通知时间”，先归入“适时”（只是先占个位置）
  第30行：日历上没有“2月30日前”这一天，先归入“2月”（把握一般）
  第37行：日历上没有“6月31日前”这一天，先归入“6月”（把握一般）
  第41行：读不懂时间“节前一周”，先归入“适时”（只是先占个位置）
  第42行：读不懂时间“按赛程”，先归入“适时”（只是先占个位置）
通知里缺少或写错的（3处）：
  第12行、第14行：编号3用了两次
  第18行：编号从5跳到8，少了6到7
  第27行：“落实“三审三校”制度”没有写责任领导
没有放进计划的文字（1处）：
  第44行：注：任务完成情况请各责任部门于每季度末报校工会办公室。
接下来：打开写好的文件核对一遍，再运行 unionplan serve --open 看网站。
";
    assert_eq!(rest, expected);
    let plan = read(&project, "data/2022/plan.yaml");
    let guess = "          # 请核对：日历上没有“2月30日前”这一天，先归入“2月”（把握一般）\n          - task: 征集议题\n            when: { as: 2月30日前, in: 2月 }\n";
    assert!(plan.contains(guess), "{plan}");
}

#[test]
fn every_piece_of_a_notice_is_in_the_plan_or_in_the_report() {
    let mut lost = Vec::new();
    for path in notices().iter().filter(|path| path.ends_with("notice.txt")) {
        let project = Project::empty();
        let told = stderr(&project.run(&["import", path.to_str().unwrap()]));
        let written = support::read_folder(&project.root().join("data"));
        let written = written.values().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        let plain = |text: &str| {
            text.chars().filter(|c| c.is_alphabetic() || c.is_ascii_digit()).collect::<String>()
        };
        let told = plain(&(written.collect::<String>() + &told));
        // A word of four characters or more can't be there by chance.
        let source = fs::read_to_string(path).unwrap();
        let parts = source
            .split(|c: char| !c.is_alphabetic() && !c.is_ascii_digit() && c != '“' && c != '”');
        // Names of columns are told by where their cells stand.
        let ends = [
            "单位",
            "單位",
            "部门",
            "部門",
            "科室",
            "部室",
            "领导",
            "類別",
            "类别",
            "板块",
            "处室",
            "股室",
            "负责人",
            "主席",
            "条线",
            "組別",
            "几月",
            "人群",
            "对应要点",
            "责任落实",
            "具体活动",
            "步骤",
            "时间进度",
            "同志",
            "什么时候办",
            "事项",
            "小组",
            "小組",
            "责任人",
            "范围",
            "期限",
            "日期",
            "時間",
            "要求",
            "形式",
            "领域",
            "地点",
            "地點",
            "領導",
            "时间",
            "時間",
            "时限",
            "節點",
            "节点",
            "对象",
            "對象",
            "任务",
            "内容",
            "內容",
            "名称",
            "名稱",
            "工作",
            "人员",
            "举措",
            "措施",
            "项目",
            "項目",
            "部分",
            "分工",
            "责任处室",
            "工作目标",
            "责任股室",
            "工作板块",
            "工作要点",
            "具體任務",
            "完成時限",
            "工作类别",
            "安排",
            "领导人",
            "委员",
        ];
        let is_name =
            |part: &String| part.chars().count() <= 8 && ends.iter().any(|end| part.ends_with(end));
        // What an office does in a bracket is told by where it stands: 宣教部牵头.
        let bare = |part: String| {
            let verbs = ["牵头", "配合", "负责", "完成"];
            let bare = verbs.iter().find_map(|verb| part.strip_suffix(verb)).map(str::to_owned);
            bare.unwrap_or(part)
        };
        let parts = parts.map(plain).map(bare).filter(|part| part.chars().count() >= 4);
        for part in parts.filter(|part| !is_name(part)) {
            let is_date = part.contains('年') && part.ends_with('日');
            // 教务处及人事处 are two.
            let is_told = || part.split('及').all(|name| told.contains(name));
            if !is_date && !told.contains(&part) && !is_told() {
                lost.push(format!("{}: {part}", path.display()));
            }
        }
    }
    assert!(lost.is_empty(), "lost:\n{}", lost.join("\n"));
}

#[test]
fn a_plan_that_is_there_is_left_alone_unless_asked_for_and_kept_then() {
    let project = Project::empty();
    project.write("data/2022/plan.yaml", "title: 手写的\n");
    let output = project.run(&["import", &notice("guiling-2022/notice.txt")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("已经有2022年的计划：data/2022/plan.yaml，没有改动"));
    assert_eq!(read(&project, "data/2022/plan.yaml"), "title: 手写的\n");
    assert!(!project.root().join("data/union.yaml").exists());
    let output = project.run(&["import", &notice("guiling-2022/notice.txt"), "--force"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).contains("原来的文件另存为 data/2022/plan.yaml.bak"));
    assert_eq!(read(&project, "data/2022/plan.yaml.bak"), "title: 手写的\n");
}

#[test]
fn newcomers_are_added_to_the_union_and_all_else_in_its_file_stays() {
    let project = Project::shipped();
    let before = read(&project, "data/union.yaml");
    let output = project.run(&["import", &notice("guiling-2022/notice.docx")]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let after = read(&project, "data/union.yaml");
    let added: Vec<&str> = after.lines().filter(|line| !before.contains(line)).collect();
    assert_eq!(added.len(), 8, "{added:?}");
    let kept: Vec<&str> = after.lines().filter(|line| before.contains(line)).collect();
    assert_eq!(kept.join("\n"), before.trim_end());
    assert_eq!(project.run(&["check"]).status.code(), Some(0));
    // The second time nobody is new.
    project.run(&["import", &notice("guiling-2022/notice.docx"), "--force"]);
    assert_eq!(read(&project, "data/union.yaml"), after);
}

#[test]
fn a_union_file_that_can_not_be_gone_on_with_is_told_and_nothing_written() {
    let project = Project::empty();
    project.write("data/union.yaml", "name: 桂岭大学工会\noffices: [{ id: a, name: 宣传部 }]\n");
    let output = project.run(&["import", &notice("guiling-2022/notice.txt")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("- { id: zu-zhi-bu, name: 组织部 }"), "{}", stderr(&output));
    assert!(!project.root().join("data/2022").exists());
}

#[test]
fn numbers_and_addresses_are_published_only_if_asked_for() {
    let plan = |more: &[&str]| {
        let project = Project::empty();
        let source = notice("nanping-2022/notice.txt");
        let mut call = vec!["import", source.as_str(), "--stdout"];
        call.extend(more);
        let output = project.run(&call);
        (stdout(&output), stderr(&output))
    };
    let (without, told) = plan(&[]);
    assert!(!without.contains("8512036"));
    assert!(told.contains("0599-8512036") && told.contains("个人信息，没有放进网站"), "{told}");
    assert!(plan(&["--contacts"]).0.contains("联系电话：0599-8512036"));
}

#[test]
fn what_can_not_be_imported_is_told_with_a_way_out() {
    let project = Project::empty();
    project.write("通知.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old");
    project.write("通知.pdf", b"%PDF-1.7\n");
    project.write("随笔.txt", "今天天气很好。\n");
    project.write(
        "要点.txt",
        "工会工作要点\n一、文体工作\n1.举办拔河比赛。\n二、福利工作\n1.体检。\n",
    );
    for (arguments, code, said) in [
        (&["import"][..], 2, "import 后面写上通知的文件名"),
        (&["import", "没有.docx"], 3, "没有.docx"),
        (&["import", "通知.doc"], 1, "另存为"),
        (&["import", "通知.pdf"], 1, ".docx"),
        (&["import", "随笔.txt", "--year", "2022"], 1, "没有认出工作计划"),
        (&["import", "要点.txt"], 2, "加上年份再运行，例如 unionplan import 要点.txt --year 2022"),
        (&["import", "要点.txt", "--year", "22"], 2, "“22”不是年份"),
        (&["import", "要点.txt", "--branch", "图书馆"], 2, "--branch 不能是“图书馆”"),
    ] {
        let output = project.run(arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", stderr(&output));
        assert!(stderr(&output).contains(said), "{arguments:?}: {}", stderr(&output));
        assert!(!project.root().join("data").exists());
    }
    let output = project.run(&["import", "要点.txt", "--year", "2022", "--branch", "library"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(project.root().join("data/branches/library/2022/plan.yaml").exists());
}
