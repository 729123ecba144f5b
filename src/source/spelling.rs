//! What names, ids and texts may be made of.

use crate::scan;

/// Ids that numbering uses (`5`, `t2-1`), and names that Windows keeps for devices.
pub fn is_reserved(id: &str) -> bool {
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit() || c == '-');
    digits(id)
        || id.strip_prefix('t').is_some_and(digits)
        || id.strip_prefix("ts").is_some_and(digits)
        || matches!(id, "con" | "prn" | "aux" | "nul")
        || (id.len() == 4 && (id.starts_with("com") || id.starts_with("lpt")))
}

/// A name without the blanks that only align it in a table: 何  频 is 何频. A Latin name keeps
/// single blanks.
pub fn bare_name(text: &str) -> String {
    let han = |c: char| ('\u{3400}'..='\u{9fff}').contains(&c) || c > '\u{ffff}';
    if text.chars().any(han) {
        return text.chars().filter(|c| !c.is_whitespace()).collect();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A digit, which may be typed full-width, as an ordinary one.
pub fn half_width_digit(c: char) -> Option<char> {
    match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
        _ => Some(c).filter(char::is_ascii_digit),
    }
}

/// Characters that nobody sees and no notice has: control characters, marks of writing direction,
/// blanks without width.
pub fn is_invisible(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The characters of a text that begin with the same byte as one that has to be looked at: a colon,
/// a quotation mark, one that nobody sees. Most Chinese ones don't, and need not be decoded.
pub fn striking(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let begins = |byte: u8| {
        let control = (byte < 0x20) | (byte == 0x7f) | (byte == 0xc2);
        control | (byte == b':') | (byte == 0xe2) | (byte == 0xef)
    };
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + scan::first(&text.as_bytes()[from..], begins)?;
        let striking = text[at..].chars().next()?;
        from = at + striking.len_utf8();
        Some((at, striking))
    })
}

#[cfg(test)]
mod tests {
    use super::{bare_name, is_invisible, is_reserved, striking};

    #[test]
    fn whatever_has_to_be_looked_at_strikes_and_plain_chinese_does_not() {
        let marks = [':', '：', '“', '”'];
        for c in ('\0'..=char::MAX).filter(|c| is_invisible(*c) || marks.contains(c)) {
            let text = format!("工会{c}要点");
            assert!(striking(&text).any(|found| found == (6, c)), "U+{:04x}", c as u32);
        }
        assert_eq!(striking("深入学习宣传贯彻党的精神、a 1（一）。").count(), 2);
    }

    #[test]
    fn blanks_that_align_a_name_are_no_part_of_it() {
        assert_eq!(bare_name("何  频"), "何频");
        assert_eq!(bare_name("何\u{3000}频"), "何频");
        assert_eq!(bare_name(" John   Smith "), "John Smith");
        assert_eq!(bare_name("买买提 · 艾力"), "买买提·艾力");
    }

    #[test]
    fn ids_of_numbering_and_of_devices_are_reserved() {
        for id in ["5", "2-1", "t2-1", "ts2-1", "con", "com1", "lpt9"] {
            assert!(is_reserved(id), "{id}");
        }
        for id in ["tug-of-war", "t-shirt", "trip", "may-5", "community", "console"] {
            assert!(!is_reserved(id), "{id}");
        }
    }
}
