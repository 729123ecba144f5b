//! Whoever reads the site while it is rebuilt gets whole pages, with their style sheets, all the
//! time.
//!
//! `UNIONPLAN_REBUILDS` asks for another number of rebuilds than the usual 500.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::SeqCst};
use support::editions::{Edition, Files, Random, plan, stylesheet, times};
use support::watching::Watch;
use support::{Project, folder_in_memory};
use unionplan::build::{Options, build};

const READERS: u64 = 3;

fn rebuilds(share: u64) -> u64 {
    times(share, "UNIONPLAN_REBUILDS", 500)
}

/// One of two versions of a small site, which differ in their style sheet, in two plans of four,
/// in one plan more, and in their downloads.
fn version(number: u32) -> Edition {
    let project = Project::in_memory();
    project.write(
        "data/union.yaml",
        "name: 工会\noffices: [ { id: a, name: 甲科 } ]\nleaders: [ { id: x, name: 张三 } ]\n",
    );
    for year in 2021..=2023 + number {
        let changes = if year < 2022 { 0 } else { number };
        project.write(&format!("data/{year}/plan.yaml"), plan(year, changes));
    }
    project
        .write("themes/default/styles/foot.css", format!(".foot {{ color: rgb({number} 9 9) }}\n"));
    for file in 0..10 {
        // Large enough to be read in several steps.
        let text = format!("第{number}版\n").repeat(20_000);
        project.write(&format!("site/static/downloads/{file}.txt"), text);
    }
    Edition::of(project)
}

/// Two versions of a site that take turns in one output.
struct Turns {
    versions: [Edition; 2],
    folder: tempfile::TempDir,
    /// How many builds have begun.
    begun: AtomicU64,
    done: AtomicBool,
}

impl Turns {
    fn new() -> Self {
        let turns = Self {
            versions: [version(0), version(1)],
            folder: folder_in_memory(),
            begun: AtomicU64::new(0),
            done: AtomicBool::new(false),
        };
        turns.build(0);
        turns
    }

    fn out(&self) -> std::path::PathBuf {
        self.folder.path().join("public")
    }

    fn build(&self, number: usize) {
        self.begun.fetch_add(1, SeqCst);
        let outcome = build(&Options {
            root: self.versions[number].root().to_owned(),
            out: Some(self.out()),
            ..Options::default()
        });
        assert_eq!(outcome.report.errors(), 0, "{:?}", outcome.report);
    }

    /// Rebuilds so many times while readers read.
    fn read_during(&self, count: u64, read: impl Fn(&mut Random) + Sync) {
        std::thread::scope(|scope| {
            for reader in 0..READERS {
                let read = &read;
                scope.spawn(move || {
                    let mut random = Random::new(reader);
                    while !self.done.load(SeqCst) {
                        read(&mut random);
                    }
                });
            }
            // A build that fails must not leave the readers reading.
            let _end = Ending(&self.done);
            for turn in 1..=count {
                self.build(turn as usize % 2);
            }
        });
    }

    fn paths(&self) -> Vec<String> {
        let paths = self.versions.iter().flat_map(|version| version.site.keys());
        paths.collect::<BTreeSet<_>>().into_iter().cloned().collect()
    }
}

struct Ending<'d>(&'d AtomicBool);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.store(true, SeqCst);
    }
}

/// Reads a file in several steps, as a slow server does.
fn read_in_steps(path: &Path) -> Option<Vec<u8>> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return None,
        Err(error) => panic!("{}: {error}", path.display()),
    };
    let mut bytes = Vec::new();
    let mut piece = [0; 16_384];
    loop {
        match file.read(&mut piece).unwrap() {
            0 => return Some(bytes),
            read => bytes.extend_from_slice(&piece[..read]),
        }
        std::thread::yield_now();
    }
}

/// Insists that a file that was read is one of the versions whole, and there if both have it.
fn insist_whole(path: &str, bytes: Option<&Vec<u8>>, versions: [&Files; 2]) {
    let [a, b] = versions.map(|site| site.get(path));
    match bytes {
        Some(found) => assert!(
            a == Some(found) || b == Some(found),
            "{path} is neither the old nor the new one: {} bytes",
            found.len()
        ),
        None => assert!(a.is_none() || b.is_none(), "{path} is missing"),
    }
}

#[test]
fn during_rebuilds_no_file_is_torn_or_missing_and_each_page_has_its_style_sheet() {
    let turns = Turns::new();
    let [a, b] = &turns.versions;
    let (paths, out) = (turns.paths(), turns.out());
    let reads = AtomicU64::new(0);
    turns.read_during(rebuilds(500), |random| {
        let path = &paths[usize::try_from(random.below(paths.len() as u64)).unwrap()];
        let before = turns.begun.load(SeqCst);
        let bytes = read_in_steps(&out.join(path));
        insist_whole(path, bytes.as_ref(), [&a.site, &b.site]);
        reads.fetch_add(1, SeqCst);
        let html = bytes.filter(|_| path.ends_with(".html"));
        let style = html.as_ref().and_then(|html| stylesheet(path, &String::from_utf8_lossy(html)));
        let Some(style) = style else { return };
        if read_in_steps(&out.join(&style)).is_none() {
            // The page may have changed in between, or gone, and even come back.
            let again = read_in_steps(&out.join(path));
            let turned = turns.begun.load(SeqCst) != before;
            assert!(again != html || turned, "{path} asks for {style}, which is not there");
        }
    });
    assert!(reads.load(SeqCst) > rebuilds(500), "the readers got to read");
}

#[test]
fn during_rebuilds_a_plan_is_switched_as_one() {
    let turns = Turns::new();
    let [a, b] = &turns.versions;
    let out = turns.out();
    let changes = |path: &&String| {
        path.starts_with("2023/") && a.site[*path] != *b.site.get(*path).unwrap_or(&a.site[*path])
    };
    let pages: Vec<&String> = a.site.keys().filter(changes).collect();
    assert!(pages.len() > 8, "{pages:?}");
    let is_new = |path: &str, begun: u64| {
        let bytes = read_in_steps(&out.join(path)).unwrap();
        // The first build made the first version, before any reader came.
        bytes == turns.versions[(begun as usize + 1) % 2].site[path]
    };
    let seen = AtomicU64::new(0);
    turns.read_during(rebuilds(200), |random| {
        let mut pick = || pages[usize::try_from(random.below(pages.len() as u64)).unwrap()];
        let (first, second) = (pick(), pick());
        let begun = turns.begun.load(SeqCst);
        let (first_is_new, second_is_new) = (is_new(first, begun), is_new(second, begun));
        if turns.begun.load(SeqCst) != begun {
            return; // The next build has begun in between.
        }
        assert!(!first_is_new || second_is_new, "{first} is new, and then {second} is old");
        seen.fetch_add(u64::from(first_is_new), SeqCst);
    });
    assert!(seen.load(SeqCst) > 0, "the readers saw new pages");
}

#[test]
fn while_watch_rebuilds_no_file_is_torn_or_missing() {
    let sites = [version(0), version(0)];
    let path = "data/2023/plan.yaml";
    sites[1].project().write(path, plan(2023, 2));
    let [first, second] = sites;
    let second = second.again();
    let (project, texts) = (Project::in_memory(), [plan(2023, 0), plan(2023, 2)]);
    for (name, bytes) in support::read_folder(first.root()) {
        project.write(&name, bytes);
    }
    let watch = Watch::over(project, &[]);
    let paths: Vec<&String> = first.site.keys().chain(second.site.keys()).collect();
    let (out, done) = (watch.project.out(), AtomicBool::new(false));
    std::thread::scope(|scope| {
        for reader in 0..READERS {
            let (paths, out, done, sites) = (&paths, &out, &done, [&first.site, &second.site]);
            scope.spawn(move || {
                let mut random = Random::new(reader);
                while !done.load(SeqCst) {
                    let path = paths[usize::try_from(random.below(paths.len() as u64)).unwrap()];
                    insist_whole(path, read_in_steps(&out.join(path)).as_ref(), sites);
                }
            });
        }
        let _end = Ending(&done);
        for turn in 1..=rebuilds(100) as usize {
            // One step from one version to the other, so that no third is ever seen.
            watch.project.write("data/2023/plan.yaml.tmp", &texts[turn % 2]);
            let plan = watch.project.root().join(path);
            fs::rename(plan.with_extension("yaml.tmp"), plan).unwrap();
            let shown = &[&first, &second][turn % 2].site;
            let is_shown = |page: &str| fs::read(out.join(page)).ok().as_ref() == shown.get(page);
            watch.until("the new version", |_| {
                is_shown("2023/index.html") && is_shown("index.html")
            });
        }
    });
}
