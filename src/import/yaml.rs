//! A draft → the text of `plan.yaml`, as a careful person would have typed it.

use super::draft::{Draft, Item, Section, Task};
use crate::data_file::writer::{Writer, flow, scalar};
use crate::diagnostic::{Language, Words};
use crate::words;

/// Writes a draft as YAML. `source` is the name of the file that it was read from; comments are in
/// `language`.
pub fn write(draft: &Draft, source: &str, language: Language) -> String {
    let mut writer = Writer::new(language);
    let title = &draft.title;
    writer.comment(&words!(
        "{title}，由 unionplan import 照“{source}”录入。",
        "{title}, read from “{source}” by unionplan import."
    ));
    if draft.all_tasks().any(|task| !task.comments.is_empty()) {
        writer.comment(&words!(
            "写着“请核对”的地方是拿不准的，核对以后把那一行删掉就行。",
            "Lines that say CHECK are not certain; delete them once they have been checked."
        ));
    }
    writer.pair("title", title);
    if let Some(day) = draft.issued {
        writer.line(&format!("issued: {day}"));
    }
    optional(&mut writer, "document_number", draft.document_number.as_deref());
    if let Some(letter) = &draft.letter {
        writer.blank();
        writer.line("notice:");
        writer.within(|writer| {
            writer.pair("title", &letter.title);
            optional(writer, "to", letter.to.as_deref());
            writer.text("text", &letter.text);
            match letter.attachments.as_slice() {
                [] => {}
                [one] => writer.pair("attachments", one),
                several => writer.list("attachments", |writer| {
                    several.iter().for_each(|one| writer.line(&format!("- {}", scalar(one))));
                }),
            }
        });
    }
    if let Some(title) = &draft.schedule_title {
        writer.blank();
        writer.pair("schedule_title", title);
    }
    if !draft.overview.is_empty() {
        writer.blank();
        writer.text("overview", &draft.overview);
    }
    if !draft.sections.is_empty() {
        writer.blank();
        writer.list("sections", |writer| {
            for (at, of_plan) in draft.sections.iter().enumerate() {
                if at > 0 {
                    writer.blank();
                }
                section(writer, of_plan);
            }
        });
    }
    if !draft.tasks.is_empty() {
        writer.blank();
        tasks(&mut writer, &draft.tasks);
    }
    writer.finish()
}

fn optional(writer: &mut Writer, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        writer.pair(key, value);
    }
}

fn section(writer: &mut Writer, section: &Section) {
    writer.entry(|writer| {
        writer.pair("title", &section.title);
        optional(writer, "schedule_title", section.schedule_title.as_deref());
        writer.text("text", &section.text);
        if !section.items.is_empty() {
            writer.list("items", |writer| section.items.iter().for_each(|of| item(writer, of)));
        }
        tasks(writer, &section.tasks);
    });
}

fn item(writer: &mut Writer, item: &Item) {
    writer.entry(|writer| {
        writer.pair("title", &item.title);
        optional(writer, "schedule_title", item.schedule_title.as_deref());
        optional(writer, "label", item.label.as_deref());
        optional(writer, "group", item.group.as_deref());
        writer.text("text", &item.text);
        tasks(writer, &item.tasks);
    });
}

fn tasks(writer: &mut Writer, tasks: &[Task]) {
    if !tasks.is_empty() {
        writer.list("tasks", |writer| tasks.iter().for_each(|of| task(writer, of)));
    }
}

fn task(writer: &mut Writer, task: &Task) {
    for words in &task.comments {
        writer.please_check(&one_line(words));
    }
    writer.entry(|writer| {
        writer.pair("task", &task.text);
        match (&task.when, &task.filed) {
            (Some(when), Some(filed)) => {
                writer.line(&format!("when: {{ as: {}, in: {} }}", flow(when), flow(filed)));
            }
            (when, _) => optional(writer, "when", when.as_deref()),
        }
        names(writer, "leader", &task.leaders);
        names(writer, "office", &task.offices);
        names(writer, "support", &task.support);
        optional(writer, "audience", task.audience.as_deref());
        optional(writer, "remark", task.remark.as_deref());
        if !task.activities.is_empty() {
            writer.list("activities", |writer| {
                for activity in &task.activities {
                    let (name, when) = (flow(&activity.name), flow(&activity.when));
                    let id = &activity.id;
                    let place = activity.place.as_deref().map(flow);
                    let place = place.map_or_else(String::new, |place| format!(", place: {place}"));
                    writer.line(&format!("- {{ id: {id}, name: {name}, when: {when}{place} }}"));
                }
            });
        }
    });
}

/// Names on one line; as a list where one of them holds the mark that parts them.
fn names(writer: &mut Writer, key: &str, names: &[String]) {
    if names.is_empty() {
        return;
    }
    let is_parted = |name: &String| name.contains(['、', '，', ',', '；', ';', '/']);
    match names.iter().any(is_parted) {
        true => {
            let names: Vec<String> = names.iter().map(|name| flow(name)).collect();
            writer.line(&format!("{key}: [{}]", names.join(", ")));
        }
        false => writer.pair(key, &names.join("、")),
    }
}

/// A comment ends with its line.
fn one_line(words: &Words) -> Words {
    let flat = |text: &str| text.replace(char::is_control, " ");
    Words { zh: flat(&words.zh), en: flat(&words.en) }
}
