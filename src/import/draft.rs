//! A plan as a notice says it, before it is a data file, and what is to be told about it.

use super::document::{Piece, Spot};
use crate::diagnostic::Words;
use chrono::NaiveDate;

/// A plan as a notice says it.
#[derive(Debug, Default)]
pub struct Draft {
    /// The year that it is for.
    pub year: i32,
    /// The year in which it goes on, if it is for a school year.
    pub goes_on: Option<i32>,
    /// 湖南科技大学2021年工会工作要点
    pub title: String,
    /// The day of issue.
    pub issued: Option<NaiveDate>,
    /// 科大工〔2021〕3号
    pub document_number: Option<String>,
    /// Who signs.
    pub issuer: Option<String>,
    /// The letter.
    pub letter: Option<Letter>,
    /// How the table is headed, if that is not the plan's title.
    pub schedule_title: Option<String>,
    /// The overall idea.
    pub overview: Vec<String>,
    /// Sections in order.
    pub sections: Vec<Section>,
    /// Tasks that belong to no section.
    pub tasks: Vec<Task>,
    /// What was guessed, differs or is missing, in the order of the source.
    pub notes: Vec<Note>,
    /// How the columns are named that were understood: nothing of the plan, and not left over.
    pub columns: Vec<String>,
    /// What is in the source but not in the plan.
    pub leftovers: Vec<Piece>,
}

/// 关于印发《…》的通知
#[derive(Debug, Default)]
pub struct Letter {
    /// Its title.
    pub title: String,
    /// 各分工会
    pub to: Option<String>,
    /// Its paragraphs.
    pub text: Vec<String>,
    /// What it says is attached.
    pub attachments: Vec<String>,
}

/// A section.
#[derive(Debug, Default)]
pub struct Section {
    /// Its number.
    pub number: Option<usize>,
    /// Its words.
    pub title: String,
    /// As the table words it, where that differs.
    pub schedule_title: Option<String>,
    /// Paragraphs before its first item.
    pub text: Vec<String>,
    /// Its items.
    pub items: Vec<Item>,
    /// Tasks that belong to none of its items.
    pub tasks: Vec<Task>,
    /// Where it stands.
    pub place: Spot,
    /// What the data file says beside it.
    pub comments: Vec<Words>,
}

/// An item.
#[derive(Debug, Default)]
pub struct Item {
    /// Its number.
    pub number: Option<usize>,
    /// Its number as it is spoken of, where that is not its position.
    pub label: Option<String>,
    /// Whether its number is a plain 3. 3、 ３．
    pub is_arabic: bool,
    /// The heading between section and item.
    pub group: Option<String>,
    /// Its words.
    pub title: String,
    /// As the table words it, where that differs.
    pub schedule_title: Option<String>,
    /// Its paragraphs.
    pub text: Vec<String>,
    /// Its tasks.
    pub tasks: Vec<Task>,
    /// Where it stands.
    pub place: Spot,
    /// What the data file says beside it.
    pub comments: Vec<Words>,
}

/// A task.
#[derive(Debug, Default)]
pub struct Task {
    /// What is to be done.
    pub text: String,
    /// When, as worded.
    pub when: Option<String>,
    /// Where it is filed, if the wording alone can't tell.
    pub filed: Option<String>,
    /// Who answers for it.
    pub leaders: Vec<String>,
    /// Which offices do it.
    pub offices: Vec<String>,
    /// Which offices help.
    pub support: Vec<String>,
    /// Who takes part.
    pub audience: Option<String>,
    /// 备注.
    pub remark: Option<String>,
    /// Activities that it names with their time.
    pub activities: Vec<Activity>,
    /// Where it stands.
    pub place: Spot,
    /// What the data file says beside it.
    pub comments: Vec<Words>,
}

/// An activity of a task.
#[derive(Debug, Default)]
pub struct Activity {
    /// Its id, unique in the plan.
    pub id: String,
    /// Its name.
    pub name: String,
    /// When, as worded.
    pub when: String,
    /// Where.
    pub place: Option<String>,
}

/// Something to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What it is about.
    pub kind: Kind,
    /// Where it stands in the source; a difference has two places.
    pub places: Vec<Spot>,
    /// What is told.
    pub words: Words,
}

/// What a note is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The notice does not say it, and unionplan has made something up.
    Guess(Confidence),
    /// The notice says it in two ways.
    Difference,
    /// The notice leaves something out, or has it wrong.
    Missing,
}

/// How sure a guess is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// It is hardly more than a place to write in.
    Low,
    /// It may well be otherwise.
    Medium,
    /// It is most likely so.
    High,
}

impl Draft {
    /// Adds a note.
    pub fn note(&mut self, kind: Kind, places: &[Spot], words: Words) {
        self.notes.push(Note { kind, places: places.to_vec(), words });
    }

    /// All items in order.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.sections.iter().flat_map(|section| &section.items)
    }

    /// All tasks: those of items, of sections and of the plan.
    pub fn all_tasks(&self) -> impl Iterator<Item = &Task> {
        let of_sections = self.sections.iter().flat_map(|section| {
            section.items.iter().flat_map(|item| &item.tasks).chain(&section.tasks)
        });
        of_sections.chain(&self.tasks)
    }

    /// All tasks, to be changed.
    pub fn all_tasks_mut(&mut self) -> impl Iterator<Item = &mut Task> {
        let of_sections = self.sections.iter_mut().flat_map(|section| {
            section.items.iter_mut().flat_map(|item| &mut item.tasks).chain(&mut section.tasks)
        });
        of_sections.chain(&mut self.tasks)
    }
}
