//! Which section, item and task of a plan is which of the plan as it was exported.

use crate::export::contents::{Contents, Field, Owner, Row};
use std::collections::BTreeSet;

/// For everything that was exported, where it is now.
#[derive(Debug)]
pub(super) struct Matching {
    sections: Vec<Option<usize>>,
    items: Vec<Option<usize>>,
    tasks: Vec<Option<usize>>,
    /// Tasks that have been added since.
    pub added: Vec<usize>,
}

impl Matching {
    /// Compares two states of a plan; one that has not changed needs no looking.
    pub fn new(base: &Contents, current: &Contents, is_stale: bool) -> Self {
        if !is_stale {
            let same = |count: usize| (0..count).map(Some).collect();
            return Self {
                sections: same(base.section_count()),
                items: same(base.sections.len()),
                tasks: same(base.rows.len()),
                added: Vec::new(),
            };
        }
        let titles = |contents: &Contents, owners: Vec<Owner>| -> Vec<String> {
            let title = |owner| contents.title(Field::new(owner, "title")).to_owned();
            owners.into_iter().map(title).collect()
        };
        let sections = |contents: &Contents| {
            titles(contents, (0..contents.section_count()).map(Owner::Section).collect())
        };
        let items = |contents: &Contents| {
            titles(contents, (0..contents.sections.len()).map(Owner::Item).collect())
        };
        let mut matching = Self {
            sections: pair(&sections(base), &sections(current)),
            items: pair(&items(base), &items(current)),
            tasks: Vec::new(),
            added: Vec::new(),
        };
        matching.tasks = matching.pair_tasks(&base.rows, &current.rows);
        let known: BTreeSet<usize> = matching.tasks.iter().flatten().copied().collect();
        matching.added = (0..current.rows.len()).filter(|task| !known.contains(task)).collect();
        matching
    }

    /// Where a section, an item or the plan is now.
    pub fn owner(&self, owner: Owner) -> Option<Owner> {
        match owner {
            Owner::Section(index) => self.sections.get(index).copied()?.map(Owner::Section),
            Owner::Item(index) => self.items.get(index).copied()?.map(Owner::Item),
            owner => Some(owner),
        }
    }

    /// Where a task is now.
    pub fn task(&self, base: usize) -> Option<usize> {
        self.tasks.get(base).copied().flatten()
    }

    /// Tasks are the same where their words are, first under the same item, then anywhere; what is
    /// left of an item is the same by its position, if nothing was added or removed there and the
    /// words are alike.
    fn pair_tasks(&self, base: &[Row], current: &[Row]) -> Vec<Option<usize>> {
        let mut found: Vec<Option<usize>> = vec![None; base.len()];
        let mut taken = vec![false; current.len()];
        for anywhere in [false, true] {
            for (at, row) in
                base.iter().enumerate().filter(|(at, _)| found[*at].is_none()).collect::<Vec<_>>()
            {
                let owner = self.owner(row.owner);
                let is_same = |(index, other): &(usize, &Row)| {
                    !taken[*index]
                        && other.values[0] == row.values[0]
                        && (anywhere || Some(other.owner) == owner)
                };
                if let Some((index, _)) = current.iter().enumerate().find(is_same) {
                    found[at] = Some(index);
                    taken[index] = true;
                }
            }
        }
        let mut owners: Vec<Owner> = base.iter().map(|row| row.owner).collect();
        owners.dedup();
        for owner in owners {
            let now = self.owner(owner);
            let left: Vec<usize> = (0..base.len())
                .filter(|at| base[*at].owner == owner && found[*at].is_none())
                .collect();
            let free: Vec<usize> = (0..current.len())
                .filter(|at| Some(current[*at].owner) == now && !taken[*at])
                .collect();
            if left.len() != free.len() {
                continue;
            }
            for (at, index) in left.into_iter().zip(free) {
                if is_alike(&base[at].values[0], &current[index].values[0]) {
                    found[at] = Some(index);
                    taken[index] = true;
                }
            }
        }
        found
    }
}

/// Titles are the same where their words are; if there are as many as before, those that are left
/// are the same by their order, if their words are alike.
fn pair(base: &[String], current: &[String]) -> Vec<Option<usize>> {
    let mut taken = vec![false; current.len()];
    let mut found: Vec<Option<usize>> = Vec::with_capacity(base.len());
    for title in base {
        let same = (0..current.len()).find(|index| !taken[*index] && current[*index] == *title);
        if let Some(index) = same {
            taken[index] = true;
        }
        found.push(same);
    }
    if base.len() == current.len() {
        let free: Vec<usize> = (0..current.len()).filter(|index| !taken[*index]).collect();
        let left: Vec<usize> = (0..base.len()).filter(|at| found[*at].is_none()).collect();
        for (at, index) in left.into_iter().zip(free) {
            found[at] = Some(index).filter(|index| is_alike(&base[at], &current[*index]));
        }
    }
    found
}

/// Tells whether one wording may have become the other: half of it is still there, or something was
/// only added to it or taken away.
fn is_alike(one: &str, other: &str) -> bool {
    let is_part = |part: &str, whole: &str| !part.is_empty() && whole.contains(part);
    is_part(one, other) || is_part(other, one) || strsim::normalized_levenshtein(one, other) >= 0.5
}

#[cfg(test)]
mod tests {
    use super::pair;

    #[test]
    fn titles_are_matched_by_words_then_by_order() {
        let list = |titles: &[&str]| titles.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
        assert_eq!(pair(&list(&["甲", "乙"]), &list(&["乙", "甲"])), [Some(1), Some(0)]);
        let (old, new) = (list(&["完善民主管理", "乙"]), list(&["健全民主管理", "乙"]));
        assert_eq!(pair(&old, &new), [Some(0), Some(1)]);
        assert_eq!(pair(&list(&["甲", "乙"]), &list(&["新", "乙"])), [None, Some(1)]);
        assert_eq!(pair(&list(&["甲", "乙"]), &list(&["乙"])), [None, Some(0)]);
        assert_eq!(pair(&list(&["甲"]), &list(&["新", "新二"])), [None]);
        assert_eq!(pair(&list(&["理赔"]), &list(&["理赔（医疗互助）"])), [Some(0)]);
    }
}
