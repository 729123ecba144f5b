//! The figures as a chart: four panels of dots on logarithmic scales, on a ground of their own so
//! that they can be read on light and on dark pages.

use super::results::{AtSize, Figures, Results};
use super::table::{milliseconds, seconds, thousands};
use super::tools::Tool;
use std::fmt::Write;

const WIDTH: f64 = 860.0;
const MARGIN: f64 = 24.0;
const GAP: f64 = 36.0;
const PANEL_WIDTH: f64 = (WIDTH - 2.0 * MARGIN - GAP) / 2.0;
/// Where the scale begins within a panel, after the names, and how wide it is, before the values.
const SCALE_AT: f64 = 82.0;
const SCALE_WIDTH: f64 = PANEL_WIDTH - SCALE_AT - 62.0;
const HEAD: f64 = 92.0;
const TITLE: f64 = 52.0;
const SIZE_HEAD: f64 = 24.0;
const LINE: f64 = 19.0;

/// What a panel shows.
struct Panel {
    title: &'static str,
    note: &'static str,
    of: fn(&Figures) -> Option<f64>,
    floor: bool,
    label: fn(f64) -> String,
}

const PANELS: [Panel; 4] = [
    Panel {
        title: "Clean build",
        note: "seconds, into an empty folder",
        of: |figures| Some(figures.clean_seconds),
        floor: true,
        label: seconds,
    },
    Panel {
        title: "Nothing changed",
        note: "seconds, the same build once more",
        of: |figures| Some(figures.unchanged_seconds),
        floor: false,
        label: seconds,
    },
    Panel {
        title: "Edit to visible",
        note: "milliseconds, from a saved file to the page",
        of: |figures| figures.edits.as_ref().map(|edits| edits.milliseconds),
        floor: false,
        label: milliseconds,
    },
    Panel {
        title: "Memory while serving",
        note: "megabytes, the most at once",
        of: |figures| figures.edits.as_ref().map(|edits| edits.serve_megabytes),
        floor: false,
        label: |value| format!("{value:.0} MB"),
    },
];

/// A line of a panel: who, how much, and how it is drawn.
struct Line {
    name: &'static str,
    class: &'static str,
    value: f64,
}

/// The chart.
pub fn svg(results: &Results) -> String {
    let heights: Vec<f64> = PANELS.iter().map(|panel| height(results, panel)).collect();
    let rows = [heights[0].max(heights[1]), heights[2].max(heights[3])];
    let total = HEAD + rows[0] + GAP + rows[1] + MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {total}\" \
         width=\"{WIDTH}\" height=\"{total}\" role=\"img\" aria-labelledby=\"title desc\">\n\
         <title id=\"title\">unionplan beside Hugo and Eleventy</title>\n\
         <desc id=\"desc\">{}</desc>\n{STYLE}\
         <rect class=\"ground\" x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"{}\" rx=\"8\"/>\n",
        description(results),
        WIDTH - 1.0,
        total - 1.0
    );
    let _ = writeln!(
        svg,
        "<text class=\"head\" x=\"{MARGIN}\" y=\"38\">The same site, built by each program</text>\n\
         <text class=\"note\" x=\"{MARGIN}\" y=\"60\">Same data, same pages, same machine. Less is \
         better; each line of a scale is ten times the one before.</text>"
    );
    for (index, panel) in PANELS.iter().enumerate() {
        let x = MARGIN + if index % 2 == 1 { PANEL_WIDTH + GAP } else { 0.0 };
        let y = HEAD + if index >= 2 { rows[0] + GAP } else { 0.0 };
        draw(&mut svg, results, panel, x, y);
    }
    svg.push_str("</svg>\n");
    svg
}

const STYLE: &str = "<style>\n\
    text { font: 13px system-ui, -apple-system, \"Segoe UI\", Roboto, sans-serif; fill: #1f2328 }\n\
    .ground { fill: #ffffff; stroke: #d1d9e0 }\n\
    .head { font-size: 20px; font-weight: 600 }\n\
    .title { font-size: 15px; font-weight: 600 }\n\
    .note, .tick { fill: #59636e } .tick { font-size: 11px; text-anchor: middle }\n\
    .size { font-size: 12px; font-weight: 600 }\n\
    .grid { stroke: #e4e8ec }\n\
    .stem { stroke-width: 3 }\n\
    .own { fill: #0b6e4f; stroke: #0b6e4f } .hugo { fill: #b3246b; stroke: #b3246b }\n\
    .eleventy { fill: #3a4aa8; stroke: #3a4aa8 } .floor { fill: #8c959f; stroke: #8c959f }\n\
    .bold { font-weight: 600 }\n\
    </style>\n";

fn height(results: &Results, panel: &Panel) -> f64 {
    let sizes = results.sizes.values();
    #[allow(clippy::cast_precision_loss)] // a handful
    let lines = |at_size: &AtSize| lines(at_size, panel).len() as f64 * LINE + SIZE_HEAD;
    TITLE + sizes.map(lines).sum::<f64>() + 22.0
}

fn lines(at_size: &AtSize, panel: &Panel) -> Vec<Line> {
    let tools = [(Tool::Unionplan, "own"), (Tool::Hugo, "hugo"), (Tool::Eleventy, "eleventy")];
    let floor = Line { name: "bare writes", class: "floor", value: at_size.floor_seconds };
    let mut lines: Vec<Line> = panel.floor.then_some(floor).into_iter().collect();
    lines.extend(tools.into_iter().filter_map(|(tool, class)| {
        let value = (panel.of)(at_size.tools.get(tool.name())?)?;
        Some(Line { name: tool.name(), class, value })
    }));
    lines
}

fn draw(svg: &mut String, results: &Results, panel: &Panel, x: f64, y: f64) {
    let values: Vec<f64> =
        results.sizes.values().flat_map(|at_size| lines(at_size, panel)).map(|l| l.value).collect();
    let least = values.iter().copied().fold(f64::INFINITY, f64::min).log10().floor();
    let most = values.iter().copied().fold(0.0, f64::max).log10().ceil().max(least + 1.0);
    let at = |value: f64| x + SCALE_AT + (value.log10() - least) / (most - least) * SCALE_WIDTH;
    let bottom = y + height(results, panel) - 22.0;
    let _ = writeln!(
        svg,
        "<text class=\"title\" x=\"{x}\" y=\"{}\">{}</text>\n\
         <text class=\"note\" x=\"{x}\" y=\"{}\">{}</text>",
        y + 14.0,
        panel.title,
        y + 33.0,
        panel.note
    );
    let mut power = least;
    while power <= most {
        let value = 10_f64.powf(power);
        let _ = writeln!(
            svg,
            "<line class=\"grid\" x1=\"{0:.1}\" x2=\"{0:.1}\" y1=\"{1:.1}\" y2=\"{2:.1}\"/>\
             <text class=\"tick\" x=\"{0:.1}\" y=\"{3:.1}\">{4}</text>",
            at(value),
            y + TITLE - 6.0,
            bottom,
            bottom + 15.0,
            tick(value)
        );
        power += 1.0;
    }
    let mut line_y = y + TITLE;
    for (pages, at_size) in &results.sizes {
        let _ = writeln!(
            svg,
            "<text class=\"size\" x=\"{x}\" y=\"{:.1}\">{} pages</text>",
            line_y + 12.0,
            thousands(*pages)
        );
        line_y += SIZE_HEAD - 4.0;
        for line in lines(at_size, panel) {
            draw_line(svg, &line, x, line_y + 9.0, at(line.value), &(panel.label)(line.value));
            line_y += LINE;
        }
        line_y += 4.0;
    }
}

/// A name, a stem from the scale's beginning to a dot, and the value. Each tool has a shape of its
/// own, so that colour is not needed to tell them apart.
fn draw_line(svg: &mut String, line: &Line, x: f64, y: f64, end: f64, label: &str) {
    let bold = if line.class == "own" { " class=\"bold\"" } else { "" };
    let mark = match line.class {
        "own" => format!("<circle class=\"own\" cx=\"{end:.1}\" cy=\"{y:.1}\" r=\"5\"/>"),
        "hugo" => format!(
            "<rect class=\"hugo\" x=\"{:.1}\" y=\"{:.1}\" width=\"9\" height=\"9\"/>",
            end - 4.5,
            y - 4.5
        ),
        "eleventy" => format!(
            "<path class=\"eleventy\" d=\"M{end:.1} {:.1}l5.5 5.5-5.5 5.5-5.5-5.5z\"/>",
            y - 5.5
        ),
        _ => format!(
            "<rect class=\"floor\" x=\"{:.1}\" y=\"{:.1}\" width=\"3\" height=\"11\"/>",
            end - 1.5,
            y - 5.5
        ),
    };
    let _ = writeln!(
        svg,
        "<text{bold} x=\"{x}\" y=\"{:.1}\">{}</text>\
         <line class=\"stem {}\" x1=\"{:.1}\" x2=\"{end:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
         {mark}<text{bold} x=\"{:.1}\" y=\"{:.1}\">{label}</text>",
        y + 4.5,
        line.name,
        line.class,
        x + SCALE_AT,
        end + 10.0,
        y + 4.5
    );
}

fn tick(value: f64) -> String {
    if value < 1.0 {
        return value.to_string();
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a power of ten
    thousands(value as usize)
}

/// The chart in words.
fn description(results: &Results) -> String {
    let mut text = String::new();
    for panel in &PANELS {
        let _ = write!(text, "{} ({}): ", panel.title, panel.note);
        let sizes: Vec<String> = results
            .sizes
            .iter()
            .map(|(pages, at_size)| {
                let lines: Vec<String> = lines(at_size, panel)
                    .iter()
                    .map(|line| format!("{} {}", line.name, (panel.label)(line.value)))
                    .collect();
                format!("at {} pages {}", thousands(*pages), lines.join(", "))
            })
            .collect();
        let _ = write!(text, "{}. ", sizes.join("; "));
    }
    text.trim_end().to_owned()
}
