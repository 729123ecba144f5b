//! What pages depend on, as a key: while it stays the same, they need not be made again.

use crate::fingerprint::Fingerprint;
use crate::publish::Manner;
use crate::search::files::Listed;
use crate::site::UnionFrame;
use crate::site::pages::union::YearLine;
use crate::source::{Attachment, PlanFiles, SitePage, YearFolder};
use crate::theme::Theme;
use std::fs;
use std::sync::LazyLock;

/// The program's file as it was at the first build, even if it is replaced while this process runs: a
/// program that has been built anew may render otherwise.
static PROGRAM: LazyLock<String> = LazyLock::new(|| {
    let program = std::env::current_exe().and_then(fs::metadata);
    program.map(|found| described(&found)).unwrap_or_default()
});

/// What all files depend on: the program, the theme and the manner of publishing.
#[derive(Debug, Clone)]
pub struct SiteKey(Fingerprint);

/// What all pages of a union depend on.
#[derive(Debug, Clone)]
pub struct UnionKey(Fingerprint);

impl SiteKey {
    /// The key of this program with a theme and a manner of publishing.
    pub fn new(theme: &Theme, manner: Manner) -> Self {
        let mut key = Fingerprint::default();
        key.add(env!("CARGO_PKG_VERSION").as_bytes());
        key.add(PROGRAM.as_bytes());
        key.add(&theme.fingerprint.to_le_bytes());
        key.add(&[u8::from(manner.compress)]);
        Self(key)
    }

    /// The key of a union.
    pub fn union(&self, frame: &UnionFrame<'_>) -> UnionKey {
        let mut key = self.0.clone();
        // The debug form names every field of the union, the site and the years.
        key.add(format!("{frame:?}").as_bytes());
        UnionKey(key)
    }

    /// The key of all that belongs to no plan.
    pub fn own<'u>(
        &self,
        unions: impl Iterator<Item = (&'u UnionKey, &'u [YearLine])>,
        pages: &[SitePage],
        statics: &[Attachment],
    ) -> u128 {
        let mut key = self.0.clone();
        for (union, lines) in unions {
            key.add(&union.0.value().to_le_bytes());
            key.add(format!("{lines:?}").as_bytes());
        }
        key.add(format!("{pages:?}").as_bytes());
        add_attachments(&mut key, statics);
        key.value()
    }

    /// The key of a chunk of what can be found, from the keys of its plans and the pages in it.
    pub fn chunk(&self, plans: &[u128], pages: &[SitePage]) -> u128 {
        let mut key = self.0.clone();
        plans.iter().for_each(|plan| key.add(&plan.to_le_bytes()));
        for page in pages {
            key.add(format!("{page:?}").as_bytes());
        }
        key.value()
    }

    /// The key of the index of all chunks.
    pub fn index(&self, chunks: &[Listed]) -> u128 {
        let mut key = self.0.clone();
        for Listed { name, version } in chunks {
            key.add(name.as_bytes());
            key.add(version.as_bytes());
        }
        key.value()
    }
}

impl UnionKey {
    /// The key of a plan whose files have the fingerprint `files`.
    pub fn plan(&self, files: u128) -> u128 {
        let mut key = self.0.clone();
        key.add(&files.to_le_bytes());
        key.value()
    }
}

/// The fingerprint of a plan's files; none if they can't be read, which will be reported where they
/// are understood.
pub fn plan_files(folder: &YearFolder, read: &PlanFiles) -> Option<u128> {
    let (plan, updates) = read.bytes()?;
    let mut files = Fingerprint::default();
    files.add(plan);
    files.add(updates.unwrap_or(b"no updates"));
    add_attachments(&mut files, &folder.attachments);
    Some(files.value())
}

/// Attachments may be large: their size and time stamps stand for their content.
fn add_attachments(key: &mut Fingerprint, attachments: &[Attachment]) {
    for attachment in attachments {
        key.add(attachment.name.as_bytes());
        if let Ok(metadata) = fs::metadata(&attachment.source) {
            key.add(described(&metadata).as_bytes());
            key.add(last_change(&metadata).as_bytes());
        }
    }
}

fn described(metadata: &fs::Metadata) -> String {
    format!("{} {:?}", metadata.len(), metadata.modified().ok())
}

/// When a file was last given a content or a name, where the system keeps that. Unlike the time
/// stamp nobody can set it: two photos of one size and time may change names.
#[cfg(unix)]
fn last_change(metadata: &fs::Metadata) -> String {
    use std::os::unix::fs::MetadataExt;
    format!("{}.{}", metadata.ctime(), metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn last_change(_: &fs::Metadata) -> &'static str {
    ""
}
