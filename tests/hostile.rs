//! Data files may come from anyone: whatever stands in them, reading them ends, in little memory,
//! with something to tell.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use std::fs;
use std::path::Path;
use unionplan::build::{Options, build};
use unionplan::diagnostic::{Language, Report, render};

const UNION: &str = include_str!("../data/union.yaml");
const PLAN: &str = include_str!("../data/2021/plan.yaml");

fn write(root: &Path, path: &str, content: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

fn project(union: &[u8], plan: &[u8], updates: &[u8]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), "data/union.yaml", union);
    write(root.path(), "data/2021/plan.yaml", plan);
    write(root.path(), "data/2021/updates.yaml", updates);
    root
}

fn check(root: &Path) -> Report {
    let root = root.to_owned();
    build(&Options { root, ..Options::default() }).report
}

/// Reads these bytes as every kind of data file; what is told is drawn as well.
fn told_of(bytes: &[u8]) -> String {
    let root = project(UNION.as_bytes(), bytes, b"");
    let mut told = render::text(&check(root.path()), Language::Chinese, false);
    write(root.path(), "data/2021/plan.yaml", PLAN.as_bytes());
    write(root.path(), "data/2021/updates.yaml", bytes);
    told += &render::text(&check(root.path()), Language::English, true);
    write(root.path(), "data/union.yaml", bytes);
    told += &render::json_lines(&check(root.path()), Language::Chinese);
    told
}

/// Inputs that would take a careless reader hours, all memory, or its stack.
fn monsters() -> Vec<(&'static str, String)> {
    let many = |line: &str, times: usize| line.repeat(times);
    let keys: String = (0..200_000).map(|key| format!("k{key}: v\n")).collect();
    let bomb: String = (1..30)
        .map(|level| {
            format!("a{level}: &a{level} [{}]\n", vec![format!("*a{}", level - 1); 9].join(","))
        })
        .collect();
    let stairs: String = (0..2_000).map(|level| format!("{}tasks:\n", " ".repeat(level))).collect();
    let dashes: String = (0..2_000).map(|level| format!("{}-\n", " ".repeat(level))).collect();
    vec![
        ("an alias bomb", format!("a0: &a0 工会\n{bomb}")),
        ("lists in lists", many("[", 10_000)),
        ("maps in maps", many("{a: ", 10_000)),
        ("closed lists in lists", many("[", 10_000) + &many("]", 10_000)),
        ("dashes in a row", many("- ", 10_000) + "a"),
        ("keys in keys", stairs),
        ("lists below lists", dashes),
        ("two hundred thousand keys", keys),
        ("one key two hundred thousand times", many("title: 要点\n", 200_000)),
        ("full-width colons without end", many("title：要点\n", 150_000)),
        ("unknown names in braces", format!("{{{}}}", many("名称：要点, ", 150_000))),
        ("full-width commas without end", format!("tasks: {{ id: a{}", many("，name：b", 200_000))),
        ("blanks in braces without end", format!("tasks: {{ id: a{}name: b", many(" ", 3_000_000))),
        ("keys in braces without commas", format!("tasks: {{{}", many(" id: x", 400_000))),
        ("an open brace and empty lines", format!("tasks: {{ id: a\n{}", many("\n", 3_000_000))),
        ("open braces on every line", many("{ id: a\n\n", 300_000)),
        ("open quotes on every line", many("title: \"要点\n", 150_000)),
        ("open quotes and no key", many("- \"要点\n", 200_000)),
        ("comments that cut texts", many("title: 要点 #党史\n", 150_000)),
        ("a line without end", format!("title: {}", many("工会", 600_000))),
        ("a word without end", many("a", 4_000_000)),
        ("quotes without end", format!("title: {}", many("“", 1_000_000))),
        ("colons without end", many(":", 4_000_000)),
        ("commas without end", format!("{{{}", many("，", 1_300_000))),
        ("tabs without end", many("\t", 4_000_000)),
        ("tabs in front of every line", many("\ttitle: 要点\n", 200_000)),
        ("full-width blanks without end", many("\u{3000}", 1_300_000)),
        ("blank lines without end", many("\n", 4_000_000)),
        ("documents without end", many("---\n", 1_000_000)),
        ("names without end", format!("{PLAN}leader: {}", many("何频、", 200_000))),
        (
            "an office list without end",
            format!(
                "title: 要点\ntasks:\n  - task: 学习\n    office: [{}]",
                many("宣教课, ", 150_000)
            ),
        ),
        (
            "a time without end",
            format!("title: 要点\ntasks:\n  - task: 学习\n    when: {}", many("3月、", 300_000)),
        ),
        (
            "a link without end",
            format!("- on: 2021-05-10\n  about: {0}\n  link: {0}", many("a/", 500_000)),
        ),
        ("invisible characters", many("\u{200b}\u{7}", 800_000)),
    ]
}

#[test]
fn monsters_are_read_to_an_end() {
    for (name, text) in monsters() {
        let told = told_of(text.as_bytes());
        assert!(!told.is_empty(), "{name} is taken for a plan");
        // At most so many faults of each of the three files, each of a screen's length.
        assert!(told.len() < 200_000, "{name} is told in {} bytes", told.len());
    }
}

#[test]
fn bytes_that_are_no_text_are_read_to_an_end() {
    for bytes in [
        vec![0; 3_000_000],
        vec![0xff; 3_000_000],
        (0..=255).cycle().take(1_000_000).collect(),
        b"title: \0\0\0".to_vec(),
        b"\0title: a".to_vec(),
        "\u{feff}\u{feff}title: a".as_bytes().to_vec(),
        "title: a\u{2028}tasks: b\u{2029}\u{85}issued: c".as_bytes().to_vec(),
        "title: \"\\u0000\\uffff\\ud800\"".as_bytes().to_vec(),
        b"%YAML 9.9\n--- !<tag:x> &a *b ? [ : ] ...\n".to_vec(),
        b"<<: *a\n? - b\n: - c\n".to_vec(),
    ] {
        let told = told_of(&bytes);
        assert!(!told.is_empty() && told.len() < 200_000);
    }
}

/// Runs a program and prints its exit code and its peak memory in kilobytes. A small process does
/// this, since a child counts what its parent held when it was made.
#[cfg(target_os = "linux")]
const MEASURE: &str = "
import resource, subprocess, sys
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
code = subprocess.run(sys.argv[1:], stderr=subprocess.DEVNULL).returncode
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
";

/// The real program, watched by the system; a bound on its address space keeps a reader that runs
/// away from taking the machine along.
#[cfg(target_os = "linux")]
#[test]
fn no_file_takes_more_than_two_hundred_megabytes() {
    let huge = ("a file of fifty megabytes", "# 工会\n".repeat(6_000_000));
    for (name, text) in monsters().into_iter().chain([huge]) {
        let root = project(UNION.as_bytes(), text.as_bytes(), text.as_bytes());
        let output = std::process::Command::new("python3")
            .args(["-c", MEASURE, env!("CARGO_BIN_EXE_unionplan"), "check", "--root"])
            .arg(root.path())
            .output()
            .unwrap();
        let told = String::from_utf8(output.stdout).unwrap();
        let numbers: Vec<i64> = told.split_whitespace().map(|word| word.parse().unwrap()).collect();
        assert_eq!(numbers[0], 1, "{name} ends with faults told");
        assert!(numbers[1] < 200 * 1024, "{name}: {} KB", numbers[1]);
        println!("{:6} KB  {name}", numbers[1]);
    }
}

/// Text made of what YAML and its typists use.
fn yamlish() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("title"),
        Just("tasks"),
        Just("task"),
        Just("when"),
        Just("leader"),
        Just("id"),
        Just("name"),
        Just("sections"),
        Just("items"),
        Just("text"),
        Just(": "),
        Just("："),
        Just(":"),
        Just("- "),
        Just("-"),
        Just("－"),
        Just("\n"),
        Just("\n  "),
        Just("\n    "),
        Just("\n\t"),
        Just("\n\u{3000}"),
        Just("{ "),
        Just(" }"),
        Just("｛"),
        Just("["),
        Just("]"),
        Just(", "),
        Just("，"),
        Just("\""),
        Just("'"),
        Just("“"),
        Just("”"),
        Just(" #"),
        Just("#"),
        Just("|"),
        Just(">-\n"),
        Just("&a "),
        Just("*a"),
        Just("!!str "),
        Just("? "),
        Just("%"),
        Just("---\n"),
        Just("...\n"),
        Just("~"),
        Just("工会"),
        Just("5月"),
        Just("何频"),
        Just("\u{200b}"),
        Just("\r"),
        Just("\\"),
        Just("𠮷"),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        told_of(&bytes);
    }

    #[test]
    fn random_text_is_read(text in "\\PC{0,200}") {
        told_of(text.as_bytes());
    }

    #[test]
    fn text_like_a_data_file_is_read(text in yamlish()) {
        told_of(text.as_bytes());
    }

    /// One slip anywhere in a sound plan: nothing breaks, and every place told lies in the file.
    #[test]
    fn a_slip_in_a_sound_plan_is_told_in_its_place(
        at in any::<prop::sample::Index>(),
        cut in 0..4_usize,
        put in yamlish().prop_map(|text| text.chars().take(3).collect::<String>()),
    ) {
        let characters: Vec<char> = PLAN.chars().take(2_000).collect();
        let at = at.index(characters.len());
        let end = (at + cut).min(characters.len());
        let text: String =
            characters[..at].iter().chain(put.chars().collect::<Vec<_>>().iter()).chain(&characters[end..]).collect();
        let root = project(UNION.as_bytes(), text.as_bytes(), b"");
        let report = check(root.path());
        render::text(&report, Language::Chinese, false);
        let lines: Vec<&str> = text.split(['\n', '\r']).collect();
        for fault in report.diagnostics() {
            let spot = fault.place.as_ref().and_then(|place| place.spot.as_ref());
            if let Some(spot) = spot {
                prop_assert!(spot.span.line <= lines.len() + 1, "{fault:?}");
                let line = lines.get(spot.span.line - 1).map_or(0, |line| line.chars().count());
                let carriage_returns = text.contains('\r');
                prop_assert!(spot.span.column <= line + 1 || carriage_returns, "{fault:?}");
            }
        }
    }
}
