//! YAML as a careful clerk types it, with comments for the next one.

use crate::diagnostic::{Language, Words};
use std::fmt::Write;

/// How far what belongs to a key is set in.
const INDENT: usize = 2;

/// A text of up to so many characters stands on the line of its key.
const SHORT: usize = 60;

/// A data file in the making.
pub struct Writer {
    text: String,
    language: Language,
    depth: usize,
    /// Whether the next line begins an entry of a list.
    begins: bool,
    /// How far the text is set in that stands in comments, to be put into use later.
    muted: Option<usize>,
    /// How many comments ask for a change.
    pub changes: usize,
    /// How many comments ask for a look.
    pub checks: usize,
}

impl Writer {
    /// An empty file, with comments in a language.
    pub fn new(language: Language) -> Self {
        Self {
            text: String::new(),
            language,
            depth: 0,
            begins: false,
            muted: None,
            changes: 0,
            checks: 0,
        }
    }

    /// The file's text.
    pub fn finish(self) -> String {
        self.text
    }

    /// A comment of one line; before an entry of a list it stands above the dash.
    pub fn comment(&mut self, words: &Words) {
        let depth = if self.begins { self.depth - INDENT } else { self.depth };
        for line in words.get(self.language).lines() {
            let _ = writeln!(self.text, "{:depth$}# {line}", "");
        }
    }

    /// A comment that asks for a change.
    pub fn please_change(&mut self, words: &Words) {
        let Words { zh, en } = words;
        self.changes += 1;
        self.comment(&crate::words!("待改：{zh}", "TO CHANGE: {en}"));
    }

    /// A comment that asks for a look.
    pub fn please_check(&mut self, words: &Words) {
        let Words { zh, en } = words;
        self.checks += 1;
        self.comment(&crate::words!("请核对：{zh}", "CHECK: {en}"));
    }

    /// A blank line.
    pub fn blank(&mut self) {
        self.text.push('\n');
    }

    /// A key with a text behind it.
    pub fn pair(&mut self, key: &str, value: &str) {
        self.line(&format!("{key}: {}", scalar(value)));
    }

    /// A key with what stands behind it, as it is.
    pub fn line(&mut self, line: &str) {
        let (depth, dash) =
            if self.begins { (self.depth - INDENT, "- ") } else { (self.depth, "") };
        self.begins = false;
        let _ = match self.muted {
            Some(muted) => {
                let within = depth - muted;
                writeln!(self.text, "{:muted$}# {:within$}{dash}{line}", "", "")
            }
            None => writeln!(self.text, "{:depth$}{dash}{line}", ""),
        };
    }

    /// What belongs to the key above.
    pub fn within(&mut self, write: impl FnOnce(&mut Self)) {
        self.deeper();
        write(self);
        self.back();
    }

    /// A key with a list behind it.
    pub fn list(&mut self, key: &str, write: impl FnOnce(&mut Self)) {
        self.line(&format!("{key}:"));
        self.within(write);
    }

    /// An entry of a list.
    pub fn entry(&mut self, write: impl FnOnce(&mut Self)) {
        self.begin_entry();
        write(self);
        self.back();
    }

    /// Goes one level in, to what belongs to the key above.
    pub fn deeper(&mut self) {
        self.depth += INDENT;
    }

    /// Goes in to an entry of a list: its first line gets the dash.
    pub fn begin_entry(&mut self) {
        self.begins = true;
        self.deeper();
    }

    /// Comes back out.
    pub fn back(&mut self) {
        self.depth = self.depth.saturating_sub(INDENT);
    }

    /// Lines that stand in comments: without “# ” at their beginning they are data.
    pub fn muted(&mut self, write: impl FnOnce(&mut Self)) {
        self.muted = Some(self.depth);
        write(self);
        self.muted = None;
    }

    /// Paragraphs below their key.
    pub fn paragraphs(&mut self, key: &str, paragraphs: &[&str]) {
        self.line(&format!("{key}: {}", if paragraphs.len() == 1 { ">-" } else { "|-" }));
        self.within(|writer| paragraphs.iter().for_each(|paragraph| writer.line(paragraph)));
    }

    /// Paragraphs of a text; one that is short stands on the line of its key.
    pub fn text(&mut self, key: &str, paragraphs: &[String]) {
        match paragraphs {
            [] => {}
            [short] if short.chars().count() <= SHORT => self.pair(key, short),
            _ => self.paragraphs(key, &paragraphs.iter().map(String::as_str).collect::<Vec<_>>()),
        }
    }
}

/// A text in block style, in quotes where it needs them.
pub fn scalar(text: &str) -> String {
    serde_yaml::to_string(text).map_or_else(|_| text.to_owned(), |yaml| yaml.trim_end().to_owned())
}

/// A text within braces, where more marks need quotes.
pub fn flow(text: &str) -> String {
    let plain = scalar(text);
    let is_quoted = plain.starts_with(['\'', '"']);
    if plain.contains([',', '[', ']', '{', '}']) && !is_quoted {
        return format!("'{}'", text.replace('\'', "''"));
    }
    plain
}
