//! Tables of the characters that occur on a site: how else they are written, and how they are read.

use super::fold;
use pinyin::ToPinyinMulti;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::LazyLock;

/// Characters that occur, folded: one bit a UTF-16 unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Characters(Vec<u64>);

impl Default for Characters {
    fn default() -> Self {
        Self(vec![0; 1 << 10])
    }
}

impl Characters {
    /// Adds a folded unit.
    pub fn insert(&mut self, unit: u16) {
        self.0[usize::from(unit >> 6)] |= 1 << (unit & 63);
    }

    /// Adds all of others.
    pub fn extend(&mut self, others: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(&others.0) {
            *mine |= theirs;
        }
    }

    /// The characters in order; halves of pairs are none.
    fn iter(&self) -> impl Iterator<Item = char> + '_ {
        let units =
            (0..=u16::MAX).filter(|unit| self.0[usize::from(unit >> 6)] >> (unit & 63) & 1 > 0);
        units.filter_map(|unit| char::from_u32(u32::from(unit)))
    }

    /// Simplified characters, each with the traditional ones that are folded to it: `医醫 疗療`.
    pub fn variants(&self) -> String {
        let mut text = String::new();
        for simplified in self.iter() {
            if let Some(traditional) = TRADITIONAL.get(&simplified) {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push(simplified);
                text.push_str(traditional);
            }
        }
        text
    }

    /// Every syllable with the characters that are read so, all readings of each: `ba八把拔 bai百`. ü
    /// is v; lüe and nüe are also lue and nue, as people type them. Syllables without a character
    /// are there, too, since they tell what can be read as syllables and what is initials.
    pub fn readings(&self) -> String {
        let mut read: BTreeMap<&str, String> =
            SYLLABLES.iter().map(|syllable| (*syllable, String::new())).collect();
        for character in self.iter() {
            for syllable in syllables_of(character) {
                let characters = read.entry(syllable).or_default();
                if !characters.ends_with(character) {
                    characters.push(character);
                }
            }
        }
        let mut syllables: BTreeMap<String, String> = BTreeMap::new();
        for (syllable, characters) in read {
            let spellings = [syllable.replace('ü', "v"), syllable.replace("üe", "ue")];
            let mut spellings: Vec<String> =
                spellings.into_iter().filter(|s| s.is_ascii()).collect();
            spellings.dedup();
            for spelling in spellings {
                syllables.entry(spelling).or_default().push_str(&characters);
            }
        }
        let mut text = String::new();
        for (syllable, characters) in syllables {
            let blank = if text.is_empty() { "" } else { " " };
            let _ = write!(text, "{blank}{syllable}{characters}");
        }
        text
    }
}

/// The readings of a character, without tones. Grunts such as ng and hm are no syllables that anybody
/// types.
fn syllables_of(character: char) -> impl Iterator<Item = &'static str> {
    let readings = character.to_pinyin_multi().into_iter().flatten();
    readings
        .map(|reading| reading.plain())
        .filter(|plain| plain.contains(['a', 'e', 'i', 'o', 'u', 'ü']))
}

/// Every syllable that a character of the basic block is read as.
static SYLLABLES: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| ('\u{4e00}'..='\u{9fa5}').flat_map(syllables_of).collect());

/// Simplified characters with the traditional ones that are folded to them.
static TRADITIONAL: LazyLock<BTreeMap<char, String>> = LazyLock::new(|| {
    let mut table: BTreeMap<char, String> = BTreeMap::new();
    for (traditional, simplified) in fold::variants() {
        let [traditional, simplified] =
            [traditional, simplified].map(|unit| char::from_u32(u32::from(unit)));
        if let (Some(traditional), Some(simplified)) = (traditional, simplified) {
            table.entry(simplified).or_default().push(traditional);
        }
    }
    table
});

#[cfg(test)]
mod tests {
    use super::Characters;
    use crate::search::fold::fold;

    fn characters(text: &str) -> Characters {
        let mut characters = Characters::default();
        fold(text).for_each(|unit| characters.insert(unit));
        characters
    }

    /// The syllables that have a character, each with its characters.
    fn readings(text: &str) -> String {
        let readings = characters(text).readings();
        let read = readings.split(' ').filter(|group| !group.is_ascii());
        read.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn only_characters_that_occur_are_in_the_tables() {
        assert_eq!(characters("醫ABC，。").variants(), "医醫");
        assert_eq!(readings("河KTV"), "he河");
        assert_eq!(readings("KTV 2021"), "");
    }

    #[test]
    fn a_character_stands_under_each_of_its_readings() {
        assert_eq!(readings("长"), "chang长 zhang长");
        assert_eq!(readings("行"), "hang行 heng行 xing行");
    }

    #[test]
    fn ü_is_typed_as_v_and_after_l_and_n_also_as_u_before_e() {
        assert_eq!(readings("绿"), "lu绿 lv绿");
        assert_eq!(readings("略"), "lue略 lve略");
    }

    #[test]
    fn the_syllables_of_the_language_are_known_even_if_none_occurs() {
        let readings = characters("").readings();
        let syllables: Vec<&str> = readings.split(' ').collect();
        assert!((400..440).contains(&syllables.len()), "{}", syllables.len());
        for syllable in ["a", "he", "zhuang", "lv", "er"] {
            assert!(syllables.contains(&syllable), "{syllable}");
        }
        assert!(syllables.iter().all(|syllable| syllable.len() <= 6));
    }
}
