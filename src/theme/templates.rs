//! Templates → HTML, with faults that name the template, the line and the page.

use super::inlined::inline;
use super::words::Words;
use super::{ThemeFiles, bounds, builtin};
use crate::diagnostic::{Diagnostic, Place, Report, SourceFile, Span, faults};
use crate::limits;
use crate::scan;
use crate::site::Page;
use crate::site::pages::KINDS;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, ValueKind};
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value,
};
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

/// A theme's templates, compiled.
#[derive(Debug)]
pub struct Templates {
    environment: Environment<'static>,
    sources: BTreeMap<String, Arc<SourceFile>>,
}

impl Templates {
    /// Compiles every template, and reports all that can't be. None if any can't.
    pub fn compile(files: &ThemeFiles, words: &Words, report: &mut Report) -> Option<Self> {
        let before = report.errors();
        let mut environment = Environment::new();
        let mut syntax = SyntaxConfig::builder();
        syntax.trim_blocks(true).lstrip_blocks(true);
        environment.set_syntax(syntax.build().unwrap_or_default());
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_formatter(write_value);
        environment.set_debug(true);
        environment.add_filter("fill", fill);
        environment.add_filter("count", count);
        let mut templates = Self { environment, sources: BTreeMap::new() };
        for name in files.templates() {
            match files.read(&format!("templates/{name}")) {
                Ok(file) => drop(templates.sources.insert(name, file)),
                Err(diagnostic) => report.push(*diagnostic),
            }
        }
        // The program's own templates are known to end, and to ask for words in plain ways. To
        // count their steps and to look up their words takes a while.
        let is_ours = |(name, file): (&String, &Arc<SourceFile>)| {
            builtin::has(&format!("templates/{name}"), &file.text)
        };
        let are_ours = templates.sources.iter().all(is_ours);
        if !are_ours {
            templates.environment.set_fuel(Some(limits::TEMPLATE_STEPS));
        }
        for (name, file) in templates.sources.clone() {
            if let Some(fault) = (!are_ours).then(|| bounds::check_template(&file)).flatten() {
                report.push(fault);
                continue;
            }
            let text = if are_ours { inline(&file.text, words) } else { file.text.clone() };
            if let Err(error) = templates.environment.add_template_owned(name, text) {
                report.push(templates.fault(&error, None));
            }
        }
        for (_, name) in KINDS {
            if !templates.sources.contains_key(name) {
                let place = Place { path: format!("templates/{name}"), spot: None };
                report.push(faults::theme_file_missing(place));
            }
        }
        (report.errors() == before).then_some(templates)
    }

    /// Renders a page from its variables, in place of what `html` holds.
    ///
    /// # Errors
    /// A variable, template or filter that is not there, a page beyond all bounds.
    pub fn render(
        &self,
        page: &Page,
        scope: Value,
        html: &mut Vec<u8>,
    ) -> Result<(), Box<Diagnostic>> {
        html.clear();
        let mut bounded = Bounded { html, is_full: false };
        let rendered = self
            .environment
            .get_template(page.template)
            .and_then(|template| template.render_captured_to(scope, &mut bounded).map(drop));
        match rendered {
            Err(_) if bounded.is_full => {
                let place = Place { path: page.template.to_owned(), spot: None };
                Err(Box::new(faults::template(place, Some(&page.path), "page too large")))
            }
            rendered => rendered.map_err(|error| Box::new(self.fault(&error, Some(&page.path)))),
        }
    }

    /// Puts an error of the engine into a diagnostic, at the innermost place it knows.
    fn fault(&self, error: &Error, page: Option<&str>) -> Diagnostic {
        let mut innermost = error;
        let mut cause = std::error::Error::source(error);
        while let Some(next) = cause {
            if let Some(inner) = next.downcast_ref::<Error>() {
                innermost = inner;
            }
            cause = next.source();
        }
        let name = innermost.name().unwrap_or("?");
        let what = match innermost.detail() {
            Some(detail) => format!("{}: {detail}", innermost.kind()),
            None => innermost.kind().to_string(),
        };
        let place = match (self.sources.get(name), innermost.line()) {
            (Some(file), Some(line)) => file.place(span_in(file, line, innermost.range())),
            _ => Place { path: format!("templates/{name}"), spot: None },
        };
        faults::template(place, page, &what)
    }
}

/// What a page is written into, up to the largest that is published.
struct Bounded<'h> {
    html: &'h mut Vec<u8>,
    is_full: bool,
}

impl io::Write for Bounded<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.is_full = self.html.len() + bytes.len() > limits::PAGE_BYTES;
        if self.is_full {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.html.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The span of a byte range, or of the whole line where the engine knows no range.
fn span_in(file: &SourceFile, line: usize, range: Option<std::ops::Range<usize>>) -> Span {
    let Some(range) = range.filter(|range| file.text.get(range.clone()).is_some()) else {
        let width =
            file.text.lines().nth(line.saturating_sub(1)).map_or(1, |text| text.chars().count());
        return Span { line, column: 1, width };
    };
    let before = &file.text[..range.start];
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    let line = before.matches('\n').count() + 1;
    let marked = file.text[range].lines().next().unwrap_or("");
    Span { line, column, width: marked.chars().count().max(1) }
}

/// Writes a value with the five characters escaped that mean something in HTML. The engine's own
/// way also escapes slashes, which makes addresses unreadable.
fn write_value(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    let text = match value.as_str() {
        Some(text) if !value.is_safe() && matches!(state.auto_escape(), AutoEscape::Html) => text,
        _ => return minijinja::escape_formatter(out, state, value),
    };
    let mut written = Ok(());
    escape(text, |piece| written = written.and_then(|()| out.write_str(piece)));
    Ok(written?)
}

/// Hands on a text in pieces, escaped.
pub fn escape(text: &str, mut write: impl FnMut(&str)) {
    let mut rest = text;
    while let Some(at) = scan::first(rest.as_bytes(), is_escaped) {
        let (before, after) = rest.split_at(at);
        write(before);
        write(match after.as_bytes()[0] {
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'&' => "&amp;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &after[1..];
    }
    write(rest);
}

fn is_escaped(byte: u8) -> bool {
    (byte == b'<') | (byte == b'>') | (byte == b'&') | (byte == b'"') | (byte == b'\'')
}

/// The filter `fill`: `t.month_title|fill(year=2021, month=5)` puts values for `{year}`, `{month}`.
fn fill(text: &str, values: Kwargs) -> Result<String, Error> {
    let mut filled = text.to_owned();
    for name in values.args() {
        let value: Value = values.get(name)?;
        let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        filled = filled.replace(&format!("{{{name}}}"), &shown);
    }
    Ok(filled)
}

/// The filter `count`: `t.tasks|count(3)` puts the number for `{n}`, in the form for one or more.
fn count(words: &Value, n: i64) -> Result<String, Error> {
    let form = if n == 1 { "one" } else { "other" };
    let text = if words.kind() == ValueKind::Map { words.get_attr(form)? } else { words.clone() };
    let Some(text) = text.as_str() else {
        return Err(Error::new(ErrorKind::InvalidOperation, "count takes words with {n}"));
    };
    Ok(text.replace("{n}", &n.to_string()))
}
