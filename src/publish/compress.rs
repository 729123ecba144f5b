//! Compressed variants of text files, for web servers that deliver them as they are.

use flate2::read::GzDecoder;
use flate2::{Compression, GzBuilder};
use std::io::{self, Read, Write};

/// A way to compress, which is also the ending of the variant's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// `index.html.gz`, which every browser and server understands.
    Gzip,
    /// `index.html.br`, smaller by a tenth.
    Brotli,
}

/// Every way to compress.
pub const ENCODINGS: [Encoding; 2] = [Encoding::Gzip, Encoding::Brotli];

/// Endings of files that are text, and so worth compressing.
const TEXTS: [&str; 16] = [
    "atom",
    "css",
    "csv",
    "htm",
    "html",
    "ics",
    "js",
    "json",
    "map",
    "md",
    "svg",
    "txt",
    "webmanifest",
    "xml",
    "yaml",
    "yml",
];

/// Bytes below which a variant saves no packet.
const LEAST: u64 = 256;

/// Bytes above which a file is a download rather than a page, and is left as it is.
const MOST: u64 = 4 * 1024 * 1024;

/// Brotli's best quality, and the bounds of its window (RFC 7932, section 9.1).
const BROTLI_QUALITY: u32 = 11;
const BROTLI_WINDOW: std::ops::RangeInclusive<u32> = 10..=22;

/// Tells whether a file is compressed at all.
pub fn is_compressed(path: &str, size: u64) -> bool {
    let ending = path.rsplit('/').next().and_then(|name| name.rsplit_once('.'));
    let is_text = ending.is_some_and(|(_, ending)| TEXTS.contains(&ending));
    is_text && (LEAST..=MOST).contains(&size)
}

impl Encoding {
    /// The path of a file's variant.
    pub fn variant(self, path: &str) -> String {
        match self {
            Self::Gzip => format!("{path}.gz"),
            Self::Brotli => format!("{path}.br"),
        }
    }

    /// Compresses: the same bytes each time, without a time stamp.
    ///
    /// # Errors
    /// Never, in practice: writing into memory does not fail.
    pub fn compress(self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        let packed = Vec::with_capacity(bytes.len() / 2);
        match self {
            Self::Gzip => {
                let mut encoder = GzBuilder::new().write(packed, Compression::best());
                encoder.write_all(bytes)?;
                encoder.finish()
            }
            Self::Brotli => {
                let buffer = bytes.len().max(4096);
                let mut encoder =
                    brotli::CompressorWriter::new(packed, buffer, BROTLI_QUALITY, window(bytes));
                encoder.write_all(bytes)?;
                encoder.flush()?;
                Ok(encoder.into_inner())
            }
        }
    }
}

impl Encoding {
    /// What a variant was made from, as it is read.
    pub fn unpack<'v>(self, variant: impl Read + 'v) -> Box<dyn Read + 'v> {
        match self {
            Self::Gzip => Box::new(GzDecoder::new(variant)),
            Self::Brotli => Box::new(brotli::Decompressor::new(variant, 4096)),
        }
    }
}

/// The binary logarithm of the smallest window that holds all of a file, and the 16 bytes that
/// Brotli keeps for itself. A larger one gains nothing, and takes eight bytes of memory for each of
/// its own.
fn window(bytes: &[u8]) -> u32 {
    let needed = (bytes.len() + 16).next_power_of_two().ilog2();
    needed.clamp(*BROTLI_WINDOW.start(), *BROTLI_WINDOW.end())
}

#[cfg(test)]
mod tests {
    use super::{ENCODINGS, Encoding, is_compressed};
    use std::io::Read;

    #[test]
    fn what_was_compressed_is_the_same_again() {
        let page = include_str!("../../data/2021/plan.yaml");
        let gzip = Encoding::Gzip.compress(page.as_bytes()).unwrap();
        let mut text = String::new();
        flate2::read::GzDecoder::new(&*gzip).read_to_string(&mut text).unwrap();
        assert_eq!(text, page);
        let brotli = Encoding::Brotli.compress(page.as_bytes()).unwrap();
        text.clear();
        brotli::Decompressor::new(&*brotli, 4096).read_to_string(&mut text).unwrap();
        assert_eq!(text, page);
        assert!(brotli.len() < gzip.len() && gzip.len() < page.len() / 2);
    }

    #[test]
    fn compressing_twice_gives_the_same_bytes() {
        for encoding in ENCODINGS {
            let packed = encoding.compress("工会".repeat(999).as_bytes()).unwrap();
            assert_eq!(packed, encoding.compress("工会".repeat(999).as_bytes()).unwrap());
        }
    }

    #[test]
    fn texts_of_some_size_are_compressed_and_pictures_and_downloads_are_not() {
        for path in ["index.html", "assets/site-3f9a1c20.css", "2021/files/表.csv", "a.b/c.svg"] {
            assert!(is_compressed(path, 9000), "{path}");
        }
        for path in ["photo.jpg", "plan.docx", "index.html.gz", "CNAME", "a.html/b", ".html/x"] {
            assert!(!is_compressed(path, 9000), "{path}");
        }
        assert!(!is_compressed("index.html", 100) && !is_compressed("data.json", 1 << 30));
    }
}
