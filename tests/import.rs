//! Notices → plans: how much of what a careful person types from a notice is read from it. The
//! notices and the expected plans are in `import/`; its README says how they are typed.

#![allow(clippy::unwrap_used)]

mod support;

use serde_yaml::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use support::home;
use unionplan::diagnostic::Language;
use unionplan::import::{self, Wishes, read, yaml};

/// What is counted by itself.
const FIELDS: [&str; 14] = [
    "head",
    "overview",
    "section titles",
    "section texts",
    "item titles",
    "item texts",
    "labels",
    "tasks",
    "times",
    "leaders",
    "offices",
    "support",
    "remarks",
    "activities",
];

/// A plan as a list of facts: which field, and what it says where.
type Facts = BTreeMap<&'static str, Vec<String>>;

fn facts(plan: &Value) -> Facts {
    let mut facts = Facts::new();
    let mut head = |key: &str, value: &Value| {
        if let Some(value) = text(value) {
            facts.entry("head").or_default().push(format!("{key}: {value}"));
        }
    };
    for key in ["title", "issued", "document_number", "schedule_title"] {
        head(key, &plan[key]);
    }
    for key in ["title", "to", "text"] {
        head(&format!("notice.{key}"), &plan["notice"][key]);
    }
    for attached in list(&plan["notice"]["attachments"]) {
        head("notice.attachments", attached);
    }
    add(&mut facts, "overview", "", &plan["overview"]);
    for section in list(&plan["sections"]) {
        let title = text(&section["title"]).unwrap_or_default();
        add(&mut facts, "section titles", "", &section["title"]);
        add(
            &mut facts,
            "section titles",
            &format!("{title} in the table"),
            &section["schedule_title"],
        );
        add(&mut facts, "section texts", &title, &section["text"]);
        for item in list(&section["items"]) {
            let name = text(&item["title"]).unwrap_or_default();
            add(&mut facts, "item titles", &title, &item["title"]);
            add(
                &mut facts,
                "item titles",
                &format!("{name} in the table"),
                &item["schedule_title"],
            );
            add(&mut facts, "item texts", &name, &item["text"]);
            add(&mut facts, "labels", &name, &item["label"]);
            add(&mut facts, "labels", &format!("{name} in"), &item["group"]);
            tasks(&mut facts, &name, &item["tasks"]);
        }
        tasks(&mut facts, &title, &section["tasks"]);
    }
    tasks(&mut facts, "", &plan["tasks"]);
    facts
}

fn tasks(facts: &mut Facts, of: &str, tasks: &Value) {
    for task in list(tasks) {
        let name = text(&task["task"]).unwrap_or_default();
        add(facts, "tasks", of, &task["task"]);
        let when = if task["when"].is_mapping() { &task["when"]["as"] } else { &task["when"] };
        add(facts, "times", &name, when);
        for (field, key) in [("leaders", "leader"), ("offices", "office"), ("support", "support")] {
            for value in list(&task[key]) {
                let names = text(value).unwrap_or_default();
                for one in names.split('、') {
                    facts.entry(field).or_default().push(format!("{name}: {one}"));
                }
            }
        }
        add(facts, "remarks", &format!("{name} for"), &task["audience"]);
        add(facts, "remarks", &name, &task["remark"]);
        for activity in list(&task["activities"]) {
            let (what, when) = (text(&activity["name"]), text(&activity["when"]));
            let told = format!("{name}: {} {}", what.unwrap_or_default(), when.unwrap_or_default());
            facts.entry("activities").or_default().push(told);
        }
    }
}

fn add(facts: &mut Facts, field: &'static str, of: &str, value: &Value) {
    if let Some(value) = text(value) {
        facts.entry(field).or_default().push(format!("{of}: {value}"));
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn list(value: &Value) -> Vec<&Value> {
    match value {
        Value::Sequence(list) => list.iter().collect(),
        Value::Null => Vec::new(),
        one => vec![one],
    }
}

/// How many facts were expected, how many were read, how many of those were right.
#[derive(Default, Clone, Copy)]
struct Count {
    expected: usize,
    read: usize,
    right: usize,
}

/// Compares what was read with what is expected; returns what differs, in words.
fn compare(read: &Facts, expected: &Facts, counts: &mut BTreeMap<&str, Count>) -> Vec<String> {
    let mut differences = Vec::new();
    for field in FIELDS {
        let mut left = read.get(field).cloned().unwrap_or_default();
        let expected = expected.get(field).cloned().unwrap_or_default();
        let count = counts.entry(field).or_default();
        count.expected += expected.len();
        count.read += left.len();
        for fact in expected {
            match left.iter().position(|found| *found == fact) {
                Some(at) => {
                    left.remove(at);
                    count.right += 1;
                }
                None => differences.push(format!("- {field}: {fact}")),
            }
        }
        differences.extend(left.into_iter().map(|fact| format!("+ {field}: {fact}")));
    }
    differences
}

/// What a notice is read as; nothing, if it is refused.
fn imported(path: &Path) -> Value {
    let document =
        read::read(path).unwrap_or_else(|fault| panic!("{path:?}: {}", fault.message.zh));
    let draft = match import::recognise(document, Wishes::default()) {
        Ok(draft) => draft,
        Err(refusal) => {
            println!("{}: refused, {refusal:?}", path.display());
            return Value::Null;
        }
    };
    let written = yaml::write(&draft, "notice", Language::Chinese);
    if std::env::var_os("SHOW")
        .is_some_and(|name| path.to_string_lossy().contains(&*name.to_string_lossy()))
    {
        println!("{written}");
        for note in &draft.notes {
            println!("{:?} {:?} {}", note.kind, note.places, note.words.zh);
        }
        for piece in &draft.leftovers {
            println!("left over {:?} {}", piece.place, piece.text);
        }
    }
    serde_yaml::from_str(&written).unwrap_or_else(|error| panic!("{path:?}: {error}\n{written}"))
}

fn expected(path: &Path) -> Value {
    serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The notices, or those of the folder that the variable `NOTICES` names.
fn corpus() -> Vec<PathBuf> {
    let folder =
        std::env::var_os("NOTICES").map_or_else(|| home().join("tests/import"), PathBuf::from);
    let folders = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> =
        folders.filter(|path| path.join("plan.yaml").exists()).collect();
    folders.sort();
    folders
}

#[test]
fn the_notice_of_2021_is_read_as_it_was_typed() {
    let read = facts(&imported(&home().join("tests/fixtures/notice-2021.txt")));
    let typed = facts(&expected(&home().join("data/2021/plan.yaml")));
    let differences = compare(&read, &typed, &mut BTreeMap::new());
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn notices_of_all_kinds_are_read_as_they_would_be_typed() {
    let mut counts = BTreeMap::new();
    for folder in corpus() {
        let typed = facts(&expected(&folder.join("plan.yaml")));
        for name in ["notice.txt", "notice.docx", "notice.html", "notice.xlsx"] {
            let path = folder.join(name);
            if !path.exists() {
                continue;
            }
            let differences = compare(&facts(&imported(&path)), &typed, &mut counts);
            println!("{}: {} differences", path.display(), differences.len());
            differences.iter().for_each(|difference| println!("    {difference}"));
        }
    }
    let share = |part: usize, all: usize| 100.0 * part as f64 / all.max(1) as f64;
    println!("{:16} {:>9} {:>9} {:>9}", "field", "expected", "precision", "recall");
    let mut all = Count::default();
    for (field, Count { expected, read, right }) in &counts {
        let (precision, recall) = (share(*right, *read), share(*right, *expected));
        println!("{field:16} {expected:9} {precision:8.1}% {recall:8.1}%");
        all = Count {
            expected: all.expected + expected,
            read: all.read + read,
            right: all.right + right,
        };
    }
    let (precision, recall) = (share(all.right, all.read), share(all.right, all.expected));
    println!("{:16} {:9} {precision:8.1}% {recall:8.1}%", "all", all.expected);
    assert!(precision >= 98.0 && recall >= 98.0, "precision {precision}, recall {recall}");
}
