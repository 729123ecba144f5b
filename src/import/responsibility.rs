//! Responsibilities that stand in the text instead of a table: in brackets behind a point
//! （责任领导：何频；责任科室：宣教科；完成时间：5月）, 【牵头单位：办公室】, or on a line of their own
//! 责任单位：宣传教育部　　完成时间：4-5月.

use super::columns::{self, Column};

/// Who answers for a point, and by when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Responsibility {
    /// What was said, by column, as worded.
    pub cells: Vec<(Column, String)>,
}

/// A point's text taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Parted {
    /// The text without its responsibilities.
    pub text: String,
    /// Each responsibility with the sentence that it stands behind.
    pub found: Vec<(String, Responsibility)>,
}

const OPEN: [char; 5] = ['（', '(', '【', '[', '〔'];
const CLOSE: [char; 5] = ['）', ')', '】', ']', '〕'];

/// Takes the responsibilities out of a text.
pub fn part(text: &str) -> Parted {
    if let Some(found) = read(text) {
        return Parted { text: String::new(), found: vec![(String::new(), found)] };
    }
    let mut parted = Parted::default();
    let mut rest = text;
    while let Some(open) = rest.find(OPEN) {
        let Some(length) = closing(&rest[open..]) else { break };
        let bracket = &rest[open..open + length];
        let inner: String = bracket.chars().skip(1).collect();
        let inner = inner.strip_suffix(CLOSE).unwrap_or(&inner);
        match read(inner) {
            Some(found) => {
                parted.text.push_str(rest[..open].trim_end());
                parted.found.push((sentence(&parted.text), found));
                rest = rest[open + length..].trim_start();
                // …（责任人：何频）。: the full stop belongs to the sentence before.
                if parted.text.ends_with(['。', '；', '！']) {
                    rest = rest.strip_prefix(['。', '；']).unwrap_or(rest);
                }
            }
            None => {
                parted.text.push_str(&rest[..open + length]);
                rest = &rest[open + length..];
            }
        }
    }
    parted.text.push_str(rest);
    parted
}

/// Where the bracket that a text begins with is closed, in bytes, its closing included.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        if OPEN.contains(&c) {
            depth += 1;
        } else if CLOSE.contains(&c) {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return Some(at + c.len_utf8());
            }
        }
    }
    None
}

/// The last sentence of a text, without its full stop.
fn sentence(text: &str) -> String {
    let text = text.trim().trim_end_matches(['。', '；']);
    let start = text
        .rfind(['。', '；', '！', '\n'])
        .map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    text[start..].trim().to_owned()
}

/// Reads 责任单位：…；完成时间：…; every part must have a name that a column has, and one of them must
/// say who or when.
pub fn read(text: &str) -> Option<Responsibility> {
    let mut cells: Vec<(Column, String)> = Vec::new();
    for part in parts(text) {
        match part.split_once(['：', ':']) {
            Some((name, value)) if columns::named(name).is_some() => {
                let column = columns::named(name)?;
                cells.push((column, value.trim().to_owned()));
            }
            // What follows a mark may go on with the names before it.
            _ => {
                let (_, value) = cells.last_mut()?;
                value.push('、');
                value.push_str(part.trim());
            }
        }
    }
    let tells = |column: &Column| {
        matches!(column, Column::When | Column::Month | Column::Leaders | Column::Offices)
    };
    cells.iter().any(|(column, _)| tells(column)).then_some(Responsibility { cells })
}

/// The parts of a line: parted by marks, or by wide blanks before the next name.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in text.split(['；', ';', '|', '｜', '\n', '\t']) {
        let mut rest = part.trim().trim_end_matches('。');
        // 责任单位：办公室　　完成时间：5月, or with one blank or a comma.
        while let Some(at) = next_name(rest) {
            parts.push(rest[..at].trim().trim_end_matches(['，', ',', '、']));
            rest = rest[at..].trim_start_matches(['，', ',', '、', ' ', '\u{3000}']);
        }
        parts.push(rest.trim());
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// Where a further name begins behind a blank or a comma.
fn next_name(text: &str) -> Option<usize> {
    let marks = [' ', '\u{3000}', '，', ',', '、'];
    text.char_indices().filter(|(at, c)| *at > 0 && marks.contains(c)).map(|(at, _)| at).find(
        |at| {
            let rest = text[*at..].trim_start_matches(marks);
            rest.split_once(['：', ':']).is_some_and(|(name, _)| {
                name.chars().count() <= 8 && columns::named(name).is_some()
            })
        },
    )
}

#[cfg(test)]
mod tests {
    use super::{Column, part, read};

    fn told(text: &str) -> String {
        let found = read(text).unwrap_or_default();
        let cells = found.cells.iter().map(|(column, value)| format!("{column:?}={value}"));
        cells.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn names_and_values_are_read_however_they_are_parted() {
        for text in [
            "责任领导：宋立民；责任科室：组织科、女工科；完成时间：4月底前",
            "责任领导：宋立民　　责任科室：组织科、女工科　　完成时间：4月底前",
            "责任领导:宋立民，责任科室:组织科、女工科，完成时间:4月底前。",
        ] {
            assert_eq!(told(text), "Leaders=宋立民 Offices=组织科、女工科 When=4月底前", "{text}");
        }
        assert_eq!(told("要求：认真落实"), "");
        assert_eq!(told("组织教职工运动会"), "");
    }

    #[test]
    fn brackets_are_taken_out_of_the_text() {
        let parted = part("召开教代会。做好准备。（责任科室：办公室；完成时间：3月）");
        assert_eq!(parted.text, "召开教代会。做好准备。");
        assert_eq!(parted.found[0].0, "做好准备");
        let parted = part("组织读书会（4月23日）。（责任人：方敏）");
        assert_eq!(parted.text, "组织读书会（4月23日）。");
        assert_eq!(parted.found[0].1.cells, [(Column::Leaders, "方敏".to_owned())]);
        let parted = part("组织读书会（责任人：方敏）。");
        assert_eq!(parted.text, "组织读书会。");
    }
}
