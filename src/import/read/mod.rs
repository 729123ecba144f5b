//! Files → [`Document`]: each reader knows one kind of file, and none knows what a plan is.
//!
//! Files come from anywhere, so nothing in them is believed: how much is read, unpacked and kept is
//! bounded ([`limits`]), nothing is run, and nothing is fetched.

mod bold;
mod decode;
mod fault;
mod grid;
mod kind;
mod numerals;
pub mod package;
pub mod sheet;
mod tally;
pub mod text;
mod web;
mod word;
mod xml;

use super::Document;
use crate::diagnostic::{Diagnostic, Place, faults};
use crate::limits;
use crate::words;
use kind::Kind;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The bytes of a file, bounded.
///
/// # Errors
/// It can't be read, or is too large.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Box<Diagnostic>> {
    let failed = |reason| Box::new(faults::cannot_read(Place::whole(path), &reason));
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(limits::SOURCE_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// Reads a notice from a file.
pub fn read(path: &Path) -> Result<Document, Box<Diagnostic>> {
    read_bytes(path, &bytes(path)?)
}

/// Reads a notice from the bytes of a file; the path is what it is known by.
pub fn read_bytes(path: &Path, bytes: &[u8]) -> Result<Document, Box<Diagnostic>> {
    if bytes.len() as u64 > limits::SOURCE_BYTES {
        let most = limits::SOURCE_BYTES / 1024 / 1024;
        let what = words!("超过{most} MB", "more than {most} MB");
        return Err(Box::new(faults::large_source(path, &what)));
    }
    let document = match kind::of(path, bytes)? {
        Kind::Word => word::read(path, bytes)?,
        Kind::Web => web::read(path, bytes)?,
        Kind::Workbook => sheet::read(path, bytes)?,
        Kind::Text => plain(path, bytes)?,
    };
    if document.blocks.is_empty() {
        return Err(Box::new(faults::empty_source(path)));
    }
    Ok(document)
}

/// Plain text in whatever encoding it was saved.
fn plain(path: &Path, bytes: &[u8]) -> Result<Document, Box<Diagnostic>> {
    if bytes.len() > limits::SOURCE_TEXT_BYTES {
        let most = limits::SOURCE_TEXT_BYTES / 1024 / 1024;
        let what = words!("文本超过{most} MB", "more than {most} MB of text");
        return Err(Box::new(faults::large_source(path, &what)));
    }
    let decoded = decode::decode(bytes, None);
    decode::check(&decoded.text).map_err(|fault| fault.told(path))?;
    let mut document = text::read(&decoded.text);
    decoded.remark(&mut document);
    Ok(document)
}
