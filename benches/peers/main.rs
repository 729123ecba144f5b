//! Builds the same synthetic site with unionplan, Hugo and Eleventy, from the same data files and
//! with the same pages, and writes how long each took into `docs/performance.md`.
//!
//! ```text
//! cargo bench --bench peers                                 # all sizes, all peers: half an hour
//! cargo bench --bench peers -- --pages 1000,10000 --peers hugo --runs 3 --edits 7
//! cargo bench --bench peers -- --out DIR                    # table, chart and figures go to DIR
//! cargo bench --bench peers -- --redraw                     # table and chart of the kept figures
//! ```
//!
//! Sizes that are not measured keep their figures; `--peers none` measures unionplan alone. The
//! peers are installed below the target folder by `pip` and `npm` in the versions that
//! `benches/peers/` names. Everything is written to a RAM disk where there is one. Builds alternate
//! between the tools, so that all of them meet the same noise; every time is the median of `--runs`
//! runs, or of `--edits` edits. Small sites are built more often, and large ones less, by the peers
//! only once.

#[path = "../measure/mod.rs"]
mod measure;

mod alike;
mod chart;
mod edit;
mod http;
mod results;
mod table;
mod tools;

use alike::Site;
use edit::Edits;
use measure::floor::{File, floor, read_all};
use measure::{Result, Run, in_new_folder, median, mega, number, value};
use results::{AtSize, EditFigures, Figures, Results};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use tools::{Installed, Preview, Size, Tool};

/// From this size on a peer builds once, and unionplan three times at most; and the edits are fewer.
const LARGE: usize = 50_000;
const LARGE_EDITS: usize = 7;

/// Below this size a build takes a moment, of which chance has a greater part, so that there are
/// more builds.
const SMALL: usize = 5_000;
const SMALL_RUNS: usize = 21;
const RUNS: usize = 5;

struct Arguments {
    pages: Vec<usize>,
    tools: Vec<Tool>,
    runs: Option<usize>,
    edits: usize,
    out: Option<PathBuf>,
    redraw: bool,
}

fn main() -> ExitCode {
    measure::main(|arguments| compare(&parse(arguments)?))
}

fn parse(arguments: &[String]) -> Result<Arguments> {
    let list = |name: &str, default: &str| -> Vec<String> {
        let text = value(arguments, name).unwrap_or_else(|| default.to_owned());
        text.split(',').map(|part| part.trim().to_owned()).collect()
    };
    let mut tools = vec![Tool::Unionplan];
    for name in list("--peers", "hugo,eleventy").iter().filter(|name| *name != "none") {
        tools.push(Tool::peer(name).ok_or_else(|| format!("--peers: no peer {name}"))?);
    }
    let mut pages = Vec::new();
    for text in list("--pages", "1000,10000,100000") {
        pages.push(text.parse().map_err(|_| format!("--pages {text}: not a number"))?);
    }
    Ok(Arguments {
        pages,
        tools,
        runs: match value(arguments, "--runs") {
            Some(_) => Some(number(arguments, "--runs", 0)?.max(1)),
            None => None,
        },
        edits: number(arguments, "--edits", 9)?.max(1),
        out: value(arguments, "--out").map(PathBuf::from),
        redraw: arguments.iter().any(|argument| argument == "--redraw"),
    })
}

fn compare(arguments: &Arguments) -> Result<()> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let out = arguments.out.clone().unwrap_or_else(|| docs.join("performance"));
    fs::create_dir_all(&out)?;
    let kept = out.join("results.json");
    let mut results = Results::read(&kept)?;
    if !arguments.redraw {
        let installed = Installed::install(&arguments.tools[1..])?;
        results.versions.extend(installed.versions(&arguments.tools)?);
        for pages in &arguments.pages {
            let sized = in_new_folder(|work| {
                results.machine = results::machine(work);
                compare_size(arguments, &installed, *pages, work)
            })?;
            results.sizes.insert(*pages, sized);
            results.write(&kept)?;
        }
    }
    let appendix = table::appendix(&results);
    fs::write(out.join("chart.svg"), chart::svg(&results))?;
    let figures = if arguments.out.is_some() {
        let figures = table::figures(&results, "chart.svg");
        fs::write(out.join("table.md"), format!("{figures}\n{appendix}"))?;
        figures
    } else {
        let figures = table::figures(&results, "performance/chart.svg");
        table::replace(&docs.join("performance.md"), &figures, &appendix)?;
        figures
    };
    print!("{figures}\n{appendix}");
    Ok(())
}

/// The builds of one tool.
#[derive(Default)]
struct Builds {
    clean: Vec<Run>,
    unchanged: Vec<Run>,
}

fn compare_size(
    arguments: &Arguments,
    installed: &Installed,
    pages: usize,
    work: &Path,
) -> Result<AtSize> {
    let size = Size::of(pages);
    let root = |tool: Tool| work.join(tool.name());
    eprintln!("{pages} pages: laying out");
    installed.lay_out(Tool::Unionplan, &root(Tool::Unionplan), size, Path::new(""))?;
    installed.build(Tool::Unionplan, &root(Tool::Unionplan))?;
    let site = root(Tool::Unionplan).join("public");
    for tool in &arguments.tools[1..] {
        installed.lay_out(*tool, &root(*tool), size, &site.join("assets"))?;
    }

    let mut noise = results::noise();
    let files = read_all(&site)?;
    let mut floors = Vec::new();
    let mut builds: Vec<Builds> = arguments.tools.iter().map(|_| Builds::default()).collect();
    let runs = arguments.runs.unwrap_or(if pages < SMALL { SMALL_RUNS } else { RUNS });
    for round in 0..runs {
        eprintln!("{pages} pages: round {} of {runs}", round + 1);
        for (tool, builds) in arguments.tools.iter().zip(&mut builds) {
            let most = match (pages >= LARGE, tool) {
                (true, Tool::Unionplan) => 3,
                (true, _) => 1,
                _ => runs,
            };
            if round < most {
                build_twice(installed, *tool, &root(*tool), builds)?;
            }
        }
        floors.push(floor(&work.join("floor"), &files, 1)?);
    }
    noise = noise.max(results::noise());
    drop::<Vec<File>>(files);
    fs::remove_dir_all(work.join("floor"))?;

    let own = Site::read(&site)?;
    let mut figures = BTreeMap::new();
    for (tool, builds) in arguments.tools.iter().zip(&builds) {
        let site = Site::read(&root(*tool).join("public"))?;
        site.insist(tool.name(), &own, Tool::Unionplan.name())?;
        eprintln!(
            "{pages} pages: {} {} pages of {:.0} bytes, {} with the same text",
            tool.name(),
            site.pages,
            site.mean_bytes,
            site.same_text(&own)
        );
        let count = if pages >= LARGE { arguments.edits.min(LARGE_EDITS) } else { arguments.edits };
        // A server that fails has no figures; what was built before has.
        let edits = edit::measure(installed, *tool, &root(*tool), size.unions, count)
            .map(|edits| edit_figures(*tool, &edits))
            .inspect_err(|error| eprintln!("{pages} pages: {error}"));
        figures.insert(tool.name().to_owned(), figures_of(&site, &own, builds, edits.ok()));
        fs::remove_dir_all(root(*tool))?;
    }
    Ok(AtSize { floor_seconds: median(floors).as_secs_f64(), noise, tools: figures })
}

/// A build into an empty folder, and one after which nothing has changed.
fn build_twice(installed: &Installed, tool: Tool, root: &Path, builds: &mut Builds) -> Result<()> {
    for name in ["public", ".unionplan", ".hugo_build.lock", "resources"] {
        let path = root.join(name);
        let _ = if path.is_file() { fs::remove_file(path) } else { fs::remove_dir_all(path) };
    }
    builds.clean.push(installed.build(tool, root)?);
    builds.unchanged.push(installed.build(tool, root)?);
    Ok(())
}

#[allow(clippy::cast_precision_loss)] // for reading
fn figures_of(site: &Site, own: &Site, builds: &Builds, edits: Option<EditFigures>) -> Figures {
    let seconds = |wall: Duration| wall.as_secs_f64();
    let peak = builds.clean.iter().map(|run| run.peak_kilobytes).max();
    Figures {
        pages: site.pages,
        mean_bytes: site.mean_bytes,
        same_text: site.same_text(own) as f64 / own.pages.max(1) as f64,
        runs: builds.clean.len(),
        clean_seconds: seconds(median(builds.clean.iter().map(|run| run.wall))),
        clean_cpu_seconds: seconds(median(builds.clean.iter().map(|run| run.cpu))),
        unchanged_seconds: seconds(median(builds.unchanged.iter().map(|run| run.wall))),
        build_megabytes: mega(peak.unwrap_or_default()),
        edits,
    }
}

fn edit_figures(tool: Tool, edits: &Edits) -> EditFigures {
    let milliseconds = |wait: Duration| wait.as_secs_f64() * 1e3;
    let waits = || edits.waits.iter().copied();
    EditFigures {
        milliseconds: milliseconds(median(waits())),
        range: [waits().min(), waits().max()].map(|wait| milliseconds(wait.unwrap_or_default())),
        serve_megabytes: mega(edits.peak_kilobytes),
        edits: edits.waits.len(),
        served: Installed::preview(tool) == Preview::Served,
    }
}
