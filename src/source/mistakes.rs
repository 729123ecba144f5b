//! The mistakes that typists of Chinese really make, found line by line.
//!
//! When a file can't be read as YAML, its lines are looked over for habits of typing: a full-width
//! colon, a tab, a missing space. Each one found is reported with words of its own and mended in
//! memory, so that the rest of the file can be read and *its* faults reported in the same run. What
//! is mended is never written anywhere.

use crate::diagnostic::{Report, SourceFile, Span, faults};

/// Looks a broken file over. `keys` are the words that may stand before a colon.
///
/// Returns the file's text with what was found mended, line for line.
pub fn mend(file: &SourceFile, keys: &[&str], report: &mut Report) -> String {
    let mut mended = String::with_capacity(file.text.len() + 64);
    let mut block: Option<usize> = None;
    for (index, line) in file.text.lines().enumerate() {
        let indent = line.len() - line.trim_start_matches([' ', '\t', '\u{3000}']).len();
        if block.is_some_and(|outer| line.trim().is_empty() || columns(&line[..indent]) > outer) {
            mended.push_str(&mend_block_line(file, index + 1, line, indent, keys, report));
        } else {
            let better = mend_line(file, index + 1, line, keys, report);
            block = opens_block(&better).then(|| columns(&line[..indent]));
            mended.push_str(&better);
        }
        mended.push('\n');
    }
    mended
}

/// Warns of texts that end at a ` #` without a blank behind it: `task: 学习 #党史`.
pub fn lost_comments(file: &SourceFile, report: &mut Report) {
    if !file.text.contains(" #") {
        return;
    }
    for (index, line) in file.text.lines().enumerate() {
        let Some(at) = line.find(" #") else { continue };
        let (before, after) = (&line[..at], &line[at + 2..]);
        let value = before.split_once(": ").map_or("", |(_, value)| value.trim());
        let quoted = value.starts_with(['"', '\'', '{', '[', '|', '>']);
        if value.is_empty() || quoted || after.is_empty() || after.starts_with([' ', '#']) {
            continue;
        }
        let column = before.chars().count() + 2;
        let span = Span { line: index + 1, column, width: after.chars().count() + 1 };
        report.push(faults::comment_cuts_text(file.place(span), &format!("{value} #{after}")));
    }
}

/// How far an indentation reaches, a full-width blank or a tab as two columns.
fn columns(indent: &str) -> usize {
    indent.chars().map(|c| if c == ' ' { 1 } else { 2 }).sum()
}

/// Tells whether the lines below belong to a block text: `text: |`, `text: >-`.
fn opens_block(line: &str) -> bool {
    let end = line.split(" #").next().unwrap_or("").trim_end();
    ["|", "|-", "|+", ">", ">-", ">+"].iter().any(|mark| end.ends_with(&format!(": {mark}")))
}

/// In a block text only the indentation can be wrong, and only its first blanks.
fn mend_block_line(
    file: &SourceFile,
    number: usize,
    line: &str,
    indent: usize,
    keys: &[&str],
    report: &mut Report,
) -> String {
    let key = keys.iter().any(|key| after_key(&line[indent..], key).is_some());
    if key || line.starts_with('\t') {
        return mend_line(file, number, line, keys, report);
    }
    line.to_owned()
}

/// What follows a key at the beginning of a text, if the text begins with it.
fn after_key<'l>(text: &'l str, key: &str) -> Option<&'l str> {
    text.strip_prefix(key)
        .filter(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

fn mend_line(
    file: &SourceFile,
    number: usize,
    line: &str,
    keys: &[&str],
    report: &mut Report,
) -> String {
    let at = |column: usize, width: usize| file.place(Span { line: number, column, width });
    let mut better = String::new();
    let mut rest = line;
    let mut column = 1;

    let blanks: usize = rest.chars().take_while(|c| matches!(c, ' ' | '\t' | '\u{3000}')).count();
    let indent: String = rest.chars().take(blanks).collect();
    rest = &rest[indent.len()..];
    if rest.is_empty() || rest.starts_with('#') {
        return line.replace(['\t', '\u{3000}'], " ");
    }
    if let Some(position) = indent.chars().position(|c| c == '\t') {
        report.push(faults::tab_indentation(at(position + 1, 1)));
    } else if let Some(position) = indent.chars().position(|c| c == '\u{3000}') {
        report.push(faults::full_width_indentation(at(position + 1, 1)));
    }
    better.push_str(&indent.replace(['\t', '\u{3000}'], "  "));
    column += blanks;

    let first = rest.chars().next().unwrap_or(' ');
    if matches!(first, '－' | '—' | '–' | '‐' | '−' | '·' | '•')
        && !rest[first.len_utf8()..].starts_with(first)
    {
        report.push(faults::wrong_dash(at(column, 1), first));
        better.push_str("- ");
        rest = &rest[first.len_utf8()..];
        let gap = rest.chars().take_while(|c| c.is_whitespace()).count();
        column += 1 + gap;
        rest = rest.trim_start();
    } else if first == '-' && !rest.starts_with("--") {
        let after = &rest[1..];
        let key_follows =
            keys.iter().any(|key| after_key(after, key).is_some()) || after.starts_with('{');
        if key_follows {
            report.push(faults::no_space_after_dash(at(column, 1)));
        }
        if key_follows || after.starts_with([' ', '\u{3000}']) {
            better.push_str("- ");
            let gap = after.chars().take_while(|c| matches!(c, ' ' | '\u{3000}')).count();
            rest = after.trim_start_matches([' ', '\u{3000}']);
            column += 1 + gap;
            // Keep the columns of the lines below: `-   title` stays as wide as it was.
            better.push_str(&" ".repeat(gap.saturating_sub(1)));
        }
    }
    if rest.starts_with('{') {
        better.push_str(&mend_braces(rest, column, &at, keys, report));
        return better;
    }
    better.push_str(&mend_pair(rest, column, &at, keys, report));
    better
}

/// Mends `key：value`, `key:value`, `key value`, and looks at the value.
fn mend_pair(
    text: &str,
    column: usize,
    at: &dyn Fn(usize, usize) -> crate::diagnostic::Place,
    keys: &[&str],
    report: &mut Report,
) -> String {
    let Some((key, after)) =
        keys.iter().find_map(|key| after_key(text, key).map(|rest| (*key, rest)))
    else {
        return text.to_owned();
    };
    let end = column + key.chars().count();
    let blank = after.chars().take_while(|c| c.is_whitespace()).count();
    let tail = after.trim_start();
    let (value, mut from) = if let Some(value) = tail.strip_prefix('：') {
        report.push(faults::full_width_colon(at(end + blank, 1), key));
        (value.trim_start(), end + blank + 1)
    } else if let Some(value) = tail.strip_prefix(':') {
        if !value.is_empty() && !value.starts_with([' ', '\t']) {
            report.push(faults::no_space_after_colon(at(column, end - column + blank + 1), key));
        }
        (value.trim_start(), end + blank + 1)
    } else if blank > 0 && !tail.is_empty() {
        report.push(faults::no_colon(at(column, key.len()), key));
        (tail, end + blank)
    } else {
        return text.to_owned();
    };
    from += usize::from(!value.is_empty());
    if value.starts_with('{') {
        return format!("{key}: {}", mend_braces(value, from, at, keys, report));
    }
    format!("{key}: {}", mend_value(value, from, at, report))
}

/// Mends a value that YAML reads as something else than its text; the text is kept in quotes.
fn mend_value(
    value: &str,
    from: usize,
    at: &dyn Fn(usize, usize) -> crate::diagnostic::Place,
    report: &mut Report,
) -> String {
    let width = value.chars().count().max(1);
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let first = value.chars().next().unwrap_or(' ');
    match first {
        '"' | '\'' => {
            let inner = &value[1..];
            match inner.find(first) {
                None => {
                    report.push(faults::stray_quote(at(from, 1), value));
                    quoted(inner)
                }
                Some(close) => {
                    let tail = inner[close + 1..].trim();
                    if tail.is_empty()
                        || tail.starts_with('#')
                        || inner.contains('\\')
                        || tail.starts_with(first)
                    {
                        return value.to_owned();
                    }
                    report.push(faults::text_after_quote(at(from, width), value));
                    quoted(value)
                }
            }
        }
        '*' | '&' | '!' | '%' | '@' | '`' => {
            report.push(faults::special_beginning(at(from, width), value));
            quoted(value)
        }
        '|' | '>' | '[' | '#' => value.to_owned(),
        _ if value.contains(": ") || value.ends_with(':') => {
            report.push(faults::colon_in_text(at(from, width), value));
            quoted(value)
        }
        _ => value.to_owned(),
    }
}

/// Mends `{ id: a， name：b }`.
fn mend_braces(
    text: &str,
    column: usize,
    at: &dyn Fn(usize, usize) -> crate::diagnostic::Place,
    keys: &[&str],
    report: &mut Report,
) -> String {
    let characters: Vec<char> = text.chars().collect();
    let starts_key = |position: usize| {
        let tail: String = characters[position.min(characters.len())..].iter().take(24).collect();
        let tail = tail.trim_start();
        keys.iter().any(|key| {
            after_key(tail, key).is_some_and(|rest| rest.trim_start().starts_with([':', '：']))
        })
    };
    let mut better = String::new();
    let mut word = String::new();
    for (index, c) in characters.iter().enumerate() {
        let next = characters.get(index + 1);
        let is_key = keys.contains(&word.as_str());
        match c {
            '，' | '、' if starts_key(index + 1) => {
                report.push(faults::full_width_comma(at(column + index, 1)));
                better.push_str(", ");
            }
            '：' if is_key => {
                report.push(faults::full_width_colon(at(column + index, 1), &word));
                better.push_str(": ");
            }
            ':' if is_key && next.is_some_and(|next| !next.is_whitespace()) => {
                let begin = column + index - word.chars().count();
                report.push(faults::no_space_after_colon(at(begin, word.len() + 1), &word));
                better.push_str(": ");
            }
            '｛' => better.push('{'),
            '｝' => better.push('}'),
            other => better.push(*other),
        }
        if c.is_ascii_alphanumeric() || *c == '_' {
            word.push(*c);
        } else {
            word.clear();
        }
    }
    better
}
