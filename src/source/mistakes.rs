//! The mistakes that typists of Chinese really make, found line by line.
//!
//! When a file can't be read as YAML, or reads as something that nobody meant, its lines are looked
//! over for habits of typing: a full-width colon, a tab, a line out of line. Each one found is
//! reported with words of its own and mended in memory, so that the rest of the file can be read
//! and *its* faults reported in the same run. What is mended is never written anywhere.

mod braces;
mod entry;
mod levels;
mod mended;
mod pen;
mod value;

use super::fields::Reader;
use super::spelling::is_invisible;
use crate::diagnostic::{Diagnostic, Span, faults};
use levels::{Levels, Shape};
pub use mended::Mended;
use pen::Pen;
use std::collections::HashMap;

/// A space of web pages and word processors, which looks like any other.
const NO_BREAK_SPACE: char = '\u{a0}';

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
    // Where the indentation is told, the key behind it is, too.
    let told = |fault: &Diagnostic| {
        let span = fault.place.as_ref()?.spot.as_ref()?.span;
        let extra = usize::from(fault.code.ends_with("-indentation"));
        Some(Span { width: span.width + extra, ..span })
    };
    reader.told = reader.report.diagnostics().iter().filter_map(told).collect();
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
            Inside::Block(outer)
                if content.is_empty() || typed > outer && !self.is_known_pair(content) =>
            {
                return self.block_line(pen, outer, indent);
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
        let opens = self.levels.opens(typed);
        let key = self.key_at(content).filter(|key| match (key.colon, key.known) {
            (Some(_), true) => true,
            (Some(_), false) => self.levels.has_map_at(typed) && key.word.chars().count() <= 8,
            (None, known) => {
                known && (self.levels.has_map_at(typed) || opens && self.key_below(typed))
            }
        });
        let bad_blank = self.indentation(pen, indent);
        if dash.is_none() && key.is_none() {
            return self.text_line(pen, indent, bad_blank);
        }
        let shape = if dash.is_some() { Shape::List } else { Shape::Map };
        let sibling = match &key {
            _ if dash.is_some() => self.dash_below(typed).filter(|_| self.levels.awaits),
            Some(key) if opens => self.sibling(key, typed),
            _ => None,
        };
        let meant = sibling.map_or(typed, |(column, _)| column);
        let position = self.levels.place(shape, meant, bad_blank, self.number);
        let beside = position.beside.or(sibling.map(|(_, line)| line)).filter(|_| !bad_blank);
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
            (Some(dash), _) => {
                let told = bad_blank || beside.is_some();
                self.entry(pen, (typed, position.column), dash, told);
            }
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
                    NO_BREAK_SPACE => faults::no_break_indentation(place, first, last),
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
}

/// The first tab or full-width blank among the blanks in front of a line.
fn bad_blank(line: &str) -> Option<(usize, char)> {
    line.chars().enumerate().take_while(|(_, c)| is_blank(*c)).find(|(_, c)| *c != ' ')
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{3000}' | NO_BREAK_SPACE)
}

/// How far a line is indented, a full-width blank or a tab as two columns.
fn columns(line: &str) -> usize {
    let blanks = line.chars().take_while(|c| is_blank(*c));
    blanks.map(|c| if matches!(c, ' ' | NO_BREAK_SPACE) { 1 } else { 2 }).sum()
}
