//! How diagnostics look: as text for people, as JSON for tools.

use super::{Diagnostic, Language, Place, Report, Severity, Spot};
use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};
use serde_json::json;

/// A line longer than this is shown as a window around the marked place, in characters.
const WINDOW: usize = 70;

/// Renders a report for people, one block a diagnostic, with a blank line between blocks.
///
/// `color` adds the escape codes of terminals.
pub fn text(report: &Report, language: Language, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let blocks: Vec<String> =
        report.diagnostics().iter().map(|d| block(d, language, &renderer)).collect();
    blocks.join("\n\n")
}

fn block(diagnostic: &Diagnostic, language: Language, renderer: &Renderer) -> String {
    let (error, warning, help) = match language {
        Language::Chinese => ("错误", "提醒", "怎么改"),
        Language::English => ("error", "warning", "help"),
    };
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR.with_name(error),
        Severity::Warning => Level::WARNING.with_name(warning),
    };
    let title = level.primary_title(diagnostic.message.get(language)).id(diagnostic.code);
    let mut group = match &diagnostic.place {
        Some(Place { path, spot: Some(spot) }) => title.element(snippet(path, spot)),
        Some(Place { path, spot: None }) => title.element(Origin::path(path.as_str())),
        None => Group::with_title(title),
    };
    for words in &diagnostic.help {
        let line = normalize_untrusted_str(words.get(language));
        group = group.element(Level::HELP.with_name(help).message(line));
    }
    renderer.render(&[group])
}

/// The source line with its mark. A long line is cut around the mark, so that the mark stays in
/// sight on a narrow terminal; the column that is printed stays the file's own.
fn snippet<'a>(path: &'a str, spot: &'a Spot) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let characters: Vec<char> = spot.source.chars().collect();
    let start = (spot.span.column.max(1) - 1).min(characters.len());
    let end = (start + spot.span.width.max(1)).min(characters.len().max(start));
    let offset = |position: usize| characters[..position].iter().map(|c| c.len_utf8()).sum();
    let (mut from, mut to): (usize, usize) = (offset(start), offset(end));
    if from == to {
        (from, to) = (from.min(spot.source.len()), spot.source.len().min(to));
    }
    let fold_after = offset((start + WINDOW).min(characters.len()));
    let source = &spot.source[..fold_after.max(to.min(fold_after))];
    Snippet::source(source)
        .line_start(spot.span.line)
        .path(path)
        .annotation(AnnotationKind::Primary.span(from..to.min(source.len()).max(from)))
}

/// Renders a report for tools: one JSON object a line, keys `severity`, `code`, `message`,
/// `path`, `line`, `column`, `width` (null where they do not apply) and `help` (a list).
pub fn json_lines(report: &Report, language: Language) -> String {
    let mut lines = String::new();
    for diagnostic in report.diagnostics() {
        let spot = diagnostic.place.as_ref().and_then(|place| place.spot.as_ref());
        let help: Vec<&str> = diagnostic.help.iter().map(|words| words.get(language)).collect();
        let object = json!({
            "severity": match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            "code": diagnostic.code,
            "message": diagnostic.message.get(language),
            "path": diagnostic.place.as_ref().map(|place| &place.path),
            "line": spot.map(|spot| spot.span.line),
            "column": spot.map(|spot| spot.span.column),
            "width": spot.map(|spot| spot.span.width),
            "help": help,
        });
        lines.push_str(&object.to_string());
        lines.push('\n');
    }
    lines
}
