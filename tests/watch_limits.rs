//! `unionplan watch` for days and within narrow bounds: it does not grow, and where the system
//! can't tell of changes it says so.
//!
//! `UNIONPLAN_WATCHED_REBUILDS` asks for another number of rebuilds than the usual 300.

#![allow(clippy::unwrap_used)]
#![cfg(target_os = "linux")]

mod support;

use std::fs;
use std::process::Command;
use support::Project;
use support::editions::times;
use support::mounts::skipped;
use support::watching::Watch;

const PLAN: &str = "data/2021/plan.yaml";

/// What a process holds, as the system sees it.
#[derive(Debug, Clone, Copy)]
struct Size {
    kilobytes: u64,
    descriptors: usize,
    threads: usize,
}

fn size(id: u32) -> Size {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    let count = |folder: &str| fs::read_dir(format!("/proc/{id}/{folder}")).unwrap().count();
    Size {
        kilobytes: line.trim().trim_end_matches(" kB").parse().unwrap(),
        descriptors: count("fd"),
        threads: count("task"),
    }
}

/// Changes the plan so many times, now and then for the worse, and waits for the site each time.
fn rebuild(watch: &Watch, turns: std::ops::Range<u64>) {
    let text = fs::read_to_string(support::home().join(PLAN)).unwrap();
    let (_, rest) = text.split_once("\nissued").unwrap();
    for turn in turns {
        if turn % 10 == 0 {
            let said = watch.said().len();
            watch
                .project
                .write(PLAN, format!("title: {turn}\nissued{}", rest.replace("when: ", "wenn: ")));
            watch.until("the fault is told", |watch| watch.said()[said..].contains("错误"));
        }
        let title = format!("2021年要点第{turn}版");
        watch.project.write(PLAN, format!("title: {title}\nissued{rest}"));
        watch.until("the change", |watch| watch.shows("2021/index.html", &title));
    }
}

#[test]
fn a_watch_does_not_grow_over_hundreds_of_rebuilds() {
    let watch = Watch::begin(&[]);
    let turns = times(300, "UNIONPLAN_WATCHED_REBUILDS", 300);
    rebuild(&watch, 0..turns / 3);
    let early = size(watch.id());
    rebuild(&watch, turns / 3..turns);
    let late = size(watch.id());
    println!("{early:?}, then {late:?}");
    assert!(late.kilobytes * 5 <= early.kilobytes * 6, "{early:?}, then {late:?}");
    assert!(late.threads <= early.threads, "{early:?}, then {late:?}");
    // A file may be open this very moment.
    watch.until("it holds no more files open", |watch| {
        size(watch.id()).descriptors <= early.descriptors
    });
}

/// A watch in a user namespace with its own bounds, which are written into a file of
/// `/proc/sys/user`. None where that is not allowed; that is said.
fn bounded(
    name: &str,
    project: &Project,
    bound: &str,
    value: u64,
    more: &[&str],
) -> Option<Command> {
    let script = format!("echo {value} > /proc/sys/user/{bound} && exec \"$@\"");
    let inside = |program: &str| {
        let mut command = Command::new("unshare");
        command.args(["-r", "sh", "-c", &script, "sh", program]);
        command
    };
    match inside("true").output() {
        Ok(output) if output.status.success() => {}
        reason => {
            skipped(name, &format!("no user namespace with {bound}: {reason:?}"));
            return None;
        }
    }
    let mut command = inside(env!("CARGO_BIN_EXE_unionplan"));
    command.arg("watch").args(more).current_dir(project.root()).env("LANG", "zh_CN.UTF-8");
    command.env_remove("LC_ALL").env_remove("LC_MESSAGES");
    Some(command)
}

#[test]
fn where_no_more_folders_can_be_watched_it_says_so_and_polling_goes_on() {
    let name = "where_no_more_folders_can_be_watched";
    for (bound, value) in [("max_inotify_watches", 2), ("max_inotify_instances", 0)] {
        let project = Project::shipped();
        for year in 2000..2010 {
            let plan = format!("title: {year}年要点\ntasks: [ {{ task: 一, when: 5月 }} ]\n");
            project.write(&format!("data/{year}/plan.yaml"), plan);
        }
        let Some(command) = bounded(name, &project, bound, value, &[]) else { return };
        let mut watch = Watch::start(project, command);
        watch.until("it says so", |watch| watch.said().contains("--poll"));
        let said = watch.said();
        assert!(said.contains("系统"), "{bound}: {said}");
        assert!(!said.contains("OS file watch limit") && !said.contains("os error"), "{said}");
        let project = match watch.process().try_wait().unwrap() {
            // It may also go on by polling.
            None if said.contains("正在留意") => {
                watch.project.replace(PLAN, "title: ", "title: 改过的");
                watch.until("polled", |watch| watch.shows("index.html", "改过的"));
                continue;
            }
            _ => {
                assert_eq!(watch.process().wait().unwrap().code(), Some(3), "{said}");
                watch.into_project()
            }
        };
        let command = bounded(name, &project, bound, value, &["--poll"]).unwrap();
        let watch = Watch::run(project, command);
        watch.project.replace(PLAN, "title: ", "title: 改过的");
        watch.until("polled", |watch| watch.shows("index.html", "改过的"));
    }
}

#[test]
fn folders_beyond_what_can_be_watched_are_seen_in_the_end() {
    let name = "folders_beyond_what_can_be_watched_are_seen_in_the_end";
    let project = Project::shipped();
    let Some(command) = bounded(name, &project, "max_inotify_watches", 24, &[]) else { return };
    let watch = Watch::run(project, command);
    for year in 1990..2020 {
        let plan = format!("title: {year}年要点\ntasks: [ {{ task: 一, when: 5月 }} ]\n");
        watch.project.write(&format!("data/{year}/plan.yaml"), plan);
    }
    watch.until_as_a_clean_build("more years than can be watched");
    watch.project.write("data/2019/files/表.txt", "表");
    watch.until_as_a_clean_build("a change in one of them");
    watch.project.replace(PLAN, "title: ", "title: 改过的");
    watch.until_as_a_clean_build("a change in one that was there before");
}
