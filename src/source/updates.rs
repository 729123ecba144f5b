//! `updates.yaml` → [`Update`]s, with the plan at hand to know what they are about.

use super::fields::Reader;
use super::node::{Kind, Node};
use crate::diagnostic::faults;
use crate::plan::update::About;
use crate::plan::{Plan, Status, Update};

/// Every key that updates.yaml knows.
pub const KEYS: [&str; 7] = UPDATE;

const UPDATE: [&str; 7] = ["on", "about", "status", "date", "place", "text", "link"];

/// Reads the updates of a plan, in the order of their days.
pub fn read<'a>(reader: &mut Reader<'a>, root: &Node<'a>, plan: &Plan) -> Vec<Update> {
    let mut updates = Vec::new();
    // A file with nothing but comments tells of nothing yet.
    let root = Some(root).filter(|root| root.kind != Kind::Empty);
    for node in reader.list(root, "updates.yaml") {
        updates.extend(update(reader, node, plan));
    }
    updates.sort_by_key(|update| update.on);
    updates
}

fn update<'a>(reader: &mut Reader<'a>, node: &Node<'a>, plan: &Plan) -> Option<Update> {
    let fields = reader.fields(node, &UPDATE)?;
    reader.require(node, "on", "登记的日期", "the day of the report");
    reader.require(node, "about", "说的是哪项活动、任务或要点", "what it is about");
    let on = reader.date(fields.get("on"), "on", plan.year);
    let about = fields.get("about").and_then(|node| about(reader, node, plan));
    let status = fields.get("status").and_then(|node| status(reader, node));
    let date = reader.line(fields.get("date"), "date");
    let place = reader.line(fields.get("place"), "place");
    let text = reader.paragraphs(fields.get("text"), "text");
    let link = fields.get("link").and_then(|node| link(reader, node));
    Some(Update { on: on?, about: about?, status, date, place, text, link })
}

fn about<'a>(reader: &mut Reader<'a>, node: &Node<'a>, plan: &Plan) -> Option<About> {
    let text = reader.text(node, "about")?;
    let activity = plan.activities.iter().position(|a| a.id == text).map(About::Activity);
    let task = || plan.tasks.iter().position(|t| t.number == text || t.id == text).map(About::Task);
    let item = || {
        let of = |i: &crate::plan::Item| i.id == text || i.number.to_string() == text;
        plan.items.iter().position(of).map(About::Item)
    };
    let found = activity.or_else(item).or_else(task);
    if found.is_none() {
        let activities = plan.activities.iter().map(|a| a.id.as_str());
        let known: Vec<&str> =
            activities.chain(plan.tasks.iter().map(|task| task.number.as_str())).collect();
        reader.fault(|place| faults::unknown_subject(place, text, &known), node.span);
    }
    found
}

fn status<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Status> {
    const CHINESE: [(&str, Status); 5] = [
        ("未开始", Status::Planned),
        ("进行中", Status::Underway),
        ("已完成", Status::Done),
        ("已延期", Status::Postponed),
        ("已取消", Status::Cancelled),
    ];
    let text = reader.text(node, "status")?;
    let found = Status::ALL.iter().chain(&CHINESE).find(|(word, _)| *word == text);
    if found.is_none() {
        let known: Vec<&str> = Status::ALL.iter().chain(&CHINESE).map(|(word, _)| *word).collect();
        reader.fault(|place| faults::unknown_value(place, "status", text, &known), node.span);
    }
    found.map(|(_, status)| *status)
}

/// A link that a page may carry: http, https, mailto, or a path inside the site.
pub fn link<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<String> {
    let text = reader.text(node, "link")?;
    if is_link(text) {
        return Some(text.to_owned());
    }
    reader.fault(|place| faults::bad_link(place, text), node.span);
    None
}

fn is_link(text: &str) -> bool {
    let fits = match text.split_once(':') {
        Some(("http" | "https", rest)) => rest.starts_with("//") && rest.len() > 2,
        Some(("mailto", rest)) => rest.contains('@'),
        Some(_) => false,
        None => {
            !text.is_empty()
                && !text.starts_with(['/', '\\'])
                && !text.contains('\\')
                && text.split('/').all(|part| !part.is_empty() && part != ".." && part != ".")
        }
    };
    fits && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::is_link;

    #[test]
    fn a_link_leads_to_the_web_a_mailbox_or_into_the_site() {
        for link in [
            "https://gh.example.edu.cn/2021",
            "http://example.edu.cn",
            "mailto:gonghui@example.edu.cn",
            "2021/files/照片.jpg",
        ] {
            assert!(is_link(link), "{link}");
        }
        for link in [
            "",
            "javascript:alert(1)",
            "data:text/html,x",
            "https://",
            "https:/x",
            "//example.org",
            "/etc/passwd",
            "../site.yaml",
            "2021/../../x",
            "a\\b",
            "https://a b",
            "mailto:x",
        ] {
            assert!(!is_link(link), "{link}");
        }
    }
}
