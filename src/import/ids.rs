//! Ids from names, by pinyin: 宣教科 is xuan-jiao-ke.

use pinyin::ToPinyin;
use std::collections::BTreeSet;

/// The longest id that is made, in characters.
const LONGEST: usize = 40;

/// Ids that are taken.
#[derive(Debug, Default)]
pub struct Ids(BTreeSet<String>);

impl Ids {
    /// Notes an id that is taken already.
    pub fn take(&mut self, id: &str) {
        self.0.insert(id.to_owned());
    }

    /// An id for a name, unlike all others; `otherwise` where the name has no letters.
    pub fn of(&mut self, name: &str, otherwise: &str) -> String {
        let mut id = spelled(name);
        if id.is_empty() {
            otherwise.clone_into(&mut id);
        }
        let free = |id: &String| !self.0.contains(id);
        let unique = if free(&id) {
            id
        } else {
            (2..).map(|number| format!("{id}-{number}")).find(free).unwrap_or_default()
        };
        self.0.insert(unique.clone());
        unique
    }
}

/// A name in Latin letters and digits, syllables parted by dashes.
fn spelled(name: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut is_open = false;
    for c in name.chars() {
        if let Some(syllable) = c.to_pinyin() {
            words.push(syllable.plain().replace('ü', "v"));
            is_open = false;
        } else if c.is_ascii_alphanumeric() {
            if !is_open {
                words.push(String::new());
            }
            is_open = true;
            if let Some(word) = words.last_mut() {
                word.push(c.to_ascii_lowercase());
            }
        } else {
            is_open = false;
        }
    }
    let mut id = String::new();
    for word in words {
        if id.len() + word.len() >= LONGEST {
            break;
        }
        if !id.is_empty() {
            id.push('-');
        }
        id.push_str(&word);
    }
    id
}

#[cfg(test)]
mod tests {
    use super::Ids;

    #[test]
    fn ids_are_spelled_as_names_are_read_and_never_taken_twice() {
        let mut ids = Ids::default();
        assert_eq!(ids.of("宣教科", "office"), "xuan-jiao-ke");
        assert_eq!(ids.of("宣教科", "office"), "xuan-jiao-ke-2");
        assert_eq!(ids.of("女工部", "office"), "nv-gong-bu");
        assert_eq!(ids.of("“KAB”创业2期", "office"), "kab-chuang-ye-2-qi");
        assert_eq!(ids.of("——", "office"), "office");
    }
}
