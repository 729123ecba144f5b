//! The output is never half-made, and what is not ours stays.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs;
use std::io::Read;
use std::process::Stdio;
use std::time::Duration;
use support::{Project, stderr};

const PLAN: &str = "data/2021/plan.yaml";

#[test]
fn only_what_changed_gets_a_new_time_stamp() {
    let project = Project::shipped();
    project.build();
    let stamp = |path: &str| fs::metadata(project.out().join(path)).unwrap().modified().unwrap();
    let (item, other) = (stamp("2021/items/9.html"), stamp("2021/items/1.html"));
    std::thread::sleep(Duration::from_millis(20));
    project.replace(
        PLAN,
        "text: >-\n          要继续做好教职工福利物资",
        "text: >-\n          继续做好教职工福利物资",
    );
    let output = project.build();
    assert_ne!(stamp("2021/items/9.html"), item);
    assert_eq!(stamp("2021/items/1.html"), other);
    // The item, the notice, and the two files that the search page looks through.
    assert!(stderr(&output).contains("更新4个"), "{}", stderr(&output));
}

#[test]
fn pages_that_are_no_longer_part_of_the_site_go_with_their_empty_folders() {
    let project = Project::fixture("traditional");
    project.build();
    assert!(project.out().join("branches/library/2023/calendar.html").is_file());
    fs::remove_dir_all(project.root().join("data/branches")).unwrap();
    project.build();
    assert!(!project.out().join("branches").exists());
    assert!(!project.out().join("branches.html").exists());
    let fresh = Project::fixture("traditional");
    fs::remove_dir_all(fresh.root().join("data/branches")).unwrap();
    fresh.build();
    assert_eq!(project.site(), fresh.site());
}

#[test]
fn files_of_others_are_left_alone() {
    let project = Project::shipped();
    project.write("public/.well-known/acme", "token");
    project.write("public/2021/poster.pdf", "pdf");
    project.build();
    fs::remove_dir_all(project.root().join("data/2021")).unwrap();
    project.write("data/2022/plan.yaml", "title: 2022年要点\ntasks: [ { task: 一, when: 5月 } ]\n");
    project.build();
    assert_eq!(fs::read_to_string(project.out().join(".well-known/acme")).unwrap(), "token");
    assert_eq!(fs::read_to_string(project.out().join("2021/poster.pdf")).unwrap(), "pdf");
    assert!(!project.out().join("2021/index.html").exists());
}

#[test]
fn a_file_of_others_in_the_way_stops_the_build_and_is_named() {
    let project = Project::shipped();
    project.write("public/index.html", "mine");
    let output = project.run(&["build"]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert!(stderr(&output).contains("foreign-file") && stderr(&output).contains("index.html"));
    assert_eq!(project.site().len(), 1, "nothing else was written");
    assert_eq!(project.page("index.html"), "mine");
    assert!(project.run(&["build", "--overwrite"]).status.success());
    assert_ne!(project.page("index.html"), "mine");
}

#[test]
fn a_file_of_others_where_a_folder_goes_stops_the_build_before_anything_is_written() {
    let project = Project::shipped();
    project.write("public/2021", "mine");
    let output = project.run(&["build"]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert!(stderr(&output).contains("foreign-file"), "{}", stderr(&output));
    assert_eq!(project.site().len(), 1);
    assert_eq!(stderr(&output).matches("-->").count(), 1, "{}", stderr(&output));
    let output = project.run(&["build", "--overwrite"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(project.out().join("2021/index.html").is_file());
}

#[test]
#[cfg(target_os = "linux")]
fn a_changed_plan_changes_places_as_a_whole_and_its_unchanged_pages_stay_the_same_files() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let project = Project::fixture("traditional");
    project.build();
    let file = |path: &str| fs::metadata(project.out().join(path)).unwrap().ino();
    let (changed, other) = (file("2023"), file("2022"));
    let (notice, months) = (file("2023/notice.html"), file("2023/months/08.html"));
    fs::set_permissions(project.out().join("2023"), fs::Permissions::from_mode(0o2775)).unwrap();
    project.replace("data/2023/plan.yaml", "title: 加強學習", "title: 加強理論學習");
    project.build();
    assert_ne!(file("2023"), changed);
    assert_eq!(file("2022"), other);
    assert_ne!(file("2023/notice.html"), notice);
    assert_eq!(file("2023/months/08.html"), months);
    assert_eq!(fs::metadata(project.out().join("2023")).unwrap().mode() & 0o7777, 0o2775);
}

#[test]
fn a_file_of_others_in_a_plans_folder_stays_where_it_is_when_the_plan_changes() {
    let project = Project::fixture("traditional");
    project.build();
    project.write("public/2023/items/poster.pdf", "pdf");
    fs::create_dir_all(project.out().join("2023/empty")).unwrap();
    project.replace("data/2023/plan.yaml", "title: 加強學習", "title: 加強理論學習");
    project.build();
    assert!(project.page("2023/notice.html").contains("加強理論學習"));
    assert_eq!(project.page("2023/items/poster.pdf"), "pdf");
    assert!(project.out().join("2023/empty").is_dir());
}

#[test]
fn a_file_may_become_a_folder_and_a_folder_a_file() {
    let project = Project::fixture("traditional");
    project.write("site/static/a", "file");
    project.write("site/static/b/c.txt", "in a folder");
    project.build();
    fs::remove_dir_all(project.root().join("site/static")).unwrap();
    project.write("site/static/a/c.txt", "in a folder");
    project.write("site/static/b", "file");
    project.build();
    assert_eq!(project.page("a/c.txt"), "in a folder");
    assert_eq!(project.page("b"), "file");
}

#[test]
fn a_page_that_changes_twice_in_a_second_without_a_change_of_size_gets_another_second() {
    // Web servers make ETags, and rsync its decisions, from the size and the whole second.
    let project = Project::shipped();
    project.build();
    let seconds = || {
        let metadata = fs::metadata(project.out().join("2021/schedule.html")).unwrap();
        let since = metadata.modified().unwrap().duration_since(std::time::UNIX_EPOCH).unwrap();
        (metadata.len(), since.as_secs())
    };
    let mut seen = vec![seconds()];
    for (old, new) in [("11月", "12月"), ("12月", "10月"), ("10月", "11月")] {
        project.replace(PLAN, &format!("when: {old}\n"), &format!("when: {new}\n"));
        project.build();
        seen.push(seconds());
    }
    assert!(
        seen.windows(2).all(|pair| pair[0].0 == pair[1].0 && pair[0].1 < pair[1].1),
        "{seen:?}"
    );
}

#[test]
fn a_durable_build_makes_the_same_site() {
    let (plain, durable) = (Project::fixture("traditional"), Project::fixture("traditional"));
    plain.build();
    assert!(durable.run(&["build", "--durable"]).status.success());
    assert_eq!(plain.site(), durable.site());
    change(&durable);
    assert!(durable.run(&["build", "--durable"]).status.success());
    change(&plain);
    plain.build();
    assert_eq!(plain.site(), durable.site());
}

#[test]
fn compressed_variants_stand_beside_texts_and_go_when_they_are_no_longer_asked_for() {
    use std::io::Read;
    let (plain, project) = (Project::fixture("by-month"), Project::fixture("by-month"));
    plain.build();
    let build = || assert!(project.run(&["build", "--compress"]).status.success());
    build();
    let site = project.site();
    for (path, bytes) in plain.site() {
        assert_eq!(site[&path], bytes);
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        if bytes.len() < 256 || !["html", "css", "js", "svg"].contains(&ending) {
            continue;
        }
        let (gzip, brotli) = (&site[&format!("{path}.gz")], &site[&format!("{path}.br")]);
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(&**gzip).read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, bytes, "{path}.gz");
        unpacked.clear();
        brotli::Decompressor::new(&**brotli, 4096).read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, bytes, "{path}.br");
    }
    project.build();
    assert_eq!(project.site(), plain.site());
}

#[test]
fn an_unchanged_page_is_not_compressed_again_and_a_changed_one_is() {
    let project = Project::fixture("traditional");
    let build = || assert!(project.run(&["build", "--compress"]).status.success());
    build();
    let stamp = |path: &str| fs::metadata(project.out().join(path)).unwrap().modified().unwrap();
    let pages = ["2023/notice.html", "2023/months/08.html"];
    let files = pages.map(|page| ["", ".gz", ".br"].map(|ending| format!("{page}{ending}")));
    let before = files.clone().map(|variants| variants.map(|path| stamp(&path)));
    std::thread::sleep(Duration::from_millis(20));
    project.replace("data/2023/plan.yaml", "title: 加強學習", "title: 加強理論學習");
    build();
    let after = files.map(|variants| variants.map(|path| stamp(&path)));
    assert!(before[0].iter().zip(&after[0]).all(|(before, after)| before < after));
    assert_eq!(before[1], after[1]);
    project.write("public/2023/months/08.html.gz", "by another hand");
    let clean = Project::fixture("traditional");
    clean.replace("data/2023/plan.yaml", "title: 加強學習", "title: 加強理論學習");
    assert!(clean.run(&["build", "--compress"]).status.success());
    build();
    assert_eq!(project.site(), clean.site());
}

#[test]
fn a_copy_of_the_site_whose_manifest_is_lost_is_taken_over() {
    let project = Project::shipped();
    project.build();
    fs::remove_dir_all(project.root().join(".unionplan")).unwrap();
    project.build();
}

#[test]
fn a_page_that_somebody_edited_in_the_output_is_made_right_again() {
    let project = Project::shipped();
    project.build();
    let before = project.site();
    project.write("public/2021/notice.html", "edited by hand");
    project.build();
    assert_eq!(project.site(), before);
}

#[test]
fn faults_in_the_data_leave_the_site_as_it_was() {
    let project = Project::shipped();
    project.build();
    let before = project.site();
    project.replace(PLAN, "office: 宣教科", "office: 宣教课");
    project.replace(PLAN, "when: 11月", "when: 13月");
    let output = project.run(&["build"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("unknown-office") && stderr(&output).contains("no-such-date"),
        "{}",
        stderr(&output)
    );
    assert_eq!(project.site(), before);
    assert!(
        !project.root().join(".unionplan/public/staging").exists(),
        "the staging folder is gone"
    );
}

#[test]
fn a_build_that_is_killed_at_any_moment_is_made_whole_by_the_next() {
    let whole_old = Project::fixture("traditional");
    whole_old.build();
    let whole_new = Project::fixture("traditional");
    change(&whole_new);
    whole_new.build();
    for attempt in 0..40 {
        let project = Project::fixture("traditional");
        project.build();
        project.write("public/keep.txt", "mine");
        change(&project);
        let mut child = project.command(&["build"]).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(attempt * 700));
        child.kill().unwrap();
        child.wait().unwrap();
        project.build();
        assert_eq!(project.page("keep.txt"), "mine");
        fs::remove_file(project.out().join("keep.txt")).unwrap();
        assert_eq!(project.site(), whole_new.site(), "attempt {attempt}");
    }
}

/// Changes that add, change and remove pages.
fn change(project: &Project) {
    project.replace("data/2023/plan.yaml", "title: 加強學習", "title: 加強理論學習");
    fs::remove_dir_all(project.root().join("data/2022")).unwrap();
    project.write("data/2020/plan.yaml", "title: 2020年要點\ntasks: [ { task: 一, when: 5月 } ]\n");
}

#[test]
fn two_builds_at_once_do_not_mix() {
    let project = Project::shipped();
    let runs: Vec<_> = (0..6)
        .map(|_| project.command(&["build"]).stderr(Stdio::piped()).spawn().unwrap())
        .collect();
    let mut built = 0;
    for run in runs {
        let output = run.wait_with_output().unwrap();
        match output.status.code() {
            Some(0) => built += 1,
            Some(3) => assert!(stderr(&output).contains("busy"), "{}", stderr(&output)),
            code => panic!("{code:?}: {}", stderr(&output)),
        }
    }
    assert!(built >= 1);
    let alone = Project::shipped();
    alone.build();
    assert_eq!(project.site(), alone.site());
}

#[test]
fn nothing_is_left_behind_in_the_output() {
    let project = Project::shipped();
    project.build();
    let strange: Vec<String> = project
        .site()
        .into_keys()
        .filter(|path| path.contains("unionplan") || path.starts_with('.'))
        .collect();
    assert!(strange.is_empty(), "{strange:?}");
}

#[test]
#[cfg(unix)]
fn a_file_name_that_leads_out_of_the_output_or_is_no_text_is_refused() {
    use std::os::unix::ffi::OsStrExt;
    for name in [&b"a\\..\\..\\..\\evil.txt"[..], b"q\\x.txt", b"\xd6\xd0.txt"] {
        let project = Project::shipped();
        fs::create_dir_all(project.root().join("site/static")).unwrap();
        let path = project.root().join("site/static").join(std::ffi::OsStr::from_bytes(name));
        fs::write(path, "evil").unwrap();
        let before = support::read_folder(project.root());
        let output = project.run(&["build"]);
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        assert!(stderr(&output).contains("file-name"), "{}", stderr(&output));
        assert!(!project.out().exists());
        assert_eq!(support::read_folder(project.root()), before);
        assert!(!project.root().parent().unwrap().join("evil.txt").exists());
    }
}

#[test]
fn a_file_with_the_name_of_a_variant_is_published_as_it_is() {
    let project = Project::shipped();
    project.write("site/static/table.csv", "一,二\n".repeat(200));
    project.write("site/static/table.csv.gz", "mine");
    let build = || {
        let output = project.run(&["build", "--compress"]);
        assert!(output.status.success(), "{}", stderr(&output));
        stderr(&output)
    };
    build();
    assert_eq!(project.page("table.csv.gz"), "mine");
    assert!(project.out().join("table.csv.br").is_file());
    assert!(build().contains("没有变化"));
}

#[test]
fn variants_that_may_be_of_another_build_are_made_again() {
    let project = Project::shipped();
    let build = || assert!(project.run(&["build", "--compress"]).status.success());
    build();
    let old = fs::read(project.out().join("about.html.gz")).unwrap();
    let page = fs::read_to_string(project.root().join("site/pages/about.md")).unwrap();
    project.write("site/pages/about.md", format!("{page}\n又一段。\n"));
    build();
    let new = fs::read(project.out().join("about.html.gz")).unwrap();
    assert_ne!(old, new);
    // As after a commit that broke off: the page is new, its variant old, and both are known.
    project.write("public/about.html.gz", &old);
    let metadata = fs::metadata(project.out().join("about.html.gz")).unwrap();
    let since = metadata.modified().unwrap().duration_since(std::time::UNIX_EPOCH).unwrap();
    let path = project.root().join(".unionplan/public/manifest");
    let manifest = fs::read_to_string(&path).unwrap();
    let lines = manifest.lines().map(|line| match line.split_once(' ') {
        _ if line.ends_with(" about.html.gz") => {
            format!("{} {} about.html.gz", metadata.len(), since.as_nanos())
        }
        Some(("unit", rest)) => format!("unit ? {}", rest.split_once(' ').unwrap().1),
        _ => line.to_owned(),
    });
    let mixed: Vec<String> = lines.collect();
    fs::write(&path, mixed.join("\n") + "\n").unwrap();
    build();
    assert_eq!(fs::read(project.out().join("about.html.gz")).unwrap(), new);
}

#[test]
fn what_an_admin_has_put_in_the_place_of_a_file_that_goes_stays() {
    let project = Project::shipped();
    project.write("site/static/verify.txt", "ours");
    project.build();
    project.write("public/verify.txt", "the admin's own");
    fs::remove_file(project.root().join("site/static/verify.txt")).unwrap();
    project.build();
    assert_eq!(project.page("verify.txt"), "the admin's own");
    project.build();
    assert_eq!(project.page("verify.txt"), "the admin's own");
}

#[test]
#[cfg(target_os = "linux")]
fn a_pipe_or_a_link_of_others_where_a_page_goes_is_named() {
    let project = Project::shipped();
    fs::create_dir_all(project.out()).unwrap();
    let pipe = project.out().join("index.html");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    std::os::unix::fs::symlink("elsewhere", project.out().join("404.html")).unwrap();
    let output = project.run(&["build"]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    for name in ["index.html", "404.html"] {
        assert!(stderr(&output).contains(name), "{}", stderr(&output));
    }
    assert!(project.out().join("404.html").is_symlink());
}

#[test]
fn names_that_the_program_uses_on_the_way_are_free_for_files() {
    let project = Project::shipped();
    for name in ["exchange-a", "staging", "manifest", "journal"] {
        project.write(&format!("site/static/{name}"), name);
    }
    project.build();
    assert_eq!(project.page("exchange-a"), "exchange-a");
    project.write("site/static/index.html/x", "below a page");
    let output = project.run(&["build"]);
    assert!(stderr(&output).contains("two-sources"), "{}", stderr(&output));
}

#[test]
fn a_file_that_was_published_under_the_name_of_a_variant_is_not_taken_for_one() {
    let project = Project::shipped();
    let build = || assert!(project.run(&["build", "--compress"]).status.success());
    let text = "公告\n".repeat(100);
    project.write("site/static/notice.txt", &text);
    project.write("site/static/notice.txt.gz", "something else");
    project.write("site/static/notice.txt.br", "something else");
    build();
    assert_eq!(project.page("notice.txt.gz"), "something else");
    for ending in ["gz", "br"] {
        fs::remove_file(project.root().join(format!("site/static/notice.txt.{ending}"))).unwrap();
    }
    build();
    let packed = fs::read(project.out().join("notice.txt.gz")).unwrap();
    let mut unpacked = String::new();
    flate2::read::GzDecoder::new(&*packed).read_to_string(&mut unpacked).unwrap();
    assert_eq!(unpacked, text);
    assert_ne!(project.site()["notice.txt.br"], b"something else");
}

#[test]
#[cfg(unix)]
fn an_attachment_that_is_a_link_is_published_once() {
    let project = Project::shipped();
    project.write("site/static/form.pdf", "a form");
    fs::create_dir_all(project.root().join("data/2021/files")).unwrap();
    let link = project.root().join("data/2021/files/form.pdf");
    std::os::unix::fs::symlink("../../../site/static/form.pdf", link).unwrap();
    project.build();
    let time = |path| fs::metadata(project.out().join(path)).unwrap().modified().unwrap();
    let before = time("2021/files/form.pdf");
    project.replace("data/2021/plan.yaml", "拔河比赛", "拔河赛");
    project.build();
    assert_eq!(time("2021/files/form.pdf"), before);
}

#[test]
fn proofs_for_a_host_are_published_though_they_begin_with_a_dot() {
    let project = Project::shipped();
    project.write("site/static/.well-known/security.txt", "Contact: mailto:union@example.org\n");
    project.write("site/static/.htaccess", "Options -Indexes\n");
    project.write("site/static/.DS_Store", "litter");
    project.build();
    let site = project.site();
    assert!(site.contains_key(".well-known/security.txt") && site.contains_key(".htaccess"));
    assert!(!site.contains_key(".DS_Store"));
}
