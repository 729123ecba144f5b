//! Responsibilities that stand in the text instead of a table: in brackets behind a point
//! （责任领导：何频；责任科室：宣教科；完成时间：5月）, 【牵头单位：办公室】, or on a line of their own
//! 责任单位：宣传教育部　　完成时间：4-5月.

mod bare;

use super::columns::{self, Column};
use super::plausible;
use bare::read_bare;

pub use bare::names_persons;

/// Who answers for a point, and by when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Responsibility {
    /// What was said, by column, as worded.
    pub cells: Vec<(Column, String)>,
}

impl Responsibility {
    /// Adds names or a time.
    fn add(&mut self, column: Column, value: &str) {
        match self.cells.iter_mut().find(|(held, _)| *held == column) {
            Some((_, held)) => {
                held.push('、');
                held.push_str(value);
            }
            None => self.cells.push((column, value.to_owned())),
        }
    }

    /// Whether more is said than the names of offices, which may stand in any bracket.
    fn is_told(&self) -> bool {
        self.cells.len() > 1
    }
}

/// A point's text taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Parted {
    /// The text without its responsibilities.
    pub text: String,
    /// Each responsibility with the sentence that it stands behind.
    pub found: Vec<(String, Responsibility)>,
}

const OPEN: [char; 6] = ['（', '(', '【', '[', '〔', '［'];
const CLOSE: [char; 6] = ['）', ')', '】', ']', '〕', '］'];

/// Takes the responsibilities out of a text. `persons` tells whether brackets with no more than
/// persons are such.
pub fn part(text: &str, persons: bool) -> Parted {
    if let Some(found) = read(text).filter(|_| !text.starts_with(OPEN)) {
        return Parted { text: String::new(), found: vec![(String::new(), found)] };
    }
    let mut parted = Parted::default();
    // …做好提案。责任部门：办公室；责任人：向华。 without brackets, at the end.
    let (text, behind) = match tail(text) {
        Some((at, found)) => (text[..at].trim_end(), Some(found)),
        None => (text, None),
    };
    let mut rest = text;
    while let Some(open) = rest.find(OPEN) {
        let Some(length) = closing(&rest[open..]) else { break };
        let bracket = &rest[open..open + length];
        let inner: String = bracket.chars().skip(1).collect();
        let inner = inner.strip_suffix(CLOSE).unwrap_or(&inner);
        let behind = rest[open + length..].trim_start();
        let is_last = behind.trim_end_matches(['。', '；']).is_empty();
        let ends_sentence =
            behind.starts_with(['。', '；']) || rest[..open].trim_end().ends_with('。');
        let bare = || {
            let found = read_bare(inner, persons);
            found.filter(|found| is_last || ends_sentence && (persons || found.is_told()))
        };
        match read(inner).or_else(bare) {
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
    if let Some(found) = behind {
        parted.found.push((sentence(&parted.text), found));
    }
    parted
}

/// Where responsibilities begin that stand at the end of a text, behind a full stop.
fn tail(text: &str) -> Option<(usize, Responsibility)> {
    let stops = text.match_indices('。').map(|(at, mark)| at + mark.len());
    let at = stops.into_iter().find(|at| begins_with_name(text[*at..].trim_start()))?;
    let rest = text[at..].trim_start();
    Some((at, read(rest).filter(|_| !rest.contains(CLOSE))?))
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

/// Reads 责任单位：…；完成时间：…; the first part must have a name that a column has, and one of them
/// must say who or when.
pub fn read(text: &str) -> Option<Responsibility> {
    let tells = |column: &Column| {
        use Column::{Both, Leaders, Month, Offices, When};
        matches!(column, When | Month | Leaders | Offices | Both)
    };
    let found = named(text)?;
    found.cells.iter().any(|(column, _)| tells(column)).then_some(found)
}

/// Reads a line that goes on with a responsibility: 配合部门：财务处.
pub fn read_on(text: &str) -> Option<Responsibility> {
    let goes_on = |column: &Column| {
        matches!(column, Column::Support | Column::Audience | Column::Place | Column::Remark)
    };
    let found = named(text)?;
    let is_short = text.chars().count() <= LONGEST_LINE && !text.contains('。');
    (is_short && found.cells.iter().all(|(column, _)| goes_on(column))).then_some(found)
}

/// The longest line that goes on with a responsibility, in characters.
const LONGEST_LINE: usize = 60;

/// Reads what names columns.
fn named(text: &str) -> Option<Responsibility> {
    let mut cells: Vec<(Column, String)> = Vec::new();
    for part in parts(text) {
        let named = part.split_once(['：', ':']);
        match named.and_then(|(name, value)| Some((columns::named(name)?, name, value))) {
            Some((Column::Remark, name, value)) if !columns::is_plain_remark(name) => {
                cells.push((Column::Remark, format!("{}：{}", name.trim(), value.trim())));
            }
            Some((column, _, value)) => cells.push((column, value.trim().to_owned())),
            None if cells.is_empty() => return None,
            // What is named otherwise is kept as it is worded: 要求：全员参加.
            None if named.is_some() => cells.push((Column::Remark, part.trim().to_owned())),
            None if plausible::is_time(part) => cells.push((Column::When, part.trim().to_owned())),
            // What follows a mark may go on with the names before it.
            None => {
                let (_, value) = cells.last_mut()?;
                value.push('、');
                value.push_str(part.trim());
            }
        }
    }
    Some(Responsibility { cells: sorted(timed(cells)) })
}

/// Persons who lead (牵头：张三) are no offices, and offices that answer (责任人：办公室) no persons.
fn sorted(mut cells: Vec<(Column, String)>) -> Vec<(Column, String)> {
    let has = |cells: &[(Column, String)], column| cells.iter().any(|(held, _)| *held == column);
    let (leaders, offices) = (has(&cells, Column::Leaders), has(&cells, Column::Offices));
    for (column, value) in &mut cells {
        match column {
            Column::Offices if !leaders && bare::are_persons(value) => *column = Column::Leaders,
            Column::Leaders if !offices && bare::are_plain_offices(value) => {
                *column = Column::Offices;
            }
            _ => {}
        }
    }
    cells
}

/// Takes times out of the names that they stand behind: 办公室，全年.
fn timed(cells: Vec<(Column, String)>) -> Vec<(Column, String)> {
    let has_time = cells.iter().any(|(column, _)| *column == Column::When);
    let mut sorted = Vec::with_capacity(cells.len());
    let mut times: Vec<String> = Vec::new();
    for (column, value) in cells {
        use Column::{Both, Leaders, Offices, Support};
        if has_time || !matches!(column, Offices | Leaders | Both | Support) {
            sorted.push((column, value));
            continue;
        }
        let (late, names): (Vec<&str>, Vec<&str>) = value
            .split(['、', '，', ','])
            .map(str::trim)
            .partition(|part| plausible::is_time(part));
        times.extend(late.into_iter().map(str::to_owned));
        sorted.push((column, names.join("、")));
    }
    if !times.is_empty() {
        sorted.push((Column::When, times.join("、")));
    }
    sorted
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
    let mut behind_mark = true;
    for (at, c) in text.char_indices() {
        if marks.contains(&c) && !behind_mark {
            let rest = text[at..].trim_start_matches(marks);
            if begins_with_name(rest) {
                return Some(at);
            }
        }
        behind_mark = marks.contains(&c);
    }
    None
}

/// Whether a text begins with the name of a column and a colon.
fn begins_with_name(text: &str) -> bool {
    let colon = text.char_indices().take(9).find(|(_, c)| matches!(c, '：' | ':'));
    colon.is_some_and(|(at, _)| columns::named(&text[..at]).is_some())
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
        assert_eq!(
            told("责任人：林芳；地点：图书馆；要求：全员参加；时间：4月"),
            "Leaders=林芳 Place=图书馆 Remark=要求：全员参加 When=4月"
        );
        assert_eq!(told("牵头：张三、李四；时间：4月"), "Leaders=张三、李四 When=4月");
        assert_eq!(told("责任人：办公室；时间：4月"), "Offices=办公室 When=4月");
        assert_eq!(told("责任单位：办公室，全年"), "Offices=办公室 When=全年");
        assert_eq!(told("要求：认真落实"), "");
        assert_eq!(told("组织教职工运动会"), "");
    }

    #[test]
    fn brackets_are_taken_out_of_the_text() {
        let parted = part("（牵头股室：宣教股；推进时限：6月底前）", false);
        assert_eq!(parted.text, "");
        assert_eq!(parted.found[0].1.cells[1], (Column::When, "6月底前".to_owned()));
        let parted = part("召开教代会。做好准备。（责任科室：办公室；完成时间：3月）", false);
        assert_eq!(parted.text, "召开教代会。做好准备。");
        assert_eq!(parted.found[0].0, "做好准备");
        let parted = part("组织读书会（4月23日）。（责任人：方敏）", false);
        assert_eq!(parted.text, "组织读书会（4月23日）。");
        assert_eq!(parted.found[0].1.cells, [(Column::Leaders, "方敏".to_owned())]);
        let parted = part("组织读书会（责任人：方敏）。", false);
        assert_eq!(parted.text, "组织读书会。");
        let parted = part("做好提案。责任部门：办公室；责任人：向华；完成时限：3月。", false);
        assert_eq!(parted.text, "做好提案。");
        assert_eq!(parted.found[0].1.cells.len(), 3);
    }
}
