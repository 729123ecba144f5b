//! `unionplan watch`: builds again whenever the data changes.

use super::build::{Call, Sequel};
use super::{INPUT_OUTPUT, say};
use crate::build::{Changed, Memory, Outcome};
use crate::diagnostic::{Language, Words, faults, render};
use crate::watch::{Changes, SECOND_LOOK};
use crate::words;
use clap::ArgMatches;
use notify::ErrorKind;
use std::process::ExitCode;
use std::time::Duration;

/// How often files are looked at with `--poll`.
const POLL: Duration = Duration::from_secs(1);

/// When to try again while another run is writing the same output.
const RETRY: Duration = Duration::from_secs(1);

/// Runs the command, until it is ended from outside.
pub fn run(mut call: Call, arguments: &ArgMatches, language: Language) -> ExitCode {
    call.sequel = Sequel::Watch;
    follow(call, language, arguments.get_flag("poll"), waiting(language), |_| ())
}

/// Builds and tells how it went, then again whenever the data changes, until the program is ended
/// from outside. `built` gets each outcome, before it is told; the greeting is said after the
/// first. Returns only where files can't be watched: with the exit code, after saying so.
pub fn follow(
    mut call: Call,
    language: Language,
    poll: bool,
    greeting: &str,
    mut built: impl FnMut(&Outcome),
) -> ExitCode {
    // Watching begins before the first build, so that no change falls between the two.
    let mut changes = match Changes::watch(&call.options.root, poll.then_some(POLL)) {
        Ok(changes) => changes,
        Err(error) => {
            say(format_args!("{}\n", cannot_watch(&error, language)));
            return ExitCode::from(INPUT_OUTPUT);
        }
    };
    let mut memory = Memory::lasting();
    let mut told = None;
    let mut changed = Changed::Everything;
    loop {
        let (outcome, conclusion) = call.build_again(&mut memory, &changed);
        built(&outcome);
        call.is_published |= outcome.summary.is_some();
        let is_first = told.is_none();
        told = Some(tell(&call, language, &outcome, &conclusion, told));
        if is_first {
            say(format_args!("{greeting}\n"));
        }
        let is_busy = outcome.report.diagnostics().iter().any(|found| found.code == "busy");
        changed = changes.wait(if is_busy { RETRY } else { SECOND_LOOK });
    }
}

/// Tells how a build went, unless nothing has changed since that was told last. Returns the faults,
/// as they were told.
fn tell(
    call: &Call,
    language: Language,
    outcome: &Outcome,
    conclusion: &Words,
    told: Option<String>,
) -> String {
    let faults = render::text(&outcome.report, language, false);
    let changed = outcome.summary.is_some_and(|summary| summary.has_changes());
    if told.as_ref() != Some(&faults) || changed {
        if !call.is_without_data(&outcome.report) {
            call.show(&outcome.report, language);
        }
        say(format_args!("{}", conclusion.get(language)));
    }
    faults
}

fn waiting(language: Language) -> &'static str {
    match language {
        Language::Chinese => "正在留意数据的变化，保存后自动更新网站；按 Ctrl+C 结束。\n",
        Language::English => {
            "Watching; the site follows each change that is saved. Ctrl+C ends it.\n"
        }
    }
}

/// Why watching could not begin, and what to do.
fn cannot_watch(error: &notify::Error, language: Language) -> String {
    let at_limit = words!(
        "加上 --poll 再试，或请管理员调高系统的上限（fs.inotify.max_user_watches、max_user_instances）。",
        "Try again with --poll, or ask for higher limits (fs.inotify.max_user_watches, max_user_instances)."
    );
    let poll = words!("加上 --poll 再试。", "Try again with --poll.");
    let (reason, way) = match &error.kind {
        ErrorKind::MaxFilesWatch => {
            (words!("系统不能留意这么多文件夹", "the system can't watch so many folders"), at_limit)
        }
        // Without a path it was the watcher itself that could not be made.
        ErrorKind::Io(_) if error.paths.is_empty() => {
            (words!("系统不能再多留意一处", "the system can't watch one more place"), at_limit)
        }
        ErrorKind::Io(reason) => (faults::io_reason(reason), poll),
        ErrorKind::PathNotFound => (
            words!("文件夹不存在", "there is no such folder"),
            words!("看看 --root 写得对不对。", "See whether --root is right."),
        ),
        _ => (words!("{error}", "{error}"), poll),
    };
    let place = error.paths.first().map(|path| format!(" {}", path.display())).unwrap_or_default();
    let (Words { zh, en }, Words { zh: way_zh, en: way_en }) = (reason, way);
    let told = words!(
        "无法留意文件变化：{zh}{place}\n{way_zh}",
        "can't watch for changes: {en}{place}\n{way_en}"
    );
    told.get(language).to_owned()
}
