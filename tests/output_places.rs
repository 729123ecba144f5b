//! Where a site may be written to, and where not.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs;
use support::{Project, stderr};

#[test]
fn an_output_that_cannot_be_written_is_named_and_nothing_else_happens() {
    let project = Project::shipped();
    project.write("blocked", "a file");
    let output = project.run(&["build", "--out", "blocked/public"]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert!(stderr(&output).contains("cannot-write"), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(project.root().join("blocked")).unwrap(), "a file");
}

#[test]
fn the_output_may_not_be_the_data_or_the_whole_project() {
    for out in [".", "data", "data/2021", "site", "..", "themes/x"] {
        let project = Project::shipped();
        let before = support::read_folder(project.root());
        let output = project.run(&["build", "--out", out]);
        assert_eq!(output.status.code(), Some(3), "{out}: {}", stderr(&output));
        assert!(stderr(&output).contains("bad-output"), "{out}: {}", stderr(&output));
        assert_eq!(support::read_folder(project.root()), before, "{out}");
    }
}

#[test]
fn an_output_that_only_seems_to_lie_elsewhere_is_refused() {
    let project = Project::shipped();
    let output = project.run(&["build", "--out", "not-there/../data/public"]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert!(stderr(&output).contains("bad-output"), "{}", stderr(&output));
    assert!(!project.root().join("data/public").exists());
    assert!(!project.root().join("not-there").exists());
}

#[test]
fn a_file_in_the_place_of_the_output_is_named_with_a_way_out() {
    let project = Project::shipped();
    project.write("public", "a file");
    let said = stderr(&project.run(&["build"]));
    assert!(said.contains("已经有一个同名的文件") && said.contains("移走或改名"), "{said}");
    assert_eq!(fs::read_to_string(project.out()).unwrap(), "a file");
}

#[test]
fn the_output_may_not_be_in_the_folder_of_states() {
    for out in [".unionplan", ".unionplan/public", ".unionplan/public/staging"] {
        let project = Project::shipped();
        project.build();
        let before = project.site();
        let output = project.run(&["build", "--out", out]);
        assert_eq!(output.status.code(), Some(3), "{out}: {}", stderr(&output));
        assert!(stderr(&output).contains("bad-output"), "{out}: {}", stderr(&output));
        project.build();
        assert_eq!(project.site(), before, "{out}");
    }
}

#[test]
#[cfg(unix)]
fn the_output_may_not_be_the_data_by_another_name() {
    let project = Project::shipped();
    let root = project.root();
    fs::create_dir(root.join("kept")).unwrap();
    fs::rename(root.join("data"), root.join("kept/data")).unwrap();
    std::os::unix::fs::symlink("kept/data", root.join("data")).unwrap();
    let before = support::read_folder(&root.join("kept"));
    for out in ["kept", "kept/data", "kept/data/2021/files"] {
        let output = project.run(&["build", "--out", out]);
        assert!(stderr(&output).contains("bad-output"), "{out}: {}", stderr(&output));
        assert_eq!(support::read_folder(&root.join("kept")), before, "{out}");
    }
    project.build();
}

#[test]
fn a_state_inside_of_the_output_is_used_even_if_one_could_stand_beside_it() {
    let project = Project::shipped();
    // What stands in the way of a folder beside the output, as a folder that may not be written would.
    project.write(".unionplan", "in the way");
    project.build();
    assert!(project.out().join(".unionplan/manifest").exists());
    fs::remove_file(project.root().join(".unionplan")).unwrap();
    project.replace("data/2021/plan.yaml", "拔河比赛", "拔河赛");
    project.build();
    assert!(!project.root().join(".unionplan").exists());
}
