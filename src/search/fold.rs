//! One spelling for all that readers take as the same: full-width and half-width, upper and lower
//! case, traditional and simplified, the dashes, the quotation marks.
//!
//! Each UTF-16 unit becomes one unit, so that places in folded text are places in the text, for
//! browsers as for us. Characters beyond the first plane stay as they are.

use hanconv::RawDictionary;
use std::sync::LazyLock;

/// The units of a text, folded.
pub fn fold(text: &str) -> impl Iterator<Item = u16> + '_ {
    let table = &*TABLE;
    text.encode_utf16().map(|unit| table[usize::from(unit)])
}

/// Folds one unit.
pub fn fold_unit(unit: u16) -> u16 {
    TABLE[usize::from(unit)]
}

/// Each unit's folded form.
static TABLE: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut table: Vec<u16> = (0..=u16::MAX).map(spelling).collect();
    for (traditional, simplified) in pairs() {
        table[usize::from(traditional)] = simplified;
    }
    // A variant of a variant is one of the last.
    for (traditional, _) in pairs() {
        let mut folded = table[usize::from(traditional)];
        for _ in 0..4 {
            folded = table[usize::from(folded)];
        }
        table[usize::from(traditional)] = folded;
    }
    table
});

/// Makes the table ahead of its first use, which would keep all threads waiting for one.
pub fn prepare() {
    LazyLock::force(&TABLE);
}

/// Traditional characters with their simplified ones, where both are single units. Of several
/// simplified ones the first is meant, as in OpenCC, whose table it is.
fn pairs() -> impl Iterator<Item = (u16, u16)> {
    let pairs = RawDictionary::TSCharacters.iter();
    pairs.filter_map(|(traditional, simplified)| Some((unit(traditional)?, unit(simplified)?)))
}

/// Traditional characters with what they are folded to.
pub fn variants() -> impl Iterator<Item = (u16, u16)> {
    let folded = pairs().map(|(traditional, _)| (traditional, TABLE[usize::from(traditional)]));
    folded.filter(|(traditional, folded)| traditional != folded)
}

/// The only unit of a text.
fn unit(text: &str) -> Option<u16> {
    let mut units = text.encode_utf16();
    units.next().filter(|_| units.next().is_none())
}

/// A unit without regard to width, case and kind of dash or quotation mark.
fn spelling(unit: u16) -> u16 {
    let unit = match unit {
        0xff01..=0xff5e => unit - 0xfee0,
        _ => unit,
    };
    match unit {
        0x09..=0x0d | 0xa0 | 0x2000..=0x200a | 0x2028 | 0x2029 | 0x202f | 0x3000 => 0x20,
        // ‐ to ―, −, 〜, ~
        0x2010..=0x2015 | 0x2212 | 0x301c | 0x7e => 0x2d,
        0x2018..=0x201b => 0x27,
        0x201c..=0x201f | 0x301d..=0x301f => 0x22,
        _ => lower_case(unit),
    }
}

/// A letter's lower case, where that is a single unit.
fn lower_case(unit: u16) -> u16 {
    // Chinese, Korean and many others have no case, and are most of all.
    let has_none = matches!(
        unit,
        0x0590..=0x109f
            | 0x1100..=0x139f
            | 0x1400..=0x1c7f
            | 0x2190..=0x249f
            | 0x2500..=0x2bff
            | 0x2e80..=0xa63f
            | 0xac00..=0xfaff
    );
    if has_none {
        return unit;
    }
    let Some(letter) = char::from_u32(u32::from(unit)) else {
        return unit;
    };
    let mut lower = letter.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(lower), None) => u16::try_from(u32::from(lower)).unwrap_or(unit),
        _ => unit,
    }
}

#[cfg(test)]
mod tests {
    use super::{TABLE, fold, lower_case};
    use proptest::prelude::*;

    fn folded(text: &str) -> String {
        String::from_utf16_lossy(&fold(text).collect::<Vec<_>>())
    }

    #[test]
    fn width_case_script_dashes_and_quotation_marks_make_no_difference() {
        for (one, other) in [
            ("２０２１年ＫＴＶ", "2021年ktv"),
            ("醫療互助", "医疗互助"),
            ("３—５月", "3-5月"),
            ("“五一”", "\"五一\""),
            ("校工会（财务）", "校工會(財務)"),
            ("乾杯、幹部、干事", "干杯、干部、干事"),
            ("甲　乙\n丙", "甲 乙 丙"),
        ] {
            assert_eq!(folded(one), folded(other));
        }
    }

    #[test]
    fn characters_that_mean_something_else_stay_apart() {
        assert_ne!(folded("体检"), folded("体验"));
        assert_ne!(folded("著作"), folded("着作"));
        assert_eq!(folded("拔河"), "拔河");
    }

    #[test]
    fn no_letter_that_has_a_case_is_left_out() {
        for letter in ('\0'..='\u{ffff}').filter(|letter| letter.is_uppercase()) {
            let lower: Vec<u16> =
                letter.to_lowercase().collect::<String>().encode_utf16().collect();
            if let ([lower], Ok(unit)) = (&lower[..], u16::try_from(u32::from(letter))) {
                assert_eq!(lower_case(unit), *lower, "{letter}");
            }
        }
    }

    #[test]
    fn what_is_folded_stays_as_it_is() {
        for unit in 0..=u16::MAX {
            let folded = TABLE[usize::from(unit)];
            assert_eq!(TABLE[usize::from(folded)], folded, "{unit:x}");
        }
    }

    proptest! {
        #[test]
        fn every_unit_keeps_its_place(text in any::<String>()) {
            prop_assert_eq!(fold(&text).count(), text.encode_utf16().count());
        }
    }
}
