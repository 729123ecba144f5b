//! Whether two sites are the same site: pages, their sizes, their texts, and the calendars beside
//! them.

use super::Result;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;

/// How many pages of a hundred one tool may have more or fewer than the other.
const PAGES: f64 = 0.01;
/// By how much the mean size of a page may differ.
const SIZE: f64 = 0.2;

/// What a site is made of.
pub struct Site {
    /// Pages.
    pub pages: usize,
    /// Mean bytes of a page.
    pub mean_bytes: f64,
    texts: BTreeMap<String, blake3::Hash>,
    calendars: BTreeMap<String, blake3::Hash>,
}

impl Site {
    /// Looks at every page and every calendar of a site.
    #[allow(clippy::cast_precision_loss)] // for reading
    pub fn read(out: &Path) -> Result<Self> {
        let (mut texts, mut calendars) = (BTreeMap::new(), BTreeMap::new());
        let mut bytes = 0;
        for entry in walkdir::WalkDir::new(out) {
            let entry = entry?;
            let path = entry.path().strip_prefix(out)?.to_string_lossy().into_owned();
            match entry.path().extension().and_then(OsStr::to_str) {
                Some("html") => {
                    let page = fs::read_to_string(entry.path())?;
                    bytes += page.len();
                    texts.insert(path, blake3::hash(visible(&page).as_bytes()));
                }
                Some("ics") => {
                    let calendar = unfolded(&fs::read_to_string(entry.path())?);
                    calendars.insert(path, blake3::hash(calendar.as_bytes()));
                }
                _ => {}
            }
        }
        let pages = texts.len();
        Ok(Self { pages, mean_bytes: bytes as f64 / pages.max(1) as f64, texts, calendars })
    }

    /// Pages at the same path with the same text as in another site.
    pub fn same_text(&self, other: &Self) -> usize {
        let same = |(path, text): &(&String, &blake3::Hash)| other.texts.get(*path) == Some(*text);
        self.texts.iter().filter(same).count()
    }

    /// An error where the sites differ by more than measuring them beside each other allows.
    #[allow(clippy::cast_precision_loss)] // for comparing
    pub fn insist(&self, name: &str, other: &Self, other_name: &str) -> Result<()> {
        let far = |a: f64, b: f64, most: f64| (a - b).abs() > most * b;
        let (pages, others) = (self.pages as f64, other.pages as f64);
        if far(pages, others, PAGES) || far(self.mean_bytes, other.mean_bytes, SIZE) {
            let of = |site: &Self| format!("{} pages of {:.0} bytes", site.pages, site.mean_bytes);
            let (own, theirs) = (of(self), of(other));
            return Err(
                format!("the sites are not alike: {name} {own}, {other_name} {theirs}").into()
            );
        }
        let of = |site: &Self| site.calendars.len();
        let same = |path: &&String| self.calendars.get(*path) == other.calendars.get(*path);
        let alike = other.calendars.keys().filter(same).count();
        if alike < of(other) || of(self) > of(other) {
            return Err(format!(
                "the calendars are not alike: {name} has {}, {alike} of {other_name}'s {} the same",
                of(self),
                of(other)
            )
            .into());
        }
        Ok(())
    }
}

/// The lines of a calendar as its readers put them together, with ids up to the site's own part,
/// which is a hash of the tool's choice.
fn unfolded(calendar: &str) -> String {
    let whole = calendar.replace("\r\n ", "");
    let line = |line: &str| match line.split_once('@') {
        Some((id, _)) if id.starts_with("UID:") => id.to_owned(),
        _ => line.to_owned(),
    };
    whole.split("\r\n").map(line).collect::<Vec<_>>().join("\n")
}

/// What a reader sees of a page: its text without tags and blanks.
fn visible(page: &str) -> String {
    let mut text = String::with_capacity(page.len() / 2);
    let mut rest = page;
    while let Some(open) = rest.find('<') {
        text.extend(rest[..open].split_whitespace());
        rest = rest[open..].find('>').map_or("", |close| &rest[open + close + 1..]);
    }
    text.extend(rest.split_whitespace());
    for (entity, plain) in [("&#12288;", ""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">")] {
        if text.contains(entity) {
            text = text.replace(entity, plain);
        }
    }
    text
}
