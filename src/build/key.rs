//! What a plan's pages depend on, as a key: while it stays the same, they need not be made again.

use crate::site::UnionFrame;
use crate::source::YearFolder;
use crate::theme::Theme;
use std::fs;
use std::path::Path;

/// Hashes of everything that all plans depend on.
#[derive(Debug, Clone)]
pub struct Keys {
    shared: blake3::Hasher,
}

impl Keys {
    /// Begins with the program and the theme.
    pub fn new(theme: &Theme) -> Self {
        let mut shared = blake3::Hasher::new();
        shared.update(env!("CARGO_PKG_VERSION").as_bytes());
        // A program that has been built anew may render otherwise.
        if let Ok(program) = std::env::current_exe() {
            add_metadata(&mut shared, &program);
        }
        shared.update(&theme.fingerprint.to_le_bytes());
        Self { shared }
    }

    /// The key of a plan; none if its files can't be read, which the reading itself will report.
    pub fn of(&self, frame: &UnionFrame<'_>, folder: &YearFolder) -> Option<u128> {
        let mut hasher = self.shared.clone();
        // The debug form names every field of the union, the site and the years beside this one.
        add(&mut hasher, format!("{frame:?}").as_bytes());
        add(&mut hasher, &fs::read(&folder.plan_file).ok()?);
        match &folder.updates_file {
            Some(file) => add(&mut hasher, &fs::read(file).ok()?),
            None => add(&mut hasher, b"no updates"),
        }
        for attachment in &folder.attachments {
            add(&mut hasher, attachment.name.as_bytes());
            add_metadata(&mut hasher, &attachment.source);
        }
        let mut half = [0; 16];
        half.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        Some(u128::from_le_bytes(half))
    }
}

/// Adds bytes with their length, so that no two sequences of them can be taken for each other.
fn add(hasher: &mut blake3::Hasher, bytes: &[u8]) {
    hasher.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
}

fn add_metadata(hasher: &mut blake3::Hasher, path: &Path) {
    if let Ok(metadata) = fs::metadata(path) {
        add(hasher, format!("{} {:?}", metadata.len(), metadata.modified().ok()).as_bytes());
    }
}
