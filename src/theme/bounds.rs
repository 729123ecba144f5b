//! What is nested or chained beyond reason in a theme's files. The engines that read them go as deep
//! as they do, and would run out of stack.

use crate::diagnostic::{Diagnostic, SourceFile, Span, faults};
use crate::limits;

/// A tag of a template that is too long, or a branch too many.
pub fn check_template(file: &SourceFile) -> Option<Diagnostic> {
    let bytes = file.text.as_bytes();
    let (mut at, mut branches) = (0, 0);
    while let Some(next) = memchr::memchr(b'{', &bytes[at..]) {
        at += next;
        let (end, most) = match bytes.get(at + 1) {
            Some(b'#') => ("#}", usize::MAX),
            Some(b'%') => ("%}", limits::TEMPLATE_TAG_BYTES),
            Some(b'{') => ("}}", limits::TEMPLATE_TAG_BYTES),
            _ => {
                at += 1;
                continue;
            }
        };
        let within = &bytes[at..bytes.len().min(at.saturating_add(most))];
        let Some(length) = memchr::memmem::find(within, end.as_bytes()) else {
            let goes_on = within.len() < bytes.len() - at;
            return goes_on.then(|| tangled(file, at));
        };
        let tag = within[2..length.max(2)].trim_ascii_start();
        let tag = tag.strip_prefix(b"-").unwrap_or(tag).trim_ascii_start();
        branches += usize::from(tag.starts_with(b"elif"));
        if branches > limits::TEMPLATE_BRANCHES {
            return Some(tangled(file, at));
        }
        at += length;
    }
    None
}

/// Braces and brackets of a style sheet that are nested too deep.
pub fn check_sheet(file: &SourceFile) -> Option<Diagnostic> {
    let mut depth = 0_usize;
    for (at, byte) in file.text.bytes().enumerate() {
        match byte {
            b'{' | b'(' | b'[' => depth += 1,
            b'}' | b')' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > limits::STYLE_DEPTH {
            return Some(tangled(file, at));
        }
    }
    None
}

fn tangled(file: &SourceFile, at: usize) -> Diagnostic {
    let before = &file.text[..at];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    faults::tangled_theme_file(file.place(Span { line, column, width: 1 }))
}

#[cfg(test)]
mod tests {
    use super::{check_sheet, check_template};
    use crate::diagnostic::SourceFile;

    #[test]
    fn chains_and_nests_without_end_are_found_before_they_are_read() {
        let chains = ["1+", "not ", "x.", "x|trim|", "[", "-"];
        for text in chains.map(|chain| format!("a\n {{{{ {} }}}}", chain.repeat(100_000))) {
            let found = check_template(&SourceFile::new("a.html", text)).unwrap();
            let spot = found.place.unwrap().spot.unwrap();
            assert_eq!((spot.span.line, spot.span.column), (2, 2));
        }
        let branches = format!("{{% if a %}}{}{{% endif %}}", "{%- elif b %}".repeat(10_000));
        assert!(check_template(&SourceFile::new("a.html", branches)).is_some());
        for open in ["a{", "a(", "[", "@media{"] {
            assert!(check_sheet(&SourceFile::new("a.css", open.repeat(300_000))).is_some());
        }
    }
}
