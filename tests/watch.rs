//! `unionplan watch`: whatever way a file is saved, the site follows.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::time::{Duration, Instant};
use support::Project;
use support::watching::Watch;

const PLAN: &str = "data/2021/plan.yaml";
const TITLE: &str = "title: 湖南科技大学2021年工会工作要点";

/// The shipped plan under another title.
fn titled(watch: &Watch, title: &str) -> String {
    let text = fs::read_to_string(watch.project.root().join(PLAN)).unwrap();
    let rest = text.split_once("\nissued").unwrap().1;
    format!("title: {title}\nissued{rest}")
}

#[test]
fn a_file_saved_in_place_or_by_rename_is_seen() {
    let watch = Watch::begin(&[]);
    watch.project.write(PLAN, titled(&watch, "2021年要点甲"));
    watch.until("written in place", |watch| watch.shows("index.html", "要点甲"));
    // As vim and WPS do: a new file is written and takes the place of the old.
    watch.project.write("data/2021/plan.yaml.tmp", titled(&watch, "2021年要点乙"));
    let path = watch.project.root().join("data/2021");
    fs::rename(path.join("plan.yaml.tmp"), path.join("plan.yaml")).unwrap();
    watch.until("renamed over", |watch| watch.shows("index.html", "要点乙"));
    // Or the old one is moved away first.
    fs::rename(path.join("plan.yaml"), path.join("plan.yaml~")).unwrap();
    watch.project.write(
        PLAN,
        fs::read_to_string(path.join("plan.yaml~")).unwrap().replace("要点乙", "要点丙"),
    );
    watch.until("moved away first", |watch| watch.shows("index.html", "要点丙"));
}

#[test]
fn folders_that_come_and_go_are_seen() {
    let watch = Watch::begin(&[]);
    watch
        .project
        .write("data/2022/plan.yaml", "title: 2022年要点\ntasks: [ { task: 一, when: 5月 } ]\n");
    watch.until("a new year", |watch| watch.shows("years.html", "2022年要点"));
    watch
        .project
        .write("data/2022/updates.yaml", "- { on: 2022-05-01, about: '1', text: 已经开始 }\n");
    watch.until("a file in the new year", |watch| watch.shows("index.html", "已经开始"));
    watch.project.write(
        "themes/default/templates/foot.html",
        "<footer class=\"wrap foot\">新页脚</footer>\n",
    );
    watch.until("a folder of the root itself", |watch| watch.shows("index.html", "新页脚"));
    fs::remove_dir_all(watch.project.root().join("data/2022")).unwrap();
    watch.until("a year removed", |watch| !watch.project.out().join("2022").exists());
    watch.project.write("site/site.yaml", "title: 新名称\n");
    watch.until("settings", |watch| watch.shows("2021/calendar.html", "新名称"));
}

#[test]
fn bad_data_is_told_and_leaves_the_last_good_site_and_the_next_good_save_heals() {
    let watch = Watch::begin(&[]);
    let before = watch.project.site();
    watch.project.replace(PLAN, "office: 宣教科", "office: 宣教课");
    watch.until("the fault is told", |watch| watch.said().contains("没有叫“宣教课”的科室"));
    assert_eq!(watch.project.site(), before);
    watch.project.replace(PLAN, "office: 宣教课", "office: 综合科");
    watch.until("healed", |watch| watch.project.site() != before);
    let clean = Project::shipped();
    clean.replace(PLAN, "office: 宣教科", "office: 综合科");
    clean.build();
    watch.until("as a clean build", |watch| watch.project.site() == clean.site());
}

#[test]
fn a_burst_of_changes_ends_in_the_last_of_them() {
    let watch = Watch::begin(&[]);
    for number in 0..3000 {
        watch.project.write(PLAN, titled(&watch, &format!("2021年要点第{number}版")));
        watch.project.write(&format!("data/2021/files/{}.txt", number % 50), number.to_string());
    }
    watch.until("the last version", |watch| watch.shows("index.html", "第2999版"));
    watch.until("the last file", |watch| watch.shows("2021/files/49.txt", "2999"));
}

#[test]
fn polling_sees_changes_without_being_told() {
    let watch = Watch::begin(&["--poll"]);
    watch.project.replace(PLAN, TITLE, "title: 2021年要点轮询");
    watch.until("polled", |watch| watch.shows("index.html", "要点轮询"));
}

#[test]
fn readers_never_get_a_torn_or_missing_page_while_it_is_rebuilt() {
    let watch = Watch::begin(&[]);
    let page = watch.project.out().join("2021/notice.html");
    let mut editions = BTreeSet::new();
    for number in 0.. {
        if number >= 60 && editions.len() >= 10 {
            break;
        }
        assert!(number < 2000, "only {} editions were published", editions.len());
        watch.project.write(PLAN, titled(&watch, &format!("2021年要点第{number}版")));
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_millis(20) {
            let html = fs::read_to_string(&page).unwrap();
            assert!(
                html.ends_with("</html>\n") || html.ends_with("</html>"),
                "torn: {}",
                html.len()
            );
            editions.insert(html);
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_that_is_still_being_copied_is_waited_for() {
    use std::io::Write;
    let watch = Watch::begin(&[]);
    let path = watch.project.root().join("data/2021/files");
    fs::create_dir_all(&path).unwrap();
    // Until the new folder is watched nobody tells that a file in it has been opened.
    fs::write(path.join("small.txt"), "small").unwrap();
    let small = watch.project.out().join("2021/files/small.txt");
    watch.until("the folder", |_| fs::read(&small).is_ok_and(|bytes| bytes == b"small"));
    let mut file = fs::File::create(path.join("large.pdf")).unwrap();
    let published = watch.project.out().join("2021/files/large.pdf");
    for _ in 0..3 {
        file.write_all(&[7; 100_000]).unwrap();
        std::thread::sleep(Duration::from_millis(900));
        assert!(!published.exists() || fs::metadata(&published).unwrap().len() == 0);
    }
    drop(file);
    watch.until("the whole copy", |_| {
        fs::metadata(&published).is_ok_and(|found| found.len() == 300_000)
    });
}

#[test]
#[cfg(unix)]
fn a_plan_that_two_unions_share_by_a_link_changes_in_both() {
    let watch = Watch::begin(&[]);
    let data = watch.project.root().join("data");
    fs::create_dir_all(data.join("branches/library")).unwrap();
    fs::copy(data.join("union.yaml"), data.join("branches/library/union.yaml")).unwrap();
    std::os::unix::fs::symlink("../../2021", data.join("branches/library/2021")).unwrap();
    watch.until("the branch", |watch| watch.shows("branches/library/index.html", "要点"));
    watch.project.write(PLAN, titled(&watch, "2021年要点共用"));
    watch.until("the union's own", |watch| watch.shows("index.html", "要点共用"));
    let begun = Instant::now();
    watch.until("the branch's", |watch| watch.shows("branches/library/index.html", "要点共用"));
    assert!(begun.elapsed() < unionplan::watch::SECOND_LOOK / 2, "not by the second look alone");
}

#[test]
fn while_somebody_edits_the_second_look_is_not_put_off() {
    let watch = Watch::begin(&[]);
    fs::remove_file(watch.project.out().join("404.html")).unwrap();
    let begun = Instant::now();
    let mut number = 0;
    while !watch.project.out().join("404.html").exists() {
        assert!(begun.elapsed() < unionplan::watch::SECOND_LOOK * 3 / 2, "it never looked");
        number += 1;
        watch.project.write(PLAN, titled(&watch, &format!("2021年要点第{number}版")));
        std::thread::sleep(Duration::from_secs(3));
    }
}
