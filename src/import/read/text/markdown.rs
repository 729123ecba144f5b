//! Markdown, as note apps and assistants export it: `## ` headings, `**bold**` words, `| cells |`.

use std::borrow::Cow;

/// A paragraph without its marks.
#[derive(Debug, PartialEq, Eq)]
pub struct Plain {
    /// Its text.
    pub text: String,
    /// Its level as a heading, from 1.
    pub level: Option<u8>,
    /// How many characters at its beginning are bold.
    pub bold: usize,
}

/// Whether a text is Markdown: it has a table with a line below its header, or several headings.
pub fn is_markdown(lines: &[&str]) -> bool {
    let headings = lines.iter().filter(|line| heading(line.trim()).is_some());
    headings.take(2).count() == 2 || lines.iter().any(|line| is_delimiter(line))
}

/// Sets tabs between the cells of a table's row, and blanks the line below its header. Other lines stay
/// as they are.
pub fn set_tabs(line: &mut Cow<'_, str>) {
    if is_delimiter(line) {
        *line = Cow::Borrowed("");
    } else if let Some(cells) = cells(line) {
        let cells = cells.into_iter().map(|cell| {
            let lines = cell.replace("<br>", "\n").replace("<br/>", "\n").replace("<br />", "\n");
            unmarked(&lines).0
        });
        *line = Cow::Owned(cells.collect::<Vec<_>>().join("\t"));
    }
}

/// A paragraph without its marks; none for a rule.
pub fn paragraph(line: &str) -> Option<Plain> {
    let line = line.trim();
    if line.len() >= 3
        && ["-", "*", "_"].iter().any(|mark| line.replace(mark, "").trim().is_empty())
    {
        return None;
    }
    let (level, rest) = heading(line).map_or((None, line), |(level, rest)| (Some(level), rest));
    let rest = rest.trim_start_matches("> ");
    let rest = ["- ", "* ", "+ "].iter().find_map(|mark| rest.strip_prefix(mark)).unwrap_or(rest);
    let (text, bold) = unmarked(rest);
    Some(Plain { text, level, bold })
}

/// `## 一、…`: its level and its words.
fn heading(line: &str) -> Option<(u8, &str)> {
    let words = line.trim_start_matches('#');
    let level = line.len() - words.len();
    let rest = words.strip_prefix(' ')?;
    let level = u8::try_from(level).ok().filter(|level| (1..=6).contains(level))?;
    Some((level, rest.trim_end_matches('#').trim()))
}

/// `| :---: | --- |`
fn is_delimiter(line: &str) -> bool {
    cells(line).is_some_and(|cells| {
        cells.iter().all(|cell| {
            let dashes = cell.trim_start_matches(':').trim_end_matches(':');
            dashes.len() >= 2 && dashes.chars().all(|c| c == '-')
        })
    })
}

/// The cells of a row. A bar behind a backslash is a character.
fn cells(line: &str) -> Option<Vec<String>> {
    let inner = line.trim().strip_prefix('|')?;
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let mut cells = vec![String::new()];
    let mut is_escaped = false;
    for c in inner.chars() {
        if c == '|' && !is_escaped {
            cells.push(String::new());
        } else if let Some(cell) = cells.last_mut() {
            if is_escaped && c == '|' {
                cell.pop();
            }
            cell.push(c);
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    cells.iter_mut().for_each(|cell| *cell = cell.trim().to_owned());
    (cells.len() > 1).then_some(cells)
}

/// Words without the marks of bold type and the backslashes, and how many of them are bold at the
/// beginning.
fn unmarked(words: &str) -> (String, usize) {
    let words = words.replace("__", "**");
    let bold = words.strip_prefix("**").and_then(|rest| rest.split_once("**"));
    let bold = bold.map_or(0, |(bold, _)| bold.chars().count());
    let mut text = String::with_capacity(words.len());
    let mut characters = words.split("**").flat_map(str::chars).peekable();
    while let Some(c) = characters.next() {
        let is_mark = characters.peek().is_some_and(char::is_ascii_punctuation);
        if c != '\\' || !is_mark {
            text.push(c);
        }
    }
    (text, bold)
}

#[cfg(test)]
mod tests {
    use super::{Plain, is_markdown, paragraph, set_tabs};
    use std::borrow::Cow;

    fn tabbed(line: &str) -> String {
        let mut line = Cow::Borrowed(line);
        set_tabs(&mut line);
        line.into_owned()
    }

    fn plain(line: &str) -> (String, Option<u8>, usize) {
        let Plain { text, level, bold } = paragraph(line).unwrap();
        (text, level, bold)
    }

    #[test]
    fn marks_are_no_words() {
        assert_eq!(plain("## 一、思想引领"), ("一、思想引领".to_owned(), Some(2), 0));
        assert_eq!(plain("**1. 学习。** 组织学习。"), ("1. 学习。 组织学习。".to_owned(), None, 6));
        assert_eq!(plain("做好**两节**慰问"), ("做好两节慰问".to_owned(), None, 0));
        assert_eq!(plain("> 1\\. 学习"), ("1. 学习".to_owned(), None, 0));
        assert_eq!(paragraph("---"), None);
    }

    #[test]
    fn rows_have_tabs_between_their_cells() {
        assert_eq!(tabbed("| 拔河 | 5月<br>6月 |  |"), "拔河\t5月\n6月\t");
        assert_eq!(tabbed("| :---: | --- |"), "");
        assert_eq!(tabbed("| **任务** | 甲\\|乙 |"), "任务\t甲|乙");
        assert_eq!(tabbed("一、思想引领"), "一、思想引领");
    }

    #[test]
    fn a_text_with_headings_or_a_ruled_table_is_markdown() {
        assert!(is_markdown(&["# 要点", "## 一、思想"]));
        assert!(is_markdown(&["| 任务 | 时间 |", "|---|---|"]));
        assert!(!is_markdown(&["# 要点", "一、思想", "#话题#"]));
    }
}
