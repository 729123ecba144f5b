//! What kind of file a source is. Its first bytes decide, then its name: what a web page calls
//! `安排表.xls` is often HTML, and what was renamed is still what it was.

use super::decode;
use super::package::{self, Package};
use crate::diagnostic::{Diagnostic, Words, faults};
use crate::words;
use std::path::Path;

/// A kind of file that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text document: `.docx`.
    Word,
    /// A workbook: `.xlsx`.
    Workbook,
    /// A page: `.html`.
    Web,
    /// Plain text.
    Text,
}

/// How many bytes at the beginning tell what a text is.
const HEAD: usize = 2048;

/// Tells what kind of file the bytes are, or what to do with a kind that is not read.
pub fn of(path: &Path, bytes: &[u8]) -> Result<Kind, Box<Diagnostic>> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Box::new(faults::empty_source(path)));
    }
    let ending = ending(path);
    if bytes.starts_with(package::COMPOUND_SIGNATURE) {
        return Err(compound(path, bytes, &ending));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return archive(path, bytes, &ending);
    }
    if let Some((kind, way)) = binary(bytes) {
        return Err(refused(path, kind, way));
    }
    let head: String = bytes
        .iter()
        .take(HEAD)
        .filter(|byte| byte.is_ascii() && **byte != 0)
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    let head = head.trim_start();
    let is_page = ["html", "htm", "xhtml", "shtml"].contains(&ending.as_str());
    let is_letter = head.starts_with("mime-version:") || head.contains("\nmime-version:");
    if is_letter && head.contains("multipart/related") || ending == "mht" || ending == "mhtml" {
        return Err(refused(path, ".mht", save_page()));
    }
    if head.starts_with("<?xml") && (head.contains("word.document") || head.contains("<pkg:")) {
        return Err(refused(path, "Word XML", save_as("用 Word", ".docx")));
    }
    if is_page || ["<!doctype html", "<html"].iter().any(|mark| head.contains(mark)) {
        return Ok(Kind::Web);
    }
    text(path, bytes, &ending)
}

/// What has no mark of another kind.
fn text(path: &Path, bytes: &[u8], ending: &str) -> Result<Kind, Box<Diagnostic>> {
    if ["docx", "docm", "xlsx", "xlsm"].contains(&ending) {
        let what = words!("内容不是 .{ending} 文件", "what is in it is no .{ending} file");
        return Err(Box::new(faults::damaged_source(path, &what)));
    }
    if ending == "csv" {
        return Err(refused(path, "CSV", save_as("用 Excel 或 WPS 表格", ".xlsx")));
    }
    let is_wide =
        decode::marked(&bytes[..bytes.len().min(4)]).is_some() || decode::wide(bytes).is_some();
    let has_zeros = memchr::memchr(0, bytes).is_some();
    let controls = bytes.iter().filter(|byte| matches!(byte, 1..=8 | 14..=26 | 28..=31)).count();
    if !is_wide && (has_zeros || controls * 50 > bytes.len()) {
        return Err(Box::new(faults::unknown_source(path)));
    }
    Ok(Kind::Text)
}

/// An office document of the kind before 2007.
fn compound(path: &Path, bytes: &[u8], ending: &str) -> Box<Diagnostic> {
    if package::is_locked(bytes) {
        return Box::new(faults::locked_source(path));
    }
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &name).is_some()
    };
    match ending {
        "wps" | "wpt" => refused(path, ".wps", save_as("用 WPS", ".docx")),
        "et" | "ett" => refused(path, ".et", save_as("用 WPS", ".xlsx")),
        _ if holds("WordDocument") => refused(path, ".doc", save_as("用 WPS 或 Word", ".docx")),
        _ if holds("Workbook") || holds("Book") => {
            refused(path, ".xls", save_as("用 WPS 或 Excel", ".xlsx"))
        }
        _ => refused(path, "Office 97–2003", save_as("用 WPS 或 Word", ".docx")),
    }
}

/// What is packed: an office document, or simply files.
fn archive(path: &Path, bytes: &[u8], ending: &str) -> Result<Kind, Box<Diagnostic>> {
    let mut package = Package::open(path, bytes)?;
    if let Some(types) = package.part("[Content_Types].xml")? {
        let says = |kind: &[u8]| memchr::memmem::find(&types, kind).is_some();
        // A text document may hold a workbook, but not the other way round.
        if says(b"wordprocessingml.document")
            || says(b"ms-word.document")
            || says(b"wordprocessingml.template")
        {
            return Ok(Kind::Word);
        }
        if says(b"spreadsheetml") || says(b"ms-excel") {
            return Ok(Kind::Workbook);
        }
        if says(b"presentationml") {
            return Err(refused(path, ".pptx", copy_text()));
        }
    }
    if package.has("OFD.xml") {
        return Err(refused(path, "OFD", copy_text()));
    }
    if let Some(kind) = package.part("mimetype")? {
        if kind.ends_with(b"opendocument.spreadsheet") {
            return Err(refused(path, "ODS", save_as("用 LibreOffice 或 WPS", ".xlsx")));
        }
        if memchr::memmem::find(&kind, b"opendocument").is_some() {
            return Err(refused(path, "ODF", save_as("用 LibreOffice 或 WPS", ".docx")));
        }
    }
    match ending {
        "docx" | "docm" | "xlsx" | "xlsm" => {
            let what = words!("里面没有文档", "there is no document in it");
            Err(Box::new(faults::damaged_source(path, &what)))
        }
        _ => Err(refused(path, "ZIP", unpack())),
    }
}

/// Kinds that are known by their first bytes and never read.
fn binary(bytes: &[u8]) -> Option<(&'static str, Words)> {
    let starts = |mark: &[u8]| bytes.starts_with(mark);
    let head = &bytes[..bytes.len().min(1024)];
    if memchr::memmem::find(head, b"%PDF-").is_some() {
        return Some(("PDF", from_pdf()));
    }
    if starts(b"{\\rtf") {
        return Some(("RTF", save_as("用 WPS 或 Word", ".docx")));
    }
    let is_bitmap = starts(b"BM") && bytes.get(6..10) == Some([0; 4].as_slice());
    let pictures = [
        (starts(b"\x89PNG"), "PNG"),
        (starts(b"\xFF\xD8\xFF"), "JPEG"),
        (starts(b"GIF8"), "GIF"),
        (is_bitmap, "BMP"),
        (starts(b"II*\0") || starts(b"MM\0*"), "TIFF"),
        (starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP".as_slice()), "WebP"),
        (bytes.get(4..8) == Some(b"ftyp".as_slice()), "HEIC"),
    ];
    if let Some((_, name)) = pictures.iter().find(|(is_it, _)| *is_it) {
        return Some((name, from_picture()));
    }
    let archives = [
        (starts(b"Rar!\x1A\x07"), "RAR"),
        (starts(b"7z\xBC\xAF\x27\x1C"), "7z"),
        (starts(b"\x1F\x8B"), "GZIP"),
    ];
    if let Some((_, name)) = archives.iter().find(|(is_it, _)| *is_it) {
        return Some((name, unpack()));
    }
    None
}

fn ending(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_lowercase()
}

fn refused(path: &Path, kind: &str, way: Words) -> Box<Diagnostic> {
    Box::new(faults::kind_of_source(path, kind, way))
}

fn save_as(program: &str, ending: &str) -> Words {
    words!(
        "{program}打开，“另存为”选 {ending}，再导入存下的文件",
        "open it in an office program, save it as {ending} and import that"
    )
}

fn from_pdf() -> Words {
    words!(
        "用 WPS 或 Word 打开这个 PDF，“另存为”选 .docx，核对后再导入；能找到原来的 Word 文件更好",
        "open it in a word processor, save it as .docx, check that and import it; its original is better still"
    )
}

fn from_picture() -> Words {
    words!(
        "图片要先转成文字：用 WPS 或 Word 的“图片转文字”，另存为 .docx，核对后再导入",
        "a picture has to be turned into text first: save what a text recognition makes of it as .docx"
    )
}

fn unpack() -> Words {
    words!(
        "先解压，再导入里面的通知（.docx、.xlsx 或 .html）",
        "unpack it and import the notice in it (.docx, .xlsx or .html)"
    )
}

fn copy_text() -> Words {
    words!(
        "打开后把文字复制到 Word 或 WPS，存为 .docx 再导入",
        "open it, copy the text into a word processor, save it as .docx and import that"
    )
}

fn save_page() -> Words {
    words!(
        "用浏览器打开，“另存为”选“网页，仅 HTML”（.html）再导入",
        "open it in a browser, save it as HTML only (.html) and import that"
    )
}
