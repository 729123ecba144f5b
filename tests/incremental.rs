//! A build after a change makes only what the change can reach, and exactly what a clean build
//! would have made.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use support::{Project, read_folder};
use unionplan::build::{Changed, Memory, Options, Outcome, build, build_again};

fn run(root: &Path, out: &Path) -> Outcome {
    let outcome =
        build(&Options { root: root.to_owned(), out: Some(out.to_owned()), ..Options::default() });
    assert_eq!(outcome.report.errors(), 0, "{:?}", outcome.report);
    outcome
}

fn options(project: &Project) -> Options {
    Options { root: project.root().to_owned(), out: Some(project.out()), ..Options::default() }
}

/// Insists that the output is what a clean build of the same data makes.
fn insist_clean(project: &Project, what: &str) {
    let clean = tempfile::tempdir().unwrap();
    run(project.root(), &clean.path().join("public"));
    assert_eq!(project.site(), read_folder(&clean.path().join("public")), "{what}");
}

fn kept(project: &Project) -> (usize, usize) {
    let outcome = run(project.root(), &project.out());
    (outcome.kept, outcome.plans)
}

/// A site with two unions and four plans, none of which has anything to warn of.
fn project() -> Project {
    let project = Project::empty();
    for folder in ["data", "data/branches/library"] {
        project.write(&format!("{folder}/union.yaml"), UNION);
        for year in [2023, 2024] {
            project.write(&format!("{folder}/{year}/plan.yaml"), plan(year, 0));
        }
    }
    project
}

const UNION: &str = "name: 工会\noffices: [ { id: a, name: 甲科 }, { id: b, name: 乙科 } ]\nleaders: [ { id: x, name: 张三 } ]\n";

fn plan(year: i32, seed: u32) -> String {
    let office = if seed.is_multiple_of(2) { "甲科" } else { "乙科、甲科" };
    let month = 1 + seed % 12;
    format!(
        "title: {year}年要点\nsections:\n  - title: 部分\n    items:\n      - title: 要点{seed}\n        text: 文字{seed}。\n        tasks:\n          - {{ task: 任务, when: {month}月, office: {office}, leader: 张三 }}\n          - task: 比赛（{month}月）\n            when: 适时\n            activities: [ {{ id: contest, name: 比赛, when: {month}月 }} ]\n"
    )
}

#[test]
fn without_a_change_no_plan_is_read() {
    let project = project();
    assert_eq!(kept(&project), (0, 4));
    assert_eq!(kept(&project), (4, 4));
}

#[test]
fn a_change_of_one_plan_leaves_the_others_unread() {
    let project = project();
    kept(&project);
    project.write("data/2023/plan.yaml", plan(2023, 7));
    assert_eq!(kept(&project), (3, 4));
    project.write("data/2024/updates.yaml", "- { on: 2024-05-01, about: contest, status: done }\n");
    assert_eq!(kept(&project), (3, 4));
    project.write("data/branches/library/2024/files/表.txt", "表");
    assert_eq!(kept(&project), (3, 4));
}

#[test]
fn a_new_year_reaches_its_own_union_only() {
    let project = project();
    kept(&project);
    project.write("data/2025/plan.yaml", plan(2025, 1));
    assert_eq!(kept(&project), (2, 5), "the branch's two plans");
}

#[test]
fn a_change_of_theme_or_settings_reaches_every_plan() {
    let project = project();
    kept(&project);
    project.write("site/templates/foot.html", "<footer class=\"wrap foot\"></footer>\n");
    assert_eq!(kept(&project).0, 0);
    project.write("site/site.yaml", "title: 新名称\n");
    assert_eq!(kept(&project).0, 0);
    project.write("site/pages/about.md", "# 关于\n");
    assert_eq!(kept(&project).0, 0);
    assert_eq!(kept(&project).0, 4);
}

#[test]
fn a_page_that_somebody_changed_or_removed_is_made_again() {
    let project = project();
    kept(&project);
    let before = project.site();
    project.write("public/2023/months/05.html", "changed");
    fs::remove_file(project.out().join("2024/calendar.html")).unwrap();
    fs::remove_file(project.out().join("branches/library/index.html")).unwrap();
    assert_eq!(kept(&project), (1, 4));
    assert_eq!(project.site(), before);
}

#[test]
fn a_plan_with_a_warning_warns_each_time() {
    let project = project();
    project.write("data/2023/plan.yaml", plan(2023, 0).replace("2023年要点", "2022年要点"));
    for _ in 0..2 {
        let outcome = run(project.root(), &project.out());
        assert_eq!(outcome.report.warnings(), 1);
    }
}

/// A linear congruential generator (Knuth's constants): the same edits each time.
fn numbers(seed: u64) -> impl FnMut() -> u32 {
    let mut state = seed;
    move || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u32
    }
}

#[test]
fn after_any_edits_the_site_is_what_a_clean_build_makes() {
    let project = project();
    let mut random = numbers(2021);
    kept(&project);
    for step in 0..80 {
        edit(&project, random(), random());
        kept(&project);
        insist_clean(&project, &format!("step {step}"));
    }
}

#[test]
fn a_process_that_hears_what_changed_makes_what_a_clean_build_makes() {
    let project = project();
    let mut random = numbers(2022);
    let mut memory = Memory::default();
    let options = options(&project);
    let mut changed = Changed::Everything;
    for step in 0..80 {
        let outcome = build_again(&options, &mut memory, &changed);
        assert_eq!(outcome.report.errors(), 0, "{:?}", outcome.report);
        insist_clean(&project, &format!("step {step}"));
        let before = sources(&project);
        edit(&project, random(), random());
        let after = sources(&project);
        let paths = before.keys().chain(after.keys());
        let paths = paths.filter(|path| before.get(*path) != after.get(*path));
        changed = Changed::Paths(paths.map(Into::into).collect());
    }
}

#[test]
fn a_change_that_was_heard_of_while_there_was_a_fault_is_not_forgotten() {
    let project = project();
    let options = options(&project);
    let mut memory = Memory::default();
    build_again(&options, &mut memory, &Changed::Everything);
    let heard = |path: &str| Changed::Paths([path.into()].into());
    project.write("data/2023/plan.yaml", plan(2023, 5));
    project.write("data/2024/plan.yaml", plan(2024, 0).replace("甲科", "丙科"));
    let both = ["data/2023/plan.yaml", "data/2024/plan.yaml"].map(Into::into);
    let outcome = build_again(&options, &mut memory, &Changed::Paths(both.into()));
    assert_eq!((outcome.report.errors() > 0, outcome.summary), (true, None));
    project.write("data/2024/plan.yaml", plan(2024, 9));
    let outcome = build_again(&options, &mut memory, &heard("data/2024/plan.yaml"));
    assert_eq!(outcome.report.errors(), 0);
    assert!(project.page("2023/items/1.html").contains("要点5"));
    assert!(project.page("2024/items/1.html").contains("要点9"));
}

#[test]
fn what_another_process_has_built_meanwhile_is_looked_at_again() {
    let project = project();
    let options = options(&project);
    let mut memory = Memory::default();
    build_again(&options, &mut memory, &Changed::Everything);
    let before = project.site();
    project.write("data/2023/plan.yaml", plan(2023, 5));
    project.build();
    project.write("data/2023/plan.yaml", plan(2023, 0));
    project.write("public/2024/index.html", "by another hand");
    let outcome = build_again(&options, &mut memory, &Changed::nothing());
    assert_eq!(outcome.report.errors(), 0);
    assert_eq!(project.site(), before);
}

/// More plans than one piece of the search data holds, and another process that builds now and then,
/// as a clerk does beside a server that watches.
#[test]
fn beside_another_process_a_large_site_is_what_a_clean_build_makes() {
    let project = large_project();
    let mut memory = Memory::lasting();
    let options = options(&project);
    build_again(&options, &mut memory, &Changed::Everything);
    let mut before = sources(&project);
    // Also back to what this process has published before the other.
    for (seed, is_by_other) in [(11, false), (22, true), (11, false), (33, true), (22, false)] {
        project.write("data/branches/branch-1/2020/plan.yaml", plan(2020, seed));
        if is_by_other {
            run(project.root(), &project.out());
        }
        let after = sources(&project);
        let paths = before.keys().chain(after.keys());
        let paths = paths.filter(|path| before.get(*path) != after.get(*path));
        let changed = Changed::Paths(paths.map(Into::into).collect());
        let outcome = build_again(&options, &mut memory, &changed);
        assert_eq!(outcome.report.errors(), 0, "{:?}", outcome.report);
        insist_clean(&project, &format!("text {seed}"));
        before = after;
    }
}

fn large_project() -> Project {
    let project = project();
    for branch in 0..6 {
        let folder = format!("data/branches/branch-{branch}");
        project.write(&format!("{folder}/union.yaml"), UNION);
        for year in 2018..2025 {
            let plan = plan(year, branch * 100 + year.cast_unsigned());
            project.write(&format!("{folder}/{year}/plan.yaml"), plan);
        }
    }
    project
}

#[test]
fn what_is_read_late_is_not_taken_for_what_was_there_before() {
    for project in [project(), large_project()] {
        let options = options(&project);
        let mut memory = Memory::lasting();
        build_again(&options, &mut memory, &Changed::Everything);
        // A change that is not heard of yet, while another reaches every plan, or a plan beside it.
        for heard in ["site/site.yaml", "data/2024/plan.yaml"] {
            let path = "data/2023/plan.yaml";
            project.write(path, plan(2023, 5));
            match heard {
                "site/site.yaml" => project.write(heard, "title: 新名称\n"),
                _ => project.write(heard, plan(2024, 8)),
            }
            let heard = Changed::Paths([heard.into()].into());
            build_again(&options, &mut memory, &heard);
            // And taken back.
            project.write(path, plan(2023, 0));
            let heard = Changed::Paths([path.into()].into());
            build_again(&options, &mut memory, &heard);
            insist_clean(&project, "taken back");
        }
    }
}

#[test]
#[cfg(unix)]
fn photos_of_one_size_and_time_may_change_names() {
    let project = project();
    let photo = |name: &str| project.root().join("data/2023/files").join(name);
    for name in ["a.jpg", "b.jpg"] {
        project.write(&format!("data/2023/files/{name}"), format!("the photo {name}"));
        let file = fs::File::options().write(true).open(photo(name)).unwrap();
        file.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_600_000_000))
            .unwrap();
    }
    kept(&project);
    fs::rename(photo("a.jpg"), photo("c.jpg")).unwrap();
    fs::rename(photo("b.jpg"), photo("a.jpg")).unwrap();
    fs::rename(photo("c.jpg"), photo("b.jpg")).unwrap();
    kept(&project);
    assert_eq!(project.page("2023/files/a.jpg"), "the photo b.jpg");
    assert_eq!(project.page("2023/files/b.jpg"), "the photo a.jpg");
}

/// What a site is made from.
fn sources(project: &Project) -> BTreeMap<String, Vec<u8>> {
    let mut files = read_folder(project.root());
    files.retain(|path, _| path.starts_with("data/") || path.starts_with("site/"));
    files
}

/// One edit as editors, clerks and admins make them.
fn edit(project: &Project, kind: u32, seed: u32) {
    let union = if seed.is_multiple_of(3) { "data/branches/library" } else { "data" };
    let year = 2020 + (seed / 3 % 6).cast_signed();
    let folder = format!("{union}/{year}");
    let path = project.root().join(&folder);
    let remove = |name: &str| drop(fs::remove_file(project.root().join(name)));
    match kind % 13 {
        0..=2 => project.write(&format!("{folder}/plan.yaml"), plan(year, seed)),
        3 if path.exists() && fs::read_dir(project.root().join(union)).unwrap().count() > 2 => {
            fs::remove_dir_all(path).unwrap();
        }
        4 => {
            project.write(&format!("{union}/union.yaml"), format!("{UNION}short_name: 名{seed}\n"))
        }
        5 if path.join("plan.yaml").exists() => project.write(
            &format!("{folder}/updates.yaml"),
            format!("- {{ on: {year}-05-01, about: contest, text: 进展{seed} }}\n"),
        ),
        6 => remove(&format!("{folder}/updates.yaml")),
        7 if path.join("plan.yaml").exists() => {
            project.write(&format!("{folder}/files/{}.txt", seed % 3), seed.to_string());
        }
        8 => project.write("site/site.yaml", format!("title: 站{}\n", seed % 4)),
        9 => project.write(
            "site/templates/foot.html",
            format!("<footer class=\"foot\">{}</footer>\n", seed % 3),
        ),
        10 => remove("site/templates/foot.html"),
        11 => project.write(&format!("site/static/{}.txt", seed % 3), seed.to_string()),
        _ => project.write(&format!("site/pages/p{}.md", seed % 3), format!("# 页{seed}\n")),
    }
}
