//! `site/pages/*.md` → HTML, and `site/static/`: the pages and files that a site adds of its own.

use super::discover::{Attachment, files_below};
use crate::diagnostic::{Place, Report, SourceFile, Span, faults};
use crate::limits;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use std::path::Path;

/// A page of the site's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SitePage {
    /// The file's name without `.md`, which is also the page's: `about`.
    pub name: String,
    /// Its first heading, which the page shows as its title.
    pub title: String,
    /// What follows the heading, as HTML that is safe to show.
    pub html: String,
    /// The same as mere text, a line a paragraph.
    pub text: String,
}

/// Names that the site's own pages have at the root.
const TAKEN: [&str; 6] = ["index", "years", "branches", "404", "search", "updates"];

/// Reads every page of `site/pages/`, in the order of their names.
pub fn read_site_pages(root: &Path, raw_html: bool, report: &mut Report) -> Vec<SitePage> {
    let mut pages = Vec::new();
    for file in files_below(root, &root.join("site/pages"), report) {
        let place = || Place::whole(file.source.strip_prefix(root).unwrap_or(&file.source));
        let Some(name) = file.name.strip_suffix(".md") else {
            report.push(faults::not_a_page(place(), &file.name));
            continue;
        };
        let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if name.is_empty() || !name.chars().all(fine) {
            report.push(faults::bad_name(place(), name));
            continue;
        }
        if TAKEN.contains(&name) {
            report.push(faults::two_sources(place(), &format!("{name}.html")));
            continue;
        }
        match super::read_text(root, &file.source, limits::DATA_FILE_BYTES) {
            Ok(source) => pages.push(page(&source, name, raw_html, report)),
            Err(diagnostic) => report.push(*diagnostic),
        }
    }
    pages
}

/// Lists the files of `site/static/`, which go to the root of the site as they are. None may take
/// the name of a page.
pub fn static_files(root: &Path, pages: &[SitePage], report: &mut Report) -> Vec<Attachment> {
    let files = files_below(root, &root.join("site/static"), report);
    let mut kept = Vec::new();
    for file in files {
        let first = file.name.split('/').next().unwrap_or("");
        let is_year = first.len() == 4 && first.chars().all(|c| c.is_ascii_digit());
        // A page may stand there with its compressed variants.
        let page = first.strip_suffix(".gz").or_else(|| first.strip_suffix(".br")).unwrap_or(first);
        let own = page.strip_suffix(".html").is_some_and(|stem| {
            TAKEN.contains(&stem) || pages.iter().any(|page| page.name == stem)
        });
        let is_reserved = is_year || matches!(first, "assets" | "branches" | "search");
        let place = || Place::whole(file.source.strip_prefix(root).unwrap_or(&file.source));
        if is_reserved && first != file.name {
            report.push(faults::reserved_folder(place(), first));
        } else if own || is_reserved {
            report.push(faults::two_sources(place(), &file.name));
        } else {
            kept.push(file);
        }
    }
    kept
}

fn page(source: &SourceFile, name: &str, raw_html: bool, report: &mut Report) -> SitePage {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut title = String::new();
    let mut in_title = false;
    let mut events = Vec::new();
    for (event, range) in Parser::new_ext(&source.text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) if title.is_empty() => {
                in_title = true
            }
            Event::End(TagEnd::Heading(HeadingLevel::H1)) if in_title => in_title = false,
            Event::Text(text) | Event::Code(text) if in_title => title.push_str(&text),
            _ if in_title => {}
            // One title a page; the others step down.
            Event::Start(Tag::Heading { level: HeadingLevel::H1, id, classes, attrs }) => {
                events.push(Event::Start(Tag::Heading {
                    level: HeadingLevel::H2,
                    id,
                    classes,
                    attrs,
                }));
            }
            Event::End(TagEnd::Heading(HeadingLevel::H1)) => {
                events.push(Event::End(TagEnd::Heading(HeadingLevel::H2)));
            }
            Event::Html(text) | Event::InlineHtml(text) if !raw_html => {
                events.push(Event::Text(text))
            }
            Event::Start(Tag::Link { ref dest_url, .. } | Tag::Image { ref dest_url, .. })
                if !is_safe(dest_url) =>
            {
                let line = source.text[..range.start].matches('\n').count() + 1;
                report.push(faults::bad_link(
                    source.place(Span { line, column: 1, width: 1 }),
                    dest_url,
                ));
            }
            other => events.push(other),
        }
    }
    let text = plain_text(&events);
    let mut content = String::new();
    html::push_html(&mut content, events.into_iter());
    SitePage {
        name: name.to_owned(),
        title: if title.trim().is_empty() { name.to_owned() } else { title.trim().to_owned() },
        html: content,
        text,
    }
}

/// The text of a page without its marks, a line for each block.
fn plain_text(events: &[Event<'_>]) -> String {
    let mut text = String::new();
    for event in events {
        match event {
            Event::Text(words) | Event::Code(words) => text.push_str(words),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::End(
                TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link,
            ) => {}
            Event::End(_) if !text.ends_with('\n') => text.push('\n'),
            _ => {}
        }
    }
    text.trim().to_owned()
}

/// Links that a page may carry: http, https, mailto, tel, or anything without a scheme.
fn is_safe(link: &str) -> bool {
    match link.split_once(':') {
        None => true,
        Some((scheme, _)) => {
            scheme.contains(['/', '#', '?'])
                || matches!(scheme.to_lowercase().as_str(), "http" | "https" | "mailto" | "tel")
        }
    }
}
