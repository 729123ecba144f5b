//! Web pages (.html), as content systems publish them and as Word saves them → [`Document`].
//!
//! Nothing in a page is run and nothing that it refers to is fetched.

mod elements;
mod flow;
mod survey;
mod tables;
mod tree;

use super::decode::{self, Decoded};
use super::fault::Fault;
use crate::diagnostic::Diagnostic;
use crate::import::document::{Block, Document, Paragraph, Piece, Spot};
use crate::limits;
use crate::words;
use encoding_rs::Encoding;
use flow::{Flow, Sink};
use std::path::Path;
use survey::Survey;
use tree::Tree;

/// A page says within so many bytes which encoding it has.
const HEAD: usize = 4096;

/// Reads a page.
pub fn read(path: &Path, bytes: &[u8]) -> Result<Document, Box<Diagnostic>> {
    if bytes.len() > limits::SOURCE_TEXT_BYTES {
        let most = limits::SOURCE_TEXT_BYTES / 1024 / 1024;
        let what = words!("网页超过{most} MB", "the page has more than {most} MB");
        return Err(Fault::Large(what).told(path));
    }
    let decoded = decode::decode(bytes, declared(bytes));
    page(&decoded).map_err(|fault| fault.told(path))
}

fn page(decoded: &Decoded<'_>) -> Result<Document, Fault> {
    let tree = Tree::read(&decoded.text)?;
    let survey = Survey::of(&tree);
    let mut flow = Flow::new(&tree, &survey);
    flow.read_main()?;
    let outside = flow.read_outside()?;
    let mut document = flow.document;
    let title = headline(&tree, &document, &outside);
    if let Some((_, text)) = title {
        let place = Spot::Paragraph(1);
        shift(&mut document);
        let paragraph = Paragraph { piece: Piece::new(text, place), level: Some(1), bold: 0 };
        document.blocks.insert(0, Block::Paragraph(paragraph));
    }
    for (index, line) in outside.iter().enumerate() {
        if title.is_none_or(|(at, _)| at != index) {
            document.asides.push(Piece::new(&line.text, Spot::Aside));
        }
    }
    document.asides.retain(|aside| !aside.text.is_empty());
    decoded.remark(&mut document);
    Ok(document)
}

/// A line outside of the text that is the page's headline, if the text doesn't begin with it.
fn headline<'a>(tree: &Tree, document: &Document, outside: &'a [Sink]) -> Option<(usize, &'a str)> {
    const FIRST_BLOCKS: usize = 4;
    const SHORTEST: usize = 4;
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let title = (1..tree.len()).find(|id| tree.node(*id).name == "title")?;
    let title: String = tree.children(title).map(|child| bare(tree.text(child))).collect();
    let (at, line) = outside.iter().enumerate().find(|(_, line)| {
        let text = bare(&line.text);
        line.is_before && text.chars().count() >= SHORTEST && title.starts_with(&text)
    })?;
    let text = bare(&line.text);
    let begins = document.blocks.iter().take(FIRST_BLOCKS).any(|block| match block {
        Block::Paragraph(paragraph) => bare(&paragraph.piece.text) == text,
        Block::Table(_) => false,
    });
    (!begins).then_some((at, line.text.as_str()))
}

/// Makes room for a paragraph in front of all others.
fn shift(document: &mut Document) {
    for block in &mut document.blocks {
        if let Block::Paragraph(Paragraph { piece, .. }) = block
            && let Spot::Paragraph(number) = &mut piece.place
        {
            *number += 1;
        }
    }
}

/// The encoding that a page says it has: `charset=gb2312`, in a tag of its own or in another's.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(HEAD)].to_ascii_lowercase();
    let at = memchr::memmem::find(&head, b"charset")? + b"charset".len();
    let is_quote = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'"' | b'\'');
    let name = head[at..].iter().copied().skip_while(is_quote);
    let name = name.take_while(|byte| byte.is_ascii_alphanumeric() || b"-_:".contains(byte));
    decode::named(&String::from_utf8_lossy(&name.collect::<Vec<u8>>()))
}

#[cfg(test)]
mod tests {
    use super::declared;
    use encoding_rs::{BIG5, GB18030};

    #[test]
    fn a_page_names_its_encoding_in_two_ways() {
        assert_eq!(declared(b"<meta charset='GBK'>"), Some(GB18030));
        let tag = b"<META content=\"text/html; charset=big5\" http-equiv=Content-Type>";
        assert_eq!(declared(tag), Some(BIG5));
        assert_eq!(declared(b"<p>charset"), None);
    }
}
