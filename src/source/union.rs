//! `union.yaml` → [`Union`].

use super::fields::{Reader, all_keys};
use super::node::Node;
use super::spelling::bare_name;
use super::time;
use crate::diagnostic::{Span, faults};
use crate::plan::{Leader, Office, Terms, Union};
use std::collections::HashMap;
use std::sync::LazyLock;

const UNION: [&str; 7] =
    ["name", "short_name", "offices", "everyone", "leaders", "terms", "contact"];
const TERMS: [&str; 6] = ["spring", "autumn", "first", "second", "winter_break", "summer_break"];
const PERSON: [&str; 2] = ["id", "name"];

/// Every key that union.yaml knows.
pub static KEYS: LazyLock<Vec<&str>> = LazyLock::new(|| all_keys(&[&UNION, &PERSON, &TERMS]));

/// Reads a union. None if a part without which nothing can be checked is missing.
pub fn read<'a>(reader: &mut Reader<'a>, root: &Node<'a>) -> Option<Union> {
    let fields = reader.fields(root, &UNION)?;
    reader.require(root, "name", "工会全称", "the union's name");
    let name = reader.line(fields.get("name"), "name");
    let short_name = reader.line(fields.get("short_name"), "short_name");
    let offices = people(reader, fields.get("offices"), "offices");
    let leaders = people(reader, fields.get("leaders"), "leaders");
    let everyone = reader.line(fields.get("everyone"), "everyone");
    let contact = reader.line(fields.get("contact"), "contact");
    let terms = fields.get("terms").map_or_else(Terms::default, |node| terms(reader, node));
    let name = name?;
    Some(Union {
        short_name: short_name.unwrap_or_else(|| name.clone()),
        name,
        offices: offices.into_iter().map(|(id, name)| Office { id, name }).collect(),
        everyone: everyone.map_or_else(|| "全体".to_owned(), |text| bare_name(&text)),
        leaders: leaders.into_iter().map(|(id, name)| Leader { id, name }).collect(),
        terms,
        contact,
    })
}

/// Reads a list of `{ id, name }`; ids and names must be the only ones of their list.
fn people<'a>(
    reader: &mut Reader<'a>,
    node: Option<&Node<'a>>,
    key: &str,
) -> Vec<(String, String)> {
    let mut ids = HashMap::new();
    let mut names: HashMap<String, usize> = HashMap::new();
    let mut people = Vec::new();
    for entry in reader.list(node, key) {
        let Some(fields) = reader.fields(entry, &PERSON) else {
            continue;
        };
        reader.require(entry, "id", "网址里用的代号", "names the page");
        reader.require(entry, "name", "名称", "as the plan writes it");
        let id = reader.id(fields.get("id"), &mut ids);
        let name = reader.line(fields.get("name"), "name").map(|name| bare_name(&name));
        let Some(name) = name else { continue };
        let at = fields.get("name").map_or(Span::default(), |node| node.span);
        if let Some(line) = names.get(&name).copied() {
            reader.fault(|place| faults::duplicate_name(place, &name, line), at);
            continue;
        }
        names.insert(name.clone(), at.line);
        // A name without a sound id is known all the same: plans may name it.
        people.push((id.unwrap_or_default(), name));
    }
    people
}

/// Reads the months of terms and holidays, each as a time: `spring: 2-7月`.
fn terms<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Terms {
    let mut terms = Terms::default();
    let Some(fields) = reader.fields(node, &TERMS) else {
        return terms;
    };
    for (key, months) in [
        ("spring", &mut terms.spring),
        ("autumn", &mut terms.autumn),
        ("first", &mut terms.first),
        ("second", &mut terms.second),
        ("winter_break", &mut terms.winter_break),
        ("summer_break", &mut terms.summer_break),
    ] {
        // Any year serves: only the months are kept.
        if let Some(when) = time::read(reader, fields.get(key), 2000, &Terms::default()) {
            *months = when.months();
        }
    }
    terms
}
