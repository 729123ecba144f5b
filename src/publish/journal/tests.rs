//! A commit is carried out, carried on after any step, or taken back.

use super::{Journal, Kind, Step};
use crate::publish::durable::Durable;
use crate::publish::location::Folders;
use crate::publish::manifest::{Entry, Manifest, Unit};
use crate::publish::recovery;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// An output with a plan, a home and a page to be withdrawn, and staged beside it: the plan
/// changed, the home changed, and a second plan.
struct Site {
    folders: Folders,
    before: Manifest,
    after: Manifest,
    _folder: tempfile::TempDir,
}

fn site() -> Site {
    let folder = tempfile::tempdir().unwrap();
    let folders = Folders { out: folder.path().join("public"), state: folder.path().join("state") };
    let write = |base: &Path, path: &str, text: &str| {
        let path = base.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    for (path, text) in [
        ("index.html", "old"),
        ("2021/a.html", "old"),
        ("2021/b/c.html", "old"),
        ("about.html", "old"),
    ] {
        write(&folders.out, path, text);
    }
    let staged =
        [("index.html", "new one"), ("2021/a.html", "new one"), ("2022/a.html", "new one")];
    for (path, text) in staged {
        write(&folders.staging(), path, text);
    }
    let mut after = Manifest::default();
    for unit in ["2021/", "2022/"] {
        // The home belongs to the plan of 2021, outside of its folder.
        let files = staged.iter().filter(|(path, _)| {
            path.starts_with(unit) && !unit.is_empty() || unit == "2021/" && *path == "index.html"
        });
        let files = files.map(|(path, _)| {
            let metadata = fs::metadata(folders.staging().join(path)).unwrap();
            ((*path).to_owned(), Entry::of(&metadata).unwrap())
        });
        let mut files: Vec<(String, Entry)> = files.collect();
        files.sort_by(|a, b| a.0.cmp(&b.0));
        after.units.insert(unit.to_owned(), Arc::new(Unit { files, ..Unit::default() }));
    }
    let old = ["2021/a.html", "2021/b/c.html", "about.html", "index.html"];
    let files = old.map(|path| {
        let metadata = fs::metadata(folders.out.join(path)).unwrap();
        (path.to_owned(), Entry::of(&metadata).unwrap())
    });
    let unit = Unit { files: files.into(), ..Unit::default() };
    let before = Manifest { units: [(String::new(), Arc::new(unit))].into() };
    Site { folders, before, after, _folder: folder }
}

fn journal() -> Journal {
    let step = |kind, path: &str| Step { kind, path: path.to_owned() };
    Journal(vec![
        step(Kind::Exchange, "2021"),
        step(Kind::Add, "2022"),
        step(Kind::Exchange, "index.html"),
        step(Kind::Withdraw, "about.html"),
    ])
}

fn content(folder: &Path) -> BTreeMap<String, String> {
    let files = walkdir::WalkDir::new(folder).into_iter().flatten();
    let files = files.filter(|entry| entry.file_type().is_file());
    let named = files.map(|entry| {
        let path = entry.path().strip_prefix(folder).unwrap();
        (crate::diagnostic::shown_path(path), fs::read_to_string(entry.path()).unwrap())
    });
    named.collect()
}

fn published() -> BTreeMap<String, String> {
    let site = site();
    journal().carry_out(&site.folders).unwrap();
    content(&site.folders.out)
}

#[test]
fn every_step_is_taken() {
    let names: Vec<(String, String)> = published().into_iter().collect();
    let names: Vec<_> = names.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    assert_eq!(
        names,
        [("2021/a.html", "new one"), ("2022/a.html", "new one"), ("index.html", "new one")]
    );
}

#[test]
fn a_journal_is_read_as_it_was_written_and_not_at_all_if_it_was_cut_off() {
    let site = site();
    journal().write(&site.folders).unwrap();
    assert_eq!(Journal::load(&site.folders), Some(journal()));
    let text = fs::read(site.folders.journal()).unwrap();
    for length in 0..text.len() {
        fs::write(site.folders.journal(), &text[..length]).unwrap();
        assert_eq!(Journal::load(&site.folders), None, "{length} bytes");
    }
}

#[test]
fn a_path_that_leads_out_voids_a_journal() {
    let site = site();
    for path in ["../x", "a/../../x", "/etc/passwd", "a//b", "."] {
        Journal(vec![Step { kind: Kind::Withdraw, path: path.to_owned() }])
            .write(&site.folders)
            .unwrap();
        assert_eq!(Journal::load(&site.folders), None, "{path}");
    }
}

#[test]
fn a_run_that_ended_after_any_step_is_carried_on() {
    for done in 0..=journal().0.len() {
        let site = site();
        for step in &journal().0[..done] {
            step.take(&site.folders).unwrap();
        }
        journal().carry_on(&site.folders, &site.after).unwrap();
        assert_eq!(content(&site.folders.out), published(), "after {done} steps");
        // And once more, should the run that carried on have been killed at its end.
        journal().carry_on(&site.folders, &site.after).unwrap();
        assert_eq!(content(&site.folders.out), published(), "twice after {done} steps");
    }
}

#[cfg(unix)]
#[test]
fn what_others_put_among_what_goes_outlives_a_run_that_was_killed() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    // A name in GBK, as archives have it; a page in the place of ours; a folder beside ours.
    let gbk = Path::new("2021").join(OsStr::from_bytes(b"\xb9\xa4\xbb\xe1.pdf"));
    for theirs in [&gbk, Path::new("about.html"), Path::new("2021/own/photo.jpg")] {
        let site = site();
        let withdraw = |path: &str| Step { kind: Kind::Withdraw, path: path.to_owned() };
        let journal = Journal(vec![withdraw("2021"), withdraw("about.html")]);
        journal.write(&site.folders).unwrap();
        site.before.write(&site.folders.manifest()).unwrap();
        Manifest::default().write(&site.folders.next_manifest()).unwrap();
        let path = site.folders.out.join(theirs);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "by another hand").unwrap();
        recovery::carry_on(&site.folders, Durable(false)).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "by another hand");
        assert!(!site.folders.journal().exists());
    }
}

#[test]
fn a_plan_that_only_loses_a_page_is_exchanged_once() {
    let site = site();
    fs::copy(site.folders.staging().join("2021/a.html"), site.folders.out.join("2021/a.html"))
        .unwrap();
    fs::remove_file(site.folders.staging().join("2021/a.html")).unwrap();
    let staged = site.folders.staging().join("2021/a.html");
    fs::hard_link(site.folders.out.join("2021/a.html"), staged).unwrap();
    let mut after = site.after.clone();
    let mut unit = Unit::clone(&after.units["2021/"]);
    let entry = fs::metadata(site.folders.out.join("2021/a.html")).unwrap();
    unit.files[0].1 = Entry::of(&entry).unwrap();
    after.units.insert("2021/".to_owned(), Arc::new(unit));
    for _ in 0..2 {
        journal().carry_on(&site.folders, &after).unwrap();
        assert_eq!(content(&site.folders.out), published());
    }
}

#[test]
fn what_somebody_has_put_in_the_way_is_noticed() {
    let site = site();
    let is_free = || journal().is_free(&site.folders, &site.before, &site.after);
    assert!(is_free());
    fs::create_dir_all(site.folders.out.join("2022/empty")).unwrap();
    assert!(is_free(), "a folder is not in the way");
    for path in ["2022/mine.html", "2021/mine.html"] {
        fs::write(site.folders.out.join(path), "mine").unwrap();
        assert!(!is_free(), "{path}");
        fs::remove_file(site.folders.out.join(path)).unwrap();
    }
    assert!(is_free());
}

#[test]
fn a_run_is_carried_on_even_where_the_old_was_removed_by_hand() {
    let site = site();
    fs::remove_dir_all(&site.folders.out).unwrap();
    fs::create_dir(&site.folders.out).unwrap();
    journal().carry_on(&site.folders, &site.after).unwrap();
    assert_eq!(content(&site.folders.out), published());
}

#[test]
fn if_a_step_fails_those_before_it_are_taken_back() {
    let site = site();
    let before = content(&site.folders.out);
    let mut broken = journal();
    broken.0.push(Step { kind: Kind::Exchange, path: "nowhere.html".to_owned() });
    broken.write(&site.folders).unwrap();
    let (path, _) = broken.carry_out(&site.folders).unwrap_err();
    assert!(path.ends_with("nowhere.html"));
    assert_eq!(content(&site.folders.out), before);
    assert!(!site.folders.journal().exists());
}

#[test]
fn a_step_that_cannot_be_taken_back_leaves_the_journal_for_the_next_run() {
    let site = site();
    let step = |kind, path: &str| Step { kind, path: path.to_owned() };
    let journal =
        Journal(vec![step(Kind::Replace, "index.html"), step(Kind::Exchange, "nowhere.html")]);
    journal.write(&site.folders).unwrap();
    journal.carry_out(&site.folders).unwrap_err();
    assert!(site.folders.journal().exists());
}
