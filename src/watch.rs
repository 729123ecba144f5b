//! Notices which files under a root have changed.
//!
//! A watcher says what may have changed; what to make of it is the build's affair. An event that is
//! doubled or out of order does no harm, and one that is lost does none for long: whenever there
//! is doubt, and twice a minute without any, all is taken to have changed.

mod poll;

use self::poll::Snapshot;
use crate::build::Changed;
use crate::{limits, source};
use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{Config, ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};
use walkdir::{DirEntry, WalkDir};

/// The folders of a root whose files make the site.
const FOLDERS: [&str; 3] = ["data", "site", "themes"];

/// How long it has to be quiet before a change is taken as finished: editors save in several steps.
const QUIET: Duration = Duration::from_millis(25);

/// How long it has to be quiet once a file has been closed or renamed: it is whole then, and only
/// the rest of a burst may follow.
const QUIET_ONCE_WHOLE: Duration = Duration::from_millis(4);

/// How long a change may go on before it is looked at all the same.
const PATIENCE: Duration = Duration::from_millis(500);

/// How long to wait for a file to be closed that somebody is writing, such as a large copy.
const PATIENCE_WITH_WRITERS: Duration = Duration::from_secs(20);

/// How often to look without having been told, in case the system keeps an event to itself.
pub const SECOND_LOOK: Duration = Duration::from_secs(30);

/// Waits for changes under a root.
pub struct Changes {
    root: PathBuf,
    poll: Option<Poll>,
    sender: Sender<Notice>,
    notices: Receiver<Notice>,
    /// When all was taken to have changed for the last time.
    looked: Instant,
    /// Whether a folder can be reached by two ways, of which events name only one.
    has_links: bool,
    /// Whether not all folders are watched.
    is_partial: bool,
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
    /// Whether somebody has begun to write the files and will close them.
    is_begun: bool,
    /// Whether the files are whole, as after a rename or after closing them.
    is_whole: bool,
    /// Whether a folder has come, in which files may stand that nothing was told of, or a link.
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
        let mut changes = Self {
            root: root.to_owned(),
            poll,
            sender,
            notices,
            looked: Instant::now(),
            has_links: false,
            is_partial: false,
            watcher: None,
        };
        if changes.poll.is_none() {
            changes.begin()?;
        }
        Ok(changes)
    }

    fn begin(&mut self) -> notify::Result<()> {
        let sender = self.sender.clone();
        let links = Links::below(&self.root);
        self.has_links = links.any;
        self.is_partial = false;
        let roots = Roots::new(&self.root, links.targets.clone());
        // Sending fails only when nobody waits any more.
        let tell = move |event: notify::Result<Event>| {
            if let Some(notice) = notice(&roots, event) {
                let _ = sender.send(notice);
            }
        };
        // A link may lead anywhere; those that are read are watched by themselves.
        let mut watcher =
            RecommendedWatcher::new(tell, Config::default().with_follow_symlinks(false))?;
        // The root itself tells of a folder that comes or goes, but not of what is in the others.
        watcher.watch(&self.root, RecursiveMode::NonRecursive)?;
        for folder in FOLDERS.map(|name| self.root.join(name)) {
            if folder.is_dir() {
                self.is_partial |= !watch_below(&mut watcher, &folder)?;
            }
        }
        for target in links.targets {
            self.is_partial |= match target.parent() {
                _ if target.is_dir() => !watch_below(&mut watcher, &target)?,
                // An editor may put another file in the place of a linked one.
                Some(folder) => watcher.watch(folder, RecursiveMode::NonRecursive).is_err(),
                None => false,
            };
        }
        self.watcher = Some(watcher);
        Ok(())
    }

    /// Waits until something has changed and it has become quiet, but not longer than `at_most`,
    /// and tells what may have changed.
    pub fn wait(&mut self, at_most: Duration) -> Changed {
        let at_most = at_most.min(SECOND_LOOK.saturating_sub(self.looked.elapsed()));
        let mut changed = match &mut self.poll {
            Some(poll) => poll.wait(&self.root, at_most),
            None => self.hear(at_most),
        };
        if self.looked.elapsed() >= SECOND_LOOK || self.has_links {
            changed = Changed::Everything;
        }
        if changed == Changed::Everything {
            self.looked = Instant::now();
        }
        changed
    }

    /// Waits for events.
    fn hear(&mut self, at_most: Duration) -> Changed {
        let (changed, has_folder) = match self.notices.recv_timeout(at_most) {
            Ok(first) => self.settle(first),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                (Changed::Everything, self.is_partial)
            }
        };
        if has_folder {
            // Watching anew finds every folder, before the build looks at what is in them. If that
            // fails the old watcher goes on, and the second look finds the rest.
            let had = self.watcher.take();
            if self.begin().is_err() {
                self.is_partial = true;
                self.watcher = had;
            }
        }
        changed
    }

    /// Takes in what else is told until it has been quiet for a while, and no file is open that
    /// somebody writes.
    fn settle(&self, first: Notice) -> (Changed, bool) {
        let begun = Instant::now();
        let (mut changed, mut has_folder) = (Changed::nothing(), false);
        let mut written: BTreeSet<PathBuf> = BTreeSet::new();
        let mut next = Some(first);
        while let Some(notice) = next {
            match &notice.changed {
                Changed::Paths(paths) if notice.is_begun => written.extend(paths.iter().cloned()),
                Changed::Paths(paths) => written.retain(|path| !paths.contains(path)),
                Changed::Everything => written.clear(),
            }
            changed.extend(notice.changed);
            has_folder |= notice.has_folder;
            let left = match written.is_empty() {
                true => PATIENCE.saturating_sub(begun.elapsed()),
                false => PATIENCE_WITH_WRITERS.saturating_sub(begun.elapsed()),
            };
            let quiet = match (written.is_empty(), notice.is_whole) {
                (true, true) => QUIET_ONCE_WHOLE,
                (true, false) => QUIET,
                (false, _) => left,
            };
            next = if left.is_zero() { None } else { self.notices.recv_timeout(quiet).ok() };
        }
        (changed, has_folder)
    }
}

impl Poll {
    /// Looks until something has changed and then stays the same for a moment.
    fn wait(&mut self, root: &Path, at_most: Duration) -> Changed {
        let begun = Instant::now();
        let mut changed = Changed::nothing();
        while begun.elapsed() < at_most {
            let is_new = changed == Changed::nothing();
            std::thread::sleep(if is_new { self.interval } else { self.interval / 4 });
            let now = Snapshot::of(root);
            let more = now.since(&self.last);
            self.last = now;
            if more == Changed::nothing() && !is_new {
                return changed;
            }
            changed.extend(more);
        }
        Changed::Everything
    }
}

/// Watches a folder with all that is below it, but for folders that may not be looked into: the
/// build says what is to be said of those. Tells whether all is watched.
fn watch_below(watcher: &mut RecommendedWatcher, folder: &Path) -> notify::Result<bool> {
    match watcher.watch(folder, RecursiveMode::Recursive) {
        Err(error) if is_forbidden(&error) => {}
        watched => return watched.map(|()| true),
    }
    for entry in WalkDir::new(folder).into_iter().flatten().filter(|e| e.file_type().is_dir()) {
        match watcher.watch(entry.path(), RecursiveMode::NonRecursive) {
            Err(error) if !is_forbidden(&error) => return Err(error),
            _ => {}
        }
    }
    Ok(false)
}

fn is_forbidden(error: &notify::Error) -> bool {
    let ErrorKind::Io(reason) = &error.kind else { return false };
    reason.kind() == io::ErrorKind::PermissionDenied
}

/// The symbolic links below the folders of a root.
#[derive(Default)]
struct Links {
    /// Whether there are any.
    any: bool,
    /// What they lead to within the root, which a change may come from unseen.
    targets: BTreeSet<PathBuf>,
}

impl Links {
    fn below(root: &Path) -> Self {
        let mut links = Self::default();
        for folder in FOLDERS {
            let walk = WalkDir::new(root.join(folder)).max_depth(limits::FOLDER_DEPTH);
            // Links that lead out are not followed by the build either.
            let is_read = |entry: &DirEntry| {
                !entry.path_is_symlink() || !source::leads_out(root, entry.path())
            };
            for entry in walk.follow_links(true).into_iter().filter_entry(is_read) {
                let (path, is_there) = match &entry {
                    Ok(entry) => (entry.path(), true),
                    Err(error) => (error.path().unwrap_or(root), false),
                };
                if path.is_symlink() {
                    links.any = true;
                    links.targets.extend(path.canonicalize().ok().filter(|_| is_there));
                }
            }
        }
        links
    }
}

/// The names that the root may go by in events, and what else belongs to it.
struct Roots {
    given: PathBuf,
    real: PathBuf,
    linked: BTreeSet<PathBuf>,
}

impl Roots {
    fn new(root: &Path, linked: BTreeSet<PathBuf>) -> Self {
        let real = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        Self { given: root.to_owned(), real, linked }
    }

    /// A path of an event as seen from the root.
    fn below<'p>(&self, path: &'p Path) -> Option<&'p Path> {
        path.strip_prefix(&self.given).or_else(|_| path.strip_prefix(&self.real)).ok()
    }
}

/// What an event means for the site; none if nothing.
fn notice(roots: &Roots, event: notify::Result<Event>) -> Option<Notice> {
    let anything =
        Notice { changed: Changed::Everything, is_begun: false, is_whole: false, has_folder: true };
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
    let is_begun = match event.kind {
        EventKind::Modify(ModifyKind::Data(_)) => TELLS_OF_CLOSING,
        EventKind::Create(_) => TELLS_OF_CLOSING && event.paths.iter().all(|path| is_open(path)),
        _ => false,
    };
    let is_new =
        matches!(event.kind, EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)));
    let has_folder = is_new && event.paths.iter().any(|path| path.is_dir() || path.is_symlink());
    let mut paths = BTreeSet::new();
    for path in &event.paths {
        let Some(below) = roots.below(path) else { return Some(anything) };
        // The output may stand below the root, and so may much else.
        if FOLDERS.iter().any(|folder| below.starts_with(folder)) {
            paths.insert(below.to_owned());
        } else if roots.linked.iter().any(|linked| path.starts_with(linked)) {
            let changed = Changed::Everything;
            return Some(Notice { changed, is_begun: false, is_whole, has_folder });
        }
    }
    let changed = Changed::Paths(paths);
    (changed != Changed::nothing()).then_some(Notice { changed, is_begun, is_whole, has_folder })
}

/// Linux alone tells when a file that was written has been closed.
const TELLS_OF_CLOSING: bool = cfg!(target_os = "linux");

/// Tells whether what has come is a file that somebody writes, rather than a folder, a link or a
/// second name of a file, which nobody will close.
#[cfg(unix)]
fn is_open(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    path.symlink_metadata().is_ok_and(|found| found.is_file() && found.nlink() == 1)
}

#[cfg(not(unix))]
fn is_open(_: &Path) -> bool {
    false
}
