//! YAML text → a tree of nodes with positions.
//!
//! The crate's event parser does the reading; the tree is ours, so that every fault can be shown
//! at its place and all of them at once. A data file needs only texts, lists and maps: anchors,
//! aliases and tags are refused (so no alias can multiply), depth and size are bounded
//! ([`crate::limits`]), and every scalar is kept as the text it was typed as: `05`, `yes` and
//! `2021-03-29` mean what they say.

use super::characters::Characters;
use crate::diagnostic::{Span, faults};
use crate::limits;
use crate::{diagnostic::Diagnostic, diagnostic::SourceFile};
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError};
use std::borrow::Cow;

/// How many cut texts of one file are noted.
const CUTS: usize = crate::limits::FAULTS_A_FILE + 1;

/// A value with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node<'a> {
    /// Where it begins; its width ends with the line.
    pub span: Span,
    /// What it is.
    pub kind: Kind<'a>,
}

/// The three shapes of data, and nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind<'a> {
    /// Nothing after the colon, `~` or `null`.
    Empty,
    /// A text, with every line break that the typist meant.
    Text(Cow<'a, str>),
    /// A list, `- …`.
    List(Vec<Node<'a>>),
    /// A map, `key: value`, in the order of the file; a key may stand twice.
    Map(Vec<(Node<'a>, Node<'a>)>),
}

impl<'a> Node<'a> {
    fn empty(span: Span) -> Self {
        Self { span, kind: Kind::Empty }
    }

    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// A file's nodes, and what a reader of them would miss.
#[derive(Debug)]
pub struct Document<'a> {
    /// The outermost node.
    pub root: Node<'a>,
    /// Where a comment without a blank behind its `#` cuts a text, and the text with it:
    /// `task: 学习 #党史`.
    pub cut: Vec<(Span, String)>,
}

/// Reads one file, and keeps its nodes only.
///
/// # Errors
/// As [`read`].
pub fn parse(file: &SourceFile) -> Result<Node<'_>, Box<Diagnostic>> {
    read(file).map(|document| document.root)
}

/// Reads one file.
///
/// # Errors
/// The one fault that stops the reading: broken YAML, or YAML that data files do not use.
pub fn read(file: &SourceFile) -> Result<Document<'_>, Box<Diagnostic>> {
    let comments = file.text.contains(" #").then_some((0, 0));
    let mut builder =
        Builder { file, open: Vec::new(), root: None, nodes: 0, comments, cut: Vec::new() };
    let mut parser = Parser::new(Characters::of(&file.text));
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| Box::new(scan_fault(file, &error)))?;
        builder.take(event, span)?;
    }
    let root = builder.root.unwrap_or(Node::empty(Span { line: 1, column: 1, width: 1 }));
    Ok(Document { root, cut: builder.cut })
}

fn scan_fault(file: &SourceFile, error: &ScanError) -> Diagnostic {
    let place = file.place(span_from(error.marker(), error.marker()));
    faults::broken_yaml(place, error.info())
}

fn span_from(start: &Marker, end: &Marker) -> Span {
    let width = if end.line() == start.line() { end.col().saturating_sub(start.col()) } else { 1 };
    Span { line: start.line(), column: start.col() + 1, width: width.max(1) }
}

/// A list or map that is not closed yet; a map may hold a key that waits for its value.
struct Open<'a> {
    node: Node<'a>,
    key: Option<Node<'a>>,
}

struct Builder<'a> {
    file: &'a SourceFile,
    open: Vec<Open<'a>>,
    root: Option<Node<'a>>,
    nodes: usize,
    /// How far comments were looked for: (character, byte); none in a file without any.
    comments: Option<(usize, usize)>,
    cut: Vec<(Span, String)>,
}

impl<'a> Builder<'a> {
    fn take(&mut self, event: Event<'a>, span: saphyr_parser::Span) -> Result<(), Box<Diagnostic>> {
        let at = span_from(&span.start, &span.end);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_extras(at, anchor, tag.is_some())?;
                if style == ScalarStyle::Plain {
                    self.look_for_comment(&text, &span.end);
                }
                let folded = span.end.line() > span.start.line();
                self.close(Node { span: at, kind: scalar(text, style, folded) })
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse_extras(at, anchor, tag.is_some())?;
                self.begin(Node { span: at, kind: Kind::List(Vec::new()) })
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse_extras(at, anchor, tag.is_some())?;
                self.begin(Node { span: at, kind: Kind::Map(Vec::new()) })
            }
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(open) => self.close(open.node),
                None => Ok(()),
            },
            Event::Alias(_) => Err(Box::new(faults::alias(self.file.place(at)))),
            Event::DocumentStart(_) if self.root.is_some() => {
                Err(Box::new(faults::second_document(self.file.place(at))))
            }
            _ => Ok(()),
        }
    }

    fn refuse_extras(&self, at: Span, anchor: usize, tag: bool) -> Result<(), Box<Diagnostic>> {
        if anchor != 0 {
            return Err(Box::new(faults::anchor(self.file.place(at))));
        }
        if tag {
            return Err(Box::new(faults::tag(self.file.place(at))));
        }
        Ok(())
    }

    /// Notes a comment that looks like the end of the text in front of it.
    fn look_for_comment(&mut self, text: &str, end: &Marker) {
        let Some((character, byte)) = &mut self.comments else { return };
        let ahead = &self.file.text[*byte..];
        let mut steps = ahead.char_indices().skip(end.index().saturating_sub(*character));
        *byte += steps.next().map_or(ahead.len(), |(at, _)| at);
        *character = end.index().max(*character);
        let rest = self.file.text[*byte..].lines().next().unwrap_or("");
        let comment = rest.trim_start_matches(' ');
        let follows = comment.strip_prefix('#').is_some_and(|after| {
            !after.is_empty() && !after.starts_with([' ', '\t', '#', '\u{3000}'])
        });
        if follows && comment.len() < rest.len() && !text.is_empty() && self.cut.len() < CUTS {
            let blanks = rest.len() - comment.len();
            let width = comment.trim_end().chars().count();
            let at = Span { line: end.line(), column: end.col() + 1 + blanks, width };
            self.cut.push((at, format!("{text} {}", comment.trim_end())));
        }
    }

    fn begin(&mut self, node: Node<'a>) -> Result<(), Box<Diagnostic>> {
        if self.open.len() >= limits::YAML_DEPTH {
            return Err(Box::new(faults::too_deep(self.file.place(node.span))));
        }
        self.open.push(Open { node, key: None });
        Ok(())
    }

    /// Puts a finished node where it belongs.
    fn close(&mut self, node: Node<'a>) -> Result<(), Box<Diagnostic>> {
        self.nodes += 1;
        if self.nodes > limits::YAML_NODES {
            return Err(Box::new(faults::too_many_values(self.file.place(node.span))));
        }
        let Some(parent) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match &mut parent.node.kind {
            Kind::List(list) => list.push(node),
            Kind::Map(map) => match parent.key.take() {
                Some(key) => map.push((key, node)),
                None => parent.key = Some(node),
            },
            Kind::Empty | Kind::Text(_) => {}
        }
        Ok(())
    }
}

fn scalar(text: Cow<'_, str>, style: ScalarStyle, several_lines: bool) -> Kind<'_> {
    match style {
        ScalarStyle::Plain if matches!(&*text, "" | "~" | "null") => Kind::Empty,
        ScalarStyle::Literal => Kind::Text(text),
        _ if several_lines => Kind::Text(join_han_lines(text)),
        _ => Kind::Text(text),
    }
}

/// Takes out the blank that folding puts between two lines of Chinese: a clerk who wraps a long
/// text over several lines means no blank there.
fn join_han_lines(text: Cow<'_, str>) -> Cow<'_, str> {
    let wide = |c: char| matches!(c, '\u{2018}'..='\u{201d}' | '\u{2014}' | '\u{2026}' | '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}');
    let mut kept = String::new();
    let mut from = 0;
    let mut previous = '\0';
    for (at, c) in text.char_indices() {
        if c == ' ' && wide(previous) && text[at + 1..].chars().next().is_some_and(wide) {
            kept.push_str(&text[from..at]);
            from = at + 1;
        }
        previous = c;
    }
    if from == 0 {
        return text;
    }
    kept.push_str(&text[from..]);
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use super::{Kind, read};
    use crate::diagnostic::SourceFile;

    fn text_of(yaml: &str) -> String {
        let file = SourceFile::new("plan.yaml", yaml);
        read(&file).unwrap().root.text().unwrap().to_owned()
    }

    #[test]
    fn chinese_lines_join_without_a_blank_and_latin_ones_with() {
        assert_eq!(
            text_of(">-\n  团结动员\n  广大教职工，\n  学懂弄通"),
            "团结动员广大教职工，学懂弄通"
        );
        assert_eq!(text_of("团结动员\n  广大教职工"), "团结动员广大教职工");
        assert_eq!(text_of(">-\n  sports\n  day"), "sports day");
        assert_eq!(text_of(">-\n  第2届\n  2021 sports"), "第2届 2021 sports");
        assert_eq!(text_of("\"𠮷林\n  分工会\""), "𠮷林分工会");
    }

    #[test]
    fn a_text_on_one_line_keeps_its_blanks() {
        assert_eq!(text_of("何 频"), "何 频");
        assert_eq!(text_of("\"何  频\""), "何  频");
    }

    #[test]
    fn what_is_typed_stays_a_text() {
        for text in ["05", "yes", "2021-03-29", "1e3", "0x10", "1_000"] {
            assert_eq!(text_of(text), text);
        }
        for nothing in ["", "~", "null", "# 只有注释"] {
            let file = SourceFile::new("plan.yaml", nothing);
            assert_eq!(read(&file).unwrap().root.kind, Kind::Empty, "{nothing}");
        }
    }

    #[test]
    fn a_comment_that_looks_like_text_is_noted_with_the_text() {
        let file = SourceFile::new(
            "plan.yaml",
            "- 学习 #党史\n- 学习 # 注释\n- 学习#党史\n- '学习 #党史'\n",
        );
        let cut = read(&file).unwrap().cut;
        assert_eq!(cut.len(), 1);
        assert_eq!((cut[0].0.line, cut[0].0.column, cut[0].0.width), (1, 6, 3));
        assert_eq!(cut[0].1, "学习 #党史");
    }
}
