//! A day as clerks write it.

use crate::plan::when::WhenFault;
use crate::plan::{Terms, When};
use chrono::NaiveDate;

/// Why a text is no day.
#[derive(Debug, PartialEq, Eq)]
pub enum NoDate {
    /// It is written like one, and no calendar has it.
    Impossible,
    /// It is the day of some year; this one, if the plan's is meant.
    WithoutYear(NaiveDate),
    /// It is no single day.
    Unreadable,
}

/// Reads a day. `year` is the plan's, to which a day without a year likely belongs.
///
/// # Errors
/// Why it is none.
pub fn read(text: &str, year: i32) -> Result<NaiveDate, NoDate> {
    let bare = text.trim().trim_end_matches(['日', '号']);
    let parts: Vec<&str> = bare.split(['-', '/', '.', '年', '月']).collect();
    let number = |part: &str| {
        let part = part.trim();
        let digits =
            !part.is_empty() && part.len() <= 4 && part.chars().all(|c| c.is_ascii_digit());
        digits.then(|| part.parse::<u32>().ok()).flatten()
    };
    if let [year, month, day] = parts.as_slice()
        && let (Some(year @ 1900..=2999), Some(month), Some(day)) =
            (number(year), number(month), number(day))
    {
        return NaiveDate::from_ymd_opt(year.cast_signed(), month, day).ok_or(NoDate::Impossible);
    }
    let one_day = |year: i32| {
        let when = When::read(text, year, &Terms::default())?;
        let days = when.days().filter(|(first, last)| first == last && !when.is_deadline());
        Ok(days.map(|(day, _)| day))
    };
    // A day that names a year names it whichever year the plan is for.
    match one_day(year) {
        Ok(Some(day)) if one_day(year - 1) == Ok(Some(day)) => Ok(day),
        Ok(Some(day)) if text.contains('年') => Ok(day),
        Ok(Some(day)) => Err(NoDate::WithoutYear(day)),
        Err(WhenFault::NoSuchDate { .. }) => Err(NoDate::Impossible),
        Err(WhenFault::OutsideYear { year, .. }) => {
            one_day(year).ok().flatten().ok_or(NoDate::Unreadable)
        }
        _ => Err(NoDate::Unreadable),
    }
}

#[cfg(test)]
mod tests {
    use super::{NoDate, read};
    use chrono::NaiveDate;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn a_day_is_read_as_clerks_write_it() {
        for text in [
            "2021-03-29",
            "2021-3-29",
            "2021/3/29",
            "2021.3.29",
            "2021年3月29日",
            " 2021 年 3 月 29 日 ",
            "2021年3月29号",
            "二〇二一年三月二十九日",
            "２０２１年３月２９日",
        ] {
            assert_eq!(read(text, 2021), Ok(day(2021, 3, 29)), "{text}");
            assert_eq!(read(text, 2022), Ok(day(2021, 3, 29)), "{text} in another year's plan");
        }
    }

    #[test]
    fn a_day_without_its_year_is_offered_in_the_plans() {
        for text in ["3月29日", "三月二十九日", "3月29号"] {
            assert_eq!(read(text, 2021), Err(NoDate::WithoutYear(day(2021, 3, 29))), "{text}");
        }
    }

    #[test]
    fn a_day_that_no_calendar_has_is_impossible() {
        for text in ["2021-02-30", "2021年2月29日", "2021-13-01", "2月30日"] {
            assert_eq!(read(text, 2021), Err(NoDate::Impossible), "{text}");
        }
        assert_eq!(read("2024-02-29", 2024), Ok(day(2024, 2, 29)));
    }

    #[test]
    fn what_is_no_single_day_is_unreadable() {
        for text in ["下周一", "3月", "2021年3月", "3月28日—29日", "3月29日前", "21-03-29", ""]
        {
            assert_eq!(read(text, 2021), Err(NoDate::Unreadable), "{text}");
        }
    }
}
