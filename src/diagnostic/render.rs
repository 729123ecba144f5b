//! How diagnostics look: as text for people, as JSON for tools.

use super::{Diagnostic, Language, Place, Report, Severity, Span, Spot, Words};
use crate::words;
use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::ops::Range;

/// How often the same is said of different places of a file before it is said once for all.
const ALIKE: usize = 3;

/// How many of those places are listed.
const LINES_LISTED: usize = 12;

/// Renders a report for people, one block a diagnostic, with a blank line between blocks. What
/// would be said again and again of one file is said once, with the lines that it is true of.
///
/// `color` adds the escape codes of terminals.
pub fn text(report: &Report, language: Language, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut alike: HashMap<_, Vec<&Diagnostic>> = HashMap::new();
    for diagnostic in report.diagnostics() {
        alike.entry(said(diagnostic, language)).or_default().push(diagnostic);
    }
    let mut blocks = Vec::new();
    for diagnostic in report.diagnostics() {
        let alike = &alike[&said(diagnostic, language)];
        let is_one_of_many = alike.len() > ALIKE;
        if is_one_of_many && !std::ptr::eq(alike[0], diagnostic) {
            continue;
        }
        let others = if is_one_of_many { &alike[1..] } else { &[] };
        blocks.push(block(diagnostic, others, language, &renderer));
    }
    blocks.join("\n\n")
}

/// What is said, and of which file.
fn said(diagnostic: &Diagnostic, language: Language) -> (Option<&str>, &str, Vec<&str>) {
    let path = diagnostic.place.as_ref().map(|place| place.path.as_str());
    let help = diagnostic.help.iter().map(|words| words.get(language)).collect();
    (path, diagnostic.message.get(language), help)
}

/// Where else in the file the same is true.
fn elsewhere(others: &[&Diagnostic]) -> Words {
    let spots = others.iter().filter_map(|other| other.place.as_ref()?.spot.as_ref());
    let lines: Vec<String> =
        spots.take(LINES_LISTED).map(|spot| spot.span.line.to_string()).collect();
    let (count, more) = (others.len(), others.len() > lines.len());
    let (zh, en) = (lines.join("、"), lines.join(", "));
    let (more_zh, more_en) = if more { ("等", " and more") } else { ("", "") };
    words!(
        "同样的还有{count}处，在第{zh}行{more_zh}",
        "the same {count} times more, in lines {en}{more_en}"
    )
}

fn block(
    diagnostic: &Diagnostic,
    others: &[&Diagnostic],
    language: Language,
    renderer: &Renderer,
) -> String {
    let Names { severity, help } = names(diagnostic.severity, language);
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR.with_name(severity),
        Severity::Warning => Level::WARNING.with_name(severity),
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
    let elsewhere = elsewhere(others);
    if !others.is_empty() {
        let name = match language {
            Language::Chinese => "另外",
            Language::English => "note",
        };
        group = group.element(Level::NOTE.with_name(name).message(elsewhere.get(language)));
    }
    renderer.render(&[group])
}

/// What a severity and a piece of help are called.
struct Names {
    severity: &'static str,
    help: &'static str,
}

fn names(severity: Severity, language: Language) -> Names {
    let (error, warning, help) = match language {
        Language::Chinese => ("错误", "提醒", "怎么改"),
        Language::English => ("error", "warning", "help"),
    };
    let severity = match severity {
        Severity::Error => error,
        Severity::Warning => warning,
    };
    Names { severity, help }
}

/// The source line with its mark.
fn snippet(spot: &Spot) -> Snippet<'_, Annotation<'_>> {
    Snippet::source(spot.source.as_str())
        .line_start(spot.span.line)
        .annotation(AnnotationKind::Primary.span(mark(spot)))
}

/// The bytes of the source line that are marked; none of them where its end is meant.
fn mark(spot: &Spot) -> Range<usize> {
    let source = spot.source.as_str();
    // An ellipsis stands for what is left out.
    let ellipsis = usize::from(spot.skipped > 0);
    let start = (spot.span.column.max(1) - 1).saturating_sub(spot.skipped) + ellipsis;
    let offset = |characters: usize| {
        source.char_indices().nth(characters).map_or(source.len(), |(offset, _)| offset)
    };
    offset(start)..offset(start + spot.span.width.max(1))
}

/// Renders a report for tools: one JSON object a line, keys `severity`, `code`, `message`,
/// `path`, `line`, `column`, `width` (null where they do not apply) and `help` (a list).
pub fn json_lines(report: &Report, language: Language) -> String {
    let mut lines = String::new();
    for diagnostic in report.diagnostics() {
        lines.push_str(&Value::Object(object(diagnostic, language)).to_string());
        lines.push('\n');
    }
    lines
}

/// Renders a report for a page in a browser, which draws it itself: a list of objects with the
/// keys of [`json_lines`] and `names` (what the severity and the help are called), `place`
/// (`path:line:column`) and `source` (the line, before, in and behind its mark).
pub fn json_for_pages(report: &Report, language: Language) -> Value {
    let objects = report.diagnostics().iter().map(|diagnostic| {
        let mut object = object(diagnostic, language);
        let Names { severity, help } = names(diagnostic.severity, language);
        object.insert("names".to_owned(), json!({ "severity": severity, "help": help }));
        let place = diagnostic.place.as_ref().map(|place| match &place.spot {
            Some(spot) => format!("{}:{}:{}", place.path, spot.span.line, spot.span.column),
            None => place.path.clone(),
        });
        object.insert("place".to_owned(), json!(place));
        let spot = diagnostic.place.as_ref().and_then(|place| place.spot.as_ref());
        let source = spot.map(|spot| {
            let mark = mark(spot);
            [&spot.source[..mark.start], &spot.source[mark.clone()], &spot.source[mark.end..]]
        });
        object.insert("source".to_owned(), json!(source));
        Value::Object(object)
    });
    objects.collect()
}

fn object(diagnostic: &Diagnostic, language: Language) -> Map<String, Value> {
    let spot = diagnostic.place.as_ref().and_then(|place| place.spot.as_ref());
    let help: Vec<&str> = diagnostic.help.iter().map(|words| words.get(language)).collect();
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let pairs = [
        ("severity", json!(severity)),
        ("code", json!(diagnostic.code)),
        ("message", json!(diagnostic.message.get(language))),
        ("path", json!(diagnostic.place.as_ref().map(|place| &place.path))),
        ("line", json!(spot.map(|spot| spot.span.line))),
        ("column", json!(spot.map(|spot| spot.span.column))),
        ("width", json!(spot.map(|spot| spot.span.width))),
        ("help", json!(help)),
    ];
    pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}
