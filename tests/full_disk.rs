//! A disk that is full: whatever a build has got to when the space ends, the site stays the old
//! one, the message says so, and with some space the next run makes the new one.
//!
//! `UNIONPLAN_FULL_DISKS` asks for another number of sizes than the usual 60.

#![allow(clippy::unwrap_used)]
#![cfg(target_os = "linux")]

mod support;

use std::fs;
use std::path::Path;
use std::process::Output;
use support::editions::{Edition, Published, insist_same, times};
use support::mounts::{Disk, Filling, with_own_mounts};
use support::watching::Watch;
use support::{Project, read_folder, stderr};

/// tmpfs takes and gives memory in pages.
const PAGE: u64 = 4096;

fn sizes(share: u64) -> u64 {
    times(share, "UNIONPLAN_FULL_DISKS", 60)
}

/// Insists that a run failed for want of space, said so, and left everything as it was.
fn insist_refused(output: &Output, published: &Published, old: &Edition, left: u64) {
    let said = stderr(output);
    assert_eq!(output.status.code(), Some(3), "with {left} left: {said}");
    let folder = published.out().parent().unwrap().to_string_lossy().into_owned();
    let place = said.lines().find(|line| line.contains("-->")).unwrap_or_default();
    assert!(place.contains(&folder), "it names the place: {said}");
    assert!(said.contains("磁盘满了") && said.contains("腾出空间"), "{said}");
    insist_same(&published.files(), &old.site);
    published.insist_nothing_staged();
}

/// The least room in which a build from `old` to `new` succeeds, by halving.
fn least_room(
    published: &Published,
    [old, new]: [&Edition; 2],
    most: u64,
    fill: impl Fn(u64) -> Filling,
) -> u64 {
    let (mut fails, mut succeeds) = (0, most);
    while fails + 1 < succeeds {
        let middle = fails + (succeeds - fails) / 2;
        let filling = fill(middle);
        let output = new.command(&published.out()).output().unwrap();
        drop(filling);
        match output.status.code() {
            Some(0) => {
                succeeds = middle;
                published.build(old);
            }
            Some(3) => fails = middle,
            code => panic!("{code:?}: {}", stderr(&output)),
        }
    }
    succeeds
}

/// Builds with little room, from none at all to almost enough, and mostly with almost enough: the
/// end of a build is where it matters.
fn with_too_little_room(
    published: &Published,
    [old, new]: [&Edition; 2],
    share: u64,
    most: u64,
    fill: impl Fn(u64) -> Filling,
) {
    published.build(old);
    let least = least_room(published, [old, new], most, &fill);
    let count = sizes(share);
    let spread = (0..count / 2).map(|step| least * step / (count / 2));
    let last = (1..=count - count / 2).filter_map(|less| least.checked_sub(less));
    let mut refused = 0;
    for left in spread.chain(last) {
        published.build(old);
        let filling = fill(left);
        let output = new.command(&published.out()).output().unwrap();
        // Two threads may finish in another order and need a little less than last time.
        if output.status.success() {
            assert!(least - left <= 4, "{left} of {least} was enough");
            continue;
        }
        insist_refused(&output, published, old, left);
        // It does so again as long as there is no more room.
        let output = new.command(&published.out()).output().unwrap();
        insist_refused(&output, published, old, left);
        drop(filling);
        published.build(new);
        refused += 1;
    }
    assert!(refused * 2 > count, "only {refused} of {count} runs had too little room");
}

#[test]
fn with_too_little_space_the_site_stays_the_old_one() {
    with_own_mounts("with_too_little_space_the_site_stays_the_old_one", || {
        let disk = Disk::new("size=16m");
        let published = Published::inside(disk.path());
        let (old, new) = (Edition::new(0), Edition::new(3));
        let fill = |pages| disk.fill(pages * PAGE);
        with_too_little_room(&published, [&old, &new], 20, 8 << 8, fill);
    });
}

#[test]
fn with_too_little_space_for_pages_that_only_come_the_site_stays_the_old_one() {
    with_own_mounts(
        "with_too_little_space_for_pages_that_only_come_the_site_stays_the_old_one",
        || {
            // Nothing is removed or replaced, so no file that goes makes room for the next.
            let disk = Disk::new("size=16m");
            let published = Published::inside(disk.path());
            let old = Edition::new(1);
            let new = Edition::new(1);
            for number in 0..400 {
                let name = format!("site/static/more/{number}-{}.txt", "长".repeat(40));
                new.project().write(&name, number.to_string());
            }
            let new = new.again();
            let fill = |pages| disk.fill(pages * PAGE);
            with_too_little_room(&published, [&old, &new], 20, 8 << 8, fill);
        },
    );
}

#[test]
fn with_too_few_inodes_the_site_stays_the_old_one() {
    with_own_mounts("with_too_few_inodes_the_site_stays_the_old_one", || {
        let disk = Disk::new("size=32m,nr_inodes=4000");
        let published = Published::inside(disk.path());
        let (old, new) = (Edition::new(2), Edition::new(3));
        with_too_little_room(&published, [&old, &new], 10, 1000, |left| disk.fill_inodes(left));
    });
}

#[test]
fn an_output_that_is_a_disk_of_its_own_stays_the_old_one_when_it_is_full() {
    with_own_mounts(
        "an_output_that_is_a_disk_of_its_own_stays_the_old_one_when_it_is_full",
        || {
            let disk = Disk::new("size=16m");
            // The state can't stand beside it, on another file system.
            let published = Published::at(disk.path().to_owned(), disk.path().join(".unionplan"));
            let (old, new) = (Edition::new(0), Edition::new(1));
            let fill = |pages| disk.fill(pages * PAGE);
            with_too_little_room(&published, [&old, &new], 10, 8 << 8, fill);
        },
    );
}

#[test]
fn a_first_build_on_a_full_disk_leaves_nothing_and_says_why() {
    with_own_mounts("a_first_build_on_a_full_disk_leaves_nothing_and_says_why", || {
        let edition = Edition::new(0);
        for left in [0, 1, 2, 5, 20, 100, 200] {
            let disk = Disk::new("size=16m");
            let published = Published::inside(disk.path());
            let filling = disk.fill(left * PAGE);
            let mut english = edition.command(&published.out());
            let output = english.args(["--lang", "en"]).output().unwrap();
            assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
            let said = stderr(&output);
            assert!(
                said.contains("the disk is full") && said.contains("free some space"),
                "{said}"
            );
            assert!(!published.out().exists() || published.files().is_empty());
            drop(filling);
            published.build(&edition);
        }
    });
}

#[test]
fn watch_tells_a_full_disk_and_makes_the_site_at_the_next_change_after_it() {
    let name = "watch_tells_a_full_disk_and_makes_the_site_at_the_next_change_after_it";
    with_own_mounts(name, || {
        let disk = Disk::new("size=16m");
        let project = Project::shipped();
        let out = disk.path().join("public").to_string_lossy().into_owned();
        let watch = Watch::over(project, &["--out", &out]);
        let before = read_folder(Path::new(&out));
        let plan = "data/2021/plan.yaml";
        let filling = disk.fill(PAGE);
        watch.project.replace(plan, "title: ", "title: 改过的");
        watch.until("it says so", |watch| watch.said().contains("磁盘满了"));
        insist_same(&read_folder(Path::new(&out)), &before);
        drop(filling);
        watch.project.replace(plan, "title: 改过的", "title: 又改过的");
        let home = Path::new(&out).join("index.html");
        watch
            .until("the site is made", |_| fs::read_to_string(&home).unwrap().contains("又改过的"));
    });
}
