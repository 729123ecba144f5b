//! Names in a task → the union's offices and leaders.

use super::fields::{Name, Reader};
use super::node::Node;
use crate::diagnostic::faults;
use crate::plan::{Offices, Union};

/// A union's people, to be found by name.
pub struct People<'u> {
    union: &'u Union,
    offices: Vec<&'u str>,
    leaders: Vec<&'u str>,
}

impl<'u> People<'u> {
    /// Lists a union's names.
    pub fn new(union: &'u Union) -> Self {
        Self {
            union,
            offices: union.offices.iter().map(|office| office.name.as_str()).collect(),
            leaders: union.leaders.iter().map(|leader| leader.name.as_str()).collect(),
        }
    }

    /// Reads the leaders of a task.
    pub fn leaders<'a>(
        &self,
        reader: &mut Reader<'a>,
        node: Option<&Node<'a>>,
        key: &str,
    ) -> Vec<usize> {
        let mut found = Vec::new();
        for name in reader.names(node, key) {
            match self.leaders.iter().position(|known| *known == name.text) {
                Some(index) if found.contains(&index) => {
                    reader.fault(|place| faults::named_twice(place, &name.text), name.at);
                }
                Some(index) => found.push(index),
                None if self.not_parted(reader, key, &name, &self.leaders) => {}
                None => {
                    let is_office = self.offices.contains(&name.text.as_str());
                    reader.fault(
                        |place| faults::unknown_leader(place, &name.text, &self.leaders, is_office),
                        name.at,
                    );
                }
            }
        }
        found
    }

    /// Reports known names that are written as one, or in quotes: 何频 刘婕, 宣教科和综合科.
    fn not_parted(&self, reader: &mut Reader<'_>, key: &str, name: &Name, known: &[&str]) -> bool {
        let Some(names) = parted(&name.text, known) else {
            return false;
        };
        reader.fault(|place| faults::names_not_parted(place, key, &names), name.at);
        true
    }

    /// Reads the offices of a task.
    pub fn offices<'a>(
        &self,
        reader: &mut Reader<'a>,
        node: Option<&Node<'a>>,
        key: &str,
    ) -> Offices {
        let mut found = Offices::default();
        for name in reader.names(node, key) {
            if name.text == self.union.everyone {
                found.everyone = true;
                continue;
            }
            match self.offices.iter().position(|known| *known == name.text) {
                Some(index) if found.named.contains(&index) => {
                    reader.fault(|place| faults::named_twice(place, &name.text), name.at);
                }
                Some(index) => found.named.push(index),
                None if self.not_parted(reader, key, &name, &self.offices) => {}
                None => {
                    let is_leader = self.leaders.contains(&name.text.as_str());
                    let mut known = self.offices.clone();
                    known.push(&self.union.everyone);
                    reader.fault(
                        |place| faults::unknown_office(place, &name.text, &known, is_leader),
                        name.at,
                    );
                }
            }
        }
        found
    }
}

/// Takes a text apart that holds known names and nothing but quotes and words that join them.
fn parted<'k>(text: &str, known: &[&'k str]) -> Option<Vec<&'k str>> {
    let mut names = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let longest = known.iter().filter(|name| !name.is_empty() && rest.starts_with(**name));
        if let Some(name) = longest.max_by_key(|name| name.len()) {
            names.push(*name);
            rest = &rest[name.len()..];
        } else {
            rest = rest.strip_prefix([
                '和', '与', '及', '、', '.', '。', '+', '＋', '&', '|', ' ', '“', '”', '"', '《',
                '》',
            ])?;
        }
    }
    (!names.is_empty()).then_some(names)
}

#[cfg(test)]
mod tests {
    use super::parted;

    #[test]
    fn names_written_as_one_are_told_apart() {
        let known = ["宣教科", "综合科", "综合"];
        for text in ["宣教科和综合科", "宣教科综合科", "宣教科+综合科", "宣教科及综合科"]
        {
            assert_eq!(parted(text, &known), Some(vec!["宣教科", "综合科"]), "{text}");
        }
        assert_eq!(parted("“宣教科”", &known), Some(vec!["宣教科"]));
        for text in ["宣教科和财务科", "和", "", "综合部"] {
            assert_eq!(parted(text, &known), None, "{text}");
        }
    }
}
