//! Days, months and years that a line of a notice tells.

use super::lines::{LONGEST_LINE, is_line, plain};
use super::numbering;
use chrono::NaiveDate;

/// 三月份：, 3月: what heads the work of a month; its value, and what follows the colon.
pub fn month_heading(text: &str) -> Option<(usize, &str)> {
    let text = text.trim();
    // 三  月 is padded to align.
    let is_padded = text.contains(char::is_whitespace) && text.chars().count() <= 6;
    if is_padded && !text.ends_with(['：', ':']) {
        let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        return month_heading(&bare).map(|(value, _)| (value, ""));
    }
    let (value, rest) = match numbering::chinese(text) {
        Some(found) => found,
        None => {
            let end = text.find(|c| numbering::digit(c).is_none())?;
            let digits = text[..end].chars().filter_map(numbering::digit).take(3);
            (digits.fold(0, |value, digit| value * 10 + digit as usize), &text[end..])
        }
    };
    let rest = rest.strip_prefix('月')?;
    let rest = rest.strip_prefix('份').unwrap_or(rest).trim_start();
    let behind = if rest.is_empty() { rest } else { rest.strip_prefix(['：', ':'])?.trim() };
    (1..=12).contains(&value).then_some((value, behind))
}

/// The day on which a plan was adopted, in brackets below its title: （2025年3月5日校工会全委会议通过）.
pub fn adopted(text: &str) -> Option<NaiveDate> {
    const WORDS: [&str; 4] = ["通过", "审议", "印发", "发布"];
    let inner = text.trim().strip_prefix(['（', '('])?.strip_suffix(['）', ')'])?;
    let end = inner.find('日').map(|at| at + '日'.len_utf8())?;
    let said = WORDS.iter().any(|word| inner[end..].contains(word));
    day(&inner[..end]).filter(|_| said)
}

/// A day on a line of its own, perhaps in brackets: 2021年3月29日, 二〇二四年三月五日.
pub fn day(text: &str) -> Option<NaiveDate> {
    if text.chars().nth(LONGEST_LINE).is_some() {
        return None;
    }
    let plain = plain(text);
    let bare = plain.trim_start_matches('(').trim_end_matches(')');
    let parts: Vec<&str> = bare.split(['-', '.', '/']).collect();
    let (year, month, day) = match parts.as_slice() {
        // 2024-01-08, 2024.1.8
        [year, month, day] => (*year, *month, *day),
        _ => {
            let (year, rest) = bare.split_once('年')?;
            let (month, rest) = rest.split_once('月')?;
            let (day, rest) = rest.split_once(['日', '号'])?;
            if !rest.is_empty() {
                return None;
            }
            (year, month, day)
        }
    };
    if year.chars().count() != 4 {
        return None;
    }
    let year = year
        .chars()
        .try_fold(0, |value, c| Some(value * 10 + i32::try_from(numbering::digit(c)?).ok()?))?;
    let number = |text: &str| -> Option<u32> {
        let chinese = || numbering::chinese(text).filter(|(_, rest)| rest.is_empty());
        text.parse().ok().or_else(|| u32::try_from(chinese()?.0).ok())
    };
    NaiveDate::from_ymd_opt(year, number(month)?, number(day)?)
}

/// Who signs and the day, on one line: 测试大学工会　2024年1月8日.
pub fn signed(text: &str) -> Option<(&str, NaiveDate)> {
    let text = text.trim();
    if text.chars().nth(LONGEST_LINE + 40).is_some() {
        return None;
    }
    let starts = text.char_indices().map(|(at, _)| at).filter(|at| *at > 0);
    starts.into_iter().find_map(|at| {
        let (name, rest) = text.split_at(at);
        let begins = rest.starts_with(|c| numbering::digit(c).is_some());
        let parted = name.ends_with([' ', '\u{3000}', '会', '室', '部', '：', ':']);
        let day = day(rest).filter(|_| begins && parted)?;
        let name = name.trim_end_matches(['：', ':', ' ', '\u{3000}']);
        (is_line(name) && !name.is_empty()).then_some((name, day))
    })
}

/// The two years of a school year: 2023-2024学年.
pub fn school_year(title: &str) -> Option<(i32, i32)> {
    let plain = plain(title);
    let (before, _) = plain.split_once("学年")?;
    let years: Vec<&str> = before.rsplit(|c: char| !c.is_ascii_digit()).collect();
    let mut years = years.into_iter().filter(|digits| !digits.is_empty());
    let second: i32 = years.next()?.parse().ok()?;
    let first: i32 = years.next()?.parse().ok()?;
    let second = if second < 100 { first / 100 * 100 + second } else { second };
    (second == first + 1).then_some((first, second))
}

/// A month instead of a day below a signature: 2024年1月.
pub fn is_month(text: &str) -> bool {
    let plain = plain(text);
    year(text).is_some() && plain.ends_with('月') && plain.chars().count() <= 9
}

/// A year in a title, in digits or in words: 二〇二四年.
pub fn year(title: &str) -> Option<i32> {
    let plain = plain(title);
    let characters: Vec<char> = plain.chars().collect();
    characters.windows(5).find_map(|window| {
        let [digits @ .., '年'] = window else { return None };
        let value = digits.iter().try_fold(0, |value, c| {
            Some(value * 10 + i32::try_from(numbering::digit(*c)?).ok()?)
        })?;
        (1949..2200).contains(&value).then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::{day, month_heading, school_year, signed};
    use crate::import::lines::is_footer;

    #[test]
    fn days_are_read_in_digits_and_in_words() {
        for text in [
            "2021年3月29日",
            "二〇二一年三月二十九日",
            "二○二一年三月二十九日",
            " 2021 年 3 月 29 日 ",
            "（2021年3月29日）",
            "２０２１年３月２９日",
        ] {
            let day = day(text).map(|day| day.to_string());
            assert_eq!(day.as_deref(), Some("2021-03-29"), "{text}");
        }
        assert_eq!(day("2024-01-08").map(|day| day.to_string()).as_deref(), Some("2024-01-08"));
        assert_eq!(day("2024.1.8").map(|day| day.to_string()).as_deref(), Some("2024-01-08"));
        assert_eq!(day("2021年3月29日印发"), None);
        assert!(!is_footer("2024-01-08") && is_footer("- 12 -"));
        assert_eq!(day("2021年2月30日"), None);
    }

    #[test]
    fn months_that_head_their_work_are_known() {
        assert_eq!(month_heading("三月份："), Some((3, "")));
        assert_eq!(month_heading("３月"), Some((3, "")));
        assert_eq!(month_heading("十  月"), Some((10, "")));
        assert_eq!(month_heading("十二月份：年度考核"), Some((12, "年度考核")));
        assert_eq!(month_heading("3月召开教代会"), None);
        assert_eq!(month_heading("3月8日：妇女节"), None);
    }

    #[test]
    fn signatures_may_stand_on_one_line_with_their_day() {
        let (name, day) = signed("测试大学工会　2024年1月8日").unwrap();
        assert_eq!((name, day.to_string().as_str()), ("测试大学工会", "2024-01-08"));
        assert_eq!(signed("定于2024年1月8日"), None);
        // A long line is no signature, and is not looked at from each of its characters.
        assert_eq!(signed(&"会1".repeat(1_000_000)), None);
        assert_eq!(school_year("2023-2024学年工会工作计划"), Some((2023, 2024)));
        assert_eq!(school_year("2023—24学年"), Some((2023, 2024)));
        assert_eq!(school_year("2024年工作计划"), None);
    }
}
