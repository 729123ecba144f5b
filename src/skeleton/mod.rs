//! The beginning of a year: a `plan.yaml` that has the structure of another year's, for most of the
//! work comes again, with a comment wherever a person has to decide.
//!
//! What comes again stands as data, below a comment that says of which year it is: sections, items,
//! tasks with their times, leaders and offices, activities with their ids. What was said in the name
//! of the union, the letter and the texts, stands in comments: forgotten, it is not published as
//! this year's wording. Words that are likely of their year only (100周年, 四届二次) are named in
//! a comment above their line.

mod aging;
mod example;
mod time;

pub use example::{example, union_file};

use crate::data_file::writer::{Writer, flow, scalar};
use crate::diagnostic::Language;
use crate::plan::Terms;
use crate::source::node::{Kind, Node};
use crate::words;
use aging::{Aged, Move};

/// A file that begins a year.
#[derive(Debug)]
pub struct Skeleton {
    /// Its text.
    pub text: String,
    /// How many places ask for a change.
    pub changes: usize,
    /// How many places ask for a look.
    pub checks: usize,
}

impl From<Writer> for Skeleton {
    fn from(writer: Writer) -> Self {
        let (changes, checks) = (writer.changes, writer.checks);
        Self { text: writer.finish(), changes, checks }
    }
}

/// Makes the plan of one year out of another's, which has been read without errors. `terms` are the
/// union's.
pub fn from_plan(
    plan: &Node<'_>,
    from: i32,
    to: i32,
    terms: &Terms,
    language: Language,
) -> Skeleton {
    let mut making = Making { move_on: Move { from, to }, terms, writer: Writer::new(language) };
    making.plan(plan);
    making.writer.into()
}

/// A plan on its way to another year.
struct Making<'t> {
    move_on: Move,
    terms: &'t Terms,
    writer: Writer,
}

/// The value behind a key of a map.
fn get<'n, 'a>(map: &'n Node<'a>, key: &str) -> Option<&'n Node<'a>> {
    let Kind::Map(pairs) = &map.kind else { return None };
    let found = pairs.iter().find(|(name, _)| name.text() == Some(key));
    found.map(|(_, value)| value).filter(|value| value.kind != Kind::Empty)
}

/// A text of one line.
fn line(map: &Node<'_>, key: &str) -> Option<String> {
    let text = get(map, key)?.text()?;
    Some(text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" "))
}

/// The entries of a list.
fn list<'n, 'a>(map: &'n Node<'a>, key: &str) -> &'n [Node<'a>] {
    match get(map, key).map(|node| &node.kind) {
        Some(Kind::List(list)) => list,
        _ => &[],
    }
}

/// The texts behind a key: those of a list, else the paragraphs of one text.
fn texts<'n>(map: &'n Node<'_>, key: &str) -> Vec<&'n str> {
    let Some(node) = get(map, key) else { return Vec::new() };
    let parts = match &node.kind {
        Kind::List(list) => list.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let lines = parts.iter().filter_map(Node::text).flat_map(str::lines).map(str::trim);
    lines.filter(|line| !line.is_empty()).collect()
}

impl Making<'_> {
    fn plan(&mut self, plan: &Node<'_>) {
        self.head();
        if let Some(title) = line(plan, "title") {
            let aged = self.move_on.text(&title);
            if aged.moved.is_empty() {
                let to = self.move_on.to;
                self.writer.please_check(&words!(
                    "题目里没有年份，看看用在{to}年对不对。",
                    "the title names no year; see whether it fits {to}."
                ));
            }
            self.doubts(&aged);
            self.writer.pair("title", &aged.text);
        }
        self.issue(plan);
        self.letter(plan);
        if let Some(title) = line(plan, "schedule_title") {
            self.writer.blank();
            let aged = self.move_on.text(&title);
            self.doubts(&aged);
            self.writer.pair("schedule_title", &aged.text);
        }
        if !texts(plan, "overview").is_empty() {
            self.writer.blank();
            self.words_of_old(plan, "overview");
        }
        let sections = list(plan, "sections");
        if !sections.is_empty() {
            self.writer.blank();
            self.writer.line("sections:");
            for (index, section) in sections.iter().enumerate() {
                if index > 0 {
                    self.writer.blank();
                }
                self.indented(|making| making.section(section));
            }
        }
        if !list(plan, "tasks").is_empty() {
            let from = self.move_on.from;
            self.writer.blank();
            self.writer.please_change(&words!(
                "下面的任务是{from}年的，逐条核对，没有的删掉，新的加上。",
                "these tasks are of {from}: look at each, take out what is over, add what is new."
            ));
            self.tasks(plan);
        }
    }

    /// Writes what belongs to the key above.
    fn indented(&mut self, write: impl FnOnce(&mut Self)) {
        self.writer.deeper();
        write(self);
        self.writer.back();
    }

    /// Writes an entry of a list.
    fn entry(&mut self, write: impl FnOnce(&mut Self)) {
        self.writer.begin_entry();
        write(self);
        self.writer.back();
    }

    fn head(&mut self) {
        let Move { from, to } = self.move_on;
        self.writer.comment(&words!(
            "{to}年的计划，由 unionplan new 照{from}年的框架写成：部分、要点、任务、时间、责任领导、责任科室都是{from}年的。\n\
             “# ”开头的行是注释，不会显示。从上往下看，改好一处，就删掉那里的注释。\n\
             标着“待改”的，一定要改；写在注释里的文字，改好以后去掉每行开头的“# ”，才会显示。\n\
             标着“请核对”的，像是只属于{from}年的字句，看看要不要改。",
            "The plan of {to}, made by unionplan new with the structure of {from}: sections, items, tasks, times, leaders and offices are those of {from}.\n\
             Lines that begin with “# ” are comments and are not shown. Go from top to bottom; once a place is done, take out its comment.\n\
             What is marked TO CHANGE has to be changed; text that stands in comments is shown once it is mended and the “# ” in front of each of its lines is gone.\n\
             What is marked CHECK is likely of {from} only; see whether it has to be changed."
        ));
    }

    /// The day and the number under which the plan is issued: nobody knows them yet.
    fn issue(&mut self, plan: &Node<'_>) {
        let to = self.move_on.to;
        self.writer.please_change(&words!(
            "印发以后填上月和日，去掉行首的“# ”。",
            "once it is issued, fill in month and day, and take away the “# ”."
        ));
        self.writer.muted(|writer| writer.line(&format!("issued: {to}-月-日")));
        if let Some(number) = line(plan, "document_number") {
            let number = self.move_on.text(&number).text;
            self.writer.please_change(&words!(
                "印发以后改成新的文号，去掉行首的“# ”。",
                "once it is issued, put in the new number, and take away the “# ”."
            ));
            self.writer.muted(|writer| writer.pair("document_number", &number));
        }
    }

    /// The letter, which has yet to be written.
    fn letter(&mut self, plan: &Node<'_>) {
        let Some(notice) = get(plan, "notice") else { return };
        let Move { from, .. } = self.move_on;
        self.writer.blank();
        self.writer.please_change(&words!(
            "{from}年的通知，年份已经换过。印发以后照新的通知改好，去掉每行开头的“# ”。",
            "the letter of {from}, with its years moved on. Once the new one is issued, put in its words and take away the “# ” of each line."
        ));
        let on = self.move_on;
        self.writer.muted(|writer| {
            writer.line("notice:");
            writer.within(|writer| {
                for key in ["title", "to"] {
                    if let Some(text) = line(notice, key) {
                        writer.pair(key, &on.text(&text).text);
                    }
                }
                for key in ["text", "attachments"] {
                    let moved: Vec<String> =
                        texts(notice, key).iter().map(|text| on.text(text).text).collect();
                    match moved.as_slice() {
                        [] => {}
                        [text] => writer.pair(key, text),
                        _ if key == "text" => {
                            let moved: Vec<&str> = moved.iter().map(String::as_str).collect();
                            writer.paragraphs(key, &moved);
                        }
                        _ => {
                            writer.line(&format!("{key}:"));
                            let lines = moved.iter().map(|text| format!("- {}", scalar(text)));
                            writer.within(|writer| lines.for_each(|text| writer.line(&text)));
                        }
                    }
                }
            });
        });
    }

    /// A text of the old year, in comments.
    fn words_of_old(&mut self, map: &Node<'_>, key: &str) {
        let paragraphs = texts(map, key);
        if paragraphs.is_empty() {
            return;
        }
        let from = self.move_on.from;
        self.writer.please_change(&words!(
            "{from}年的原文。改好以后去掉每行开头的“# ”，不用就删掉。",
            "the words of {from}. Once they are mended, take away the “# ” of each line; or take them out."
        ));
        self.writer.muted(|writer| writer.paragraphs(key, &paragraphs));
    }

    fn section(&mut self, section: &Node<'_>) {
        let from = self.move_on.from;
        self.entry(|making| {
            making.writer.please_change(&words!(
                "这一部分是{from}年的，逐条核对，没有的删掉，新的加上。",
                "this section is of {from}: look at each line, take out what is over, add what is new."
            ));
            making.lines(section, &["title", "schedule_title", "id"]);
            making.words_of_old(section, "text");
            let items = list(section, "items");
            if !items.is_empty() {
                making.writer.line("items:");
                for item in items {
                    making.indented(|making| making.item(item));
                }
            }
            making.tasks(section);
        });
    }

    fn item(&mut self, item: &Node<'_>) {
        self.entry(|making| {
            making.lines(item, &["title", "schedule_title", "label", "group", "id"]);
            making.words_of_old(item, "text");
            making.tasks(item);
        });
    }

    fn tasks(&mut self, map: &Node<'_>) {
        let tasks = list(map, "tasks");
        if tasks.is_empty() {
            return;
        }
        self.writer.line("tasks:");
        for task in tasks {
            self.indented(|making| making.entry(|making| making.task(task)));
        }
    }

    fn task(&mut self, task: &Node<'_>) {
        self.lines(task, &["task", "id"]);
        if let Some(time) = get(task, "when").and_then(|when| self.time(when)) {
            self.time_comments(&time);
            match time.is_sound {
                true => self.writer.line(&format!("when: {}", time.text)),
                false => self.writer.muted(|writer| writer.line(&format!("when: {}", time.text))),
            }
        }
        for key in ["leader", "office", "support"] {
            let names = texts(task, key).join("、");
            if !names.is_empty() {
                self.writer.pair(key, &names);
            }
        }
        self.lines(task, &["audience", "remark"]);
        let activities = list(task, "activities");
        if !activities.is_empty() {
            self.writer.line("activities:");
            for activity in activities {
                self.indented(|making| making.activity(activity));
            }
        }
    }

    /// An activity, in braces.
    fn activity(&mut self, activity: &Node<'_>) {
        self.entry(|making| {
            let mut pairs = Vec::new();
            for key in ["id", "name"] {
                if let Some(text) = line(activity, key) {
                    let aged = making.age(key, &text);
                    pairs.push(format!("{key}: {}", flow(&aged.text)));
                }
            }
            if let Some(time) = get(activity, "when").and_then(|when| making.time(when)) {
                making.time_comments(&time);
                if time.is_sound {
                    pairs.push(format!("when: {}", time.text));
                }
            }
            if let Some(place) = line(activity, "place") {
                let aged = making.age("place", &place);
                pairs.push(format!("place: {}", flow(&aged.text)));
            }
            making.writer.line(&format!("{{ {} }}", pairs.join(", ")));
        });
    }

    /// Lines that are kept, each below what is doubtful about it.
    fn lines(&mut self, map: &Node<'_>, keys: &[&str]) {
        for key in keys {
            if let Some(text) = line(map, key) {
                let aged = self.age(key, &text);
                self.writer.pair(key, &aged.text);
            }
        }
    }

    /// Moves a text on and says what is doubtful about it. Ids stay, for they name pages.
    fn age(&mut self, key: &str, text: &str) -> Aged {
        if key == "id" {
            return Aged { text: text.to_owned(), ..Aged::default() };
        }
        let aged = self.move_on.text(text);
        self.moves(&aged);
        self.doubts(&aged);
        aged
    }

    fn moves(&mut self, aged: &Aged) {
        if aged.moved.is_empty() {
            return;
        }
        let zh: Vec<_> =
            aged.moved.iter().map(|(old, new)| format!("“{old}”已改成“{new}”")).collect();
        let en: Vec<_> =
            aged.moved.iter().map(|(old, new)| format!("“{old}” is now “{new}”")).collect();
        let (zh, en) = (zh.join("，"), en.join(", "));
        self.writer.please_check(&words!("{zh}。", "{en}."));
    }

    fn doubts(&mut self, aged: &Aged) {
        if aged.doubtful.is_empty() {
            return;
        }
        let (from, to) = (self.move_on.from, self.move_on.to);
        let quoted = aged.doubtful.iter().map(|words| format!("“{words}”"));
        let zh: String = quoted.clone().collect();
        let en = quoted.collect::<Vec<_>>().join(", ");
        self.writer.please_check(&words!(
            "{zh}是{from}年的说法，{to}年对不对？",
            "{en} was said in {from}; does it hold in {to}?"
        ));
    }
}
