//! A year as it is given on the command line.

use crate::diagnostic::Words;
use crate::limits;
use crate::source::half_width_digit;
use crate::words;

/// Reads the year of a call: 2022, also ２０２２ and 2022年.
pub fn year(written: &str) -> Result<i32, Words> {
    let folded: String = written
        .trim()
        .trim_end_matches('年')
        .chars()
        .map(|c| half_width_digit(c).unwrap_or(c))
        .collect();
    let is_number = !folded.is_empty() && folded.chars().all(|c| c.is_ascii_digit());
    let value = if folded.len() == 4 && is_number { folded.parse::<i32>().ok() } else { None };
    let (first, last) = (*limits::YEARS.start(), *limits::YEARS.end());
    match value {
        Some(year) if limits::YEARS.contains(&year) => Ok(year),
        Some(year) => Err(words!(
            "没有{year}年的计划可写：年份写{first}到{last}",
            "there is no plan of {year} to write: give a year from {first} to {last}"
        )),
        None => {
            let meant = if is_number && folded.len() == 2 {
                format!("20{folded}")
            } else {
                "2022".to_owned()
            };
            Err(words!(
                "“{written}”不是年份：写四位数字，例如 {meant}",
                "“{written}” is no year: give four digits, such as {meant}"
            ))
        }
    }
}
