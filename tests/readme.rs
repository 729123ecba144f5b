//! What the documents say of the program is so.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs;
use support::{Project, home, stderr, stdout};
use unionplan::site::pages::KINDS;

fn document(name: &str) -> String {
    fs::read_to_string(home().join(name)).unwrap()
}

/// The fenced blocks of a Markdown document that begin with a text.
fn block(document: &str, beginning: &str) -> String {
    let blocks = document.split("```").skip(1).step_by(2);
    let mut bodies = blocks.map(|block| block.split_once('\n').map_or("", |(_, body)| body));
    bodies
        .find(|body| body.starts_with(beginning))
        .unwrap_or_else(|| panic!("no block {beginning}"))
        .to_owned()
}

#[test]
fn the_first_mistake_of_both_readmes_is_shown_word_for_word() {
    for (name, language, beginning) in [
        ("README.md", "en", "error[unreadable-time]"),
        ("README.zh-CN.md", "zh", "错误[unreadable-time]"),
    ] {
        let project = Project::shipped();
        project.replace("data/2021/plan.yaml", "when: 11月\n", "when: 10月分\n");
        let output = project.run(&["build", "--lang", language]);
        assert_eq!(output.status.code(), Some(1));
        let shown = block(&document(name), beginning);
        let shown = shown.split('…').next().unwrap().trim_end();
        assert!(stderr(&output).contains(shown), "{name}:\n{shown}\n\n{}", stderr(&output));
    }
}

#[test]
fn both_readmes_name_every_option_and_exit_code_of_the_help() {
    let help = stdout(&Project::empty().run(&["--help", "--lang", "en"]));
    let options = help.split_whitespace().filter(|word| word.starts_with("--"));
    let options: Vec<&str> =
        options.filter(|word| !["--help", "--version"].contains(word)).collect();
    assert!(options.len() > 6, "{options:?}");
    for name in ["README.md", "README.zh-CN.md"] {
        let text = document(name);
        for option in &options {
            assert!(text.contains(option), "{name} lacks {option}");
        }
        assert!(text.contains("cargo run --release") && text.contains("tests/run"), "{name}");
    }
}

#[test]
fn the_editors_guide_names_every_key_of_the_data_files() {
    let guide = document("docs/editors.zh-CN.md");
    for key in [
        "name",
        "short_name",
        "offices",
        "everyone",
        "leaders",
        "terms",
        "contact",
        "title",
        "issued",
        "document_number",
        "notice",
        "schedule_title",
        "overview",
        "sections",
        "tasks",
        "attachments",
        "items",
        "label",
        "group",
        "text",
        "task",
        "when",
        "leader",
        "office",
        "support",
        "remark",
        "audience",
        "activities",
        "place",
        "on",
        "about",
        "status",
        "date",
        "link",
        "base_url",
        "theme",
        "language",
        "icp",
        "raw_html",
    ] {
        assert!(
            guide.contains(&format!("`{key}`")) || guide.contains(&format!("{key}:")),
            "the guide lacks {key}"
        );
    }
}

#[test]
fn every_whole_plan_in_the_editors_guide_builds() {
    let guide = document("docs/editors.zh-CN.md");
    let blocks: Vec<&str> = guide.split("```").skip(1).step_by(2).collect();
    let plans = blocks
        .iter()
        .filter_map(|block| block.strip_prefix("yaml\n"))
        .filter(|body| body.starts_with("title:") && body.contains("sections:"));
    let mut checked = 0;
    for plan in plans {
        let project = Project::shipped();
        project.write("data/2021/plan.yaml", plan);
        let output = project.run(&["check"]);
        assert_eq!(output.status.code(), Some(0), "{plan}\n{}", stderr(&output));
        checked += 1;
    }
    println!("{checked} plans checked");
}

#[test]
fn pictures_and_documents_that_the_readmes_point_to_are_there() {
    for name in ["README.md", "README.zh-CN.md"] {
        let text = document(name);
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            assert!(link.starts_with("https://") || home().join(link).exists(), "{name}: {link}");
        }
    }
}

/// A slip in the shipped data, by the code that the guide shows for it.
const SLIPS: [(&str, &str, &str); 6] = [
    ("full-width-colon", "            leader: 刘婕", "            leader：刘婕"),
    ("unknown-office", "office: 宣教科", "office: 宣传科"),
    ("unreadable-time", "when: 适时", "when: 教师节前"),
    ("misaligned", "            when: 适时", "             when: 适时"),
    ("text-after-quote", "task: “奋进新征程”拔河", "task: \"奋进新征程\"拔河"),
    ("unknown-key", "when: 适时", "时间: 适时"),
];

#[test]
fn the_mistakes_in_the_editors_guide_are_shown_word_for_word() {
    let guide = document("docs/editors.zh-CN.md");
    for (code, right, wrong) in SLIPS {
        let project = Project::shipped();
        project.replace("data/2021/plan.yaml", right, wrong);
        let said = stderr(&project.run(&["check"]));
        let shown = block(&guide, &format!("错误[{code}]"));
        assert!(said.starts_with(shown.trim_end()), "the guide shows\n{shown}\nbut it is\n{said}");
    }
}

#[test]
fn every_message_in_the_editors_table_is_one_that_a_case_of_the_tests_shows() {
    let cases: String = support::read_folder(&home().join("tests/mistakes"))
        .values()
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    let guide = document("docs/editors.zh-CN.md");
    let rows = guide
        .lines()
        .filter_map(|line| line.strip_prefix("| `").filter(|row| row.starts_with(['错', '提'])));
    let mut count = 0;
    for row in rows {
        let message = row.split('`').next().unwrap();
        assert!(cases.contains(&format!("\n{message}\n")), "no case shows: {message}");
        count += 1;
    }
    assert!(count > 10);
}

/// The examples of a document that are introduced by the path of their file, with that path.
fn examples(document: &str) -> Vec<(&str, &str)> {
    let mut parts = document.split("```");
    let mut before = parts.next().unwrap();
    let mut examples = Vec::new();
    while let (Some(block), Some(after)) = (parts.next(), parts.next()) {
        let introduction = before.trim_end().lines().last().unwrap_or_default();
        let named = introduction.split('`').skip(1).step_by(2);
        let path = named.filter(|name| name.starts_with("site/") || name.starts_with("themes/"));
        if let Some(path) = path.filter(|name| !name.ends_with('/')).last() {
            examples.push((path, block.split_once('\n').unwrap().1));
        }
        before = after;
    }
    examples
}

#[test]
fn the_examples_of_the_guide_to_themes_make_a_site() {
    for name in ["docs/themes.md", "docs/themes.zh-CN.md"] {
        let (guide, project) = (document(name), Project::shipped());
        let examples = examples(&guide);
        assert_eq!(examples.len(), 4, "{examples:?}");
        for (path, text) in examples {
            project.write(path, text);
        }
        project.write("site/static/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        let settings = fs::read_to_string(project.root().join("site/site.yaml")).unwrap();
        project.write("site/site.yaml", format!("{settings}theme: green\n"));
        project.build();
        let page = project.page("2021/items/3.html");
        for changed in ["logo.svg", ">部门<", "工会办公室", "暂无进展"] {
            assert!(page.contains(changed), "{name}: {changed}");
        }
        let style = project.site().into_iter().find(|(path, _)| path.ends_with(".css")).unwrap().1;
        assert!(String::from_utf8(style).unwrap().contains("#0a5c36"), "{name}");
    }
}

#[test]
fn the_guide_to_themes_names_every_kind_of_page_and_every_word_that_it_shows() {
    let words = document("themes/default/strings/zh-CN.yaml");
    for name in ["docs/themes.md", "docs/themes.zh-CN.md"] {
        let guide = document(name);
        for (kind, template) in KINDS {
            assert!(guide.contains(&format!("| `{kind}` | `{template}` |")), "{name}: {kind}");
        }
        for word in ["door_offices", "offices", "none_recorded", "month_link", "tasks_title"] {
            assert!(guide.contains(word) && words.contains(&format!("\n{word}:")), "{word}");
        }
    }
}
