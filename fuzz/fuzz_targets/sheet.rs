//! A workbook: the archive itself or, as no archive survives being changed at random, its parts one
//! after the other with a zero between: a sheet, the texts, the styles.

#![no_main]

use libfuzzer_sys::fuzz_target;

const FIXED: [(&str, &str); 4] = [
    (
        "[Content_Types].xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    ),
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
        <Relationship Id="r1" Target="xl/workbook.xml"
        Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>
        </Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
        <sheets><sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
        <Relationship Id="r1" Target="worksheets/sheet1.xml"
        Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>
        </Relationships>"#,
    ),
];

const NAMES: [&str; 3] = ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"];

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        unionplan_fuzz::read("安排.xlsx", bytes);
    } else if let Ok(archive) = unionplan_fuzz::packed(&FIXED, &NAMES, bytes) {
        unionplan_fuzz::read("安排.xlsx", &archive);
    }
});
