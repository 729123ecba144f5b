//! What the tests share: a project in a temporary folder, and the program to run on it.

#![allow(dead_code, clippy::unwrap_used)] // Each test file uses a part of this.

#[cfg(unix)]
pub mod clerk;
pub mod editions;
pub mod http;
#[cfg(target_os = "linux")]
pub mod killing;
#[cfg(target_os = "linux")]
pub mod mounts;
pub mod watching;
pub mod workbooks;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The folder of the project's own sources.
pub fn home() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A root folder to build in, which goes when the test ends.
pub struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    /// An empty folder.
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// An empty folder in memory, for what is built hundreds of times.
    pub fn in_memory() -> Self {
        Self { folder: folder_in_memory() }
    }

    /// The data that is shipped: the plan of 2021.
    pub fn shipped() -> Self {
        let project = Self::empty();
        for name in ["data", "site"] {
            copy_folder(&home().join(name), &project.root().join(name));
        }
        project
    }

    /// A folder of `tests/fixtures/`.
    pub fn fixture(name: &str) -> Self {
        let project = Self::empty();
        copy_folder(&home().join("tests/fixtures").join(name), project.root());
        project
    }

    /// The root.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// The output.
    pub fn out(&self) -> PathBuf {
        self.root().join("public")
    }

    /// Writes a file under the root.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Replaces a text in a file, which must hold it.
    pub fn replace(&self, path: &str, old: &str, new: &str) {
        let text = fs::read_to_string(self.root().join(path)).unwrap();
        assert!(text.contains(old), "{path} does not hold {old}");
        self.write(path, text.replacen(old, new, 1));
    }

    /// The program, in the root, with English messages off.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_unionplan"));
        command.args(arguments).current_dir(self.root()).env("LANG", "zh_CN.UTF-8");
        command.env_remove("LC_ALL").env_remove("LC_MESSAGES");
        command
    }

    /// Runs the program.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Builds, and insists that it went well.
    pub fn build(&self) -> Output {
        let output = self.run(&["build"]);
        assert!(output.status.success(), "{}", stderr(&output));
        output
    }

    /// Every file of the output.
    pub fn site(&self) -> BTreeMap<String, Vec<u8>> {
        read_folder(&self.out())
    }

    /// A page of the output.
    pub fn page(&self, path: &str) -> String {
        fs::read_to_string(self.out().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }
}

/// A folder for a test in memory where the system has such a file system, else on disk.
pub fn folder_in_memory() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// What a run said to people.
pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What a run said to programs.
pub fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Every file below a folder, by its path with forward slashes.
pub fn read_folder(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap) {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).unwrap();
            let name = path.to_string_lossy().replace('\\', "/");
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    files
}

fn copy_folder(from: &Path, to: &Path) {
    for (name, bytes) in read_folder(from) {
        let target = to.join(name);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, bytes).unwrap();
    }
}

/// The text of a page without its tags, and without any blanks.
pub fn plain_text(html: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    for (entity, c) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
    {
        text = text.replace(entity, c);
    }
    text.split_whitespace().collect()
}

/// Compares a text with a file that holds what is expected; with `UPDATE_EXPECTED=1` the file is
/// written instead.
pub fn golden(path: &str, text: &str) {
    let file = home().join(path);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap();
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(text, expected, "{path} holds something else");
}
