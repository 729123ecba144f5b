//! Rows of schedules → tasks under the sections and items that they belong to.

mod find;

use find::{names, under};

use super::alike::alike;
use super::columns::Column;
use super::document::{Piece, Spot};
use super::draft::{Confidence, Draft, Item, Kind, Section};
use super::schedule::{Entry, Heading, Row, Schedule};
use super::tasks::Tasks;
use super::{lines, plausible};
use crate::words;
use std::collections::{BTreeSet, HashMap};

/// Titles that are so much alike are one title in two wordings.
const ALIKE: f64 = 0.5;

/// Files the rows of schedules under sections and items.
pub struct Join<'d> {
    draft: &'d mut Draft,
    tasks: &'d mut Tasks,
    /// The section that a heading or a column names.
    section: Option<usize>,
    /// The item at hand.
    item: Option<(usize, usize)>,
    /// The item that a heading across the table names.
    heading: Option<(usize, usize)>,
    /// The item above: the next one is looked for from there on.
    last: Option<(usize, usize)>,
    /// Where sections and items stand that the table has and the text has not: they are meant by
    /// their own words alone.
    made: BTreeSet<Spot>,
    /// The items that the table at hand names.
    named: Vec<String>,
    /// Which items the table at hand names under each of its sections.
    under: HashMap<String, Vec<String>>,
    /// Titles that may still be compared, pair by pair of their characters: a huge table has to end in
    /// time.
    comparisons: usize,
    /// Titles that may still be looked at for the very same words.
    lookups: usize,
}

/// So many titles are looked at for the very same words at most.
const MOST_LOOKUPS: usize = 100_000_000;

/// So many titles are compared at most; a plan of a hundred items and two hundred rows needs 20,000.
const MOST_COMPARISONS: usize = 300_000;

/// What the rows of a table stand under, as its cells have it.
struct Under {
    /// What a column named 项目 holds.
    project: Column,
    /// Whether items are sections themselves.
    has_no_sections: bool,
    section: Option<String>,
    item: Option<String>,
    month: Option<Piece>,
}

impl<'d> Join<'d> {
    /// Prepares to file rows in a draft.
    pub fn new(draft: &'d mut Draft, tasks: &'d mut Tasks) -> Self {
        Self {
            draft,
            tasks,
            section: None,
            item: None,
            heading: None,
            last: None,
            made: BTreeSet::new(),
            named: Vec::new(),
            under: HashMap::new(),
            comparisons: MOST_COMPARISONS,
            lookups: MOST_LOOKUPS,
        }
    }

    /// A heading across the table, or above it.
    pub fn band(&mut self, piece: &Piece) {
        let heading = Heading::of(piece);
        (self.item, self.heading) = (None, None);
        if let Some(item) = self.heading_of_item(&heading) {
            (self.section, self.heading) = (Some(item.0), Some(item));
            return;
        }
        self.section = Some(match self.of_group(&heading) {
            Some(section) => section,
            None => self.find_section(&heading),
        });
    }

    /// A text below such a heading.
    pub fn text(&mut self, piece: Piece) {
        match self.section {
            Some(section) => self.draft.sections[section].text.push(piece.joined()),
            None => self.draft.leftovers.push(piece),
        }
    }

    /// Sections of the text, which `add` adds; what follows stands under the last of them.
    pub fn sections(&mut self, add: impl FnOnce(&mut Draft, &mut Tasks)) {
        add(self.draft, self.tasks);
        self.last_section();
    }

    /// What follows stands under the last section.
    pub fn last_section(&mut self) {
        self.section = self.draft.sections.len().checked_sub(1);
        (self.item, self.heading) = (None, None);
    }

    /// All rows of a table.
    pub fn schedule(&mut self, schedule: Schedule) {
        let project = self.project(&schedule);
        self.named = names(&schedule, project);
        self.under = under(&schedule, project);
        self.tasks.columns = schedule.columns.iter().copied().collect();
        self.draft.leftovers.extend(schedule.leftovers);
        self.draft.columns.extend(schedule.names);
        for (name, column) in &schedule.guessed {
            self.note_column(name, *column);
        }
        for (name, blank) in &schedule.flowing {
            self.note_flow(name, blank);
        }
        let has_bands = schedule.entries.iter().any(|entry| matches!(entry, Entry::Band(_)));
        let mut under = Under {
            project,
            // Items need sections; where there are none, they are sections themselves.
            has_no_sections: self.draft.sections.is_empty()
                && !schedule.columns.contains(&Column::Section)
                && project != Column::Section
                && !has_bands,
            section: None,
            item: None,
            month: None,
        };
        // A calendar that knows no more than months has a list in each of its cells.
        let lists_events = schedule.columns.iter().all(|column| {
            matches!(column, Column::Task | Column::When | Column::Month | Column::Number)
        });
        for entry in schedule.entries {
            match entry {
                Entry::Band(piece) => self.across(&piece, &mut under),
                Entry::Text(piece) => self.text(piece),
                Entry::Row(mut row) => {
                    if let Some(month) = &under.month {
                        row.stand_under(month);
                    }
                    let is_first = self.stand(&row, &mut under);
                    match lists_events {
                        true => row.points().iter().for_each(|row| self.row(row, is_first)),
                        false => self.row(&row, is_first),
                    }
                }
            }
        }
    }

    fn note_column(&mut self, name: &Piece, column: Column) {
        let place = name.place;
        let name = name.joined();
        let words = match column {
            Column::When => words!(
                "“{name}”一栏当作完成时间（把握一般）",
                "the column “{name}” is taken for times (may be otherwise)"
            ),
            Column::Leaders => words!(
                "“{name}”一栏当作责任领导（把握一般）",
                "the column “{name}” is taken for leaders (may be otherwise)"
            ),
            Column::Offices => words!(
                "“{name}”一栏当作责任科室（把握一般）",
                "the column “{name}” is taken for offices (may be otherwise)"
            ),
            _ => words!(
                "“{name}”一栏当作具体任务（把握一般）",
                "the column “{name}” is taken for tasks (may be otherwise)"
            ),
        };
        self.tasks.note(Kind::Guess(Confidence::Medium), &[place], words);
    }

    fn note_flow(&mut self, name: &str, blank: &[Spot]) {
        let count = blank.len();
        let words = words!(
            "“{name}”一栏有{count}行空着，当作和上一行合并（把握一般）",
            "{count} rows leave “{name}” blank; they are taken as merged with the row above (may be otherwise)"
        );
        let first = blank.get(..1).unwrap_or_default();
        self.tasks.note(Kind::Guess(Confidence::Medium), first, words);
    }

    /// A heading across the table: of a section, or the month of what follows.
    fn across(&mut self, piece: &Piece, under: &mut Under) {
        (under.section, under.item) = (None, None);
        // 三  月 is padded to align.
        let bare: String = piece.text.chars().filter(|c| !c.is_whitespace()).collect();
        let bare = bare.trim_end_matches(['：', ':']);
        match plausible::is_time(bare) {
            true => under.month = Some(Piece::new(bare, piece.place)),
            false => self.band(piece),
        }
    }

    /// Finds section and item of a row; tells whether it is the first of its item.
    fn stand(&mut self, row: &Row, under: &mut Under) -> bool {
        let project = under.project;
        let as_project = |role: Column| row.get(Column::Project).filter(|_| project == role);
        let section = row.get(Column::Section).or(as_project(Column::Section));
        let item = row.get(Column::Item).or(as_project(Column::Item));
        let (section, item) = if under.has_no_sections { (item, None) } else { (section, item) };
        let group = as_project(Column::Project).map(Piece::joined);
        if let Some(piece) = section.filter(|piece| under.section.as_ref() != Some(&piece.text)) {
            self.band(piece);
            (under.section, under.item) = (Some(piece.text.clone()), None);
        }
        let Some(piece) = item else {
            (self.item, under.item) = (self.heading, None);
            return false;
        };
        let is_first = under.item.as_ref() != Some(&piece.text);
        if is_first {
            self.item = Some(self.find_item(&Heading::of(piece), group));
            self.last = self.item;
            under.item = Some(piece.text.clone());
        }
        is_first
    }

    /// Files a row, which may be the first of its item.
    fn row(&mut self, row: &Row, is_first: bool) {
        let mut text = row.get(Column::Task).map(Piece::joined).unwrap_or_default();
        let item = self.item.or_else(|| self.named_by(&text));
        if let Some((section, item)) = item.filter(|_| is_first && text.is_empty()) {
            // An item that goes across both columns is all that there is to do.
            text.clone_from(&self.draft.sections[section].items[item].title);
            let words = words!(
                "“{text}”这一行没有写任务，任务就写作要点的题目（把握较大）",
                "the row of “{text}” names no task; the item's title stands for it (most likely)"
            );
            self.tasks.note(Kind::Guess(Confidence::High), &[row.place], words);
        }
        if text.is_empty() {
            // A row that only goes on with the task above adds nothing of its own.
            let words = words!("这一行没有写任务", "this row names no task");
            self.tasks.note(Kind::Missing, &[row.place], words);
        }
        let task = self.tasks.task(text, row);
        match (item, self.section) {
            (Some((section, item)), _) => {
                self.draft.sections[section].items[item].tasks.push(task);
            }
            (None, Some(section)) => self.draft.sections[section].tasks.push(task),
            (None, None) => self.draft.tasks.push(task),
        }
    }

    /// The item whose title a task begins with, where the table has no column for items.
    fn named_by(&mut self, text: &str) -> Option<(usize, usize)> {
        self.comparisons = self.comparisons.saturating_sub(self.candidates());
        if self.comparisons == 0 {
            return None;
        }
        let plain = lines::plain(text);
        self.items_at_hand()
            .find(|(_, item)| {
                let title = lines::plain(&item.title);
                !title.is_empty() && plain.starts_with(&title)
            })
            .map(|(found, _)| found)
    }

    /// What a column named 项目 holds: a group, where there are sections and items beside it, else
    /// whichever its cells are like.
    fn project(&self, schedule: &Schedule) -> Column {
        let has = |column: Column| schedule.columns.contains(&column);
        if !has(Column::Project) || has(Column::Section) {
            return Column::Project;
        }
        let cells: Vec<String> = schedule
            .entries
            .iter()
            .filter_map(|entry| match entry {
                Entry::Row(row) => row.get(Column::Project).map(|piece| Heading::of(piece).title),
                Entry::Band(_) | Entry::Text(_) => None,
            })
            .collect();
        let sections: Vec<&str> =
            self.draft.sections.iter().map(|section| section.title.as_str()).collect();
        let items: Vec<&str> = self.draft.items().map(|item| item.title.as_str()).collect();
        let found = |titles: &[&str]| {
            cells
                .iter()
                .filter(|cell| titles.iter().any(|title| alike(title, cell) >= ALIKE))
                .count()
        };
        let has_bands = self.section.is_some()
            || schedule.entries.iter().any(|entry| matches!(entry, Entry::Band(_)));
        match (found(&sections), found(&items)) {
            (of_sections, of_items) if of_items > of_sections => Column::Item,
            (0, 0) if has_bands => Column::Item,
            _ => Column::Section,
        }
    }

    fn new_section(&mut self, heading: &Heading) -> usize {
        if self.draft.sections.iter().any(|section| !section.items.is_empty()) {
            let title = &heading.title;
            let words = words!("正文里没有“{title}”这一部分", "the text has no section “{title}”");
            self.draft.note(Kind::Missing, &[heading.place], words);
        }
        self.made.insert(heading.place);
        self.draft.sections.push(Section {
            number: heading.number,
            title: heading.title.clone(),
            place: heading.place,
            ..Section::default()
        });
        self.draft.sections.len() - 1
    }

    /// An item that the text does not have, where the table has it.
    fn new_item(&mut self, heading: &Heading, group: Option<String>) -> (usize, usize) {
        if self.draft.items().any(|item| !item.text.is_empty()) {
            let title = &heading.title;
            let words = words!("正文里没有要点“{title}”", "the text has no item “{title}”");
            self.draft.note(Kind::Missing, &[heading.place], words);
        }
        let section = match self.section.or(self.last.map(|(section, _)| section)) {
            Some(section) => section,
            None if self.draft.sections.is_empty() => self.new_section(heading),
            None => self.draft.sections.len() - 1,
        };
        self.made.insert(heading.place);
        let items = &mut self.draft.sections[section].items;
        let after = self.last.filter(|(of, _)| *of == section).map(|(_, index)| index + 1);
        let index = after.unwrap_or(items.len());
        let item = Item {
            number: heading.number,
            label: heading.label.clone(),
            is_arabic: heading.is_arabic,
            group,
            title: heading.title.clone(),
            place: heading.place,
            ..Item::default()
        };
        items.insert(index, item);
        (section, index)
    }
}
