//! Notices which files under a root have changed.
//!
//! A watcher says what may have changed; what to make of it is the build's affair. An event that is
//! doubled or out of order does no harm, and one that is lost does none for long: whenever there
//! is doubt, and twice a minute without any, everything is looked at.

mod poll;

use self::poll::Snapshot;
use crate::build::Changed;
use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{Config, Event, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// The folders of a root whose files make the site.
const FOLDERS: [&str; 3] = ["data", "site", "themes"];

/// How long it has to be quiet before a change is taken as finished: editors save in several steps.
const QUIET: Duration = Duration::from_millis(25);

/// How long it has to be quiet once a file has been closed or renamed: it is whole then, and only
/// the rest of a burst may follow.
const QUIET_ONCE_WHOLE: Duration = Duration::from_millis(4);

/// How long a change may go on before it is looked at all the same.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often to look without having been told, in case the system keeps an event to itself.
pub const SECOND_LOOK: Duration = Duration::from_secs(30);

/// Waits for changes under a root.
pub struct Changes {
    root: PathBuf,
    poll: Option<Poll>,
    sender: Sender<Notice>,
    notices: Receiver<Notice>,
    // Held, not used: dropping it ends the watching.
    watcher: Option<RecommendedWatcher>,
}

/// Looking instead of being told.
struct Poll {
    interval: Duration,
    last: Snapshot,
}

/// What an event means.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Notice {
    changed: Changed,
    /// Whether the files are whole, as after a rename or after closing them.
    is_whole: bool,
    /// Whether a folder has come, in which files may stand that nothing was told of.
    has_folder: bool,
}

impl Changes {
    /// Begins to watch. With `poll`, files are looked at that often instead, for file systems that
    /// tell nothing of changes, such as network shares.
    ///
    /// # Errors
    /// The system can't watch: there is no such folder, or too much is being watched already.
    pub fn watch(root: &Path, poll: Option<Duration>) -> notify::Result<Self> {
        let (sender, notices) = channel();
        let poll = poll.map(|interval| Poll { interval, last: Snapshot::of(root) });
        let mut changes = Self { root: root.to_owned(), poll, sender, notices, watcher: None };
        if changes.poll.is_none() {
            changes.begin()?;
        }
        Ok(changes)
    }

    fn begin(&mut self) -> notify::Result<()> {
        let sender = self.sender.clone();
        let roots = Roots::new(&self.root);
        // Sending fails only when nobody waits any more.
        let tell = move |event: notify::Result<Event>| {
            if let Some(notice) = notice(&roots, event) {
                let _ = sender.send(notice);
            }
        };
        let mut watcher = RecommendedWatcher::new(tell, Config::default())?;
        // The root itself tells of a folder that comes or goes, but not of what is in the others.
        watcher.watch(&self.root, RecursiveMode::NonRecursive)?;
        for folder in FOLDERS.map(|name| self.root.join(name)) {
            if folder.is_dir() {
                watcher.watch(&folder, RecursiveMode::Recursive)?;
            }
        }
        self.watcher = Some(watcher);
        Ok(())
    }

    /// Waits until something has changed and it has become quiet, but not longer than `at_most`,
    /// and tells what may have changed.
    pub fn wait(&mut self, at_most: Duration) -> Changed {
        if let Some(poll) = &mut self.poll {
            return poll.wait(&self.root, at_most);
        }
        let (changed, has_folder) = match self.notices.recv_timeout(at_most) {
            Ok(first) => self.settle(first),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                (Changed::Everything, true)
            }
        };
        if has_folder {
            // Watching anew finds every folder, before the build looks at what is in them. If that
            // fails the old watcher goes on, and the second look finds the rest.
            let had = self.watcher.take();
            if self.begin().is_err() {
                self.watcher = had;
            }
        }
        changed
    }

    /// Takes in what else is told until it has been quiet for a while.
    fn settle(&self, first: Notice) -> (Changed, bool) {
        let begun = Instant::now();
        let (mut changed, mut has_folder) = (Changed::nothing(), false);
        let mut next = Some(first);
        while let Some(notice) = next {
            changed.extend(notice.changed);
            has_folder |= notice.has_folder;
            let quiet = if notice.is_whole { QUIET_ONCE_WHOLE } else { QUIET };
            let late = begun.elapsed() >= PATIENCE;
            next = if late { None } else { self.notices.recv_timeout(quiet).ok() };
        }
        (changed, has_folder)
    }
}

impl Poll {
    fn wait(&mut self, root: &Path, at_most: Duration) -> Changed {
        let begun = Instant::now();
        while begun.elapsed() < at_most {
            std::thread::sleep(self.interval);
            let now = Snapshot::of(root);
            let changed = now.since(&self.last);
            self.last = now;
            if changed != Changed::nothing() {
                return changed;
            }
        }
        Changed::Everything
    }
}

/// The names that the root may go by in events.
struct Roots {
    given: PathBuf,
    real: PathBuf,
}

impl Roots {
    fn new(root: &Path) -> Self {
        let real = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        Self { given: root.to_owned(), real }
    }

    /// A path of an event as seen from the root.
    fn below<'p>(&self, path: &'p Path) -> Option<&'p Path> {
        path.strip_prefix(&self.given).or_else(|_| path.strip_prefix(&self.real)).ok()
    }
}

/// What an event means for the site; none if nothing.
fn notice(roots: &Roots, event: notify::Result<Event>) -> Option<Notice> {
    let anything = Notice { changed: Changed::Everything, is_whole: false, has_folder: true };
    let Ok(event) = event else { return Some(anything) };
    // More happened than the system could keep in its queue.
    if event.need_rescan() {
        return Some(anything);
    }
    let is_whole = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        // Somebody reads: our own build reads every file.
        EventKind::Access(_) => return None,
        EventKind::Modify(ModifyKind::Name(_)) | EventKind::Remove(_) => true,
        _ => false,
    };
    let is_new =
        matches!(event.kind, EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)));
    let has_folder = is_new && event.paths.iter().any(|path| path.is_dir());
    let mut paths = BTreeSet::new();
    for path in &event.paths {
        let Some(below) = roots.below(path) else { return Some(anything) };
        // The output may stand below the root, and so may much else.
        if FOLDERS.iter().any(|folder| below.starts_with(folder)) {
            paths.insert(below.to_owned());
        }
    }
    (!paths.is_empty()).then_some(Notice { changed: Changed::Paths(paths), is_whole, has_folder })
}
