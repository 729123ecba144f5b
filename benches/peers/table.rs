//! The figures as Markdown tables.

use super::Result;
use super::results::{AtSize, EditFigures, Figures, Results};
use super::tools::Tool;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Between these lines of the document stand the tables.
const BEGIN: &str = "<!-- figures: written by `cargo bench --bench peers` -->";
const END: &str = "<!-- end of figures -->";

/// The tables, one a size, and what was measured with.
pub fn markdown(results: &Results) -> String {
    let mut text = String::new();
    for (pages, at_size) in &results.sizes {
        let _ = write!(text, "### {} pages\n\n{}\n", thousands(*pages), table(at_size));
    }
    let versions: Vec<String> =
        results.versions.iter().map(|(name, version)| format!("{name} {version}")).collect();
    let _ = writeln!(text, "{}. {}.", versions.join(", "), results.machine);
    text
}

/// From this share of the processor on, other work shows in the times.
const NOISY: f64 = 0.1;

/// Puts the tables into the document in place of those that are there.
pub fn replace(document: &Path, tables: &str) -> Result<()> {
    let text = fs::read_to_string(document)?;
    let places = text.find(BEGIN).zip(text.find(END)).filter(|(begin, end)| begin < end);
    let Some((begin, end)) = places else {
        return Err(format!("{}: no place for the figures", document.display()).into());
    };
    let before = &text[..begin + BEGIN.len()];
    Ok(fs::write(document, format!("{before}\n\n{tables}\n{}", &text[end..]))?)
}

/// A number with commas: 100,502.
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Seconds with two or three digits that say something.
pub fn seconds(value: f64) -> String {
    let decimals = if value < 0.1 {
        3
    } else if value < 10.0 {
        2
    } else {
        1
    };
    format!("{value:.decimals$} s")
}

/// Milliseconds, or seconds from two seconds on.
pub fn milliseconds(value: f64) -> String {
    if value < 2000.0 { format!("{value:.0} ms") } else { seconds(value / 1e3) }
}

/// How many times as much; one decimal below ten.
fn times(value: f64) -> String {
    if value < 10.0 { format!("{value:.1}") } else { format!("{value:.0}") }
}

#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn pages_a_second(pages: usize, seconds: f64) -> String {
    let rate = pages as f64 / seconds;
    let step = 10_f64.powf(rate.log10().floor() - 2.0);
    thousands(((rate / step).round() * step) as usize)
}

fn table(at_size: &AtSize) -> String {
    let names = [Tool::Unionplan, Tool::Hugo, Tool::Eleventy].map(Tool::name);
    let tools: Vec<(&str, &Figures)> = names
        .into_iter()
        .filter_map(|name| at_size.tools.get(name).map(|figures| (name, figures)))
        .collect();
    let Some((_, own)) = tools.first().copied() else { return String::new() };
    let floor = at_size.floor_seconds;
    let heads: Vec<&str> = tools.iter().map(|(name, _)| *name).collect();
    let mut text = format!("| | {} | Floor |\n|---|", heads.join(" | "));
    text.push_str(&"--:|".repeat(tools.len() + 1));
    text.push('\n');
    let mut row = |title: &str, floor: &str, cell: &dyn Fn(&Figures) -> String| {
        let cells: Vec<String> = tools.iter().map(|(_, figures)| cell(figures)).collect();
        let _ = writeln!(text, "| {title} | {} | {floor} |", cells.join(" | "));
    };
    row("**Clean build**", &seconds(floor), &|f| seconds(f.clean_seconds));
    row("… times the floor", "1", &|f| times(f.clean_seconds / floor));
    row("… times unionplan", "", &|f| times(f.clean_seconds / own.clean_seconds));
    row("… pages a second", &pages_a_second(own.pages, floor), &|f| {
        pages_a_second(f.pages, f.clean_seconds)
    });
    row("… processor time", "", &|f| seconds(f.clean_cpu_seconds));
    row("… peak memory", "", &|f| format!("{:.0} MB", f.build_megabytes));
    row("**Nothing changed**", "", &|f| seconds(f.unchanged_seconds));
    row("… part of a clean build", "", &|f| {
        format!("{:.0} %", f.unchanged_seconds / f.clean_seconds * 100.0)
    });
    let edited = |f: &Figures, cell: &dyn Fn(&EditFigures) -> String| {
        f.edits.as_ref().map_or_else(|| "–".to_owned(), cell)
    };
    row("**Edit to visible**", "", &|f| edited(f, &|e| milliseconds(e.milliseconds)));
    row("… fastest and slowest", "", &|f| edited(f, &|e| e.range.map(milliseconds).join(", ")));
    row("… times unionplan", "", &|f| {
        let times_own = |e: &EditFigures| {
            own.edits.as_ref().map_or_else(String::new, |o| times(e.milliseconds / o.milliseconds))
        };
        edited(f, &times_own)
    });
    row("… peak memory of the server", "", &|f| {
        edited(f, &|e| format!("{:.0} MB", e.serve_megabytes))
    });
    row("Pages written", "", &|f| thousands(f.pages));
    row("Mean size of a page", "", &|f| format!("{:.0} bytes", f.mean_bytes));
    row("Pages with the same text", "", &|f| format!("{:.0} %", f.same_text * 100.0));
    row("Builds of each kind; edits", "", &|f| {
        format!("{}; {}", f.runs, edited(f, &|e| e.edits.to_string()))
    });
    if own.edits.as_ref().is_some_and(|edits| !edits.served) {
        text.push_str(
            "\nunionplan's edits were seen in the file that `watch` writes, not over HTTP.\n",
        );
    }
    if at_size.noise > NOISY {
        let _ = writeln!(
            text,
            "\nOther work used up to {:.0} % of the processor: times are longer than on a quiet \
             machine, most of all where a tool uses both cores.",
            at_size.noise * 100.0
        );
    }
    text
}
