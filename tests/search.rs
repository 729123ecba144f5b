//! What the search page looks through: what is in it, how large it is, and how it is cut up.

#![allow(clippy::unwrap_used)]

mod support;
#[path = "../benches/measure/synthetic.rs"]
#[allow(dead_code)]
mod synthetic;

use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use support::{Project, read_folder, stderr};

/// The data of a call `unionplanSearch(kind, name, data)`.
fn data(script: &str) -> serde_json::Value {
    let list = script.strip_prefix("unionplanSearch(").unwrap().strip_suffix(");\n").unwrap();
    let call: serde_json::Value = serde_json::from_str(&format!("[{list}]")).unwrap();
    call[2].clone()
}

/// Everything of a site that a search can load, by path.
fn search_data(project: &Project) -> BTreeMap<String, Vec<u8>> {
    let mut files = project.site();
    files.retain(|path, _| path.starts_with("search/"));
    files
}

/// Entries of all chunks: where each leads, with its texts.
fn entries(project: &Project) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (path, bytes) in search_data(project) {
        if !path.ends_with("/entries.js") {
            continue;
        }
        for part in data(std::str::from_utf8(&bytes).unwrap()).as_array().unwrap() {
            let folder = part["folder"].as_str().unwrap();
            for entry in part["entries"].as_array().unwrap() {
                let entry: Vec<&str> = entry.as_array().unwrap()[1..]
                    .iter()
                    .map(|text| text.as_str().unwrap())
                    .collect();
                let page = format!("{folder}{}", entry[1]);
                found.push((page, entry.join("\n")));
            }
        }
    }
    found
}

/// The pages whose entries hold a text.
fn pages_with(project: &Project, text: &str) -> BTreeSet<String> {
    let entries = entries(project).into_iter();
    entries.filter(|(_, words)| words.contains(text)).map(|(page, _)| page).collect()
}

fn gzipped(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().len()
}

fn loaded_by_a_search(project: &Project) -> usize {
    search_data(project).values().map(|bytes| gzipped(bytes)).sum()
}

#[test]
fn everything_that_pages_say_can_be_found_where_it_stands() {
    let project = Project::shipped();
    project.write(
        "data/2021/updates.yaml",
        "- { on: 2021-05-14, about: 1, text: 座谈会开得很好。 }\n",
    );
    project.build();
    for (text, page) in [
        ("医疗互助", "2021/items/"),
        ("拔河", "2021/activities/"),
        ("刘婕", "2021/leaders/liu-jie.html"),
        ("宣教科", "2021/offices/publicity.html"),
        ("强化政治引领", "2021/sections/1.html"),
        ("座谈会开得很好", "2021/items/1.html#news"),
        ("请遵照执行", "2021/notice.html"),
        ("总体思路", "2021/index.html"),
    ] {
        let pages = pages_with(&project, text);
        assert!(pages.iter().any(|found| found.starts_with(page)), "{text}: {pages:?}");
    }
    assert_eq!(pages_with(&project, "世界杯"), BTreeSet::new());
}

#[test]
fn every_result_leads_to_a_page_and_to_an_anchor_on_it() {
    let project = Project::shipped();
    project.write("site/pages/help.md", "# 帮助\n\n先看*这里*，再看[那里](about.html)。\n");
    project.build();
    assert_eq!(pages_with(&project, "先看这里，再看那里。"), ["help.html".to_owned()].into());
    for (target, _) in entries(&project) {
        let (page, anchor) = target.split_once('#').unwrap_or((&target, ""));
        let html = project.page(page);
        assert!(anchor.is_empty() || html.contains(&format!("id=\"{anchor}\"")), "{target}");
    }
}

#[test]
fn every_page_has_a_link_to_the_search_page() {
    let project = Project::fixture("traditional");
    project.build();
    for (path, bytes) in project.site().iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = std::str::from_utf8(bytes).unwrap();
        assert!(html.contains("search.html\""), "{path}");
        assert_eq!(html.contains("assets/search-"), path == "search.html", "{path}");
    }
}

#[test]
fn only_characters_that_occur_are_in_the_tables() {
    let project = Project::fixture("traditional");
    project.build();
    let index = data(&project.page("search/index/index.js"));
    let texts: String = entries(&project).into_iter().map(|(_, words)| words).collect();
    let variants = index["variants"].as_str().unwrap();
    assert!(!variants.is_empty());
    for group in variants.split(' ') {
        assert!(group.chars().any(|c| texts.contains(c) || texts.contains("工會")), "{group}");
    }
    assert!(!index["readings"].as_str().unwrap().contains('鼹'));
}

#[test]
fn forty_plans_are_one_chunk_of_less_than_150_kilobytes() {
    let alike = Project::shipped();
    let plan = std::fs::read_to_string(alike.root().join("data/2021/plan.yaml")).unwrap();
    for year in 1982..2021 {
        alike.write(&format!("data/{year}/plan.yaml"), plan.replace("2021", &year.to_string()));
    }
    alike.build();
    let different = Project::empty();
    synthetic::generate(different.root(), 4, 10).unwrap();
    different.build();
    for project in [alike, different] {
        let names: Vec<String> = search_data(&project).into_keys().collect();
        assert_eq!(names, ["search/all/entries.js", "search/index/index.js"]);
        let size = loaded_by_a_search(&project);
        assert!(size < 150_000, "{size} bytes");
    }
}

#[test]
fn more_plans_are_cut_into_chunks_and_a_change_rewrites_few_files() {
    let project = Project::empty();
    synthetic::generate(project.root(), 12, 9).unwrap();
    project.build();
    let before = search_data(&project);
    let index = data(&project.page("search/index/index.js"));
    let chunks = index["chunks"].as_array().unwrap().len();
    assert!((4..=13).contains(&chunks), "{chunks} chunks of 108 plans");
    assert_eq!(before.len(), 1 + chunks + (1 << index["files"].as_u64().unwrap()));
    assert_eq!(
        entries(&project).iter().filter(|(page, _)| page.ends_with("notice.html")).count(),
        108
    );

    let path = "data/branches/branch-5/2020/plan.yaml";
    let plan = std::fs::read_to_string(project.root().join(path)).unwrap();
    project.write(path, plan.replacen("印发给你们", "印发給大家", 1));
    project.build();
    let after = search_data(&project);
    let changed: Vec<&String> =
        after.keys().filter(|path| after.get(*path) != before.get(*path)).collect();
    assert_eq!(after.len(), before.len());
    let of_entries = changed.iter().filter(|path| path.ends_with("entries.js")).count();
    assert_eq!(of_entries, 1, "{changed:?}");
    assert!(changed.len() < 12, "{changed:?}");

    let clean = tempfile::tempdir().unwrap();
    let out = clean.path().join("public");
    let built = project.run(&["build", "--out", out.to_str().unwrap()]);
    assert!(built.status.success(), "{}", stderr(&built));
    assert_eq!(read_folder(&out), project.site());
}

#[test]
fn text_that_looks_like_a_script_stays_text() {
    let project = Project::shipped();
    let hostile = "</script><script>alert(1)</script>\\\"];//";
    let plan = format!(
        "title: 2022年要点\nsections:\n  - title: 部分\n    items:\n      - title: \"{hostile}\"\n        text: 文字\n"
    );
    project.write("data/2022/plan.yaml", plan);
    project.build();
    let text = project.page("search/all/entries.js");
    assert!(!text.contains('<'));
    let real = "</script><script>alert(1)</script>";
    let pages = pages_with(&project, real);
    assert_eq!(pages, ["2022/items/1.html".to_owned()].into());
}

#[test]
fn a_site_without_plans_is_refused_as_a_whole() {
    let project = Project::shipped();
    std::fs::remove_dir_all(project.root().join("data/2021")).unwrap();
    let output = project.run(&["build"]);
    assert!(stderr(&output).contains("no-years"), "{}", stderr(&output));
    assert!(!project.out().exists());
}
