//! Entries of a map, changed, added or taken out where they stand.

use super::apply::NoPlace;
use super::located::{Entry, entry};
use super::paragraphs;
use super::pen::Pen;
use super::scalar;
use super::typed::Typed;
use crate::export::contents::{Field, Owner};
use crate::source::node::{Kind, Node};

const PLAN: [&str; 8] = [
    "title",
    "issued",
    "document_number",
    "notice",
    "schedule_title",
    "overview",
    "sections",
    "tasks",
];
const NOTICE: [&str; 4] = ["title", "to", "text", "attachments"];
const SECTION: [&str; 6] = ["id", "title", "schedule_title", "text", "items", "tasks"];
const ITEM: [&str; 7] = ["id", "title", "schedule_title", "label", "group", "text", "tasks"];
const TASK: [&str; 9] =
    ["id", "task", "when", "leader", "office", "support", "audience", "remark", "activities"];

/// In which order the fields of an owner are typed.
pub(super) fn order(owner: Owner) -> &'static [&'static str] {
    match owner {
        Owner::Plan => &PLAN,
        Owner::Notice => &NOTICE,
        Owner::Section(_) => &SECTION,
        Owner::Item(_) => &ITEM,
    }
}

/// In which order the fields of a task are typed.
pub(super) fn order_of_task() -> &'static [&'static str] {
    &TASK
}

/// Changes the entries of a map.
pub(super) struct Entries<'e, 't, 'n, 'a> {
    pub typed: &'t Typed,
    pub pen: &'e mut Pen<'t>,
    pub map: &'n Node<'a>,
    pub order: &'static [&'static str],
    /// Keys whose entries are taken out.
    pub gone: Vec<&'static str>,
}

impl<'n, 'a> Entries<'_, '_, 'n, 'a> {
    fn pairs(&self) -> &'n [(Node<'a>, Node<'a>)] {
        match &self.map.kind {
            Kind::Map(pairs) => pairs,
            _ => &[],
        }
    }

    fn is_flow(&self) -> bool {
        self.typed.raw[self.typed.start(self.map)..].starts_with('{')
    }

    /// Sets a text of one line; a blank one takes the entry out.
    pub fn line(&mut self, key: &'static str, text: &str) -> Result<(), NoPlace> {
        match entry(self.map, key) {
            Some(found) if text.is_empty() => self.remove(key, found),
            Some(found) => {
                self.replace_line(found, text);
                Ok(())
            }
            None if text.is_empty() => Ok(()),
            None => {
                let flow = self.is_flow();
                self.insert(key, &scalar::line(text, "", flow))
            }
        }
    }

    /// Sets paragraphs; none of them take the entry out.
    pub fn paragraphs(
        &mut self,
        field: Field,
        old: &[String],
        new: &[String],
    ) -> Result<(), NoPlace> {
        let key = field.name;
        match entry(self.map, key) {
            Some(found) if new.is_empty() => self.remove(key, found),
            Some((name, value)) => {
                paragraphs::replace(self.typed, self.pen, (name, value), old, new);
                Ok(())
            }
            None if new.is_empty() => Ok(()),
            None if self.is_flow() => Err(NoPlace),
            None => {
                let indent = self.indent()? + 2;
                let text = match new {
                    [only] if only.chars().count() <= SHORT => scalar::line(only, "", false),
                    _ => scalar::folded(new, indent, self.typed.line_break()),
                };
                self.insert(key, &text)
            }
        }
    }

    /// How far the keys are set in.
    pub fn indent(&self) -> Result<usize, NoPlace> {
        self.pairs().first().map(|(key, _)| key.span.column - 1).ok_or(NoPlace)
    }

    fn replace_line(&mut self, (key, value): Entry<'n, 'a>, text: &str) {
        let range = self.typed.range(value, key.span.column - 1);
        let before = &self.typed.raw[range.clone()];
        let is_block = before.starts_with(['|', '>']) && matches!(value.kind, Kind::Text(_));
        let flow = self.is_flow();
        if value.span.line == key.span.line && !is_block {
            self.pen.replace(range, scalar::line(text, before, flow));
            return;
        }
        let start = self.behind_colon(key);
        self.pen.replace(start..range.end, format!(" {}", scalar::line(text, "", flow)));
    }

    /// Where the value of a key may begin.
    fn behind_colon(&self, key: &Node<'_>) -> usize {
        let end = self.typed.range(key, 0).end;
        self.typed.raw[end..].find(':').map_or(end, |at| end + at + 1)
    }

    fn remove(&mut self, name: &'static str, (key, value): Entry<'n, 'a>) -> Result<(), NoPlace> {
        let pairs = self.pairs();
        let at = pairs.iter().position(|(other, _)| std::ptr::eq(other, key)).ok_or(NoPlace)?;
        let end = self.typed.range(value, key.span.column - 1).end;
        self.gone.push(name);
        if at == 0 {
            let (next, _) = pairs.get(1).ok_or(NoPlace)?;
            self.pen.replace(self.typed.start(key)..self.typed.start(next), "");
        } else if self.is_flow() {
            let (before_key, before) = &pairs[at - 1];
            let start = self.typed.range(before, before_key.span.column - 1).end;
            self.pen.replace(start..end, "");
        } else {
            let start = self.typed.line_start(key.span.line);
            let end = self.typed.line_start(self.typed.line_at(end) + 1);
            self.pen.replace(start..end, "");
        }
        Ok(())
    }

    /// Adds an entry behind those that are typed before it.
    pub fn insert(&mut self, key: &str, value: &str) -> Result<(), NoPlace> {
        let rank = |name: &str| self.order.iter().position(|known| *known == name);
        let wanted = rank(key);
        let stands = |(name, _): &&(Node<'a>, Node<'a>)| {
            let name = name.text().unwrap_or_default();
            rank(name) < wanted && !self.gone.contains(&name)
        };
        let before = self
            .pairs()
            .iter()
            .filter(stands)
            .max_by_key(|(name, _)| rank(name.text().unwrap_or_default()));
        let (name, before) = before.ok_or(NoPlace)?;
        let end = self.typed.range(before, name.span.column - 1).end;
        if self.is_flow() {
            self.pen.insert(end, format!(", {key}: {value}"));
            return Ok(());
        }
        let last = self.typed.line_at(end);
        let at = self.typed.line_start(last) + self.typed.line(last).len();
        let (indent, line_break) = (" ".repeat(self.indent()?), self.typed.line_break());
        self.pen.insert(at, format!("{line_break}{indent}{key}: {value}"));
        Ok(())
    }
}

/// A text of up to so many characters stands on the line of its key.
const SHORT: usize = 60;
