//! The figures as Markdown: the result in a sentence, the chart, a table a size, and an appendix.

use super::Result;
use super::results::{AtSize, EditFigures, Figures, Results};
use super::tools::Tool;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Between these lines of the document stand the result and its tables.
const FIGURES: [&str; 2] =
    ["<!-- figures: written by `cargo bench --bench peers` -->", "<!-- end of figures -->"];
/// Between these, at its end, stands the appendix.
const APPENDIX: [&str; 2] =
    ["<!-- appendix: written by `cargo bench --bench peers` -->", "<!-- end of appendix -->"];

/// What the bare writes are called in the tables and in the chart.
pub const FLOOR: &str = "Floor (bare writes)";

/// From this share of the processor on, other work shows in the times.
const NOISY: f64 = 0.1;

/// The result in a sentence, the chart at its address, the tables, one a size, and what was
/// measured with.
pub fn figures(results: &Results, chart: &str) -> String {
    let sizes: Vec<String> = results.sizes.keys().map(|pages| thousands(*pages)).collect();
    let mut text = format!(
        "{}\n\n![Chart of clean build, nothing changed, edit to visible and memory of the server at \
         {} pages: dots on logarithmic scales, with the values in figures]({chart})\n\n",
        result(results),
        listed(&sizes)
    );
    for (pages, at_size) in &results.sizes {
        let _ = write!(text, "### {} pages\n\n{}\n", thousands(*pages), table(at_size));
    }
    let versions: Vec<String> =
        results.versions.iter().map(|(name, version)| format!("{name} {version}")).collect();
    let _ = writeln!(text, "{}. {}.", versions.join(", "), results.machine);
    text
}

/// Puts the result and the appendix into the document in place of those that are there.
pub fn replace(document: &Path, figures: &str, appendix: &str) -> Result<()> {
    let mut text = fs::read_to_string(document)?;
    for ([begin, end], new) in [(FIGURES, figures), (APPENDIX, appendix)] {
        let places = text.find(begin).zip(text.find(end)).filter(|(begin, end)| begin < end);
        let Some((from, to)) = places else {
            return Err(format!("{}: no line {begin}", document.display()).into());
        };
        text = format!("{}\n\n{new}\n{}", &text[..from + begin.len()], &text[to..]);
    }
    Ok(fs::write(document, text)?)
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

/// Without decimals: 7,360.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // never below zero
fn whole(value: f64) -> String {
    thousands(value.round() as usize)
}

/// Seconds with two or three digits that say something.
pub fn seconds(value: f64) -> String {
    let decimals = match value {
        ..0.1 => 3,
        ..10.0 => 2,
        ..100.0 => 1,
        _ => return format!("{} s", whole(value)),
    };
    format!("{value:.decimals$} s")
}

/// Megabytes.
pub fn megabytes(value: f64) -> String {
    format!("{} MB", whole(value))
}

/// How many times as much; one decimal below ten.
pub fn times(value: f64) -> String {
    if value < 10.0 { format!("{value:.1}") } else { whole(value) }
}

/// `a, b and c`
fn listed(words: &[String]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => words.concat(),
    }
}

/// The tools that have figures, in the order of the columns.
fn tools(at_size: &AtSize) -> Vec<(&'static str, &Figures)> {
    let names = [Tool::Unionplan, Tool::Hugo, Tool::Eleventy].map(Tool::name);
    let found = |name| at_size.tools.get(name).map(|figures| (name, figures));
    names.into_iter().filter_map(found).collect()
}

/// The result at the size in the middle.
fn result(results: &Results) -> String {
    let Some((pages, at_size)) = results.sizes.iter().nth(results.sizes.len() / 2) else {
        return "Nothing is measured yet.".to_owned();
    };
    let told = |of: &dyn Fn(&Figures) -> Option<f64>| -> Option<String> {
        let tools = tools(at_size);
        let (own, peers) = tools.split_first()?;
        let own = seconds(of(own.1)?);
        let peer =
            |(name, figures): &(&str, &Figures)| Some(format!("{name} {}", seconds(of(figures)?)));
        let peers: Vec<String> = peers.iter().filter_map(peer).collect();
        Some(if peers.is_empty() { own } else { format!("{own} ({})", peers.join(", ")) })
    };
    let mut text = format!("**{} pages", thousands(*pages));
    if let Some(built) = told(&|figures| Some(figures.clean_seconds)) {
        let _ = write!(text, " build in {built}");
    }
    if let Some(shown) = told(&|figures| figures.edits.as_ref().map(EditFigures::seconds)) {
        let _ = write!(text, "; a saved change shows after {shown}");
    }
    text + ".**"
}

fn table(at_size: &AtSize) -> String {
    let tools = tools(at_size);
    let floor = at_size.floor_seconds;
    let heads: Vec<&str> = tools.iter().map(|(name, _)| *name).collect();
    let mut text = format!("| | {} | {FLOOR} |\n|---|", heads.join(" | "));
    text.push_str(&"--:|".repeat(tools.len() + 1));
    text.push('\n');
    let mut row = |title: &str, floor: &str, cell: &dyn Fn(&Figures) -> String| {
        let cells: Vec<String> = tools.iter().map(|(_, figures)| cell(figures)).collect();
        let _ = writeln!(text, "| {title} | {} | {floor} |", cells.join(" | "));
    };
    row("**Clean build**", &seconds(floor), &|f| seconds(f.clean_seconds));
    row("… times the floor", "1", &|f| times(f.clean_seconds / floor));
    row("**Nothing changed**", "", &|f| seconds(f.unchanged_seconds));
    row("**Edit to visible**", "", &|f| edited(f, &|edits| seconds(edits.seconds())));
    row("**Memory of a build**", "", &|f| megabytes(f.build_megabytes));
    row("**Memory of the server**", "", &|f| edited(f, &|edits| megabytes(edits.serve_megabytes)));
    notes(&mut text, at_size, &tools);
    text
}

fn edited(figures: &Figures, cell: &dyn Fn(&EditFigures) -> String) -> String {
    figures.edits.as_ref().map_or_else(|| "–".to_owned(), cell)
}

/// What must be known to read a table rightly.
fn notes(text: &mut String, at_size: &AtSize, tools: &[(&str, &Figures)]) {
    let those = |which: &dyn Fn(&Figures) -> bool| -> Option<String> {
        let names = tools.iter().filter(|(_, figures)| which(figures));
        let names: Vec<String> = names.map(|(name, _)| (*name).to_owned()).collect();
        (!names.is_empty()).then(|| listed(&names))
    };
    if let Some(names) = those(&|figures| figures.runs == 1) {
        let _ = writeln!(text, "\nOf {names}: one build of each kind, not a median.");
    }
    if let Some(names) = those(&|f| f.edits.as_ref().is_some_and(|edits| edits.edits == 1)) {
        let _ = writeln!(text, "\nOf {names}: one edit, not a median.");
    }
    if let Some(names) = those(&|f| f.edits.as_ref().is_some_and(|edits| !edits.served)) {
        let _ = writeln!(
            text,
            "\nThe edits of {names} were seen in the file that it writes while it watches, not over \
             HTTP."
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
}

/// What the tables rest on: how much was written, how alike, and how often it was measured.
pub fn appendix(results: &Results) -> String {
    let mut text =
        "| Pages asked for | | Pages written | Mean page | Same text | Builds of each kind | \
                    Processor time of a clean build | Edits | Fastest edit | Slowest edit |\n\
                    |--:|---|--:|--:|--:|--:|--:|--:|--:|--:|\n"
            .to_owned();
    for (pages, at_size) in &results.sizes {
        for (name, figures) in tools(at_size) {
            let cells = [
                thousands(*pages),
                name.to_owned(),
                thousands(figures.pages),
                format!("{} bytes", whole(figures.mean_bytes)),
                // Rounded down: nothing but all is all.
                format!("{} %", whole((figures.same_text * 100.0).floor())),
                counted(figures.runs, "build"),
                seconds(figures.clean_cpu_seconds),
                edited(figures, &|edits| counted(edits.edits, "edit")),
                edited(figures, &|edits| seconds(edits.range[0] / 1e3)),
                edited(figures, &|edits| seconds(edits.range[1] / 1e3)),
            ];
            let _ = writeln!(text, "| {} |", cells.join(" | "));
        }
    }
    text
}

/// `one build`, `3 builds`
fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("one {what}") } else { format!("{} {what}s", thousands(number)) }
}
