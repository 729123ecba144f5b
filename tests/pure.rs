//! The same input gives the same bytes, whatever the machine.

#![allow(clippy::unwrap_used)]

mod support;

use support::Project;

#[test]
fn two_builds_in_different_folders_and_environments_agree_in_every_byte() {
    let first = Project::fixture("traditional");
    first.build();
    let second = Project::fixture("traditional");
    let built = second
        .command(&["build", "--lang", "en"])
        .env("TZ", "America/New_York")
        .env("LANG", "de_DE.UTF-8")
        .env("LC_ALL", "tr_TR.UTF-8")
        .env("RAYON_NUM_THREADS", "7")
        .env("HOME", "/nowhere")
        .status()
        .unwrap();
    assert!(built.success());
    assert_ne!(first.root(), second.root());
    assert_eq!(first.site(), second.site());
}

#[test]
fn the_order_in_which_files_were_made_does_not_matter() {
    let forwards = Project::fixture("traditional");
    forwards.build();
    let backwards = Project::empty();
    let mut files: Vec<_> =
        support::read_folder(&support::home().join("tests/fixtures/traditional"))
            .into_iter()
            .collect();
    files.reverse();
    for (name, bytes) in files {
        backwards.write(&name, bytes);
    }
    backwards.build();
    assert_eq!(forwards.site(), backwards.site());
}

#[test]
fn building_again_touches_nothing() {
    let project = Project::shipped();
    project.build();
    let stamps = |project: &Project| -> Vec<_> {
        project
            .site()
            .keys()
            .map(|path| {
                let metadata = std::fs::metadata(project.out().join(path)).unwrap();
                (path.clone(), metadata.modified().unwrap())
            })
            .collect()
    };
    let before = stamps(&project);
    std::thread::sleep(std::time::Duration::from_millis(20));
    project.build();
    assert_eq!(before, stamps(&project));
}
