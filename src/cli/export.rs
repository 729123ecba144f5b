//! `unionplan export`: a plan as a workbook, and how an edited one is taken back.

use super::{FAULTS, INPUT_OUTPUT, USAGE, root, say, show};
use crate::data_file;
use crate::diagnostic::{Language, Report, Words, faults};
use crate::export::{self, Mark};
use crate::import::update::{self, Update};
use crate::source::{self, UnionFolder, YearFolder};
use crate::words;
use clap::ArgMatches;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Why nothing was written.
enum Refusal {
    /// The call asks for something that can't be, in words.
    Usage(Words),
    /// Faults, and the exit code that they have.
    Faults(Report, u8),
}

/// Runs the command.
pub fn run(arguments: &ArgMatches, language: Language) -> ExitCode {
    finish(export(arguments), language)
}

/// Takes an edited workbook back into the plan that it was exported from, and says what has
/// changed; `path` is the workbook and `bytes` is what stands in it.
pub fn take_back(root: &Path, path: &Path, bytes: &[u8], language: Language) -> ExitCode {
    finish(write_back(root, path, bytes, language), language)
}

fn finish(done: Result<Words, Refusal>, language: Language) -> ExitCode {
    match done {
        Ok(words) => {
            say(format_args!("{}", words.get(language)));
            ExitCode::SUCCESS
        }
        Err(Refusal::Usage(words)) => {
            say(format_args!("{}\n", words.get(language)));
            ExitCode::from(USAGE)
        }
        Err(Refusal::Faults(mut report, code)) => {
            report.sort();
            show(&report, language);
            ExitCode::from(code)
        }
    }
}

/// Writes a workbook.
fn export(arguments: &ArgMatches) -> Result<Words, Refusal> {
    let root = root(arguments);
    let branch = arguments.get_one::<String>("branch");
    let (folders, found) = source::discover(&root);
    let Some(folder) = folders.iter().find(|folder| folder.branch.as_ref() == branch) else {
        return Err(no_union(found, branch));
    };
    let year = arguments.get_one::<i32>("year").copied();
    let year = match year {
        Some(wanted) => folder.years.iter().find(|year| year.year == wanted),
        None => folder.years.last(),
    };
    let year = year.ok_or_else(|| no_year(folder))?;
    let (union, mut report) = source::read_union(&root, folder);
    let plan = union.as_ref().and_then(|union| {
        let (plan, found) = source::read_plan(&root, year, union);
        report.extend(found);
        plan
    });
    let (Some(union), Some(plan), 0) = (union, plan, report.errors()) else {
        return Err(Refusal::Faults(report, FAULTS));
    };
    let mark = mark(&root, folder, year)?;
    let file = arguments.get_one::<PathBuf>("output").cloned().unwrap_or_else(|| name(&mark));
    let book = export::workbook(&plan, &union, &mark).map_err(|reason| {
        let fault = faults::text_too_long_for_cell(&year.plan_file, &reason.to_string());
        Refusal::Faults(fault.into(), FAULTS)
    })?;
    let is_there = fs::symlink_metadata(&file).is_ok();
    let shown = file.display().to_string();
    if is_there && !arguments.get_flag("force") {
        return Err(Refusal::Usage(words!(
            "已经有 {shown}，没有覆盖；用 -o 换个名字，或加上 --force",
            "{shown} is there already; name another file with -o, or add --force"
        )));
    }
    write(&file, &book)?;
    let (sections, items, tasks) = (plan.sections.len(), plan.items.len(), plan.tasks.len());
    Ok(words!(
        "已导出：{shown}，{sections}个部分，{items}项要点，{tasks}项任务。\n改好以后运行 unionplan import {shown}，改动就写回 plan.yaml。\n",
        "Exported to {shown}: {sections} sections, {items} items, {tasks} tasks.\nOnce it has been edited, unionplan import {shown} takes the changes back into plan.yaml.\n"
    ))
}

/// What the workbook is marked with.
fn mark(root: &Path, folder: &UnionFolder, year: &YearFolder) -> Result<Mark, Refusal> {
    let bytes = fs::read(&year.plan_file).map_err(|reason| {
        let path = year.plan_file.strip_prefix(root).unwrap_or(&year.plan_file);
        let place = crate::diagnostic::Place::whole(path);
        Refusal::Faults(faults::cannot_read(place, &reason).into(), INPUT_OUTPUT)
    })?;
    let fingerprint = export::fingerprint(&bytes);
    Ok(Mark { year: year.year, branch: folder.branch.clone(), fingerprint })
}

/// The name of a workbook for which none is given.
fn name(mark: &Mark) -> PathBuf {
    let year = mark.year;
    match &mark.branch {
        None => format!("{year}年工作安排表.xlsx").into(),
        Some(branch) => format!("{year}年工作安排表（{branch}）.xlsx").into(),
    }
}

/// Writes a file whole or not at all.
fn write(file: &Path, bytes: &[u8]) -> Result<(), Refusal> {
    let mut draft = file.as_os_str().to_owned();
    draft.push(format!(".{}.tmp", std::process::id()));
    let draft = PathBuf::from(draft);
    let written = fs::write(&draft, bytes).and_then(|()| fs::rename(&draft, file));
    written.map_err(|reason| {
        let _ = fs::remove_file(&draft);
        Refusal::Faults(faults::cannot_write_workbook(file, &reason).into(), INPUT_OUTPUT)
    })
}

fn no_union(found: Report, branch: Option<&String>) -> Refusal {
    match branch {
        Some(id) if found.errors() == 0 => Refusal::Usage(words!(
            "没有分工会“{id}”：data/branches 里要有这个文件夹",
            "there is no branch “{id}”: data/branches has no such folder"
        )),
        _ => Refusal::Faults(found, FAULTS),
    }
}

fn no_year(folder: &UnionFolder) -> Refusal {
    let years: Vec<String> = folder.years.iter().map(|year| year.year.to_string()).collect();
    let (zh, en) = (years.join("、"), years.join(", "));
    Refusal::Usage(words!(
        "没有这一年的计划；有的是：{zh}",
        "there is no plan of that year; there are: {en}"
    ))
}

/// Works out what was changed in a workbook, and writes it.
fn write_back(
    root: &Path,
    path: &Path,
    bytes: &[u8],
    language: Language,
) -> Result<Words, Refusal> {
    let update =
        update::update(root, path, bytes).map_err(|report| Refusal::Faults(report, FAULTS))?;
    let Update { plan_file, text, changes, is_stale, .. } = &update;
    let shown = crate::diagnostic::shown_path(plan_file.strip_prefix(root).unwrap_or(plan_file));
    if !update.warnings.is_empty() {
        show(&update.warnings, language);
    }
    let stale = match is_stale {
        true => words!(
            "{shown} 在导出以后改过，两边的改动合在一起。\n",
            "{shown} has changed since the export; the changes of both were joined.\n"
        ),
        false => words!("", ""),
    };
    let Some(text) = text else {
        let Words { zh, en } = stale;
        return Ok(words!(
            "{zh}没有要写回的改动，{shown} 没有动。\n",
            "{en}There is nothing to take back; {shown} is as it was.\n"
        ));
    };
    let kept = data_file::write(plan_file, text).map_err(|(path, reason)| {
        let path = path.strip_prefix(root).unwrap_or(&path);
        Refusal::Faults(faults::cannot_write_data(path, &reason).into(), INPUT_OUTPUT)
    })?;
    let list = |language| {
        let lines = changes.iter().map(|change| format!("  {}\n", change.get(language)));
        lines.collect::<String>()
    };
    let (zh, en) = (list(Language::Chinese), list(Language::English));
    let count = changes.len();
    let kept = kept.map_or_else(String::new, |kept| crate::diagnostic::shown_path(&kept));
    let Words { zh: stale_zh, en: stale_en } = stale;
    Ok(words!(
        "{stale_zh}{shown} 改了{count}处：\n{zh}原来的文件留在 {kept}。\n",
        "{stale_en}{count} changes in {shown}:\n{en}The file as it was is kept as {kept}.\n"
    ))
}
