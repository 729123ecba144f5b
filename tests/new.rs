//! `unionplan new`: what a year begins with, and what is said where none can be begun.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use support::{Project, home, plain_text, stderr};

/// What a plan's file holds, after a year was begun.
fn begun(project: &Project, year: &str) -> String {
    let output = project.run(&["new", year]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    fs::read_to_string(project.root().join(format!("data/{year}/plan.yaml"))).unwrap()
}

/// The notices of other unions, as projects with their years.
fn others() -> Vec<(Project, i32, PathBuf)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(home().join("tests/import")).unwrap() {
        let folder = entry.unwrap().path();
        if !folder.join("plan.yaml").exists() {
            continue;
        }
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let year: i32 = name.rsplit('-').next().unwrap().parse().unwrap();
        let project = Project::empty();
        project.write("data/union.yaml", fs::read(folder.join("union.yaml")).unwrap());
        let plan = fs::read(folder.join("plan.yaml")).unwrap();
        project.write(&format!("data/{year}/plan.yaml"), plan);
        all.push((project, year, folder));
    }
    assert!(all.len() >= 18, "the notices are there");
    all
}

/// The lines that are no comments.
fn data_lines(yaml: &str) -> Vec<&str> {
    yaml.lines().filter(|line| !line.trim_start().starts_with('#')).collect()
}

/// Whether a comment is words to a clerk, and no data to be put into use.
fn is_said(comment: &str) -> bool {
    comment.starts_with("# 待改：") || comment.starts_with("# 请核对：")
}

/// The file as it is once every text that stands in comments was put into use.
fn put_into_use(yaml: &str, year: i32) -> String {
    let mut lines = Vec::new();
    for line in yaml.lines().skip_while(|line| line.starts_with("# ") && !is_said(line)) {
        let blanks = line.len() - line.trim_start().len();
        match line.trim_start().strip_prefix("# ") {
            Some(_) if is_said(line.trim_start()) => {}
            Some(data) => lines.push(format!("{}{data}", &line[..blanks])),
            None => lines.push(line.to_owned()),
        }
    }
    lines.join("\n").replace(&format!("issued: {year}-月-日"), &format!("issued: {year}-03-01"))
}

#[test]
fn a_year_begins_with_the_structure_of_the_last() {
    let project = Project::shipped();
    let old = fs::read_to_string(project.root().join("data/2021/plan.yaml")).unwrap();
    let new = begun(&project, "2022");
    for line in [
        "title: 湖南科技大学2022年工会工作要点",
        "schedule_title: 湖南科技大学工会2022年主要工作安排表",
    ] {
        assert!(new.lines().any(|other| other == line), "{line}");
    }
    // Sections, items, tasks, times, people and activities are there, line for line.
    let kept = |line: &&str| {
        let key = line.trim_start().trim_start_matches("- ");
        ["task:", "when:", "leader:", "office:", "{ id:", "items:", "tasks:", "activities:"]
            .iter()
            .any(|start| key.starts_with(start))
            || (line.starts_with("  ") && key.contains("title:") && !line.starts_with("  title:"))
    };
    let of = |yaml: &str| -> Vec<String> {
        data_lines(yaml).into_iter().filter(kept).map(str::to_owned).collect()
    };
    assert_eq!(of(&new), of(&old));
    // What was said in the union's name is not.
    for key in ["issued:", "notice:", "overview:", "text:"] {
        let lines = data_lines(&new);
        assert!(!lines.iter().any(|line| line.trim_start().starts_with(key)), "{key}");
    }
    assert!(!data_lines(&new).iter().any(|line| line.contains("2021")));
    let output = project.run(&["check", "--strict"]);
    assert!(stderr(&output).contains("2份计划没有错误，0处提醒"), "{}", stderr(&output));
    project.build();
    let page = plain_text(&project.page("2022/activities/tug-of-war.html"));
    assert!(page.contains("“奋进新征程”拔河比赛"), "{page}");
    assert!(plain_text(&project.page("index.html")).contains("2022年工会工作要点"));
}

#[test]
fn it_says_what_was_written_and_what_comes_next() {
    let project = Project::shipped();
    let output = project.run(&["new", "2022"]);
    let said = stderr(&output);
    let yaml = fs::read_to_string(project.root().join("data/2022/plan.yaml")).unwrap();
    let changes = yaml.matches("# 待改：").count();
    let checks = yaml.matches("# 请核对：").count();
    let first = format!(
        "已新建2022年的计划 data/2022/plan.yaml：照2021年的框架；里面标了“待改”的有{changes}处，“请核对”的有{checks}处。\n"
    );
    assert!(said.starts_with(&first), "{said}");
    for next in ["打开 data/2022/plan.yaml", "unionplan serve --open，", "先别发布"] {
        assert!(said.contains(next), "{next}: {said}");
    }
    let elsewhere = Project::empty();
    let root = project.root().to_string_lossy().into_owned();
    let output = elsewhere.run(&["new", "2023", "--root", &root]);
    let said = stderr(&output);
    assert!(said.contains("照2022年的框架"), "{said}");
    assert!(said.contains(&format!("unionplan serve --open --root {root}")), "{said}");
    assert!(said.contains(&format!("打开 {root}/data/2023/plan.yaml")), "{said}");
}

#[test]
fn every_comment_stands_above_the_line_that_it_concerns() {
    let mut projects = others();
    projects.push((Project::shipped(), 2021, home().join("data/2021")));
    for (project, year, folder) in projects {
        let yaml = begun(&project, &(year + 1).to_string());
        let lines: Vec<&str> = yaml.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let comment = line.trim_start();
            if !is_said(comment) {
                continue;
            }
            let next = lines[at + 1..].iter().find(|line| !is_said(line.trim_start()));
            let next = next.unwrap_or_else(|| panic!("{folder:?}: {line} stands above nothing"));
            let indent = |line: &str| line.len() - line.trim_start().len();
            assert_eq!(indent(line), indent(next), "{folder:?}: {line}\n{next}");
            // The words in question are there: those that were moved on, or those that stayed.
            let quoted = comment.rsplit('“').next().unwrap().split('”').next().unwrap();
            if comment.starts_with("# 请核对：") && !comment.contains("没有年份") {
                assert!(next.contains(quoted), "{folder:?}: {line}\n{next}");
            }
        }
        for (section, line) in lines.iter().enumerate().filter(|(_, l)| l.starts_with("  - title:"))
        {
            let above = lines[..section].iter().rev().take_while(|l| is_said(l.trim_start()));
            let asks = above.into_iter().any(|l| l.contains("待改：这一部分"));
            assert!(asks, "{folder:?}: {line}");
        }
    }
}

#[test]
fn every_skeleton_builds_at_once_and_so_does_what_stands_in_its_comments() {
    for (project, year, folder) in others() {
        let next = year + 1;
        let yaml = begun(&project, &next.to_string());
        let checked = project.run(&["check"]);
        assert_eq!(checked.status.code(), Some(0), "{folder:?}: {}", stderr(&checked));
        project.build();
        let path = format!("data/{next}/plan.yaml");
        project.write(&path, put_into_use(&yaml, next));
        let checked = project.run(&["check"]);
        assert_eq!(checked.status.code(), Some(0), "{folder:?}: {}", stderr(&checked));
        // All of it has come along: every paragraph of the old plan's texts is there, but for its years.
        let used = fs::read_to_string(project.root().join(&path)).unwrap();
        let old = fs::read_to_string(folder.join("plan.yaml")).unwrap();
        let keys = |yaml: &str, key: &str| {
            yaml.lines()
                .filter(|line| line.trim_start().trim_start_matches("- ").starts_with(key))
                .count()
        };
        for key in [
            "title:",
            "text:",
            "task:",
            "when:",
            "leader:",
            "office:",
            "support:",
            "remark:",
            "audience:",
            "group:",
            "label:",
            "schedule_title:",
            "document_number:",
            "notice:",
            "overview:",
            "to:",
        ] {
            assert_eq!(keys(&used, key), keys(&old, key), "{folder:?}: {key}");
        }
    }
}

#[test]
fn times_that_do_not_fit_the_new_year_are_left_to_the_clerk() {
    let project = Project::empty();
    project.write("data/union.yaml", "name: 某工会\n");
    project.write(
        "data/2024/plan.yaml",
        "title: 工作要点\ntasks:\n  - task: 闰日活动（2月29日）\n    when: 2月29日\n    activities:\n      - { id: leap, name: 闰日活动, when: 2月29日 }\n  - task: 慰问\n    when: { as: 节前一周, in: 1月 }\n  - task: 总结\n    when: 2024年12月—2025年1月\n  - task: 座谈\n    when: 3月8日\n  - task: 比赛\n    when: 5月14日\n  - task: 材料\n    when: 6月30日前\n",
    );
    let yaml = begun(&project, "2025");
    for part in [
        "# 请核对：题目里没有年份，看看用在2025年对不对。\ntitle: 工作要点\n",
        "    # 待改：时间“2月29日”在2025年不通，改好再写上。\n    # when: 2月29日\n",
        "      # 待改：时间“2月29日”在2025年不通，改好再写上。\n      - { id: leap, name: 闰日活动 }\n",
        "    # 请核对：“节前一周”照2024年排在1月，2025年是不是？\n    when: { as: 节前一周, in: 1月 }\n",
        "    # 请核对：“2024年”已改成“2025年”，“2025年”已改成“2026年”。\n    when: 2025年12月—2026年1月\n",
        "  - task: 座谈\n    when: 3月8日\n",
        "    # 请核对：“5月14日”是2024年定的日子，2025年是哪一天？\n    when: 5月14日\n",
        "  - task: 材料\n    when: 6月30日前\n",
    ] {
        assert!(yaml.contains(part), "{part}\n{yaml}");
    }
    assert_eq!(project.run(&["check"]).status.code(), Some(0));
}

#[test]
fn a_newcomer_begins_in_an_empty_folder() {
    let project = Project::empty();
    let output = project.run(&["new", "2026"]);
    assert_eq!(output.status.code(), Some(0));
    let said = stderr(&output);
    assert!(said.contains("写的是一个例子") && said.contains("还新建了 data/union.yaml"), "{said}");
    assert!(!said.contains("先别发布"));
    let checked = project.run(&["check", "--strict"]);
    assert!(stderr(&checked).contains("1份计划没有错误，0处提醒"), "{}", stderr(&checked));
    project.build();
    for page in ["index.html", "2026/activities/basketball.html", "2026/offices/general.html"] {
        assert!(project.out().join(page).exists(), "{page}");
    }
    // The next year begins like the first.
    let next = begun(&project, "2027");
    assert!(next.contains("title: 某某大学工会2027年工作要点"), "{next}");
}

#[test]
fn an_example_names_the_offices_and_leaders_that_there_are() {
    let project = Project::empty();
    project.write(
        "data/union.yaml",
        "name: 某大学工会\noffices:\n  - { id: a, name: 组织部 }\nleaders:\n  - { id: b, name: 王五 }\neveryone: 各部门\n",
    );
    let union = fs::read(project.root().join("data/union.yaml")).unwrap();
    let yaml = begun(&project, "2026");
    for words in
        ["title: 某大学工会2026年工作要点", "office: 组织部", "leader: 王五", "office: 各部门"]
    {
        assert!(yaml.contains(words), "{words}");
    }
    assert_eq!(fs::read(project.root().join("data/union.yaml")).unwrap(), union);
    assert_eq!(project.run(&["check", "--strict"]).status.code(), Some(0));
    let bare = Project::empty();
    bare.write("data/union.yaml", "name: 某大学工会\n");
    let yaml = begun(&bare, "2026");
    assert!(!yaml.contains("leader:") && !yaml.contains("宣教科"), "{yaml}");
    assert_eq!(bare.run(&["check", "--strict"]).status.code(), Some(0));
}

#[test]
fn a_plan_is_never_written_over_without_force_and_then_it_is_kept() {
    let project = Project::shipped();
    let old = fs::read_to_string(project.root().join("data/2021/plan.yaml")).unwrap();
    let output = project.run(&["new", "2021"]);
    assert_eq!(output.status.code(), Some(2));
    let said = "已经有2021年的计划：data/2021/plan.yaml，没有改动。打开它接着改；要重新开始，加上 --force，旧的会另存在旁边\n";
    assert_eq!(stderr(&output), said);
    begun(&project, "2022");
    project.write("data/2022/plan.yaml", "title: 改了一半\n");
    let output = project.run(&["new", "2022", "--force"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stderr(&output).contains("另存为 data/2022/plan.yaml.bak。"), "{}", stderr(&output));
    let names = |folder: &Path| {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names(&project.root().join("data/2022")), ["plan.yaml", "plan.yaml.bak"]);
    let kept = fs::read_to_string(project.root().join("data/2022/plan.yaml.bak")).unwrap();
    assert_eq!(kept, "title: 改了一半\n");
    assert_eq!(fs::read_to_string(project.root().join("data/2021/plan.yaml")).unwrap(), old);
    assert_eq!(project.run(&["check", "--strict"]).status.code(), Some(0), "it is no data");
}

#[test]
fn a_branch_has_years_of_its_own() {
    let project = Project::shipped();
    fs::create_dir_all(project.root().join("data/branches/library")).unwrap();
    let output = project.run(&["new", "2022", "--branch", "library"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).contains("还新建了 data/branches/library/union.yaml"));
    assert!(!project.root().join("data/2022").exists());
    assert_eq!(project.run(&["check", "--strict"]).status.code(), Some(0));
    for (branch, said) in [
        (
            "libary",
            "没有分工会“libary”。是不是“library”？新的分工会，先建文件夹 data/branches/libary，再运行一次\n",
        ),
        (
            "physics",
            "没有分工会“physics”。现有：library。新的分工会，先建文件夹 data/branches/physics，再运行一次\n",
        ),
        (
            "图书馆",
            "--branch 不能是“图书馆”：写分工会的文件夹名，只有小写字母、数字和连字符，例如 library\n",
        ),
        (
            "../2021",
            "--branch 不能是“../2021”：写分工会的文件夹名，只有小写字母、数字和连字符，例如 library\n",
        ),
    ] {
        let output = project.run(&["new", "2022", "--branch", branch]);
        assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(2), said));
    }
}

#[test]
fn what_can_not_be_begun_is_explained_and_nothing_is_written() {
    let project = Project::shipped();
    project.write("data/2023年/plan.yaml", "");
    project.write("data/2024/plan.yaml.txt", "");
    let before = support::read_folder(project.root());
    for (arguments, said) in [
        (&["new"][..], "new 后面写上年份，例如：unionplan new 2022"),
        (&["new", "22"], "“22”不是年份：写四位数字，例如 2022"),
        (&["new", "25"], "“25”不是年份：写四位数字，例如 2025"),
        (&["new", "20222"], "“20222”不是年份：写四位数字，例如 2022"),
        (&["new", "-2022"], "“-2022”不是年份：写四位数字，例如 2022"),
        (&["new", "明年"], "“明年”不是年份：写四位数字，例如 2022"),
        (&["new", "1821"], "没有1821年的计划可写：年份写1900到2999"),
        (&["new", "2023"], "已经有“data/2023年”，多半就是要用的：把它改名为 2023，再运行一次"),
        (
            &["new", "2024"],
            "已经有“data/2024/plan.yaml.txt”，多半就是要用的：把它改名为 plan.yaml，再运行一次",
        ),
        (
            &["new", "2022", "--root", "nowhere"],
            "没有文件夹“nowhere”：--root 后面写放着 data 的文件夹，新的先建好",
        ),
        (
            &["new", "2022", "--root", "data"],
            "这里就是放 union.yaml 的 data 文件夹。到它的上一层运行：unionplan new 2022 --root data/..",
        ),
        (
            &["build", "--force"],
            "--force 只能和 import、new、export 一起用：unionplan import --force\n全部用法：unionplan --help",
        ),
    ] {
        let output = project.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", stderr(&output));
        assert_eq!(stderr(&output), format!("{said}\n"), "{arguments:?}");
    }
    let after = support::read_folder(project.root());
    assert!(before.keys().eq(after.keys()));
    for year in ["２０２２", "2022年"] {
        let project = Project::shipped();
        assert_eq!(project.run(&["new", year]).status.code(), Some(0), "{year}");
        assert!(project.root().join("data/2022/plan.yaml").exists());
    }
}

#[test]
fn a_plan_with_faults_is_mended_before_another_is_made_of_it() {
    let project = Project::shipped();
    project.replace("data/2021/plan.yaml", "leader: 刘婕", "leader: 刘杰");
    let output = project.run(&["new", "2022"]);
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output);
    assert!(
        said.contains("错误[unknown-leader]") && said.contains("没有新建：先改好上面的错误"),
        "{said}"
    );
    assert!(!project.root().join("data/2022").exists());
    let nameless = Project::shipped();
    fs::remove_file(nameless.root().join("data/union.yaml")).unwrap();
    let output = nameless.run(&["new", "2022"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).starts_with("缺少 data/union.yaml，读不了已有的计划 data/2021/plan.yaml。")
    );
    assert!(!nameless.root().join("data/2022").exists());
}

#[test]
fn a_folder_that_can_not_be_written_is_said_and_left_as_it_was() {
    let project = Project::shipped();
    project.write("data/2022", "a file");
    let output = project.run(&["new", "2022"]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert!(stderr(&output).contains("错误[cannot-write]"), "{}", stderr(&output));
    assert_eq!(fs::read(project.root().join("data/2022")).unwrap(), b"a file");
}

#[test]
fn an_english_call_gets_english_comments() {
    let project = Project::shipped();
    let output = project.run(&["new", "2022", "--lang", "en"]);
    let said = stderr(&output);
    assert!(said.starts_with("Wrote the plan of 2022, data/2022/plan.yaml: with the structure of 2021; 23 places are marked TO CHANGE, 3 CHECK.\n"), "{said}");
    let yaml = fs::read_to_string(project.root().join("data/2022/plan.yaml")).unwrap();
    assert!(yaml.contains("  # TO CHANGE: this section is of 2021"), "{yaml}");
    assert!(yaml.contains("# CHECK: “100周年” was said in 2021; does it hold in 2022?"));
    assert!(!yaml.contains("待改") && !yaml.contains("请核对"));
    assert_eq!(project.run(&["check", "--strict"]).status.code(), Some(0));
}

#[test]
fn the_editors_guide_shows_what_is_said() {
    let guide = fs::read_to_string(home().join("docs/editors.zh-CN.md")).unwrap();
    let output = Project::shipped().run(&["new", "2022"]);
    assert!(guide.contains(&format!("```text\n{}```", stderr(&output))), "{}", stderr(&output));
}
