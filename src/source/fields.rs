//! Nodes → values: the few questions that every data file asks, each of which reports what is
//! wrong and goes on, so that all faults of a file come to light at once.

use super::date::{self, NoDate};
use super::node::{Document, Kind, Node};
use super::spelling::{bare_name, is_invisible, is_reserved, striking};
use crate::diagnostic::{Diagnostic, Place, Report, SourceFile, Span, faults};
use crate::limits;
use chrono::NaiveDate;
use std::collections::HashMap;

/// Reads one file's nodes and collects its faults.
pub struct Reader<'a> {
    /// The file at hand.
    pub file: &'a SourceFile,
    /// Its faults so far.
    pub report: Report,
    /// Every key that files of this kind know.
    pub keys: &'a [&'a str],
    /// Whether something reads as what nobody meant: a key inside a text, a map that is none.
    pub garbled: bool,
    /// Whether lines were set aside, so that what is missing may stand in them.
    pub gaps: bool,
    /// Places of mistyping, about which nothing else is told.
    pub told: Vec<Span>,
    unreported: usize,
}

/// A map whose keys have been looked over.
pub struct Fields<'n, 'a> {
    /// Where the map begins.
    pub at: Span,
    entries: Vec<(&'n str, &'n Node<'a>)>,
}

/// A name inside a text that may hold several.
pub struct Name {
    /// Without blanks that only align it.
    pub text: String,
    /// Where it stands.
    pub at: Span,
}

impl<'n, 'a> Fields<'n, 'a> {
    /// The value behind a key, if the key is there and something stands behind it.
    pub fn get(&self, key: &str) -> Option<&'n Node<'a>> {
        self.entries.iter().find(|(name, _)| *name == key).map(|(_, node)| *node)
    }
}

impl<'a> Reader<'a> {
    /// Begins with a file and what its typing already brought to light.
    pub fn new(file: &'a SourceFile, report: Report) -> Self {
        Self {
            file,
            report,
            keys: &[],
            garbled: false,
            gaps: false,
            told: Vec::new(),
            unreported: 0,
        }
    }

    /// Names every key that files of this kind know, for finding those that slipped into a text.
    pub fn with_keys(self, keys: &'a [&'a str]) -> Self {
        Self { keys, ..self }
    }

    /// The place of a span.
    pub fn place(&self, at: Span) -> Place {
        self.file.place(at)
    }

    /// Reports a fault, up to the bound of a file.
    pub fn fault(&mut self, build: impl FnOnce(Place) -> Diagnostic, at: Span) {
        let same = |told: &Span| {
            let ends = |span: &Span| span.column + span.width;
            told.line == at.line && told.column < ends(&at) && at.column < ends(told)
        };
        if self.told.iter().any(same) {
            return;
        }
        if self.report.diagnostics().len() < limits::FAULTS_A_FILE {
            self.report.push(build(self.file.place(at)));
        } else {
            self.unreported += 1;
        }
    }

    /// Ends the reading of the file.
    pub fn finish(mut self) -> Report {
        if self.unreported > 0 {
            let place = Place { path: self.file.path.clone(), spot: None };
            self.report.push(faults::more_faults(place, self.unreported));
        }
        self.report
    }

    /// Opens a map, reports keys that are unknown, doubled or empty.
    pub fn fields<'n>(&mut self, node: &'n Node<'a>, keys: &[&str]) -> Option<Fields<'n, 'a>> {
        let Kind::Map(pairs) = &node.kind else {
            self.garbled |= node.text().is_some();
            self.fault(
                |place| match &node.kind {
                    Kind::Empty => faults::nothing_here(place, keys),
                    Kind::Text(text) => faults::text_for_map(place, keys, text),
                    _ => faults::expected_map(place, keys),
                },
                node.span,
            );
            return None;
        };
        let mut fields = Fields { at: node.span, entries: Vec::with_capacity(keys.len()) };
        let mut seen: Vec<(&str, usize)> = Vec::with_capacity(keys.len());
        let mut doubled = false;
        for (key, value) in pairs {
            let name = key.text().unwrap_or("");
            if !keys.contains(&name) {
                self.garbled |= name.contains([':', '：', '\u{3000}']);
                let text = value.text().unwrap_or("");
                let elsewhere = self.keys.contains(&name);
                self.fault(
                    |place| match elsewhere {
                        true => faults::misplaced_key(place, name, keys),
                        false => faults::unknown_key(place, name, text, keys),
                    },
                    key.span,
                );
                continue;
            }
            if let Some((_, line)) = seen.iter().find(|(other, _)| *other == name) {
                // Where a dash was forgotten, every key stands twice: the first one tells.
                if !doubled {
                    let (line, text) = (*line, value.text().unwrap_or(""));
                    self.fault(|place| faults::duplicate_key(place, name, text, line), key.span);
                }
                doubled = true;
                continue;
            }
            seen.push((name, key.span.line));
            match value.kind {
                Kind::Empty if self.gaps => {}
                Kind::Empty => self.fault(|place| faults::empty_value(place, name), key.span),
                _ => fields.entries.push((name, value)),
            }
        }
        Some(fields)
    }

    /// Reports a key that has to be there and is not. A key that is there but empty has been
    /// reported as such.
    pub fn require(&mut self, node: &Node<'a>, key: &str, means_zh: &str, means_en: &str) {
        let Kind::Map(pairs) = &node.kind else { return };
        if self.gaps || pairs.iter().any(|(name, _)| name.text() == Some(key)) {
            return;
        }
        let at = pairs.first().map_or(node.span, |(name, _)| name.span);
        self.fault(|place| faults::missing_key(place, key, means_zh, means_en), at);
    }

    /// A list; a single value in its stead is a fault.
    pub fn list<'n>(&mut self, node: Option<&'n Node<'a>>, key: &str) -> &'n [Node<'a>] {
        let Some(node) = node else { return &[] };
        if let Kind::List(list) = &node.kind {
            return list;
        }
        self.garbled |= node.text().is_some();
        self.fault(|place| faults::expected_list(place, key, node.text()), node.span);
        &[]
    }

    /// A text of any length.
    pub fn text<'n>(&mut self, node: &'n Node<'a>, key: &str) -> Option<&'n str> {
        let Kind::Text(text) = &node.kind else {
            self.fault(
                |place| match &node.kind {
                    Kind::List(list) => {
                        let parts: Vec<&str> = list.iter().take(8).filter_map(Node::text).collect();
                        faults::list_for_text(place, key, &parts)
                    }
                    _ => faults::expected_text(place, key),
                },
                node.span,
            );
            return None;
        };
        self.look_over(node, text);
        Some(text.trim())
    }

    /// A text of one line: a title, a name.
    pub fn line(&mut self, node: Option<&Node<'a>>, key: &str) -> Option<String> {
        let node = node?;
        let text = self.text(node, key)?;
        if text.is_empty() {
            self.fault(|place| faults::empty_value(place, key), node.span);
            return None;
        }
        // A sixth of the bytes is the least number of characters, so short texts skip the count.
        if text.len() > limits::LINE_CHARACTERS {
            let characters = text.chars().count();
            if characters > limits::LINE_CHARACTERS {
                self.fault(|place| faults::line_too_long(place, key, characters), node.span);
                return None;
            }
        }
        Some(
            text.lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .collect::<Vec<_>>()
                .join(" "),
        )
    }

    /// Paragraphs: a text, one a line; or a list of texts.
    pub fn paragraphs(&mut self, node: Option<&Node<'a>>, key: &str) -> Vec<String> {
        let Some(node) = node else { return Vec::new() };
        let parts = match &node.kind {
            Kind::List(list) => list.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let mut paragraphs = Vec::new();
        for part in parts {
            let Some(text) = self.text(part, key) else {
                continue;
            };
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            paragraphs.extend(lines.map(str::to_owned));
        }
        paragraphs
    }

    /// Names: a list, or one text with 、 between them (other commas are understood too).
    pub fn names(&mut self, node: Option<&Node<'a>>, key: &str) -> Vec<Name> {
        let Some(node) = node else { return Vec::new() };
        let parts = match &node.kind {
            Kind::List(list) => list.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let mut names = Vec::new();
        for part in parts {
            let Some(text) = self.text(part, key) else {
                continue;
            };
            let mut column = within(part, text, 0).column;
            for piece in text.split(['、', '，', ',', '；', ';', '/', '\n']) {
                let name = bare_name(piece);
                let lead = piece.chars().take_while(|c| c.is_whitespace()).count();
                let length = piece.chars().count();
                if !name.is_empty() {
                    let width = piece.trim().chars().count();
                    names.push(Name {
                        text: name,
                        at: Span { column: column + lead, width, ..part.span },
                    });
                }
                column += length + 1;
            }
        }
        names
    }

    /// A day: 2021-03-29, also 2021/3/29, 2021.3.29, 2021年3月29日 and 二〇二一年三月二十九日.
    /// `year` is the plan's, to offer where the day has none.
    pub fn date(&mut self, node: Option<&Node<'a>>, key: &str, year: i32) -> Option<NaiveDate> {
        let node = node?;
        let text = self.text(node, key)?;
        match date::read(text, year) {
            Ok(date) => return Some(date),
            Err(NoDate::Impossible) => {
                self.fault(|place| faults::no_such_date(place, text), node.span);
            }
            Err(NoDate::WithoutYear(day)) => {
                self.fault(|place| faults::not_a_date(place, text, Some(day)), node.span);
            }
            Err(NoDate::Unreadable) => {
                self.fault(|place| faults::not_a_date(place, text, None), node.span);
            }
        }
        None
    }

    /// An id, well formed and not taken: 64 of `a-z`, `0-9` and `-`, with a letter among them.
    pub fn id(
        &mut self,
        node: Option<&Node<'a>>,
        taken: &mut HashMap<String, usize>,
    ) -> Option<String> {
        let node = node?;
        let text = self.text(node, "id")?;
        let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if text.is_empty() {
            self.fault(|place| faults::empty_value(place, "id"), node.span);
            return None;
        }
        if text.len() > 64 || !text.chars().all(fine) || text.starts_with('-') {
            self.fault(|place| faults::bad_id(place, text), node.span);
            return None;
        }
        if is_reserved(text) {
            self.fault(|place| faults::reserved_id(place, text), node.span);
            return None;
        }
        if let Some(line) = taken.get(text) {
            let line = *line;
            self.fault(|place| faults::duplicate_id(place, text, line), node.span);
            return None;
        }
        taken.insert(text.to_owned(), node.span.line);
        Some(text.to_owned())
    }

    /// Warns of texts that are cut by a comment.
    pub fn comments(&mut self, document: &Document<'_>) {
        for (at, text) in &document.cut {
            self.fault(|place| faults::comment_cuts_text(place, text), *at);
        }
    }

    /// Looks a text over for what no notice has: characters that nobody sees, a quote without its
    /// pair, a key that slipped into it.
    fn look_over(&mut self, node: &Node<'a>, text: &str) {
        let mut quotes = 0_i32;
        let mut open = None;
        let mut lone = None;
        for (at, c) in striking(text) {
            match c {
                '“' => {
                    quotes += 1;
                    open = open.or(Some(at));
                }
                '”' => {
                    quotes -= 1;
                    if quotes < 0 {
                        lone = lone.or(Some(at));
                    }
                    open = open.filter(|_| quotes > 0);
                }
                ':' | '：' => self.garbled |= self.ends_in_key(&text[..at]),
                c if is_invisible(c) => {
                    self.garbled = true;
                    let at = node.span;
                    return self.fault(|place| faults::control_character(place, c as u32), at);
                }
                _ => {}
            }
        }
        if let Some(at) = lone.or(open) {
            let at = within(node, text, at);
            self.fault(|place| faults::unpaired_quote(place, lone.is_none()), at);
        }
    }

    /// Tells whether a text ends in a word that is a key.
    fn ends_in_key(&self, text: &str) -> bool {
        let word = text.rsplit(|c: char| !c.is_ascii_lowercase() && c != '_').next().unwrap_or("");
        !word.is_empty() && self.keys.contains(&word)
    }
}

/// The keys of all maps of a file, each once, in the order in which they are met.
pub fn all_keys(maps: &[&[&'static str]]) -> Vec<&'static str> {
    let mut all = Vec::new();
    for key in maps.iter().copied().flatten() {
        if !all.contains(key) {
            all.push(*key);
        }
    }
    all
}

/// The place of a character of a text, if the text stands on one line as it is; else of the whole.
fn within(node: &Node<'_>, text: &str, at: usize) -> Span {
    let quoted = node.span.width.checked_sub(text.chars().count());
    match quoted {
        Some(extra @ (0 | 2)) => {
            let column = node.span.column + extra / 2 + text[..at].chars().count();
            Span { column, width: 1, ..node.span }
        }
        _ => node.span,
    }
}
