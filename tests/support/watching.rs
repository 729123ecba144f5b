//! `unionplan watch` at work beside a test.

use super::Project;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How long to wait for what has to come in the end: longer than until the second look.
const PATIENCE: Duration = Duration::from_secs(90);

/// A watch that ends with the test.
pub struct Watch {
    // Ends before the project goes.
    child: Ending,
    /// What it watches.
    pub project: Project,
    said: Arc<Mutex<String>>,
}

impl Watch {
    /// Watches the shipped data.
    pub fn begin(arguments: &[&str]) -> Self {
        Self::over(Project::shipped(), arguments)
    }

    /// Watches a project.
    pub fn over(project: Project, arguments: &[&str]) -> Self {
        let command = project.command(&[&["watch"], arguments].concat());
        Self::run(project, command)
    }

    /// Runs a watch in its own way.
    pub fn run(project: Project, command: Command) -> Self {
        let watch = Self::start(project, command);
        watch.until("it watches", |watch| watch.said().contains("正在留意"));
        watch
    }

    /// Starts a watch that need not come to watching.
    pub fn start(project: Project, mut command: Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let (lines, heard) = (BufReader::new(child.stderr.take().unwrap()).lines(), said.clone());
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                *heard.lock().unwrap() += &format!("{line}\n");
            }
        });
        Self { project, child: Ending(child), said }
    }

    /// Its process.
    pub fn process(&mut self) -> &mut Child {
        &mut self.child.0
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.child.0.id()
    }

    /// Ends it, and leaves what it watched.
    pub fn into_project(self) -> Project {
        self.project
    }

    /// All that it has said.
    pub fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// Waits until something holds.
    pub fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        let begun = Instant::now();
        while !holds(self) {
            assert!(begun.elapsed() < PATIENCE, "{what}: {}", self.said());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Tells whether a page of the output holds a text.
    pub fn shows(&self, page: &str, text: &str) -> bool {
        fs::read_to_string(self.project.out().join(page)).is_ok_and(|html| html.contains(text))
    }

    /// Waits until the output is what a clean build of the data makes.
    pub fn until_as_a_clean_build(&self, what: &str) {
        let clean = clean_site(self.project.root());
        self.until(what, |watch| site(&watch.project.out()).as_ref() == Some(&clean));
        let staging = self.project.root().join(".unionplan/public/staging");
        self.until("nothing is left in staging", |_| !staging.exists());
    }
}

/// A process that ends when this goes.
struct Ending(Child);

impl Drop for Ending {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What a clean build of the data under a root makes.
fn clean_site(root: &Path) -> super::editions::Files {
    let elsewhere = super::folder_in_memory();
    let out = elsewhere.path().join("public");
    let mut build = Command::new(env!("CARGO_BIN_EXE_unionplan"));
    let output = build.arg("--root").arg(root).arg("--out").arg(&out).output().unwrap();
    assert!(output.status.success(), "{}", super::stderr(&output));
    super::read_folder(&out)
}

/// The files of an output, unless it is being changed.
fn site(out: &Path) -> Option<super::editions::Files> {
    let mut files = super::editions::Files::new();
    for entry in walkdir::WalkDir::new(out) {
        let entry = entry.ok()?;
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(out).ok()?;
            files.insert(path.to_string_lossy().into_owned(), fs::read(entry.path()).ok()?);
        }
    }
    Some(files)
}
