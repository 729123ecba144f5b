//! Outline and schedules → a draft: which row belongs to which section and item.

use super::document::{Block, Document, Paragraph, Piece, Spot};
use super::draft::{Draft, Item, Letter, Section};
use super::headings::Names;
use super::join::Join;
use super::outline::{self, Outline};
use super::schedule::{self, Entry, Row, Schedule};
use super::tasks::Tasks;
use super::{Wishes, dates, lines, months, numbering, review};

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
    let only_year = only_year(&document);
    let (text, tables, leftovers, below) = part(document);
    let mut outline = outline::read(&text, &tables, wishes.contacts);
    let end = outline.ends(&below, below.len());
    let below = below.get(..end).unwrap_or_default();
    let (mut draft, mut outline) = of_outline(outline, &tables, (wishes.year, only_year))?;
    draft.leftovers = leftovers;
    let mut tasks = Tasks::new(draft.year, &tables);
    said(&mut draft.sections, &outline, &mut tasks);
    points(&mut draft, &mut outline, &mut tasks);
    draft.leftovers.append(&mut outline.leftovers);
    let sentences: Vec<Spot> =
        outline.sections.iter().filter(|one| one.is_sentence).map(|one| one.title.place).collect();
    let context = std::mem::take(&mut outline.context);
    let mut join = Join::new(&mut draft, &mut tasks);
    if outline.heads_table {
        join.last_section();
    }
    for piece in context {
        join.band(&piece);
    }
    for block in tables {
        match block {
            Part::Band(piece) => join.band(&piece),
            Part::Text(piece) => join.text(piece),
            Part::Sections(text) => join.sections(|draft, tasks| {
                sections(draft, tasks, &text, wishes.contacts);
            }),
            Part::Schedule(schedule) => join.schedule(schedule),
        }
    }
    goes_on(&mut draft, &mut tasks, below, wishes.contacts);
    draft.notes.append(&mut tasks.notes);
    notes(&mut draft, &sentences);
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
    /// What stands below such a heading.
    Text(Piece),
    /// Sections that have items of their own.
    Sections(Vec<Paragraph>),
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
            Block::Table(table) => match schedule::read_all(table) {
                Ok(schedules) => {
                    between(std::mem::take(&mut below), &mut parts, &mut leftovers);
                    parts.extend(schedules.into_iter().map(Part::Schedule));
                }
                Err(table) => {
                    let cells = table.rows.into_iter().flatten().map(|cell| cell.piece);
                    leftovers.extend(cells.filter(|piece| !piece.text.is_empty()));
                }
            },
        }
    }
    explanations(&mut text, &mut leftovers);
    // A workbook may have its table on the first sheet and the text behind it.
    let is_numbered = |paragraph: &Paragraph| numbering::split(&paragraph.piece.text).is_some();
    let has_body = |text: &[Paragraph]| text.iter().filter(|one| is_numbered(one)).count() > 1;
    let has_prose = text.iter().any(|one| !lines::is_line(&one.piece.text));
    if !has_prose && !has_body(&text) && has_body(&below) {
        let is_note =
            |one: &Paragraph| lines::is_note(&one.piece.text) || lines::is_footer(&one.piece.text);
        let notes = below.iter().take_while(|one| is_note(one)).count();
        leftovers.extend(below.drain(..notes).map(|one| one.piece));
        let mut above = std::mem::take(&mut text);
        // Of two titles the first is the plan's, and the table's stands right above it.
        let is_title = |one: &Paragraph| lines::is_table_title(&one.piece.text);
        if above.iter().filter(|one| is_title(one)).count() > 1
            && let Some(last) = above.iter().rposition(is_title)
        {
            text = std::mem::take(&mut above);
            above = text.split_off(last);
        }
        text.append(&mut below);
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

/// Takes out what explains a table and is no plan: 填表说明 with the points below it.
fn explanations(text: &mut Vec<Paragraph>, leftovers: &mut Vec<Piece>) {
    let is_head = |one: &Paragraph| {
        let words = lines::plain(&one.piece.text);
        words.trim_end_matches(':').ends_with("说明") && words.chars().count() <= 8
    };
    let Some(head) = text.iter().position(is_head) else { return };
    let points = text[head + 1..].iter().take_while(|one| {
        let numbered = numbering::split_paragraph(&one.piece.text);
        numbered.is_some_and(|(number, _)| number.style >= numbering::Style::Arabic)
    });
    let end = head + 1 + points.count();
    leftovers.extend(text.drain(head..end).map(|one| one.piece));
}

/// Paragraphs between two tables: headings of tables, with their texts, and sections of the text.
fn between(text: Vec<Paragraph>, parts: &mut Vec<Part>, leftovers: &mut Vec<Piece>) {
    let is_item = |paragraph: &&Paragraph| {
        let numbered = numbering::split_paragraph(&paragraph.piece.text);
        numbered.is_some() && !lines::is_line(&paragraph.piece.text)
    };
    let first = text.iter().find_map(|one| numbering::split_paragraph(&one.piece.text));
    let begins = first.is_some_and(|(number, _)| number.style != numbering::Style::Arabic);
    if !parts.is_empty() && begins && text.iter().any(|paragraph| is_item(&paragraph)) {
        parts.push(Part::Sections(text));
        return;
    }
    for Paragraph { piece, .. } in text {
        let is_headed = match parts.last() {
            Some(Part::Schedule(schedule)) => {
                matches!(schedule.entries.last(), Some(Entry::Band(_)))
            }
            part => part.is_some(),
        };
        let is_text = is_headed
            && !lines::is_line(&piece.text)
            && !lines::is_note(&piece.text)
            && !lines::is_footer(&piece.text);
        if is_text {
            parts.push(Part::Text(piece));
        } else if numbering::split(&piece.text).is_some() && !piece.text.ends_with('。') {
            parts.push(Part::Band(piece));
        } else if !schedule::is_continued(&piece.text) {
            leftovers.push(piece);
        }
    }
}

/// The only year that is named anywhere.
fn only_year(document: &Document) -> Option<i32> {
    let pieces = super::account::pieces(document);
    let mut years: Vec<i32> = pieces.iter().filter_map(|piece| dates::year(&piece.text)).collect();
    years.sort_unstable();
    years.dedup();
    match years.as_slice() {
        [year] => Some(*year),
        _ => None,
    }
}

/// What the text says, without its tasks.
fn of_outline(
    mut outline: Outline,
    tables: &[Part],
    (year, only_year): (Option<i32>, Option<i32>),
) -> Result<(Draft, Outline), Refusal> {
    let in_table = tables.iter().find_map(|part| match part {
        Part::Schedule(schedule) => schedule.title.clone(),
        Part::Band(_) | Part::Text(_) | Part::Sections(_) => None,
    });
    let mut schedule_title = outline.schedule_title.take().or(in_table);
    let title = match outline.title.take() {
        Some(title) => title,
        None => {
            let of_letter = || outline.letter.as_ref().map(|letter| letter.title.clone());
            let title = schedule_title.take().or_else(|| quoted(&outline));
            title.or_else(of_letter).unwrap_or_default()
        }
    };
    let title = title.joined();
    let said = [Some(&title), schedule_title.as_ref().map(|piece| &piece.text)];
    let school = said.into_iter().flatten().find_map(|title| dates::school_year(title));
    let said = said.into_iter().flatten().find_map(|title| dates::year(title));
    // The second term of a school year lies in its second year alone.
    let is_second = ["第二学期", "下学期", "春季学期"].iter().any(|term| title.contains(term));
    let said = school.map(|(first, second)| if is_second { second } else { first }).or(said);
    let issued_in = outline.issued.map(|day| chrono::Datelike::year(&day));
    let year = year.or(said).or(issued_in).or(only_year).ok_or(Refusal::NoYear)?;
    let letter = outline.letter.take().map(|letter| Letter {
        title: letter.title.joined(),
        to: letter.to.map(|piece| piece.joined()),
        text: joined(letter.text),
        attachments: joined(letter.attachments),
    });
    let mut draft = Draft {
        year,
        title,
        issued: outline.issued,
        document_number: outline.document_number.take().map(|piece| piece.joined()),
        issuer: outline.issuer.take().map(|piece| piece.joined()),
        letter,
        schedule_title: schedule_title.map(|piece| piece.joined()),
        overview: joined(std::mem::take(&mut outline.overview)),
        goes_on: school.filter(|(first, _)| *first == year).map(|(_, second)| second),
        ..Draft::default()
    };
    draft.sections = outline.sections.iter_mut().map(section).collect();
    Ok((draft, outline))
}

/// A section without its tasks.
fn section(read: &mut outline::Section) -> Section {
    let item = |item: &mut outline::Item| Item {
        number: item.number.as_ref().map(|(_, value)| *value),
        label: item.number.take().map(|(label, _)| label),
        is_arabic: item.is_arabic,
        group: item.group.take(),
        title: item.title.joined(),
        text: joined(std::mem::take(&mut item.text)),
        place: item.title.place,
        ..Item::default()
    };
    Section {
        items: read.items.iter_mut().map(item).collect(),
        number: read.number.as_ref().map(|(_, value)| *value),
        title: read.title.joined(),
        text: joined(std::mem::take(&mut read.text)),
        place: read.title.place,
        ..Section::default()
    }
}

fn joined(pieces: Vec<Piece>) -> Vec<String> {
    pieces.iter().map(Piece::joined).collect()
}

/// Sections that stand below the tables: 五、工作要求 behind four that stand above. Anything else
/// there is left over.
fn goes_on(draft: &mut Draft, tasks: &mut Tasks, below: &[Paragraph], keeps_contacts: bool) {
    let last = draft.sections.iter().filter_map(|section| section.number).max();
    let is_next = |paragraph: &Paragraph| {
        let split = numbering::split_paragraph(&paragraph.piece.text);
        split.is_some_and(|(number, _)| {
            number.style != numbering::Style::Arabic
                && last.is_some_and(|last| number.value == last + 1)
        })
    };
    let from = below.iter().position(is_next).unwrap_or(below.len());
    let (beside, text) = below.split_at(from);
    draft.leftovers.extend(beside.iter().map(|paragraph| paragraph.piece.clone()));
    sections(draft, tasks, text, keeps_contacts);
}

/// Leaves out numbered sentences that head nothing beside a table that has sections of its own: they
/// are notes. `sentences` are the places of headings that may be notes as well.
fn notes(draft: &mut Draft, sentences: &[Spot]) {
    let is_empty = |section: &Section| {
        section.items.is_empty() && section.tasks.is_empty() && section.text.is_empty()
    };
    let is_note = |section: &Section| is_empty(section) && sentences.contains(&section.place);
    let has_own = draft
        .sections
        .iter()
        .any(|section| !is_empty(section) && !sentences.contains(&section.place));
    if has_own {
        let notes = draft.sections.extract_if(.., |section| is_note(section));
        draft.leftovers.extend(notes.map(|note| Piece::new(&note.title, note.place)));
    }
}

/// Adds the sections of a text that stands between tables or below them.
fn sections(draft: &mut Draft, tasks: &mut Tasks, text: &[Paragraph], keeps_contacts: bool) {
    let mut outline = Outline { keeps_contacts, ..Outline::default() };
    outline.plan(text, true, &Names::default());
    let from = draft.sections.len();
    draft.sections.extend(outline.sections.iter_mut().map(section));
    said(&mut draft.sections[from..], &outline, tasks);
    // What stands above the first of them.
    draft.leftovers.extend(outline.title.into_iter().chain(outline.overview));
    draft.leftovers.append(&mut outline.leftovers);
}

/// 关于印发《湖南科技大学2021年工会工作要点》的通知: what stands in its title.
fn quoted(outline: &Outline) -> Option<Piece> {
    let title = &outline.letter.as_ref()?.title;
    let (_, rest) = title.text.split_once('《')?;
    let (name, _) = rest.rsplit_once('》')?;
    Some(Piece::new(name, title.place))
}

/// Tasks of responsibilities that the text itself says.
fn said(sections: &mut [Section], outline: &Outline, tasks: &mut Tasks) {
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
    for (section, read) in sections.iter_mut().zip(&outline.sections) {
        section.tasks = tasks.said(&section.title, &read.responsibilities);
        for (item, read) in section.items.iter_mut().zip(&read.items) {
            item.tasks = tasks.said(&item.title, &read.responsibilities);
        }
    }
}

/// Points of a plan without sections are its tasks.
fn points(draft: &mut Draft, outline: &mut Outline, tasks: &mut Tasks) {
    let points = std::mem::take(&mut outline.points);
    for point in &points {
        let mut text = point.title.joined();
        for paragraph in &point.text {
            // What runs on in the same paragraph is the same text; another paragraph is not.
            match paragraph.place == point.title.place {
                true => text = format!("{text}。{}", paragraph.joined()),
                false => outline.leftovers.push(paragraph.clone()),
            }
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
