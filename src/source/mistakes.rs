//! The mistakes that typists of Chinese really make, found line by line.
//!
//! When a file can't be read as YAML, or reads as something that nobody meant, its lines are looked
//! over for habits of typing: a full-width colon, a tab, a line out of line. Each one found is
//! reported with words of its own and mended in memory, so that the rest of the file can be read
//! and *its* faults reported in the same run. What is mended is never written anywhere.

mod braces;
mod levels;
mod pen;
mod value;

use super::fields::Reader;
use super::node::{Document, Kind, Node};
use crate::diagnostic::{Span, faults};
use levels::{Levels, Shape};
use pen::{Pen, Shift};
use std::collections::HashMap;

/// The longest word that is looked at as a key.
const KEY_CHARACTERS: usize = 24;

/// A file's text with its mistakes mended, line for line.
pub struct Mended {
    /// The text.
    pub text: String,
    /// Whether anything was mended.
    pub found: bool,
    shifts: HashMap<usize, Vec<Shift>>,
}

impl Mended {
    /// Where a piece of the mended text stands in the file as typed.
    pub fn typed(&self, span: Span) -> Span {
        let Some(shifts) = self.shifts.get(&span.line) else {
            return span;
        };
        let column = pen::typed(shifts, span.column);
        let end = pen::typed(shifts, span.column + span.width);
        Span { line: span.line, column, width: end.saturating_sub(column).max(1) }
    }

    /// Shows everything where it stands in the file as typed.
    pub fn retrace(&self, document: &mut Document<'_>) {
        self.retrace_node(&mut document.root);
        document.cut.iter_mut().for_each(|(span, _)| *span = self.typed(*span));
    }

    fn retrace_node(&self, node: &mut Node<'_>) {
        node.span = self.typed(node.span);
        match &mut node.kind {
            Kind::List(list) => list.iter_mut().for_each(|node| self.retrace_node(node)),
            Kind::Map(map) => map.iter_mut().for_each(|(key, value)| {
                self.retrace_node(key);
                self.retrace_node(value);
            }),
            Kind::Empty | Kind::Text(_) => {}
        }
    }

    /// Takes what can't be read out of a line: its value, else its key, else all of it. False if
    /// there is nothing to take.
    pub fn set_aside(&mut self, line: usize) -> bool {
        let begin = self.text.split_inclusive('\n').take(line - 1).map(str::len).sum::<usize>();
        let end = self.text[begin..].find('\n').map_or(self.text.len(), |at| begin + at);
        let typed = self.text[begin..end].trim_end();
        let kept = match (typed.find(": "), typed.find("- ")) {
            (Some(colon), _) => colon + 1,
            (None, Some(dash)) if typed[..dash].trim().is_empty() => dash + 1,
            _ => 0,
        };
        let empty = typed.is_empty();
        self.text.replace_range(begin + kept..end, "");
        !empty
    }
}

/// What a line that is no line of its own belongs to.
enum Inside {
    Nothing,
    /// `text: |` in this column.
    Block(usize),
    /// A text in these quotes.
    Quote(char),
    /// Braces that are not closed yet, with what closes them, the outermost first.
    Braces(String),
    /// What began on the line of the key in this column, and can't be read.
    Dropped(usize),
}

/// Looks over a file that is broken, or reads as something that nobody meant.
pub fn mend(reader: &mut Reader<'_>) -> Mended {
    let typed = reader.file.text.as_str();
    let clean = without_invisible(reader);
    let mut mender = Mender {
        keys: reader.keys,
        reader,
        lines: clean.lines().collect(),
        levels: Levels::default(),
        inside: Inside::Nothing,
        number: 0,
        indented: 0,
        found: clean != typed,
    };
    let mut text = String::with_capacity(clean.len() + 64);
    let mut shifts = HashMap::new();
    for (index, line) in clean.lines().enumerate() {
        mender.number = index + 1;
        let mut pen = Pen::new(line);
        mender.line(&mut pen);
        let (better, moved) = pen.finish();
        text.push_str(&better);
        text.push('\n');
        if !moved.is_empty() {
            shifts.insert(index + 1, moved);
            mender.found = true;
        }
    }
    let found = mender.found;
    let spots =
        reader.report.diagnostics().iter().filter_map(|fault| fault.place.as_ref()?.spot.as_ref());
    reader.told = spots.map(|spot| spot.span).collect();
    Mended { text, found, shifts }
}

/// Reports every character that nobody sees, and puts a blank in its place.
fn without_invisible(reader: &mut Reader<'_>) -> String {
    let mut clean = String::with_capacity(reader.file.text.len());
    let (mut line, mut column) = (1, 1);
    for c in reader.file.text.chars() {
        if is_invisible(c) {
            let at = Span { line, column, width: 1 };
            reader.fault(|place| faults::control_character(place, c as u32), at);
        }
        clean.push(if is_invisible(c) { ' ' } else { c });
        (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
    }
    clean
}

/// Characters that nobody sees and no notice has: control characters, marks of writing direction,
/// blanks without width.
pub fn is_invisible(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A word in front of a colon, or where one should be.
struct Key<'l> {
    word: &'l str,
    known: bool,
    /// Blanks between the word and its colon.
    gap: usize,
    colon: Option<char>,
    /// What follows.
    value: &'l str,
}

struct Mender<'r, 'a> {
    reader: &'r mut Reader<'a>,
    keys: &'a [&'a str],
    lines: Vec<&'r str>,
    levels: Levels,
    inside: Inside,
    number: usize,
    /// The last line whose indentation has been told of.
    indented: usize,
    found: bool,
}

impl Mender<'_, '_> {
    fn at(&self, column: usize, width: usize) -> Span {
        Span { line: self.number, column, width: width.max(1) }
    }

    /// Mends one line.
    fn line(&mut self, pen: &mut Pen<'_>) {
        let indent = pen.rest.chars().take_while(|c| is_blank(*c)).count();
        let content = pen.rest.trim_start_matches(is_blank);
        let typed = columns(pen.rest);
        match self.inside {
            Inside::Quote(quote) => {
                if content.contains(quote) {
                    self.inside = Inside::Nothing;
                }
                return;
            }
            Inside::Braces(_) => return self.braces(pen),
            Inside::Dropped(outer) if typed > outer && self.dash_at(content).is_none() => {
                return pen.skip(usize::MAX);
            }
            Inside::Block(outer) if content.is_empty() || typed > outer => {
                if !self.key_at(content).is_some_and(|key| key.known && key.colon.is_some()) {
                    return self.block_line(pen, outer, indent);
                }
            }
            _ => {}
        }
        let in_block = matches!(self.inside, Inside::Block(outer) if typed > outer);
        self.inside = Inside::Nothing;
        if content.is_empty() || content.starts_with('#') {
            return;
        }
        if self.number > 1 && content.trim_end() == "---" && indent == 0 {
            let at = self.at(1, 3);
            self.reader.fault(faults::second_document, at);
            return pen.skip(usize::MAX);
        }
        self.own_line(pen, indent, content, in_block);
    }

    /// A line of its own: an entry of a list, a key, or text that goes on.
    fn own_line(&mut self, pen: &mut Pen<'_>, indent: usize, content: &str, in_block: bool) {
        let typed = columns(pen.rest);
        let dash = self.dash_at(content);
        let key = self.key_at(content).filter(|key| match (key.colon, key.known) {
            (Some(_), true) => true,
            (Some(_), false) => self.levels.has_map_at(typed) && key.word.chars().count() <= 8,
            (None, known) => known && self.levels.has_map_at(typed),
        });
        let bad_blank = self.indentation(pen, indent);
        if dash.is_none() && key.is_none() {
            return self.text_line(pen, indent, bad_blank);
        }
        let shape = if dash.is_some() { Shape::List } else { Shape::Map };
        let position = self.levels.place(shape, typed, self.number);
        let beside = position.beside.filter(|_| !bad_blank);
        let swallowed = key.as_ref().is_some_and(|key| in_block || key.colon == Some('：'))
            && typed > position.column;
        if let Some(beside) = beside {
            let (word, value) = key.as_ref().map_or(("-", ""), |key| (key.word, key.value));
            let at = self.at(indent + 1, word.chars().count());
            self.reader.fault(
                |place| match swallowed {
                    true => faults::swallowed_key(place, word, value, beside),
                    false => faults::misaligned(place, word, beside),
                },
                at,
            );
        }
        if bad_blank || position.column != typed {
            pen.swap(indent, &" ".repeat(position.column));
        } else {
            pen.keep(indent);
        }
        self.levels.awaits = false;
        match (dash, key) {
            (Some(gap), _) => self.entry(pen, typed, position.column, gap),
            (None, Some(key)) => self.pair(pen, &key, typed, swallowed && beside.is_some()),
            (None, None) => {}
        }
    }

    /// Text that goes on with a value above, or belongs to nothing.
    fn text_line(&mut self, pen: &mut Pen<'_>, indent: usize, bad_blank: bool) {
        let typed = columns(pen.rest);
        let (level, column) = self.levels.innermost();
        let stray = typed <= level && self.number > 1 && !bad_blank;
        if stray {
            let width = pen.rest.trim().chars().count();
            let at = self.at(indent + 1, width);
            self.reader.fault(faults::stray_line, at);
        }
        if stray && !self.levels.awaits {
            pen.skip(usize::MAX);
        } else if stray || bad_blank {
            pen.swap(indent, &" ".repeat(typed.max(column + 2)));
        }
        self.levels.awaits = false;
    }

    /// Reports tabs or full-width blanks among the blanks in front of a line, once for all lines
    /// that follow each other.
    fn indentation(&mut self, pen: &Pen<'_>, indent: usize) -> bool {
        let Some((at, bad)) = bad_blank(pen.rest) else {
            return false;
        };
        let follows = self.indented + 1 == self.number;
        if !follows {
            let below = &self.lines[self.number..];
            let like = |line: &&&str| bad_blank(line).is_some_and(|(_, other)| other == bad);
            let last = self.number + below.iter().take_while(like).count();
            let run = pen.rest.chars().take(indent).skip(at).take_while(|c| *c != ' ').count();
            let (span, first) = (self.at(at + 1, run), self.number);
            self.reader.fault(
                |place| match bad {
                    '\t' => faults::tab_indentation(place, first, last),
                    _ => faults::full_width_indentation(place, first, last),
                },
                span,
            );
        }
        self.indented = self.number;
        true
    }

    /// In a block text only the blanks in front can be wrong.
    fn block_line(&mut self, pen: &mut Pen<'_>, outer: usize, indent: usize) {
        let blanks = pen.rest.chars().take_while(|c| *c == ' ').count();
        let text = pen.rest.chars().count() > indent;
        if text && blanks <= outer && self.indentation(pen, indent) {
            pen.swap(indent, &" ".repeat(outer + 2));
        }
    }

    /// Tells how many blanks follow the dash that a line begins with, if it begins an entry.
    fn dash_at(&self, content: &str) -> Option<usize> {
        let first = content.chars().next()?;
        let after = &content[first.len_utf8()..];
        let gap = after.chars().take_while(|c| c.is_whitespace()).count();
        match first {
            '-' if after.is_empty() || gap > 0 => Some(gap),
            '-' if after.starts_with('-') => None,
            '-' => self.begins_entry(after).then_some(0),
            '－' | '—' | '–' | '‐' | '−' | '·' | '•' if !after.starts_with(first) => {
                Some(gap)
            }
            _ => None,
        }
    }

    fn begins_entry(&self, text: &str) -> bool {
        text.starts_with(['{', '｛', '"', '“'])
            || self.key_at(text).is_some_and(|key| key.known)
            || self.levels.awaits
    }

    /// `- …`, with whatever stands behind the dash.
    fn entry(&mut self, pen: &mut Pen<'_>, typed: usize, mended: usize, gap: usize) {
        let dash = pen.rest.chars().next().unwrap_or('-');
        let rest = pen.rest[dash.len_utf8()..].trim_start();
        let at = self.at(pen.column, 1);
        if dash != '-' {
            self.reader.fault(|place| faults::wrong_dash(place, dash, rest), at);
        } else if gap == 0 && !rest.is_empty() {
            self.reader.fault(|place| faults::no_space_after_dash(place, rest), at);
        }
        let plain = pen.rest.chars().skip(1).take(gap).all(|c| c == ' ');
        if dash == '-' && gap > 0 && plain {
            pen.keep(1 + gap);
        } else if !rest.is_empty() || dash != '-' {
            pen.swap(1 + gap, &format!("-{}", " ".repeat(gap.max(1))));
        }
        if rest.is_empty() {
            self.levels.awaits = true;
            return;
        }
        let inner = 1 + gap.max(1);
        match self.key_at(rest) {
            Some(key) if key.known || key.colon.is_some() && faults::is_chinese_key(key.word) => {
                self.levels.behind_dash(typed + inner, mended + inner, self.number);
                self.pair(pen, &key, typed + inner, false);
            }
            _ => self.value(pen, typed),
        }
    }

    /// Finds the word that a text begins with, if a colon follows it or it is a known key.
    fn key_at<'l>(&self, text: &'l str) -> Option<Key<'l>> {
        let ends = |c: char| c.is_whitespace() || matches!(c, ':' | '：');
        let (end, _) =
            text.char_indices().take(KEY_CHARACTERS).find(|(_, c)| ends(*c)).or_else(|| {
                Some((text.len(), ' ')).filter(|(length, _)| *length < KEY_CHARACTERS)
            })?;
        let (word, after) = text.split_at(end);
        let gap = after.chars().take_while(|c| c.is_whitespace()).count();
        let after = after.trim_start();
        let colon = after.chars().next().filter(|c| matches!(c, ':' | '：'));
        let value = after[colon.map_or(0, char::len_utf8)..].trim_start();
        let known = self.keys.contains(&word);
        let quoted = word.is_empty() || word.starts_with(['"', '\'', '{', '[', '“']);
        (!quoted && (known || colon.is_some())).then_some(Key { word, known, gap, colon, value })
    }

    /// `key: value`, `key：value`, `key:value`, `key value`, and the value.
    fn pair(&mut self, pen: &mut Pen<'_>, key: &Key<'_>, typed: usize, told: bool) {
        let &Key { word, gap, value, .. } = key;
        let begin = pen.column;
        pen.keep(word.chars().count());
        let colon = self.at(pen.column + gap, 1);
        match key.colon {
            Some(':') if value.is_empty() || pen.rest.trim_start()[1..].starts_with(' ') => {
                pen.keep(gap + 1);
                pen.keep(pen.blanks());
            }
            Some(':') => {
                self.reader.fault(|place| faults::no_space_after_colon(place, word, value), colon);
                pen.keep(gap);
                pen.swap(1 + blanks_after(pen.rest, 1), ": ");
            }
            Some(_) => {
                if !told && (key.known || !faults::is_chinese_key(word)) {
                    self.reader.fault(|place| faults::full_width_colon(place, word, value), colon);
                }
                pen.keep(gap);
                pen.swap(1 + blanks_after(pen.rest, 1), ": ");
            }
            None => {
                let at = self.at(begin, word.chars().count());
                self.reader.fault(|place| faults::no_colon(place, word, value), at);
                pen.swap(gap, ": ");
            }
        }
        self.value(pen, typed);
    }
}

/// The first tab or full-width blank among the blanks in front of a line.
fn bad_blank(line: &str) -> Option<(usize, char)> {
    line.chars().enumerate().take_while(|(_, c)| is_blank(*c)).find(|(_, c)| *c != ' ')
}

fn blanks_after(text: &str, characters: usize) -> usize {
    text.chars().skip(characters).take_while(|c| c.is_whitespace()).count()
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{3000}')
}

/// How far a line is indented, a full-width blank or a tab as two columns.
fn columns(line: &str) -> usize {
    let blanks = line.chars().take_while(|c| is_blank(*c));
    blanks.map(|c| if c == ' ' { 1 } else { 2 }).sum()
}
