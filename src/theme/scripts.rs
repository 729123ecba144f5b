//! Scripts without what only their authors need.

/// Leaves out the comments that have lines of their own, and indentation. A script in which a line
/// may begin within a text or in the middle of a comment is left as it is.
pub fn compact(script: &str) -> String {
    if !lines_begin_anew(script) {
        return script.to_owned();
    }
    let mut compact = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        in_comment |= line.starts_with("/*");
        if !in_comment && !line.is_empty() && !line.starts_with("//") {
            compact.push_str(line);
            compact.push('\n');
        }
        in_comment &= !line.ends_with("*/");
    }
    compact
}

/// Tells whether each line begins outside of texts, and each `/*` and `*/` stands at an end of its
/// line.
fn lines_begin_anew(script: &str) -> bool {
    let is_plain = |line: &str| {
        let inner = line.strip_prefix("/*").unwrap_or(line);
        let inner = inner.strip_suffix("*/").unwrap_or(inner);
        !inner.contains("/*") && !inner.contains("*/") && !line.ends_with('\\')
    };
    !script.contains('`') && script.lines().map(str::trim).all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::compact;

    #[test]
    fn comments_with_lines_of_their_own_and_indentation_are_left_out() {
        let script = "/* What it\n   does. */\n(function () {\n  // Why.\n  go(\"//x\"); // Here.\n\n})();\n";
        assert_eq!(compact(script), "(function () {\ngo(\"//x\"); // Here.\n})();\n");
        assert_eq!(
            compact("/* One line. */\ngo();\n/*\n// two\n*/\nstop();\n"),
            "go();\nstop();\n"
        );
    }

    #[test]
    fn a_script_whose_lines_may_begin_elsewhere_is_left_as_it_is() {
        for script in [
            "var t = `\n  // text\n`;\n",
            "go(); /* a\n  // b\n*/ stop();\n",
            "var s = \"a\\\n  // b\";\n",
            "/* a */ go();\n",
        ] {
            assert_eq!(compact(script), script);
        }
    }

    #[test]
    fn the_scripts_of_the_default_theme_get_shorter() {
        for (name, text) in super::super::builtin::FILES {
            if name.ends_with(".js") {
                assert!(compact(text).len() < text.len(), "{name}");
            }
        }
    }
}
