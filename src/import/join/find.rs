//! Which section and item a heading of a table means.

use super::{ALIKE, Join};
use crate::diagnostic::Words;
use crate::import::alike::alike;
use crate::import::columns::Column;
use crate::import::draft::{Item, Kind};
use crate::import::schedule::{Entry, Heading, Schedule};
use crate::import::{lines, numbering};
use crate::words;
use std::collections::HashMap;

/// A heading across the table is an item's if it is so much alike.
const MUCH_ALIKE: f64 = 0.7;

/// Titles that are a little alike may be one where both stand in the same place.
const A_LITTLE_ALIKE: f64 = 0.15;

/// So many items may have no row of their own, one behind the other.
const MOST_SKIPPED: usize = 6;

/// So many rows are looked at for the items of their sections.
const MOST_ROWS: usize = 2_000;

/// So many items of a table are kept in mind at most.
const MOST_NAMES: usize = 200;

/// The column that holds items, where one named 项目 holds `project`.
fn item_column(project: Column) -> Column {
    if project == Column::Item { Column::Project } else { Column::Item }
}

/// The items that the rows of a table name, each once.
pub fn names(schedule: &Schedule, project: Column) -> Vec<String> {
    let column = item_column(project);
    let mut names: Vec<String> = schedule
        .entries
        .iter()
        .filter_map(|entry| match entry {
            Entry::Row(row) => row.get(column).map(|piece| Heading::of(piece).title),
            Entry::Band(_) | Entry::Text(_) => None,
        })
        .collect();
    names.dedup();
    names.truncate(MOST_NAMES);
    names
}

/// The items that rows name, by the section that they stand under, in one spelling.
pub fn under(schedule: &Schedule, project: Column) -> HashMap<String, Vec<String>> {
    let column = item_column(project);
    let mut under: HashMap<String, Vec<String>> = HashMap::new();
    let mut band: Option<String> = None;
    for entry in schedule.entries.iter().take(MOST_ROWS) {
        match entry {
            Entry::Band(piece) => band = Some(lines::plain(&Heading::of(piece).title)),
            Entry::Text(_) => {}
            Entry::Row(row) => {
                let own = row.get(Column::Section);
                let own = own.map(|piece| lines::plain(&Heading::of(piece).title));
                let item = row.get(column).map(|piece| Heading::of(piece).title);
                if let (Some(section), Some(item)) = (own.or_else(|| band.clone()), item) {
                    let items = under.entry(section).or_default();
                    if !items.contains(&item) {
                        items.push(item);
                    }
                }
            }
        }
    }
    under
}

impl Join<'_> {
    /// The section of the text that has the items which the table names under a heading, though its
    /// words are others: 思想引领 for 以百年华诞为契机，凝聚共识.
    fn section_of_items(&mut self, heading: &Heading) -> Option<usize> {
        let items = self.under.get(&lines::plain(&heading.title))?;
        let count = self.draft.items().count().saturating_mul(items.len());
        self.comparisons = self.comparisons.saturating_sub(count);
        if self.comparisons == 0 {
            return None;
        }
        let is_named = |title: &str| items.iter().any(|item| alike(title, item) >= ALIKE);
        let sections = self.draft.sections.iter().enumerate();
        let shared = sections
            .filter(|(_, section)| {
                !self.made.contains(&section.place) && section.schedule_title.is_none()
            })
            .map(|(at, section)| {
                (section.items.iter().filter(|item| is_named(&item.title)).count(), at)
            });
        let (most, at) = shared.max_by_key(|(count, at)| (*count, usize::MAX - at))?;
        (most > 0 && most * 2 >= items.len()).then_some(at)
    }

    /// The section that has a heading above some of its items.
    pub(super) fn of_group(&self, heading: &Heading) -> Option<usize> {
        let words = lines::plain(&heading.title);
        self.draft.sections.iter().position(|section| {
            let groups = section.items.iter().filter_map(|item| item.group.as_deref());
            let is_meant = |group: &str| {
                let title = numbering::split(group).map_or(group, |(_, title)| title);
                lines::plain(title.trim_end_matches(['。', '：'])) == words
            };
            !words.is_empty() && groups.into_iter().any(is_meant)
        })
    }

    /// The item that a heading across the table means, where its words are more like an item's of the
    /// text than like any section's.
    pub(super) fn heading_of_item(&mut self, heading: &Heading) -> Option<(usize, usize)> {
        let likeness = |title: &str| alike(title, &heading.title);
        self.comparisons = self.comparisons.saturating_sub(self.draft.items().count());
        if self.comparisons == 0 {
            return None;
        }
        let sections = self.draft.sections.iter().map(|section| likeness(&section.title));
        let of_sections = sections.fold(0.0, f64::max);
        let mut best = (of_sections.max(MUCH_ALIKE), None);
        for (at, section) in self.draft.sections.iter().enumerate() {
            for (index, item) in section.items.iter().enumerate() {
                let likeness = likeness(&item.title);
                if likeness > best.0 && !self.made.contains(&item.place) {
                    best = (likeness, Some((at, index)));
                }
            }
        }
        let (section, index) = best.1?;
        self.keep_title((section, index), heading);
        Some((section, index))
    }

    /// Keeps a title that the table words otherwise than the text, and tells it.
    fn keep_title(&mut self, (section, index): (usize, usize), heading: &Heading) {
        let item = &mut self.draft.sections[section].items[index];
        if item.title != heading.title && item.schedule_title.is_none() {
            item.schedule_title = Some(heading.title.clone());
            let places = [item.place, heading.place];
            let words = differ(&item.title, &heading.title);
            self.draft.note(Kind::Difference, &places, words);
        }
    }

    /// The section that a heading of the table means; a new one if it means none.
    pub(super) fn find_section(&mut self, heading: &Heading) -> usize {
        let scores = self.draft.sections.iter().map(|section| {
            if self.made.contains(&section.place) {
                return if section.title == heading.title { 1.0 } else { 0.0 };
            }
            let same_number = heading.number.is_some() && section.number == heading.number;
            alike(&section.title, &heading.title) + if same_number { ALIKE } else { 0.0 }
        });
        let best = scores.enumerate().max_by(|(_, a), (_, b)| a.total_cmp(b));
        let found = best.filter(|(_, score)| *score >= ALIKE).map(|(found, _)| found);
        let Some(found) = found.or_else(|| self.section_of_items(heading)) else {
            return self.new_section(heading);
        };
        let section = &mut self.draft.sections[found];
        if section.title != heading.title && section.schedule_title.is_none() {
            section.schedule_title = Some(heading.title.clone());
            let places = [section.place, heading.place];
            let words = differ(&section.title, &heading.title);
            self.draft.note(Kind::Difference, &places, words);
        }
        found
    }

    /// The item that a heading of the table means: of the section at hand, if there is one.
    pub(super) fn find_item(&mut self, heading: &Heading, group: Option<String>) -> (usize, usize) {
        let count = self.candidates();
        self.lookups = self.lookups.saturating_sub(count);
        if self.lookups == 0 {
            return self.new_item(heading, group);
        }
        if let Some(found) = self.of_title(heading) {
            return found;
        }
        let mut best: Option<(f64, (usize, usize))> = None;
        self.comparisons = self.comparisons.saturating_sub(count);
        if self.comparisons == 0 {
            return self.new_item(heading, group);
        }
        for (at, candidate) in self.draft.sections.iter().enumerate() {
            if self.section.is_some_and(|section| section != at) {
                continue;
            }
            for (index, item) in candidate.items.iter().enumerate() {
                if self.made.contains(&item.place) && item.title != heading.title {
                    continue;
                }
                let same_number = heading.number.is_some() && item.number == heading.number;
                // Of two that are as much alike, the one that comes next.
                let is_next = self.last.is_none_or(|last| last <= (at, index));
                let score = alike(&item.title, &heading.title)
                    + if same_number { 0.3 } else { 0.0 }
                    + if is_next { 0.01 } else { 0.0 };
                if score >= ALIKE && best.is_none_or(|(most, _)| score > most) {
                    best = Some((score, (at, index)));
                }
            }
        }
        let found = best.map(|(_, found)| found).or_else(|| self.in_its_place(heading));
        let Some((section, index)) = found else {
            return self.new_item(heading, group);
        };
        self.keep_title((section, index), heading);
        (section, index)
    }

    /// Of the items that come next and that the table names by no other words, the one whose title is
    /// a little like these: 深化教职工之家建设 for 深化建家工作.
    fn in_its_place(&mut self, heading: &Heading) -> Option<(usize, usize)> {
        let after = self.last.filter(|(of, _)| self.section.is_none_or(|section| section == *of));
        let is_next = |place: (usize, usize)| after.is_none_or(|after| place > after);
        self.comparisons = self.comparisons.saturating_sub(self.named.len() * MOST_SKIPPED);
        let is_named = |title: &str| self.named.iter().any(|name| alike(title, name) >= ALIKE);
        // Where the table has no sections, the next item may be of the next one.
        if self.section.is_none() && after.is_none() {
            return None;
        }
        let free = self
            .items_at_hand()
            .filter(|(place, _)| is_next(*place))
            .take(MOST_SKIPPED)
            .take_while(|(_, item)| !is_named(&item.title));
        free.map(|(place, item)| (alike(&item.title, &heading.title), place))
            .filter(|(likeness, _)| *likeness >= A_LITTLE_ALIKE && self.comparisons > 0)
            // Of two that are as much alike, the one that comes first.
            .max_by(|(one, first), (other, second)| one.total_cmp(other).then(second.cmp(first)))
            .map(|(_, place)| place)
    }

    /// The item with the very title of a heading, in the section at hand, if there is only one.
    fn of_title(&self, heading: &Heading) -> Option<(usize, usize)> {
        let mut found = self.items_at_hand().filter(|(_, item)| item.title == heading.title);
        let (first, _) = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// The items of the section at hand, or of all, with their sections' and their own positions.
    pub(super) fn items_at_hand(&self) -> impl Iterator<Item = ((usize, usize), &Item)> {
        let sections = self.draft.sections.iter().enumerate();
        sections.filter(|(at, _)| self.section.is_none_or(|section| section == *at)).flat_map(
            |(at, section)| {
                section.items.iter().enumerate().map(move |(index, item)| ((at, index), item))
            },
        )
    }

    /// How many items a heading may mean: those of the section at hand, if there is one.
    pub(super) fn candidates(&self) -> usize {
        let sections = self.draft.sections.iter().enumerate();
        sections
            .filter(|(at, _)| self.section.is_none_or(|section| section == *at))
            .map(|(_, section)| section.items.len())
            .sum()
    }
}

fn differ(text: &str, table: &str) -> Words {
    words!(
        "题目不同：正文是“{text}”，表里是“{table}”；两种都保留了",
        "titles differ: “{text}” in the text, “{table}” in the table; both are kept"
    )
}
