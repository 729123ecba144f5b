//! Lines of their own: `- …` and `key: value`.

use super::{Mender, Pen, columns, is_blank};
use crate::diagnostic::faults;

/// The longest word that is looked at as a key.
const KEY_CHARACTERS: usize = 24;

/// How far ahead the lines below one are compared with it.
const LINES_AHEAD: usize = 50;

/// How far ahead the next dash of a list is looked for.
const DASHES_AHEAD: usize = 200;

/// A word in front of a colon, or where one should be.
pub(super) struct Key<'l> {
    pub word: &'l str,
    pub known: bool,
    /// Blanks between the word and its colon.
    pub gap: usize,
    pub colon: Option<char>,
    /// What follows.
    pub value: &'l str,
}

/// A dash, or what was typed in its stead.
pub(super) struct Dash<'l> {
    /// `-`, `－`, `1.`
    pub mark: &'l str,
    /// Blanks behind it.
    pub gap: usize,
}

impl<'r> Mender<'r, '_> {
    /// Finds the dash that a line begins with, or what was typed in its stead, if the line begins
    /// an entry of a list.
    pub(super) fn dash_at<'l>(&self, content: &'l str) -> Option<Dash<'l>> {
        let first = content.chars().next()?;
        let digits = content.len() - content.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let mark = match content[digits..].chars().next() {
            Some(mark @ ('.' | '．' | '、' | ')' | '）')) if (1..=3).contains(&digits) => {
                digits + mark.len_utf8()
            }
            _ => first.len_utf8(),
        };
        let (mark, after) = content.split_at(mark);
        let gap = after.chars().take_while(|c| c.is_whitespace()).count();
        let begins = match first {
            '-' if after.is_empty() || gap > 0 => true,
            '-' => !after.starts_with('-') && self.begins_entry(after),
            '－' | '—' | '–' | '‐' | '−' | '·' | '•' => !after.starts_with(first),
            _ => mark.len() > 1 && digits > 0 && self.is_known_pair(after.trim_start()),
        };
        begins.then_some(Dash { mark, gap })
    }

    pub(super) fn begins_entry(&self, text: &str) -> bool {
        text.starts_with(['{', '｛', '"', '“'])
            || self.key_at(text).is_some_and(|key| key.known)
            || self.levels.awaits
    }

    /// `- …`, with whatever stands behind the dash; `told` if the line is told to be out of line.
    pub(super) fn entry(
        &mut self,
        pen: &mut Pen<'_>,
        columns: (usize, usize),
        Dash { mark, gap }: Dash<'_>,
        told: bool,
    ) {
        let (typed, mended) = columns;
        let after = &pen.rest[mark.len()..];
        let rest = after.trim_start();
        let (dash, width) = (mark == "-", mark.chars().count());
        let at = self.at(pen.column, width);
        if !dash {
            self.reader.fault(|place| faults::wrong_dash(place, mark, rest), at);
        } else if gap == 0 && !rest.is_empty() {
            self.reader.fault(|place| faults::no_space_after_dash(place, rest), at);
        }
        if rest.is_empty() {
            pen.swap(width, "-");
            self.levels.awaits = true;
            return;
        }
        let known =
            |key: &Key| key.known || key.colon.is_some() && faults::is_chinese_key(key.word);
        let key = self.key_at(rest).filter(known);
        let inner = typed + width + gap.max(1);
        let shift = mended.abs_diff(typed);
        let below = key.as_ref().and_then(|key| self.keys_below(key));
        let column = match below {
            // The lines below a dash that is out of line may stand where they should.
            Some((column, _, _)) if told && column.abs_diff(inner) == shift => column,
            Some((column, line, true)) if !told && column > typed && column != inner => {
                if let Some(key) = key.as_ref().filter(|_| dash && gap > 0) {
                    let at = self.at(pen.column + 1 + gap, key.word.chars().count());
                    self.reader.fault(|place| faults::misaligned(place, key.word, line), at);
                }
                column
            }
            _ => inner,
        };
        if told {
            // Whatever stands in front is mended by the line's own indentation.
            pen.swap(width + gap, &format!("-{}", " ".repeat(gap.max(1))));
            return self.behind_dash(pen, key, (column, mended + 1 + gap.max(1)));
        }
        let wanted = (column - typed - 1).max(1);
        if dash && gap == wanted && after.starts_with(' ') {
            pen.keep(1);
            pen.swap(gap, &" ".repeat(gap));
        } else {
            pen.swap(width + gap, &format!("-{}", " ".repeat(wanted)));
        }
        self.behind_dash(pen, key, (column, mended + 1 + wanted));
    }

    fn behind_dash(&mut self, pen: &mut Pen<'_>, key: Option<Key<'_>>, columns: (usize, usize)) {
        let (typed, mended) = columns;
        match key {
            Some(key) => {
                self.levels.behind_dash(typed, mended, self.number);
                self.pair(pen, &key, typed, false);
            }
            None => {
                // A key is forgotten; those below are right where they are.
                if self.key_below(typed)
                    && let Some(key) = self.key_of_entries()
                {
                    let text = pen.rest.trim_end();
                    let at = self.at(pen.column, text.chars().count());
                    self.reader.fault(|place| faults::text_for_map(place, &[key], text), at);
                    self.levels.behind_dash(typed, mended, self.number);
                    pen.put(&format!("{key}: "));
                }
                self.value(pen, typed.saturating_sub(2));
            }
        }
    }

    /// The column and the line of the next key below one that has a value, and whether the key
    /// after that stands in the same column.
    fn keys_below(&self, key: &Key<'_>) -> Option<(usize, usize, bool)> {
        if key.value.is_empty() || key.value.starts_with(['|', '>']) {
            return None;
        }
        let below = self.lines.iter().enumerate().skip(self.number).take(LINES_AHEAD);
        let mut keys = below.filter_map(|(index, line)| {
            let content = line.trim_start_matches(is_blank);
            let key = self.is_known_pair(content);
            let entry = content.starts_with("- ");
            (key || entry).then_some((columns(line), index + 1, entry))
        });
        let (column, line, _) = keys.next().filter(|(.., entry)| !entry)?;
        let agrees = keys.next().is_some_and(|(other, _, entry)| other == column && !entry);
        Some((column, line, agrees))
    }

    /// The column of the keys below, and the line of the first, where a key that opens a level
    /// stands in another column than they do.
    pub(super) fn sibling(&self, key: &Key<'_>, typed: usize) -> Option<(usize, usize)> {
        let (column, line, agrees) = self.keys_below(key)?;
        let other = column != typed && !self.levels.has_map_at(column);
        (agrees && other).then_some((column, line))
    }

    /// The column and the line of the next dash, where the first of a list stands deeper than it.
    pub(super) fn dash_below(&self, typed: usize) -> Option<(usize, usize)> {
        let (key, _) = self.levels.innermost();
        let below = self.lines.iter().enumerate().skip(self.number).take(DASHES_AHEAD);
        let mut near = below
            .filter(|(_, line)| !line.trim().is_empty())
            .map(|(index, line)| (columns(line), index + 1, line.trim_start().starts_with("- ")))
            .filter(|(column, ..)| *column <= typed);
        let (column, line, _) = near.find(|(column, _, dash)| *dash || *column <= key)?;
        let dash = self.lines[line - 1].trim_start().starts_with("- ");
        (dash && column < typed && column >= key).then_some((column, line))
    }

    /// Tells whether the next line is a key in this column.
    pub(super) fn key_below(&self, typed: usize) -> bool {
        let below = self.lines.iter().skip(self.number).find(|line| !line.trim().is_empty());
        below.is_some_and(|line| {
            columns(line) == typed && self.is_known_pair(line.trim_start_matches(is_blank))
        })
    }

    /// The key that the other entries of this line's list begin with.
    fn key_of_entries(&self) -> Option<&'r str> {
        let column = columns(self.lines[self.number - 1]);
        let above = self.lines[..self.number - 1].iter().rev().take(LINES_AHEAD);
        let below = self.lines[self.number..].iter().take(LINES_AHEAD);
        above.chain(below).filter(|line| columns(line) == column).find_map(|line| {
            let entry = line.trim_start().strip_prefix("- ")?;
            Some(self.key_at(entry).filter(|key| key.known && key.colon.is_some())?.word)
        })
    }

    /// Finds the word that a text begins with, if a colon follows it or it is a known key.
    pub(super) fn key_at<'l>(&self, text: &'l str) -> Option<Key<'l>> {
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
        let bare = word.trim_matches(['"', '\'']);
        let known = self.keys.contains(&bare) && (bare.len() == word.len() || colon.is_some());
        let other = word.is_empty() || word.starts_with(['"', '\'', '{', '[', '“']);
        (known || colon.is_some() && !other).then_some(Key { word, known, gap, colon, value })
    }

    /// Tells whether a text begins with a known key and a colon.
    pub(super) fn is_known_pair(&self, text: &str) -> bool {
        self.key_at(text).is_some_and(|key| key.known && key.colon.is_some())
    }

    /// `key: value`, `key：value`, `key:value`, `key value`, and the value.
    pub(super) fn pair(&mut self, pen: &mut Pen<'_>, key: &Key<'_>, typed: usize, told: bool) {
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
                let is_odd = pen.rest.trim_start()[1..].starts_with(char::is_whitespace);
                let told = if is_odd {
                    faults::odd_space_after_colon
                } else {
                    faults::no_space_after_colon
                };
                self.reader.fault(|place| told(place, word, value), colon);
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

pub(super) fn blanks_after(text: &str, characters: usize) -> usize {
    text.chars().skip(characters).take_while(|c| c.is_whitespace()).count()
}
