//! Pages → bytes: templates, styles and words of a theme.
//!
//! A theme is a folder of `templates/`, `styles/`, `scripts/`, `strings/` and `theme.yaml`. The
//! default theme is part of the program. A folder `themes/<name>/` under the root comes before it,
//! and `site/templates/` before both, file by file: a site changes one template by writing one. Words
//! are replaced one by one.

mod bounds;
mod builtin;
mod files;
mod inlined;
mod scope;
mod scripts;
mod styles;
mod templates;
mod words;

pub use files::ThemeFiles;
pub use scope::Parts;

use scope::Shared;
use scripts::compact;
use templates::Templates;

use crate::diagnostic::{Place, Report, SourceFile, faults};
use crate::site::Page;
use crate::site::pages::KINDS;
use crate::site::routes::ASSETS;
use crate::site::view::AssetsView;
use crate::source::Settings;
use crate::source::fields::Reader;
use crate::source::node;
use minijinja::Value;
use minijinja::value::Serde;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// A theme, ready to render.
#[derive(Debug)]
pub struct Theme {
    templates: Templates,
    shared: Shared,
    /// Its files for the output, named after their content.
    pub assets: Vec<Asset>,
    /// A hash of all that went into it: while it stays the same, so does what it renders.
    pub fingerprint: u128,
}

/// A file of the theme in the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// `assets/site-3f9a1c20.css`
    pub path: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// What `theme.yaml` says.
#[derive(Debug, Default)]
struct Manifest {
    entry: Option<String>,
    script: Option<String>,
    icon: Option<String>,
    browsers: Vec<(String, u32)>,
}

const MANIFEST: [&str; 5] = ["name", "entry", "script", "icon", "browsers"];
const BROWSERS: [&str; 8] =
    ["android", "chrome", "edge", "firefox", "ios_saf", "opera", "safari", "samsung"];

/// Loads the theme that the settings name.
///
/// # Errors
/// Every fault of its files: a style that can't be read, a template that can't be compiled, words
/// that are no words.
pub fn load(root: &Path, settings: &Settings) -> Result<Theme, Report> {
    let mut report = Report::default();
    let files = ThemeFiles::open(root, &settings.theme);
    if !files.exists() {
        let place = Place { path: format!("themes/{}", settings.theme), spot: None };
        report.push(faults::no_such_theme(place, &settings.theme));
        return Err(report);
    }
    report.extend(files.unreadable());
    if !report.is_empty() {
        return Err(report);
    }
    // Templates take longer than all else together.
    let ((templates, words), (assets, links)) = in_parallel(
        &mut report,
        |report| {
            let words = words::read(&files, &settings.language, report);
            (Templates::compile(&files, &words, report), words)
        },
        |report| read_assets(&files, report),
    );
    let Some(templates) = templates.filter(|_| report.is_empty()) else {
        return Err(report);
    };
    let shared = Shared {
        words: Value::from_object(words),
        assets: Value::from(Serde(&links)),
        base_path: settings.base_url.as_deref().and_then(base_path),
    };
    Ok(Theme { templates, shared, assets, fingerprint: files.fingerprint() })
}

/// The theme's files for the output, and where they will be.
fn read_assets(files: &ThemeFiles, report: &mut Report) -> (Vec<Asset>, AssetsView) {
    let manifest = read_manifest(files, report);
    let mut text = |named: Option<String>, otherwise: &str| {
        let file = read(files, named.as_deref().unwrap_or(otherwise), report);
        file.map(|file| file.text.clone()).unwrap_or_default()
    };
    let script = asset("site", "js", compact(&text(manifest.script, "scripts/site.js")));
    let icon = asset("icon", "svg", text(manifest.icon, "icon.svg"));
    let entry = manifest.entry.as_deref().unwrap_or("styles/index.css");
    let style = asset("site", "css", styles::bundle(files, entry, &manifest.browsers, report));
    let mut links = AssetsView {
        style: style.path.clone(),
        script: script.path.clone(),
        icon: icon.path.clone(),
        scripts: BTreeMap::new(),
    };
    let mut assets = vec![style, script, icon];
    for (kind, file) in page_scripts(files, report) {
        let script = asset(kind, "js", compact(&file.text));
        links.scripts.insert(kind, script.path.clone());
        assets.push(script);
    }
    (assets, links)
}

/// Does two things at once, each with a report of its own, and puts their faults into one.
fn in_parallel<A: Send, B: Send>(
    report: &mut Report,
    one: impl FnOnce(&mut Report) -> A + Send,
    other: impl FnOnce(&mut Report) -> B + Send,
) -> (A, B) {
    let (mut first, mut second) = (Report::default(), Report::default());
    let made = rayon::join(|| one(&mut first), || other(&mut second));
    report.extend(first);
    report.extend(second);
    made
}

impl Theme {
    /// Renders a page, in place of what `html` holds: a buffer that serves many pages need not
    /// grow for each of them. `parts` is one plan's, and none other's.
    ///
    /// # Errors
    /// A diagnostic that names the template, the line and the page.
    pub fn render(
        &self,
        page: &Page,
        parts: &Parts,
        html: &mut Vec<u8>,
    ) -> Result<(), Box<crate::diagnostic::Diagnostic>> {
        self.templates.render(page, parts.scope(page, &self.shared), html)
    }
}

/// The path of an address: `/gonghui/` of `https://www.example.edu.cn/gonghui/`.
fn base_path(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let path = rest.find('/').map_or("/", |at| &rest[at..]);
    Some(path.to_owned())
}

/// The scripts of single kinds of page: `scripts/schedule.js` belongs to the schedule.
fn page_scripts(files: &ThemeFiles, report: &mut Report) -> Vec<(&'static str, Arc<SourceFile>)> {
    let named = KINDS.iter().map(|(kind, _)| (*kind, format!("scripts/{kind}.js")));
    named
        .filter(|(_, name)| files.has(name))
        .filter_map(|(kind, name)| Some((kind, read(files, &name, report)?)))
        .collect()
}

fn read(files: &ThemeFiles, name: &str, report: &mut Report) -> Option<Arc<SourceFile>> {
    match files.read(name) {
        Ok(file) => Some(file),
        Err(diagnostic) => {
            report.push(*diagnostic);
            None
        }
    }
}

fn asset(stem: &str, extension: &str, text: String) -> Asset {
    let bytes = text.into_bytes();
    let hash = blake3::hash(&bytes).to_hex();
    Asset { path: format!("{ASSETS}/{stem}-{}.{extension}", &hash[..8]), bytes }
}

fn read_manifest(files: &ThemeFiles, report: &mut Report) -> Manifest {
    let mut manifest = Manifest::default();
    let Some(file) = read(files, "theme.yaml", report) else {
        return manifest;
    };
    let root = match node::parse(&file) {
        Ok(root) => root,
        Err(diagnostic) => {
            report.push(*diagnostic);
            return manifest;
        }
    };
    let mut reader = Reader::new(&file, Report::default());
    if let Some(fields) = reader.fields(&root, &MANIFEST) {
        manifest.entry = reader.line(fields.get("entry"), "entry");
        manifest.script = reader.line(fields.get("script"), "script");
        manifest.icon = reader.line(fields.get("icon"), "icon");
        if let Some(browsers) =
            fields.get("browsers").and_then(|node| reader.fields(node, &BROWSERS))
        {
            for name in BROWSERS {
                let Some(text) = reader.line(browsers.get(name), name) else {
                    continue;
                };
                match text.parse() {
                    Ok(version) => manifest.browsers.push((name.to_owned(), version)),
                    Err(_) => reader.fault(
                        |place| faults::unknown_value(place, name, &text, &["87"]),
                        browsers.get(name).map_or(root.span, |node| node.span),
                    ),
                }
            }
        }
    }
    report.extend(reader.finish());
    manifest
}
