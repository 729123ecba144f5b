//! Numbers as their format shows them: 3, 50%, 5月 of `0"月"`; days and times are `date`'s.

use super::book::Shared;
use super::date;

/// What a cell with a number shows; none if it is no number.
pub(super) fn shown(value: &str, style: usize, shared: &Shared) -> Option<String> {
    if value.is_empty() {
        return None;
    }
    let Ok(number) = value.parse::<f64>() else {
        return Some(value.to_owned());
    };
    let id = shared.formats.get(style).copied().unwrap_or_default();
    let code = shared.codes.get(&id).map_or_else(|| built_in(id), String::as_str);
    Some(formatted(number, code, shared.from_1904))
}

/// The codes of formats that every workbook has, as a Chinese Excel shows them.
fn built_in(id: u32) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        14 => "yyyy/m/d",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
        28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
        30 => "m-d-yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"时\"mm\"分\"",
        33 => "h\"时\"mm\"分\"ss\"秒\"",
        34 | 55 => "上午/下午h\"时\"mm\"分\"",
        35 | 56 => "上午/下午h\"时\"mm\"分\"ss\"秒\"",
        37 | 38 => "#,##0",
        39 | 40 => "#,##0.00",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss",
        _ => "General",
    }
}

/// A number as a format's code shows it.
pub(super) fn formatted(number: f64, code: &str, from_1904: bool) -> String {
    let sections = sections(code);
    let (code, number) = match (number, sections.as_slice()) {
        (_, []) => ("General", number),
        (n, [_, negative, ..]) if n < 0.0 => (*negative, -n),
        (n, [_, _, zero, ..]) if n == 0.0 => (*zero, n),
        (n, [positive, ..]) => (*positive, n),
    };
    let marks = marks(code);
    if marks.iter().any(Mark::is_of_date) {
        return date::shown(number, &marks, code, from_1904).unwrap_or_else(|| general(number));
    }
    plain(number, &marks)
}

/// The sections of a code: positive, negative, zero, text.
fn sections(code: &str) -> Vec<&str> {
    let mut sections = Vec::new();
    let (mut start, mut quoted, mut escaped) = (0, false, false);
    for (at, c) in code.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '"' => quoted = !quoted,
            '\\' if !quoted => escaped = true,
            ';' if !quoted => {
                sections.push(&code[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    sections.push(&code[start..]);
    sections
}

/// A mark of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// Text that is shown as it is.
    Text(String),
    /// A letter of a date or time and how often it stands: y, m, d, h, s, a.
    Date(char, usize),
    /// Hours, minutes or seconds beyond a day: `[h]`.
    Elapsed(char),
    /// Morning or afternoon, in the two words that are given.
    Half(&'static str, &'static str),
    /// A place for a digit: `0`, `#`, `?`.
    Digit(char),
    /// The point.
    Point,
    /// The comma.
    Comma,
    /// The number in hundredths.
    Percent,
    /// The number as it comes.
    General,
}

impl Mark {
    fn is_of_date(&self) -> bool {
        matches!(self, Self::Date(..) | Self::Elapsed(_) | Self::Half(..))
    }
}

/// Words for the halves of a day, as codes name them.
const HALVES: [(&str, &str, &str); 3] =
    [("上午/下午", "上午", "下午"), ("AM/PM", "AM", "PM"), ("A/P", "A", "P")];

/// Takes a code apart.
fn marks(code: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        let upper: String = rest.chars().take(7).collect::<String>().to_ascii_uppercase();
        if let Some((name, am, pm)) = HALVES.into_iter().find(|(name, ..)| upper.starts_with(name))
        {
            marks.push(Mark::Half(am, pm));
            rest = &rest[name.len()..];
            continue;
        }
        if upper.starts_with("GENERAL") {
            marks.push(Mark::General);
            rest = &rest["General".len()..];
            continue;
        }
        let after = &rest[c.len_utf8()..];
        rest = match c {
            '"' => {
                let (text, after) = after.split_once('"').unwrap_or((after, ""));
                marks.push(Mark::Text(text.to_owned()));
                after
            }
            '[' => {
                let (inside, after) = after.split_once(']').unwrap_or((after, ""));
                bracket(inside, &mut marks);
                after
            }
            '\\' | '_' | '*' => {
                let next = after.chars().next();
                if let (Some(next), '\\') = (next, c) {
                    marks.push(Mark::Text(next.to_string()));
                }
                &after[next.map_or(0, char::len_utf8)..]
            }
            _ => {
                let lower = c.to_ascii_lowercase();
                let same = |other: &char| other.eq_ignore_ascii_case(&c);
                match lower {
                    'e' if after.starts_with(['+', '-']) => {
                        marks.push(Mark::Text("E".to_owned()));
                        after
                    }
                    'y' | 'm' | 'd' | 'h' | 's' | 'a' | 'e' => {
                        let count = rest.chars().take_while(same).count();
                        marks.push(match lower {
                            'e' => Mark::Date('y', 4),
                            lower => Mark::Date(lower, count),
                        });
                        &rest[count..]
                    }
                    _ => {
                        marks.push(single(c));
                        after
                    }
                }
            }
        };
    }
    marks
}

/// What stands in brackets: `[h]`, a currency with a locale, a colour, a condition.
fn bracket(inside: &str, marks: &mut Vec<Mark>) {
    let first = inside.chars().next().map(|c| c.to_ascii_lowercase());
    let is_run = inside.chars().all(|c| Some(c.to_ascii_lowercase()) == first);
    match first {
        Some(c @ ('h' | 'm' | 's')) if is_run => marks.push(Mark::Elapsed(c)),
        Some('$') => {
            let sign = inside[1..].split('-').next().unwrap_or_default();
            marks.push(Mark::Text(sign.to_owned()));
        }
        _ => {}
    }
}

fn single(c: char) -> Mark {
    match c {
        '0' | '#' | '?' => Mark::Digit(c),
        '.' => Mark::Point,
        ',' => Mark::Comma,
        '%' => Mark::Percent,
        '@' => Mark::General,
        _ => Mark::Text(c.to_string()),
    }
}

/// A number without a date in it.
fn plain(number: f64, marks: &[Mark]) -> String {
    let is_digit = |mark: &Mark| matches!(mark, Mark::Digit(_));
    let Some(first) = marks.iter().position(|m| is_digit(m) || *m == Mark::General) else {
        return marks.iter().filter_map(text_of).collect();
    };
    let last = marks.iter().rposition(is_digit).unwrap_or(first).max(first);
    let inside = &marks[first..=last];
    let is_scientific = marks.iter().any(|m| *m == Mark::Text("E".to_owned()))
        || inside.iter().any(|m| *m == Mark::Text("/".to_owned()));
    let percent = marks.contains(&Mark::Percent);
    let number = if percent { number * 100.0 } else { number };
    let digits = if inside.contains(&Mark::General) || is_scientific {
        general(number)
    } else {
        places(number, inside)
    };
    if is_scientific {
        return digits;
    }
    let before: String = marks[..first].iter().filter_map(text_of).collect();
    let after: String = marks[last + 1..].iter().filter_map(text_of).collect();
    // The sign stands in front of everything.
    match digits.strip_prefix('-') {
        Some(digits) => format!("-{before}{digits}{after}"),
        None => format!("{before}{digits}{after}"),
    }
}

fn text_of(mark: &Mark) -> Option<String> {
    match mark {
        Mark::Text(text) => Some(text.clone()),
        Mark::Percent => Some("%".to_owned()),
        _ => None,
    }
}

/// A number in the places that a code has for its digits.
fn places(number: f64, marks: &[Mark]) -> String {
    let point = marks.iter().position(|m| *m == Mark::Point).unwrap_or(marks.len());
    let (whole, part) = marks.split_at(point);
    let count = |marks: &[Mark], of: &[char]| {
        marks.iter().filter(|m| matches!(m, Mark::Digit(c) if of.contains(c))).count()
    };
    let (must, may) = (count(part, &['0']), count(part, &['0', '#', '?']).min(15));
    let mut text = format!("{number:.may$}");
    let mut least = text.len() - (may - must.min(may));
    if may > 0 && must == 0 {
        least -= 1;
    }
    while text.len() > least && text.ends_with(['0', '.']) {
        text.pop();
    }
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (digits, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut digits = format!("{digits:0>width$}", width = count(whole, &['0']).min(20));
    if whole.contains(&Mark::Comma) {
        digits = grouped(&digits);
    }
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{digits}{point}{fraction}")
}

/// Digits in groups of three.
fn grouped(digits: &str) -> String {
    let mut text = String::new();
    for (at, c) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(c);
    }
    text
}

/// A number without any format: as many digits as it needs, but no trace of how it is stored.
fn general(number: f64) -> String {
    if !number.is_finite() {
        return number.to_string();
    }
    let size = number.abs();
    if size >= 1e15 || (size > 0.0 && size < 1e-9) {
        return format!("{number:E}");
    }
    let text = format!("{number:.9}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::formatted;

    #[test]
    fn numbers_are_shown_as_excel_shows_them() {
        for (number, code, shown) in [
            (3.0, "General", "3"),
            (0.1 + 0.2, "General", "0.3"),
            (-1.5, "General", "-1.5"),
            (13_800_138_000.0, "General", "13800138000"),
            (5.0, "0\"月\"", "5月"),
            (5.0, "0月", "5月"),
            (5.0, "\"第\"0\"季度\"", "第5季度"),
            (7.0, "000", "007"),
            (0.5, "0%", "50%"),
            (0.125, "0.0%", "12.5%"),
            (1234.5, "#,##0.00", "1,234.50"),
            (1_234_567.0, "#,##0_ ;[Red]\\-#,##0\\ ", "1,234,567"),
            (-12.0, "#,##0_ ;[Red]\\-#,##0\\ ", "-12 "),
            (1.5, "0.##", "1.5"),
            (2.0, "0.##", "2"),
            (8000.0, "[$¥-804]#,##0", "¥8,000"),
            (3.0, "@", "3"),
            (2021.0, "General\"年\"", "2021年"),
            (1e20, "General", "1E20"),
            (0.0, "0;-0;\"无\"", "无"),
        ] {
            assert_eq!(formatted(number, code, false), shown, "{number} {code}");
        }
    }

    #[test]
    fn no_code_is_too_strange() {
        for code in [
            "",
            ";;;",
            "\"",
            "[",
            "\\",
            "_",
            "*",
            "[$",
            "0.",
            ".0",
            "%",
            "E",
            "?/?",
            "年",
            "上午/下午",
            "yy[",
            "[>1]",
        ] {
            for number in [0.0, -1.0, 1e308, f64::NAN, f64::INFINITY, 45_000.5] {
                let _ = formatted(number, code, true);
            }
        }
    }
}
