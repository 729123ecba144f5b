//! What has to hold for everything that is read, whatever it was read from.

use std::io::{Cursor, Write};
use std::path::Path;
use unionplan::diagnostic::{Language, SourceFile};
use unionplan::import::document::{Block, Document, Piece};
use unionplan::import::{self, Wishes, read, yaml};
use unionplan::limits;
use unionplan::source;
use zip::CompressionMethod;
use zip::result::ZipResult;
use zip::write::{SimpleFileOptions, ZipWriter};

/// Reads bytes as a file of that name, and checks what comes out.
pub fn read(name: &str, bytes: &[u8]) {
    match read::read_bytes(Path::new(name), bytes) {
        Ok(document) => {
            check(&document);
            recognise(document);
        }
        Err(told) => assert!(!told.message.zh.is_empty() && !told.help.is_empty()),
    }
}

/// Makes a plan of a document; what is written is YAML whatever was read.
fn recognise(document: Document) {
    if let Ok(draft) = import::recognise(document, Wishes::default()) {
        let yaml = yaml::write(&draft, "通知", Language::Chinese);
        let file = SourceFile::new("plan.yaml", yaml);
        let parsed = source::node::parse(&file);
        let is_large = file.text.len() as u64 > limits::DATA_FILE_BYTES / 4;
        assert!(
            parsed.is_ok() || is_large,
            "{}\n{}",
            parsed.err().map_or(String::new(), |e| e.message.en),
            file.text
        );
    }
}

fn check(document: &Document) {
    let mut cells = 0;
    let mut characters = 0;
    let mut count = |piece: &Piece| {
        assert_eq!(piece.text, piece.text.trim());
        characters += piece.text.chars().count();
    };
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => {
                assert!(!paragraph.piece.text.is_empty());
                assert!(paragraph.bold <= paragraph.piece.text.chars().count());
                assert!(paragraph.level != Some(0));
                count(&paragraph.piece);
            }
            Block::Table(table) => {
                let width = table.rows.first().map_or(0, Vec::len);
                assert!(table.rows.iter().all(|row| row.len() == width));
                cells += width * table.rows.len();
                table.rows.iter().flatten().for_each(|cell| count(&cell.piece));
            }
        }
    }
    document.asides.iter().for_each(count);
    assert!(cells <= limits::SOURCE_CELLS);
    // Numbers in front of paragraphs, and what stands between the cells of a table in a cell.
    assert!(characters <= 2 * limits::SOURCE_CHARACTERS);
}

/// Parts with a zero between, packed under these names beside some that are always the same. Nothing
/// is compressed, for what counts is the parts.
pub fn packed(fixed: &[(&str, &str)], names: &[&str], bytes: &[u8]) -> ZipResult<Vec<u8>> {
    let parts = names.iter().copied().zip(bytes.split(|byte| *byte == 0));
    let fixed = fixed.iter().map(|(name, text)| (*name, text.as_bytes()));
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in fixed.chain(parts) {
        writer.start_file(name, stored)?;
        writer.write_all(content)?;
    }
    Ok(writer.finish()?.into_inner())
}
