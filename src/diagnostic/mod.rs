//! Everything that people are told about their files: what is wrong, where, and what to do.
//!
//! [`faults`] is the catalogue: every message stands there, in Chinese and English, behind a
//! function of its own. [`render`] is the one place that knows how a diagnostic looks.

pub mod faults;
pub mod render;

use std::path::Path;
use std::sync::Arc;

/// The language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Simplified Chinese.
    #[default]
    Chinese,
    /// English.
    English,
}

/// A text in every language that unionplan speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Words {
    /// The text in one language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Chinese => &self.zh,
            Language::English => &self.en,
        }
    }
}

/// Builds [`Words`] from two format strings over the same captured names.
#[macro_export]
macro_rules! words {
    ($zh:literal, $en:literal $(,)?) => {
        $crate::diagnostic::Words { zh: format!($zh), en: format!($en) }
    };
}

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The site cannot be built from this.
    Error,
    /// Likely a mistake; fails a build only on `--strict`.
    Warning,
}

/// A piece of a line, counted as people count: from 1, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Span {
    /// Line, from 1.
    pub line: usize,
    /// Column of the first character, from 1.
    pub column: usize,
    /// Characters, at least 1, on that line.
    pub width: usize,
}

/// A text file as read, so that its lines can be shown.
#[derive(Debug)]
pub struct SourceFile {
    /// Path as shown to people: relative to the root, with forward slashes.
    pub path: String,
    /// The whole text.
    pub text: String,
}

impl SourceFile {
    /// Wraps a text with the path that people know it by.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { path: path.into(), text: text.into() })
    }

    /// The place of a span in this file.
    pub fn place(&self, span: Span) -> Place {
        let line = span.line.max(1);
        let source = self.text.lines().nth(line - 1).unwrap_or("");
        let spot = Spot::new(Span { line, ..span }, source);
        Place { path: self.path.clone(), spot: Some(spot) }
    }
}

/// Where a diagnostic points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Path as shown to people.
    pub path: String,
    /// Line and column; none where the whole file or folder is meant.
    pub spot: Option<Spot>,
}

/// A marked piece of a source line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// Line, column and width.
    pub span: Span,
    /// The line's text; of a long line, what stands around the marked piece.
    pub source: String,
    /// How many characters of the line are left out in front of it.
    pub skipped: usize,
}

impl Spot {
    /// A line of at most so many characters is shown whole.
    const WHOLE: usize = 72;
    /// Characters shown in front of a place in a longer line, and from there on.
    const AROUND: (usize, usize) = (12, 48);

    /// Marks a piece of a line; a column beyond its end means its end.
    pub fn new(span: Span, line: &str) -> Self {
        let characters = line.chars().take(span.column).count();
        let span = Span { column: span.column.min(characters + 1), ..span };
        if line.chars().nth(Self::WHOLE).is_none() {
            return Self { span, source: line.to_owned(), skipped: 0 };
        }
        let (before, after) = Self::AROUND;
        let skipped = match span.column.saturating_sub(1 + before) {
            near if near <= before => 0,
            far => far,
        };
        let mut rest = line.chars().skip(skipped);
        let mut source = String::from(if skipped > 0 { "…" } else { "" });
        source.extend(rest.by_ref().take(span.column.saturating_sub(1 + skipped) + after));
        if rest.next().is_some() {
            source.push('…');
        }
        Self { span, source, skipped }
    }
}

impl Place {
    /// A whole file or folder.
    pub fn whole(path: &Path) -> Self {
        Self { path: shown_path(path), spot: None }
    }

    fn order(&self) -> (&str, Span) {
        (&self.path, self.spot.as_ref().map_or(Span::default(), |spot| spot.span))
    }
}

/// A path as people are shown it: forward slashes, no leading `./`.
pub fn shown_path(path: &Path) -> String {
    let shown = path.to_string_lossy().replace('\\', "/");
    shown.strip_prefix("./").map_or(shown.clone(), str::to_owned)
}

/// One thing that people are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// A stable word for tools and for looking things up: `unknown-office`.
    pub code: &'static str,
    /// What is wrong.
    pub message: Words,
    /// Where; none for faults of the whole run.
    pub place: Option<Place>,
    /// What to do about it.
    pub help: Vec<Words>,
}

/// All that one run has to tell, in the order of files and lines.
#[derive(Debug, Default)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
}

impl From<Diagnostic> for Report {
    fn from(diagnostic: Diagnostic) -> Self {
        Self { diagnostics: vec![diagnostic] }
    }
}

impl Report {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Takes in another report.
    pub fn extend(&mut self, other: Report) {
        self.diagnostics.extend(other.diagnostics);
    }

    /// Puts everything in the order of files and lines, and drops exact repetitions.
    pub fn sort(&mut self) {
        self.diagnostics.sort_by(|a, b| {
            let order = |d: &Diagnostic| {
                d.place.as_ref().map(|place| {
                    let (path, span) = place.order();
                    // What says that there is more ends its file.
                    (path.to_owned(), d.code == "more-faults", span)
                })
            };
            order(a).cmp(&order(b)).then(a.code.cmp(b.code))
        });
        self.diagnostics.dedup();
    }

    /// All diagnostics.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Tells whether nothing was reported.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// How many errors there are.
    pub fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    /// How many warnings there are.
    pub fn warnings(&self) -> usize {
        self.count(Severity::Warning)
    }

    fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|d| d.severity == severity).count()
    }
}

#[cfg(test)]
mod tests {
    use super::{Span, Spot};

    #[test]
    fn a_long_line_is_shown_around_its_mark() {
        let line: String = ('一'..).take(500).collect();
        let spot = |column| Spot::new(Span { line: 1, column, width: 1 }, &line);
        assert_eq!(spot(1).skipped, 0);
        assert!(spot(1).source.starts_with('一') && spot(1).source.ends_with('…'));
        let middle = spot(200);
        let mark = 200 - 1 - middle.skipped + 1;
        assert_eq!(middle.source.chars().nth(mark), line.chars().nth(199));
        assert!(middle.source.starts_with('…') && middle.source.chars().count() < 80);
        assert!(!spot(500).source.ends_with('…'));
    }
}
