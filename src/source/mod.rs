//! Files → plans: finds unions and years, reads YAML with positions, and says of every fault where
//! it stands.
//!
//! ```text
//! data/union.yaml  data/2021/plan.yaml  data/2021/updates.yaml  data/2021/files/…
//! data/branches/library/union.yaml  data/branches/library/2021/…
//! ```

mod discover;
pub mod fields;
mod mistakes;
pub mod node;
mod pages;
mod people;
mod plan;
mod settings;
mod time;
mod union;
mod updates;

pub use discover::{Attachment, UnionFolder, YearFolder, discover};
pub use pages::{SitePage, read_site_pages, static_files};
pub use settings::{Settings, base_url, read_settings};

use crate::diagnostic::{Diagnostic, Place, Report, SourceFile, faults, shown_path};
use crate::limits;
use crate::plan::{Plan, Union};
use fields::Reader;
use node::Node;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// Reads the `union.yaml` of a folder. Paths in the report are relative to `root`.
pub fn read_union(root: &Path, folder: &UnionFolder) -> (Option<Union>, Report) {
    read_with(root, &folder.union_file, &union::KEYS, union::read)
}

/// Reads the `plan.yaml` and `updates.yaml` of a year.
pub fn read_plan(root: &Path, folder: &YearFolder, union: &Union) -> (Option<Plan>, Report) {
    let (plan, mut report) = read_with(root, &folder.plan_file, &plan::KEYS, |reader, node| {
        plan::read(reader, node, union, folder.year)
    });
    let Some(mut plan) = plan else {
        return (None, report);
    };
    if let Some(file) = &folder.updates_file {
        let (updates, faults) = read_with(root, file, &updates::KEYS, |reader, node| {
            Some(updates::read(reader, node, &plan))
        });
        plan.updates = updates.unwrap_or_default();
        report.extend(faults);
    }
    (Some(plan), report)
}

/// Reads a file and hands its nodes to `decode`. A file that is broken as YAML is mended in memory
/// where typists' habits explain the break, so that all its other faults are found too.
fn read_with<T>(
    root: &Path,
    path: &Path,
    keys: &[&str],
    decode: impl for<'a> FnOnce(&mut Reader<'a>, &Node<'a>) -> Option<T>,
) -> (Option<T>, Report) {
    let mut report = Report::default();
    let file = match read_text(root, path, limits::DATA_FILE_BYTES) {
        Ok(file) => file,
        Err(diagnostic) => {
            report.push(*diagnostic);
            return (None, report);
        }
    };
    mistakes::lost_comments(&file, &mut report);
    let broken = match node::parse(&file) {
        Ok(node) => return decode_with(&file, &node, report, decode),
        Err(diagnostic) => diagnostic,
    };
    let text = mistakes::mend(&file, keys, &mut report);
    let found = report.errors() > 0;
    let mended = SourceFile { path: file.path.clone(), text };
    match node::parse(&mended) {
        // Places are shown as typed, not as mended: the columns before a mended place agree.
        Ok(node) if found => {
            let (value, report) = decode_with(&file, &node, report, decode);
            (value, report)
        }
        Err(still) if found => {
            report.push(at_typed_line(&file, *still));
            (None, report)
        }
        _ => {
            report.push(*broken);
            (None, report)
        }
    }
}

fn decode_with<T>(
    file: &SourceFile,
    node: &Node<'_>,
    report: Report,
    decode: impl for<'a> FnOnce(&mut Reader<'a>, &Node<'a>) -> Option<T>,
) -> (Option<T>, Report) {
    let mut reader = Reader::new(file, report);
    let value = decode(&mut reader, node);
    (value, reader.finish())
}

/// Shows a fault of the mended text with the line as it was typed.
fn at_typed_line(file: &SourceFile, mut diagnostic: Diagnostic) -> Diagnostic {
    if let Some(Place { spot: Some(spot), .. }) = &diagnostic.place {
        diagnostic.place = Some(file.place(spot.span));
    }
    diagnostic
}

/// Reads a text file of at most `most` bytes, in UTF-8, with or without a byte order mark.
///
/// # Errors
/// A diagnostic that names the file: unreadable, too large, or in another encoding.
pub fn read_text(root: &Path, path: &Path, most: u64) -> Result<Arc<SourceFile>, Box<Diagnostic>> {
    let shown = shown_path(path.strip_prefix(root).unwrap_or(path));
    let place = || Place { path: shown.clone(), spot: None };
    let cannot = |reason| Box::new(faults::cannot_read(place(), &reason));
    let size = fs::metadata(path).map_err(cannot)?.len();
    if size > most {
        return Err(Box::new(faults::file_too_large(place(), size)));
    }
    let mut bytes = fs::read(path).map_err(cannot)?;
    if bytes.starts_with(&[0xef, 0xbb, 0xbf]) {
        bytes.drain(..3);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(SourceFile::new(shown, text)),
        Err(error) => Err(Box::new(faults::not_utf8(place(), likely_encoding(error.as_bytes())))),
    }
}

/// Names the encoding that bytes which are no UTF-8 are likely in.
fn likely_encoding(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return "UTF-16（“Unicode”）";
    }
    let mut position = 0;
    while position < bytes.len() {
        match bytes[position] {
            0..=0x7f => position += 1,
            0x81..=0xfe if matches!(bytes.get(position + 1), Some(0x40..=0xfe)) => position += 2,
            _ => return "别的编码",
        }
    }
    "GBK（“ANSI”）"
}
