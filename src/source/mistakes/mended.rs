//! A file's text once it is mended, with the way back to the file as typed.

use super::pen::{self, Shift};
use crate::diagnostic::Span;
use crate::source::node::{Document, Kind, Node};
use std::collections::HashMap;

/// A file's text with its mistakes mended, line for line.
pub struct Mended {
    /// The text.
    pub text: String,
    /// Whether anything was mended.
    pub found: bool,
    pub(super) shifts: HashMap<usize, Vec<Shift>>,
}

impl Mended {
    /// Where a piece of the mended text stands in the file as typed.
    pub fn typed(&self, span: Span) -> Span {
        let Some(shifts) = self.shifts.get(&span.line) else {
            return span;
        };
        let column = pen::typed(shifts, span.column);
        let end = pen::typed(shifts, span.column + span.width);
        Span { line: span.line, column, width: end.saturating_sub(column).max(1) }
    }

    /// Shows everything where it stands in the file as typed.
    pub fn retrace(&self, document: &mut Document<'_>) {
        self.retrace_node(&mut document.root);
        document.cut.iter_mut().for_each(|(span, _)| *span = self.typed(*span));
    }

    fn retrace_node(&self, node: &mut Node<'_>) {
        node.span = self.typed(node.span);
        match &mut node.kind {
            Kind::List(list) => list.iter_mut().for_each(|node| self.retrace_node(node)),
            Kind::Map(map) => map.iter_mut().for_each(|(key, value)| {
                self.retrace_node(key);
                self.retrace_node(value);
            }),
            Kind::Empty | Kind::Text(_) => {}
        }
    }

    /// Takes what can't be read out of a line: its value, else its key, else all of it. False if
    /// there is nothing to take.
    pub fn set_aside(&mut self, line: usize) -> bool {
        let begin = self.text.split_inclusive('\n').take(line - 1).map(str::len).sum::<usize>();
        let end = self.text[begin..].find('\n').map_or(self.text.len(), |at| begin + at);
        let typed = self.text[begin..end].trim_end();
        let kept = match (typed.find(": "), typed.find("- ")) {
            (Some(colon), _) => colon + 1,
            (None, Some(dash)) if typed[..dash].trim().is_empty() => dash + 1,
            _ => 0,
        };
        let empty = typed.is_empty();
        self.text.replace_range(begin + kept..end, "");
        !empty
    }
}

#[cfg(test)]
mod tests {
    use super::Mended;
    use std::collections::HashMap;

    #[test]
    fn a_broken_line_loses_its_value_then_its_key_then_all() {
        let text = "tasks:\n  - task: }a\n    when: 5月\n".to_owned();
        let mut mended = Mended { text, found: false, shifts: HashMap::new() };
        for left in ["  - task:", "  -", ""] {
            assert!(mended.set_aside(2));
            assert_eq!(mended.text.lines().nth(1), Some(left));
        }
        assert!(!mended.set_aside(2));
        assert_eq!(mended.text.lines().nth(2), Some("    when: 5月"));
    }
}
