//! What a plan's pages depend on, as a key: while it stays the same, they need not be made again.

use crate::fingerprint::Fingerprint;
use crate::site::UnionFrame;
use crate::source::YearFolder;
use crate::theme::Theme;
use std::fs;
use std::path::Path;

/// What all plans depend on.
#[derive(Debug, Clone)]
pub struct Keys {
    shared: Fingerprint,
}

impl Keys {
    /// Begins with the program and the theme.
    pub fn new(theme: &Theme) -> Self {
        let mut shared = Fingerprint::default();
        shared.add(env!("CARGO_PKG_VERSION").as_bytes());
        // A program that has been built anew may render otherwise.
        if let Ok(program) = std::env::current_exe() {
            add_metadata(&mut shared, &program);
        }
        shared.add(&theme.fingerprint.to_le_bytes());
        Self { shared }
    }

    /// The key of a plan; none if its files can't be read, which the reading itself will report.
    pub fn of(&self, frame: &UnionFrame<'_>, folder: &YearFolder) -> Option<u128> {
        let mut key = self.shared.clone();
        // The debug form names every field of the union, the site and the years beside this one.
        key.add(format!("{frame:?}").as_bytes());
        key.add(&fs::read(&folder.plan_file).ok()?);
        match &folder.updates_file {
            Some(file) => key.add(&fs::read(file).ok()?),
            None => key.add(b"no updates"),
        }
        for attachment in &folder.attachments {
            key.add(attachment.name.as_bytes());
            add_metadata(&mut key, &attachment.source);
        }
        Some(key.value())
    }
}

fn add_metadata(key: &mut Fingerprint, path: &Path) {
    if let Ok(metadata) = fs::metadata(path) {
        key.add(format!("{} {:?}", metadata.len(), metadata.modified().ok()).as_bytes());
    }
}
