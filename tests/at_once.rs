//! Several runs at once on one output: each makes its site whole or says that another is at work,
//! and `watch` comes right once it may.

#![allow(clippy::unwrap_used)]
#![cfg(target_os = "linux")]

mod support;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::io::Read;
use std::process::{Child, Output, Stdio};
use std::time::Duration;
use support::editions::{Edition, Published, Random, insist_same};
use support::watching::Watch;
use support::{Project, stderr};

const PLAN: &str = "data/2021/plan.yaml";
const TITLE: &str = "title: 湖南科技大学2021年工会工作要点";

/// Insists that a run built or found another at work; tells whether it built.
fn built_or_busy(output: &Output) -> bool {
    let said = stderr(output);
    match output.status.code() {
        Some(0) => true,
        Some(3) => {
            assert!(said.contains("另一个 unionplan 正在写这个网站"), "{said}");
            assert!(said.contains("public"), "it names the output: {said}");
            false
        }
        code => panic!("{code:?}: {said}"),
    }
}

#[test]
fn the_newest_data_is_published_whoever_has_waited_longest() {
    for round in 0..4 {
        let project = Project::shipped();
        project.build();
        let lock = std::fs::File::open(project.root().join(".unionplan/public/lock")).unwrap();
        lock.lock().unwrap();
        let begin = || project.command(&["build"]).stderr(Stdio::piped()).spawn().unwrap();
        let older = begin();
        std::thread::sleep(Duration::from_millis(200));
        project.replace(PLAN, TITLE, &format!("{TITLE}（{round}）"));
        let newer = begin();
        std::thread::sleep(Duration::from_millis(200));
        lock.unlock().unwrap();
        for run in [older, newer] {
            let output = run.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", stderr(&output));
        }
        assert!(project.page("2021/index.html").contains(&format!("（{round}）")));
    }
}

#[test]
fn of_several_builds_of_different_data_one_wins_whole() {
    let (editions, mut random) = (Edition::all(), Random::new(31));
    for round in 0..30 {
        // In some rounds they race to make the output itself.
        let published = match round % 3 {
            0 => Published::nothing(),
            _ => Published::edition(&editions[round % editions.len()]),
        };
        let count = 2 + random.below(5) as usize;
        let runs: Vec<(&Edition, Child)> = (0..count)
            .map(|_| &editions[random.below(editions.len() as u64) as usize])
            .map(|edition| {
                let mut command = edition.command(&published.out());
                (edition, command.stderr(Stdio::piped()).spawn().unwrap())
            })
            .collect();
        let mut built = Vec::new();
        for (edition, run) in runs {
            let output = run.wait_with_output().unwrap();
            if built_or_busy(&output) {
                built.push(edition);
            }
        }
        let found = published.files();
        let winner = built.iter().find(|edition| edition.site == found);
        assert!(winner.is_some(), "the site is that of one of {} that built", built.len());
        published.insist_whole(&winner.unwrap().site);
        published.build(&editions[0]);
    }
}

/// A build that has been stopped while it is at work, and goes with the test.
struct Stopped(Child);

impl Stopped {
    fn begin(edition: &Edition, published: &Published) -> Self {
        let staging = published.state().join("staging");
        for _ in 0..1000 {
            let mut command = edition.command(&published.out());
            let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
            // It has the output to itself from before there is a staging folder.
            while !staging.exists() && child.try_wait().unwrap().is_none() {
                std::thread::yield_now();
            }
            let mut stopped = Self(child);
            stopped.signal(Signal::SIGSTOP);
            if staging.exists() && stopped.0.try_wait().unwrap().is_none() {
                return stopped;
            }
        }
        panic!("it is always done before it can be stopped");
    }

    fn signal(&self, signal: Signal) {
        kill(Pid::from_raw(self.0.id().cast_signed()), signal).unwrap();
    }

    /// Lets it go on, and insists that it comes through.
    fn go_on(mut self) {
        self.signal(Signal::SIGCONT);
        let status = self.0.wait().unwrap();
        let mut said = String::new();
        self.0.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert!(status.success(), "{said}");
    }
}

impl Drop for Stopped {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn while_another_is_at_work_a_build_says_so_and_leaves_everything_to_it() {
    let editions = [Edition::new(0), Edition::new(1), Edition::new(3)];
    let published = Published::edition(&editions[0]);
    let stopped = Stopped::begin(&editions[1], &published);
    let before = published.files();
    for _ in 0..3 {
        let output = editions[2].command(&published.out()).output().unwrap();
        assert!(!built_or_busy(&output));
        insist_same(&published.files(), &before);
    }
    stopped.go_on();
    published.insist_whole(&editions[1].site);
    published.build(&editions[2]);
}

/// Has a watch find another at work, and lets `end` end that.
fn watch_survives(end: impl FnOnce(Stopped)) {
    let (watch, rival) = (Watch::begin(&[]), Edition::new(1));
    let published = Published::inside(watch.project.root());
    let stopped = Stopped::begin(&rival, &published);
    watch.project.replace(PLAN, TITLE, "title: 改过的2021年要点");
    watch.until("it says that another is at work", |watch| {
        watch.said().contains("另一个 unionplan 正在写这个网站")
    });
    assert!(!watch.shows("2021/index.html", "改过的2021年要点"));
    end(stopped);
    // Without being told of another change.
    watch.until_as_a_clean_build("the site is the watched data's");
    assert!(watch.shows("2021/index.html", "改过的2021年要点"));
}

#[test]
fn watch_survives_that_another_is_at_work_and_comes_right_when_that_is_done() {
    watch_survives(Stopped::go_on);
}

#[test]
fn watch_survives_that_another_is_at_work_and_comes_right_when_that_has_died() {
    watch_survives(drop);
}

#[test]
fn watch_and_builds_at_once_end_in_the_last_data() {
    let watch = Watch::begin(&[]);
    watch.project.replace(PLAN, TITLE, "title: 第0版");
    for number in 1..=30 {
        let (old, new) = (format!("title: 第{}版", number - 1), format!("title: 第{number}版"));
        watch.project.replace(PLAN, &old, &new);
        let output = watch.project.run(&["build"]);
        built_or_busy(&output);
    }
    watch.until_as_a_clean_build("the last data");
    assert!(watch.shows("2021/index.html", "第30版"));
}

#[test]
fn two_watches_of_one_output_end_in_the_last_data() {
    let first = Watch::begin(&[]);
    let root = first.project.root().to_string_lossy().into_owned();
    let second = Watch::over(Project::empty(), &["--root", &root]);
    first.project.replace(PLAN, TITLE, "title: 第0版");
    for number in 1..=20 {
        let (old, new) = (format!("title: 第{}版", number - 1), format!("title: 第{number}版"));
        first.project.replace(PLAN, &old, &new);
        first.until("shown", |watch| watch.shows("2021/index.html", &format!("第{number}版")));
    }
    first.until_as_a_clean_build("the last data");
    drop(second);
}
