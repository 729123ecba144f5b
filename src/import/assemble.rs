//! Outline and schedules → a draft: which row belongs to which section and item.

use super::alike::alike;
use super::columns::Column;
use super::document::{Block, Document, Paragraph, Piece};
use super::draft::{Draft, Item, Kind, Letter, Section};
use super::outline::{self, Outline};
use super::schedule::{self, Entry, Heading, Row, Schedule};
use super::tasks::Tasks;
use super::{Wishes, lines, months, numbering, review};
use crate::words;

/// Titles that are so much alike are one title in two wordings.
const ALIKE: f64 = 0.5;

/// Why a document makes no draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It does not say for which year it is.
    NoYear,
    /// Neither sections nor tasks were found.
    NoPlan,
}

/// Makes a draft of a document.
///
/// # Errors
/// The year can't be told, or there is no plan in it.
pub fn assemble(document: Document, wishes: Wishes) -> Result<Draft, Refusal> {
    let (text, tables, leftovers, below) = part(document);
    let mut outline = outline::read(&text, !tables.is_empty(), wishes.contacts);
    let end = outline.signature(&below, below.len());
    outline.leftovers.extend(below.into_iter().take(end).map(|paragraph| paragraph.piece));
    let (mut draft, mut outline) = of_outline(outline, &tables, wishes.year)?;
    draft.leftovers = leftovers;
    draft.leftovers.append(&mut outline.leftovers);
    let mut tasks = Tasks::new(draft.year, draft.goes_on, &tables);
    said(&mut draft, &mut outline, &mut tasks);
    let context = std::mem::take(&mut outline.context);
    let mut join = Join { draft: &mut draft, tasks: &mut tasks, section: None, item: None };
    for piece in context {
        join.band(&piece);
    }
    for block in tables {
        match block {
            Part::Band(piece) => join.band(&piece),
            Part::Schedule(schedule) => join.schedule(schedule),
        }
    }
    draft.notes.append(&mut tasks.notes);
    if draft.sections.is_empty() && draft.tasks.is_empty() {
        return Err(Refusal::NoPlan);
    }
    review::review(&mut draft);
    Ok(draft)
}

/// A schedule, or the heading of a section above one.
pub enum Part {
    /// 一、强化政治引领
    Band(Piece),
    /// A table.
    Schedule(Schedule),
}

/// The text, the schedules, what stands beside them and what stands below them.
type Parted = (Vec<Paragraph>, Vec<Part>, Vec<Piece>, Vec<Paragraph>);

/// Parts a document into the text above the first schedule, the schedules with the headings between
/// them, and what stands elsewhere.
fn part(document: Document) -> Parted {
    let (mut text, mut below) = (Vec::new(), Vec::new());
    let mut parts: Vec<Part> = Vec::new();
    let mut leftovers = document.asides;
    for block in document.blocks {
        match block {
            Block::Paragraph(paragraph) if parts.is_empty() => text.push(paragraph),
            Block::Paragraph(paragraph) => below.push(paragraph),
            Block::Table(table) => match schedule::read(&table) {
                Some(schedule) => {
                    for paragraph in below.drain(..) {
                        heading(paragraph.piece, &mut parts, &mut leftovers);
                    }
                    parts.push(Part::Schedule(schedule));
                }
                None => {
                    let cells = table.rows.into_iter().flatten().map(|cell| cell.piece);
                    leftovers.extend(cells.filter(|piece| !piece.text.is_empty()));
                }
            },
        }
    }
    // A workbook may have its table on the first sheet and the text behind it.
    let is_numbered = |paragraph: &Paragraph| numbering::split(&paragraph.piece.text).is_some();
    let has_body = |text: &[Paragraph]| text.iter().filter(|one| is_numbered(one)).count() > 1;
    if !has_body(&text) && has_body(&below) {
        let above = std::mem::replace(&mut text, std::mem::take(&mut below));
        for Paragraph { piece, .. } in above {
            match parts.first_mut() {
                Some(Part::Schedule(first))
                    if first.title.is_none() && lines::is_table_title(&piece.text) =>
                {
                    first.title = Some(piece);
                }
                _ => leftovers.push(piece),
            }
        }
    }
    if parts.is_empty() {
        parts.extend(months::cut(&mut text).map(Part::Schedule));
    }
    (text, parts, leftovers, below)
}

/// A line between two tables.
fn heading(piece: Piece, parts: &mut Vec<Part>, leftovers: &mut Vec<Piece>) {
    if numbering::split(&piece.text).is_some() {
        parts.push(Part::Band(piece));
    } else if !schedule::is_continued(&piece.text) {
        leftovers.push(piece);
    }
}

/// What the text says, without its tasks.
fn of_outline(
    mut outline: Outline,
    tables: &[Part],
    year: Option<i32>,
) -> Result<(Draft, Outline), Refusal> {
    let in_table = tables.iter().find_map(|part| match part {
        Part::Schedule(schedule) => schedule.title.clone(),
        Part::Band(_) => None,
    });
    let mut schedule_title = outline.schedule_title.take().or(in_table);
    let title = match outline.title.take() {
        Some(title) => title,
        None => schedule_title.take().or_else(|| quoted(&outline)).unwrap_or_default(),
    };
    let title = title.joined();
    let said = [Some(&title), schedule_title.as_ref().map(|piece| &piece.text)];
    let school = said.into_iter().flatten().find_map(|title| lines::school_year(title));
    let said = said.into_iter().flatten().find_map(|title| lines::year(title));
    // The second term of a school year lies in its second year alone.
    let is_second = ["第二学期", "下学期", "春季学期"].iter().any(|term| title.contains(term));
    let said = school.map(|(first, second)| if is_second { second } else { first }).or(said);
    let issued_in = outline.issued.map(|day| chrono::Datelike::year(&day));
    let year = year.or(said).or(issued_in).ok_or(Refusal::NoYear)?;
    let texts = |pieces: Vec<Piece>| pieces.iter().map(Piece::joined).collect::<Vec<_>>();
    let letter = outline.letter.take().map(|letter| Letter {
        title: letter.title.joined(),
        to: letter.to.map(|piece| piece.joined()),
        text: texts(letter.text),
        attachments: texts(letter.attachments),
    });
    let mut draft = Draft {
        year,
        title,
        issued: outline.issued,
        document_number: outline.document_number.take().map(|piece| piece.joined()),
        issuer: outline.issuer.take().map(|piece| piece.joined()),
        letter,
        schedule_title: schedule_title.map(|piece| piece.joined()),
        overview: texts(std::mem::take(&mut outline.overview)),
        goes_on: school.filter(|(first, _)| *first == year).map(|(_, second)| second),
        ..Draft::default()
    };
    for section in &mut outline.sections {
        let items = section.items.iter_mut().map(|item| Item {
            number: item.number.as_ref().map(|(_, value)| *value),
            label: item.number.take().map(|(label, _)| label),
            is_arabic: item.is_arabic,
            group: item.group.take(),
            title: item.title.joined(),
            text: texts(std::mem::take(&mut item.text)),
            place: item.title.place,
            ..Item::default()
        });
        draft.sections.push(Section {
            items: items.collect(),
            number: section.number.as_ref().map(|(_, value)| *value),
            title: section.title.joined(),
            text: texts(std::mem::take(&mut section.text)),
            place: section.title.place,
            ..Section::default()
        });
    }
    Ok((draft, outline))
}

/// 关于印发《湖南科技大学2021年工会工作要点》的通知: what stands in its title.
fn quoted(outline: &Outline) -> Option<Piece> {
    let title = &outline.letter.as_ref()?.title;
    let (_, rest) = title.text.split_once('《')?;
    let (name, _) = rest.rsplit_once('》')?;
    Some(Piece::new(name, title.place))
}

/// Tasks of responsibilities that the text itself says.
fn said(draft: &mut Draft, outline: &mut Outline, tasks: &mut Tasks) {
    tasks.columns = outline
        .sections
        .iter()
        .flat_map(|section| {
            let of_items = section.items.iter().flat_map(|item| &item.responsibilities);
            of_items.chain(&section.responsibilities)
        })
        .chain(outline.points.iter().flat_map(|point| &point.responsibilities))
        .flat_map(|said| said.responsibility.cells.iter().map(|(column, _)| *column))
        .collect();
    for (section, read) in draft.sections.iter_mut().zip(&outline.sections) {
        section.tasks = tasks.said(&section.title, &read.responsibilities);
        for (item, read) in section.items.iter_mut().zip(&read.items) {
            item.tasks = tasks.said(&item.title, &read.responsibilities);
        }
    }
    for point in &outline.points {
        let mut text = point.title.joined();
        for paragraph in &point.text {
            text = format!("{}。{}", text.trim_end_matches('。'), paragraph.joined());
        }
        let text = text.trim_end_matches('。');
        match point.responsibilities.as_slice() {
            [] => {
                let row = Row::new(Vec::new(), point.title.place);
                draft.tasks.push(tasks.task(text.to_owned(), &row));
            }
            said => draft.tasks.extend(tasks.said(text, said)),
        }
    }
}

/// Files the rows of schedules under sections and items.
struct Join<'d> {
    draft: &'d mut Draft,
    tasks: &'d mut Tasks,
    section: Option<usize>,
    item: Option<(usize, usize)>,
}

impl Join<'_> {
    /// A heading across the table, or above it.
    fn band(&mut self, piece: &Piece) {
        self.section = Some(self.find_section(&Heading::of(piece)));
        self.item = None;
    }

    fn schedule(&mut self, schedule: Schedule) {
        let project = self.project(&schedule);
        self.tasks.columns = schedule.columns.iter().copied().collect();
        self.draft.leftovers.extend(schedule.leftovers);
        let mut heads: (Option<String>, Option<String>) = (None, None);
        // Items need sections; where there are none, they are sections themselves.
        let has_no_sections = self.draft.sections.is_empty()
            && !schedule.columns.contains(&Column::Section)
            && project != Column::Section
            && !schedule.entries.iter().any(|entry| matches!(entry, Entry::Band(_)));
        let mut month: Option<Piece> = None;
        for entry in schedule.entries {
            let mut row = match entry {
                Entry::Band(piece) => {
                    heads = (None, None);
                    match lines::month_heading(&piece.text) {
                        Some(_) => month = Some(piece),
                        None => self.band(&piece),
                    }
                    continue;
                }
                Entry::Row(row) => row,
            };
            if let Some(month) = &month {
                row.stand_under(month);
            }
            let row = row;
            let as_project = |role: Column| row.get(Column::Project).filter(|_| project == role);
            let section = row.get(Column::Section).or(as_project(Column::Section));
            let item = row.get(Column::Item).or(as_project(Column::Item));
            let (section, item) = if has_no_sections { (item, None) } else { (section, item) };
            let group = as_project(Column::Project).map(Piece::joined);
            if let Some(piece) = section.filter(|piece| heads.0.as_ref() != Some(&piece.text)) {
                self.band(piece);
                heads = (Some(piece.text.clone()), None);
            }
            match item {
                Some(piece) if heads.1.as_ref() != Some(&piece.text) => {
                    self.item = Some(self.find_item(&Heading::of(piece), group));
                    self.section = self.item.map(|(section, _)| section);
                    heads.1 = Some(piece.text.clone());
                }
                Some(_) => {}
                None => (self.item, heads.1) = (None, None),
            }
            self.row(&row);
        }
    }

    fn row(&mut self, row: &Row) {
        let text = row.get(Column::Task).map(Piece::joined).unwrap_or_default();
        let item = self.item.or_else(|| self.named_by(&text));
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
    fn named_by(&self, text: &str) -> Option<(usize, usize)> {
        let plain = lines::plain(text);
        let sections = self.draft.sections.iter().enumerate();
        sections
            .filter(|(at, _)| self.section.is_none_or(|section| section == *at))
            .flat_map(|(at, section)| {
                section.items.iter().enumerate().map(move |(index, item)| ((at, index), item))
            })
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
                Entry::Band(_) => None,
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

    /// The section that a heading of the table means; a new one if it means none.
    fn find_section(&mut self, heading: &Heading) -> usize {
        let scores = self.draft.sections.iter().map(|section| {
            let same_number = heading.number.is_some() && section.number == heading.number;
            alike(&section.title, &heading.title) + if same_number { ALIKE } else { 0.0 }
        });
        let best = scores.enumerate().max_by(|(_, a), (_, b)| a.total_cmp(b));
        let Some((found, _)) = best.filter(|(_, score)| *score >= ALIKE) else {
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

    fn new_section(&mut self, heading: &Heading) -> usize {
        if self.draft.sections.iter().any(|section| !section.items.is_empty()) {
            let title = &heading.title;
            let words = words!("正文里没有“{title}”这一部分", "the text has no section “{title}”");
            self.draft.note(Kind::Missing, &[heading.place], words);
        }
        self.draft.sections.push(Section {
            number: heading.number,
            title: heading.title.clone(),
            place: heading.place,
            ..Section::default()
        });
        self.draft.sections.len() - 1
    }

    /// The item that a heading of the table means: of the section at hand, if there is one.
    fn find_item(&mut self, heading: &Heading, group: Option<String>) -> (usize, usize) {
        let mut best: Option<(f64, (usize, usize))> = None;
        for (at, candidate) in self.draft.sections.iter().enumerate() {
            if self.section.is_some_and(|section| section != at) {
                continue;
            }
            for (index, item) in candidate.items.iter().enumerate() {
                let same_number = heading.number.is_some() && item.number == heading.number;
                let score =
                    alike(&item.title, &heading.title) + if same_number { 0.3 } else { 0.0 };
                if score >= ALIKE && best.is_none_or(|(most, _)| score > most) {
                    best = Some((score, (at, index)));
                }
            }
        }
        let Some((_, (section, index))) = best else {
            return self.new_item(heading, group);
        };
        let item = &mut self.draft.sections[section].items[index];
        if item.title != heading.title && item.schedule_title.is_none() {
            item.schedule_title = Some(heading.title.clone());
            let places = [item.place, heading.place];
            let words = differ(&item.title, &heading.title);
            self.draft.note(Kind::Difference, &places, words);
        }
        (section, index)
    }

    /// An item that the text does not have, where the table has it.
    fn new_item(&mut self, heading: &Heading, group: Option<String>) -> (usize, usize) {
        if self.draft.items().any(|item| !item.text.is_empty()) {
            let title = &heading.title;
            let words = words!("正文里没有要点“{title}”", "the text has no item “{title}”");
            self.draft.note(Kind::Missing, &[heading.place], words);
        }
        let section = match self.section {
            Some(section) => section,
            None if self.draft.sections.is_empty() => self.new_section(heading),
            None => self.draft.sections.len() - 1,
        };
        let items = &mut self.draft.sections[section].items;
        let after = self.item.filter(|(of, _)| *of == section).map(|(_, index)| index + 1);
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

fn differ(text: &str, table: &str) -> crate::diagnostic::Words {
    words!(
        "题目不同：正文是“{text}”，表里是“{table}”；两种都保留了",
        "titles differ: “{text}” in the text, “{table}” in the table; both are kept"
    )
}
