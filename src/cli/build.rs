//! `unionplan build` and `unionplan check`.

use super::{FAULTS, INPUT_OUTPUT, USAGE, help, root};
use crate::build::{Options, Outcome, build};
use crate::diagnostic::{Diagnostic, Language, Report, faults, render};
use crate::publish::Summary;
use crate::source;
use clap::ArgMatches;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Codes of diagnostics that speak of reading and writing, not of the data.
const INPUT_OUTPUT_CODES: [&str; 5] =
    ["cannot-read", "cannot-write", "foreign-file", "bad-output", "busy"];

/// Runs either command.
pub fn run(arguments: &ArgMatches, language: Language, writes: bool) -> ExitCode {
    if let Some(code) = help::show(arguments, language) {
        return code;
    }
    let begun = Instant::now();
    let json = arguments.get_one::<String>("format").is_some_and(|format| format == "json");
    let root = root(arguments);
    let base_url = match arguments.get_one::<String>("base-url") {
        None => None,
        Some(text) => match source::base_url(text) {
            Some(url) => Some(url),
            None => {
                let mut report = Report::default();
                report.push(faults::bad_base_url(None, text));
                show(&report, language, json);
                return ExitCode::from(USAGE);
            }
        },
    };
    let out = arguments.get_one::<PathBuf>("out").cloned().unwrap_or_else(|| root.join("public"));
    let strict = arguments.get_flag("strict");
    let outcome = build(&Options {
        root,
        out: writes.then(|| out.clone()),
        base_url,
        strict,
        overwrite: arguments.get_flag("overwrite"),
    });
    show(&outcome.report, language, json);
    if !json {
        eprint!("{}", conclusion(&outcome, &out, language, strict, begun.elapsed()));
    }
    exit_code(&outcome.report, strict)
}

fn show(report: &Report, language: Language, json: bool) {
    if json {
        print!("{}", render::json_lines(report, language));
    } else if !report.is_empty() {
        let color = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        eprintln!("{}\n", render::text(report, language, color));
    }
}

fn exit_code(report: &Report, strict: bool) -> ExitCode {
    if report.errors() == 0 && !(strict && report.warnings() > 0) {
        return ExitCode::SUCCESS;
    }
    let outside = |diagnostic: &Diagnostic| INPUT_OUTPUT_CODES.contains(&diagnostic.code);
    let all_outside = report.errors() > 0 && report.diagnostics().iter().any(outside);
    ExitCode::from(if all_outside { INPUT_OUTPUT } else { FAULTS })
}

/// What happened, in the end.
fn conclusion(
    outcome: &Outcome,
    out: &Path,
    language: Language,
    strict: bool,
    took: Duration,
) -> String {
    let (errors, warnings) = (outcome.report.errors(), outcome.report.warnings());
    let plans = outcome.plans;
    match (language, &outcome.summary) {
        (Language::Chinese, Some(summary)) => published_zh(summary, out, took),
        (Language::English, Some(summary)) => published_en(summary, out, took),
        (Language::Chinese, None) if errors > 0 => {
            format!("共{errors}处错误、{warnings}处提醒，网站没有改动。改好后再运行一次。\n")
        }
        (Language::English, None) if errors > 0 => {
            format!(
                "{errors} errors, {warnings} warnings; the site is unchanged. Mend them and run again.\n"
            )
        }
        (Language::Chinese, None) if strict && warnings > 0 => {
            format!("共{warnings}处提醒，因为用了 --strict，网站没有改动。\n")
        }
        (Language::English, None) if strict && warnings > 0 => {
            format!("{warnings} warnings; with --strict the site is unchanged.\n")
        }
        (Language::Chinese, None) => {
            format!("检查完毕：{plans}份计划没有错误，{warnings}处提醒。\n")
        }
        (Language::English, None) => {
            format!("Checked: {plans} plans without errors, {warnings} warnings.\n")
        }
    }
}

fn published_zh(summary: &Summary, out: &Path, took: Duration) -> String {
    let Summary { pages, files, added, changed, removed, .. } = *summary;
    let (size, time) = (size(summary.bytes), seconds(took));
    let changes = if added + changed + removed == 0 {
        "没有变化".to_owned()
    } else {
        format!("新增{added}个文件，更新{changed}个，删除{removed}个")
    };
    let index = out.join("index.html");
    format!(
        "网站已生成：{pages}页，共{files}个文件，{size}，用时{time}秒；{changes}。\n打开 {} 查看。\n",
        index.display()
    )
}

fn published_en(summary: &Summary, out: &Path, took: Duration) -> String {
    let Summary { pages, files, added, changed, removed, .. } = *summary;
    let (size, time) = (size(summary.bytes), seconds(took));
    let changes = if added + changed + removed == 0 {
        "nothing changed".to_owned()
    } else {
        format!("{added} files new, {changed} changed, {removed} removed")
    };
    let index = out.join("index.html");
    format!(
        "Built {pages} pages, {files} files, {size} in {time} s; {changes}.\nOpen {} to look.\n",
        index.display()
    )
}

fn size(bytes: u64) -> String {
    // Sizes are for reading; a rounding error does no harm.
    #[allow(clippy::cast_precision_loss)]
    let kilobytes = bytes as f64 / 1024.0;
    if kilobytes < 1024.0 {
        format!("{kilobytes:.0}KB")
    } else {
        format!("{:.1}MB", kilobytes / 1024.0)
    }
}

fn seconds(took: Duration) -> String {
    format!("{:.2}", took.as_secs_f64())
}
