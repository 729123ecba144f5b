//! What the benchmarks share: synthetic sites, a floor of bare file writes, and programs run in
//! bounded time with what they used.

#![allow(dead_code)] // Each benchmark uses a part of this.

pub mod floor;
pub mod synthetic;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeVal;
use std::error::Error;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// What a step of a benchmark yields.
pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The first argument with which a benchmark starts itself to measure one program; see [`run`].
const MEASURE: &str = "measure";

/// One measured run of a program.
#[derive(Clone, Copy)]
pub struct Run {
    /// From start to exit.
    pub wall: Duration,
    /// User and system time of all its threads.
    pub cpu: Duration,
    /// The most memory it held at once (resident), in kilobytes.
    pub peak_kilobytes: i64,
}

/// Runs a benchmark, or measures one program if that is what the benchmark was started for.
pub fn main(benchmark: impl FnOnce(&[String]) -> Result<()>) -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.split_first() {
        Some((first, rest)) if first == MEASURE => measure(rest),
        _ => benchmark(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The value behind a name on the command line: `--runs 5`.
pub fn value(arguments: &[String], name: &str) -> Option<String> {
    let at = arguments.iter().position(|argument| argument == name)?;
    arguments.get(at + 1).cloned()
}

/// The number behind a name on the command line, or else a default.
pub fn number(arguments: &[String], name: &str, default: usize) -> Result<usize> {
    match value(arguments, name) {
        None => Ok(default),
        Some(text) => text.parse().map_err(|_| format!("{name} {text}: not a number").into()),
    }
}

/// Does work in a new folder on a RAM disk, where there is one, and removes the folder, as well as
/// those of benchmarks that were stopped before they could.
pub fn in_new_folder<T>(work: impl FnOnce(&Path) -> Result<T>) -> Result<T> {
    const NAME: &str = "unionplan-bench-";
    let ram = Path::new("/dev/shm");
    let base = if ram.is_dir() { ram.to_owned() } else { std::env::temp_dir() };
    for entry in fs::read_dir(&base)?.filter_map(std::result::Result::ok) {
        let name = entry.file_name();
        let process = name.to_str().and_then(|name| name.strip_prefix(NAME));
        if process.is_some_and(|process| !Path::new("/proc").join(process).exists()) {
            fs::remove_dir_all(entry.path())?;
        }
    }
    let folder = base.join(format!("{NAME}{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let done = work(&folder);
    fs::remove_dir_all(&folder)?;
    done
}

/// Runs a program in a process of its own that reports what its one child used. A program that
/// takes longer than `limit` is stopped, which is an error, as is any exit code but 0.
pub fn run(
    program: &Path,
    arguments: &[impl AsRef<OsStr>],
    folder: &Path,
    limit: Duration,
) -> Result<Run> {
    let output = Command::new(std::env::current_exe()?)
        .arg(MEASURE)
        .arg(limit.as_secs().to_string())
        .arg(program)
        .args(arguments)
        .current_dir(folder)
        .stderr(Stdio::inherit())
        .output()?;
    let text = String::from_utf8(output.stdout)?;
    let numbers: Vec<i64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [wall, cpu, peak_kilobytes] = numbers[..] else {
        return Err(format!("{}: the run failed", program.display()).into());
    };
    let duration = |microseconds: i64| Duration::from_micros(microseconds.unsigned_abs());
    Ok(Run { wall: duration(wall), cpu: duration(cpu), peak_kilobytes })
}

/// Prints microseconds of wall and CPU time, and peak kilobytes, of one run of a program.
fn measure(arguments: &[String]) -> Result<()> {
    let [limit, program, rest @ ..] = arguments else {
        return Err("measure SECONDS PROGRAM ARGUMENTS…".into());
    };
    let limit = Duration::from_secs(limit.parse()?);
    let begun = Instant::now();
    let child = Command::new(program)
        .args(rest)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{program}: {error}"))?;
    let id = child.id();
    let (finished, wait) = mpsc::channel::<()>();
    let watchdog = std::thread::spawn(move || {
        let late = wait.recv_timeout(limit) == Err(mpsc::RecvTimeoutError::Timeout);
        if late {
            let _ = Command::new("kill").args(["-KILL", &id.to_string()]).status();
        }
        late
    });
    let output = child.wait_with_output()?;
    let wall = begun.elapsed();
    drop(finished);
    if watchdog.join().unwrap_or_default() {
        return Err(format!("{program}: stopped after {} s", limit.as_secs()).into());
    }
    if !output.status.success() {
        let said = [output.stdout, output.stderr].concat();
        return Err(format!("{program}: {}", String::from_utf8_lossy(&said)).into());
    }
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let microseconds = |time: TimeVal| time.tv_sec() * 1_000_000 + time.tv_usec();
    let cpu = microseconds(usage.user_time()) + microseconds(usage.system_time());
    println!("{} {cpu} {}", wall.as_micros(), usage.max_rss());
    Ok(())
}

/// The program that is built with the benchmark.
pub fn program() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_unionplan"))
}

/// Runs a build of the program.
pub fn build(root: &Path, out: &Path) -> Result<Run> {
    let arguments = [
        OsStr::new("build"),
        OsStr::new("--lang"),
        OsStr::new("en"),
        OsStr::new("--root"),
        root.as_os_str(),
        OsStr::new("--out"),
        out.as_os_str(),
    ];
    run(&program(), &arguments, root, Duration::from_secs(600))
}

/// The middle of some durations; the later of two middles.
pub fn median(runs: impl IntoIterator<Item = Duration>) -> Duration {
    let mut runs: Vec<Duration> = runs.into_iter().collect();
    runs.sort_unstable();
    runs.get(runs.len() / 2).copied().unwrap_or_default()
}

/// Kilobytes as megabytes.
#[allow(clippy::cast_precision_loss)] // for reading
pub fn mega(kilobytes: i64) -> f64 {
    kilobytes as f64 / 1024.0
}
