//! `unionplan import 通知.docx`: a notice → `data/<year>/plan.yaml`, with a report of what was read,
//! guessed and left over.

mod report;

use super::{FAULTS, INPUT_OUTPUT, USAGE, give, root, say, show};
use crate::data_file;
use crate::diagnostic::{Diagnostic, Language, Report, Words, faults, shown_path};
use crate::import::union_file::{self, Newcomers};
use crate::import::{self, Draft, Refusal, Wishes, yaml};
use crate::limits;
use crate::plan::Union;
use crate::source::{self, UnionFolder, YearFolder};
use crate::words;
use clap::ArgMatches;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What was asked for.
struct Call {
    source: PathBuf,
    root: PathBuf,
    branch: Option<String>,
    wishes: Wishes,
    force: bool,
    prints: bool,
    language: Language,
}

/// Why nothing was written.
enum Stop {
    /// The call asks for something that can't be, in words.
    Usage(Words),
    /// What was found on the way.
    Found(Box<Diagnostic>),
    /// Faults of data that is there already, and what to do about them.
    Faults(Report, Words),
}

/// Runs the command.
pub fn run(arguments: &ArgMatches, language: Language) -> ExitCode {
    match call(arguments, language).and_then(|call| call.import()) {
        Ok(code) => code,
        Err(Stop::Usage(words)) => {
            say(format_args!("{}\n", words.get(language)));
            ExitCode::from(USAGE)
        }
        Err(Stop::Found(found)) => {
            let is_system = ["cannot-read", "cannot-write"].contains(&found.code);
            show(&Report::from(*found), language);
            ExitCode::from(if is_system { INPUT_OUTPUT } else { FAULTS })
        }
        Err(Stop::Faults(report, words)) => {
            show(&report, language);
            say(format_args!("{}\n", words.get(language)));
            ExitCode::from(FAULTS)
        }
    }
}

fn call(arguments: &ArgMatches, language: Language) -> Result<Call, Stop> {
    let Some(source) = arguments.get_one::<PathBuf>("file").cloned() else {
        return Err(Stop::Usage(words!(
            "import 后面写上通知的文件名，例如：unionplan import 通知.docx",
            "give the notice's file after import, such as: unionplan import notice.docx"
        )));
    };
    let year = match arguments.get_one::<String>("year") {
        Some(year) => Some(super::year(year).map_err(Stop::Usage)?),
        None => None,
    };
    let branch = arguments.get_one::<String>("branch").cloned();
    if let Some(branch) = branch.as_ref().filter(|branch| !source::is_branch_id(branch)) {
        return Err(Stop::Usage(super::bad_branch(branch)));
    }
    Ok(Call {
        source,
        root: root(arguments),
        branch,
        wishes: Wishes { year, contacts: arguments.get_flag("contacts") },
        force: arguments.get_flag("force"),
        prints: arguments.get_flag("stdout"),
        language,
    })
}

impl Call {
    /// The union's folder.
    fn folder(&self) -> PathBuf {
        let data = self.root.join("data");
        self.branch.as_ref().map_or(data.clone(), |branch| data.join("branches").join(branch))
    }

    fn import(&self) -> Result<ExitCode, Stop> {
        let bytes = import::read::bytes(&self.source).map_err(Stop::Found)?;
        // A workbook that was exported goes back into the plan that it was made from.
        if import::update::is_export(&self.source, &bytes) {
            return Ok(super::export::take_back(&self.root, &self.source, &bytes, self.language));
        }
        let document = import::read::read_bytes(&self.source, &bytes).map_err(Stop::Found)?;
        let remarks = document.remarks.clone();
        let draft =
            import::recognise(document, self.wishes).map_err(|refusal| self.refused(refusal))?;
        let name = self.source.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let plan = yaml::write(&draft, &name, self.language);
        if self.prints {
            give(format_args!("{plan}"));
            say(format_args!("{}", self.report(&draft, &remarks, &words!("", ""))));
            return Ok(ExitCode::SUCCESS);
        }
        let (conclusion, is_sound) = self.write(&draft, &plan)?;
        say(format_args!(
            "{}{}",
            self.report(&draft, &remarks, &conclusion),
            self.next().get(self.language)
        ));
        Ok(if is_sound { ExitCode::SUCCESS } else { ExitCode::from(FAULTS) })
    }

    fn refused(&self, refusal: Refusal) -> Stop {
        let file = shown_path(&self.source);
        match refusal {
            Refusal::NoYear => Stop::Usage(words!(
                "看不出“{file}”是哪一年的计划：加上年份再运行，例如 unionplan import {file} --year 2022",
                "“{file}” does not say for which year it is: say so, as in unionplan import {file} --year 2022"
            )),
            Refusal::NoPlan => Stop::Found(Box::new(faults::no_plan_in_source(&self.source))),
        }
    }

    /// Writes the plan, and adds to `union.yaml` whom it does not have. Returns what was written, and
    /// whether a site can be built from it.
    fn write(&self, draft: &Draft, plan: &str) -> Result<(Words, bool), Stop> {
        let year = draft.year;
        let folder = self.folder();
        let plan_file = folder.join(year.to_string()).join("plan.yaml");
        let shown = shown_path(&plan_file);
        if !source::is_absent(&plan_file) && !self.force {
            return Err(Stop::Usage(words!(
                "已经有{year}年的计划：{shown}，没有改动。要换成新读的，加上 --force，旧的会另存在旁边；只想看看读得怎么样，加上 --stdout",
                "there is a plan of {year}: {shown}; it was left alone. To replace it, add --force, which keeps the old one beside it; to see what is read, add --stdout"
            )));
        }
        let union_file = folder.join("union.yaml");
        let union = self.union(&union_file)?;
        let newcomers = Newcomers::of(draft, union.as_ref());
        let new_union = match &union {
            None => Some(union_file::write(draft, &newcomers, self.language)),
            Some(_) if newcomers.is_empty() => None,
            Some(_) => {
                let file = source::read_text(&self.root, &union_file, limits::DATA_FILE_BYTES);
                let file = file.map_err(Stop::Found)?;
                Some(
                    union_file::add(&file.text, &newcomers)
                        .ok_or_else(|| self.by_hand(&newcomers))?,
                )
            }
        };
        let write = |path: &Path, text: &str| {
            data_file::write(path, text).map_err(|(path, error)| {
                Stop::Found(Box::new(faults::cannot_write_data(&path, &error)))
            })
        };
        if let Some(text) = &new_union {
            // What is added only adds, so nothing has to be kept.
            let kept = write(&union_file, text)?;
            kept.into_iter().for_each(|kept| drop(std::fs::remove_file(kept)));
        }
        let kept = write(&plan_file, plan)?;
        let left = self.faults(&plan_file, year);
        let mut said = words!("已写好 {shown}。\n", "Wrote {shown}.\n");
        if let Some(kept) = kept {
            let kept = shown_path(&kept);
            append(
                &mut said,
                words!("原来的文件另存为 {kept}。\n", "The old file is kept as {kept}.\n"),
            );
        }
        append(&mut said, newly(&newcomers, union.is_none(), &shown_path(&union_file)));
        let left = left.filter(|report| report.errors() > 0);
        if let Some(report) = &left {
            show(report, self.language);
            append(
                &mut said,
                words!(
                    "写好的文件还有上面这些要改，改好以后才能生成网站。\n",
                    "What is listed above has to be mended before the site can be built.\n"
                ),
            );
        }
        Ok((said, left.is_none()))
    }

    fn report(&self, draft: &Draft, remarks: &[Words], conclusion: &Words) -> String {
        report::report(&shown_path(&self.source), draft, remarks, conclusion, self.language)
    }

    /// How to go on.
    fn next(&self) -> Words {
        let root = match self.root == Path::new(".") {
            true => String::new(),
            false => format!(" --root {}", self.root.display()),
        };
        words!(
            "接下来：打开写好的文件核对一遍，再运行 unionplan serve --open{root} 看网站。\n",
            "Next: go through the file, then look at the site: unionplan serve --open{root}\n"
        )
    }

    /// The union, if it has its file already.
    fn union(&self, file: &Path) -> Result<Option<Union>, Stop> {
        if source::is_absent(file) {
            return Ok(None);
        }
        let folder = UnionFolder {
            branch: self.branch.clone(),
            union_file: file.to_owned(),
            years: Vec::new(),
        };
        let (union, report) = source::read_union(&self.root, &folder);
        match union {
            Some(union) if report.errors() == 0 => Ok(Some(union)),
            _ => {
                let shown = shown_path(file);
                Err(Stop::Faults(
                    report,
                    words!(
                        "没有导入：先改好 {shown} 里的错误，再运行一次",
                        "nothing was imported: mend {shown} first, then run this again"
                    ),
                ))
            }
        }
    }

    /// What is wrong with the plan as it was written; nothing, as a rule.
    fn faults(&self, plan_file: &Path, year: i32) -> Option<Report> {
        let union = self.union(&self.folder().join("union.yaml")).ok()??;
        let folder = YearFolder {
            year,
            plan_file: plan_file.to_owned(),
            updates_file: None,
            attachments: Vec::new(),
        };
        Some(source::read_plan(&self.root, &folder, &union).1)
    }

    /// `union.yaml` is written in a way that only a person can go on with.
    fn by_hand(&self, newcomers: &Newcomers) -> Stop {
        let file = shown_path(&self.folder().join("union.yaml"));
        let lines = |entries: &[(String, String)]| {
            let lines =
                entries.iter().map(|(id, name)| format!("  - {{ id: {id}, name: {name} }}\n"));
            lines.collect::<String>()
        };
        let (offices, leaders) = (lines(&newcomers.offices), lines(&newcomers.leaders));
        Stop::Usage(words!(
            "没有导入：{file} 的名单不是一行一个，没法替您添加。请先照下面的样子把新的科室和领导写进去，再运行一次：\noffices:\n{offices}leaders:\n{leaders}",
            "nothing was imported: the lists of {file} are not one entry a line and can't be added to. Put these in first, one a line, then run this again:\noffices:\n{offices}leaders:\n{leaders}"
        ))
    }
}

fn append(said: &mut Words, more: Words) {
    said.zh += &more.zh;
    said.en += &more.en;
}

/// Who is new in `union.yaml`.
fn newly(newcomers: &Newcomers, is_new: bool, file: &str) -> Words {
    if newcomers.is_empty() && !is_new {
        return words!("", "");
    }
    let names = |entries: &[(String, String)], mark: &str| {
        let names = entries.iter().map(|(id, name)| format!("{name}（{id}）"));
        names.collect::<Vec<_>>().join(mark)
    };
    let mut parts = (Vec::new(), Vec::new());
    for (entries, zh, en) in
        [(&newcomers.offices, "科室", "offices"), (&newcomers.leaders, "领导", "leaders")]
    {
        if !entries.is_empty() {
            parts.0.push(format!("{zh}{}", names(entries, "、")));
            parts.1.push(format!("{en} {}", names(entries, ", ")));
        }
    }
    let (zh, en) = (parts.0.join("；"), parts.1.join("; "));
    match is_new {
        true if newcomers.is_empty() => words!(
            "还新建了 {file}，工会名称请核对。\n",
            "{file} is new; please check the union's name.\n"
        ),
        true => words!(
            "还新建了 {file}，写了{zh}。工会名称和括号里的网址代号请核对。\n",
            "{file} is new, with {en}. Please check the union's name and the ids in brackets.\n"
        ),
        false => words!("{file} 里加了{zh}。\n", "{file} now has {en}.\n"),
    }
}
