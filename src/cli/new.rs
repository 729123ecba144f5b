//! `unionplan new 2022`: begins a year, with the structure of the year before.

use super::{FAULTS, INPUT_OUTPUT, USAGE, root, say, show};
use crate::data_file;
use crate::diagnostic::{Diagnostic, Language, Report, Words, faults, shown_path};
use crate::limits;
use crate::plan::{Terms, Union};
use crate::skeleton::{self, Skeleton};
use crate::source::{self, UnionFolder, YearFolder};
use crate::words;
use clap::ArgMatches;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Why nothing was written.
enum Refusal {
    /// The call asks for something that can't be, in words.
    Usage(Words),
    /// Faults in the data, and what to do about them before a year is begun.
    Faults(Report, Words),
    /// A file that can't be read or written.
    Unreachable(Box<Diagnostic>),
}

/// What was asked for.
struct Call {
    root: PathBuf,
    branch: Option<String>,
    year: i32,
    force: bool,
    language: Language,
}

/// What was written.
struct Written {
    plan: Skeleton,
    /// The year that it was made from.
    from: Option<i32>,
    /// Where an older file is kept.
    kept: Option<PathBuf>,
    has_new_union: bool,
}

/// Runs the command.
pub fn run(arguments: &ArgMatches, language: Language) -> ExitCode {
    let done = call(arguments, language).and_then(|call| {
        let written = call.begin()?;
        Ok(call.conclusion(&written))
    });
    match done {
        Ok(conclusion) => {
            say(format_args!("{}", conclusion.get(language)));
            ExitCode::SUCCESS
        }
        Err(refusal) => refusal.tell(language),
    }
}

impl Refusal {
    fn tell(self, language: Language) -> ExitCode {
        match self {
            Self::Usage(words) => {
                say(format_args!("{}\n", words.get(language)));
                ExitCode::from(USAGE)
            }
            Self::Faults(report, words) => {
                show(&report, language);
                say(format_args!("{}\n", words.get(language)));
                ExitCode::from(FAULTS)
            }
            Self::Unreachable(fault) => {
                show(&Report::from(*fault), language);
                ExitCode::from(INPUT_OUTPUT)
            }
        }
    }
}

fn call(arguments: &ArgMatches, language: Language) -> Result<Call, Refusal> {
    let root = root(arguments);
    let Some(written) = arguments.get_one::<String>("year") else {
        return Err(Refusal::Usage(words!(
            "new 后面写上年份，例如：unionplan new 2022",
            "give the year after new, such as: unionplan new 2022"
        )));
    };
    Ok(Call {
        year: super::year(written).map_err(Refusal::Usage)?,
        branch: arguments.get_one::<String>("branch").cloned(),
        force: arguments.get_flag("force"),
        root,
        language,
    })
}

impl Call {
    /// The folder of the union, from the root: `data`, or `data/branches/library`.
    fn folder(&self) -> String {
        match &self.branch {
            None => "data".to_owned(),
            Some(branch) => format!("data/branches/{branch}"),
        }
    }

    /// A path as people are told it.
    fn shown(&self, below: &str) -> String {
        shown_path(&self.root.join(below))
    }

    /// The option that leads other commands to the same root.
    fn root_option(&self) -> String {
        match self.root == Path::new(".") {
            true => String::new(),
            false => format!(" --root {}", self.root.display()),
        }
    }

    /// Writes the files that begin the year.
    fn begin(&self) -> Result<Written, Refusal> {
        self.check_root()?;
        let (folders, _) = source::discover(&self.root);
        let folder = folders.iter().find(|folder| folder.branch == self.branch);
        self.check_branch()?;
        self.check_names()?;
        let base = self.root.join(self.folder());
        let plan_file = base.join(self.year.to_string()).join("plan.yaml");
        if !self.force && !source::is_absent(&plan_file) {
            return Err(Refusal::Usage(self.exists()));
        }
        let union_file = base.join("union.yaml");
        let has_new_union = source::is_absent(&union_file);
        if has_new_union {
            self.check_years()?;
        }
        let years = folder.map_or(&[][..], |folder| &folder.years);
        let union = match folder {
            Some(folder) => Some(self.union(folder)?),
            None => None,
        };
        let model = model(years, self.year);
        let plan = match (&union, model) {
            (Some(union), Some(model)) => self.plan_like(union, model)?,
            (union, _) => skeleton::example(union.as_ref(), self.year, self.language),
        };
        let write = |path: &Path, text: &str| {
            data_file::write(path, text).map_err(|(path, error)| {
                let path = path.strip_prefix(&self.root).unwrap_or(&path);
                Refusal::Unreachable(Box::new(faults::cannot_write_data(path, &error)))
            })
        };
        if has_new_union {
            write(&union_file, &skeleton::union_file(self.language).text)?;
        }
        let kept = write(&plan_file, &plan.text)?;
        let from = model.map(|model| model.year).filter(|_| union.is_some());
        Ok(Written { plan, from, kept, has_new_union })
    }

    /// A root that is no folder, or that is the folder `data` itself.
    fn check_root(&self) -> Result<(), Refusal> {
        let root = self.root.display();
        if !self.root.is_dir() {
            return Err(Refusal::Usage(words!(
                "没有文件夹“{root}”：--root 后面写放着 data 的文件夹，新的先建好",
                "there is no folder “{root}”: --root names the folder that holds data; make a new one first"
            )));
        }
        let data = self.root.join("data");
        if source::is_absent(&data) && self.root.join("union.yaml").is_file() {
            let year = self.year;
            let above = self.root.join("..");
            let above = above.display();
            return Err(Refusal::Usage(words!(
                "这里就是放 union.yaml 的 data 文件夹。到它的上一层运行：unionplan new {year} --root {above}",
                "this is the folder data itself. Run it one level up: unionplan new {year} --root {above}"
            )));
        }
        if data.is_file() {
            return Err(Refusal::Usage(words!(
                "data 应该是文件夹，这里却是一个文件：把它改名或移走",
                "data has to be a folder, but is a file here: rename or move it"
            )));
        }
        Ok(())
    }

    /// A branch whose folder does not exist: a typing error, or one to be made first.
    fn check_branch(&self) -> Result<(), Refusal> {
        let Some(branch) = &self.branch else { return Ok(()) };
        let branches = self.root.join("data/branches");
        let mut known: Vec<String> = std::fs::read_dir(&branches)
            .into_iter()
            .flatten()
            .flatten()
            .filter(|entry| entry.path().is_dir())
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .filter(|name| source::is_branch_id(name))
            .collect();
        known.sort();
        if known.contains(branch) {
            return Ok(());
        }
        if !source::is_branch_id(branch) {
            return Err(Refusal::Usage(super::bad_branch(branch)));
        }
        let near = faults::nearest(branch, known.iter().map(String::as_str));
        let (zh, en) = match near {
            Some(near) => (format!("是不是“{near}”？"), format!("Is it “{near}”? ")),
            None if known.is_empty() => (String::new(), String::new()),
            None => (
                format!("现有：{}。", known.join("、")),
                format!("There are: {}. ", known.join(", ")),
            ),
        };
        let folder = self.shown(&self.folder());
        Err(Refusal::Usage(words!(
            "没有分工会“{branch}”。{zh}新的分工会，先建文件夹 {folder}，再运行一次",
            "there is no branch “{branch}”. {en}For a new one, make the folder {folder} and run again"
        )))
    }

    /// Files and folders that are likely meant as those which would be written beside them.
    fn check_names(&self) -> Result<(), Refusal> {
        let year = self.year.to_string();
        let base = self.root.join(self.folder());
        let rename = |below: String, name: &str| {
            let path = self.shown(&below);
            Err(Refusal::Usage(words!(
                "已经有“{path}”，多半就是要用的：把它改名为 {name}，再运行一次",
                "there is “{path}”, which is likely what you want: rename it to {name} and run again"
            )))
        };
        let names = |folder: &Path| -> Vec<String> {
            let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
        };
        for name in names(&base) {
            let digits: String = name.chars().filter(char::is_ascii_digit).collect();
            let below = format!("{}/{name}", self.folder());
            if digits == year && name != year && base.join(&name).is_dir() {
                return rename(below, &year);
            }
            let is_missing = source::is_absent(&base.join("union.yaml"));
            if is_missing && source::is_meant_as(&name, "union.yaml") {
                return rename(below, "union.yaml");
            }
        }
        let folder = base.join(&year);
        for name in names(&folder) {
            let is_missing = source::is_absent(&folder.join("plan.yaml"));
            if is_missing && source::is_meant_as(&name, "plan.yaml") {
                return rename(format!("{}/{year}/{name}", self.folder()), "plan.yaml");
            }
        }
        Ok(())
    }

    /// Plans without the `union.yaml` that names their offices and leaders.
    fn check_years(&self) -> Result<(), Refusal> {
        let base = self.root.join(self.folder());
        let plans = std::fs::read_dir(&base).into_iter().flatten().flatten();
        let Some(plan) = plans.map(|entry| entry.path().join("plan.yaml")).find(|p| p.is_file())
        else {
            return Ok(());
        };
        let (union, plan) =
            (self.shown(&format!("{}/union.yaml", self.folder())), shown_path(&plan));
        Err(Refusal::Usage(words!(
            "缺少 {union}，读不了已有的计划 {plan}。先建好这个文件，写上工会名称（name）、科室（offices）和领导（leaders），再运行一次",
            "{union} is missing, so {plan} can't be read. Make that file first, with the union's name, offices and leaders, then run this again"
        )))
    }

    fn exists(&self) -> Words {
        let year = self.year;
        let path = self.shown(&format!("{}/{year}/plan.yaml", self.folder()));
        words!(
            "已经有{year}年的计划：{path}，没有改动。打开它接着改；要重新开始，加上 --force，旧的会另存在旁边",
            "there is a plan of {year} already: {path}. Nothing was changed. Go on with it; to begin anew, add --force, and the old one is kept beside it"
        )
    }

    /// Reads the union, which has to be sound.
    fn union(&self, folder: &UnionFolder) -> Result<Union, Refusal> {
        let (union, report) = source::read_union(&self.root, folder);
        match union {
            Some(union) if report.errors() == 0 => Ok(union),
            _ => Err(faulty(report)),
        }
    }

    /// Makes the plan out of another year's, which has to be sound.
    fn plan_like(&self, union: &Union, model: &YearFolder) -> Result<Skeleton, Refusal> {
        // Progress is not taken over, so faults of updates don't matter.
        let alone = YearFolder { updates_file: None, ..model.clone() };
        let (plan, report) = source::read_plan(&self.root, &alone, union);
        if plan.is_none() || report.errors() > 0 {
            return Err(faulty(report));
        }
        let file = source::read_text(&self.root, &model.plan_file, limits::DATA_FILE_BYTES);
        let file = file.map_err(Refusal::Unreachable)?;
        let node = source::node::parse(&file).map_err(Refusal::Unreachable)?;
        let terms: &Terms = &union.terms;
        Ok(skeleton::from_plan(&node, model.year, self.year, terms, self.language))
    }

    /// What was written, what there is to do, and how to go on.
    fn conclusion(&self, written: &Written) -> Words {
        let year = self.year;
        let path = self.shown(&format!("{}/{year}/plan.yaml", self.folder()));
        let Skeleton { changes, checks, .. } = written.plan;
        let Words { zh: like_zh, en: like_en } = match written.from {
            Some(from) => words!(
                "照{from}年的框架；里面标了“待改”的有{changes}处，“请核对”的有{checks}处",
                "with the structure of {from}; {changes} places are marked TO CHANGE, {checks} CHECK"
            ),
            None => words!(
                "没有找到别的年份的计划，写的是一个例子，照自己的改",
                "there is no plan of another year, so it is an example; put in your own"
            ),
        };
        let Words { zh: kept_zh, en: kept_en } = match &written.kept {
            Some(kept) => {
                let kept = shown_path(kept);
                words!(
                    "原来的文件另存为 {kept}。\n",
                    "The file that was there is kept as {kept}.\n"
                )
            }
            None => words!("", ""),
        };
        let Words { zh: union_zh, en: union_en } = match written.has_new_union {
            true => {
                let union = self.shown(&format!("{}/union.yaml", self.folder()));
                words!(
                    "还新建了 {union}：先在里面写上工会、科室和领导的名称；改了名称，计划里也要跟着改。\n",
                    "{union} is new, too: put in the names of the union, its offices and leaders first; the plan has to use the same names.\n"
                )
            }
            false => words!("", ""),
        };
        let Words { zh: late_zh, en: late_en } = match written.from {
            Some(from) if from < year => words!(
                "改好以前先别发布：网站首页会换成{year}年的。\n",
                "Don't publish before it is done: the site's home page will be that of {year}.\n"
            ),
            _ => words!("", ""),
        };
        let root = self.root_option();
        words!(
            "已新建{year}年的计划 {path}：{like_zh}。\n{kept_zh}{union_zh}接下来：\n  1. 用记事本打开 {path}，从上往下改；\n  2. 运行 unionplan serve --open{root}，在浏览器里看着改。\n{late_zh}",
            "Wrote the plan of {year}, {path}: {like_en}.\n{kept_en}{union_en}Next:\n  1. open {path} in an editor and go through it from top to bottom;\n  2. run unionplan serve --open{root} and watch it in the browser.\n{late_en}"
        )
    }
}

/// The year to take over: the latest before the new one, else the next after it.
fn model(years: &[YearFolder], year: i32) -> Option<&YearFolder> {
    let others = || years.iter().filter(|other| other.year != year);
    others().rfind(|other| other.year < year).or_else(|| others().next())
}

/// Data that has to be mended first.
fn faulty(report: Report) -> Refusal {
    let unreachable = report.diagnostics().iter().find(|found| found.code == "cannot-read");
    match unreachable {
        Some(found) => Refusal::Unreachable(Box::new(found.clone())),
        None => Refusal::Faults(
            report,
            words!(
                "没有新建：先改好上面的错误（unionplan check 可以再查一遍），再运行一次",
                "nothing was written: mend the above (unionplan check looks again), then run it again"
            ),
        ),
    }
}
