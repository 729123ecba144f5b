//! A text document: the archive itself or, as no archive survives being changed at random, its parts
//! one after the other with a zero between: the text, the numbers, the styles, a header.

#![no_main]

use libfuzzer_sys::fuzz_target;

const FIXED: [(&str, &str); 2] = [
    (
        "[Content_Types].xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    ),
    (
        "word/_rels/document.xml.rels",
        r#"<r><r Type="/numbering" Target="n.xml"/><r Type="/styles" Target="s.xml"/>
        <r Type="/header" Target="h.xml"/></r>"#,
    ),
];

const NAMES: [&str; 4] = ["word/document.xml", "word/n.xml", "word/s.xml", "word/h.xml"];

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        unionplan_fuzz::read("通知.docx", bytes);
    } else if let Ok(archive) = unionplan_fuzz::packed(&FIXED, &NAMES, bytes) {
        unionplan_fuzz::read("通知.docx", &archive);
    }
});
