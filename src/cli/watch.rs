//! `unionplan watch`: builds again whenever the data changes.

use super::build::{Call, call};
use super::{INPUT_OUTPUT, help};
use crate::build::Outcome;
use crate::diagnostic::{Language, render};
use crate::watch::Changes;
use clap::ArgMatches;
use std::process::ExitCode;
use std::time::Duration;

/// How often files are looked at with `--poll`.
const POLL: Duration = Duration::from_secs(1);

/// Runs the command, until it is ended from outside.
pub fn run(arguments: &ArgMatches, language: Language) -> ExitCode {
    if let Some(code) = help::show(arguments, language) {
        return code;
    }
    let call = match call(arguments, language, true) {
        Ok(call) => call,
        Err(code) => return code,
    };
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
    call.follows = true;
    // Watching begins before the first build, so that no change falls between the two.
    let mut changes = match Changes::watch(&call.options.root, poll.then_some(POLL)) {
        Ok(changes) => changes,
        Err(error) => {
            eprintln!("{}", cannot_watch(&error, language));
            return ExitCode::from(INPUT_OUTPUT);
        }
    };
    let mut told = build(&call, language, None, &mut built);
    eprintln!("{greeting}");
    loop {
        changes.wait();
        told = build(&call, language, Some(told), &mut built);
    }
}

/// Builds once. Tells how it went, unless nothing has changed since it was told last.
fn build(
    call: &Call,
    language: Language,
    told: Option<String>,
    built: &mut impl FnMut(&Outcome),
) -> String {
    let (outcome, conclusion) = call.build();
    built(&outcome);
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
