//! Paragraphs of a text, changed where they stand: those that stay the same stay as they were
//! typed.

use super::located::Entry;
use super::pen::Pen;
use super::scalar;
use super::typed::Typed;
use crate::source::node::{Kind, Node};
use std::ops::Range;

/// Puts new paragraphs in the place of an entry's old ones.
pub(super) fn replace(
    typed: &Typed,
    pen: &mut Pen<'_>,
    (key, value): Entry<'_, '_>,
    old: &[String],
    new: &[String],
) {
    let indent = key.span.column - 1;
    let range = typed.range(value, indent);
    let before = &typed.raw[range.clone()];
    let is_text = matches!(value.kind, Kind::Text(_));
    if is_text && before.starts_with(['|', '>']) {
        let block = Block::new(typed, value, indent);
        if block.groups.len() == old.len() {
            return block.replace(pen, old, new);
        }
    }
    if let Kind::List(list) = &value.kind {
        return replace_list(typed, pen, list, old, new, range);
    }
    if let [only] = new
        && is_text
        && !before.starts_with(['|', '>'])
    {
        return pen.replace(range, scalar::line(only, before, false));
    }
    pen.replace(range, scalar::folded(new, indent + 2, typed.line_break()));
}

/// A list of texts: one that changes is changed alone, else the list is typed anew.
fn replace_list(
    typed: &Typed,
    pen: &mut Pen<'_>,
    list: &[Node<'_>],
    old: &[String],
    new: &[String],
    range: Range<usize>,
) {
    let flow = typed.raw[range.start..].starts_with('[');
    let indent = list.first().map_or(0, |node| typed.indent(node.span.line));
    if list.len() == old.len() && new.len() == old.len() {
        for (at, node) in list.iter().enumerate().filter(|(at, _)| old[*at] != new[*at]) {
            let range = typed.range(node, indent);
            let text = scalar::line(&new[at], &typed.raw[range.clone()], flow);
            pen.replace(range, text);
        }
        return;
    }
    let texts = new.iter().map(|text| scalar::line(text, "", flow));
    if flow {
        return pen.replace(range, format!("[{}]", texts.collect::<Vec<_>>().join(", ")));
    }
    // Of a list that is not set in, the parser tells where its first dash ends.
    let start = list.first().map_or(range.start, |node| typed.line_start(node.span.line) + indent);
    let between = format!("{}{}- ", typed.line_break(), " ".repeat(indent));
    pen.replace(start..range.end, format!("- {}", texts.collect::<Vec<_>>().join(&between)));
}

/// A text behind `>` or `|`.
struct Block<'t> {
    typed: &'t Typed,
    /// The lines of each paragraph, the last one not among them.
    groups: Vec<Range<usize>>,
    /// How far its lines are set in.
    indent: usize,
    /// What stands between two paragraphs.
    between: String,
}

impl<'t> Block<'t> {
    fn new(typed: &'t Typed, value: &Node<'_>, indent: usize) -> Self {
        let lines = typed.block_lines(typed.line_at(typed.start(value)), indent);
        let is_literal = typed.raw[typed.start(value)..].starts_with('|');
        let mut groups: Vec<Range<usize>> = Vec::new();
        for line in lines.clone().filter(|line| !typed.line(*line).trim().is_empty()) {
            match groups.last_mut() {
                Some(group) if group.end == line && !is_literal => group.end = line + 1,
                _ => groups.push(line..line + 1),
            }
        }
        let line_break = typed.line_break();
        let indent = groups.first().map_or(indent + 2, |group| typed.indent(group.start));
        let blanks = " ".repeat(indent);
        let between = match is_literal {
            true => format!("{line_break}{blanks}"),
            false => format!("{line_break}{line_break}{blanks}"),
        };
        Self { typed, groups, indent, between }
    }

    /// The bytes of paragraphs, without how far the first is set in.
    fn bytes(&self, groups: &[Range<usize>]) -> Range<usize> {
        let (first, last) = match groups {
            [] => return 0..0,
            [first, ..] => (first.start, groups[groups.len() - 1].end - 1),
        };
        let end = self.typed.line_start(last) + self.typed.line(last).len();
        self.typed.line_start(first) + self.indent..end
    }

    fn replace(&self, pen: &mut Pen<'_>, old: &[String], new: &[String]) {
        let same_front = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        let (old_rest, new_rest) = (&old[same_front..], &new[same_front..]);
        let same_back =
            old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
        let back = old.len() - same_back;
        let text = new[same_front..new.len() - same_back].join(&self.between);
        let groups = &self.groups;
        if same_front < back {
            let range = self.bytes(&groups[same_front..back]);
            if !text.is_empty() {
                pen.replace(range, text);
            } else if back < groups.len() {
                pen.replace(range.start..self.bytes(&groups[back..]).start, "");
            } else {
                let front = self.bytes(&groups[..same_front]);
                pen.replace(front.end..range.end, "");
            }
        } else if same_front > 0 {
            let front = self.bytes(&groups[..same_front]);
            pen.insert(front.end, format!("{}{text}", self.between));
        } else {
            pen.insert(self.bytes(groups).start, format!("{text}{}", self.between));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::replace;
    use crate::diagnostic::SourceFile;
    use crate::import::update::located::entry;
    use crate::import::update::pen::Pen;
    use crate::import::update::typed::Typed;
    use crate::source::node;

    /// The text with the paragraphs of `a`, which are parted by bars.
    fn changed(yaml: &str, old: &str, new: &str) -> String {
        let file = SourceFile::new("plan.yaml", yaml);
        let root = node::parse(&file).unwrap();
        let typed = Typed::new(yaml.to_owned());
        let mut pen = Pen::new(&typed.raw);
        let list = |text: &str| text.split('|').map(str::to_owned).collect::<Vec<_>>();
        replace(&typed, &mut pen, entry(&root, "a").unwrap(), &list(old), &list(new));
        pen.finish().unwrap()
    }

    #[test]
    fn paragraphs_that_stay_are_not_typed_anew() {
        let yaml = "a: >-\n   一，\n   一。\n\n   二。\n\n   三。\n# 注\nb: x\n";
        let with = |text: &str| yaml.replace("   一，\n   一。\n\n   二。\n\n   三。\n", text);
        let old = "一，一。|二。|三。";
        for (new, text) in [
            ("一，一。|贰。|三。", "   一，\n   一。\n\n   贰。\n\n   三。\n"),
            ("一，一。|三。", "   一，\n   一。\n\n   三。\n"),
            ("一，一。|二。", "   一，\n   一。\n\n   二。\n"),
            ("二。|三。", "   二。\n\n   三。\n"),
            ("零。|一，一。|二。|三。", "   零。\n\n   一，\n   一。\n\n   二。\n\n   三。\n"),
            ("一，一。|二。|三。|四。", "   一，\n   一。\n\n   二。\n\n   三。\n\n   四。\n"),
            ("甲|乙|丙|丁", "   甲\n\n   乙\n\n   丙\n\n   丁\n"),
        ] {
            assert_eq!(changed(yaml, old, new), with(text), "{new}");
        }
        assert_eq!(
            changed("a: |\n  一\n  二\nb: x\n", "一|二", "一|中|二"),
            "a: |\n  一\n  中\n  二\nb: x\n"
        );
    }

    #[test]
    fn texts_without_a_block_and_lists_keep_their_style() {
        assert_eq!(changed("a: 一 # 注\n", "一", "二"), "a: 二 # 注\n");
        assert_eq!(changed("a: '一'\n", "一", "二"), "a: '二'\n");
        assert_eq!(changed("a: 一\nb: x\n", "一", "一|二"), "a: >-\n  一\n\n  二\nb: x\n");
        assert_eq!(changed("a: [一, 二]\n", "一|二", "一|贰"), "a: [一, 贰]\n");
        assert_eq!(changed("a: [一, 二]\n", "一|二", "一"), "a: [一]\n");
        assert_eq!(
            changed("a:\n  - 一 # 注\n  - 二\nb: x\n", "一|二", "一|贰"),
            "a:\n  - 一 # 注\n  - 贰\nb: x\n"
        );
        assert_eq!(changed("a:\n  - 一\nb: x\n", "一", "一|二"), "a:\n  - 一\n  - 二\nb: x\n");
        assert_eq!(changed("a:\n- 一\nb: x\n", "一", "一|二"), "a:\n- 一\n- 二\nb: x\n");
    }
}
