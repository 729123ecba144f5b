//! Templates → HTML, with faults that name the template, the line and the page.

use super::ThemeFiles;
use crate::diagnostic::{Diagnostic, Place, Report, SourceFile, Span, faults};
use crate::limits;
use crate::lock::lock;
use crate::site::pages::KINDS;
use crate::site::routes::relative;
use crate::site::view::AssetsView;
use crate::site::{Frame, Page};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Object, Serde, ValueKind};
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value,
};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

/// A theme's templates, compiled.
#[derive(Debug)]
pub struct Templates {
    environment: Environment<'static>,
    sources: BTreeMap<String, Arc<SourceFile>>,
    words: Value,
    assets: Value,
    base_path: Option<String>,
}

impl Templates {
    /// Compiles every template, and reports all that can't be. None if any can't.
    pub fn compile(
        files: &ThemeFiles,
        words: Value,
        assets: &AssetsView,
        base_path: Option<String>,
        report: &mut Report,
    ) -> Option<Self> {
        let before = report.errors();
        let mut environment = Environment::new();
        let mut syntax = SyntaxConfig::builder();
        syntax.trim_blocks(true).lstrip_blocks(true);
        environment.set_syntax(syntax.build().unwrap_or_default());
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_formatter(write_value);
        environment.set_debug(true);
        environment.set_fuel(Some(limits::TEMPLATE_STEPS));
        environment.add_filter("fill", fill);
        environment.add_filter("count", count);
        let assets = Value::from(Serde(assets));
        let mut templates =
            Self { environment, sources: BTreeMap::new(), words, assets, base_path };
        for name in files.templates() {
            match files.read(&format!("templates/{name}")) {
                Ok(file) => templates.add(&name, file, report),
                Err(diagnostic) => report.push(*diagnostic),
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

    fn add(&mut self, name: &str, file: Arc<SourceFile>, report: &mut Report) {
        let added = self.environment.add_template_owned(name.to_owned(), file.text.clone());
        self.sources.insert(name.to_owned(), file);
        if let Err(error) = added {
            report.push(self.fault(&error, None));
        }
    }

    /// Renders a page. `parts` holds what its plan's pages share, and grows.
    ///
    /// # Errors
    /// A variable, template or filter that is not there, a page beyond all bounds.
    pub fn render(&self, page: &Page, parts: &Parts) -> Result<String, Box<Diagnostic>> {
        let rendered = self
            .environment
            .get_template(page.template)
            .and_then(|template| template.render(Value::from_object(self.context(page, parts))))
            .map_err(|error| Box::new(self.fault(&error, Some(&page.path))))?;
        if rendered.len() > limits::PAGE_BYTES {
            let place = Place { path: page.template.to_owned(), spot: None };
            return Err(Box::new(faults::template(place, Some(&page.path), "page too large")));
        }
        Ok(rendered)
    }

    fn context(&self, page: &Page, parts: &Parts) -> Context {
        let base = if page.template == "missing.html" { self.base_path.clone() } else { None };
        let folder = page.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        Context {
            place: format!("{} {folder}", page.template),
            base: base.clone(),
            frame: page.frame.clone(),
            words: self.words.clone(),
            assets: self.assets.clone(),
            page: page.page.clone(),
            link: Value::from_object(Linker { from: page.path.clone(), base }),
            view: page.view.clone(),
            parts: Some(parts.clone()),
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

/// The variables of one page. The page's own come first, then those that all pages of its plan
/// have.
#[derive(Debug, Clone)]
struct Context {
    /// Kind of page and folder: where parts are shared.
    place: String,
    base: Option<String>,
    frame: Arc<Frame>,
    words: Value,
    assets: Value,
    page: Value,
    link: Value,
    view: Value,
    /// None inside a part: parts draw no parts, so none can draw itself without end.
    parts: Option<Parts>,
}

impl Context {
    /// A path in the page's folder that is no page's own, so that parts link to none as itself.
    fn folder(&self) -> String {
        let folder = self.place.split_once(' ').map_or("", |(_, folder)| folder);
        if folder.is_empty() { String::new() } else { format!("{folder}/") }
    }
}

impl Object for Context {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        match key {
            "t" => Some(self.words.clone()),
            "page" => Some(self.page.clone()),
            "link" => Some(self.link.clone()),
            "site" => Some(self.frame.site.clone()),
            "plan" => Some(self.frame.plan.clone()),
            "asset" => Some(self.assets.clone()),
            "part" => {
                let parts = self.parts.clone()?;
                Some(Value::from_object(Part { context: self.clone(), parts }))
            }
            _ => {
                let own = self.view.get_attr(key).ok().filter(|value| !value.is_undefined());
                own.or_else(|| self.frame.list(key).cloned())
            }
        }
    }
}

/// Pieces that are the same on all of a plan's pages of one kind in one folder, such as the
/// masthead. They are rendered once.
#[derive(Debug, Clone, Default)]
pub struct Parts(Arc<Mutex<HashMap<String, Value>>>);

/// The template function `part("masthead.html")`: a template rendered once for all pages of a
/// kind in a folder. It sees `site`, `plan`, the plan's lists, `t`, `asset`, `link`, `page.kind`
/// and `page.door`, and nothing that differs from page to page.
#[derive(Debug)]
struct Part {
    context: Arc<Context>,
    parts: Parts,
}

impl Object for Part {
    fn call(self: &Arc<Self>, state: &mut State<'_, '_>, args: &[Value]) -> Result<Value, Error> {
        let Some(name) = args.first().and_then(Value::as_str) else {
            let what = "part(…) takes the name of a template";
            return Err(Error::new(ErrorKind::InvalidOperation, what));
        };
        let context = &self.context;
        let key = format!("{} {name}", context.place);
        if let Some(part) = lock(&self.parts.0).get(&key) {
            return Ok(part.clone());
        }
        let (kind, door) = (context.page.get_attr("kind")?, context.page.get_attr("door")?);
        let shared = Context {
            page: Value::from_pairs([("kind", kind), ("door", door)]),
            link: Value::from_object(Linker { from: context.folder(), base: context.base.clone() }),
            view: Value::from(BTreeMap::<String, Value>::new()),
            parts: None,
            ..Context::clone(context)
        };
        let html = state.env().get_template(name)?.render(Value::from_object(shared))?;
        let part = Value::from_safe_string(html);
        lock(&self.parts.0).insert(key, part.clone());
        Ok(part)
    }
}

/// The template function `link(target)`: a target of the site as seen from the page at hand. The
/// page for missing addresses may be shown at any address, so it links from the base path.
#[derive(Debug)]
struct Linker {
    from: String,
    base: Option<String>,
}

impl Object for Linker {
    fn call(self: &Arc<Self>, _: &mut State<'_, '_>, args: &[Value]) -> Result<Value, Error> {
        let Some(target) = args.first().and_then(Value::as_str) else {
            let what = "link(…) takes a page or file of the site";
            return Err(Error::new(ErrorKind::InvalidOperation, what));
        };
        // Addresses of other hosts come from data and are escaped like any text.
        if target.contains(':') {
            return Ok(Value::from(target));
        }
        let link = match &self.base {
            Some(base) => format!("{base}{target}"),
            None => relative(&self.from, target),
        };
        Ok(Value::from_safe_string(link))
    }
}

/// Writes a value with the five characters escaped that mean something in HTML. The engine's own
/// way also escapes slashes, which makes addresses unreadable.
fn write_value(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    let text = match value.as_str() {
        Some(text) if !value.is_safe() && matches!(state.auto_escape(), AutoEscape::Html) => text,
        _ => return minijinja::escape_formatter(out, state, value),
    };
    let mut rest = text;
    while let Some(at) = first_to_escape(rest.as_bytes()) {
        let (before, after) = rest.split_at(at);
        out.write_str(before)?;
        out.write_str(match after.as_bytes()[0] {
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'&' => "&amp;",
            b'"' => "&quot;",
            _ => "&#39;",
        })?;
        rest = &after[1..];
    }
    Ok(out.write_str(rest)?)
}

/// Where the first character stands that means something in HTML. Nearly every text has none, and
/// this is asked of every text on every page.
fn first_to_escape(text: &[u8]) -> Option<usize> {
    let mark = memchr::memchr3(b'<', b'>', b'&', text);
    let quote = memchr::memchr2(b'"', b'\'', text);
    mark.into_iter().chain(quote).min()
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
