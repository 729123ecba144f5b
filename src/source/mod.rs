//! Files → plans: finds unions and years, reads YAML with positions, and says of every fault where
//! it stands.
//!
//! ```text
//! data/union.yaml  data/2021/plan.yaml  data/2021/updates.yaml  data/2021/files/…
//! data/branches/library/union.yaml  data/branches/library/2021/…
//! ```

mod characters;
mod date;
mod discover;
pub mod fields;
mod mistakes;
pub mod node;
mod pages;
mod people;
mod plan;
mod settings;
mod site_folder;
mod spelling;
mod time;
mod union;
mod updates;

pub use discover::{Attachment, UnionFolder, YearFolder, discover, is_branch_id, is_meant_as};
pub use pages::{SitePage, read_site_pages, static_files};
pub use plan::years_in;
pub use settings::{Settings, base_url, read_settings};
pub use site_folder::look_over;
pub use spelling::{bare_name, half_width_digit, is_invisible};

use crate::diagnostic::{Diagnostic, Place, Report, SourceFile, Words, faults, shown_path};
use crate::limits;
use crate::plan::{Plan, Union};
use crate::words;
use fields::Reader;
use mistakes::Mended;
use node::Node;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

/// Reads the `union.yaml` of a folder. Paths in the report are relative to `root`.
pub fn read_union(root: &Path, folder: &UnionFolder) -> (Option<Union>, Report) {
    read_with(root, &folder.union_file, &union::KEYS, union::read)
}

/// Reads the `plan.yaml` and `updates.yaml` of a year.
pub fn read_plan(root: &Path, folder: &YearFolder, union: &Union) -> (Option<Plan>, Report) {
    PlanFiles::read(root, folder).understand(root, folder, union)
}

/// The `plan.yaml` and `updates.yaml` of a year as they lie on the disk, not yet understood.
#[derive(Debug)]
pub struct PlanFiles {
    plan: Result<Vec<u8>, Box<Diagnostic>>,
    updates: Option<Result<Vec<u8>, Box<Diagnostic>>>,
}

impl PlanFiles {
    /// Reads the files of a year.
    pub fn read(root: &Path, folder: &YearFolder) -> Self {
        let read = |path| read_bytes(root, path, limits::DATA_FILE_BYTES);
        Self { plan: read(&folder.plan_file), updates: folder.updates_file.as_deref().map(read) }
    }

    /// The bytes of both files, the second if there is one; none if one can't be read.
    pub fn bytes(&self) -> Option<(&[u8], Option<&[u8]>)> {
        let plan = self.plan.as_ref().ok()?;
        match &self.updates {
            Some(updates) => Some((plan, Some(updates.as_ref().ok()?))),
            None => Some((plan, None)),
        }
    }

    /// The plan that they hold, and every fault in them.
    pub fn understand(
        self,
        root: &Path,
        folder: &YearFolder,
        union: &Union,
    ) -> (Option<Plan>, Report) {
        let updates = self.updates.zip(folder.updates_file.as_deref());
        let updates = updates.map(|(read, path)| decode(root, path, read?));
        match self.plan.and_then(|bytes| decode(root, &folder.plan_file, bytes)) {
            Ok(file) => understand(&file, updates, folder.year, union),
            Err(diagnostic) => (None, Report::from(*diagnostic)),
        }
    }
}

/// Reads a text as if it were the `plan.yaml` of a year, with the `updates.yaml` that is there.
pub fn check_plan(
    root: &Path,
    folder: &YearFolder,
    union: &Union,
    file: &SourceFile,
) -> (Option<Plan>, Report) {
    let read = |path| read_text(root, path, limits::DATA_FILE_BYTES);
    understand(file, folder.updates_file.as_deref().map(read), folder.year, union)
}

fn understand(
    file: &SourceFile,
    updates: Option<Result<Arc<SourceFile>, Box<Diagnostic>>>,
    year: i32,
    union: &Union,
) -> (Option<Plan>, Report) {
    let (plan, mut report) =
        read_file(file, &plan::KEYS, |reader, node| plan::read(reader, node, union, year));
    let Some(mut plan) = plan else {
        return (None, report);
    };
    match updates {
        Some(Ok(file)) => {
            let (updates, faults) = read_file(&file, &updates::KEYS, |reader, node| {
                Some(updates::read(reader, node, &plan))
            });
            plan.updates = updates.unwrap_or_default();
            report.extend(faults);
        }
        Some(Err(diagnostic)) => report.push(*diagnostic),
        None => {}
    }
    (Some(plan), report)
}

/// How many lines of one file are set aside, at most, to read the others.
const LINES_SET_ASIDE: usize = 20;

/// Reads a file and hands its nodes to `decode`. A file that is broken as YAML, or reads as
/// something that nobody meant, is mended in memory where typists' habits explain it, so that all
/// its other faults are found too.
fn read_with<T>(
    root: &Path,
    path: &Path,
    keys: &[&str],
    decode: impl for<'a> FnMut(&mut Reader<'a>, &Node<'a>) -> Option<T>,
) -> (Option<T>, Report) {
    match read_text(root, path, limits::DATA_FILE_BYTES) {
        Ok(file) => read_file(&file, keys, decode),
        Err(diagnostic) => (None, Report::from(*diagnostic)),
    }
}

/// Hands the nodes of a file to `decode`, as [`read_with`] does.
fn read_file<T>(
    file: &SourceFile,
    keys: &[&str],
    mut decode: impl for<'a> FnMut(&mut Reader<'a>, &Node<'a>) -> Option<T>,
) -> (Option<T>, Report) {
    let parsed = node::read(file);
    let mut plain = Reader::new(file, Report::default()).with_keys(keys);
    let value = match &parsed {
        Ok(document) => {
            plain.comments(document);
            decode(&mut plain, &document.root)
        }
        Err(_) => None,
    };
    if parsed.is_ok() && !plain.garbled {
        return (value, plain.finish());
    }
    if file.text.len() > limits::MENDED_BYTES {
        plain.report.extend(parsed.err().map(|fault| Report::from(*fault)).unwrap_or_default());
        return (value, plain.finish());
    }
    let mut reader = Reader::new(file, Report::default()).with_keys(keys);
    let mended = mistakes::mend(&mut reader);
    if parsed.is_ok() && !mended.found {
        return (value, plain.finish());
    }
    read_mended(reader, mended, decode)
}

/// Reads a file that was mended; lines that still can't be read are reported and set aside.
fn read_mended<T>(
    mut reader: Reader<'_>,
    mut mended: Mended,
    mut decode: impl for<'a> FnMut(&mut Reader<'a>, &Node<'a>) -> Option<T>,
) -> (Option<T>, Report) {
    let mut aside = 0;
    for _ in 0..LINES_SET_ASIDE {
        let text = SourceFile { path: reader.file.path.clone(), text: mended.text.clone() };
        let fault = match node::read(&text) {
            Ok(mut document) => {
                mended.retrace(&mut document);
                let mut reader = reader;
                reader.comments(&document);
                let value = decode(&mut reader, &document.root);
                return (value, reader.finish());
            }
            Err(fault) => fault,
        };
        let Some(span) = fault.place.as_ref().and_then(|place| place.spot.as_ref()).map(|s| s.span)
        else {
            break;
        };
        reader.gaps = true;
        // A break that goes on from line to line is one break.
        if span.line != aside + 1 || aside == 0 {
            reader.fault(|place| Diagnostic { place: Some(place), ..*fault }, mended.typed(span));
        }
        aside = span.line;
        if !mended.set_aside(span.line) {
            break;
        }
    }
    (None, reader.finish())
}

/// Reads a text file of at most `most` bytes, in UTF-8, with or without a byte order mark.
///
/// # Errors
/// A diagnostic that names the file: unreadable, too large, or in another encoding.
pub fn read_text(root: &Path, path: &Path, most: u64) -> Result<Arc<SourceFile>, Box<Diagnostic>> {
    decode(root, path, read_bytes(root, path, most)?)
}

fn read_bytes(root: &Path, path: &Path, most: u64) -> Result<Vec<u8>, Box<Diagnostic>> {
    let cannot = |reason| Box::new(faults::cannot_read(place(root, path), &reason));
    let found = fs::metadata(path).map_err(cannot)?;
    // To open a pipe would wait for whoever writes to it.
    if !found.is_file() && !found.is_dir() {
        return Err(Box::new(faults::no_regular_file(place(root, path))));
    }
    let mut bytes = Vec::with_capacity(found.len().min(most).try_into().unwrap_or(0));
    // It may grow while it is read.
    let file = File::open(path).map_err(cannot)?;
    file.take(most + 1).read_to_end(&mut bytes).map_err(cannot)?;
    if bytes.len() as u64 > most {
        let size = found.len().max(most + 1);
        return Err(Box::new(faults::file_too_large(place(root, path), size, most)));
    }
    Ok(bytes)
}

/// Refuses a path below a root that leads out of it by symbolic links.
///
/// # Errors
/// It leads out; the diagnostic names it.
pub fn refuse_link(root: &Path, path: &Path) -> Result<(), Box<Diagnostic>> {
    match leads_out(root, path) {
        true => Err(Box::new(faults::link_leads_out(place(root, path)))),
        false => Ok(()),
    }
}

/// Tells whether a path below a root leads out of it by symbolic links. One that leads nowhere, or
/// to where nobody may look, does not.
pub fn leads_out(root: &Path, path: &Path) -> bool {
    let real = path.canonicalize();
    real.is_ok_and(|real| root.canonicalize().is_ok_and(|root| !real.starts_with(root)))
}

fn place(root: &Path, path: &Path) -> Place {
    Place { path: shown_path(path.strip_prefix(root).unwrap_or(path)), spot: None }
}

/// The text of a file that was read.
fn decode(
    root: &Path,
    path: &Path,
    mut bytes: Vec<u8>,
) -> Result<Arc<SourceFile>, Box<Diagnostic>> {
    let Place { path: shown, .. } = place(root, path);
    if bytes.starts_with(&[0xef, 0xbb, 0xbf]) {
        bytes.drain(..3);
    }
    match String::from_utf8(bytes) {
        // Lines end as they please: LF, CRLF, or CR alone.
        Ok(text) if text.contains('\r') => {
            Ok(SourceFile::new(shown, text.replace("\r\n", "\n").replace('\r', "\n")))
        }
        Ok(text) => Ok(SourceFile::new(shown, text)),
        Err(error) => {
            let encoding = likely_encoding(error.as_bytes());
            Err(Box::new(faults::not_utf8(place(root, path), &encoding)))
        }
    }
}

/// Tells whether there surely is no file or folder at a path. Where looking fails, for want of
/// permission or since a share has gone, there may be one: reading it will tell what is the matter,
/// and nothing is built as if it were not there.
pub fn is_absent(path: &Path) -> bool {
    use std::io::ErrorKind::{NotADirectory, NotFound};
    fs::metadata(path).is_err_and(|error| matches!(error.kind(), NotFound | NotADirectory))
}

/// Names the encoding that bytes which are no UTF-8 are likely in.
fn likely_encoding(bytes: &[u8]) -> Words {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return words!("UTF-16（记事本里叫“Unicode”）", "UTF-16 (“Unicode” in Notepad)");
    }
    let mut position = 0;
    while position < bytes.len() {
        match bytes[position] {
            0..=0x7f => position += 1,
            0x81..=0xfe if matches!(bytes.get(position + 1), Some(0x40..=0xfe)) => position += 2,
            _ => {
                return words!("别的编码或者不是文本文件", "another encoding, or no text at all");
            }
        }
    }
    words!("GBK（记事本里叫“ANSI”）", "GBK (“ANSI” in Notepad)")
}

#[cfg(test)]
mod tests {
    use super::likely_encoding;

    #[test]
    fn an_encoding_is_guessed_from_its_bytes() {
        let guess = |bytes: &[u8]| likely_encoding(bytes).en;
        assert!(guess(b"\xff\xfet\0").starts_with("UTF-16"));
        assert!(guess(b"\xfe\xff\0t").starts_with("UTF-16"));
        assert!(guess(b"title: \xb9\xa4\xbb\xe1").starts_with("GBK"));
        assert!(guess(b"title: \xff\x01").starts_with("another"));
        assert!(guess(b"title: \xb9").starts_with("another"));
    }
}
