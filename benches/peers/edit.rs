//! Edit to visible: from a saved file to the new word in the page that a reader fetches.

use super::Result;
use super::http::Client;
use super::tools::{Installed, Preview, Tool};
use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Between two looks at the page.
const INTERVAL: Duration = Duration::from_millis(1);
/// How long the server may take to show the first page, and each change.
const START_LIMIT: Duration = Duration::from_secs(900);
const EDIT_LIMIT: Duration = Duration::from_secs(300);
const SETTLE_LIMIT: Duration = Duration::from_secs(180);
/// A server that uses no processor time for so long has nothing left to do.
const QUIET: Duration = Duration::from_millis(750);

/// What the edits of one tool showed.
pub struct Edits {
    /// From the end of the write to the page that holds the new word, edit by edit.
    pub waits: Vec<Duration>,
    /// The most memory that the serving process held at once (resident), in kilobytes.
    pub peak_kilobytes: i64,
}

/// The file that is edited and the page that shows it, in the last branch union.
struct Place {
    file: PathBuf,
    page: String,
    before: String,
    after: String,
}

/// A server or watcher, which ends with its value.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts the tool's server and edits one task's text, by writing the file in place and by renaming
/// a new file over it, alternately. The first edit warms up and does not count.
pub fn measure(
    tools: &Installed,
    tool: Tool,
    root: &Path,
    unions: usize,
    edits: usize,
) -> Result<Edits> {
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
    let place = Place::choose(root, unions)?;
    let (process, port) = tools.start(tool, root, port)?;
    let mut running = Running(process);
    let written = root.join("public").join(place.page.trim_start_matches('/'));
    let mut client = Client::new(port);
    let preview = Installed::preview(tool);
    let mut look = || match preview {
        Preview::Served => client.page(&place.page),
        Preview::Written => fs::read(&written).ok(),
    };
    let begun = Instant::now();
    while look().is_none() {
        if let Some(status) = running.0.try_wait()? {
            return Err(format!("{}: the server ended: {status}", tool.name()).into());
        }
        if begun.elapsed() > START_LIMIT {
            return Err(format!("{}: the server shows nothing", tool.name()).into());
        }
        sleep(Duration::from_millis(50));
    }
    let process = running.0.id();
    let mut waits = Vec::with_capacity(edits);
    for edit in 0..=edits {
        settle(process)?;
        // Not in step with a server that looks at regular times.
        sleep(Duration::from_millis(u64::try_from(edit)? * 137 % 500));
        let word = format!("改动第{edit}次");
        place.write(&word, edit % 2 == 1)?;
        let saved = Instant::now();
        while look().is_none_or(|page| memchr::memmem::find(&page, word.as_bytes()).is_none()) {
            if saved.elapsed() > EDIT_LIMIT {
                return Err(format!("{}: an edit did not become visible", tool.name()).into());
            }
            sleep(INTERVAL);
        }
        if edit > 0 {
            waits.push(saved.elapsed());
        }
    }
    settle(process)?;
    let peak_kilobytes = status_number(process, "VmHWM:")?;
    drop(running);
    place.restore()?;
    Ok(Edits { waits, peak_kilobytes })
}

impl Place {
    fn choose(root: &Path, unions: usize) -> Result<Self> {
        let branch = format!("branches/branch-{}", unions - 1);
        let file = root.join(format!("data/{branch}/2025/plan.yaml"));
        let text = fs::read_to_string(&file)?;
        // The second task of the first item: a plain text without activities.
        let key = "- task: ";
        let at = text.match_indices(key).nth(1).ok_or("no second task")?.0 + key.len();
        let end = at + text[at..].find('\n').ok_or("no end of line")?;
        Ok(Self {
            file,
            page: format!("/{branch}/2025/items/1.html"),
            before: text[..at].to_owned(),
            after: text[end..].to_owned(),
        })
    }

    fn write(&self, word: &str, by_rename: bool) -> Result<()> {
        let text = format!("{}{word}{}", self.before, self.after);
        if by_rename {
            let new = self.file.with_file_name(".plan.yaml.new");
            fs::write(&new, text)?;
            fs::rename(new, &self.file)?;
        } else {
            fs::write(&self.file, text)?;
        }
        Ok(())
    }

    fn restore(&self) -> Result<()> {
        self.write("按计划完成", false)
    }
}

/// Waits until a process has nothing left to do: builds go on after a page has become visible.
fn settle(process: u32) -> Result<()> {
    let begun = Instant::now();
    let mut used = processor_time(process)?;
    while begun.elapsed() < SETTLE_LIMIT {
        sleep(QUIET);
        let now = processor_time(process)?;
        // A tick or two is what being asked for pages leaves behind.
        if now <= used + 2 {
            return Ok(());
        }
        used = now;
    }
    Ok(())
}

/// Processor time of a process in the kernel's ticks, mostly hundredths of a second.
fn processor_time(process: u32) -> Result<u64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    let fields: Vec<&str> = stat.rsplit_once(')').ok_or("no stat")?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok());
    Ok(ticks(11).zip(ticks(12)).map(|(user, system)| user + system).ok_or("no stat")?)
}

fn status_number(process: u32, key: &str) -> Result<i64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(key)).ok_or("no such line")?;
    Ok(line.split_whitespace().next().ok_or("no number")?.parse()?)
}
