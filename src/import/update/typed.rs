//! A data file as it was typed, with the places of its nodes in bytes.

use crate::source::node::{Kind, Node};
use std::ops::Range;

/// A text with its line breaks and its byte order mark, as they are on the disk.
#[derive(Debug)]
pub(super) struct Typed {
    /// The whole text.
    pub raw: String,
    /// Where each line begins.
    lines: Vec<usize>,
}

impl Typed {
    /// Wraps a text.
    pub fn new(raw: String) -> Self {
        let mut lines = vec![if raw.starts_with('\u{feff}') { 3 } else { 0 }];
        let bytes = raw.as_bytes();
        for (at, byte) in bytes.iter().enumerate() {
            let ends = match byte {
                b'\n' => true,
                b'\r' => bytes.get(at + 1) != Some(&b'\n'),
                _ => false,
            };
            if ends {
                lines.push(at + 1);
            }
        }
        Self { raw, lines }
    }

    /// How its lines end.
    pub fn line_break(&self) -> &'static str {
        match self.raw.find(['\r', '\n']).map(|at| &self.raw[at..]) {
            Some(rest) if rest.starts_with("\r\n") => "\r\n",
            Some(rest) if rest.starts_with('\r') => "\r",
            _ => "\n",
        }
    }

    /// Where a line begins, counted from 1; the end of the text for lines behind the last.
    pub fn line_start(&self, line: usize) -> usize {
        self.lines.get(line.saturating_sub(1)).copied().unwrap_or(self.raw.len())
    }

    /// A line without its end.
    pub fn line(&self, line: usize) -> &str {
        let end = self.line_start(line + 1).max(self.line_start(line));
        self.raw[self.line_start(line)..end].trim_end_matches(['\r', '\n'])
    }

    /// How many lines there are.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// The line in which a byte stands.
    pub fn line_at(&self, offset: usize) -> usize {
        self.lines.partition_point(|start| *start <= offset).max(1)
    }

    /// How far a line is set in.
    pub fn indent(&self, line: usize) -> usize {
        let text = self.line(line);
        text.len() - text.trim_start_matches(' ').len()
    }

    fn is_blank(&self, line: usize) -> bool {
        self.line(line).trim().is_empty()
    }

    /// Where a node begins; a text behind `|` or `>` with that mark.
    pub fn start(&self, node: &Node<'_>) -> usize {
        self.mark(node).unwrap_or_else(|| self.content(node))
    }

    /// The mark of a text behind `|` or `>`, of which the parser tells where its first line is.
    fn mark(&self, node: &Node<'_>) -> Option<usize> {
        let content = self.content(node);
        let is_first = self.raw[self.line_start(node.span.line)..content].trim().is_empty();
        if node.text().is_none() || !is_first {
            return None;
        }
        let line = (1..node.span.line).rev().find(|line| !self.is_blank(*line))?;
        let text = self.line(line);
        let text = text[..text.find(" #").unwrap_or(text.len())].trim_end();
        let start = text.rfind(' ').map_or(0, |blank| blank + 1);
        let rest = text[start..].strip_prefix(['|', '>'])?;
        let is_mark = rest.chars().all(|c| c.is_ascii_digit() || "+-".contains(c))
            && text[..start].trim_end().ends_with([':', '-']);
        is_mark.then(|| self.line_start(line) + start)
    }

    /// Where a node's content begins.
    fn content(&self, node: &Node<'_>) -> usize {
        let (line, column) = (node.span.line, node.span.column);
        let text = self.line(line);
        let within = text.char_indices().nth(column.saturating_sub(1));
        self.line_start(line) + within.map_or(text.len(), |(at, _)| at)
    }

    /// The bytes of a node. `indent` is how far the key or the dash in front of it is set in.
    pub fn range(&self, node: &Node<'_>, indent: usize) -> Range<usize> {
        let start = self.start(node);
        start..self.end(node, indent).max(start)
    }

    fn end(&self, node: &Node<'_>, indent: usize) -> usize {
        let start = self.start(node);
        let first = self.raw[start..].bytes().next();
        match &node.kind {
            Kind::Empty => start,
            Kind::Map(pairs) if first != Some(b'{') => {
                pairs.last().map_or(start, |(key, value)| self.end(value, key.span.column - 1))
            }
            Kind::List(list) if first != Some(b'[') => {
                list.last().map_or(start, |value| self.end(value, self.indent(value.span.line)))
            }
            Kind::Map(_) | Kind::List(_) => self.flow_end(start),
            Kind::Text(text) => match first {
                Some(quote @ (b'\'' | b'"')) => self.quote_end(start, quote),
                Some(b'|' | b'>') => self.block_end(self.line_at(start), indent),
                _ => self.plain_end(node, text, indent),
            },
        }
    }

    /// The end of a text in quotes.
    fn quote_end(&self, start: usize, quote: u8) -> usize {
        let bytes = self.raw.as_bytes();
        let mut at = start + 1;
        while at < bytes.len() {
            match bytes[at] {
                b'\\' if quote == b'"' => at += 1,
                byte if byte == quote && quote == b'\'' && bytes.get(at + 1) == Some(&b'\'') => {
                    at += 1;
                }
                byte if byte == quote => return at + 1,
                _ => {}
            }
            at += 1;
        }
        bytes.len()
    }

    /// The end of a list or map in brackets.
    fn flow_end(&self, start: usize) -> usize {
        let bytes = self.raw.as_bytes();
        let (mut at, mut depth) = (start, 0_usize);
        while at < bytes.len() {
            let begins = at == start || matches!(bytes[at - 1], b' ' | b',' | b'[' | b'{' | b'\n');
            match bytes[at] {
                quote @ (b'\'' | b'"') if begins => {
                    at = self.quote_end(at, quote);
                    continue;
                }
                b'#' if bytes[at - 1].is_ascii_whitespace() => {
                    at = self.line_start(self.line_at(at) + 1);
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => {
                    depth -= 1;
                    if depth == 0 {
                        return at + 1;
                    }
                }
                _ => {}
            }
            at += 1;
        }
        bytes.len()
    }

    /// The lines of a text that begins with `|` or `>`, without the blank ones at its end.
    pub fn block_lines(&self, line: usize, indent: usize) -> Range<usize> {
        let mut end = line + 1;
        for at in line + 1..=self.line_count() {
            if self.is_blank(at) {
                continue;
            }
            if self.indent(at) <= indent {
                break;
            }
            end = at + 1;
        }
        line + 1..end
    }

    fn block_end(&self, line: usize, indent: usize) -> usize {
        let last = self.block_lines(line, indent).end - 1;
        self.line_start(last) + self.line(last).len()
    }

    /// The end of a text without quotes, which may go on for some lines.
    fn plain_end(&self, node: &Node<'_>, text: &str, indent: usize) -> usize {
        let start = self.start(node);
        let first = &self.raw[start..];
        if node.span.width > 1 || text.chars().count() <= 1 {
            let end = first.char_indices().nth(node.span.width).map_or(first.len(), |(at, _)| at);
            return start + first[..end].trim_end().len();
        }
        let mut last = node.span.line;
        for at in node.span.line + 1..=self.line_count() {
            if self.is_blank(at) {
                continue;
            }
            if self.indent(at) <= indent || self.line(at).trim_start().starts_with('#') {
                break;
            }
            last = at;
        }
        let line = self.line(last);
        let end = line.find(" #").unwrap_or(line.len());
        self.line_start(last) + line[..end].trim_end().len()
    }
}

#[cfg(test)]
mod tests {
    use super::Typed;
    use crate::diagnostic::SourceFile;
    use crate::source::node::{self, Kind};

    /// The raw text of every value of a map, one a line.
    fn values(yaml: &str) -> Vec<String> {
        let file = SourceFile::new("plan.yaml", yaml.replace("\r\n", "\n"));
        let root = node::parse(&file).unwrap();
        let typed = Typed::new(yaml.to_owned());
        let Kind::Map(pairs) = &root.kind else { panic!("no map") };
        pairs.iter().map(|(_, value)| typed.raw[typed.range(value, 0)].to_owned()).collect()
    }

    #[test]
    fn a_value_is_found_whatever_its_style() {
        let yaml = "a: 党史学习  # 注释\nb: '主题: ''学习'''\nc: \"x\\\"y\" # 注\nd: >-\n  一\n  二\n\n  三\n\n# 注释\ne: |\n  一\n\nf: [宣教科, '综,合]科'] # 注\ng:\n  - { a: b }\n  - c # 注\nh: 几行\n  的文字  # 注\ni: 末";
        assert_eq!(
            values(yaml),
            [
                "党史学习",
                "'主题: ''学习'''",
                "\"x\\\"y\"",
                ">-\n  一\n  二\n\n  三",
                "|\n  一",
                "[宣教科, '综,合]科']",
                "- { a: b }\n  - c",
                "几行\n  的文字",
                "末"
            ]
        );
    }

    #[test]
    fn line_breaks_of_any_kind_are_kept() {
        assert_eq!(
            values("a: 一\r\nb: >-\r\n  二\r\n  三\r\nc: 四\r\n"),
            ["一", ">-\r\n  二\r\n  三", "四"]
        );
        assert_eq!(Typed::new("a\r\nb".to_owned()).line_break(), "\r\n");
        assert_eq!(Typed::new("\u{feff}a\rb".to_owned()).line_break(), "\r");
        let typed = Typed::new("\u{feff}a: 一\n".to_owned());
        assert_eq!(typed.line(1), "a: 一");
    }
}
