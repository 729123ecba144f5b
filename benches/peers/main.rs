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
//! Sizes that are not measured keep their figures. The peers are installed below the target folder
//! by `pip` and `npm` in the versions that `benches/peers/` names. Everything is written to a RAM
//! disk where there is one. Builds alternate between the tools, so that all of them meet the same
//! noise; every time is the median of `--runs` runs, or of `--edits` edits.

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
use measure::floor::{File, floor, read_all};
use measure::{Result, Run, in_new_folder, median, mega, number, value};
use results::{AtSize, Figures, Results};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use tools::{Installed, Preview, Size, Tool};

/// From this size on a peer builds once, and unionplan three times at most.
const LARGE: usize = 50_000;

struct Arguments {
    pages: Vec<usize>,
    tools: Vec<Tool>,
    runs: usize,
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
    for name in list("--peers", "hugo,eleventy") {
        tools.push(Tool::peer(&name).ok_or_else(|| format!("--peers: no peer {name}"))?);
    }
    let mut pages = Vec::new();
    for text in list("--pages", "1000,10000,100000") {
        pages.push(text.parse().map_err(|_| format!("--pages {text}: not a number"))?);
    }
    Ok(Arguments {
        pages,
        tools,
        runs: number(arguments, "--runs", 5)?.max(1),
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
    let table = table::markdown(&results);
    fs::write(out.join("chart.svg"), chart::svg(&results))?;
    match arguments.out {
        Some(_) => fs::write(out.join("table.md"), &table)?,
        None => table::replace(&docs.join("performance.md"), &table)?,
    }
    print!("{table}");
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

    let files = read_all(&site)?;
    let mut floors = Vec::new();
    let mut builds: Vec<Builds> = arguments.tools.iter().map(|_| Builds::default()).collect();
    for round in 0..arguments.runs {
        eprintln!("{pages} pages: round {} of {}", round + 1, arguments.runs);
        for (tool, builds) in arguments.tools.iter().zip(&mut builds) {
            let most = match (pages >= LARGE, tool) {
                (true, Tool::Unionplan) => 3,
                (true, _) => 1,
                _ => arguments.runs,
            };
            if round < most {
                build_twice(installed, *tool, &root(*tool), builds)?;
            }
        }
        floors.push(floor(&work.join("floor"), &files, 1)?);
    }
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
        let edits = edit::measure(installed, *tool, &root(*tool), size.unions, arguments.edits)?;
        figures.insert(tool.name().to_owned(), figure(*tool, &site, &own, builds, &edits));
        fs::remove_dir_all(root(*tool))?;
    }
    Ok(AtSize { floor_seconds: median(floors).as_secs_f64(), tools: figures })
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
fn figure(tool: Tool, site: &Site, own: &Site, builds: &Builds, edits: &edit::Edits) -> Figures {
    let milliseconds = |wait: Option<Duration>| wait.unwrap_or_default().as_secs_f64() * 1e3;
    let waits = &edits.waits;
    Figures {
        pages: site.pages,
        mean_bytes: site.mean_bytes,
        same_text: site.same_text(own) as f64 / own.pages.max(1) as f64,
        runs: builds.clean.len(),
        clean_seconds: median(builds.clean.iter().map(|run| run.wall)).as_secs_f64(),
        clean_cpu_seconds: median(builds.clean.iter().map(|run| run.cpu)).as_secs_f64(),
        unchanged_seconds: median(builds.unchanged.iter().map(|run| run.wall)).as_secs_f64(),
        build_megabytes: mega(
            builds.clean.iter().map(|run| run.peak_kilobytes).max().unwrap_or_default(),
        ),
        edit_milliseconds: milliseconds(Some(median(waits.iter().copied()))),
        edit_range: [
            milliseconds(waits.iter().min().copied()),
            milliseconds(waits.iter().max().copied()),
        ],
        serve_megabytes: mega(edits.peak_kilobytes),
        served: Installed::preview(tool) == Preview::Served,
    }
}
