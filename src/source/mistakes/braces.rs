//! `{ id: …, name: … }` as it is really typed.

use super::{Inside, Mender, Pen};
use crate::diagnostic::faults;
use crate::limits;

impl Mender<'_, '_> {
    /// Mends a line inside braces, or from the brace on.
    pub(super) fn braces(&mut self, pen: &mut Pen<'_>) {
        if pen.rest.trim().is_empty() {
            return;
        }
        let begin = pen.column;
        let mut closers = match &mut self.inside {
            Inside::Braces(closers) => std::mem::take(closers),
            _ => String::new(),
        };
        let above = closers.len();
        let mut quote = None;
        let mut word = String::new();
        let mut previous = ',';
        while let Some(c) = pen.rest.chars().next() {
            if let Some(open) = quote {
                quote = Some(open).filter(|open| *open != c);
                pen.keep(1);
                continue;
            }
            match c {
                '"' | '\'' if matches!(previous, ',' | ':' | '{' | '[') => {
                    if self.stray_quote(pen, c) {
                        continue;
                    }
                    quote = Some(c);
                    pen.keep(1);
                }
                '*' | '&' | '!' | '%' | '@' | '`' if matches!(previous, ',' | ':' | '[') => {
                    self.special(pen);
                }
                '{' | '｛' => {
                    closers.push('}');
                    self.bracket(pen, c, "{");
                }
                '}' | '｝' => {
                    closers.pop();
                    self.bracket(pen, c, "}");
                }
                '[' if matches!(previous, ',' | ':' | '[') => {
                    closers.push(']');
                    pen.keep(1);
                }
                ']' if closers.ends_with(']') => {
                    closers.pop();
                    pen.keep(1);
                }
                _ if self.separator(pen, c, previous, &word) => {
                    previous = if matches!(c, '：' | ':') { ':' } else { ',' };
                    word.clear();
                    continue;
                }
                _ => pen.keep(1),
            }
            if !c.is_whitespace() {
                previous = c;
            }
            if c.is_ascii_alphanumeric() || c == '_' {
                word.push(c);
            } else {
                word.clear();
            }
        }
        self.leave_open(pen, closers, begin, above == 0);
    }

    /// Mends what stands between keys and values, if it is mistyped.
    fn separator(&mut self, pen: &mut Pen<'_>, c: char, previous: char, word: &str) -> bool {
        let after = &pen.rest[c.len_utf8()..];
        let at = self.at(pen.column, 1);
        let key = self.keys.contains(&word);
        let meant = match c {
            '，' | '、' | '；' | ';' if self.starts_pair(after) => {
                self.reader.fault(|place| faults::full_width_comma(place, c, piece(after)), at);
                ", "
            }
            ' ' | '\u{3000}'
                if !",{｛:：，、；".contains(previous)
                    && !after.starts_with(char::is_whitespace)
                    && self.starts_pair(after) =>
            {
                self.reader.fault(|place| faults::no_comma(place, piece(after)), at);
                ", "
            }
            '：' if key => {
                let fault = |place| faults::full_width_colon(place, word, piece(after));
                self.reader.fault(fault, at);
                ": "
            }
            ':' if key && !after.starts_with(char::is_whitespace) => {
                let fault = |place| faults::no_space_after_colon(place, word, piece(after));
                self.reader.fault(fault, at);
                ": "
            }
            _ => return false,
        };
        pen.swap(1, meant);
        true
    }

    /// Leaves out a straight quote that nothing closes, or that a curly one closes: `"宣教科”`.
    fn stray_quote(&mut self, pen: &mut Pen<'_>, quote: char) -> bool {
        let after = &pen.rest[1..];
        let text = piece(after);
        let inner = text.strip_suffix('”').filter(|inner| !inner.contains('“'));
        if after.contains(quote) || inner.is_none() && !self.next_line_begins() {
            return false;
        }
        let value: String = [quote].into_iter().chain(text.chars()).collect();
        let at = self.at(pen.column, 1);
        self.reader.fault(|place| faults::stray_quote(place, &value), at);
        match inner {
            Some(_) => pen.quote_within(after.split('”').next().unwrap_or("").chars().count()),
            None => pen.skip(1),
        }
        true
    }

    /// Quotes a value that begins with a character that YAML keeps for itself.
    fn special(&mut self, pen: &mut Pen<'_>) {
        let text = piece(pen.rest).split(']').next().unwrap_or("").trim_end();
        let at = self.at(pen.column, 1);
        self.reader.fault(|place| faults::special_beginning(place, text), at);
        pen.put("'");
        pen.keep_quoted(text.chars().count());
        pen.put("'");
    }

    /// Closes at the end of a line what the next line can't go on with.
    fn leave_open(&mut self, pen: &mut Pen<'_>, closers: String, begin: usize, here: bool) {
        self.inside = Inside::Nothing;
        if closers.is_empty() {
            return;
        }
        if closers.len() <= limits::YAML_DEPTH && here && self.next_line_begins() {
            let missing: String = closers.chars().rev().flat_map(|closer| [' ', closer]).collect();
            let at = self.at(begin, 1);
            self.reader.fault(|place| faults::unclosed_brace(place, &missing), at);
            pen.put(&missing);
        } else {
            self.inside = Inside::Braces(closers);
        }
    }

    fn bracket(&mut self, pen: &mut Pen<'_>, typed: char, meant: &str) {
        if meant.starts_with(typed) {
            return pen.keep(1);
        }
        let at = self.at(pen.column, 1);
        self.reader.fault(|place| faults::full_width_brace(place, typed, meant), at);
        pen.swap(1, meant);
    }

    /// Tells whether `key:` comes next.
    fn starts_pair(&self, text: &str) -> bool {
        self.is_known_pair(text.trim_start())
    }
}

/// The value up to the next comma or brace.
fn piece(text: &str) -> &str {
    text.split([',', '，', '}', '｝']).next().unwrap_or("").trim()
}
