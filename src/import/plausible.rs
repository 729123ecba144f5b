//! Whether what stands in a column looks as what the column holds. What does not is told, for the
//! column may be another or the row may be broken.

use super::columns::Column;
use super::lines::plain;
use crate::plan::{Terms, When};

/// A year of no meaning, in which times are read to see whether they are times.
const ANY_YEAR: i32 = 2020;

/// Whether a text is a time, or looks very much like one.
pub fn is_time(text: &str) -> bool {
    When::read(text.trim(), ANY_YEAR, &Terms::default()).is_ok()
}

/// What names of offices end with.
const OFFICE_ENDINGS: [char; 33] = [
    '科', '部', '室', '处', '会', '办', '院', '心', '团', '组', '队', '馆', '体', '系', '社', '位',
    '门', '员', '局', '委', '府', '联', '處', '會', '辦', '團', '組', '隊', '館', '體', '門', '員',
    '聯',
];

/// Whether a name ends as those of offices do.
pub fn ends_as_office(name: &str) -> bool {
    name.ends_with(OFFICE_ENDINGS)
}

/// Whether a text may be a person's name.
pub fn is_leader(name: &str) -> bool {
    let count = name.chars().count();
    let is_letter =
        |c: char| c.is_alphabetic() || matches!(c, '·' | '•' | '.' | '\'' | '’' | ' ' | '-');
    let is_latin = name.is_ascii() || name.chars().any(|c| c.is_ascii_alphabetic());
    let ends_as_office = ["科", "部", "室", "处", "会", "办", "中心", "院", "系"]
        .iter()
        .any(|ending| count > 2 && name.ends_with(ending));
    name.chars().all(is_letter)
        && !is_time(name)
        && !ends_as_office
        && (is_latin && count <= 40 || (2..=4).contains(&count) || name.contains(['·', '•']))
}

/// Whether a text may be an office's name.
pub fn is_office(name: &str) -> bool {
    let count = name.chars().count();
    (2..=24).contains(&count)
        && !name.contains(['：', ':', '。', '；', '@'])
        && !name.chars().all(|c| c.is_numeric() || c.is_ascii_punctuation())
        && name.chars().filter(char::is_ascii_digit).count() < 5
        && !is_time(name)
}

/// How well a cell fits its column: 1 if it does, -1 if it does not, 0 if nobody can tell.
pub fn fits(column: Option<Column>, text: &str) -> i32 {
    let plain = plain(text);
    if plain.is_empty() {
        return 0;
    }
    let fits = match column {
        Some(Column::When | Column::Month) => is_time(text) || plain.contains(['月', '日', '期']),
        Some(Column::Leaders) => super::people::leaders(text).iter().all(|name| is_leader(name)),
        Some(Column::Offices | Column::Support) => super::people::offices(text)
            .iter()
            .all(|name| is_office(name) && name.chars().count() <= 16),
        Some(Column::Both) => {
            let (people, offices) = super::people::both(text);
            !people.is_empty() || offices.iter().all(|name| ends_as_office(name))
        }
        Some(Column::Number) => plain.chars().all(char::is_numeric),
        Some(Column::Task) => !is_time(text) && plain.chars().count() > 2,
        _ => return 0,
    };
    if fits { 1 } else { -1 }
}

#[cfg(test)]
mod tests {
    use super::{is_leader, is_office};

    #[test]
    fn names_are_told_from_what_is_none() {
        for name in ["何频", "欧阳俊", "买买提·艾力", "Sarah O'Neil", "何伟明"] {
            assert!(is_leader(name), "{name}");
        }
        for name in
            ["12000", "全年", "5月", "测试大学工会", "地点：图书馆", "13812345678", "办公室"]
        {
            assert!(!is_leader(name), "{name}");
        }
        for name in ["宣教科", "各分工会", "全体", "各院（部、处）工会", "HR Department"]
        {
            assert!(is_office(name), "{name}");
        }
        for name in ["4月", "全年", "13812345678", "地点：图书馆", "2"] {
            assert!(!is_office(name), "{name}");
        }
    }
}
