//! Builds synthetic sites and prints how long it took, beside a floor measured in the same run.
//!
//! ```text
//! cargo bench --bench site                                  # 30 unions × 9 years, 10,000 pages
//! cargo bench --bench site -- --unions 300 --years 9        # 100,000 pages
//! cargo bench --bench site -- --data DIR                    # a real root folder
//! ```
//!
//! The floor is the same bytes written to the same paths by a bare loop, with one thread and with
//! two. Every figure is the median of `--runs` runs, each into an empty folder on a RAM disk where
//! there is one.

#[path = "../measure/mod.rs"]
mod measure;

use measure::floor::{floor, read_all};
use measure::{Result, Run, build, in_new_folder, median, mega, number, synthetic, value};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

struct Arguments {
    unions: usize,
    years: usize,
    runs: usize,
    data: Option<PathBuf>,
}

fn main() -> ExitCode {
    measure::main(|arguments| {
        let arguments = Arguments {
            unions: number(arguments, "--unions", 30)?,
            years: number(arguments, "--years", 9)?,
            runs: number(arguments, "--runs", 5)?,
            data: value(arguments, "--data").map(PathBuf::from),
        };
        in_new_folder(|work| compare(&arguments, work))
    })
}

fn compare(arguments: &Arguments, work: &Path) -> Result<()> {
    let root = match &arguments.data {
        Some(root) => root.canonicalize()?,
        None => {
            let root = work.join("root");
            synthetic::generate(&root, arguments.unions, arguments.years)?;
            root
        }
    };
    let out = work.join("site").join("public");
    let fresh = || -> Result<()> {
        let _ = fs::remove_dir_all(work.join("site"));
        Ok(fs::create_dir_all(work.join("site"))?)
    };
    let mut clean = Vec::new();
    for _ in 0..arguments.runs {
        fresh()?;
        clean.push(build(&root, &out)?);
    }
    let again: Vec<Run> = (0..arguments.runs).map(|_| build(&root, &out)).collect::<Result<_>>()?;
    let files = read_all(&out)?;
    let pages = files.iter().filter(|(path, _)| path.ends_with(".html")).count();
    let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    let floors: Vec<Duration> = [1, 2]
        .into_iter()
        .map(|threads| {
            let runs: Vec<Duration> = (0..arguments.runs)
                .map(|_| floor(&work.join("floor"), &files, threads))
                .collect::<Result<_>>()?;
            Ok(median(runs))
        })
        .collect::<Result<_>>()?;

    let wall = median(clean.iter().map(|run| run.wall));
    let cpu = median(clean.iter().map(|run| run.cpu));
    let peak = clean.iter().map(|run| run.peak_kilobytes).max().unwrap_or_default();
    let unchanged = median(again.iter().map(|run| run.wall));
    println!("pages                {pages}");
    println!("bytes                {bytes} ({} a page)", bytes / pages.max(1));
    println!(
        "clean build          {:.3} s wall, {:.3} s CPU",
        wall.as_secs_f64(),
        cpu.as_secs_f64()
    );
    println!("peak memory          {:.1} MB", mega(peak));
    println!("nothing changed      {:.3} s wall", unchanged.as_secs_f64());
    println!("floor, 1 thread      {:.3} s", floors[0].as_secs_f64());
    println!("floor, 2 threads     {:.3} s", floors[1].as_secs_f64());
    println!("ratio to 1 thread    {:.2}", wall.as_secs_f64() / floors[0].as_secs_f64());
    println!("ratio to 2 threads   {:.2}", wall.as_secs_f64() / floors[1].as_secs_f64());
    Ok(())
}
