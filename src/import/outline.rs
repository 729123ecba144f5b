//! Paragraphs → the plan's title, overall idea, sections and items; the letter is read by `letter`.

mod heading;
mod parts;

use super::assemble::Part;
use super::document::{Paragraph, Piece, Spot};
use super::headings::{self, Names};
use super::levels::{Level, Levels};
use super::numbering::{self, Number};
use super::responsibility::{self, Responsibility};
use super::{attachments, dates, lines};
use chrono::NaiveDate;
use heading::run_in;

pub use parts::{Item, Letter, Said, Section};

/// What the paragraphs of a notice say.
#[derive(Debug, Default)]
pub struct Outline {
    /// The letter that carries the plan.
    pub letter: Option<Letter>,
    /// 科大工〔2021〕3号
    pub document_number: Option<Piece>,
    /// Who signs.
    pub issuer: Option<Piece>,
    /// The day of issue.
    pub issued: Option<NaiveDate>,
    /// 湖南科技大学2021年工会工作要点
    pub title: Option<Piece>,
    /// The overall idea.
    pub overview: Vec<Piece>,
    /// Sections in order.
    pub sections: Vec<Section>,
    /// Points of a plan without sections.
    pub points: Vec<Item>,
    /// The heading above the table.
    pub schedule_title: Option<Piece>,
    /// Headings of sections right above the first table.
    pub context: Vec<Piece>,
    /// Whether the last section is no more than the heading of the first table.
    pub heads_table: bool,
    /// What found no place.
    pub leftovers: Vec<Piece>,
    /// Whether names with numbers and addresses are text as any other.
    pub keeps_contacts: bool,
    /// Whether points end in brackets with the persons who answer for them.
    pub names_persons: bool,
}

/// So many headings stand above a table at most.
const MOST_HEADINGS: usize = 20;

/// Reads the paragraphs before the first of these schedules; all of them where there is none.
pub fn read(text: &[Paragraph], tables: &[Part], keeps_contacts: bool) -> Outline {
    let has_schedule = !tables.is_empty();
    let mut outline = Outline { keeps_contacts, ..Outline::default() };
    let body = super::letter::read(text, has_schedule, &mut outline);
    let text = &text[body..];
    let end = if has_schedule { outline.above_table(text) } else { text.len() };
    let end = outline.ends(text, end);
    outline.plan(&text[..end], has_schedule, &Names::of(tables));
    let above = text.get(end.wrapping_sub(1)).map(|paragraph| paragraph.piece.place);
    outline.heads_table = has_schedule
        && end == text.len()
        && outline.sections.last().is_some_and(|last| {
            Some(last.title.place) == above && last.items.is_empty() && last.text.is_empty()
        });
    outline
}

impl Outline {
    /// Reads what stands right above the table; the index where it begins.
    fn above_table(&mut self, text: &[Paragraph]) -> usize {
        let mut end = text.len();
        while let Some(at) = end.checked_sub(1) {
            let piece = &text[at].piece;
            let words = piece.text.as_str();
            if let Some(heading) = numbering::split_paragraph(words) {
                let is_repeated = |above: &Paragraph| {
                    let above = numbering::split_paragraph(&above.piece.text);
                    above.is_some_and(|above| {
                        (above.0.value, above.1) == (heading.0.value, heading.1)
                    })
                };
                let is_context = self.context.len() < MOST_HEADINGS
                    && (text[..at].iter().any(is_repeated) || self.is_only_heading(text, at));
                if !is_context {
                    break;
                }
                self.context.insert(0, piece.clone());
            } else if lines::is_appendix(words) || lines::is_footer(words) || lines::is_note(words)
            {
                self.leftovers.push(piece.clone());
            } else if let Some(day) = dates::day(words).filter(|_| words.starts_with(['（', '(']))
            {
                self.issued.get_or_insert(day);
            } else if let Some(named) = attachments::single(piece) {
                let is_title = self.letter.is_none()
                    && self.schedule_title.is_none()
                    && lines::is_table_title(&named.text);
                match is_title {
                    true => self.schedule_title = Some(named),
                    false => self.attachment(named, piece),
                }
            } else if self.schedule_title.is_none() && lines::is_table_title(words) {
                self.schedule_title = Some(piece.clone());
            } else {
                break;
            }
            end = at;
        }
        end
    }

    /// Whether a line names somebody's number or address, and is to be left out.
    pub fn is_personal(&self, words: &str) -> bool {
        !self.keeps_contacts && lines::is_contact(words)
    }

    /// Whether a numbered line directly above the table heads it, and no text stands above.
    fn is_only_heading(&self, text: &[Paragraph], at: usize) -> bool {
        self.schedule_title.is_none()
            && at <= 3
            && text[..at]
                .iter()
                .all(|above| numbering::split_paragraph(&above.piece.text).is_none())
    }

    /// Notes what is attached: of the letter, if there is one.
    pub fn attachment(&mut self, named: Piece, line: &Piece) {
        match &mut self.letter {
            Some(letter) => letter.attachments.push(named),
            None => self.leftovers.push(line.clone()),
        }
    }

    /// Reads what stands below a plan: who signs, what is attached, the attachment itself; the index
    /// where that begins.
    pub fn ends(&mut self, text: &[Paragraph], end: usize) -> usize {
        let end = self.appendix(text, end);
        let end = self.signature(text, end);
        super::letter::attachments(text, end, self)
    }

    /// Leaves out what follows the heading 附件 and has no number: a form, a list of clubs.
    fn appendix(&mut self, text: &[Paragraph], end: usize) -> usize {
        let is_numbered = |one: &Paragraph| numbering::split_paragraph(&one.piece.text).is_some();
        let last = text[..end].iter().rposition(is_numbered).unwrap_or(end);
        let is_heading = |one: &Paragraph| lines::is_appendix(&one.piece.text);
        let Some(at) = text[..end].iter().skip(last).position(is_heading) else { return end };
        let begin = last + at;
        self.leftovers.extend(text[begin..end].iter().map(|one| one.piece.clone()));
        begin
    }

    /// Reads who signs and the day below a plan; the index where that begins.
    fn signature(&mut self, text: &[Paragraph], end: usize) -> usize {
        let mut end = end;
        // What follows the signature in a plan without a table.
        while let Some(last) = end.checked_sub(1).map(|at| &text[at].piece) {
            let words = last.text.as_str();
            if lines::is_footer(words) || lines::is_contact(words) || lines::is_note(words) {
                self.leftovers.push(last.clone());
                end -= 1;
            } else {
                break;
            }
        }
        let Some(last) = end.checked_sub(1).map(|at| &text[at].piece) else {
            return end;
        };
        if let Some((name, day)) = dates::signed(&last.text) {
            self.issued.get_or_insert(day);
            self.issuer.get_or_insert_with(|| Piece::new(name, last.place));
            return end - 1;
        }
        match dates::day(&last.text) {
            Some(day) => drop(self.issued.get_or_insert(day)),
            // A month is no day of issue.
            None if dates::is_month(&last.text) => self.leftovers.push(last.clone()),
            // Who signs, without a day.
            None if end > 1 && lines::is_line(&last.text) && lines::is_issuer(&last.text) => {
                self.issuer.get_or_insert_with(|| last.clone());
                return end - 1;
            }
            None => return end,
        }
        end -= 1;
        // A table that is all of the notice may have its day below its title.
        let signs = |piece: &Piece| {
            lines::is_line(&piece.text)
                && !lines::is_table_title(&piece.text)
                && numbering::split_paragraph(&piece.text).is_none()
        };
        if let Some(above) = end.checked_sub(1).map(|at| &text[at].piece).filter(|one| signs(one)) {
            self.issuer.get_or_insert_with(|| above.clone());
            end -= 1;
        }
        end
    }

    /// Reads the plan itself. `names` are those of sections and items in its tables.
    pub fn plan(&mut self, text: &[Paragraph], has_schedule: bool, names: &Names) {
        let levels = Levels::of(text, has_schedule);
        let bare = headings::levels(text, names, &levels);
        self.names_persons =
            responsibility::names_persons(text.iter().map(|one| one.piece.text.as_str()));
        let mut group: Option<String> = None;
        for (at, paragraph) in text.iter().enumerate() {
            let piece = &paragraph.piece;
            let numbered = numbering::split_paragraph(&piece.text).and_then(|(number, rest)| {
                let section = self.sections.len().checked_sub(1);
                Some((levels.level(section, number)?, Some(number), rest))
            });
            let bare = || bare[at].map(|level| (level, None, piece.text.as_str()));
            match numbered.or_else(bare) {
                Some((Level::Section, number, rest)) => {
                    group = None;
                    self.section(number, rest, piece.place);
                }
                Some((Level::Group, ..)) => group = Some(piece.text.clone()),
                Some((Level::Item, number, rest)) if !self.sections.is_empty() => {
                    let mut item = self.item(number, rest, paragraph);
                    item.group.clone_from(&group);
                    if let Some(section) = self.sections.last_mut() {
                        section.items.push(item);
                    }
                }
                Some((Level::Point, number, rest)) => {
                    let point = self.item(number, rest, paragraph);
                    self.points.push(point);
                }
                _ => self.running(text, at),
            }
        }
    }

    fn section(&mut self, number: Option<Number<'_>>, rest: &str, place: Spot) {
        let parted = responsibility::part(rest, self.names_persons);
        let (title, text) = run_in(&parted.text, None);
        self.sections.push(Section {
            number: number.map(|number| (number.label(), number.value)),
            is_sentence: rest.ends_with('。')
                || number.is_some_and(|number| number.style == numbering::Style::Arabic),
            title: Piece::new(title, place),
            text: text.into_iter().map(|text| Piece::new(text, place)).collect(),
            items: Vec::new(),
            responsibilities: said(parted.found, place),
        });
    }

    fn item(&self, number: Option<Number<'_>>, rest: &str, paragraph: &Paragraph) -> Item {
        let place = paragraph.piece.place;
        let parted = responsibility::part(rest, self.names_persons);
        let skipped = paragraph.piece.text.chars().count() - rest.chars().count();
        let bold = paragraph.bold.checked_sub(skipped).filter(|bold| *bold > 0);
        let (title, text) = run_in(&parted.text, bold);
        Item {
            number: number.map(|number| (number.label(), number.value)),
            is_arabic: number.is_some_and(|number| number.style == numbering::Style::Arabic),
            group: None,
            title: Piece::new(title, place),
            text: text.into_iter().map(|text| Piece::new(text, place)).collect(),
            responsibilities: said(parted.found, place),
        }
    }

    /// Text without a number: a title at first, then the overall idea, then the text of what stands
    /// above it.
    fn running(&mut self, text: &[Paragraph], at: usize) {
        let piece = &text[at].piece;
        let words = piece.text.as_str();
        let is_note = lines::is_note(words) && !self.sections.is_empty();
        if lines::is_footer(words)
            || self.is_personal(words)
            || lines::is_appendix(words)
            || is_note
        {
            self.leftovers.push(piece.clone());
            return;
        }
        if let Some(item) = self.points.last_mut() {
            return take(&mut item.text, &mut item.responsibilities, piece, self.names_persons);
        }
        if let Some(section) = self.sections.last_mut() {
            return match section.items.last_mut() {
                Some(item) => {
                    take(&mut item.text, &mut item.responsibilities, piece, self.names_persons);
                }
                None => {
                    take(
                        &mut section.text,
                        &mut section.responsibilities,
                        piece,
                        self.names_persons,
                    );
                }
            };
        }
        if self.overview.is_empty() && lines::is_document_number(words) {
            self.document_number.get_or_insert_with(|| piece.clone());
        } else if let Some(day) =
            dates::day(words).or_else(|| dates::adopted(words)).filter(|_| self.overview.is_empty())
        {
            self.issued.get_or_insert(day);
        } else if self.overview.is_empty() && lines::is_adopted(words) {
            self.leftovers.push(piece.clone());
        } else if self.title.is_some() && self.overview.is_empty() && signs(text, at) {
            self.issuer.get_or_insert_with(|| piece.clone());
        } else if self.overview.is_empty() && lines::is_line(words) && self.heads(words) {
            self.head(piece);
        } else {
            self.overview.push(piece.clone());
        }
    }

    /// Whether a line is the title, or the second line of one.
    fn heads(&self, words: &str) -> bool {
        match &self.title {
            None => true,
            Some(title) => !lines::is_plan_title(&title.text) && lines::is_plan_title(words),
        }
    }

    fn head(&mut self, piece: &Piece) {
        match &mut self.title {
            None => self.title = Some(piece.clone()),
            Some(title) => title.text.push_str(&piece.text),
        }
    }
}

/// Whether who issues stands here, above the day.
fn signs(text: &[Paragraph], at: usize) -> bool {
    let words = &text[at].piece.text;
    let day = text.get(at + 1).and_then(|next| dates::day(&next.piece.text));
    day.is_some()
        && lines::is_line(words)
        && lines::is_issuer(words)
        && numbering::split_paragraph(words).is_none()
}

/// Adds a paragraph to a text, and what it says of responsibilities to those.
fn take(text: &mut Vec<Piece>, responsibilities: &mut Vec<Said>, piece: &Piece, persons: bool) {
    if let Some(last) = responsibilities.last_mut().filter(|last| last.sentence.is_empty())
        && let Some(more) = responsibility::read_on(&piece.text)
    {
        last.responsibility.cells.extend(more.cells);
        return;
    }
    let parted = responsibility::part(&piece.text, persons);
    for said in said(parted.found, piece.place) {
        // 责任部门：… and 完成时限：… on lines of their own are one responsibility.
        let goes_on = |last: &&mut Said| {
            let held = |column| last.responsibility.cells.iter().any(|(held, _)| *held == column);
            parted.text.is_empty()
                && last.sentence.is_empty()
                && !said.responsibility.cells.iter().any(|(column, _)| held(*column))
        };
        match responsibilities.last_mut().filter(goes_on) {
            Some(last) => last.responsibility.cells.extend(said.responsibility.cells),
            None => responsibilities.push(said),
        }
    }
    if !parted.text.trim().is_empty() {
        text.push(Piece::new(&parted.text, piece.place));
    }
}

fn said(found: Vec<(String, Responsibility)>, place: Spot) -> Vec<Said> {
    let said = found.into_iter();
    said.map(|(sentence, responsibility)| Said { sentence, responsibility, place }).collect()
}
