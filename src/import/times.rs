//! Where a task is filed whose time the grammar can't read by itself.

use super::draft::Confidence;
use super::lines::plain;
use super::numbering;
use crate::plan::{Terms, When};
use chrono::NaiveDate;

/// What can be made of a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// The grammar reads it.
    Clear,
    /// It is read with the month that stands beside it, as this.
    Filed(String),
    /// It is filed under this until somebody knows better.
    Guessed(String, Confidence),
}

/// Festivals and the months in which they fall; those of the moon's calendar may be off by one.
const FESTIVALS: [(&str, &str, Confidence); 22] = [
    ("元旦", "1月", Confidence::Medium),
    ("春节", "1-2月", Confidence::Medium),
    ("两节", "1-2月", Confidence::Low),
    ("元宵", "2月", Confidence::Medium),
    ("三八", "3月", Confidence::High),
    ("妇女节", "3月", Confidence::High),
    ("清明", "4月", Confidence::High),
    ("五一", "5月", Confidence::Medium),
    ("劳动节", "5月", Confidence::Medium),
    ("五四", "5月", Confidence::High),
    ("青年节", "5月", Confidence::High),
    ("六一", "6月", Confidence::High),
    ("儿童节", "6月", Confidence::High),
    ("端午", "6月", Confidence::Medium),
    ("七一", "7月", Confidence::Medium),
    ("建党", "7月", Confidence::Medium),
    ("八一", "8月", Confidence::High),
    ("教师节", "9月", Confidence::High),
    ("中秋", "9月", Confidence::Medium),
    ("国庆", "10月", Confidence::Medium),
    ("十一", "10月", Confidence::Medium),
    ("重阳", "10月", Confidence::Medium),
];

/// Reads a time, as worded, with the month that stands beside it.
pub fn read(worded: &str, month: Option<&str>, year: i32) -> Reading {
    let reads = |text: &str| When::read(text, year, &Terms::default()).is_ok();
    let names_month = worded.contains('月');
    if let Some(month) = month.filter(|_| !names_month) {
        let month = month_of(month);
        let both = format!("{month}{}", worded.trim());
        if reads(&both) {
            return Reading::Filed(both);
        }
        if !reads(worded) {
            return Reading::Guessed(month, Confidence::High);
        }
    }
    if reads(worded) {
        return Reading::Clear;
    }
    // 元月, the lines of a cell, and days that are parted by a dot.
    for other in [worded.replace("元月", "1月"), dotted(worded)] {
        if other != worded && reads(&other) {
            return Reading::Filed(other);
        }
    }
    let plain = plain(worded).replace('"', "");
    for (word, filed) in
        [("每月", "每月"), ("每季", "每季度"), ("每学期", "每学期"), ("每周", "全年")]
    {
        if plain.starts_with(word) {
            return Reading::Guessed(filed.to_owned(), Confidence::High);
        }
    }
    let months = months(&plain);
    if !months.is_empty() {
        let sure = if is_impossible(worded, year) { Confidence::Medium } else { Confidence::High };
        let listed: Vec<String> = months.iter().map(|month| format!("{month}月")).collect();
        return Reading::Guessed(listed.join("、"), sure);
    }
    if ["常态", "持续", "长期", "不定期", "随时", "日常", "贯穿", "经常"]
        .iter()
        .any(|word| plain.contains(word))
    {
        return Reading::Guessed("全年".to_owned(), Confidence::High);
    }
    let festival = FESTIVALS.iter().find(|(name, ..)| plain.contains(name));
    match festival {
        Some((_, month, confidence)) => Reading::Guessed((*month).to_owned(), *confidence),
        None => Reading::Guessed("适时".to_owned(), Confidence::Low),
    }
}

/// A time of a school year's second half with its year: 2024年3月 for 3月. None for one of the first
/// half, or that names its year or no month.
pub fn in_second_year(worded: &str, second: i32) -> Option<String> {
    let months = months(&plain(worded));
    let is_late = !months.is_empty() && months.iter().all(|month| *month <= 7);
    let filed = format!("{second}年{}", worded.trim());
    let reads = When::read(&filed, second - 1, &Terms::default()).is_ok();
    (is_late && !worded.contains('年') && reads).then_some(filed)
}

/// A month as the grammar has it: 1月 for 一月 and 1月份.
fn month_of(month: &str) -> String {
    let plain = plain(month);
    let bare = plain.trim_end_matches('份');
    let value = bare.strip_suffix('月').and_then(numbering::chinese);
    match value {
        Some((value, "")) => format!("{value}月"),
        _ => bare.to_owned(),
    }
}

/// The first month that a text names: 2 of 2月30日前, 3 of 三月底左右.
fn first_month(plain: &str) -> Option<usize> {
    let (before, _) = plain.split_once('月')?;
    let digits: String = before.chars().rev().take_while(char::is_ascii_digit).collect();
    let value = match digits.is_empty() {
        false => digits.chars().rev().collect::<String>().parse().ok()?,
        true => {
            let start = before.rfind(|c| !"一二三四五六七八九十".contains(c));
            let start =
                start.map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
            numbering::chinese(&before[start..]).filter(|(_, rest)| rest.is_empty())?.0
        }
    };
    (1..=12).contains(&value).then_some(value)
}

/// All months that a text names, stretches of them included: 3-4月/9月, 6月、12月各一次, 9/10月.
fn months(plain: &str) -> Vec<usize> {
    let mut months = Vec::new();
    let mut rest = plain;
    while let Some((before, behind)) = rest.split_once('月') {
        let Some(last) = first_month(&format!("{before}月")) else {
            rest = behind;
            continue;
        };
        let bare = before
            .trim_end_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
        let first = bare
            .strip_suffix(['-', '至', '到', '/', '、', '~'])
            .and_then(|first| first_month(&format!("{}月", first.trim_end_matches('月'))));
        match first {
            Some(first) if first < last && bare.ends_with(['-', '至', '到', '~']) => {
                months.extend(first..=last)
            }
            Some(first) => months.extend([first, last]),
            None => months.push(last),
        }
        rest = behind;
    }
    months.sort_unstable();
    months.dedup();
    months
}

/// Days that are parted by a dot, as the grammar has them: 3.1-3.10 is 3月1日-3月10日.
fn dotted(worded: &str) -> String {
    let day = |part: &str| -> Option<String> {
        let (month, day) = part.trim().split_once('.')?;
        let is_number =
            |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        (is_number(month) && is_number(day)).then(|| format!("{month}月{day}日"))
    };
    let parts: Option<Vec<String>> = worded.split(['-', '—', '–', '~']).map(day).collect();
    parts.map_or_else(|| worded.to_owned(), |days| days.join("-"))
}

/// Whether a time names a day that is on no calendar: 2月30日.
pub fn is_impossible(worded: &str, year: i32) -> bool {
    let plain = plain(worded);
    let mut rest = plain.as_str();
    while let Some((before, behind)) = rest.split_once('月') {
        let digits: String = behind.chars().take_while(char::is_ascii_digit).collect();
        let follows_day = behind[digits.len()..].starts_with(['日', '号']);
        if let (Some(month), Ok(day)) = (first_month(&format!("{before}月")), digits.parse::<u32>())
        {
            let month = u32::try_from(month).unwrap_or_default();
            if follows_day && NaiveDate::from_ymd_opt(year, month, day).is_none() {
                return true;
            }
        }
        rest = behind;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{Confidence, Reading, in_second_year, is_impossible, read};

    #[test]
    fn what_the_grammar_reads_is_clear() {
        for worded in ["适时", "3-5月", "2021年12月—2022年1月", "三月下旬至四月中旬", "第一季度末"]
        {
            assert_eq!(read(worded, None, 2021), Reading::Clear, "{worded}");
        }
    }

    #[test]
    fn a_day_belongs_to_the_month_beside_it() {
        assert_eq!(read("8日", Some("三月"), 2024), Reading::Filed("3月8日".into()));
        assert_eq!(read("17日—19日", Some("5月"), 2024), Reading::Filed("5月17日—19日".into()));
        assert_eq!(read("上旬", Some("一月"), 2024), Reading::Filed("1月上旬".into()));
        assert_eq!(read("4月3日", Some("四月"), 2024), Reading::Clear);
        let guessed = Reading::Guessed("5月".into(), Confidence::High);
        assert_eq!(read("五四青年节前", Some("五月"), 2024), guessed);
    }

    #[test]
    fn other_wordings_are_filed_as_well_as_can_be() {
        let filed = |worded: &str| match read(worded, None, 2022) {
            Reading::Guessed(filed, _) => filed,
            other => panic!("{worded}: {other:?}"),
        };
        assert_eq!(filed("2月30日前"), "2月");
        assert_eq!(filed("“五一”前后"), "5月");
        assert_eq!(filed("教师节前"), "9月");
        assert_eq!(filed("6月、12月各一次"), "6月、12月");
        assert_eq!(filed("3-4月/9月左右"), "3月、4月、9月");
        assert_eq!(filed("每月第一个周一"), "每月");
        assert_eq!(filed("持续推进"), "全年");
        assert_eq!(read("3.1-3.10", None, 2022), Reading::Filed("3月1日-3月10日".into()));
        assert_eq!(filed("按上级通知时间"), "适时");
    }

    #[test]
    fn months_of_a_school_years_second_half_belong_to_its_second_year() {
        assert_eq!(in_second_year("3月", 2024).as_deref(), Some("2024年3月"));
        assert_eq!(in_second_year("9月", 2024), None);
        assert_eq!(in_second_year("全年", 2024), None);
    }

    #[test]
    fn days_that_are_on_no_calendar_are_seen() {
        assert!(is_impossible("2月30日前", 2022));
        assert!(is_impossible("3月1日至6月31日", 2022));
        assert!(!is_impossible("2月28日前", 2022));
        assert!(!is_impossible("教师节前", 2022));
    }
}
