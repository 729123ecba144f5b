//! A text as YAML wants it, in the style of what stood there before.

/// A text of one line. `before` is what stood in its place, as it was typed; `flow` tells whether
/// it stands between braces.
pub(super) fn line(text: &str, before: &str, flow: bool) -> String {
    match before.chars().next() {
        Some('"') if !text.contains(['"', '\\']) => format!("\"{text}\""),
        Some('\'' | '"') => single(text),
        _ if is_plain(text, flow) => text.to_owned(),
        _ => single(text),
    }
}

fn single(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Tells whether a text means itself without quotes.
fn is_plain(text: &str, flow: bool) -> bool {
    const MARKS: &str = "-?:,[]{}#&*!|>'\"%@`~=";
    let first = text.chars().next();
    let is_marked = first.is_none_or(|c| MARKS.contains(c) || c.is_whitespace());
    let breaks = text.contains(": ") || text.contains(" #") || text.ends_with([':', ' ']);
    let is_nothing = matches!(text, "null" | "Null" | "NULL");
    let leaves_flow = flow && text.contains([',', '[', ']', '{', '}', ':']);
    let is_end = text.starts_with("...");
    !is_marked
        && !breaks
        && !is_nothing
        && !leaves_flow
        && !is_end
        && !text.contains(char::is_control)
}

/// Paragraphs below a key: `>-`, a line each, a blank line between.
pub(super) fn folded(paragraphs: &[String], indent: usize, line_break: &str) -> String {
    let blanks = " ".repeat(indent);
    let lines: Vec<String> = paragraphs.iter().map(|text| format!("{blanks}{text}")).collect();
    let between = format!("{line_break}{line_break}");
    format!(">-{line_break}{}", lines.join(&between))
}

#[cfg(test)]
mod tests {
    use super::line;
    use crate::diagnostic::SourceFile;
    use crate::source::node::{self, Kind};

    #[test]
    fn what_is_written_is_read_as_it_was() {
        for text in [
            "6月",
            "“奋进新征程”拔河比赛（5月）",
            "主题: 学习",
            "学习 #党史",
            "=1+1",
            "+86",
            "-1",
            "@甲",
            "it's",
            "\"引\"号",
            "a, b",
            "{甲}",
            "[乙]",
            "null",
            "~",
            "尾:",
            "C:\\x",
            "- 甲",
            "...",
            "*重要",
            "&",
            "50%",
            "%",
        ] {
            for before in ["旧", "'旧'", "\"旧\"", ""] {
                let yaml = format!(
                    "a: {}\nb: {{ c: {} }}\n",
                    line(text, before, false),
                    line(text, before, true)
                );
                let file = SourceFile::new("plan.yaml", yaml.clone());
                let root = node::parse(&file).unwrap_or_else(|fault| panic!("{yaml}: {fault:?}"));
                let Kind::Map(pairs) = &root.kind else { panic!("{yaml}") };
                assert_eq!(pairs[0].1.text(), Some(text), "{yaml}");
                let Kind::Map(inner) = &pairs[1].1.kind else { panic!("{yaml}") };
                assert_eq!(inner[0].1.text(), Some(text), "{yaml}");
            }
        }
    }
}
