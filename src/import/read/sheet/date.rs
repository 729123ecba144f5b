//! Days and times, which a workbook keeps as numbers of days, in the words of their format.

use super::number::Mark;
use chrono::{Datelike, NaiveDate, Weekday};

/// A day and a time of it.
struct Moment {
    /// Year, month, day; Excel believes in 29 February 1900, so that no calendar can hold them.
    day: (i32, u32, u32),
    weekday: Weekday,
    /// Seconds since midnight.
    seconds: u64,
}

/// A number of days as the marks of a code show it; none if it is none.
pub(super) fn shown(number: f64, marks: &[Mark], code: &str, from_1904: bool) -> Option<String> {
    if marks.iter().any(|mark| matches!(mark, Mark::Elapsed(_))) {
        return elapsed(number, marks);
    }
    let moment = moment(number, from_1904)?;
    // Formats of the system look as a Chinese one has them.
    if code.contains("[$-F800]") {
        let (year, month, day) = moment.day;
        return Some(format!("{year}年{month}月{day}日"));
    }
    let is_han = code.contains("[DBNum1]") || code.contains("[dbnum1]");
    let is_chinese = is_han || code.contains("804]") || code.contains("[$-F400]");
    let halves = marks.iter().any(|mark| matches!(mark, Mark::Half(..)));
    let mut text = String::new();
    for (at, mark) in marks.iter().enumerate() {
        match mark {
            Mark::Date('m', count) if is_minute(marks, at) => {
                padded(&mut text, moment.seconds / 60 % 60, *count, is_han);
            }
            Mark::Date('h', count) => {
                let hours = moment.seconds / 3600;
                let hours = if halves { (hours + 11) % 12 + 1 } else { hours };
                padded(&mut text, hours, *count, is_han);
            }
            Mark::Date('s', count) => padded(&mut text, moment.seconds % 60, *count, is_han),
            Mark::Date(letter, count) => {
                part(&mut text, &moment, (*letter, *count), is_han, is_chinese);
            }
            Mark::Half(am, pm) => text.push_str(if moment.seconds < 43_200 { am } else { pm }),
            // Fractions of a second are not shown.
            Mark::Point if is_fraction(marks, at) => {}
            Mark::Digit(_) if marks[..at].contains(&Mark::Point) => {}
            other => literal(&mut text, other),
        }
    }
    Some(text.trim().to_owned())
}

fn literal(text: &mut String, mark: &Mark) {
    match mark {
        Mark::Text(literal) => text.push_str(literal),
        Mark::Point => text.push('.'),
        Mark::Comma => text.push(','),
        Mark::Digit(c) => text.push(*c),
        Mark::Percent => text.push('%'),
        _ => {}
    }
}

/// Tells whether a point stands behind seconds and before digits.
fn is_fraction(marks: &[Mark], at: usize) -> bool {
    at > 0
        && matches!(marks[at - 1], Mark::Date('s', _))
        && matches!(marks.get(at + 1), Some(Mark::Digit(_)))
}

/// Tells whether an m means minutes: it stands behind hours or before seconds.
fn is_minute(marks: &[Mark], at: usize) -> bool {
    let is_date = |mark: &&Mark| matches!(mark, Mark::Date(..) | Mark::Elapsed(_));
    let before = marks[..at].iter().rev().find(is_date);
    let after = marks[at + 1..].iter().find(is_date);
    matches!(before, Some(Mark::Date('h', _) | Mark::Elapsed('h')))
        || matches!(after, Some(Mark::Date('s', _)))
}

/// A part of the day's name.
fn part(text: &mut String, moment: &Moment, mark: (char, usize), han: bool, chinese: bool) {
    let (year, month, day) = moment.day;
    match mark {
        ('y', count) => {
            let digits = format!("{year:04}");
            let digits = if count <= 2 { &digits[digits.len() - 2..] } else { &digits };
            match han {
                true => text.extend(digits.chars().map(|c| HAN[c as usize - '0' as usize])),
                false => text.push_str(digits),
            }
        }
        ('m', count @ (1 | 2)) => padded(text, u64::from(month), count, han),
        ('m', _) if chinese => {
            padded(text, u64::from(month), 1, true);
            text.push('月');
        }
        ('m', count) => name(text, MONTHS[month as usize - 1], count),
        ('d', count @ (1 | 2)) => padded(text, u64::from(day), count, han),
        ('a', 3) => text.push(WEEK[moment.weekday.num_days_from_monday() as usize]),
        ('d', count) if !chinese => {
            name(text, DAYS[moment.weekday.num_days_from_monday() as usize], count);
        }
        ('d' | 'a', _) => {
            text.push_str("星期");
            text.push(WEEK[moment.weekday.num_days_from_monday() as usize]);
        }
        _ => {}
    }
}

/// An English name: whole, its first three letters, or the first alone.
fn name(text: &mut String, name: &str, count: usize) {
    text.push_str(match count {
        3 => &name[..3],
        5 => &name[..1],
        _ => name,
    });
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const WEEK: [char; 7] = ['一', '二', '三', '四', '五', '六', '日'];
const HAN: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// A number of at most two digits, with a zero in front where two are asked for; or in Chinese.
fn padded(text: &mut String, number: u64, count: usize, is_han: bool) {
    if !is_han {
        let width = count.min(2);
        text.push_str(&format!("{number:0width$}"));
        return;
    }
    let digit = |number: u64| HAN.get(usize::try_from(number).unwrap_or_default());
    if number >= 20 {
        text.extend(digit(number / 10));
    }
    if number >= 10 {
        text.push('十');
    }
    if !number.is_multiple_of(10) || number == 0 {
        text.extend(digit(number % 10));
    }
}

/// The last day that Excel knows, 9999-12-31.
const LAST_DAY: f64 = 2_958_466.0;

fn moment(number: f64, from_1904: bool) -> Option<Moment> {
    if !(0.0..LAST_DAY).contains(&number) {
        return None;
    }
    // The time is rounded to seconds, and may round to the next day.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let total = (number * 86_400.0).round() as u64;
    let (days, seconds) = (total / 86_400, total % 86_400);
    let days = i64::try_from(days).ok()?;
    let (origin, days) = match from_1904 {
        true => (NaiveDate::from_ymd_opt(1904, 1, 1)?, days),
        false if days < 60 => (NaiveDate::from_ymd_opt(1899, 12, 31)?, days),
        false => (NaiveDate::from_ymd_opt(1899, 12, 30)?, days),
    };
    let date = origin.checked_add_signed(chrono::Duration::try_days(days)?)?;
    let day = match (from_1904, days) {
        (false, 0) => (1900, 1, 0),
        (false, 60) => (1900, 2, 29),
        _ => (date.year(), date.month(), date.day()),
    };
    Some(Moment { day, weekday: date.weekday(), seconds })
}

/// Hours beyond a day: `[h]:mm`.
fn elapsed(number: f64, marks: &[Mark]) -> Option<String> {
    if !(0.0..LAST_DAY).contains(&number) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let seconds = (number * 86_400.0).round() as u64;
    let mut text = String::new();
    for mark in marks {
        match mark {
            Mark::Elapsed('h') => text.push_str(&(seconds / 3600).to_string()),
            Mark::Elapsed('m') => text.push_str(&(seconds / 60).to_string()),
            Mark::Elapsed(_) => text.push_str(&seconds.to_string()),
            Mark::Date('m', count) => padded(&mut text, seconds / 60 % 60, *count, false),
            Mark::Date('s', count) => padded(&mut text, seconds % 60, *count, false),
            Mark::Text(literal) => text.push_str(literal),
            _ => {}
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use crate::import::read::sheet::number::formatted;

    /// 12 May 2024, a Sunday.
    const DAY: f64 = 45_424.0;

    #[test]
    fn days_are_shown_as_excel_shows_them() {
        for (code, shown) in [
            ("m\"月\"d\"日\"", "5月12日"),
            ("m\"月\"d\"日\";@", "5月12日"),
            ("yyyy/m/d", "2024/5/12"),
            ("yyyy\\-mm\\-dd", "2024-05-12"),
            ("yyyy-mm-dd", "2024-05-12"),
            ("yyyy\"年\"m\"月\"", "2024年5月"),
            ("yyyy\"年\"m\"月\"d\"日\"", "2024年5月12日"),
            ("yyyy年m月d日", "2024年5月12日"),
            ("[$-804]yyyy\"年\"m\"月\"d\"日\";@", "2024年5月12日"),
            ("m\"月\"", "5月"),
            ("m月", "5月"),
            ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2024年5月12日"),
            ("[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\";@", "二〇二四年五月十二日"),
            ("[DBNum1][$-804]m\"月\"d\"日\"", "五月十二日"),
            ("d-mmm-yy", "12-May-24"),
            ("mmmm d", "May 12"),
            ("[$-804]aaaa;@", "星期日"),
            ("[$-804]aaa;@", "日"),
            ("dddd", "Sunday"),
            ("yy.m.d", "24.5.12"),
            ("yyyy.mm", "2024.05"),
            ("e/m/d", "2024/5/12"),
        ] {
            assert_eq!(formatted(DAY, code, false), shown, "{code}");
        }
    }

    #[test]
    fn times_of_the_day_are_shown() {
        for (part, code, shown) in [
            (0.395_833_333_333, "h:mm", "9:30"),
            (0.625, "hh:mm:ss", "15:00:00"),
            (0.625, "h:mm AM/PM", "3:00 PM"),
            (0.625, "上午/下午h\"时\"mm\"分\"", "下午3时00分"),
            (0.0, "h:mm AM/PM", "12:00 AM"),
            (0.625, "yyyy/m/d h:mm", "2024/5/12 15:00"),
            (0.999_999, "yyyy/m/d h:mm", "2024/5/13 0:00"),
            (0.5, "mm:ss.0", "00:00"),
        ] {
            assert_eq!(formatted(DAY + part, code, false), shown, "{code}");
        }
        assert_eq!(formatted(1.25, "[h]:mm", false), "30:00");
    }

    #[test]
    fn the_first_days_are_those_of_excel() {
        for (number, shown) in
            [(1.0, "1900/1/1"), (59.0, "1900/2/28"), (60.0, "1900/2/29"), (61.0, "1900/3/1")]
        {
            assert_eq!(formatted(number, "yyyy/m/d", false), shown);
        }
        assert_eq!(formatted(0.0, "yyyy/m/d", true), "1904/1/1");
        assert_eq!(formatted(-5.0, "yyyy/m/d", false), "-5");
        assert_eq!(formatted(9e9, "yyyy/m/d", false), "9000000000");
    }
}
