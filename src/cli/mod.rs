//! The command line: what can be asked for, and what is said in return.
//!
//! Everything that a person reads goes to stderr, everything that a program reads to stdout.
//! Exit codes: 0 fine, 1 faults in the data, 2 wrong usage, 3 could not read or write.

mod build;
pub mod export;
mod help;
mod import;
mod new;
mod serve;
mod watch;
mod year;

use self::year::year;
use crate::diagnostic::{Language, Report, Words, render};
use crate::words;
use clap::{ArgMatches, Command};
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

/// Exit code of a run that met faults in the data.
pub const FAULTS: u8 = 1;
/// Exit code of a call that was not understood.
pub const USAGE: u8 = 2;
/// Exit code of a run that could not read or write.
pub const INPUT_OUTPUT: u8 = 3;

/// Runs the command line.
pub fn run(arguments: impl Iterator<Item = String>) -> ExitCode {
    let arguments: Vec<String> = arguments.collect();
    let language = language(&arguments);
    let matches = match help::command().try_get_matches_from(&arguments) {
        Ok(matches) => matches,
        Err(error) => return help::explain(&error, &arguments, language),
    };
    let (command, arguments) = matches.subcommand().unwrap_or(("build", &matches));
    if let Some(code) = help::show(arguments, language) {
        return code;
    }
    match command {
        "new" => return new::run(arguments, language),
        "import" => return import::run(arguments, language),
        "export" => return export::run(arguments, language),
        _ => {}
    }
    let call = match build::call(arguments, language, command != "check") {
        Ok(call) => call,
        Err(code) => return code,
    };
    match command {
        "serve" => serve::run(call, arguments, language),
        "watch" => watch::run(call, arguments, language),
        _ => build::run(&call, language),
    }
}

/// The language asked for with `--lang`, else the locale's; Chinese when in doubt.
fn language(arguments: &[String]) -> Language {
    let given = arguments.iter().enumerate().find_map(|(index, argument)| {
        match argument.strip_prefix("--lang") {
            Some("") => arguments.get(index + 1).map(String::as_str),
            Some(value) => value.strip_prefix('='),
            None => None,
        }
    });
    let locale = || {
        ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
    };
    match given.map(str::to_owned).or_else(locale) {
        Some(value) if value.starts_with("en") => Language::English,
        _ => Language::Chinese,
    }
}

/// Says something to a person. Nobody need be listening: a terminal may have been closed.
fn say(text: std::fmt::Arguments<'_>) {
    let _ = std::io::stderr().write_fmt(text);
}

/// Hands something to a program, which may have heard enough.
fn give(text: std::fmt::Arguments<'_>) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_fmt(text).and_then(|()| out.flush());
}

/// Shows what was found to a person, in colour on a terminal.
fn show(report: &Report, language: Language) {
    let color = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    say(format_args!("{}\n\n", render::text(report, language, color)));
}

/// A branch's name that can be no folder.
fn bad_branch(branch: &str) -> Words {
    words!(
        "--branch 不能是“{branch}”：写分工会的文件夹名，只有小写字母、数字和连字符，例如 library",
        "--branch can't be “{branch}”: give the branch's folder, of small letters, digits and hyphens, such as library"
    )
}

/// The root folder of a call.
fn root(arguments: &ArgMatches) -> std::path::PathBuf {
    arguments.get_one::<std::path::PathBuf>("root").cloned().unwrap_or_else(|| ".".into())
}

/// A command without clap's own help texts, which speak English only.
fn bare(name: &'static str) -> Command {
    Command::new(name)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
}
