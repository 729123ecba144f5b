//! Which pairs of characters stand in a chunk: what a query needs to know before it loads the chunk.
//!
//! A text that holds a word holds every pair of neighbouring characters of the word, so a chunk that
//! lacks one of them need not be looked at. Pairs are known by a hash of [`BITS`] bits; two pairs
//! with one hash cost no more than a look in vain. The script computes the same hash.

use super::Part;
use super::characters::Characters;
use super::fold::{fold, fold_unit};

/// Bits of a pair's hash.
pub const BITS: u32 = 22;

/// What a chunk holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    /// Every character, folded.
    pub characters: Characters,
    /// Hashes of every character and of every pair of neighbours, in order; empty where nothing but
    /// the characters was asked for.
    pub pairs: Vec<u32>,
}

impl Terms {
    /// The terms of some parts, `with_pairs` or only their characters.
    pub fn of(parts: &[Part], with_pairs: bool) -> Self {
        // Folding is for every unit that occurs, once, where no pairs are asked for.
        let mut units = Characters::default();
        let mut characters = Characters::default();
        let mut seen = vec![0_u64; if with_pairs { 1 << (BITS - 6) } else { 0 }];
        let mut add = |text: &str| {
            if !with_pairs {
                // Those beyond the first plane stand in no table of characters.
                let first_plane = text.chars().filter_map(|c| u16::try_from(u32::from(c)).ok());
                return first_plane.for_each(|unit| units.insert(unit));
            }
            let mut before = BLANK;
            for unit in fold(text) {
                characters.insert(unit);
                if unit != BLANK {
                    let pair = if before == BLANK { hash(unit, 0) } else { hash(before, unit) };
                    for hash in [hash(unit, 0), pair] {
                        seen[(hash >> 6) as usize] |= 1 << (hash & 63);
                    }
                }
                before = unit;
            }
        };
        for part in parts {
            // The year and the union may be words of a query, too.
            add(&part.union);
            if let Some(year) = part.year {
                add(&format!("{year}年"));
            }
            for entry in &part.entries {
                [&entry.title, &entry.text, &entry.facts].into_iter().for_each(|text| add(text));
            }
        }
        units.units().for_each(|unit| characters.insert(fold_unit(unit)));
        let mut pairs = Vec::new();
        for (word, at) in seen.into_iter().zip(0_u32..) {
            let mut left = word;
            while left != 0 {
                pairs.push(at << 6 | left.trailing_zeros());
                left &= left - 1;
            }
        }
        pairs.shrink_to_fit();
        Self { characters, pairs }
    }

    /// The pairs whose hash begins with the bits of `file`, of `bits` bits.
    pub fn of_file(&self, file: u32, bits: u32) -> &[u32] {
        let first = |file: u32| self.pairs.partition_point(|hash| hash >> (BITS - bits) < file);
        &self.pairs[first(file)..first(file + 1)]
    }
}

const BLANK: u16 = 0x20;

/// The hash of two neighbours, or of a character and 0. The mixing is that of MurmurHash3.
fn hash(first: u16, second: u16) -> u32 {
    let mut hash = u32::from(first) << 16 | u32::from(second);
    hash = (hash ^ hash >> 16).wrapping_mul(0x85eb_ca6b);
    hash = (hash ^ hash >> 13).wrapping_mul(0xc2b2_ae35);
    (hash ^ hash >> 16) >> (32 - BITS)
}

#[cfg(test)]
mod tests {
    use super::{BITS, Terms, hash};
    use crate::search::fold::fold;
    use crate::search::{Entry, Kind, Part};
    use proptest::prelude::*;

    fn part(title: &str, text: &str) -> Part {
        let entry = Entry {
            kind: Kind::Task,
            title: title.to_owned(),
            text: text.to_owned(),
            ..Entry::default()
        };
        let union = "图书馆".to_owned();
        Part { year: Some(2021), union, entries: vec![entry], ..Part::default() }
    }

    fn may_hold(terms: &Terms, word: &str) -> bool {
        let word: Vec<u16> = fold(word).collect();
        let has = |hash: u32| terms.pairs.binary_search(&hash).is_ok();
        word.iter().all(|unit| has(hash(*unit, 0)))
            && word.windows(2).all(|pair| has(hash(pair[0], pair[1])))
    }

    #[test]
    fn a_chunk_tells_what_it_may_hold() {
        let terms = Terms::of(&[part("拔河比赛", "醫療互助\n体检")], true);
        for word in ["拔河", "医疗互助", "检", "2021", "图书馆"] {
            assert!(may_hold(&terms, word), "{word}");
        }
        // Neither across paragraphs nor across fields.
        for word in ["互助体检", "比赛医疗", "朗诵"] {
            assert!(!may_hold(&terms, word), "{word}");
        }
    }

    #[test]
    fn the_files_of_a_filter_hold_every_pair_once() {
        let terms = Terms::of(&[part("拔河比赛", "医疗互助与职工体检")], true);
        let joined: Vec<u32> =
            (0..16).flat_map(|file| terms.of_file(file, 4).iter().copied()).collect();
        assert_eq!(joined, terms.pairs);
        assert!(terms.pairs.iter().all(|hash| hash >> BITS == 0));
    }

    proptest! {
        #[test]
        fn no_word_of_a_text_is_ever_taken_as_absent(
            text in "[甲乙丙醫療互助 a-z]{1,30}", from in 0_usize..30, length in 1_usize..6
        ) {
            let word: String = text.chars().skip(from).take(length).collect();
            let terms = Terms::of(&[part("", &text)], true);
            for word in word.split_whitespace() {
                prop_assert!(may_hold(&terms, word));
            }
        }
    }
}
