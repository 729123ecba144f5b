//! How diagnostics look: as text for people, as JSON for tools.

use super::{Diagnostic, Language, Place, Report, Severity, Span, Spot};
use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};
use serde_json::json;

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
        Some(Place { path, spot: Some(spot) }) if spot.skipped == 0 => {
            title.element(snippet(spot).path(path.as_str()))
        }
        // The column is the line's own, not that of the piece that is shown.
        Some(Place { path, spot: Some(spot) }) => {
            let Span { line, column, .. } = spot.span;
            let origin = Origin::path(path.as_str()).line(line).char_column(column);
            title.element(origin).element(snippet(spot))
        }
        Some(Place { path, spot: None }) => title.element(Origin::path(path.as_str())),
        None => Group::with_title(title),
    };
    for words in &diagnostic.help {
        let line = normalize_untrusted_str(words.get(language));
        group = group.element(Level::HELP.with_name(help).message(line));
    }
    renderer.render(&[group])
}

/// The source line with its mark.
fn snippet(spot: &Spot) -> Snippet<'_, Annotation<'_>> {
    let source = spot.source.as_str();
    // An ellipsis stands for what is left out.
    let ellipsis = usize::from(spot.skipped > 0);
    let start = (spot.span.column.max(1) - 1).saturating_sub(spot.skipped) + ellipsis;
    let offset = |characters: usize| {
        source.char_indices().nth(characters).map_or(source.len(), |(offset, _)| offset)
    };
    let mark = offset(start)..offset(start + spot.span.width.max(1));
    Snippet::source(source)
        .line_start(spot.span.line)
        .annotation(AnnotationKind::Primary.span(mark))
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
