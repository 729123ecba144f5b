//! One site in several editions, and an output folder that goes from one to the next.
//!
//! From any edition to any other, plans come, go and change, and so do the theme's files, the
//! branch unions, attachments and files that are published as they are; one plan never changes.

use super::{Project, folder_in_memory, read_folder};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Path below a folder, with forward slashes → bytes.
pub type Files = BTreeMap<String, Vec<u8>>;

/// How many editions there are.
pub const EDITIONS: u32 = 4;

/// The number of files that are published as they are and are new in each edition; enough for a
/// commit to take a while.
const DOWNLOADS: u32 = 120;

/// The data of a site, and what a clean build makes of it.
pub struct Edition {
    project: Project,
    /// Every file of a clean build.
    pub site: Files,
}

impl Edition {
    /// The edition of that number, from 0.
    pub fn new(number: u32) -> Self {
        let project = Project::in_memory();
        write_data(&project, number);
        Self::of(project)
    }

    /// The data of a project.
    pub fn of(project: Project) -> Self {
        Self { project, site: Files::new() }.again()
    }

    /// The same root after its data has been changed.
    pub fn again(mut self) -> Self {
        self.project.build();
        self.site = self.project.site();
        fs::remove_dir_all(self.project.out()).unwrap();
        fs::remove_dir_all(self.root().join(".unionplan")).unwrap();
        self
    }

    /// All editions.
    pub fn all() -> Vec<Self> {
        (0..EDITIONS).map(Self::new).collect()
    }

    /// Its root.
    pub fn root(&self) -> &Path {
        self.project.root()
    }

    /// Its root, to be changed.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// A run that builds it into `out`.
    pub fn command(&self, out: &Path) -> Command {
        let mut command = self.project.command(&["build"]);
        command.arg("--out").arg(out);
        command
    }
}

/// Writes the data of an edition under a project's root.
pub fn write_data(project: &Project, number: u32) {
    write_union(project, "data", number, 2018..=2024);
    write_union(project, "data/branches/library", number + 1, 2021..=2023);
    if number.is_multiple_of(2) {
        write_union(project, &format!("data/branches/hospital-{number}"), number, 2022..=2023);
    }
    project.write("site/static/robots.txt", "User-agent: *\n");
    // The style sheet has a new name in two editions, the icon in one.
    if number >= 2 {
        let style = format!(".foot {{ color: rgb({number} 9 9) }}\n");
        project.write("themes/default/styles/foot.css", style);
    }
    if number == 3 {
        let icon = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M1 1h7v7z\"/></svg>\n";
        project.write("themes/default/icon.svg", icon);
    }
    match number {
        // None at all: the folder goes, too.
        2 => {}
        _ => {
            for file in 0..DOWNLOADS {
                let text = format!("第{file}份文件，第{number}版\n").repeat(1 + file as usize % 40);
                // Half of the names are the same in each edition.
                let name = if file.is_multiple_of(2) { 0 } else { number };
                project.write(&format!("site/static/downloads/{name}-{file}.txt"), text);
            }
        }
    }
    if number != 1 {
        project.write("site/pages/about.md", format!("# 关于本站\n\n第{number}版。\n"));
    }
}

fn write_union(project: &Project, folder: &str, number: u32, years: std::ops::RangeInclusive<u32>) {
    project.write(
        &format!("{folder}/union.yaml"),
        "name: 工会\noffices: [ { id: a, name: 甲科 }, { id: b, name: 乙科 } ]\nleaders: [ { id: x, name: 张三 } ]\n",
    );
    for year in years {
        // 2021 never changes; of the others one is missing and two in three are other ones.
        let version = match year {
            2021 => 0,
            _ if (year + number).is_multiple_of(5) => continue,
            _ => (year + number) % 3,
        };
        project.write(&format!("{folder}/{year}/plan.yaml"), plan(year, version));
        if year.is_multiple_of(2) {
            let bytes: Vec<u8> = (0..150_000 + version).map(|at| (at % 251) as u8).collect();
            project.write(&format!("{folder}/{year}/files/报名表.bin"), bytes);
        }
    }
}

/// A plan without anything to warn of.
pub fn plan(year: u32, version: u32) -> String {
    let mut text =
        format!("title: {year}年要点第{version}版\nsections:\n  - title: 部分\n    items:\n");
    for item in 0..3 + version {
        let month = 1 + (year + item) % 12;
        text += &format!(
            "      - title: 要点{item}\n        text: 第{version}版的文字。\n        tasks:\n          - {{ task: 任务{item}, when: {month}月, office: 甲科, leader: 张三 }}\n"
        );
    }
    text
}

/// An output folder and its state folder.
pub struct Published {
    out: PathBuf,
    state: PathBuf,
    // Goes with the test.
    _folder: Option<tempfile::TempDir>,
    /// Files that are not the program's: path below the output → bytes.
    pub foreign: Files,
    /// Whether the file system is one that can't remove every empty folder.
    pub keeps_folders: bool,
}

impl Published {
    /// No output yet, in a folder of its own.
    pub fn nothing() -> Self {
        let folder = folder_in_memory();
        let published = Self::inside(folder.path());
        Self { _folder: Some(folder), ..published }
    }

    /// No output yet; `public/` in this folder, with the state beside it.
    pub fn inside(folder: &Path) -> Self {
        Self::at(folder.join("public"), folder.join(".unionplan/public"))
    }

    /// An output with its state at these places.
    pub fn at(out: PathBuf, state: PathBuf) -> Self {
        Self { out, state, _folder: None, foreign: Files::new(), keeps_folders: false }
    }

    /// An edition, built.
    pub fn edition(edition: &Edition) -> Self {
        let published = Self::nothing();
        published.build(edition);
        published
    }

    /// The output.
    pub fn out(&self) -> PathBuf {
        self.out.clone()
    }

    /// Its state folder.
    pub fn state(&self) -> PathBuf {
        self.state.clone()
    }

    /// Builds an edition, and insists that it went well and made the site whole.
    pub fn build(&self, edition: &Edition) {
        let output = edition.command(&self.out()).output().unwrap();
        assert!(output.status.success(), "{}", super::stderr(&output));
        self.insist_whole(&edition.site);
    }

    /// The files of the output, without the state where it has to be inside.
    pub fn files(&self) -> Files {
        let mut files = read_folder(&self.out);
        if self.state.starts_with(&self.out) {
            files.retain(|path, _| !path.starts_with(".unionplan/"));
        }
        files
    }

    /// Puts files of somebody else into the output, in place of those of before.
    pub fn put_foreign(&mut self, foreign: Files) {
        for path in std::mem::take(&mut self.foreign).into_keys() {
            fs::remove_file(self.out().join(&path)).unwrap();
            for folder in parents(&path) {
                // Only an empty one goes.
                let _ = fs::remove_dir(self.out().join(folder));
            }
        }
        for (path, bytes) in &foreign {
            let target = self.out().join(path);
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            fs::write(target, bytes).unwrap();
        }
        self.foreign = foreign;
    }

    /// Insists that the output holds exactly this site and the files of others, that no folder is
    /// left empty, and that nothing is left in staging.
    pub fn insist_whole(&self, site: &Files) {
        let mut expected = site.clone();
        expected.extend(self.foreign.clone());
        insist_same(&self.files(), &expected);
        let expected: BTreeSet<String> =
            expected.keys().flat_map(|path| parents(path)).map(str::to_owned).collect();
        let mut found = folders(&self.out);
        if self.state.starts_with(&self.out) {
            found.retain(|path| !path.starts_with(".unionplan"));
        }
        if !self.keeps_folders {
            assert_eq!(found, expected, "folders");
        }
        self.insist_nothing_staged();
    }

    /// Insists that there is no staging folder.
    pub fn insist_nothing_staged(&self) {
        let staging = self.state.join("staging");
        let left = || read_folder(&staging).into_keys().collect::<Vec<_>>();
        assert!(!staging.exists(), "left in staging: {:?}", left());
    }

    /// Insists that the files of others are as they were.
    pub fn insist_foreign_untouched(&self) {
        for (path, bytes) in &self.foreign {
            let found = fs::read(self.out().join(path)).ok();
            assert_eq!(found.as_ref(), Some(bytes), "{path} of somebody else");
        }
    }

    /// Insists that the output holds nothing but whole files of these editions and the files of
    /// others, and that what all of the editions have is there.
    pub fn insist_mixture_of(&self, editions: &[&Files]) -> Mixture {
        self.insist_foreign_untouched();
        let found = self.files();
        for (path, bytes) in &found {
            let known = editions.iter().filter_map(|site| site.get(path)).any(|file| file == bytes)
                || self.foreign.contains_key(path);
            assert!(known, "{path} is torn, or a stranger: {} bytes", bytes.len());
        }
        let all_have = |path: &&String| editions.iter().all(|site| site.contains_key(*path));
        for path in editions[0].keys().filter(all_have) {
            assert!(found.contains_key(path), "{path} is missing");
        }
        let differences = |site: &Files| {
            let paths: BTreeSet<&String> = site.keys().chain(found.keys()).collect();
            let ours = paths.into_iter().filter(|path| !self.foreign.contains_key(*path));
            ours.filter(|path| site.get(*path) != found.get(*path)).count()
        };
        match editions.iter().all(|site| differences(site) > 0) {
            true => Mixture::Mixed,
            false => Mixture::Whole,
        }
    }
}

/// Insists that each page of an output has its style sheet.
pub fn insist_styled(files: &Files) {
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        if let Some(style) = stylesheet(path, &String::from_utf8_lossy(bytes)) {
            assert!(files.contains_key(&style), "{path} asks for {style}, which is not there");
        }
    }
}

/// What an output is after a kill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mixture {
    /// One of the editions, whole.
    Whole,
    /// Files of several.
    Mixed,
}

/// Files of somebody else: beside ours, below ours, and in folders of plans that change, go or
/// stay as they are. `chosen` tells which of them there are.
pub fn foreign_files(mut chosen: impl FnMut() -> bool) -> Files {
    let paths = [
        "keep.txt",
        ".well-known/acme/token",
        "assets/logo.png",
        "downloads/mine.txt",
        "2018/photos/a.jpg",
        "2020/poster.pdf",
        "2021/poster.pdf",
        "2023/items/mine.html",
        "2024/报名.xlsx",
        "branches/library/2023/mine.txt",
        "branches/mine.txt",
    ];
    let paths = paths.into_iter().filter(|_| chosen());
    paths.map(|path| (path.to_owned(), format!("{path} is mine").into_bytes())).collect()
}

/// The folders above a path, the innermost first.
pub fn parents(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(at, _)| &path[..at])
}

/// Every folder below a folder.
pub fn folders(folder: &Path) -> BTreeSet<String> {
    let entries = walkdir::WalkDir::new(folder).min_depth(1).into_iter().map(Result::unwrap);
    let folders = entries.filter(|entry| entry.file_type().is_dir());
    folders
        .map(|entry| entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned())
        .collect()
}

/// Insists that two folders hold the same, and names some of the paths at which they do not.
pub fn insist_same(found: &Files, expected: &Files) {
    let paths: BTreeSet<&String> = found.keys().chain(expected.keys()).collect();
    let size = |files: &Files, path: &String| files.get(path).map(Vec::len);
    let differences: Vec<_> = paths
        .into_iter()
        .filter(|path| found.get(*path) != expected.get(*path))
        .map(|path| (path, size(found, path), size(expected, path)))
        .collect();
    assert!(
        differences.is_empty(),
        "{} files differ, such as these (path, bytes found, bytes expected): {:?}",
        differences.len(),
        &differences[..differences.len().min(5)]
    );
}

/// The style sheet that a page asks for, as a path below the site's root.
pub fn stylesheet(page: &str, html: &str) -> Option<String> {
    let (_, rest) = html.split_once("<link rel=\"stylesheet\" href=\"")?;
    let mut folder: Vec<&str> = page.split('/').collect();
    folder.pop();
    for part in rest.split_once('"')?.0.split('/') {
        match part {
            ".." => drop(folder.pop()?),
            part => folder.push(part),
        }
    }
    Some(folder.join("/"))
}

/// Random choices: the same in every run, or others with `UNIONPLAN_SEED`.
pub struct Random(u64);

impl Random {
    /// Begins with a seed of its own.
    pub fn new(seed: u64) -> Self {
        let given = std::env::var("UNIONPLAN_SEED").ok().and_then(|seed| seed.parse().ok());
        Self(given.unwrap_or(2021_u64).wrapping_add(seed << 32))
    }

    /// A number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }

    /// One of these, but not `other`.
    pub fn other_than(&mut self, other: usize, count: usize) -> usize {
        let step = 1 + usize::try_from(self.below(count as u64 - 1)).unwrap();
        (other + step) % count
    }
}

/// How many times to do something: so many by default, and in proportion where the environment
/// asks for more or fewer than `usual` in all.
pub fn times(share: u64, variable: &str, usual: u64) -> u64 {
    let asked = std::env::var(variable).ok().and_then(|count| count.parse().ok());
    (share * asked.unwrap_or(usual)).div_ceil(usual)
}
