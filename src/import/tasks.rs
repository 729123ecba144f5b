//! A row → a task: names, times, activities, and what is to be told about them.

use super::columns::Column;
use super::document::{Piece, Spot};
use super::draft::{Confidence, Kind, Note, Task};
use super::outline::Said;
use super::schedule::{Entry, Row};
use super::{activities, assemble::Part, people, plausible, times};
use crate::diagnostic::Words;
use crate::words;
use std::collections::{BTreeSet, HashSet};

/// Makes tasks, and notes what is to be told about them.
pub struct Tasks {
    /// What rows can say here; a row that does not say all of it lacks something.
    pub columns: HashSet<Column>,
    /// What is to be told.
    pub notes: Vec<Note>,
    year: i32,
    /// Names that stand on one line somewhere.
    whole: BTreeSet<String>,
}

impl Tasks {
    /// Prepares to make the tasks of a plan for `year`.
    pub fn new(year: i32, tables: &[Part]) -> Self {
        let mut whole = BTreeSet::new();
        for part in tables {
            let Part::Schedule(schedule) = part else { continue };
            for entry in &schedule.entries {
                let Entry::Row(row) = entry else { continue };
                let on_one_line = |column: Column| {
                    row.get(column)
                        .map(|piece| piece.text.as_str())
                        .filter(|text| !text.contains('\n'))
                };
                whole.extend(on_one_line(Column::Leaders).into_iter().flat_map(people::leaders));
                whole.extend(on_one_line(Column::Offices).into_iter().flat_map(people::offices));
                whole.extend(on_one_line(Column::Support).into_iter().flat_map(people::offices));
            }
        }
        Self { columns: HashSet::new(), notes: Vec::new(), year, whole }
    }

    /// Adds a note.
    pub fn note(&mut self, kind: Kind, places: &[Spot], words: Words) {
        self.notes.push(Note { kind, places: places.to_vec(), words });
    }

    /// Tasks of responsibilities that stand behind a heading, or behind sentences of its text.
    pub fn said(&mut self, title: &str, said: &[Said]) -> Vec<Task> {
        let is_one = said.len() == 1;
        let mut tasks = Vec::with_capacity(said.len());
        for one in said {
            let text = if is_one || one.sentence.is_empty() { title } else { &one.sentence };
            let mut row = Row::new(Vec::new(), one.place);
            for (column, text) in &one.responsibility.cells {
                row.put(*column, Piece::new(text, one.place));
            }
            tasks.push(self.task(text.to_owned(), &row));
        }
        tasks
    }

    /// The task of a row.
    pub fn task(&mut self, text: String, row: &Row) -> Task {
        let joined = |column: Column| row.get(column).map(Piece::joined);
        let raw =
            |column: Column| row.get(column).map(|piece| piece.text.clone()).unwrap_or_default();
        let (leaders, offices) = self.who(row);
        let mut task = Task {
            activities: activities::within(&text, self.year),
            leaders,
            offices,
            support: people::offices(&people::mended(&raw(Column::Support), &self.whole, true)),
            audience: joined(Column::Audience),
            remark: joined(Column::Remark),
            place: row.place,
            text,
            ..Task::default()
        };
        if let Some(place) = joined(Column::Place) {
            put(&mut task, place);
        }
        self.time(&mut task, row);
        self.gaps(&mut task, row);
        self.doubts(&mut task, row);
        task
    }

    /// Leaders and offices of a row. A table that has a column for one of the two only may have both
    /// in it.
    fn who(&self, row: &Row) -> (Vec<String>, Vec<String>) {
        let raw = |column: Column| row.get(column).map_or("", |piece| piece.text.as_str());
        let has = |column: &Column| self.columns.contains(column);
        let (mut leaders, mut offices) = people::both(raw(Column::Both));
        let (of_leaders, of_offices) = (raw(Column::Leaders), raw(Column::Offices));
        let is_alone = |other: Column| ![other, Column::Both].iter().any(has);
        let mixed = [(of_leaders, Column::Offices), (of_offices, Column::Leaders)]
            .into_iter()
            .filter(|(_, other)| is_alone(*other))
            .map(|(cell, _)| people::both(cell))
            .find(|(people, offices)| {
                !people.is_empty() && offices.iter().any(|name| plausible::ends_as_office(name))
            });
        if let Some((people, of_cell)) = mixed {
            leaders.extend(people);
            offices.extend(of_cell);
        } else {
            leaders.extend(people::leaders(&people::mended(of_leaders, &self.whole, false)));
            offices.extend(people::offices(&people::mended(of_offices, &self.whole, true)));
        }
        (leaders, offices)
    }

    /// Notes names that do not look like names: the row may be broken, or its columns be others.
    fn doubts(&mut self, task: &mut Task, row: &Row) {
        let strange: Vec<String> = task
            .leaders
            .iter()
            .filter(|name| !plausible::is_leader(name))
            .map(|name| format!("leader {name}"))
            .chain(
                task.offices
                    .iter()
                    .chain(&task.support)
                    .filter(|name| !plausible::is_office(name))
                    .map(|name| format!("office {name}")),
            )
            .collect();
        for name in strange {
            let words = match name.split_once(' ') {
                Some(("leader", name)) => words!(
                    "责任领导“{name}”不像人名（把握很小）",
                    "the leader “{name}” does not look like a person's name (most unsure)"
                ),
                Some((_, name)) => words!(
                    "责任科室“{name}”不像科室名（把握很小）",
                    "the office “{name}” does not look like an office's name (most unsure)"
                ),
                None => continue,
            };
            task.comments.push(words.clone());
            self.note(Kind::Guess(Confidence::Low), &[row.place], words);
        }
    }

    /// When a task is due. A day or a third of a month belongs to the month that stands beside it.
    fn time(&mut self, task: &mut Task, row: &Row) {
        let when = row.get(Column::When);
        let month = row.get(Column::Month);
        let Some(piece) = when.or(month) else { return };
        let lines: Vec<&str> = piece.text.lines().map(str::trim).collect();
        let are_times = lines.len() > 1 && lines.iter().all(|line| plausible::is_time(line));
        let worded = if are_times { lines.join("、") } else { piece.joined() };
        let month = month.filter(|_| when.is_some()).map(Piece::joined);
        match times::read(&worded, month.as_deref(), self.year) {
            times::Reading::Clear => {}
            times::Reading::Filed(filed) => task.filed = Some(filed),
            times::Reading::Guessed(filed, confidence) => {
                let sure = sureness(confidence);
                let Words { zh, en } = &sure;
                let words = if times::is_impossible(&worded, self.year) {
                    words!(
                        "日历上没有“{worded}”这一天，先归入“{filed}”（{zh}）",
                        "there is no such day as “{worded}”; it is filed under “{filed}” for now ({en})"
                    )
                } else {
                    words!(
                        "读不懂时间“{worded}”，先归入“{filed}”（{zh}）",
                        "the time “{worded}” can't be read; it is filed under “{filed}” for now ({en})"
                    )
                };
                task.comments.push(words.clone());
                self.note(Kind::Guess(confidence), &[piece.place], words);
                task.filed = Some(filed);
            }
        }
        task.when = Some(worded);
    }

    /// Notes what a row leaves out although there is a column for it.
    fn gaps(&mut self, task: &mut Task, row: &Row) {
        let has = |columns: &[Column]| columns.iter().any(|column| self.columns.contains(column));
        let mut gaps = Vec::new();
        if task.when.is_none() && has(&[Column::When, Column::Month]) {
            gaps.push(words!("时间", "time"));
        }
        if task.leaders.is_empty() && has(&[Column::Leaders]) {
            gaps.push(words!("责任领导", "leader"));
        }
        if task.offices.is_empty() && has(&[Column::Offices]) {
            gaps.push(words!("责任科室", "office"));
        }
        if task.offices.is_empty() && task.leaders.is_empty() && has(&[Column::Both]) {
            gaps.push(words!("责任科室和责任领导", "office and leader"));
        }
        if gaps.is_empty() {
            return;
        }
        let join = |part: fn(&Words) -> &str, mark: &str| {
            gaps.iter().map(part).collect::<Vec<_>>().join(mark)
        };
        let (zh, en) = (join(|words| &words.zh, "、"), join(|words| &words.en, ", "));
        let text = &task.text;
        let words = match text.is_empty() {
            true => words!("这一行没有写{zh}", "this row names no {en}"),
            false => words!("“{text}”没有写{zh}", "“{text}” names no {en}"),
        };
        self.note(Kind::Missing, &[row.place], words);
        task.comments.push(words!("通知里没有写{zh}", "the notice names no {en}"));
    }
}

/// Puts a place where it belongs: to the only activity of a task, else among its remarks.
fn put(task: &mut Task, place: String) {
    if let [activity] = task.activities.as_mut_slice() {
        activity.place = Some(place);
        return;
    }
    let place = format!("地点：{place}");
    task.remark = Some(match task.remark.take() {
        Some(remark) => format!("{place}；{remark}"),
        None => place,
    });
}

/// How sure a guess is, in words.
pub fn sureness(confidence: Confidence) -> Words {
    match confidence {
        Confidence::High => words!("把握较大", "most likely"),
        Confidence::Medium => words!("把握一般", "may be otherwise"),
        Confidence::Low => words!("只是先占个位置", "no more than a place for now"),
    }
}
