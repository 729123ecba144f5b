//! `unionplan watch` in rough weather: thousands of changes at once, folders that come, go and
//! move, an event queue that overflows. In the end the site is what a clean build makes.

#![allow(clippy::unwrap_used)]
#![cfg(target_os = "linux")]

mod support;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;
use std::time::Duration;
use support::Project;
use support::clerk::{Clerk, all_below, set_mode};
use support::editions::Random;
use support::watching::Watch;

const PLAN: &str = "data/2021/plan.yaml";
const TITLE: &str = "title: 湖南科技大学2021年工会工作要点";

/// A plan for the shipped union.
fn plan(year: u64) -> String {
    format!(
        "title: {year}年要点\ntasks:\n  - {{ task: 一, when: 5月 }}\n  - {{ task: 二, when: 全年 }}\n"
    )
}

/// The folder of a year, made where nobody watches.
fn year_elsewhere(project: &Project, year: u64) -> PathBuf {
    project.write(&format!("elsewhere/{year}/plan.yaml"), plan(year));
    project.write(&format!("elsewhere/{year}/files/更多/表.txt"), "表");
    project.root().join(format!("elsewhere/{year}"))
}

/// Insists that changes are still seen, also in a folder.
fn insist_still_watching(watch: &Watch, folder: &str) {
    watch.project.write(&format!("{folder}/files/最后.txt"), "最后");
    watch.until_as_a_clean_build("the last change is seen");
}

#[test]
fn ten_thousand_changes_in_a_burst() {
    let watch = Watch::begin(&[]);
    let folders = ["data/2021/files/很多", "site/static/many", "data/2020/files"];
    watch.project.write("data/2020/plan.yaml", plan(2020));
    for number in 0..2_500 {
        let name = format!("{}/{number}.txt", folders[number % folders.len()]);
        let path = watch.project.root().join(&name);
        watch.project.write(&name, "新");
        watch.project.write(&name, format!("改{number}"));
        let renamed = path.with_extension("text");
        fs::rename(&path, &renamed).unwrap();
        // One in twenty is left.
        match number % 20 {
            0 => fs::rename(&renamed, &path).unwrap(),
            _ => fs::remove_file(&renamed).unwrap(),
        }
    }
    watch.until_as_a_clean_build("after the burst");
    assert!(watch.project.out().join("2021/files/很多/0.txt").is_file());
    insist_still_watching(&watch, "data/2020");
}

#[test]
fn more_events_than_the_system_keeps() {
    let limit: u64 = fs::read_to_string("/proc/sys/fs/inotify/max_queued_events")
        .unwrap()
        .trim()
        .parse()
        .unwrap();
    let watch = Watch::begin(&[]);
    let signal = |signal| kill(Pid::from_raw(watch.id().cast_signed()), signal).unwrap();
    for round in 0..2 {
        // Nobody takes the events out while the watch is stopped; a rename is two of them.
        signal(Signal::SIGSTOP);
        let folder = watch.project.root().join("data/2021");
        let (mut here, there) = (folder.join("plan.yaml.swp"), folder.join("plan.yaml.bak"));
        fs::write(&here, "").unwrap();
        for number in 0..limit / 2 + 100 {
            let next = if number % 2 == 0 { &there } else { &folder.join("plan.yaml.swp") };
            fs::rename(&here, next).unwrap();
            here = next.clone();
        }
        fs::remove_file(here).unwrap();
        // What is done now, nobody will be told of.
        let year = 2010 + round;
        watch.project.write(&format!("data/{year}/plan.yaml"), plan(year));
        fs::remove_dir_all(watch.project.root().join("site/pages")).ok();
        watch.project.write(&format!("site/pages/page-{round}.md"), "# 新页\n");
        signal(Signal::SIGCONT);
        watch.until_as_a_clean_build("after more events than are kept");
        assert!(watch.project.out().join(format!("{year}/index.html")).is_file());
        insist_still_watching(&watch, &format!("data/{year}"));
    }
}

#[test]
fn folders_made_with_their_files_at_once_or_a_moment_later() {
    let watch = Watch::begin(&[]);
    let mut random = Random::new(41);
    for year in 2000..2016 {
        let folder = watch.project.root().join(format!("data/{year}/files/甲/乙"));
        fs::create_dir_all(folder).unwrap();
        // Now at once, now while the folder is being noticed, now while it is being built.
        std::thread::sleep(Duration::from_millis(random.below(2) * random.below(120)));
        watch.project.write(&format!("data/{year}/plan.yaml"), plan(year));
        watch.project.write(&format!("data/{year}/files/甲/乙/表.txt"), year.to_string());
        if random.below(2) == 0 {
            watch.until_as_a_clean_build("a folder and its files");
        }
    }
    watch.until_as_a_clean_build("folders and their files");
    insist_still_watching(&watch, "data/2005");
}

#[test]
fn folders_moved_in_from_elsewhere_and_out_again() {
    let watch = Watch::begin(&[]);
    for year in [2018, 2019] {
        let folder = year_elsewhere(&watch.project, year);
        let target = watch.project.root().join(format!("data/{year}"));
        fs::rename(&folder, &target).unwrap();
        watch.until_as_a_clean_build("a folder moved in");
        assert!(watch.project.out().join(format!("{year}/files/更多/表.txt")).is_file());
        insist_still_watching(&watch, &format!("data/{year}"));
        fs::rename(&target, &folder).unwrap();
        watch.until_as_a_clean_build("the folder moved out");
        assert!(!watch.project.out().join(year.to_string()).exists());
        // What happens to it out there is nobody's business.
        fs::write(folder.join("plan.yaml"), "title: [").unwrap();
        watch.project.replace(PLAN, "title: ", "title: 又");
        watch.until_as_a_clean_build("another change");
    }
    assert!(!watch.said().contains("错误"), "{}", watch.said());
}

#[test]
fn a_folder_that_is_renamed_with_its_files() {
    let watch = Watch::begin(&[]);
    watch.project.write("data/2018/plan.yaml", plan(2018));
    watch.until_as_a_clean_build("a year");
    let (from, to) =
        (watch.project.root().join("data/2018"), watch.project.root().join("data/2017"));
    fs::rename(from, to).unwrap();
    watch.until_as_a_clean_build("the year renamed");
    insist_still_watching(&watch, "data/2017");
}

#[test]
fn the_data_folder_is_taken_away_and_comes_back() {
    for arguments in [&[][..], &["--poll"]] {
        let watch = Watch::begin(arguments);
        let before = watch.project.site();
        let (data, away) = (watch.project.root().join("data"), watch.project.root().join("away"));
        for _ in 0..2 {
            let said = watch.said().len();
            fs::rename(&data, &away).unwrap();
            watch.until("it says so", |watch| watch.said()[said..].contains("no-data-folder"));
            assert_eq!(watch.project.site(), before, "the site stays");
            fs::rename(&away, &data).unwrap();
            watch.project.write("data/2021/files/回来.txt", "回来");
            watch.until_as_a_clean_build("it is back");
            fs::remove_file(data.join("2021/files/回来.txt")).unwrap();
            watch.until_as_a_clean_build("a change after it is back");
        }
    }
}

#[test]
fn a_data_folder_that_is_a_link_to_another_of_the_root() {
    let project = Project::shipped();
    let (data, real) = (project.root().join("data"), project.root().join("数据"));
    fs::rename(&data, &real).unwrap();
    symlink("数据", &data).unwrap();
    let watch = Watch::over(project, &[]);
    watch.project.replace("数据/2021/plan.yaml", TITLE, "title: 改过的2021年要点");
    watch.until("changed where it lies", |watch| watch.shows("index.html", "改过的2021年要点"));
    watch.project.write("数据/2022/plan.yaml", plan(2022));
    watch.until_as_a_clean_build("a new year where it lies");
    insist_still_watching(&watch, "数据/2022");
}

#[test]
fn a_data_file_that_is_a_link_to_another_of_the_root() {
    let project = Project::shipped();
    let shared = project.root().join("site/2021-plan.yaml");
    fs::rename(project.root().join(PLAN), &shared).unwrap();
    symlink("../../site/2021-plan.yaml", project.root().join(PLAN)).unwrap();
    let watch = Watch::over(project, &[]);
    watch.project.replace("site/2021-plan.yaml", TITLE, "title: 改过的2021年要点");
    watch.until("changed where it lies", |watch| watch.shows("index.html", "改过的2021年要点"));
}

#[test]
fn the_output_is_deleted_and_is_made_again() {
    let watch = Watch::begin(&[]);
    fs::remove_dir_all(watch.project.out()).unwrap();
    watch.project.replace(PLAN, TITLE, "title: 改过的2021年要点");
    watch.until_as_a_clean_build("at the next change");
    // And without any change, at the second look.
    fs::remove_dir_all(watch.project.out()).unwrap();
    watch.until_as_a_clean_build("at the second look");
    fs::remove_dir_all(watch.project.out()).unwrap();
    fs::remove_dir_all(watch.project.root().join(".unionplan")).unwrap();
    watch.project.replace(PLAN, "title: 改过的", "title: 又改过的");
    watch.until_as_a_clean_build("with what it remembers gone, too");
}

#[test]
fn a_file_that_may_not_be_read_for_a_while() {
    let clerk = Clerk::new();
    let project = Project::shipped();
    for path in all_below(project.root()) {
        clerk.give(&path);
    }
    let command = clerk.watch(project.root());
    let watch = Watch::run(project, command);
    let before = watch.project.site();
    let plan: PathBuf = watch.project.root().join(PLAN);
    let mode = fs::metadata(&plan).unwrap().permissions().mode();
    set_mode(&plan, 0o000);
    watch.until("it says so", |watch| watch.said().contains("读不了：没有权限"));
    assert_eq!(watch.project.site(), before);
    let said = watch.said().len();
    set_mode(&plan, mode);
    // Only the mode has changed: the site is right as it is, and a run says that nothing is amiss.
    watch.until("it says that all is well again", |watch| {
        watch.said()[said..].contains("网站没有变化")
    });
    assert_eq!(watch.project.site(), before);
}

#[test]
fn polling_sees_a_second_change_within_the_second_and_folders_that_come_and_go() {
    let watch = Watch::begin(&["--poll"]);
    let mut random = Random::new(42);
    for number in 0..6 {
        // Of the same length, and some of them in the same second.
        for step in ["甲", "乙", "丙"] {
            let text = fs::read_to_string(watch.project.root().join(PLAN)).unwrap();
            let rest = text.split_once("\nissued").unwrap().1;
            watch.project.write(PLAN, format!("title: 要点{number}{step}\nissued{rest}"));
            std::thread::sleep(Duration::from_millis(random.below(900)));
        }
        watch.until("the last of them", |watch| {
            watch.shows("index.html", &format!("要点{number}丙"))
        });
    }
    let folder = year_elsewhere(&watch.project, 2018);
    let target = watch.project.root().join("data/2018");
    fs::rename(&folder, &target).unwrap();
    watch.until_as_a_clean_build("a folder that came");
    fs::remove_dir_all(target).unwrap();
    watch.until_as_a_clean_build("a folder that went");
}

#[test]
fn an_older_file_put_back_is_seen_by_polling_too() {
    for arguments in [&[][..], &["--poll"]] {
        let watch = Watch::begin(arguments);
        let plan = watch.project.root().join(PLAN);
        let shipped = fs::read_to_string(&plan).unwrap();
        watch.project.replace(PLAN, TITLE, "title: 改过的2021年要点");
        watch.until("the change", |watch| watch.shows("index.html", "改过的2021年要点"));
        // As `cp -p` does from a backup: in place, and with the time stamp that it had.
        let written = fs::metadata(&plan).unwrap().modified().unwrap();
        let last_year = written - Duration::from_secs(365 * 24 * 3600);
        let mut file = File::create(&plan).unwrap();
        file.write_all(shipped.as_bytes()).unwrap();
        file.set_modified(last_year).unwrap();
        drop(file);
        watch.until_as_a_clean_build("the older file");
        assert!(!watch.shows("index.html", "改过的2021年要点"));
    }
}
