//! Permissions that are missing: the site stays the old one, the message names the place and the
//! way out, and once the permission is there the next run makes the new site.
//!
//! The program runs as a user without privileges here: `nobody` if the tests run as root.

#![allow(clippy::unwrap_used)]
#![cfg(target_os = "linux")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use support::clerk::{Clerk, all_below, set_mode, set_writable};
use support::editions::{Edition, Published, insist_same};
use support::mounts::{Disk, skipped, with_own_mounts};
use support::stderr;

/// A clerk's site: the first edition is published, the second is to come.
struct Desk {
    clerk: Clerk,
    published: Published,
    old: Edition,
    new: Edition,
}

impl Desk {
    fn new() -> Self {
        let clerk = Clerk::new();
        let published = Published::inside(clerk.folder());
        let (old, new) = (Edition::new(0), Edition::new(3));
        // The data is somebody else's, and need only be read.
        for edition in [&old, &new] {
            set_mode(edition.root(), 0o755);
        }
        let desk = Self { clerk, published, old, new };
        desk.build(&desk.old);
        desk
    }

    fn run(&self, edition: &Edition) -> Output {
        self.clerk.command(edition.root(), &self.published.out()).output().unwrap()
    }

    /// Builds, and insists that it went well.
    fn build(&self, edition: &Edition) {
        let output = self.run(edition);
        assert!(output.status.success(), "{}", stderr(&output));
        self.published.insist_whole(&edition.site);
    }

    /// Insists that the new edition can't be built, and that everything is as it was. Returns what
    /// was said.
    fn insist_refused(&self) -> String {
        let output = self.run(&self.new);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(3), "{said}");
        insist_same(&self.published.files(), &self.old.site);
        self.published.insist_nothing_staged();
        said
    }
}

/// The line of a message that tells the place.
fn place(said: &str) -> &str {
    said.lines().find(|line| line.contains("-->")).unwrap_or_default()
}

#[test]
fn an_output_that_may_not_be_written_stays_as_it_is() {
    let desk = Desk::new();
    set_writable(&desk.published.out(), false);
    let said = desk.insist_refused();
    assert!(said.contains("没有权限") && said.contains("写入权限"), "{said}");
    assert!(place(&said).contains(&*desk.published.out().to_string_lossy()), "{said}");
    set_writable(&desk.published.out(), true);
    desk.build(&desk.new);
}

#[test]
fn an_output_of_which_one_folder_may_not_be_written_is_never_half_new() {
    let desk = Desk::new();
    let folders = [
        "2018",
        "2019/items",
        "2023",
        "2024/months",
        "assets",
        "branches",
        "branches/hospital-0",
        "branches/library/2022",
        "branches/library/2023/items",
        "downloads",
    ];
    for folder in folders {
        let path = desk.published.out().join(folder);
        set_mode(&path, 0o555);
        let output = desk.run(&desk.new);
        match output.status.code() {
            // A folder may be replaced as a whole by one that has its own permissions.
            Some(0) => desk.published.insist_whole(&desk.new.site),
            Some(3) => {
                let said = stderr(&output);
                assert!(said.contains("没有权限") && place(&said).contains(folder), "{said}");
                insist_same(&desk.published.files(), &desk.old.site);
                desk.published.insist_nothing_staged();
            }
            code => panic!("{folder}: {code:?}: {}", stderr(&output)),
        }
        if path.exists() {
            set_mode(&path, 0o755);
        }
        desk.build(&desk.new);
        desk.build(&desk.old);
    }
}

#[test]
fn a_file_that_may_not_be_written_is_replaced_where_its_folder_may() {
    let desk = Desk::new();
    for path in all_below(&desk.published.out()).iter().filter(|path| path.is_file()) {
        set_mode(path, 0o444);
    }
    desk.build(&desk.new);
}

#[test]
fn files_of_another_user_in_folders_of_our_own_are_replaced_and_kept_as_our_own() {
    let desk = Desk::new();
    if !desk.clerk.has_others() {
        return skipped("files of another user", "the tests do not run as root");
    }
    // Such files may not even be linked elsewhere, where the system protects hard links.
    for path in all_below(&desk.published.out()).iter().filter(|path| path.is_file()) {
        desk.clerk.take(path);
    }
    desk.build(&desk.new);
}

#[test]
fn a_state_folder_that_may_not_be_written_is_named_and_nothing_is_put_in_its_place() {
    let desk = Desk::new();
    let state = desk.published.state();
    type Take = fn(&Path);
    let takes: [(&str, Take); 3] = [
        ("the folder", |state| set_mode(state, 0o555)),
        ("all of it", |state| set_writable(state, false)),
        ("the folder above", |state| {
            set_writable(state, false);
            set_mode(state.parent().unwrap(), 0o555);
        }),
    ];
    for (what, take) in takes {
        take(&state);
        let said = desk.insist_refused();
        assert!(place(&said).contains(".unionplan"), "{what}: {said}");
        assert!(said.contains("没有权限") && said.contains("写入权限"), "{what}: {said}");
        assert!(!desk.published.out().join(".unionplan").exists(), "{what}");
        set_writable(state.parent().unwrap(), true);
        desk.build(&desk.new);
        desk.build(&desk.old);
    }
}

#[test]
fn a_state_folder_that_another_user_has_left_is_named_with_what_to_do() {
    let desk = Desk::new();
    if !desk.clerk.has_others() {
        return skipped("a state folder of another user", "the tests do not run as root");
    }
    // As after a run with sudo.
    let state = all_below(desk.published.state().parent().unwrap());
    state.iter().for_each(|path| desk.clerk.take(path));
    let said = desk.insist_refused();
    assert!(place(&said).contains(".unionplan"), "{said}");
    assert!(said.contains("root") && said.contains("现在的用户名下"), "{said}");
    assert!(!desk.published.out().join(".unionplan").exists());
    state.iter().for_each(|path| desk.clerk.give(path));
    desk.build(&desk.new);
}

#[test]
fn an_output_below_a_folder_that_may_not_be_written_keeps_its_state_inside() {
    let clerk = Clerk::new();
    let out = clerk.folder().join("public");
    fs::create_dir(&out).unwrap();
    clerk.give(&out);
    let published = Published::at(out.clone(), out.join(".unionplan"));
    set_mode(clerk.folder(), 0o555);
    for edition in [Edition::new(0), Edition::new(3), Edition::new(2)] {
        set_mode(edition.root(), 0o755);
        let output = clerk.command(edition.root(), &out).output().unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
        published.insist_whole(&edition.site);
    }
}

#[test]
fn a_file_of_the_data_that_may_not_be_read_is_named_and_the_site_stays_the_old_one() {
    let desk = Desk::new();
    let root = desk.new.root();
    desk.new
        .project()
        .write("data/2024/updates.yaml", "- { on: 2024-05-01, about: '1.1', text: 已完成 }\n");
    desk.new.project().write("site/site.yaml", "title: 工会\n");
    let paths = [
        "data/union.yaml",
        "data/2023/plan.yaml",
        "data/2024/updates.yaml",
        "data/2024/files/报名表.bin",
        "data/branches/library/2022/plan.yaml",
        "site/site.yaml",
        "site/static/robots.txt",
        "site/pages/about.md",
        "themes/default/styles/foot.css",
        "data/2024",
        "data/branches/library",
        "data/branches",
        "data",
        "site",
        "site/static/downloads",
        "themes",
        "themes/default/styles",
    ];
    for path in paths {
        let target: PathBuf = root.join(path);
        let mode = if target.is_dir() { 0o755 } else { 0o644 };
        set_mode(&target, 0o000);
        println!("{path} may not be read");
        let said = desk.insist_refused();
        assert!(said.contains("读不了：没有权限"), "{path}: {said}");
        let named = said.lines().any(|line| line.contains("-->") && line.contains(path));
        assert!(named, "{path}: {said}");
        set_mode(&target, mode);
    }
    let output = desk.run(&desk.new);
    assert!(output.status.success(), "{}", stderr(&output));
}

#[test]
fn a_disk_that_has_become_read_only_is_named_and_the_site_stays_the_old_one() {
    let name = "a_disk_that_has_become_read_only_is_named_and_the_site_stays_the_old_one";
    with_own_mounts(name, || {
        let disk = Disk::new("size=16m");
        let published = Published::inside(disk.path());
        let (old, new) = (Edition::new(0), Edition::new(3));
        published.build(&old);
        disk.set_read_only(true);
        let output = new.command(&published.out()).output().unwrap();
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(3), "{said}");
        assert!(said.contains("磁盘是只读的") && said.contains("--out"), "{said}");
        assert!(place(&said).contains(&*disk.path().to_string_lossy()), "{said}");
        insist_same(&published.files(), &old.site);
        disk.set_read_only(false);
        published.build(&new);
    });
}
