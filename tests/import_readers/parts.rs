//! Packed documents made of their parts, and documents as readable text.

use std::io::{Cursor, Write};
use unionplan::import::document::{Block, Cell, Document, Merged};
use zip::write::{SimpleFileOptions, ZipWriter};

/// The namespace of text documents, bound to `w`, with those that stand beside it.
pub const SPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"
 xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main""#;

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
</Types>"#;

const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A text document in the making.
#[derive(Default)]
pub struct Docx {
    parts: Vec<(String, Vec<u8>)>,
    relations: String,
}

impl Docx {
    /// A document with this in its body.
    pub fn new(body: &str) -> Self {
        let mut docx = Self::default();
        let start = format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
            <Relationship Id="r1" Type="{KINDS}/officeDocument" Target="word/document.xml"/>
            </Relationships>"#
        );
        docx.put("[Content_Types].xml", TYPES);
        docx.put("_rels/.rels", start);
        docx.put(
            "word/document.xml",
            format!("<w:document {SPACES}><w:body>{body}</w:body></w:document>"),
        );
        docx
    }

    /// Adds a part as it is, or replaces it.
    pub fn put(&mut self, name: &str, content: impl Into<Vec<u8>>) {
        self.parts.retain(|(one, _)| one != name);
        self.parts.push((name.to_owned(), content.into()));
    }

    /// Adds a part that the body refers to: `numbering`, `styles`, `header`. Its outermost element
    /// is given.
    pub fn with(mut self, kind: &str, element: &str, inside: &str) -> Self {
        let name = format!("{kind}{}.xml", self.parts.len());
        self.relate(kind, &format!(r#"Target="{name}""#));
        let part = format!("<w:{element} {SPACES}>{inside}</w:{element}>");
        self.put(&format!("word/{name}"), part);
        self
    }

    /// Adds something that the body refers to.
    pub fn relate(&mut self, kind: &str, target: &str) {
        let number = self.relations.len();
        self.relations +=
            &format!(r#"<Relationship Id="r{number}" Type="{KINDS}/{kind}" {target}/>"#);
        let relations = format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>"#,
            self.relations
        );
        self.put("word/_rels/document.xml.rels", relations);
    }

    /// The packed document.
    pub fn bytes(&self) -> Vec<u8> {
        packed(&self.parts)
    }
}

/// An archive of parts.
pub fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A document as text: a block a line, a cell of a table between bars, `^` and `<` where a merged cell
/// goes on, `⏎` for a line break.
pub fn shown(document: &Document) -> String {
    let mut lines = Vec::new();
    let mut tables = 0;
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => {
                let place = paragraph.piece.place.words().en;
                let level =
                    paragraph.level.map_or_else(String::new, |level| format!(" heading {level}"));
                let bold = match paragraph.bold {
                    0 => String::new(),
                    bold => format!(" bold {bold}"),
                };
                lines.push(format!("{place}{level}{bold}: {}", flat(&paragraph.piece.text)));
            }
            Block::Table(table) => {
                tables += 1;
                lines.push(format!("table {tables}"));
                for row in &table.rows {
                    lines.push(row.iter().map(cell).collect::<Vec<_>>().join(" | "));
                }
            }
        }
    }
    lines.extend(document.asides.iter().map(|aside| format!("aside: {}", flat(&aside.text))));
    lines.extend(document.remarks.iter().map(|remark| format!("remark: {}", remark.zh)));
    lines.join("\n") + "\n"
}

fn cell(cell: &Cell) -> String {
    match cell.merged {
        Merged::No => flat(&cell.piece.text),
        Merged::Above => "^".to_owned(),
        Merged::Left => "<".to_owned(),
    }
}

fn flat(text: &str) -> String {
    text.replace('\n', "⏎").replace('\t', "⇥")
}
