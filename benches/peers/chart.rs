//! The figures as a chart: four panels of dots on logarithmic scales, on a ground of their own so
//! that they can be read on light and on dark pages.

use super::results::{AtSize, EditFigures, Figures, Results};
use super::table::{FLOOR, megabytes, seconds, thousands, times};
use super::tools::Tool;
use std::fmt::Write;

const WIDTH: f64 = 920.0;
const MARGIN: f64 = 24.0;
const GAP: f64 = 40.0;
const PANEL_WIDTH: f64 = (WIDTH - 2.0 * MARGIN - GAP) / 2.0;
/// Where the scale begins within a panel, after the names, and how wide it is.
const SCALE_AT: f64 = 128.0;
const SCALE_WIDTH: f64 = 150.0;
/// Where the values end within a panel; how many times unionplan's they are ends with the panel.
const VALUE_END: f64 = 354.0;
const HEAD: f64 = 92.0;
const TITLE: f64 = 52.0;
const SIZE_HEAD: f64 = 28.0;
const LINE: f64 = 19.0;
/// Below the last line, for the numbers of the scale.
const TICKS: f64 = 22.0;

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
        note: "into an empty folder",
        of: |figures| Some(figures.clean_seconds),
        floor: true,
        label: seconds,
    },
    Panel {
        title: "Nothing changed",
        note: "the same build once more",
        of: |figures| Some(figures.unchanged_seconds),
        floor: false,
        label: seconds,
    },
    Panel {
        title: "Edit to visible",
        note: "from a saved file to the page",
        of: |figures| figures.edits.as_ref().map(EditFigures::seconds),
        floor: false,
        label: seconds,
    },
    Panel {
        title: "Memory of the server",
        note: "the most at once",
        of: |figures| figures.edits.as_ref().map(|edits| edits.serve_megabytes),
        floor: false,
        label: megabytes,
    },
];

/// A line of a panel: who, how much, and how it is drawn.
struct Line {
    name: &'static str,
    class: &'static str,
    value: f64,
    /// How many times unionplan's value; none for unionplan itself and for the floor.
    times_own: Option<f64>,
}

/// The chart.
pub fn svg(results: &Results) -> String {
    let rows = [0, 2].map(|row| row_height(results, row));
    let total = HEAD + rows.iter().sum::<f64>() + GAP + MARGIN;
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
         <text class=\"note\" x=\"{MARGIN}\" y=\"60\">Same data, same pages, same machine. Further \
         left is better; each line of a scale is ten times the one before.</text>"
    );
    for (index, panel) in PANELS.iter().enumerate() {
        let x = MARGIN + if index % 2 == 1 { PANEL_WIDTH + GAP } else { 0.0 };
        let y = HEAD + if index >= 2 { rows[0] + GAP } else { 0.0 };
        draw(&mut svg, results, panel, &blocks(results, index / 2 * 2), x, y);
    }
    svg.push_str("</svg>\n");
    svg
}

const STYLE: &str = "<style>\n\
    text { font: 13px system-ui, -apple-system, \"Segoe UI\", Roboto, sans-serif; fill: #1f2328 }\n\
    .head { font-size: 20px; font-weight: 600 }\n\
    .title { font-size: 15px; font-weight: 600 }\n\
    .note, .tick { fill: #59636e } .tick { font-size: 11px; text-anchor: middle }\n\
    .size { font-size: 12px; font-weight: 600 }\n\
    .value { text-anchor: end; font-variant-numeric: tabular-nums }\n\
    .small { font-size: 11px }\n\
    .ground { fill: #ffffff; stroke: #d1d9e0 }\n\
    .grid, .guide { stroke: #e4e8ec }\n\
    .own { fill: #0b6e4f } .hugo { fill: #b3246b } .eleventy { fill: #3a4aa8 }\n\
    .floor { fill: #59636e }\n\
    .bold { font-weight: 600 }\n\
    </style>\n";

/// The heights of the sizes of two panels beside each other, of which the second begins its sizes
/// where the first does.
fn blocks(results: &Results, first: usize) -> Vec<f64> {
    let beside = &PANELS[first..first + 2];
    #[allow(clippy::cast_precision_loss)] // a handful
    let height = |at_size: &AtSize| {
        let most = beside.iter().map(|panel| lines(at_size, panel).len()).max();
        most.unwrap_or_default() as f64 * LINE + SIZE_HEAD
    };
    results.sizes.values().map(height).collect()
}

fn row_height(results: &Results, first: usize) -> f64 {
    TITLE + blocks(results, first).iter().sum::<f64>() + TICKS
}

/// The lines of a size: the tools, and last the floor, which only a clean build has.
fn lines(at_size: &AtSize, panel: &Panel) -> Vec<Line> {
    let tools = [(Tool::Unionplan, "own"), (Tool::Hugo, "hugo"), (Tool::Eleventy, "eleventy")];
    let value = |tool: Tool| at_size.tools.get(tool.name()).and_then(panel.of);
    let own = value(Tool::Unionplan);
    let line = |(tool, class): (Tool, &'static str)| {
        let value = value(tool)?;
        let times_own = own.filter(|_| tool != Tool::Unionplan).map(|own| value / own);
        Some(Line { name: tool.name(), class, value, times_own })
    };
    let mut lines: Vec<Line> = tools.into_iter().filter_map(line).collect();
    if panel.floor {
        let value = at_size.floor_seconds;
        lines.push(Line { name: FLOOR, class: "floor", value, times_own: None });
    }
    lines
}

/// A panel at a place: title, scale, and the sizes with the heights of their blocks.
fn draw(svg: &mut String, results: &Results, panel: &Panel, blocks: &[f64], x: f64, y: f64) {
    let lines_of = |at_size| lines(at_size, panel);
    let values = || results.sizes.values().flat_map(lines_of).map(|line| line.value.log10());
    // The scale ends with its values, not with the next power of ten, so that no part stays empty.
    let least = values().fold(f64::INFINITY, f64::min) - 0.1;
    let most = values().fold(f64::NEG_INFINITY, f64::max).max(least + 1.0) + 0.1;
    let at = |log: f64| x + SCALE_AT + (log - least) / (most - least) * SCALE_WIDTH;
    let bottom = y + TITLE + blocks.iter().sum::<f64>();
    let _ = writeln!(
        svg,
        "<text class=\"title\" x=\"{x}\" y=\"{}\">{}</text>\n\
         <text class=\"note\" x=\"{x}\" y=\"{}\">{}</text>\n\
         <text class=\"note small value\" x=\"{}\" y=\"{}\">× unionplan</text>",
        y + 14.0,
        panel.title,
        y + 33.0,
        panel.note,
        x + PANEL_WIDTH,
        y + 33.0
    );
    let mut power = least.ceil();
    while power <= most {
        let _ = writeln!(
            svg,
            "<line class=\"grid\" x1=\"{0:.1}\" x2=\"{0:.1}\" y1=\"{1:.1}\" y2=\"{2:.1}\"/>\
             <text class=\"tick\" x=\"{0:.1}\" y=\"{3:.1}\">{4}</text>",
            at(power),
            y + TITLE - 6.0,
            bottom,
            bottom + 15.0,
            tick(panel, power)
        );
        power += 1.0;
    }
    let mut block_y = y + TITLE;
    for ((pages, at_size), height) in results.sizes.iter().zip(blocks) {
        let _ = writeln!(
            svg,
            "<text class=\"size\" x=\"{x}\" y=\"{:.1}\">{} pages</text>",
            block_y + 12.0,
            thousands(*pages)
        );
        let mut line_y = block_y + SIZE_HEAD - 8.0;
        for line in lines(at_size, panel) {
            let label = (panel.label)(line.value);
            draw_line(svg, &line, x, line_y + 9.0, at(line.value.log10()), &label);
            line_y += LINE;
        }
        block_y += height;
    }
}

/// A name, a dot on a faint line across the scale, the value, and how many times unionplan's it
/// is. Each tool has a shape of its own, so that colour is not needed to tell them apart.
fn draw_line(svg: &mut String, line: &Line, x: f64, y: f64, dot: f64, label: &str) {
    let bold = if line.class == "own" { "bold" } else { "plain" };
    let mark = match line.class {
        "own" => format!("<circle class=\"own\" cx=\"{dot:.1}\" cy=\"{y:.1}\" r=\"5\"/>"),
        "hugo" => format!(
            "<rect class=\"hugo\" x=\"{:.1}\" y=\"{:.1}\" width=\"9\" height=\"9\"/>",
            dot - 4.5,
            y - 4.5
        ),
        "eleventy" => format!(
            "<path class=\"eleventy\" d=\"M{dot:.1} {:.1}l5.5 5.5-5.5 5.5-5.5-5.5z\"/>",
            y - 5.5
        ),
        _ => format!(
            "<rect class=\"floor\" x=\"{:.1}\" y=\"{:.1}\" width=\"3\" height=\"11\"/>",
            dot - 1.5,
            y - 5.5
        ),
    };
    let text_y = y + 4.5;
    let _ = writeln!(
        svg,
        "<text class=\"{bold}\" x=\"{x}\" y=\"{text_y:.1}\">{}</text>\
         <line class=\"guide\" x1=\"{:.1}\" x2=\"{:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
         {mark}<text class=\"value {bold}\" x=\"{:.1}\" y=\"{text_y:.1}\">{label}</text>",
        line.name,
        x + SCALE_AT,
        x + SCALE_AT + SCALE_WIDTH,
        x + VALUE_END
    );
    if let Some(times_own) = line.times_own {
        let _ = writeln!(
            svg,
            "<text class=\"value\" x=\"{}\" y=\"{text_y:.1}\">{} ×</text>",
            x + PANEL_WIDTH,
            times(times_own)
        );
    }
}

/// A power of ten with the panel's unit: 0.1 s, 1,000 MB.
fn tick(panel: &Panel, power: f64) -> String {
    let label = (panel.label)(10_f64.powf(power));
    let (number, unit) = label.split_once(' ').unwrap_or((&label, ""));
    let number = if number.contains('.') {
        number.trim_end_matches('0').trim_end_matches('.')
    } else {
        number
    };
    format!("{number} {unit}")
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
                    .map(|line| {
                        let value = (panel.label)(line.value);
                        let own =
                            line.times_own.map(|own| format!(" ({} × unionplan)", times(own)));
                        format!("{} {value}{}", line.name, own.unwrap_or_default())
                    })
                    .collect();
                format!("at {} pages {}", thousands(*pages), lines.join(", "))
            })
            .collect();
        let _ = write!(text, "{}. ", sizes.join("; "));
    }
    text.trim_end().to_owned()
}
