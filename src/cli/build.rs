//! `unionplan build` and `unionplan check`.

use super::{FAULTS, INPUT_OUTPUT, USAGE, give, root, say};
use crate::build::{Changed, Memory, Options, Outcome, build_again};
use crate::diagnostic::{Language, Report, Severity, Words, faults, render};
use crate::publish::{Manner, Summary};
use crate::source;
use crate::words;
use clap::ArgMatches;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Codes of diagnostics that speak of reading and writing, not of the data.
const INPUT_OUTPUT_CODES: [&str; 5] =
    ["cannot-read", "cannot-write", "foreign-file", "bad-output", "busy"];

/// What comes after a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sequel {
    /// Nothing: the program ends.
    End,
    /// Another build, once something has changed.
    Watch,
    /// The same, and the site is shown in a browser.
    Preview,
}

/// What was asked for.
pub struct Call {
    /// What to build, and where to.
    pub options: Options,
    /// What comes after a build.
    pub sequel: Sequel,
    /// Whether a build of this process has published a site, and told where.
    pub is_published: bool,
    out: PathBuf,
    json: bool,
}

/// Runs either command.
pub fn run(call: &Call, language: Language) -> ExitCode {
    // The thread at hand is one of those that share the work, which spares starting another. Should
    // the threads be there already, all works as well.
    let _ = rayon::ThreadPoolBuilder::new().use_current_thread().build_global();
    let (outcome, conclusion) = call.build();
    call.show(&outcome.report, language);
    if !call.json {
        say(format_args!("{}", conclusion.get(language)));
    }
    exit_code(&outcome.report, call.options.strict)
}

/// Understands the arguments that every command has.
///
/// # Errors
/// They can't be understood; that has been said, and the exit code is returned.
pub fn call(arguments: &ArgMatches, language: Language, writes: bool) -> Result<Call, ExitCode> {
    let json = arguments.get_one::<String>("format").is_some_and(|format| format == "json");
    let root = root(arguments);
    let out = arguments.get_one::<PathBuf>("out").cloned().unwrap_or_else(|| root.join("public"));
    let options = Options {
        root,
        out: writes.then(|| out.clone()),
        base_url: None,
        strict: arguments.get_flag("strict"),
        manner: Manner {
            overwrite: arguments.get_flag("overwrite"),
            durable: arguments.get_flag("durable"),
            compress: arguments.get_flag("compress"),
        },
    };
    let mut call = Call { options, sequel: Sequel::End, is_published: false, out, json };
    if let Some(text) = arguments.get_one::<String>("base-url") {
        let Some(url) = source::base_url(text) else {
            call.show(&faults::bad_base_url(None, text).into(), language);
            return Err(ExitCode::from(USAGE));
        };
        call.options.base_url = Some(url);
    }
    Ok(call)
}

impl Call {
    /// Builds, and words how it went.
    pub fn build(&self) -> (Outcome, Words) {
        self.build_again(&mut Memory::default(), &Changed::Everything)
    }

    /// Builds again in the same process, and words how it went.
    pub fn build_again(&self, memory: &mut Memory, changed: &Changed) -> (Outcome, Words) {
        let begun = Instant::now();
        let outcome = build_again(&self.options, memory, changed);
        let conclusion = conclusion(&outcome, self, begun.elapsed());
        (outcome, conclusion)
    }

    /// Whether all that is wrong with a build that is to be followed by others is that there is no
    /// data yet. The conclusion says so in one sentence, which needs no report above it.
    pub fn is_without_data(&self, report: &Report) -> bool {
        let all = report.diagnostics();
        self.sequel != Sequel::End
            && !self.is_published
            && !self.json
            && !all.is_empty()
            && all.iter().all(|found| found.code == "no-data-folder")
    }

    /// Shows what was found, in the form that was asked for.
    pub fn show(&self, report: &Report, language: Language) {
        if self.json {
            give(format_args!("{}", render::json_lines(report, language)));
        } else if !report.is_empty() {
            super::show(report, language);
        }
    }
}

fn exit_code(report: &Report, strict: bool) -> ExitCode {
    if report.errors() == 0 && !(strict && report.warnings() > 0) {
        return ExitCode::SUCCESS;
    }
    let errors = || report.diagnostics().iter().filter(|d| d.severity == Severity::Error);
    let outside =
        errors().next().is_some() && errors().all(|d| INPUT_OUTPUT_CODES.contains(&d.code));
    ExitCode::from(if outside { INPUT_OUTPUT } else { FAULTS })
}

/// What happened, in the end.
fn conclusion(outcome: &Outcome, call: &Call, took: Duration) -> Words {
    let (errors, warnings) = (outcome.report.errors(), outcome.report.warnings());
    let plans = outcome.plans;
    if let Some(summary) = &outcome.summary {
        return match call.is_published {
            true => updated(summary, warnings, call.sequel),
            false => published(summary, warnings, call, took),
        };
    }
    let (some_errors, some_warnings) = (counted(errors, "error"), counted(warnings, "warning"));
    if call.is_without_data(&outcome.report) {
        return without_data(&call.options.root);
    }
    if errors > 0 {
        let (next_zh, next_en) = match call.sequel {
            Sequel::End => ("改好后再运行一次。", "Mend them and run again."),
            _ => ("改好后保存，会自动更新。", "Mend and save; the site will follow."),
        };
        return words!(
            "共{errors}处错误、{warnings}处提醒，网站没有改动。{next_zh}\n",
            "{some_errors}, {some_warnings}; the site is unchanged. {next_en}\n"
        );
    }
    if call.options.strict && warnings > 0 {
        return words!(
            "共{warnings}处提醒，因为用了 --strict，网站没有改动。\n",
            "{some_warnings}; with --strict the site is unchanged.\n"
        );
    }
    let some_plans = counted(plans, "plan");
    words!(
        "检查完毕：{plans}份计划没有错误，{warnings}处提醒。\n",
        "Checked: {some_plans} without errors, {some_warnings}.\n"
    )
}

/// Says where data is missing. Watching goes on, since it may be on its way there.
fn without_data(root: &Path) -> Words {
    let (zh, en) = match root == Path::new(".") {
        true => ("这里".to_owned(), "here".to_owned()),
        false => (format!("{} 里", root.display()), format!("in {}", root.display())),
    };
    words!(
        "{zh}没有 data 文件夹。请在放着 data 的文件夹里运行；放好以后会自动开始。\n",
        "There is no folder data {en}. Run this in the folder that holds data; once it is there, the site will follow.\n"
    )
}

/// A build after the first, in one line, since many may come.
fn updated(summary: &Summary, warnings: usize, sequel: Sequel) -> Words {
    let Summary { added, changed, removed, .. } = *summary;
    let parts =
        [(changed, "更新", "changed"), (added, "新增", "new"), (removed, "删除", "removed")];
    let parts = || parts.iter().filter(|(count, ..)| *count > 0);
    let zh: Vec<_> = parts().map(|(count, zh, _)| format!("{zh}{count}个文件")).collect();
    let en: Vec<_> =
        parts().map(|(count, _, en)| format!("{} {en}", counted(*count, "file"))).collect();
    let (zh, en) = match (zh.is_empty(), sequel) {
        (true, _) => ("网站没有变化".to_owned(), "Nothing has changed".to_owned()),
        (_, Sequel::Preview) => (
            format!("已{}，网页已刷新", zh.join("、")),
            format!("{}; the page is reloaded", en.join(", ")),
        ),
        _ => (format!("已{}", zh.join("、")), en.join(", ")),
    };
    let Words { zh: warned_zh, en: warned_en } = warned(warnings);
    words!("{zh}。\n{warned_zh}", "{en}.\n{warned_en}")
}

fn published(summary: &Summary, warnings: usize, call: &Call, took: Duration) -> Words {
    let Summary { pages, files, added, changed, removed, .. } = *summary;
    let (size, time) = (size(summary.bytes), format!("{:.2}", took.as_secs_f64()));
    let changes = if summary.has_changes() {
        words!(
            "新增{added}个文件，更新{changed}个，删除{removed}个",
            "{added} files new, {changed} changed, {removed} removed"
        )
    } else {
        words!("没有变化", "nothing changed")
    };
    let index = call.out.join("index.html");
    let index = index.display();
    // A preview has an address of its own to look at.
    let look = match call.sequel {
        Sequel::Preview => words!("", ""),
        _ => words!("打开 {index} 查看。\n", "Open {index} to look.\n"),
    };
    let (changes_zh, changes_en) = (changes.zh, changes.en);
    let Words { zh: warned_zh, en: warned_en } = warned(warnings);
    let Words { zh: look_zh, en: look_en } = look;
    words!(
        "网站已生成：{pages}页，共{files}个文件，{size}，用时{time}秒；{changes_zh}。\n{warned_zh}{look_zh}",
        "Built {pages} pages, {files} files, {size} in {time} s; {changes_en}.\n{warned_en}{look_en}"
    )
}

/// That there is more to read than the conclusion.
fn warned(warnings: usize) -> Words {
    if warnings == 0 {
        return words!("", "");
    }
    let some_warnings = counted(warnings, "warning");
    words!("另有{warnings}处提醒，见上。\n", "There are {some_warnings}, see above.\n")
}

/// 1 error, 2 errors.
fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
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
