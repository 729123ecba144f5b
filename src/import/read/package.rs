//! A packed document (.docx, .xlsx): its parts by name, within bounds.
//!
//! What an archive says of itself is not believed: what counts is how many bytes really come out.

use crate::diagnostic::{Diagnostic, Words, faults};
use crate::limits;
use crate::words;
use std::collections::HashMap;
use std::io::{Cursor, Read, copy, sink};
use std::path::Path;
use zip::ZipArchive;
use zip::result::ZipError;

/// The first bytes of an archive with something in it.
pub const SIGNATURE: &[u8] = b"PK\x03\x04";

/// The first bytes of a compound file: an office document of the kind before 2007, or a locked one.
pub const COMPOUND_SIGNATURE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// An archive in memory.
#[derive(Debug)]
pub struct Package<'a> {
    path: &'a Path,
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Where each part is, by its name as [`folded`] has it.
    places: HashMap<String, usize>,
    /// How many more bytes may be unpacked.
    left: u64,
}

impl<'a> Package<'a> {
    /// Opens an archive. Nothing is unpacked yet.
    pub fn open(path: &'a Path, bytes: &'a [u8]) -> Result<Self, Box<Diagnostic>> {
        if is_locked(bytes) {
            return Err(Box::new(faults::locked_source(path)));
        }
        // Both are counted before the archive is read, so that a forged list takes no memory.
        let parts = memchr::memmem::find_iter(bytes, b"PK\x01\x02").count();
        if parts > limits::ARCHIVE_PARTS {
            return Err(large(path, words!("压缩包里有{parts}个部分", "{parts} parts")));
        }
        let window = &bytes[bytes.len().saturating_sub(COMMENT_BYTES)..];
        match memchr::memmem::find_iter(window, b"PK\x05\x06").count() {
            0 => {
                return Err(damaged(
                    path,
                    words!("没有结尾，可能没有下载完", "its end is missing"),
                ));
            }
            ends if ends > MOST_ENDS => return Err(damaged(path, unreadable())),
            _ => {}
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| fault(path, &error))?;
        let mut package =
            Self { path, archive, places: HashMap::new(), left: limits::UNPACKED_BYTES };
        package.list(bytes.len())?;
        Ok(package)
    }

    /// Looks over the names and sizes of all parts.
    fn list(&mut self, length: usize) -> Result<(), Box<Diagnostic>> {
        let twice = || words!("有两个同名的部分", "two parts have one name");
        if self.archive.has_duplicate_names() {
            return Err(damaged(self.path, twice()));
        }
        let mut packed: u64 = 0;
        for index in 0..self.archive.len() {
            let part =
                self.archive.by_index_raw(index).map_err(|error| fault(self.path, &error))?;
            if part.encrypted() {
                return Err(Box::new(faults::locked_source(self.path)));
            }
            packed = packed.saturating_add(part.compressed_size());
            let name = part.name().map_err(|error| fault(self.path, &error))?;
            if self.places.insert(folded(&name), index).is_some() {
                return Err(damaged(self.path, twice()));
            }
        }
        // Parts that share their bytes would be unpacked many times over.
        if packed > u64::try_from(length).unwrap_or(u64::MAX) {
            return Err(damaged(self.path, words!("各部分互相重叠", "its parts overlap")));
        }
        Ok(())
    }

    /// The names of all parts as they are asked for, in no order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(String::as_str)
    }

    /// Tells whether there is a part of that name.
    pub fn has(&self, name: &str) -> bool {
        self.places.contains_key(&folded(name))
    }

    /// The content of a part; none where there is no such part. All that is unpacked of a package
    /// counts towards its bound.
    pub fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Box<Diagnostic>> {
        let Some(&index) = self.places.get(&folded(name)) else {
            return Ok(None);
        };
        let mut content = Vec::new();
        self.unpack(index, |part| part.read_to_end(&mut content).map(|read| read as u64))?;
        Ok(Some(content))
    }

    /// Unpacks a part into something and counts what comes out.
    fn unpack(
        &mut self,
        index: usize,
        take: impl FnOnce(&mut dyn Read) -> std::io::Result<u64>,
    ) -> Result<(), Box<Diagnostic>> {
        let path = self.path;
        let part = self.archive.by_index(index).map_err(|error| fault(path, &error))?;
        let mut bounded = part.take(self.left.saturating_add(1));
        let read = take(&mut bounded).map_err(|_| damaged(path, unreadable()))?;
        self.left = self.left.checked_sub(read).ok_or_else(|| {
            let megabytes = limits::UNPACKED_BYTES / (1024 * 1024);
            large(path, words!("解压后超过{megabytes} MB", "more than {megabytes} MB unpacked"))
        })?;
        Ok(())
    }
}

/// Makes sure that all parts of an archive unpack within the bound, so that it can be handed to a
/// reader that has none. Nothing is kept.
pub fn unpacks_within_bounds(path: &Path, bytes: &[u8]) -> Result<(), Box<Diagnostic>> {
    let mut package = Package::open(path, bytes)?;
    for index in 0..package.archive.len() {
        package.unpack(index, |part| copy(part, &mut sink()))?;
    }
    Ok(())
}

/// Tells whether the bytes are a compound file that holds a document locked by a password.
pub fn is_locked(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.starts_with(COMPOUND_SIGNATURE) && memchr::memmem::find(bytes, &name).is_some()
}

/// The end of an archive stands within so many bytes of the file's: its own and a comment.
const COMMENT_BYTES: usize = 22 + 65_535;

/// How often the mark of the end may be found there; by chance it is in no real archive twice.
const MOST_ENDS: usize = 8;

/// A part's name as it is looked for: names differ by more than case, and some programs write them
/// with backslashes or with a slash in front.
fn folded(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

fn fault(path: &Path, error: &ZipError) -> Box<Diagnostic> {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            Box::new(faults::locked_source(path))
        }
        ZipError::CompressionMethodNotSupported(_) => damaged(
            path,
            words!("压缩方式不是办公文档用的", "it is packed in a way that no office program uses"),
        ),
        _ => damaged(path, unreadable()),
    }
}

fn unreadable() -> Words {
    words!("压缩包读不出来", "the archive can't be unpacked")
}

fn damaged(path: &Path, what: Words) -> Box<Diagnostic> {
    Box::new(faults::damaged_source(path, &what))
}

fn large(path: &Path, what: Words) -> Box<Diagnostic> {
    Box::new(faults::large_source(path, &what))
}
