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

mod generate;

use nix::sys::resource::{UsageWho, getrusage};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

struct Arguments {
    unions: usize,
    years: usize,
    runs: usize,
    data: Option<PathBuf>,
}

/// One measured run of the program.
#[derive(Clone, Copy)]
struct Run {
    wall: Duration,
    cpu: Duration,
    peak_kilobytes: i64,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = if arguments.first().is_some_and(|first| first == "measure") {
        measure_child(&arguments[1..])
    } else {
        compare(&parse(&arguments))
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn parse(arguments: &[String]) -> Arguments {
    let value = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1).cloned()
    };
    let number = |name: &str, default: usize| {
        value(name).and_then(|text| text.parse().ok()).unwrap_or(default)
    };
    Arguments {
        unions: number("--unions", 30),
        years: number("--years", 9),
        runs: number("--runs", 5),
        data: value("--data").map(PathBuf::from),
    }
}

fn compare(arguments: &Arguments) -> Result<()> {
    let ram = Path::new("/dev/shm");
    let base = if ram.is_dir() { ram.to_owned() } else { std::env::temp_dir() };
    let work = base.join(format!("unionplan-bench-{}", std::process::id()));
    fs::create_dir_all(&work)?;
    let done = compare_in(arguments, &work);
    fs::remove_dir_all(&work)?;
    done
}

fn compare_in(arguments: &Arguments, work: &Path) -> Result<()> {
    let root = match &arguments.data {
        Some(root) => root.canonicalize()?,
        None => {
            let root = work.join("root");
            generate::generate(&root, arguments.unions, arguments.years)?;
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
            let mut runs: Vec<Duration> = (0..arguments.runs)
                .map(|_| floor(&work.join("floor"), &files, threads))
                .collect::<Result<_>>()?;
            Ok(median(&mut runs))
        })
        .collect::<Result<_>>()?;

    let wall = median(&mut clean.iter().map(|run| run.wall).collect::<Vec<_>>());
    let cpu = median(&mut clean.iter().map(|run| run.cpu).collect::<Vec<_>>());
    let peak = clean.iter().map(|run| run.peak_kilobytes).max().unwrap_or_default();
    let unchanged = median(&mut again.iter().map(|run| run.wall).collect::<Vec<_>>());
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

#[allow(clippy::cast_precision_loss)] // for reading
fn mega(kilobytes: i64) -> f64 {
    kilobytes as f64 / 1024.0
}

fn median(runs: &mut [Duration]) -> Duration {
    runs.sort_unstable();
    runs[runs.len() / 2]
}

/// Runs the program in a process of its own that reports what its one child used.
fn build(root: &Path, out: &Path) -> Result<Run> {
    let output = Command::new(std::env::current_exe()?)
        .arg("measure")
        .args([root, out])
        .stderr(Stdio::inherit())
        .output()?;
    let text = String::from_utf8(output.stdout)?;
    let numbers: Vec<i64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [wall, cpu, peak_kilobytes] = numbers[..] else {
        return Err("the build failed".into());
    };
    let duration = |microseconds: i64| Duration::from_micros(microseconds.unsigned_abs());
    Ok(Run { wall: duration(wall), cpu: duration(cpu), peak_kilobytes })
}

/// Prints microseconds of wall and CPU time, and peak kilobytes, of one build.
fn measure_child(arguments: &[String]) -> Result<()> {
    let [root, out] = arguments else {
        return Err("measure ROOT OUT".into());
    };
    let begun = Instant::now();
    let built = Command::new(env!("CARGO_BIN_EXE_unionplan"))
        .args(["build", "--lang", "en", "--root", root, "--out", out])
        .output()?;
    let wall = begun.elapsed();
    if !built.status.success() {
        return Err(String::from_utf8_lossy(&built.stderr).into());
    }
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let microseconds = |time: nix::sys::time::TimeVal| time.tv_sec() * 1_000_000 + time.tv_usec();
    let cpu = microseconds(usage.user_time()) + microseconds(usage.system_time());
    println!("{} {cpu} {}", wall.as_micros(), usage.max_rss());
    Ok(())
}

/// Every file of a site.
fn read_all(out: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(out).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(out)?.to_string_lossy().into_owned();
            files.push((path, fs::read(entry.path())?));
        }
    }
    Ok(files)
}

/// The least that any program has to do: make the folders, write the files.
fn floor(target: &Path, files: &[(String, Vec<u8>)], threads: usize) -> Result<Duration> {
    let _ = fs::remove_dir_all(target);
    let begun = Instant::now();
    std::thread::scope(|scope| {
        let workers: Vec<_> = files
            .chunks(files.len().div_ceil(threads))
            .map(|part| {
                scope.spawn(move || -> std::io::Result<()> {
                    let mut folder = PathBuf::new();
                    for (path, bytes) in part {
                        let path = target.join(path);
                        if let Some(parent) = path.parent().filter(|parent| **parent != *folder) {
                            fs::create_dir_all(parent)?;
                            folder = parent.to_owned();
                        }
                        fs::write(path, bytes)?;
                    }
                    Ok(())
                })
            })
            .collect();
        workers.into_iter().try_for_each(|worker| match worker.join() {
            Ok(done) => done,
            Err(_) => Err(std::io::Error::other("a worker panicked")),
        })
    })?;
    Ok(begun.elapsed())
}
