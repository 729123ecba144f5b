//! The figures, as they are kept beside the document.

use super::Result;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// Every figure of the document.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Results {
    /// Versions of the tools by name.
    pub versions: BTreeMap<String, String>,
    /// The machine: processor, cores, file system.
    pub machine: String,
    /// A row of figures a size of site, by the number of pages asked for.
    pub sizes: BTreeMap<usize, AtSize>,
}

/// The figures of a size of site, all of one run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AtSize {
    /// Bare writes of the same bytes to the same paths with one thread, in seconds (median).
    pub floor_seconds: f64,
    /// How much of the processor other work used before or after the builds, from 0 to 1.
    #[serde(default)]
    pub noise: f64,
    /// By tool.
    pub tools: BTreeMap<String, Figures>,
}

/// The figures of a tool at a size.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Figures {
    /// Pages that it wrote.
    pub pages: usize,
    /// Their mean size in bytes.
    pub mean_bytes: f64,
    /// Share of unionplan's pages that have the same text here.
    pub same_text: f64,
    /// How often it built.
    pub runs: usize,
    /// A build into an empty folder, in seconds (median).
    pub clean_seconds: f64,
    /// Processor time of a clean build, in seconds (median).
    pub clean_cpu_seconds: f64,
    /// A build after which nothing has changed, in seconds (median).
    pub unchanged_seconds: f64,
    /// The most memory of a clean build, in megabytes.
    pub build_megabytes: f64,
    /// What editing showed; none where the server failed.
    pub edits: Option<EditFigures>,
}

/// What editing showed while a tool's server ran.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EditFigures {
    /// From a saved file to the new word on the page, in milliseconds (median).
    pub milliseconds: f64,
    /// The fastest and the slowest edit.
    pub range: [f64; 2],
    /// The most memory of the serving process, in megabytes.
    pub serve_megabytes: f64,
    /// How many edits.
    pub edits: usize,
    /// False where the tool has no server and its output was looked at instead.
    pub served: bool,
}

impl EditFigures {
    /// The median in seconds.
    pub fn seconds(&self) -> f64 {
        self.milliseconds / 1e3
    }
}

impl Results {
    /// Reads what was kept; nothing if there is nothing.
    pub fn read(file: &Path) -> Result<Self> {
        match fs::read(file) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes)?),
            Err(_) => Ok(Self::default()),
        }
    }

    /// Keeps the figures.
    pub fn write(&self, file: &Path) -> Result<()> {
        Ok(fs::write(file, serde_json::to_string_pretty(self)? + "\n")?)
    }
}

/// The machine, as far as it matters to the figures.
pub fn machine(work: &Path) -> String {
    let processor = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let named = processor.lines().find_map(|line| line.strip_prefix("model name"));
    let name = named.map_or("unknown processor", |name| name.trim_start_matches([' ', '\t', ':']));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kilobytes = memory.lines().find_map(|line| line.strip_prefix("MemTotal:"));
    let kilobytes = kilobytes.and_then(|text| text.split_whitespace().next()?.parse::<u64>().ok());
    let gigabytes = kilobytes.unwrap_or_default().div_ceil(1024 * 1024);
    let disk = if work.starts_with("/dev/shm") { "a RAM disk" } else { "the temporary folder" };
    format!("{name}, {cores} cores, {gigabytes} GB of memory; files on {disk}")
}

/// How much of the processor others use while the benchmark waits, from 0 to 1.
#[allow(clippy::cast_precision_loss)] // for reading
pub fn noise() -> f64 {
    // `cpu user nice system idle iowait irq softirq steal …`, in ticks since the machine started
    let ticks = || -> Option<(u64, u64)> {
        let stat = fs::read_to_string("/proc/stat").ok()?;
        let fields = stat.lines().next()?.split_whitespace().skip(1).take(8);
        let fields: Vec<u64> = fields.map(|field| field.parse().unwrap_or_default()).collect();
        Some((fields.iter().sum(), fields.get(3)? + fields.get(4)?))
    };
    let before = ticks();
    std::thread::sleep(Duration::from_secs(3));
    let Some(((all, idle), (all_now, idle_now))) = before.zip(ticks()) else { return 0.0 };
    1.0 - (idle_now - idle) as f64 / (all_now - all).max(1) as f64
}
