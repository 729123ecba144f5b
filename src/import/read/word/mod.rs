//! Text documents of Word and WPS (.docx) → [`Document`].
//!
//! The parts of the package are read one after the other, each from its beginning to its end: first
//! what styles and numbers mean, then the body, then what stands beside it. Nothing that a document
//! refers to outside of itself is ever fetched.

mod borders;
mod layout;
mod numbering;
mod paragraph;
mod relations;
mod shapes;
mod story;
mod styles;
mod symbols;

use super::fault::Fault;
use super::package::Package;
use super::tally::Tally;
use super::xml::{Xml, text_of};
use crate::diagnostic::{Diagnostic, Words, faults};
use crate::import::document::{Document, Piece, Spot};
use crate::words;
use numbering::Numbering;
use relations::Relations;
use std::path::Path;
use story::{Part, Story};
use styles::Styles;

/// What is met on the way through a document, to be told.
#[derive(Debug, Default)]
struct Met {
    /// Text that stands beside the body.
    asides: Vec<String>,
    /// Whether text marked as inserted was taken in.
    has_insertions: bool,
    /// Whether text marked as deleted was left out.
    has_deletions: bool,
    /// Whether hidden text was left out.
    has_hidden: bool,
    /// Whether a table stands in a cell of another.
    has_nested: bool,
    /// How many pictures there are.
    pictures: usize,
    /// How many objects of other programs there are.
    objects: usize,
    /// Whether a table of contents was put aside.
    has_contents: bool,
}

/// Reads a text document.
pub fn read(path: &Path, bytes: &[u8]) -> Result<Document, Box<Diagnostic>> {
    let mut package = Package::open(path, bytes)?;
    if package.names().any(|name| name.ends_with("vbaproject.bin")) {
        return Err(Box::new(faults::macros_in_source(path, ".docx")));
    }
    body(&mut package).map_err(|fault| fault.told(path))
}

fn body(package: &mut Package<'_>) -> Result<Document, Fault> {
    let main = relations::main_part(package)?;
    let relations = Relations::of(package, &main)?;
    let styles = match relations.part("styles", package)? {
        Some(text) => Styles::read(&text)?,
        None => Styles::default(),
    };
    let mut numbering = match relations.part("numbering", package)? {
        Some(text) => Numbering::read(&text, &styles)?,
        None => Numbering::default(),
    };
    let mut met = Met::default();
    let mut tally = Tally::default();
    let Some(content) = package.part(&main)? else {
        return Err(Fault::Damaged(words!("里面没有正文", "there is no text part in it")));
    };
    let text = text_of(content)?;
    let (xml, root) = Xml::open(&text)?;
    if !root.is("document") {
        return Err(Fault::Damaged(words!(
            "里面的正文不是 Word 文档",
            "its text part is no text document"
        )));
    }
    let mut parts = Vec::new();
    Story::new(xml, &styles, Some(&mut numbering), &mut tally, &mut met).blocks(&mut parts)?;
    drop(text);
    let mut document = layout::document(parts, &mut met)?;
    for kind in ["header", "footer", "footnotes", "endnotes", "comments"] {
        for text in relations.parts(kind, package)? {
            beside(&text, &styles, &mut tally, &mut met)?;
        }
    }
    document.remarks = remarks(&met, relations.reaches_out());
    document.asides = met.asides.iter().map(|text| Piece::new(text, Spot::Aside)).collect();
    document.asides.retain(|aside| !aside.text.is_empty());
    Ok(document)
}

/// Reads a part that stands beside the body: each note is an aside, and so is a header as a whole.
fn beside(text: &str, styles: &Styles, tally: &mut Tally, met: &mut Met) -> Result<(), Fault> {
    let (xml, root) = Xml::open(text)?;
    let aside = |parts: Vec<Part>, met: &mut Met| {
        let text = layout::lines(&parts);
        // Around the number of a page there may be dashes.
        if text.contains(char::is_alphanumeric) && !met.asides.contains(&text) {
            met.asides.push(text);
        }
    };
    if root.is("hdr") || root.is("ftr") {
        let mut parts = Vec::new();
        Story::new(xml, styles, None, tally, met).blocks(&mut parts)?;
        aside(parts, met);
        return Ok(());
    }
    let mut story = Story::new(xml, styles, None, tally, met);
    while let Some(note) = story.note()? {
        aside(note, story.met);
    }
    Ok(())
}

/// What was done about the document so that it could be read.
fn remarks(met: &Met, reaches_out: bool) -> Vec<Words> {
    let mut remarks = Vec::new();
    if met.has_deletions {
        remarks.push(words!(
            "文档里有修订标记：标为删除的文字没有导入，标为插入的已导入",
            "the document has tracked changes: deleted text was left out, inserted text taken in"
        ));
    } else if met.has_insertions {
        remarks.push(words!(
            "文档里有修订标记：标为插入的文字已导入",
            "the document has tracked changes: inserted text was taken in"
        ));
    }
    if met.has_hidden {
        remarks.push(words!("隐藏文字没有导入", "hidden text was left out"));
    }
    if met.has_nested {
        remarks.push(words!(
            "有单元格里套着表格，里面的文字按行并入了单元格",
            "tables inside cells were joined into their cells line by line"
        ));
    }
    if met.has_contents {
        remarks.push(words!("目录没有导入", "the table of contents was left out"));
    }
    let (pictures, objects) = (met.pictures, met.objects);
    if pictures > 0 {
        remarks.push(words!(
            "文档里有{pictures}张图片，图片里的文字没有导入",
            "text inside pictures, of which there are {pictures}, was left out"
        ));
    }
    if objects > 0 {
        remarks.push(words!(
            "文档里嵌有{objects}个其他程序的对象（如 Excel 表格），里面的内容没有导入",
            "what is embedded from other programs ({objects}, such as Excel sheets) was left out"
        ));
    }
    if reaches_out {
        remarks.push(words!(
            "文档链接了外部的模板或文件，没有读取",
            "the document is linked to templates or files elsewhere, which were not read"
        ));
    }
    remarks
}
