//! File systems of a test's own: small ones that can be filled, and made read-only.
//!
//! They are mounted where only the test and what it starts can see them, and go with it, whatever
//! becomes of it.

use super::folder_in_memory;
use nix::mount::{MntFlags, MsFlags, mount, umount2};
use nix::sched::{CloneFlags, unshare};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Tells the program of this test that it runs inside `unshare` already.
const INSIDE: &str = "UNIONPLAN_TEST_OWN_MOUNTS";

/// Runs a test where it may mount what it likes: as root on a thread with mounts of its own, else
/// as [`in_user_namespace`].
///
/// `name` is that of the test.
pub fn with_own_mounts(name: &str, test: impl FnOnce() + Send) {
    let mut test = Some(test);
    let done = on_thread_with_own_mounts(&mut test);
    if let (Err(refused), Some(test)) = (done, test) {
        assert!(std::env::var_os(INSIDE).is_none(), "inside unshare: {refused}");
        in_user_namespace(name, test);
    }
}

/// Runs a test in a second run of this program inside `unshare`, as somebody who is root there
/// alone. Where that is not allowed, says so loudly.
pub fn in_user_namespace(name: &str, test: impl FnOnce() + Send) {
    if std::env::var_os(INSIDE).is_some() {
        return on_thread_with_own_mounts(&mut Some(test)).unwrap();
    }
    let able = Command::new("unshare").args(["-rm", "true"]).output();
    match able {
        Ok(output) if output.status.success() => {}
        reason => return skipped(name, &format!("no unshare: {reason:?}")),
    }
    let program = std::env::current_exe().unwrap();
    let inside = Command::new("unshare")
        .arg("-rm")
        .arg(program)
        .args(["--exact", name, "--nocapture"])
        .env(INSIDE, "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&inside.stdout);
    assert!(inside.status.success(), "{said}\n{}", super::stderr(&inside));
    assert!(said.contains("1 passed"), "there is a test {name}: {said}");
    // What could not be run in there.
    let _ = io::stderr().write_all(&inside.stderr);
}

/// Takes the test and runs it, unless its thread can't have mounts of its own.
fn on_thread_with_own_mounts(test: &mut Option<impl FnOnce() + Send>) -> nix::Result<()> {
    let own = || {
        unshare(CloneFlags::CLONE_NEWNS)?;
        let nothing = None::<&str>;
        mount(nothing, "/", nothing, MsFlags::MS_REC | MsFlags::MS_PRIVATE, nothing)
    };
    std::thread::scope(|scope| {
        let thread = scope.spawn(|| {
            own()?;
            if let Some(test) = test.take() {
                test();
            }
            Ok(())
        });
        thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// Says that a test could not be run, past what catches the output of tests that pass.
pub fn skipped(name: &str, why: &str) {
    let _ = writeln!(io::stderr(), "\n*** SKIPPED {name}: {why}\n");
}

/// A file system in memory.
pub struct Disk {
    folder: tempfile::TempDir,
    options: String,
}

impl Disk {
    /// One with options of tmpfs: `size=4m`, `nr_inodes=100`.
    pub fn new(options: &str) -> Self {
        let disk = Self { folder: folder_in_memory(), options: options.to_owned() };
        disk.mount(MsFlags::empty());
        disk
    }

    fn mount(&self, flags: MsFlags) {
        let options = Some(self.options.as_str());
        mount(Some("tmpfs"), self.folder.path(), Some("tmpfs"), flags, options).unwrap();
    }

    /// Makes it read-only, or writable again.
    pub fn set_read_only(&self, read_only: bool) {
        let flag = if read_only { MsFlags::MS_RDONLY } else { MsFlags::empty() };
        self.mount(MsFlags::MS_REMOUNT | flag);
    }

    /// Where it is mounted.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Takes all of its bytes but so many, until the filling is dropped.
    pub fn fill(&self, leave: u64) -> Filling {
        let path = self.path().join("filling");
        let mut file = OpenOptions::new().create_new(true).write(true).open(&path).unwrap();
        // Once open it needs no name, and nobody sees it.
        fs::remove_file(&path).unwrap();
        let mut size = 0;
        for piece in [1 << 16, 1 << 12] {
            let piece = vec![1; piece];
            while let Ok(written) = file.write(&piece) {
                size += written as u64;
            }
        }
        file.set_len(size.saturating_sub(leave)).unwrap();
        Filling { _file: Some(file), folder: None }
    }

    /// Takes all of its inodes but so many, until the filling is dropped.
    pub fn fill_inodes(&self, leave: u64) -> Filling {
        let folder = self.path().join("filling");
        fs::create_dir(&folder).unwrap();
        let taken =
            (0..).take_while(|number| File::create(folder.join(number.to_string())).is_ok());
        let taken: u64 = taken.last().map_or(0, |last: u64| last + 1);
        assert!(taken >= leave, "there are {taken} inodes to leave {leave} of");
        for number in 0..leave {
            fs::remove_file(folder.join(number.to_string())).unwrap();
        }
        Filling { _file: None, folder: Some(folder) }
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = umount2(self.folder.path(), MntFlags::MNT_DETACH);
    }
}

/// What fills a disk.
pub struct Filling {
    _file: Option<File>,
    folder: Option<PathBuf>,
}

impl Drop for Filling {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = fs::remove_dir_all(folder);
        }
    }
}
