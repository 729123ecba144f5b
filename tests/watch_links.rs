//! `watch` where files and folders are symbolic links, and where a folder may not be looked into:
//! what the build reads is watched, and nothing else.

#![allow(clippy::unwrap_used)]
#![cfg(target_os = "linux")]

mod support;

use std::fs;
use std::os::unix::fs::symlink;
use std::time::Instant;
use support::Project;
use support::clerk::{Clerk, all_below, set_mode};
use support::watching::Watch;
use unionplan::watch::SECOND_LOOK;

const PLAN: &str = "data/2021/plan.yaml";
const TITLE: &str = "title: 湖南科技大学2021年工会工作要点";

/// Insists that something is seen by what the system tells, and not by looking at everything.
fn insist_told(watch: &Watch, change: impl Fn(&Project), page: &str, text: &str) {
    let begun = Instant::now();
    change(&watch.project);
    watch.until(text, |watch| watch.shows(page, text));
    assert!(begun.elapsed() < SECOND_LOOK / 2, "{text} was seen late");
}

#[test]
fn a_link_that_comes_while_it_watches() {
    let watch = Watch::begin(&[]);
    watch.project.write("shared/contact.md", "# 联系\n\n旧电话\n");
    fs::create_dir_all(watch.project.root().join("site/pages")).unwrap();
    symlink("../../shared/contact.md", watch.project.root().join("site/pages/contact.md")).unwrap();
    watch.until("the page", |watch| watch.shows("contact.html", "旧电话"));
    let edit = |project: &Project| project.write("shared/contact.md", "# 联系\n\n新电话\n");
    insist_told(&watch, edit, "contact.html", "新电话");
}

#[test]
fn what_is_linked_lies_beside_the_folders_that_are_read() {
    let project = Project::shipped();
    fs::create_dir_all(project.root().join("shared/forms")).unwrap();
    fs::rename(project.root().join(PLAN), project.root().join("shared/plan.yaml")).unwrap();
    symlink("../../shared/plan.yaml", project.root().join(PLAN)).unwrap();
    symlink("../../shared/forms", project.root().join("data/2021/files")).unwrap();
    let watch = Watch::over(project, &[]);
    watch.until("the first build", |watch| watch.shows("index.html", "2021"));
    let edit =
        |project: &Project| project.replace("shared/plan.yaml", TITLE, "title: 改过的2021年要点");
    insist_told(&watch, edit, "index.html", "改过的2021年要点");
    let add = |project: &Project| project.write("shared/forms/form.txt", "报名表");
    insist_told(&watch, add, "2021/files/form.txt", "报名表");
}

#[test]
fn a_link_that_leads_out_is_refused_by_the_build_and_not_followed() {
    let project = Project::shipped();
    fs::create_dir_all(project.root().join("data/2021/files")).unwrap();
    let link = project.root().join("data/2021/files/all");
    symlink("/", &link).unwrap();
    let watch = Watch::over(project, &[]);
    watch.until("it says so", |watch| watch.said().contains("link-leads-out"));
    fs::remove_file(link).unwrap();
    watch.until("it heals", |watch| watch.shows("index.html", "2021"));
}

#[test]
fn a_folder_that_nothing_needs_may_be_closed() {
    let clerk = Clerk::new();
    let project = Project::shipped();
    project.write("themes/old/theme.yaml", "browsers: { chrome: 100 }\n");
    for path in all_below(project.root()) {
        clerk.give(&path);
    }
    let closed = project.root().join("themes/old");
    set_mode(&closed, 0o000);
    let command = clerk.watch(project.root());
    let watch = Watch::run(project, command);
    watch.until("the first build", |watch| watch.shows("index.html", "2021"));
    let edit = |project: &Project| project.replace(PLAN, TITLE, "title: 改过的2021年要点");
    insist_told(&watch, edit, "index.html", "改过的2021年要点");
    set_mode(&closed, 0o755);
}
