//! A draft → the text of `plan.yaml`, as a careful person would have typed it.

use super::draft::{Draft, Item, Section, Task};
use crate::diagnostic::{Language, Words};
use crate::words;
use std::fmt::Write;

/// How far an entry is set in from the key that it belongs to.
const INDENT: usize = 2;

/// A text of up to so many characters stands on the line of its key.
const SHORT: usize = 60;

/// Writes a draft as YAML. `source` is the name of the file that it was read from; comments are in
/// `language`.
pub fn write(draft: &Draft, source: &str, language: Language) -> String {
    let mut yaml = Yaml { text: String::new(), depth: 0, begins: false, language };
    let title = &draft.title;
    yaml.comment(&words!(
        "{title}，由 unionplan import 照“{source}”录入。",
        "{title}, read from “{source}” by unionplan import."
    ));
    if draft.all_tasks().any(|task| !task.comments.is_empty()) {
        yaml.comment(&words!(
            "写着“请核对”的地方是拿不准的，核对以后把那一行删掉就行。",
            "Lines that say “please check” are not certain; delete them once they have been checked."
        ));
    }
    yaml.pair("title", title);
    if let Some(day) = draft.issued {
        yaml.line(&format!("issued: {day}"));
    }
    yaml.optional("document_number", draft.document_number.as_deref());
    if let Some(letter) = &draft.letter {
        yaml.blank();
        yaml.line("notice:");
        yaml.within(|yaml| {
            yaml.pair("title", &letter.title);
            yaml.optional("to", letter.to.as_deref());
            yaml.paragraphs("text", &letter.text);
            yaml.list("attachments", &letter.attachments);
        });
    }
    if let Some(title) = &draft.schedule_title {
        yaml.blank();
        yaml.pair("schedule_title", title);
    }
    if !draft.overview.is_empty() {
        yaml.blank();
        yaml.paragraphs("overview", &draft.overview);
    }
    if !draft.sections.is_empty() {
        yaml.blank();
        yaml.line("sections:");
        yaml.within(|yaml| {
            for (at, section) in draft.sections.iter().enumerate() {
                if at > 0 {
                    yaml.blank();
                }
                yaml.section(section);
            }
        });
    }
    if !draft.tasks.is_empty() {
        yaml.blank();
        yaml.tasks(&draft.tasks);
    }
    yaml.text
}

struct Yaml {
    text: String,
    depth: usize,
    /// Whether the next line begins an entry of a list.
    begins: bool,
    language: Language,
}

impl Yaml {
    fn within(&mut self, write: impl FnOnce(&mut Self)) {
        self.depth += INDENT;
        write(self);
        self.depth -= INDENT;
    }

    /// An entry of a list: its first line gets the dash.
    fn entry(&mut self, comments: &[Words], write: impl FnOnce(&mut Self)) {
        for words in comments {
            let Words { zh, en } = words;
            self.comment(&words!("请核对：{zh}", "please check: {en}"));
        }
        self.begins = true;
        self.within(write);
    }

    fn line(&mut self, line: &str) {
        let (depth, dash) =
            if self.begins { (self.depth - INDENT, "- ") } else { (self.depth, "") };
        self.begins = false;
        let _ = writeln!(self.text, "{:depth$}{dash}{line}", "");
    }

    fn blank(&mut self) {
        self.text.push('\n');
    }

    fn comment(&mut self, words: &Words) {
        let text = words.get(self.language).replace(char::is_control, " ");
        self.line(&format!("# {text}"));
    }

    fn pair(&mut self, key: &str, value: &str) {
        self.line(&format!("{key}: {}", scalar(value)));
    }

    fn optional(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.pair(key, value);
        }
    }

    /// A paragraph stands on the line of its key, or below it if it is long; several are a block with
    /// a line each.
    fn paragraphs(&mut self, key: &str, paragraphs: &[String]) {
        match paragraphs {
            [] => {}
            [short] if short.chars().count() <= SHORT => self.pair(key, short),
            _ => {
                let mark = if paragraphs.len() == 1 { ">-" } else { "|-" };
                self.line(&format!("{key}: {mark}"));
                self.within(|yaml| paragraphs.iter().for_each(|paragraph| yaml.line(paragraph)));
            }
        }
    }

    fn list(&mut self, key: &str, values: &[String]) {
        match values {
            [] => {}
            [value] => self.pair(key, value),
            _ => {
                self.line(&format!("{key}:"));
                self.within(|yaml| {
                    values.iter().for_each(|value| yaml.line(&format!("- {}", scalar(value))));
                });
            }
        }
    }

    fn section(&mut self, section: &Section) {
        self.entry(&section.comments, |yaml| {
            yaml.pair("title", &section.title);
            yaml.optional("schedule_title", section.schedule_title.as_deref());
            yaml.paragraphs("text", &section.text);
            if !section.items.is_empty() {
                yaml.line("items:");
                yaml.within(|yaml| section.items.iter().for_each(|item| yaml.item(item)));
            }
            yaml.tasks(&section.tasks);
        });
    }

    fn item(&mut self, item: &Item) {
        self.entry(&item.comments, |yaml| {
            yaml.pair("title", &item.title);
            yaml.optional("schedule_title", item.schedule_title.as_deref());
            yaml.optional("label", item.label.as_deref());
            yaml.optional("group", item.group.as_deref());
            yaml.paragraphs("text", &item.text);
            yaml.tasks(&item.tasks);
        });
    }

    fn tasks(&mut self, tasks: &[Task]) {
        if tasks.is_empty() {
            return;
        }
        self.line("tasks:");
        self.within(|yaml| tasks.iter().for_each(|task| yaml.task(task)));
    }

    fn task(&mut self, task: &Task) {
        self.entry(&task.comments, |yaml| {
            yaml.pair("task", &task.text);
            match (&task.when, &task.filed) {
                (Some(when), Some(filed)) => {
                    yaml.line(&format!("when: {{ as: {}, in: {} }}", flow(when), flow(filed)));
                }
                (when, _) => yaml.optional("when", when.as_deref()),
            }
            yaml.names("leader", &task.leaders);
            yaml.names("office", &task.offices);
            yaml.names("support", &task.support);
            yaml.optional("audience", task.audience.as_deref());
            yaml.optional("remark", task.remark.as_deref());
            if !task.activities.is_empty() {
                yaml.line("activities:");
                yaml.within(|yaml| {
                    for activity in &task.activities {
                        let (name, when) = (flow(&activity.name), flow(&activity.when));
                        let id = &activity.id;
                        yaml.line(&format!("- {{ id: {id}, name: {name}, when: {when} }}"));
                    }
                });
            }
        });
    }

    /// Names on one line; as a list where one of them holds the mark that parts them.
    fn names(&mut self, key: &str, names: &[String]) {
        if names.is_empty() {
            return;
        }
        let is_parted = |name: &String| name.contains(['、', '，', ',', '；', ';', '/']);
        match names.iter().any(is_parted) {
            true => {
                let names: Vec<String> = names.iter().map(|name| flow(name)).collect();
                self.line(&format!("{key}: [{}]", names.join(", ")));
            }
            false => self.pair(key, &names.join("、")),
        }
    }
}

/// A text in block style, in quotes where it needs them.
pub fn scalar(text: &str) -> String {
    let text = text.replace(['\n', '\r', '\t'], " ");
    serde_yaml::to_string(&text).map_or_else(|_| text.clone(), |yaml| yaml.trim_end().to_owned())
}

/// A text within braces or brackets, where more marks need quotes.
pub fn flow(text: &str) -> String {
    let plain = scalar(text);
    let needs_quotes = plain.contains([',', '[', ']', '{', '}']) && !plain.starts_with(['\'', '"']);
    if needs_quotes { format!("'{}'", text.replace('\'', "''")) } else { plain }
}
