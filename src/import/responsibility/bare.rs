//! Brackets that name no columns: （宣传部）, （办公室负责，3月完成）, （李秀英）.

use super::{CLOSE, OPEN, Responsibility};
use crate::import::columns::Column;
use crate::import::{people, plausible, surnames};

/// So many points end in brackets with persons, if they are to be those who answer for them.
const FEWEST_PERSONS: usize = 3;

/// Whether the points of a text end in brackets that name persons: （李秀英）, （王芳，5月）.
pub fn names_persons<'t>(points: impl Iterator<Item = &'t str>) -> bool {
    let ends = points.filter(|point| {
        let point = point.trim_end_matches(['。', '；']).trim_end_matches(CLOSE);
        let inner = point.rsplit_once(OPEN).map(|(_, inner)| inner);
        inner.and_then(|inner| read_bare(inner, true)).is_some_and(|found| {
            let names =
                |(column, _): &(Column, String)| matches!(column, Column::Leaders | Column::Both);
            found.cells.iter().any(names)
        })
    });
    ends.take(FEWEST_PERSONS).count() == FEWEST_PERSONS
}

/// Reads a bracket that names no columns: 宣教科, 办公室负责，3月完成, A牵头，B、C配合，6月底前. Every
/// clause must name offices, persons or a time, and one must be about an office that answers for it,
/// or a person if `persons` says so, the words do or more is said.
pub fn read_bare(text: &str, persons: bool) -> Option<Responsibility> {
    let mut found = Responsibility::default();
    let mut persons = persons;
    let clauses: Vec<&str> = text.split(['，', ',', '；', ';']).map(str::trim).collect();
    for (at, clause) in clauses.iter().enumerate() {
        let timed = clause.trim_end_matches("完成").trim_end_matches("举办");
        if clause.is_empty() {
        } else if plausible::is_time(timed) {
            found.add(Column::When, timed);
        } else if are_persons(clause) {
            found.add(Column::Leaders, clause);
        } else if let Some((Column::Offices, names)) =
            said(clause).filter(|(_, names)| are_persons(names))
        {
            found.add(Column::Leaders, names);
            persons = true;
        } else if let Some((column, names)) = said(clause).filter(|(_, names)| are_offices(names)) {
            found.add(column, names);
        } else if is_office_with_persons(clause) {
            found.add(Column::Both, clause);
        } else if clause.split(['、', ' ', '\u{3000}']).all(ends_as_office) {
            match found.cells.last() {
                Some((Column::Support, _)) => return None,
                _ => found.add(Column::Offices, clause),
            }
        } else if at + 1 == clauses.len()
            && at > 0
            && (waits(clause) || is_nearly_time(clause, timed))
        {
            found.add(Column::When, timed);
        } else {
            return None;
        }
    }
    let tells = |(column, _): &(Column, String)| match column {
        Column::Offices | Column::Both => true,
        Column::Leaders => persons || found.is_told(),
        _ => false,
    };
    found.cells.iter().any(tells).then_some(found)
}

/// Whether a text is no more than names of persons.
pub fn are_persons(text: &str) -> bool {
    let names = people::leaders(text);
    !names.is_empty() && names.iter().all(|name| surnames::is_person(name))
}

/// Whether a text is no more than names that end as offices do.
pub fn are_plain_offices(text: &str) -> bool {
    let names = people::offices(text);
    !names.is_empty() && names.iter().all(|name| ends_as_office(name))
}

/// 组织部 张三, 宣传部李四
fn is_office_with_persons(text: &str) -> bool {
    let (people, offices) = people::both(text);
    !people.is_empty() && !offices.is_empty() && offices.iter().all(|name| ends_as_office(name))
}

/// Who is said to answer or to help, and which of the two: 办公室牵头, 由办公室负责, 配合部门女工部.
fn said(clause: &str) -> Option<(Column, &str)> {
    const DOES: [&str; 8] = ["负责", "牵头", "主办", "承办", "组织实施", "落实", "分管", "主管"];
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
    const WORDS: [&str; 9] = ["视", "另行", "待", "同步", "期间", "择", "适", "按", "根据"];
    clause.chars().count() <= 12 && WORDS.iter().any(|word| clause.contains(word))
}

/// Whether a clause is a time but for a day that no calendar has: 4月31日前完成.
fn is_nearly_time(clause: &str, timed: &str) -> bool {
    timed.len() < clause.len()
        && timed.chars().count() <= 12
        && timed.contains(['月', '日'])
        && timed.starts_with(|c: char| c.is_ascii_digit())
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

#[cfg(test)]
mod tests {
    use super::super::part;
    use super::names_persons;

    #[test]
    fn brackets_that_name_no_columns_are_read_if_all_in_them_is_an_office_or_a_time() {
        let cells = |text: &str| {
            let found = part(text, false).found;
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
    #[test]
    fn persons_in_brackets_are_read_where_points_end_in_them() {
        let cells = |text: &str, persons: bool| {
            let found = part(text, persons).found;
            let cells = found.iter().flat_map(|(_, found)| &found.cells);
            cells.map(|(column, value)| format!("{column:?}={value}")).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(cells("开展读书活动。（李秀英）", true), "Leaders=李秀英");
        assert_eq!(cells("开展读书活动。（李秀英）", false), "");
        assert_eq!(
            cells("开展读书活动（王建国、刘芳，4月）。", false),
            "Leaders=王建国、刘芳 When=4月"
        );
        assert_eq!(cells("开展读书活动（李秀英负责）。", false), "Leaders=李秀英");
        assert_eq!(
            cells("开展读书活动（李秀英分管，宣教部牵头，5月底前完成）", false),
            "Leaders=李秀英 Offices=宣教部 When=5月底前"
        );
        assert_eq!(cells("开展读书活动（宣传部 李秀英）。", false), "Both=宣传部 李秀英");
        assert!(names_persons(["甲。（李秀英）", "乙（王芳、刘洋）。", "丙（赵六）"].into_iter()));
        assert!(!names_persons(["甲（高校）。", "乙（金秋）。", "丙（5月）。"].into_iter()));
    }
}
