//! Every bound on what comes in, in one place; docs/editors.zh-CN.md names them for editors.

use std::ops::RangeInclusive;

/// Bytes of one data file. The largest real plan has about 30 KB.
pub const DATA_FILE_BYTES: u64 = 4 * 1024 * 1024;

/// Bytes of a data file that is mended in memory; a broken file beyond that is told of its first
/// break only.
pub const MENDED_BYTES: usize = 512 * 1024;

/// Levels of lists and maps inside each other; a plan needs nine.
pub const YAML_DEPTH: usize = 32;

/// Values in one data file.
pub const YAML_NODES: usize = 200_000;

/// Characters in a name, a title or another text of one line.
pub const LINE_CHARACTERS: usize = 500;

/// Faults shown for one file; the rest are counted.
pub const FAULTS_A_FILE: usize = 50;

/// Bytes of one template, style or word list of a theme.
pub const THEME_FILE_BYTES: u64 = 1024 * 1024;

/// Bytes of one tag of a template.
pub const TEMPLATE_TAG_BYTES: usize = 4096;

/// Branches `elif` of one template.
pub const TEMPLATE_BRANCHES: usize = 200;

/// Depth of braces and brackets in a style sheet.
pub const STYLE_DEPTH: usize = 100;

/// Bytes of one rendered page.
pub const PAGE_BYTES: usize = 16 * 1024 * 1024;

/// Steps that rendering one page may take; the largest real page takes about 50,000.
pub const TEMPLATE_STEPS: u64 = 50_000_000;

/// Levels of folders below `data/` and `site/` that are looked into.
pub const FOLDER_DEPTH: usize = 16;

/// Years that a plan may be for.
pub const YEARS: RangeInclusive<i32> = 1900..=2999;

/// Bytes of a file to import, as it is on the disk.
pub const SOURCE_BYTES: u64 = 32 * 1024 * 1024;

/// Bytes of all that is read of an archive to import, unpacked. The text of 200 pages takes about
/// 3 MB.
pub const UNPACKED_BYTES: u64 = 48 * 1024 * 1024;

/// Parts in an archive to import. A document with a picture on each of its 200 pages has about 230.
pub const ARCHIVE_PARTS: usize = 5_000;

/// Characters of a source to import.
pub const SOURCE_CHARACTERS: usize = 4_000_000;

/// Cells in all tables of a source to import.
pub const SOURCE_CELLS: usize = 200_000;

/// Paragraphs of a source to import, those in cells among them. The book of a year's rules has about
/// 5,000.
pub const SOURCE_PARAGRAPHS: usize = 100_000;

/// Levels of elements inside each other in a document to import. A text box in a table in a table
/// needs about 40.
pub const XML_DEPTH: usize = 256;

/// Styles of a document to import; Word itself makes 4,079 at most.
pub const STYLES: usize = 10_000;

/// Definitions of automatic numbers in a document to import. Documents that were copied together for
/// years have some hundreds.
pub const LISTS: usize = 20_000;

/// Bytes of a web page or a plain text to import. What Word saves of 200 pages has about 4 MB.
pub const SOURCE_TEXT_BYTES: usize = 16 * 1024 * 1024;

/// Elements and stretches of text in a web page to import; 200 pages of Word have about 100,000.
pub const PAGE_NODES: usize = 500_000;

/// Levels of elements inside each other in a web page to import. What is deeper is read as if it
/// stood at that level.
pub const PAGE_DEPTH: usize = 200;
