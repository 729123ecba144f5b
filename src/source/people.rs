//! Names in a task → the union's offices and leaders.

use super::fields::Reader;
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
