//! The notice and the full text, as issued.

use crate::plan::Item;
use crate::site::lists::{breaks_at_punctuation, value};
use crate::site::view::Way;
use crate::site::{Head, PlanPages, here};
use serde::Serialize;

/// Variables of `notice.html`.
#[derive(Serialize)]
struct NoticePage<'p> {
    notice: Option<Letter<'p>>,
    overview: &'p [String],
    schedule_title: Option<&'p str>,
    sections: Vec<FullSection<'p>>,
    /// Tasks that stand straight under the plan: its points, where it has no others.
    tasks: Vec<&'p str>,
    schedule_page: String,
    /// What is offered for download.
    files: Vec<Way>,
}

#[derive(Serialize)]
struct Letter<'p> {
    title: &'p str,
    to: Option<&'p str>,
    text: &'p [String],
    attachments: &'p [String],
}

#[derive(Serialize)]
struct FullSection<'p> {
    number: usize,
    numeral: String,
    title: &'p str,
    keep: bool,
    /// Anchor.
    id: String,
    text: &'p [String],
    items: Vec<FullItem<'p>>,
}

#[derive(Serialize)]
struct FullItem<'p> {
    number: usize,
    /// As printed, with its dot: `1.`, `（一）`.
    label: String,
    title: &'p str,
    /// Anchor.
    id: String,
    page: String,
    group: Option<String>,
    text: &'p [String],
}

/// Adds the notice page. `attachments` are names below the plan's `files/`.
pub fn add(pages: &mut PlanPages<'_>, attachments: &[String]) {
    let lists = &pages.lists;
    let plan = lists.plan;
    let item = |item: &'_ Item| {
        let line = lists.item_line(item);
        (printed_label(item), line.page, line.group)
    };
    let sections = plan.sections.iter().map(|section| FullSection {
        number: section.number,
        numeral: lists.wording.numeral(section.number),
        title: &section.title,
        keep: breaks_at_punctuation(&section.title),
        id: format!("s{}", section.number),
        text: &section.text,
        items: plan.items[section.items.clone()]
            .iter()
            .map(|full| {
                let (label, page, group) = item(full);
                FullItem {
                    number: full.number,
                    label,
                    title: &full.title,
                    id: format!("n{}", full.number),
                    page,
                    group,
                    text: &full.text,
                }
            })
            .collect(),
    });
    let view = NoticePage {
        notice: plan.notice.as_ref().map(|notice| Letter {
            title: &notice.title,
            to: notice.to.as_deref(),
            text: &notice.text,
            attachments: &notice.attachments,
        }),
        overview: &plan.overview,
        schedule_title: plan.schedule_title.as_deref(),
        sections: sections.collect(),
        tasks: plan
            .tasks
            .iter()
            .filter(|task| task.section.is_none())
            .map(|task| task.text.as_str())
            .collect(),
        schedule_page: lists.routes.schedule(),
        files: attachments
            .iter()
            .map(|name| Way {
                title: name.clone(),
                label: None,
                page: lists.routes.attachment(name),
            })
            .collect(),
    };
    let head = Head {
        path: lists.routes.notice(),
        kind: "notice",
        title: plan.notice.as_ref().map_or(&plan.title, |notice| &notice.title).clone(),
        description: lists.wording.describe_notice(plan),
        door: Some("notice"),
        crumbs: vec![here(match plan.notice {
            Some(_) => lists.wording.notice(),
            None => lists.wording.full_text(),
        })],
        previous: None,
        next: None,
    };
    let view = value(&view);
    pages.push(head, view);
}

/// The number of an item as a notice prints it: `1.`, `一、`; a label that ends in a mark of its own
/// (`（一）`, `1、`, `①`) stays as it is.
pub fn printed_label(item: &Item) -> String {
    let label = item.printed_label();
    match label.chars().last() {
        Some(last) if last.is_ascii_alphanumeric() => format!("{label}."),
        // Enclosed numbers count as alphanumeric, too.
        Some('①'..='⓿' | '㈠'..='㉃' | '㊀'..='㊰' | '❶'..='➓') => label,
        Some(last) if last.is_alphanumeric() => format!("{label}、"),
        _ => label,
    }
}

#[cfg(test)]
mod tests {
    use super::printed_label;
    use crate::plan::Item;

    #[test]
    fn a_label_has_one_mark_behind_it() {
        for (label, printed) in [
            (None, "3."),
            (Some("1"), "1."),
            (Some("1、"), "1、"),
            (Some("一"), "一、"),
            (Some("（一）"), "（一）"),
            (Some("①"), "①"),
            (Some("㈠"), "㈠"),
        ] {
            let item = Item {
                number: 3,
                id: "3".to_owned(),
                label: label.map(str::to_owned),
                group: None,
                title: String::new(),
                schedule_title: None,
                text: Vec::new(),
                section: 0,
                tasks: 0..0,
            };
            assert_eq!(printed_label(&item), printed, "{label:?}");
        }
    }
}
