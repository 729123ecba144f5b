//! The writing of iCalendar (RFC 5545): lines that end in CRLF, folded at 75 octets, with text
//! escaped. Names of properties are the caller's; what they hold is made safe here.

use crate::scan;
use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

/// The longest line in octets, its end not counted (RFC 5545, 3.1).
const LINE_OCTETS: usize = 75;

/// Content lines in the making.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines(String);

impl Lines {
    /// Adds a line as it is: `BEGIN:VEVENT`. Its value must need no escaping.
    pub fn line(&mut self, line: &str) {
        fold(&mut self.0, line);
    }

    /// Adds a property that holds text, which is escaped.
    pub fn text(&mut self, name: &str, text: &str) {
        let mut line = String::with_capacity(name.len() + 1 + text.len());
        line.push_str(name);
        line.push(':');
        escape(&mut line, text);
        fold(&mut self.0, &line);
    }

    /// Adds a property that holds an address. It is not escaped, but can't end its line either.
    pub fn address(&mut self, name: &str, address: &str) {
        let bare: String = address.chars().filter(|c| !c.is_control()).collect();
        fold(&mut self.0, &format!("{name}:{bare}"));
    }

    /// Adds a day: `DTSTART;VALUE=DATE:20210514`.
    pub fn day(&mut self, name: &str, day: NaiveDate) {
        fold(&mut self.0, &format!("{name};VALUE=DATE:{}", digits(day)));
    }

    /// Adds a time on China's clocks, which [`TIME_ZONE`] explains.
    pub fn time(&mut self, name: &str, time: NaiveDateTime) {
        let (day, hour, minute) = (digits(time.date()), time.hour(), time.minute());
        fold(&mut self.0, &format!("{name};TZID=Asia/Shanghai:{day}T{hour:02}{minute:02}00"));
    }

    /// Adds the midnight with which a day begins, in universal time.
    pub fn stamp(&mut self, name: &str, day: NaiveDate) {
        fold(&mut self.0, &format!("{name}:{}T000000Z", digits(day)));
    }

    /// Adds the lines of others.
    pub fn append(&mut self, other: &Self) {
        self.0.push_str(&other.0);
    }

    /// All lines.
    pub fn finish(self) -> String {
        self.0
    }
}

/// China's clocks as they have stood since 1992.
pub const TIME_ZONE: [&str; 9] = [
    "BEGIN:VTIMEZONE",
    "TZID:Asia/Shanghai",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0800",
    "TZOFFSETTO:+0800",
    "TZNAME:CST",
    "END:STANDARD",
    "END:VTIMEZONE",
];

/// Writes a text as the type TEXT has it (RFC 5545, 3.3.11). Control characters can't be said in
/// it; a carriage return is part of a line break.
fn escape(line: &mut String, text: &str) {
    // The first byte of any of them; a control character beyond ASCII begins with 0xC2.
    let begins = |byte: u8| {
        let mark = (byte == b'\\') | (byte == b';') | (byte == b',');
        mark | (byte < 0x20) | (byte == 0x7f) | (byte == 0xc2)
    };
    let mut rest = text;
    while let Some(at) = scan::first(rest.as_bytes(), begins) {
        let (plain, special) = rest.split_at(at);
        line.push_str(plain);
        let mut special = special.chars();
        match special.next() {
            Some('\n') => line.push_str("\\n"),
            Some('\t') => line.push(' '),
            Some(c) if c.is_ascii() && !c.is_control() => line.extend(['\\', c]),
            Some(c) if !c.is_control() => line.push(c),
            _ => {}
        }
        rest = special.as_str();
    }
    line.push_str(rest);
}

/// A day as iCalendar writes it: 20210514.
fn digits(day: NaiveDate) -> String {
    let digits = day.year().unsigned_abs() * 10_000 + day.month() * 100 + day.day();
    format!("{digits:08}")
}

/// Writes a line with its end, broken where it is too long, never inside a character.
fn fold(lines: &mut String, line: &str) {
    let mut rest = line;
    // What continues a line begins with a blank, which counts.
    let mut room = LINE_OCTETS;
    while rest.len() > room {
        let end = (0..=room).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or(rest.len());
        let (piece, more) = rest.split_at(end);
        lines.push_str(piece);
        lines.push_str("\r\n ");
        rest = more;
        room = LINE_OCTETS - 1;
    }
    lines.push_str(rest);
    lines.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::Lines;
    use proptest::prelude::*;

    /// The text behind a property as RFC 5545 has it read: unfolded, then unescaped.
    fn read(lines: &str, name: &str) -> String {
        let unfolded = lines.replace("\r\n ", "");
        let line = unfolded.strip_suffix("\r\n").unwrap();
        assert!(!line.contains(['\r', '\n']), "{line:?} is one line");
        let value = line.strip_prefix(name).unwrap().strip_prefix(':').unwrap();
        let mut text = String::new();
        let mut letters = value.chars();
        while let Some(letter) = letters.next() {
            text.push(match letter {
                '\\' => match letters.next().unwrap() {
                    'n' => '\n',
                    other => other,
                },
                ';' | ',' => panic!("{letter} stands bare in {value}"),
                other => other,
            });
        }
        text
    }

    fn written(text: &str) -> String {
        let mut lines = Lines::default();
        lines.text("SUMMARY", text);
        lines.finish()
    }

    proptest! {
        #[test]
        fn any_text_comes_back_from_short_lines(text in "[\\PC\n\\\\;,:\"“”中文😀]{0,200}") {
            let lines = written(&text);
            for line in lines.split_terminator("\r\n") {
                prop_assert!(line.len() <= 75, "{} octets: {line}", line.len());
            }
            prop_assert_eq!(read(&lines, "SUMMARY"), text);
        }

        #[test]
        fn no_text_begins_a_line_of_its_own(text in any::<String>()) {
            let lines = written(&text);
            let own = lines.split("\r\n").filter(|line| !line.starts_with(' ')).count();
            prop_assert_eq!(own, 2, "one property and the end: {}", lines);
            let controls = lines.replace("\r\n", "").contains(char::is_control);
            prop_assert!(!controls, "a control character is left in {}", lines);
        }
    }

    #[test]
    fn a_line_is_full_before_it_is_folded_and_a_character_stays_whole() {
        assert_eq!(written(&"a".repeat(67)), format!("SUMMARY:{}\r\n", "a".repeat(67)));
        assert_eq!(
            written(&"a".repeat(68)),
            format!("SUMMARY:{}\r\n a\r\n", "a".repeat(67)),
            "the line's name counts"
        );
        // 8 octets and 22 characters of three are 74; the next would be cut.
        assert_eq!(written(&"年".repeat(23)), format!("SUMMARY:{}\r\n 年\r\n", "年".repeat(22)));
    }

    #[test]
    fn an_address_cannot_end_its_line() {
        let mut lines = Lines::default();
        lines.address("URL", "https://example.org/\r\nEND:VCALENDAR");
        assert_eq!(lines.finish(), "URL:https://example.org/END:VCALENDAR\r\n");
    }
}
