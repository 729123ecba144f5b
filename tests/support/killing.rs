//! Runs that are killed at a moment of choice.

use super::editions::{Edition, Published, folders};
use super::stderr;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::inotify::{AddWatchFlags, InitFlags, Inotify};
use std::fs;
use std::os::fd::AsFd;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// When a run is killed.
#[derive(Debug, Clone)]
pub enum Moment {
    /// So long after its start.
    After(Duration),
    /// When so many changes of the output, or of the state folder, have been seen.
    Changes(u64),
    /// As soon as the output no longer has this file.
    Gone(PathBuf),
}

/// How a run that was to be killed ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Before it was through.
    Killed,
    /// It was through before.
    Done,
}

/// Starts a run and kills it.
pub fn kill(mut command: Command, published: &Published, moment: Moment) -> End {
    let changes = matches!(moment, Moment::Changes(_)).then(|| Changes::of(published));
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    match (moment, changes) {
        (Moment::After(delay), _) => std::thread::sleep(delay),
        (Moment::Changes(count), changes) => changes.unwrap().wait(count, &mut child),
        (Moment::Gone(path), _) => {
            while path.exists() && child.try_wait().unwrap().is_none() {
                std::thread::yield_now();
            }
        }
    }
    child.kill().unwrap();
    let output = child.wait_with_output().unwrap();
    match (output.status.signal(), output.status.code()) {
        (Some(9), _) => End::Killed,
        (_, Some(0)) => End::Done,
        _ => panic!("{}: {}", output.status, stderr(&output)),
    }
}

/// The changes that the system tells of, in the output and of the journal.
struct Changes {
    events: Inotify,
}

impl Changes {
    fn of(published: &Published) -> Self {
        let events = Inotify::init(InitFlags::IN_NONBLOCK).unwrap();
        let flags = AddWatchFlags::IN_CREATE
            | AddWatchFlags::IN_DELETE
            | AddWatchFlags::IN_MOVED_TO
            | AddWatchFlags::IN_MOVED_FROM;
        let watch = |folder: &Path| {
            events.add_watch(folder, flags).unwrap();
        };
        for folder in [published.state(), published.out()] {
            fs::create_dir_all(&folder).unwrap();
            watch(&folder);
        }
        for folder in folders(&published.out()) {
            watch(&published.out().join(folder));
        }
        Self { events }
    }

    /// Waits for more than so many changes, or for the run's end.
    fn wait(&self, count: u64, child: &mut Child) {
        let mut seen = 0;
        while seen <= count && child.try_wait().unwrap().is_none() {
            let mut ready = [PollFd::new(self.events.as_fd(), PollFlags::POLLIN)];
            if poll(&mut ready, PollTimeout::from(5_u8)).unwrap() == 0 {
                continue;
            }
            for event in self.events.read_events().unwrap_or_default() {
                let name = event.name.unwrap_or_default();
                // These two come before anything else, and say nothing of a commit.
                seen += u64::from(name != "lock" && name != "staging");
            }
        }
    }
}

/// How long builds from one edition to the next take, the longer ones of a few.
pub fn duration(editions: &[Edition]) -> Duration {
    let published = Published::edition(&editions[0]);
    typical(editions.iter().cycle().skip(1).take(editions.len() * 2), |edition| {
        let command = edition.command(&published.out());
        let took = time(command);
        published.insist_whole(&edition.site);
        took
    })
}

/// Of the times that builds of these editions take, one of the longer ones.
pub fn typical<'e>(
    editions: impl Iterator<Item = &'e Edition>,
    time: impl Fn(&Edition) -> Duration,
) -> Duration {
    let mut took: Vec<Duration> = editions.map(time).collect();
    took.sort();
    took[took.len() * 2 / 3]
}

/// How long a run takes.
pub fn time(mut command: Command) -> Duration {
    let begun = Instant::now();
    assert!(command.stderr(Stdio::null()).status().unwrap().success());
    begun.elapsed()
}
