//! What a letter says is attached: 附件：1.工作要点 above 2.任务分解表, 附件1：…, or all on one line.

use super::document::Piece;
use super::numbering;

/// So many things are attached at most.
pub const MOST: usize = 20;

/// Reads the list of what is attached that begins at a paragraph: what it names, without numbers, and
/// the paragraph behind it.
pub fn read(pieces: &[&Piece], at: usize) -> Option<(Vec<Piece>, usize)> {
    let first = headed(&pieces[at].text)?;
    let mut list = List { named: Vec::new(), last: None };
    list.take(first, pieces[at]);
    let mut end = at + 1;
    while let Some(piece) = pieces.get(end).filter(|_| end < at + MOST) {
        let words = piece.text.as_str();
        let next = headed(words).filter(|rest| !rest.is_empty());
        let numbered = number(words).filter(|_| list.last.is_some() || list.named.is_empty());
        // Without a number it is told from the title of the plan by what comes below: a title that is
        // the same.
        let is_again = || pieces[end + 1..].iter().any(|below| below.text == piece.text);
        let is_new = !list.named.iter().any(|named| named.text == piece.text);
        match (next, numbered) {
            (Some(rest), _) => list.take(rest, piece),
            (None, Some(_)) => list.take(words, piece),
            _ if list.last.is_none() && !list.named.is_empty() && is_new && is_again() => {
                list.take(words, piece);
            }
            _ => break,
        }
        end += 1;
    }
    (!list.named.is_empty()).then_some((list.named, end))
}

/// What is attached by a line alone: 附件：安排表 is 安排表.
pub fn single(line: &Piece) -> Option<Piece> {
    let (named, _) = read(&[line], 0)?;
    named.into_iter().next()
}

/// What has been read of a list.
struct List {
    named: Vec<Piece>,
    /// The last number.
    last: Option<usize>,
}

impl List {
    /// Takes what a line names: several, where the next number stands within it.
    fn take(&mut self, words: &str, line: &Piece) {
        let mut rest = words.trim();
        while !rest.is_empty() {
            let numbered = number(rest);
            self.last = numbered.map(|(value, _)| value).or(self.last);
            let named = numbered.map_or(rest, |(_, named)| named);
            let next = numbered.and_then(|(value, _)| next_number(named, value + 1));
            let (named, behind) = named.split_at(next.unwrap_or(named.len()));
            let named = named.trim_end_matches([' ', '\u{3000}', '；', ';', '，', '。']);
            self.named.push(Piece::new(named, line.place));
            rest = behind;
        }
    }
}

/// What stands behind 附件, 附件： 附件1： 附件一. or 附：; nothing, if a list follows.
fn headed(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("附件").or_else(|| text.strip_prefix("附表"));
    let (rest, is_short) = match rest {
        Some(rest) => (rest, false),
        None => (text.strip_prefix('附')?, true),
    };
    let is_digit = |c: char| c.is_numeric() || "一二三四五六七八九十".contains(c);
    let bare = rest.trim_start_matches(is_digit);
    let has_number = bare.len() < rest.len();
    let behind = bare.trim_start();
    if let Some(named) = behind.strip_prefix(['：', ':']) {
        return Some(named.trim());
    }
    // 附件1.安排表, 附件1 安排表
    let named = behind.strip_prefix(['.', '．', '、']).unwrap_or(behind);
    let is_apart = named.len() < bare.len() && !named.is_empty();
    (has_number && is_apart && !is_short).then_some(named.trim())
}

/// The number of what is attached, and its words: also of 1.2025年工会工作要点, which looks like a
/// decimal.
fn number(text: &str) -> Option<(usize, &str)> {
    let dated = || {
        let (number, rest) = text.split_once(['.', '．', '、'])?;
        let is_number =
            (1..=2).contains(&number.len()) && number.chars().all(|c| c.is_ascii_digit());
        let is_year = rest.chars().take(4).filter(char::is_ascii_digit).count() == 4
            && rest.chars().nth(4) == Some('年');
        Some((number.parse().ok()?, rest)).filter(|_| is_number && is_year)
    };
    numbering::split(text).map(|(number, named)| (number.value, named)).or_else(dated)
}

/// Where the next number begins within a line, behind a blank or a mark.
fn next_number(text: &str, value: usize) -> Option<usize> {
    let marks = [' ', '\u{3000}', '；', ';', '，'];
    let starts = text.match_indices(marks).map(|(at, mark)| at + mark.len());
    starts.into_iter().find(|at| number(&text[*at..]).is_some_and(|(found, _)| found == value))
}

#[cfg(test)]
mod tests {
    use super::{Piece, read, single};
    use crate::import::document::Spot;

    fn told(text: &str) -> String {
        let pieces: Vec<Piece> = text.lines().map(|line| Piece::new(line, Spot::Line(1))).collect();
        let pieces: Vec<&Piece> = pieces.iter().collect();
        let (named, end) = read(&pieces, 0).unwrap_or_default();
        let named: Vec<&str> = named.iter().map(|piece| piece.text.as_str()).collect();
        format!("{} {end}", named.join("|"))
    }

    #[test]
    fn lists_are_read_however_they_are_set() {
        for text in [
            "附件：1.要点\n2.分解表\n某校工会",
            "附件1：要点\n附件2：分解表\n某校工会",
            "附件1.要点\n附件2.分解表\n某校工会",
            "附件一：要点\n附件二：分解表\n某校工会",
            "附件：要点\n分解表\n某校工会\n要点\n分解表",
            "附件: 1、要点\n　　　2、分解表\n某校工会",
        ] {
            assert_eq!(told(text), "要点|分解表 2", "{text}");
        }
        assert_eq!(told("附件：\n1.要点\n2.分解表\n某校工会"), "要点|分解表 3");
        assert_eq!(told("附：1.要点；2.分解表\n某校工会"), "要点|分解表 1");
        assert_eq!(told("附件：1.要点  2.分解表"), "要点|分解表 1");
    }

    #[test]
    fn a_title_below_a_list_is_none_of_it() {
        assert_eq!(told("附件：分解表\n某校工会2024年要点\n分解表"), "分解表 1");
        assert_eq!(told("附件：1.分解表\n某校工会2024年要点\n1.学习"), "分解表 1");
        assert_eq!(told("附件1\n要点"), " 0");
    }

    #[test]
    fn what_is_attached_is_named_without_its_number() {
        let single = |text: &str| single(&Piece::new(text, Spot::Line(1))).map(|piece| piece.text);
        assert_eq!(single("附件：安排表").as_deref(), Some("安排表"));
        assert_eq!(single("附件1：安排表").as_deref(), Some("安排表"));
        assert_eq!(single("附件：1.2025年工会要点").as_deref(), Some("2025年工会要点"));
        assert_eq!(single("附件1"), None);
    }
}
