//! Notices that files under a root have changed.
//!
//! A watcher only says *that* something changed; what to make of it is the build's affair, which
//! looks at everything and does only what is needed. So an event that is lost, doubled or out of
//! order does no harm: the next look sees the files as they are.

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Config, Event, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// The folders of a root whose files make the site.
const FOLDERS: [&str; 3] = ["data", "site", "themes"];

/// How long it has to be quiet before a change is taken as finished: editors save in several steps.
const QUIET: Duration = Duration::from_millis(25);

/// How long a change may go on before it is looked at all the same.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often to look without having been told, in case the system keeps an event to itself.
const SECOND_LOOK: Duration = Duration::from_secs(30);

/// Waits for changes under a root.
pub struct Changes {
    root: PathBuf,
    poll: Option<Duration>,
    sender: Sender<()>,
    events: Receiver<()>,
    // Held, not used: dropping it ends the watching.
    watcher: Option<Box<dyn Watcher + Send>>,
}

impl Changes {
    /// Begins to watch. With `poll`, files are looked at that often instead, for file systems that
    /// tell nothing of changes, such as network shares.
    ///
    /// # Errors
    /// The system can't watch: there is no such folder, or too much is being watched already.
    pub fn watch(root: &Path, poll: Option<Duration>) -> notify::Result<Self> {
        let (sender, events) = channel();
        let mut changes = Self { root: root.to_owned(), poll, sender, events, watcher: None };
        changes.begin()?;
        Ok(changes)
    }

    fn begin(&mut self) -> notify::Result<()> {
        let sender = self.sender.clone();
        // Sending fails only when nobody waits any more.
        let tell = move |event: notify::Result<Event>| {
            if event.as_ref().map_or(true, is_change) {
                let _ = sender.send(());
            }
        };
        let mut watcher: Box<dyn Watcher + Send> = match self.poll {
            Some(interval) => {
                let config = Config::default().with_poll_interval(interval);
                Box::new(PollWatcher::new(tell, config)?)
            }
            None => Box::new(RecommendedWatcher::new(tell, Config::default())?),
        };
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

    /// Waits until something has changed and it has become quiet, or until it is time for a second
    /// look.
    pub fn wait(&mut self) {
        match self.events.recv_timeout(SECOND_LOOK) {
            Ok(()) => self.settle(),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
        }
        // Folders may have come or gone; watching anew finds them. If that fails the old watcher
        // goes on, and the second look finds the rest.
        let had = self.watcher.take();
        if self.begin().is_err() {
            self.watcher = had;
        }
    }

    /// Takes in events until none has come for a while.
    fn settle(&self) {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if self.events.recv_timeout(QUIET).is_err() {
                return;
            }
        }
    }
}

/// Tells whether an event is more than somebody reading: our own build reads every file.
fn is_change(event: &Event) -> bool {
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        _ => true,
    }
}
