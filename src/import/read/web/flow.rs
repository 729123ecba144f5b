//! Elements and text in the order of the page → paragraphs.

use super::elements::{self, Look};
use super::survey::Survey;
use super::tree::{Id, Tree};
use crate::import::document::{Block, Document, Paragraph, Piece, Spot};
use crate::import::read::bold::Bold;
use crate::import::read::fault::Fault;
use crate::import::read::numerals::Numerals;
use crate::import::read::tally::Tally;
use crate::words;

/// How lines begin that lead elsewhere; content systems put them below the text.
const LEADS_ELSEWHERE: [&str; 12] = [
    "上一篇",
    "下一篇",
    "上一条",
    "下一条",
    "【关闭",
    "[关闭",
    "关闭窗口",
    "【打印",
    "打印本页",
    "当前位置",
    "您的位置",
    "分享到",
];

/// A line longer than this is text, however it begins.
const LONGEST_LEAD: usize = 80;

/// A page that is being read.
pub struct Flow<'a> {
    pub(super) tree: &'a Tree,
    pub(super) survey: &'a Survey,
    pub(super) tally: Tally,
    /// What was read of the text.
    pub document: Document,
    line: Line,
    paragraphs: usize,
    pub(super) tables: usize,
    /// Lines that are gathered for something else than the document.
    gathered: Option<Vec<Sink>>,
    /// Whether what is gathered stands before the text.
    is_before: bool,
    has_hidden: bool,
    pub(super) has_nested: bool,
    pictures: usize,
}

/// A line that is gathered.
#[derive(Debug)]
pub struct Sink {
    /// Its text.
    pub text: String,
    /// Whether it stands before the text of the page.
    pub is_before: bool,
}

/// A paragraph that is being written.
#[derive(Debug, Default)]
struct Line {
    text: String,
    bold: Bold,
    level: Option<u8>,
    /// A blank that is written if something follows, and whether lines of the file end there.
    blank: Option<bool>,
    /// The number of an item that has just begun.
    label: Option<String>,
}

/// What holds for all text in an element.
#[derive(Debug, Clone, Copy, Default)]
struct Style {
    is_bold: bool,
    is_kept: bool,
}

/// Which lines a list numbers, and how.
#[derive(Debug, Clone, Copy)]
struct List {
    next: i32,
    numerals: Numerals,
    /// What stands around a number.
    marks: (&'static str, &'static str),
}

impl<'a> Flow<'a> {
    /// Begins to read a page.
    pub fn new(tree: &'a Tree, survey: &'a Survey) -> Self {
        Self {
            tree,
            survey,
            tally: Tally::default(),
            document: Document::default(),
            line: Line::default(),
            paragraphs: 0,
            tables: 0,
            gathered: None,
            is_before: true,
            has_hidden: false,
            has_nested: false,
            pictures: 0,
        }
    }

    /// Reads the text that the page is about.
    pub fn read_main(&mut self) -> Result<(), Fault> {
        self.blocks(self.survey.main())?;
        if self.has_hidden {
            let remark = words!("隐藏文字没有导入", "hidden text was left out");
            self.document.remarks.push(remark);
        }
        if self.has_nested {
            self.document.remarks.push(words!(
                "有单元格里套着表格，里面的文字按行并入了单元格",
                "tables inside cells were joined into their cells line by line"
            ));
        }
        let pictures = self.pictures;
        if pictures > 0 {
            self.document.remarks.push(words!(
                "网页里有{pictures}张图片，图片里的文字没有导入",
                "text inside pictures, of which there are {pictures}, was left out"
            ));
        }
        Ok(())
    }

    /// Reads the lines that stand around it; menus and other lists of links are left out.
    pub fn read_outside(&mut self) -> Result<Vec<Sink>, Fault> {
        let main = self.survey.main();
        if main == 0 {
            return Ok(Vec::new());
        }
        self.gather(|flow| flow.outside(0))
    }

    fn outside(&mut self, id: Id) -> Result<(), Fault> {
        for child in self.tree.children(id) {
            if child == self.survey.main() {
                self.flush()?;
                self.is_before = false;
            } else if self.holds_main(child) {
                self.flush()?;
                self.outside(child)?;
            } else if !self.survey.is_links(child) {
                self.flush()?;
                self.node(child, Style::default(), &mut None)?;
            }
        }
        self.flush()
    }

    fn holds_main(&self, id: Id) -> bool {
        let mut at = self.survey.main();
        while at > id {
            at = self.tree.node(at).parent;
        }
        at == id && id > 0
    }

    /// Gathers lines instead of writing them into the document.
    pub(super) fn gather(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<(), Fault>,
    ) -> Result<Vec<Sink>, Fault> {
        let outer = (std::mem::take(&mut self.line), self.gathered.replace(Vec::new()));
        read(self)?;
        self.flush()?;
        let gathered = self.gathered.take().unwrap_or_default();
        (self.line, self.gathered) = outer;
        Ok(gathered)
    }

    /// Whether lines are gathered for something else.
    pub(super) fn is_gathering(&self) -> bool {
        self.gathered.is_some()
    }

    /// Reads what stands in an element, on lines of its own.
    pub(super) fn blocks(&mut self, id: Id) -> Result<(), Fault> {
        self.flush()?;
        self.children(id, Style::default(), &mut None)?;
        self.flush()
    }

    fn children(&mut self, id: Id, style: Style, list: &mut Option<List>) -> Result<(), Fault> {
        for child in self.tree.children(id) {
            self.node(child, style, list)?;
        }
        Ok(())
    }

    fn node(&mut self, id: Id, style: Style, list: &mut Option<List>) -> Result<(), Fault> {
        let tree = self.tree;
        let node = tree.node(id);
        let name = node.name;
        if name.is_empty() {
            return self.write(tree.text(id), style);
        }
        if node.look.is_hidden || name == "del" {
            self.hide();
            return Ok(());
        }
        if elements::is_mute(name) || name == "title" {
            return Ok(());
        }
        if !self.is_gathering() && self.survey.is_beside(tree, id) {
            return self.beside(id);
        }
        let style = Style {
            is_bold: node.look.is_bold.unwrap_or(style.is_bold || matches!(name, "b" | "strong")),
            is_kept: style.is_kept || matches!(name, "pre" | "xmp"),
        };
        match name {
            "br" => self.break_line(),
            "img" => {
                self.pictures += usize::from(!self.is_gathering());
                Ok(())
            }
            "table" => self.table(id),
            "ul" | "ol" => {
                self.flush()?;
                let mut list =
                    (name == "ol").then(|| List::of(node.look, self.survey.counted(id))).flatten();
                self.children(id, style, &mut list)?;
                self.flush()
            }
            "li" => {
                self.flush()?;
                self.line.label = list.as_mut().map(|list| list.label(node.look));
                self.children(id, style, &mut None)?;
                self.flush()
            }
            _ if elements::is_block(name) => {
                // An item's number stands in front of its first paragraph.
                let label = self.line.label.take().filter(|_| self.line.text.trim().is_empty());
                self.flush()?;
                self.line.label = label;
                self.line.level = elements::heading(name);
                self.children(id, style, &mut None)?;
                self.flush()
            }
            _ => self.children(id, style, list),
        }
    }

    /// Writes a line of its own.
    pub(super) fn line(&mut self, text: String) -> Result<(), Fault> {
        self.flush()?;
        self.line.text = text;
        self.flush()
    }

    /// Reads a node on lines of its own.
    pub(super) fn stray(&mut self, id: Id) -> Result<(), Fault> {
        self.flush()?;
        self.node(id, Style::default(), &mut None)?;
        self.flush()
    }

    /// Takes note that something is not shown.
    pub(super) fn hide(&mut self) {
        self.has_hidden |= !self.is_gathering();
    }

    /// Reads what says that it stands beside the text.
    fn beside(&mut self, id: Id) -> Result<(), Fault> {
        self.flush()?;
        if self.survey.is_links(id) {
            return Ok(());
        }
        for line in self.gather(|flow| flow.blocks(id))? {
            self.document.asides.push(Piece::new(&line.text, Spot::Aside));
        }
        Ok(())
    }

    /// Writes text into the paragraph. Blanks in a row, and line breaks of the file, are one blank;
    /// none between Chinese characters that a line break of the file parts.
    fn write(&mut self, text: &str, style: Style) -> Result<(), Fault> {
        self.tally.text(text)?;
        for c in text.chars() {
            match c {
                '\n' if style.is_kept => {
                    self.line.blank = None;
                    self.line.push('\n', style);
                }
                '\u{AD}' | '\u{200B}' | '\u{FEFF}' | '\r' => {}
                ' ' | '\t' | '\n' | '\u{C}' | '\u{A0}' => {
                    let is_break = self.line.blank.unwrap_or(false) || c == '\n';
                    self.line.blank = Some(is_break);
                }
                _ => {
                    if let Some(is_break) = self.line.blank.take() {
                        let last = self.line.text.chars().next_back();
                        let is_wide = |c: char| u32::from(c) >= 0x2E80;
                        let is_joined = is_break && is_wide(c) && last.is_some_and(is_wide);
                        if last.is_some_and(|last| last != '\n') && !is_joined {
                            self.line.push(' ', style);
                        }
                    }
                    self.line.push(c, style);
                }
            }
        }
        Ok(())
    }

    /// A line break; a second one ends the paragraph.
    fn break_line(&mut self) -> Result<(), Fault> {
        self.line.blank = None;
        if self.line.text.ends_with('\n') {
            return self.flush();
        }
        if !self.line.text.is_empty() {
            self.line.push('\n', Style::default());
        }
        Ok(())
    }

    /// Ends the paragraph.
    pub(super) fn flush(&mut self) -> Result<(), Fault> {
        let line = std::mem::take(&mut self.line);
        let text = line.text.trim();
        if text.is_empty() {
            return Ok(());
        }
        self.tally.paragraph()?;
        let label = line.label.unwrap_or_default();
        let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let blank = if label.is_ascii() && is_latin(text.chars().next()) { " " } else { "" };
        let text = if label.is_empty() { text.to_owned() } else { format!("{label}{blank}{text}") };
        if let Some(gathered) = &mut self.gathered {
            gathered.push(Sink { text, is_before: self.is_before });
            return Ok(());
        }
        let leads = LEADS_ELSEWHERE.iter().any(|start| text.starts_with(start));
        if leads && text.chars().count() <= LONGEST_LEAD {
            self.document.asides.push(Piece::new(&text, Spot::Aside));
            return Ok(());
        }
        let piece = Piece::new(&text, Spot::Paragraph(self.paragraphs + 1));
        // There may be nothing but characters that nobody sees.
        if piece.text.is_empty() {
            return Ok(());
        }
        self.paragraphs += 1;
        let bold = match line.bold.count() {
            0 => 0,
            bold => bold + label.chars().count() + if label.is_empty() { 0 } else { blank.len() },
        };
        let bold = bold.min(piece.text.chars().count());
        let paragraph = Paragraph { piece, level: line.level, bold };
        self.document.blocks.push(Block::Paragraph(paragraph));
        Ok(())
    }
}

impl Line {
    fn push(&mut self, c: char, style: Style) {
        self.text.push(c);
        self.bold.add(c, style.is_bold);
    }
}

impl List {
    /// How a list numbers its items; none where it doesn't. Of lists in each other that all count
    /// `1.` `2.` `3.`, `counted` tells which it is and how many there are: a word processor that writes a
    /// page forgets how they were told apart, so they are as official documents have them.
    fn of(look: Look, counted: (usize, usize)) -> Option<Self> {
        const DOT: (&str, &str) = ("", ".");
        let (numerals, marks) = match (look.numerals, counted) {
            (Some(b'A'), _) => (Numerals::Letters { small: false }, DOT),
            (Some(b'a'), _) => (Numerals::Letters { small: true }, DOT),
            (Some(b'I'), _) => (Numerals::Roman { small: false }, DOT),
            (Some(b'i'), _) => (Numerals::Roman { small: true }, DOT),
            (Some(b'c'), _) | (_, (1, 2..)) => (Numerals::Chinese, ("", "、")),
            (_, (2, 3..)) => (Numerals::Chinese, ("（", "）")),
            (_, (4, _)) => (Numerals::Decimal, ("（", "）")),
            _ => (Numerals::Decimal, DOT),
        };
        let next = look.number.unwrap_or(1);
        (!look.is_unnumbered).then_some(Self { next, numerals, marks })
    }

    fn label(&mut self, item: Look) -> String {
        let number = item.number.unwrap_or(self.next);
        self.next = number.saturating_add(1);
        let written = match u32::try_from(number) {
            Ok(number) => self.numerals.write(number),
            Err(_) => number.to_string(),
        };
        let (before, behind) = self.marks;
        format!("{before}{written}{behind}")
    }
}
