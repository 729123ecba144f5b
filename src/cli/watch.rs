//! `unionplan watch`: builds again whenever the data changes.

use super::build::{Call, call};
use super::{INPUT_OUTPUT, help};
use crate::build::{Changed, Memory, Outcome};
use crate::diagnostic::{Language, Words, render};
use crate::watch::{Changes, SECOND_LOOK};
use clap::ArgMatches;
use std::process::ExitCode;
use std::time::Duration;

/// How often files are looked at with `--poll`.
const POLL: Duration = Duration::from_secs(1);

/// When to try again while another run is writing the same output.
const RETRY: Duration = Duration::from_secs(1);

/// Runs the command, until it is ended from outside.
pub fn run(arguments: &ArgMatches, language: Language) -> ExitCode {
    if let Some(code) = help::show(arguments, language) {
        return code;
    }
    let call = match call(arguments, language, true) {
        Ok(call) => call,
        Err(code) => return code,
    };
    let poll = arguments.get_flag("poll").then_some(POLL);
    // Watching begins before the first build, so that no change falls between the two.
    let mut changes = match Changes::watch(&call.options.root, poll) {
        Ok(changes) => changes,
        Err(error) => {
            eprintln!("{}", cannot_watch(&error, language));
            return ExitCode::from(INPUT_OUTPUT);
        }
    };
    let mut memory = Memory::default();
    let mut told = None;
    let mut changed = Changed::Everything;
    loop {
        let (outcome, conclusion) = call.build_again(&mut memory, &changed);
        let is_first = told.is_none();
        told = Some(tell(&call, language, &outcome, &conclusion, told));
        if is_first {
            eprintln!("{}", waiting(language));
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
        call.show(&outcome.report, language);
        eprint!("{}", conclusion.get(language));
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

fn cannot_watch(error: &notify::Error, language: Language) -> String {
    match language {
        Language::Chinese => format!("无法留意文件变化：{error}。可以加上 --poll 再试。"),
        Language::English => format!("can't watch for changes: {error}. Try again with --poll."),
    }
}
