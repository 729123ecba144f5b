//! `site/site.yaml` → [`Settings`]: how this site is published.

use super::fields::Reader;
use super::node::Node;
use crate::diagnostic::{Report, Span, faults};
use std::path::Path;

/// How this site is published. Everything has a default, and so has a site without `site.yaml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Title of the site, if it is not the union's short name.
    pub title: Option<String>,
    /// Address at which the site will stand, with a slash at its end; none if it is not known.
    pub base_url: Option<String>,
    /// Name of the theme: a folder in `themes/`.
    pub theme: String,
    /// Language of the site's own words, which is also the name of a word list of the theme.
    pub language: String,
    /// A picture beside the site's name: a path in `site/static/`.
    pub logo: Option<String>,
    /// ICP filing number (备案号), shown in the footer.
    pub icp: Option<String>,
    /// Whether Markdown pages may hold raw HTML.
    pub raw_html: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            title: None,
            base_url: None,
            theme: "default".to_owned(),
            language: "zh-CN".to_owned(),
            logo: None,
            icp: None,
            raw_html: false,
        }
    }
}

const SETTINGS: [&str; 7] = ["title", "base_url", "theme", "language", "logo", "icp", "raw_html"];

/// Languages that the default theme has words for.
const LANGUAGES: [&str; 2] = ["zh-CN", "en"];

/// Reads `site/site.yaml` under a root; the defaults where there is none.
pub fn read_settings(root: &Path) -> (Settings, Report) {
    let path = root.join("site/site.yaml");
    if super::is_absent(&path) || path.is_dir() {
        return (Settings::default(), Report::default());
    }
    if let Err(fault) = super::refuse_link(root, &path) {
        return (Settings::default(), Report::from(*fault));
    }
    let (settings, report) =
        super::read_with(root, &path, &SETTINGS, |reader, node| read(reader, node, root));
    (settings.unwrap_or_default(), report)
}

fn read<'a>(reader: &mut Reader<'a>, node: &Node<'a>, root: &Path) -> Option<Settings> {
    let mut settings = Settings::default();
    if node.kind == super::node::Kind::Empty {
        return Some(settings);
    }
    let fields = reader.fields(node, &SETTINGS)?;
    let at = |key: &str| fields.get(key).map_or(Span::default(), |node| node.span);
    settings.title = reader.line(fields.get("title"), "title");
    settings.icp = reader.line(fields.get("icp"), "icp");
    if let Some(text) = reader.line(fields.get("base_url"), "base_url") {
        match base_url(&text) {
            Some(url) => settings.base_url = Some(url),
            None => reader.fault(|place| faults::bad_base_url(Some(place), &text), at("base_url")),
        }
    }
    if let Some(text) = reader.line(fields.get("theme"), "theme") {
        let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if text.chars().all(fine) {
            settings.theme = text;
        } else {
            reader.fault(|place| faults::bad_name(place, &text), at("theme"));
        }
    }
    if let Some(text) = reader.line(fields.get("language"), "language") {
        if LANGUAGES.contains(&text.as_str()) {
            settings.language = text;
        } else {
            reader.fault(
                |place| faults::unknown_value(place, "language", &text, &LANGUAGES),
                at("language"),
            );
        }
    }
    if let Some(text) = reader.line(fields.get("logo"), "logo") {
        let leads_out = text.split(['/', '\\']).any(|part| matches!(part, "" | "." | ".."));
        if leads_out || !root.join("site/static").join(&text).is_file() {
            reader.fault(|place| faults::no_such_logo(place, &text), at("logo"));
        } else {
            settings.logo = Some(text);
        }
    }
    if let Some(text) = reader.line(fields.get("raw_html"), "raw_html") {
        match text.as_str() {
            "true" | "yes" => settings.raw_html = true,
            "false" | "no" => {}
            _ => reader.fault(
                |place| faults::unknown_value(place, "raw_html", &text, &["true", "false"]),
                at("raw_html"),
            ),
        }
    }
    Some(settings)
}

/// An address of a site: http or https, a host, no query, no fragment; a slash is put at its end.
pub fn base_url(text: &str) -> Option<String> {
    let text = text.trim();
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let host = rest.split('/').next().unwrap_or("");
    let strange = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '?' | '#' | '"' | '\'' | '<' | '>' | '\\')
    };
    if host.is_empty() || rest.contains(strange) || rest.split('/').any(|part| part == "..") {
        return None;
    }
    Some(format!("{}/", text.trim_end_matches('/')))
}
