//! Workbooks made and changed part by part, as a program that nobody has thought of might.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// Parts by name.
pub type Parts = BTreeMap<String, Vec<u8>>;

/// Packs parts.
pub fn pack(parts: &Parts) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// Unpacks them again.
pub fn unpack(bytes: &[u8]) -> Parts {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Parts::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        let name = part.name().unwrap().into_owned();
        parts.insert(name, content);
    }
    parts
}

/// The parts of a workbook of sheets, each with its name, attributes of its entry and what stands
/// in its part: `<sheetData>…`.
pub fn parts(sheets: &[(&str, &str, &str)]) -> Parts {
    let mut parts = Parts::new();
    let mut put = |name: &str, text: String| drop(parts.insert(name.to_owned(), text.into_bytes()));
    let (mut entries, mut relations) = (String::new(), String::new());
    for (index, (name, attributes, content)) in sheets.iter().enumerate() {
        let number = index + 1;
        entries +=
            &format!(r#"<sheet name="{name}" sheetId="{number}" {attributes} r:id="r{number}"/>"#);
        relations += &format!(
            r#"<Relationship Id="r{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>"#
        );
        let text = format!(
            r#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}">{content}</worksheet>"#
        );
        put(&format!("xl/worksheets/sheet{number}.xml"), text);
    }
    for (id, name) in [("s", "styles"), ("t", "sharedStrings")] {
        relations +=
            &format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{name}" Target="{name}.xml"/>"#);
    }
    put(
        "xl/workbook.xml",
        format!(
            r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{entries}</sheets></workbook>"#
        ),
    );
    put(
        "xl/_rels/workbook.xml.rels",
        format!(r#"<Relationships xmlns="{PACKAGE}">{relations}</Relationships>"#),
    );
    put(
        "_rels/.rels",
        format!(
            r#"<Relationships xmlns="{PACKAGE}"><Relationship Id="m" Type="{OFFICE}/officeDocument" Target="/xl/workbook.xml"/></Relationships>"#
        ),
    );
    parts
}

/// A cell with a text of its own.
pub fn text(place: &str, text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

/// Rows of cells from A1 on; blank cells are left out.
pub fn rows(rows: &[&[&str]]) -> String {
    let mut data = String::new();
    for (row, cells) in rows.iter().enumerate() {
        data += &format!(r#"<row r="{}">"#, row + 1);
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            data += &text(&format!("{}{}", char::from(b'A' + column as u8), row + 1), cell);
        }
        data += "</row>";
    }
    format!("<sheetData>{data}</sheetData>")
}
