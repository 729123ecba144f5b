//! What the readers of `unionplan import` make of files, and that no file takes them long.
//!
//! The notices of `tests/import/` are compared with `tests/import_readers/*.txt`.
//! `UPDATE_EXPECTED=1 cargo test --test import_readers` writes these anew: read them before they are
//! committed.

#![allow(clippy::unwrap_used)]

#[path = "import_readers/hostile.rs"]
mod hostile;
#[path = "import_readers/kinds.rs"]
mod kinds;
#[path = "import_readers/pages.rs"]
mod pages;
#[path = "import_readers/parts.rs"]
mod parts;
#[path = "import_readers/text_documents.rs"]
mod text_documents;

use parts::shown;
use std::fs;
use std::path::{Path, PathBuf};
use unionplan::import::document::Document;
use unionplan::import::read;

/// The file is known by this name in tests that have no file.
fn read_as(name: &str, bytes: &[u8]) -> Document {
    read::read_bytes(Path::new(name), bytes).unwrap()
}

/// What is said of bytes that can't be read: the code and the Chinese words.
fn told_of(name: &str, bytes: &[u8]) -> (&'static str, String) {
    let told = read::read_bytes(Path::new(name), bytes).unwrap_err();
    let help: Vec<&str> = told.help.iter().map(|words| words.zh.as_str()).collect();
    (told.code, format!("{} {}", told.message.zh, help.join(" ")))
}

/// The notices of the tests that these readers read.
fn notices() -> Vec<(String, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    let mut notices = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let folder = entry.unwrap().path();
        for name in ["notice.docx", "notice.html"] {
            let ending = &name["notice.".len()..];
            if folder.join(name).is_file() {
                let title = folder.file_name().unwrap().to_str().unwrap().to_owned();
                notices.push((format!("{title}.{ending}"), folder.join(name)));
            }
        }
    }
    notices.sort();
    notices
}

#[test]
fn notices_are_read_as_they_look() {
    let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import_readers");
    let notices = notices();
    assert!(notices.len() >= 14, "the notices are missing");
    let mut differ = Vec::new();
    for (name, path) in notices {
        let shown = shown(&read::read(&path).unwrap());
        let expected = expected.join(format!("{name}.txt"));
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            fs::write(&expected, &shown).unwrap();
        }
        if fs::read_to_string(&expected).unwrap_or_default() != shown {
            differ.push(format!("== {name}\n{shown}"));
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

/// The text that everybody sees stands in the clipboard's copy, too: line by line the same, however
/// the file was made.
#[test]
fn notices_hold_what_their_clipboard_holds() {
    // Names that stand on lines of their own in a cell may have a mark between them in the text.
    let is_between = |c: char| c.is_whitespace() || c == '、';
    let bare = |text: &str| text.chars().filter(|c| !is_between(*c)).collect::<String>();
    for (name, path) in notices() {
        let text = fs::read_to_string(path.with_file_name("notice.txt")).unwrap();
        let text: String = bare(&text.replace('"', ""));
        let document = read::read(&path).unwrap();
        let mut missing = Vec::new();
        for block in &document.blocks {
            let pieces: Vec<String> = match block {
                unionplan::import::document::Block::Paragraph(paragraph) => {
                    vec![bare(&paragraph.piece.text)]
                }
                unionplan::import::document::Block::Table(table) => {
                    table.rows.iter().flatten().map(|cell| bare(&cell.piece.text)).collect()
                }
            };
            missing.extend(pieces.into_iter().filter(|piece| !text.contains(piece.as_str())));
        }
        assert!(missing.is_empty(), "{name} has what its text has not: {missing:?}");
    }
}
