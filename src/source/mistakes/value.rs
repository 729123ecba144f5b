//! Values that YAML reads as something else than their text.

use super::entry::blanks_after;
use super::{Inside, Mender, Pen, columns};
use crate::diagnostic::faults;

/// How many lines a text in quotes may go on for until it counts as never closed.
const QUOTED_LINES: usize = 100;

impl Mender<'_, '_> {
    /// Looks at what stands behind a key or a dash; `typed` is the key's column. What is mended is
    /// kept as a text in quotes.
    pub(super) fn value(&mut self, pen: &mut Pen<'_>, typed: usize) {
        let value = pen.rest.trim_end();
        let first = value.chars().next().unwrap_or('#');
        let at = self.at(pen.column, value.chars().count());
        match first {
            '#' => self.levels.awaits = true,
            '|' | '>' if is_block_header(value) => self.inside = Inside::Block(typed),
            '{' | '｛' if !text_follows(value, ['}', '｝']) => self.braces(pen),
            '[' if !text_follows(value, [']', ']']) => self.braces(pen),
            '"' | '\'' => self.quoted(pen, value, first),
            '-' if value.starts_with("- ") => {
                let key = self.lines[self.number - 1].trim_start();
                let key = self.key_at(key).map_or("", |key| key.word);
                self.reader.fault(|place| faults::list_on_key_line(place, key, value), at);
                pen.skip(usize::MAX);
                self.levels.awaits = true;
                self.inside = Inside::Dropped(typed);
            }
            '&' | '!' if is_yaml_name(value) => {
                let width = value.chars().take_while(|c| !c.is_whitespace()).count();
                let at = self.at(pen.column, width);
                self.reader.fault(if first == '&' { faults::anchor } else { faults::tag }, at);
                pen.skip(width + blanks_after(pen.rest, width));
                self.value(pen, typed);
            }
            '*' if is_yaml_name(value) => {
                self.reader.fault(faults::alias, at);
                pen.quote();
            }
            '*' | '&' | '!' | '%' | '@' | '`' | '[' | '{' | '|' | '>' => {
                let at = self.at(pen.column, 1);
                self.reader.fault(|place| faults::special_beginning(place, value), at);
                pen.quote();
            }
            _ => {
                let colon = value.find(": ").or(value.ends_with(':').then(|| value.len() - 1));
                let comment = value.find(" #").unwrap_or(value.len());
                if let Some(colon) = colon.filter(|colon| *colon < comment) {
                    let at = self.at(pen.column + value[..colon].chars().count(), 1);
                    self.reader.fault(|place| faults::colon_in_text(place, value), at);
                    pen.quote();
                }
            }
        }
    }

    /// A value that begins with a straight quote.
    fn quoted(&mut self, pen: &mut Pen<'_>, value: &str, quote: char) {
        let inner = &value[1..];
        let Some(close) = inner.find(quote) else {
            if self.closes_below(quote) {
                self.inside = Inside::Quote(quote);
                return;
            }
            let at = self.at(pen.column, 1);
            self.reader.fault(|place| faults::stray_quote(place, value), at);
            return match value.strip_suffix('”').filter(|value| !value.contains('“')) {
                Some(value) => pen.quote_within(value.chars().count() - 1),
                None => pen.quote_from(1),
            };
        };
        let tail = inner[close + 1..].trim();
        let closed = tail.is_empty()
            || tail.starts_with('#')
            || tail.starts_with(quote)
            || inner[..=close].contains('\\');
        if !closed {
            let at = self.at(pen.column, inner[..close].chars().count() + 2);
            self.reader.fault(|place| faults::text_after_quote(place, value), at);
            pen.quote();
        }
    }

    /// Tells whether a text in quotes goes on below, and ends before the next key.
    fn closes_below(&self, quote: char) -> bool {
        let below = self.lines.iter().skip(self.number).take(QUOTED_LINES);
        for line in below {
            let content = line.trim_start();
            let key = self.is_known_pair(content);
            if key || content.starts_with("- ") {
                return false;
            }
            if content.contains(quote) {
                return content.trim_end().ends_with(quote);
            }
        }
        false
    }

    /// Tells whether the next line begins an entry or a key, and so can't go on with this one.
    pub(super) fn next_line_begins(&self) -> bool {
        let next = self.lines.iter().skip(self.number).find(|line| !line.trim().is_empty());
        next.is_none_or(|line| {
            let content = line.trim_start();
            let key = || self.key_at(content).is_some_and(|key| key.colon.is_some());
            content.starts_with("- ") || (self.levels.has_map_at(columns(line)) && key())
        })
    }
}

/// `&he`, `*he`, `!!str`: words that mean something in YAML, where no text is meant.
fn is_yaml_name(value: &str) -> bool {
    let word = value.split_whitespace().next().unwrap_or("");
    word.len() > 1 && word.is_ascii()
}

/// `|`, `>-`, `|2` and the like, a comment allowed.
fn is_block_header(value: &str) -> bool {
    let header = value.split(" #").next().unwrap_or("").trim_end();
    header[1..].chars().all(|c| matches!(c, '-' | '+' | '1'..='9'))
}

/// Tells whether text goes on behind the bracket that closes the first one: `[2021]3号`.
fn text_follows(value: &str, close: [char; 2]) -> bool {
    value.split_once(close).is_some_and(|(_, tail)| {
        let tail = tail.trim_start();
        !tail.is_empty() && !tail.starts_with(['#', ',', '}', ']', '，'])
    })
}
