//! File systems that can't do everything: an overlay, as containers have, refuses to rename the
//! folders of the layer below, and in some places any folder.

#![allow(clippy::unwrap_used)]
#![cfg(target_os = "linux")]

mod support;

use nix::mount::{MntFlags, MsFlags, mount, umount2};
use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Instant;
use support::editions::{Edition, Published, Random, foreign_files};
use support::folder_in_memory;
use support::mounts::{in_user_namespace, skipped, with_own_mounts};

/// An overlay over a folder.
struct Overlay {
    folder: tempfile::TempDir,
}

impl Overlay {
    fn over(lower: &std::path::Path) -> nix::Result<Self> {
        let overlay = Self { folder: folder_in_memory() };
        let [upper, work, merged] =
            ["upper", "work", "merged"].map(|name| overlay.folder.path().join(name));
        for folder in [&upper, &work, &merged] {
            fs::create_dir(folder).unwrap();
        }
        let options = format!(
            "lowerdir={},upperdir={},workdir={}",
            lower.display(),
            upper.display(),
            work.display()
        );
        let options = Some(options.as_str());
        mount(Some("overlay"), &merged, Some("overlay"), MsFlags::empty(), options)?;
        Ok(overlay)
    }

    fn merged(&self) -> PathBuf {
        self.folder.path().join("merged")
    }
}

impl Drop for Overlay {
    fn drop(&mut self) {
        let _ = umount2(&self.merged(), MntFlags::MNT_DETACH);
    }
}

/// Rebuilds and kills over a lower layer that has a site.
fn try_overlays(name: &str, keeps_folders: bool) {
    let (editions, mut random) = (Edition::all(), Random::new(51));
    let layer = folder_in_memory();
    let mut below = Published::inside(layer.path());
    below.build(&editions[0]);
    below.put_foreign(foreign_files(|| random.below(2) == 0));
    for attempt in 0..16 {
        let overlay = match Overlay::over(layer.path()) {
            Ok(overlay) => overlay,
            Err(refused) => return skipped(name, &format!("no overlay: {refused}")),
        };
        let mut published = Published::inside(&overlay.merged());
        published.foreign = below.foreign.clone();
        published.keeps_folders = keeps_folders;
        let new = &editions[1 + attempt % (editions.len() - 1)];
        let begun = Instant::now();
        published.build(new);
        let took = begun.elapsed();
        if attempt >= 4 {
            let mut command = editions[0].command(&published.out());
            let mut child = command.stderr(Stdio::null()).spawn().unwrap();
            std::thread::sleep(took.mul_f64(random.below(1000) as f64 / 1000.0));
            child.kill().unwrap();
            child.wait().unwrap();
            published.insist_mixture_of(&[&new.site, &editions[0].site]);
        }
        published.build(&editions[0]);
    }
}

#[test]
fn a_site_in_the_lower_layer_of_an_overlay_is_rebuilt_whole_and_killed_without_harm() {
    let name = "a_site_in_the_lower_layer_of_an_overlay_is_rebuilt_whole_and_killed_without_harm";
    with_own_mounts(name, || try_overlays(name, false));
}

#[test]
fn where_not_even_a_new_folder_can_be_renamed_into_place_the_site_is_rebuilt_whole() {
    let name = "where_not_even_a_new_folder_can_be_renamed_into_place_the_site_is_rebuilt_whole";
    // In there an overlay can't note that a folder hides another, and refuses with EXDEV. Nor can it
    // remove an empty folder of the layer below once a file has been moved out of it (EIO).
    in_user_namespace(name, || try_overlays(name, true));
}
