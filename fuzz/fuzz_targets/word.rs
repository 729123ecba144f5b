//! A text document: the archive itself or, as no archive survives being changed at random, its parts
//! one after the other with a zero between: the text, the numbers, the styles, a header.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::io::{Cursor, Write};
use zip::CompressionMethod;
use zip::result::ZipResult;
use zip::write::{SimpleFileOptions, ZipWriter};

const TYPES: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

const RELATIONS: &str = r#"<r><r Type="/numbering" Target="n.xml"/><r Type="/styles" Target="s.xml"/>
<r Type="/header" Target="h.xml"/></r>"#;

fn packed(bytes: &[u8]) -> ZipResult<Vec<u8>> {
    let names = ["word/document.xml", "word/n.xml", "word/s.xml", "word/h.xml"];
    let parts = names.into_iter().zip(bytes.split(|byte| *byte == 0));
    let fixed = [("[Content_Types].xml", TYPES), ("word/_rels/document.xml.rels", RELATIONS)];
    let fixed = fixed.into_iter().map(|(name, text)| (name, text.as_bytes()));
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in fixed.chain(parts) {
        writer.start_file(name, stored)?;
        writer.write_all(content)?;
    }
    Ok(writer.finish()?.into_inner())
}

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        unionplan_fuzz::read("通知.docx", bytes);
    } else if let Ok(archive) = packed(bytes) {
        unionplan_fuzz::read("通知.docx", &archive);
    }
});
