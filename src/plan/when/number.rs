//! Numbers, in digits or in Chinese, and dates of nothing but digits.

/// Holds a number as it was written and what it comes to.
#[derive(Clone, Copy)]
pub(in crate::plan) struct Number<'a> {
    /// The folded wording.
    pub(in crate::plan) text: &'a str,
    /// The value; one too large to hold is as large as can be.
    pub(in crate::plan) value: u32,
}

impl<'a> Number<'a> {
    /// Reads the number a folded text begins with, and returns what follows it.
    pub(in crate::plan) fn read(text: &'a str) -> Option<(Self, &'a str)> {
        let arabic = text.bytes().take_while(u8::is_ascii_digit).count();
        if arabic > 0 {
            let (text, rest) = text.split_at(arabic);
            let value = text.bytes().fold(0_u32, |value, digit| {
                value.saturating_mul(10).saturating_add(u32::from(digit - b'0'))
            });
            return Some((Self { text, value }, rest));
        }
        if text.starts_with("元月") {
            let (text, rest) = text.split_at('元'.len_utf8());
            return Some((Self { text, value: 1 }, rest));
        }
        let (text, rest) = split_chinese(text);
        Some((Self { text, value: chinese(text)? }, rest))
    }

    /// Tells whether the number has the four digits of a year.
    pub(in crate::plan) fn is_year(self) -> bool {
        self.text.chars().count() == 4
    }
}

/// Splits off the Chinese numerals a text begins with, be they a number or not.
pub(super) fn split_chinese(text: &str) -> (&str, &str) {
    let numeral = |letter| letter == '十' || digit(letter).is_some();
    text.split_at(text.find(|letter| !numeral(letter)).unwrap_or(text.len()))
}

/// Returns the value of a Chinese digit.
fn digit(letter: char) -> Option<u32> {
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    (0..).zip(DIGITS).find_map(|(value, digit)| (digit == letter).then_some(value))
}

/// Returns the value of a Chinese number: 三, 十二, 三十一, or the four digits of a year.
/// Other rows of digits, such as the 三八 and 五一 of feasts, are no numbers.
fn chinese(text: &str) -> Option<u32> {
    if let Some((tens, ones)) = text.split_once('十') {
        let part = |text: &str, none| {
            let mut letters = text.chars();
            match (letters.next(), letters.next()) {
                (None, _) => Some(none),
                (Some(letter), None) => digit(letter).filter(|&value| value > 0),
                _ => None,
            }
        };
        return Some(part(tens, 1)? * 10 + part(ones, 0)?);
    }
    let mut digits = text.chars().filter_map(digit);
    match text.chars().count() {
        1 => digits.next(),
        4 => Some(digits.fold(0, |value, digit| value * 10 + digit)),
        _ => None,
    }
}

/// Holds a date in digits alone: `2021-05`, `2021/5/14`, `2021.5.14`.
#[derive(Clone, Copy)]
pub(in crate::plan) struct NumericDate<'a> {
    pub(in crate::plan) text: &'a str,
    pub(in crate::plan) year: Number<'a>,
    pub(in crate::plan) month: Number<'a>,
    pub(in crate::plan) day: Option<Number<'a>>,
}

impl<'a> NumericDate<'a> {
    /// Reads the date a folded text begins with, and returns what follows it.
    pub(in crate::plan) fn read(text: &'a str) -> Option<(Self, &'a str)> {
        if !text.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let part = |rest| Number::read(rest).filter(|(number, _)| number.text.len() <= 2);
        let (year, rest) = Number::read(text).filter(|(number, _)| number.is_year())?;
        let mark = rest.chars().next().filter(|mark| ['-', '/', '.'].contains(mark))?;
        let (month, mut rest) = part(rest.strip_prefix(mark)?)?;
        let mut day = None;
        if let Some((number, after)) = rest.strip_prefix(mark).and_then(part) {
            (day, rest) = (Some(number), after);
        }
        let text = text.strip_suffix(rest).unwrap_or(text);
        Some((Self { text, year, month, day }, rest))
    }
}
