//! The steps in which editors save, one by one: after each kind of save the site shows the new
//! text, and nothing that an editor leaves lying about is published.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;
use support::Project;
use support::watching::Watch;

const PLAN: &str = "data/2021/plan.yaml";

/// Time in which a half-saved file is noticed, and built if it can be.
const PAUSE: Duration = Duration::from_millis(150);

/// A file that is being edited.
struct Document {
    path: PathBuf,
}

impl Document {
    fn folder(&self) -> &Path {
        self.path.parent().unwrap()
    }

    fn beside(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }
}

/// The ways in which files are saved.
type Save = fn(&Document, &str);

const EDITORS: [(&str, Save); 11] = [
    ("written in place, as by VS Code", in_place),
    ("truncated and written in two steps, as by Notepad", in_two_steps),
    ("written in place to a file of another length", overwritten_and_cut),
    ("a new file in place of the old, as by WPS and Office", office),
    ("the old file moved away first, as by vim", vim),
    ("the old file copied away, as by vim with backupcopy", vim_copying),
    ("a new file in place and the old one kept, as by Emacs", emacs),
    ("written beside and exchanged, as by JetBrains", jet_brains),
    ("written beside and renamed, as by gedit and Kate", gnome),
    ("deleted and made anew, as by sync programs", deleted_first),
    ("moved in from elsewhere, as by file managers", moved_in),
];

fn in_place(document: &Document, text: &str) {
    fs::write(&document.path, text).unwrap();
}

fn in_two_steps(document: &Document, text: &str) {
    let mut file = File::create(&document.path).unwrap();
    std::thread::sleep(PAUSE);
    // A break in the middle of a character.
    let (half, rest) = text.as_bytes().split_at(text.len() / 2 + 1);
    file.write_all(half).unwrap();
    std::thread::sleep(PAUSE);
    file.write_all(rest).unwrap();
}

fn overwritten_and_cut(document: &Document, text: &str) {
    let mut file = OpenOptions::new().write(true).open(&document.path).unwrap();
    file.write_all(text.as_bytes()).unwrap();
    std::thread::sleep(PAUSE);
    file.set_len(text.len() as u64).unwrap();
}

fn office(document: &Document, text: &str) {
    let (owner, draft) = (document.beside("~$plan.yaml"), document.beside("~WRL0001.tmp"));
    let old = document.beside("plan.yaml.old.tmp");
    fs::write(&owner, "张三").unwrap();
    std::thread::sleep(PAUSE);
    fs::write(&draft, text).unwrap();
    fs::rename(&document.path, &old).unwrap();
    std::thread::sleep(PAUSE);
    fs::rename(&draft, &document.path).unwrap();
    fs::remove_file(&old).unwrap();
    fs::remove_file(&owner).unwrap();
}

fn vim(document: &Document, text: &str) {
    let (probe, backup) = (document.beside("4913"), document.beside("plan.yaml~"));
    fs::write(document.beside(".plan.yaml.swp"), "b0VIM").unwrap();
    fs::write(&probe, "").unwrap();
    std::thread::sleep(PAUSE);
    fs::remove_file(&probe).unwrap();
    fs::rename(&document.path, &backup).unwrap();
    fs::write(&document.path, text).unwrap();
    fs::remove_file(&backup).unwrap();
    fs::remove_file(document.beside(".plan.yaml.swp")).unwrap();
}

fn vim_copying(document: &Document, text: &str) {
    let backup = document.beside("plan.yaml~");
    fs::copy(&document.path, &backup).unwrap();
    fs::write(&document.path, text).unwrap();
    fs::remove_file(&backup).unwrap();
}

fn emacs(document: &Document, text: &str) {
    fs::write(document.beside("#plan.yaml#"), text).unwrap();
    std::thread::sleep(PAUSE);
    fs::rename(&document.path, document.beside("plan.yaml~")).unwrap();
    fs::write(&document.path, text).unwrap();
    fs::remove_file(document.beside("#plan.yaml#")).unwrap();
}

fn jet_brains(document: &Document, text: &str) {
    let (draft, old) =
        (document.beside("plan.yaml___jb_tmp___"), document.beside("plan.yaml___jb_old___"));
    fs::write(&draft, text).unwrap();
    std::thread::sleep(PAUSE);
    fs::rename(&document.path, &old).unwrap();
    fs::rename(&draft, &document.path).unwrap();
    fs::remove_file(&old).unwrap();
}

fn gnome(document: &Document, text: &str) {
    let draft = document.beside(".goutputstream-X4KQ2Z");
    fs::write(&draft, text).unwrap();
    fs::rename(&draft, &document.path).unwrap();
}

fn deleted_first(document: &Document, text: &str) {
    fs::remove_file(&document.path).unwrap();
    std::thread::sleep(PAUSE);
    fs::write(&document.path, text).unwrap();
}

fn moved_in(document: &Document, text: &str) {
    // Where nobody watches, on the same file system.
    let elsewhere = document.folder().ancestors().nth(2).unwrap().join("桌面.yaml");
    fs::write(&elsewhere, text).unwrap();
    fs::rename(&elsewhere, &document.path).unwrap();
}

/// The shipped plan under another title; `long` tells whether it is longer than the shipped one.
fn titled(title: &str, long: bool) -> String {
    let text = fs::read_to_string(support::home().join(PLAN)).unwrap();
    let (_, rest) = text.split_once("\nissued").unwrap();
    let more = if long { "# 一行注释\n".repeat(50) } else { String::new() };
    format!("title: {title}\nissued{rest}{more}")
}

fn every_editor(arguments: &[&str]) {
    let watch = Watch::begin(arguments);
    let document = Document { path: watch.project.root().join(PLAN) };
    for (number, (how, save)) in EDITORS.into_iter().enumerate() {
        // Longer and shorter than before, in turn.
        for long in [true, false] {
            let title = format!("2021年要点{number}{long}");
            save(&document, &titled(&title, long));
            watch.until(how, |watch| watch.shows("2021/index.html", &title));
        }
        watch.until_as_a_clean_build(how);
    }
}

#[test]
fn whatever_editor_saves_a_plan_the_site_follows() {
    every_editor(&[]);
}

#[test]
fn whatever_editor_saves_a_plan_polling_follows() {
    every_editor(&["--poll"]);
}

#[test]
fn what_a_program_leaves_beside_an_open_attachment_is_not_published() {
    let project = Project::shipped();
    project.write("data/2021/files/报名表.docx", "docx");
    let watch = Watch::over(project, &[]);
    let litter =
        ["~$报名表.docx", "~WRL0002.tmp", ".~lock.报名表.docx#", "报名表.docx~", ".DS_Store"];
    for name in litter {
        watch.project.write(&format!("data/2021/files/{name}"), "litter");
    }
    watch.project.write("data/2021/files/报名表.docx", "docx, saved");
    watch.until("the attachment", |watch| watch.shows("2021/files/报名表.docx", "docx, saved"));
    watch.until_as_a_clean_build("while it is open");
    let published = support::read_folder(&watch.project.out().join("2021/files"));
    assert_eq!(published.into_keys().collect::<Vec<_>>(), ["报名表.docx"]);
}

#[test]
fn a_half_saved_file_never_reaches_the_site_as_a_fault_and_is_healed_by_its_other_half() {
    let watch = Watch::begin(&[]);
    let before = watch.project.site();
    let text = titled("2021年要点两半", false);
    // The first half ends in the middle of a quoted text, and can't be read.
    let cut = text.find("task: ").unwrap() + "task: ".len();
    let mut file = File::create(watch.project.root().join(PLAN)).unwrap();
    file.write_all(&text.as_bytes()[..cut]).unwrap();
    file.write_all(b"\"").unwrap();
    watch.until("the half is told as a fault", |watch| watch.said().contains("错误["));
    assert_eq!(watch.project.site(), before);
    file.write_all(&text.as_bytes()[cut..cut + 3]).unwrap();
    drop(file);
    watch.project.write(PLAN, &text);
    watch.until_as_a_clean_build("the whole");
}
