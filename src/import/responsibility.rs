//! Responsibilities that stand in the text instead of a table: in brackets behind a point
//! （责任领导：何频；责任科室：宣教科；完成时间：5月）, 【牵头单位：办公室】, or on a line of their own
//! 责任单位：宣传教育部　　完成时间：4-5月.

use super::columns::{self, Column};
use super::plausible;

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

/// Takes the responsibilities out of a text.
pub fn part(text: &str) -> Parted {
    if let Some(found) = read(text) {
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
        let ends_sentence = is_last || behind.starts_with(['。', '；']);
        let bare = || read_bare(inner).filter(|found| is_last || ends_sentence && found.is_told());
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
    let mut cells: Vec<(Column, String)> = Vec::new();
    for part in parts(text) {
        let named = part.split_once(['：', ':']);
        match named.and_then(|(name, value)| Some((columns::named(name)?, name, value))) {
            Some((Column::Remark, name, value)) if !matches!(name.trim(), "备注" | "说明") => {
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
    let cells = timed(cells);
    let tells = |column: &Column| {
        matches!(column, Column::When | Column::Month | Column::Leaders | Column::Offices)
    };
    cells.iter().any(|(column, _)| tells(column)).then_some(Responsibility { cells })
}

/// Takes times out of the names that they stand behind: 办公室，全年.
fn timed(cells: Vec<(Column, String)>) -> Vec<(Column, String)> {
    let has_time = cells.iter().any(|(column, _)| *column == Column::When);
    let mut sorted = Vec::with_capacity(cells.len());
    let mut times: Vec<String> = Vec::new();
    for (column, value) in cells {
        if has_time || !matches!(column, Column::Offices | Column::Leaders | Column::Support) {
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

/// Reads a bracket that names no columns: 宣教科, 办公室负责，3月完成, A牵头，B、C配合，6月底前. Every
/// clause must name offices or a time, and one must be about an office that answers for it.
fn read_bare(text: &str) -> Option<Responsibility> {
    let mut found = Responsibility::default();
    let clauses: Vec<&str> = text.split(['，', ',', '；', ';']).map(str::trim).collect();
    for (at, clause) in clauses.iter().enumerate() {
        let timed = clause.trim_end_matches("完成").trim_end_matches("举办");
        if clause.is_empty() {
        } else if plausible::is_time(timed) {
            found.add(Column::When, timed);
        } else if let Some((column, names)) = said(clause).filter(|(_, names)| are_offices(names)) {
            found.add(column, names);
        } else if clause.split(['、', ' ', '\u{3000}']).all(ends_as_office) {
            match found.cells.last() {
                Some((Column::Support, _)) => return None,
                _ => found.add(Column::Offices, clause),
            }
        } else if at + 1 == clauses.len() && at > 0 && waits(clause) {
            found.add(Column::When, timed);
        } else {
            return None;
        }
    }
    found.cells.iter().any(|(column, _)| *column == Column::Offices).then_some(found)
}

/// Who is said to answer or to help, and which of the two: 办公室牵头, 由办公室负责, 配合部门女工部.
fn said(clause: &str) -> Option<(Column, &str)> {
    const DOES: [&str; 6] = ["负责", "牵头", "主办", "承办", "组织实施", "落实"];
    const HELPS: [&str; 5] = ["配合", "协办", "协助", "参与", "协同"];
    let names = |words: &[&str]| {
        let clause = clause.strip_prefix('由').unwrap_or(clause);
        words.iter().find_map(|word| clause.strip_suffix(word).or(clause.strip_prefix(word)))
    };
    let helps = names(&HELPS).map(|names| (Column::Support, names));
    helps.or_else(|| names(&DOES).map(|names| (Column::Offices, names)))
}

/// Whether names that are said to answer or to help may be those of offices.
fn are_offices(names: &str) -> bool {
    names.split(['、', ' ', '\u{3000}']).all(|name| {
        plausible::is_office(name)
            && name.chars().count() <= 16
            && !name.contains(['的', '“', '《'])
    })
}

/// Whether a clause is a time that no calendar knows: 视资金情况, 与市总工会同步.
fn waits(clause: &str) -> bool {
    const WORDS: [&str; 8] = ["视", "另行", "待", "同步", "期间", "择", "适", "按"];
    clause.chars().count() <= 12 && WORDS.iter().any(|word| clause.contains(word))
}

fn ends_as_office(name: &str) -> bool {
    const ENDINGS: [&str; 11] =
        ["科", "部", "室", "处", "办", "中心", "工会", "委员会", "学院", "团委", "协会"];
    let count = name.chars().count();
    (2..=14).contains(&count)
        && ENDINGS.iter().any(|ending| name.ends_with(ending))
        && !name.starts_with(['含', '等', '共', '各', '第', '包'])
        && !name.contains(['的', '和', '与', '或', '“'])
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
        assert_eq!(told("责任单位：办公室，全年"), "Offices=办公室 When=全年");
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
        let parted = part("做好提案。责任部门：办公室；责任人：向华；完成时限：3月。");
        assert_eq!(parted.text, "做好提案。");
        assert_eq!(parted.found[0].1.cells.len(), 3);
    }

    #[test]
    fn brackets_that_name_no_columns_are_read_if_all_in_them_is_an_office_or_a_time() {
        let cells = |text: &str| {
            let found = part(text).found;
            let cells = found.iter().flat_map(|(_, found)| &found.cells);
            cells.map(|(column, value)| format!("{column:?}={value}")).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(cells("开展读书活动（宣传教育部）"), "Offices=宣传教育部");
        assert_eq!(cells("开展读书活动。（办公室负责，3月完成）"), "Offices=办公室 When=3月");
        assert_eq!(
            cells("开展读书活动【工会办公室牵头，宣传部配合，6月底前】。"),
            "Offices=工会办公室 Support=宣传部 When=6月底前"
        );
        assert_eq!(
            cells("开展读书活动。（办公室牵头，图书馆、各分工会配合，视资金情况）"),
            "Offices=办公室 Support=图书馆、各分工会 When=视资金情况"
        );
        assert_eq!(
            cells("进行初赛（技术部，3—4月）。组织决赛（技术部，5月底）。"),
            "Offices=技术部 When=3—4月 Offices=技术部 When=5月底"
        );
        for text in [
            "看望一线职工（后勤处、保卫处）。做好慰问。",
            "召开委员会（扩大）会议",
            "拔河比赛（5月）",
            "慰问（后勤、保卫、试验田一线职工）",
        ] {
            assert_eq!(cells(text), "", "{text}");
        }
    }
}
