//! Faults of files and folders: one that is missing, misnamed, or lies where nothing is read.

use super::{error, shown, warning};
use crate::diagnostic::{Diagnostic, Place, Words};
use crate::limits;
use crate::words;

/// No folder `data/` under the root.
pub fn no_data_folder(place: Place) -> Diagnostic {
    error(
        "no-data-folder",
        place,
        words!("没有找到数据文件夹 data", "there is no folder data"),
        vec![
            words!(
                "在放着 data 文件夹的地方运行，或用 --root 指出它在哪里",
                "run this where the folder data stands, or name that folder with --root"
            ),
            words!(
                "还没有数据的，从头开始：unionplan new 2022（写上年份）",
                "to begin from nothing: unionplan new 2022, with your year"
            ),
        ],
    )
}

/// No `union.yaml` beside the years.
pub fn no_union_file(place: Place, similar: Option<&str>) -> Diagnostic {
    let help = match similar {
        Some(name) => words!("“{name}”要改名为 union.yaml", "rename “{name}” to union.yaml"),
        None => words!(
            "新建这个文件，写上工会名称（name）、科室（offices）和领导（leaders）",
            "make this file; it holds the union's name, offices and leaders"
        ),
    };
    error(
        "no-union-file",
        place,
        words!("缺少文件 union.yaml", "the file union.yaml is missing"),
        vec![help],
    )
}

/// A year's folder without `plan.yaml`.
pub fn no_plan_file(place: Place, similar: Option<&str>) -> Diagnostic {
    let help = match similar {
        Some(name) => words!("“{name}”要改名为 plan.yaml", "rename “{name}” to plan.yaml"),
        None => words!(
            "把这一年的计划写进 plan.yaml；文件夹用不着就删掉",
            "write the year's plan into plan.yaml, or remove the folder"
        ),
    };
    error(
        "no-plan-file",
        place,
        words!("这一年的文件夹里没有 plan.yaml", "this year's folder has no plan.yaml"),
        vec![help],
    )
}

/// A union without any year; `similar` is a folder that may be meant as one.
pub fn no_years(place: Place, similar: Option<(&str, i32)>) -> Diagnostic {
    let help = match similar {
        Some((name, year)) => {
            words!("文件夹“{name}”要改名为 {year}", "rename the folder “{name}” to {year}")
        }
        None => words!(
            "新建以年份为名的文件夹，里面放 plan.yaml，例如 data/2021/plan.yaml",
            "make a folder named after the year with a plan.yaml in it, such as data/2021/plan.yaml"
        ),
    };
    error(
        "no-years",
        place,
        words!("没有找到任何一年的计划", "there is no year's plan"),
        vec![help],
    )
}

/// A logo that is not among the site's own files.
pub fn no_such_logo(place: Place, name: &str) -> Diagnostic {
    let name = &shown(name);
    error(
        "no-such-logo",
        place,
        words!("site/static 里没有图片“{name}”", "there is no picture “{name}” in site/static"),
        vec![words!(
            "把图片放进 site/static 文件夹，这里写它的文件名，例如 logo.svg",
            "put the picture into the folder site/static, and write its name here, such as logo.svg"
        )],
    )
}

/// A plan that stands beside the folders of the years, not in one.
pub fn plan_outside_year(place: Place) -> Diagnostic {
    error(
        "plan-outside-year",
        place,
        words!("计划没有放在年份文件夹里", "this plan stands in no year's folder"),
        vec![words!(
            "放进以年份为名的文件夹，例如 data/2021/plan.yaml",
            "move it into a folder named after its year, such as data/2021/plan.yaml"
        )],
    )
}

/// A folder that looks like a year but is not named `2021`.
pub fn folder_not_a_year(place: Place, name: &str, year: Option<i32>) -> Diagnostic {
    let help = match year {
        Some(year) => words!("文件夹改名为 {year}", "rename the folder to {year}"),
        None => words!(
            "年份文件夹用四位数字命名，例如 2021；别的东西不要放在 data 里",
            "a year's folder has four digits, such as 2021; keep other things out of data"
        ),
    };
    warning(
        "folder-not-a-year",
        place,
        words!("文件夹“{name}”不是年份，没有读", "the folder “{name}” is no year and was not read"),
        vec![help],
    )
}

fn not_read(place: Place, name: &str, help: Words) -> Diagnostic {
    warning(
        "file-not-read",
        place,
        words!("没有读文件“{name}”", "the file “{name}” was not read"),
        vec![help],
    )
}

/// A file in `data/` that nothing reads.
pub fn file_not_read(place: Place, name: &str, near: Option<&str>) -> Diagnostic {
    let help = match near {
        Some(near) => words!("是不是要改名为 {near}？", "should it be named {near}?"),
        None => words!(
            "供下载的附件放进这一年的 files 文件夹；用不着的删掉",
            "put attachments into the year's folder files, or remove it"
        ),
    };
    not_read(place, name, help)
}

/// A file or folder in `site/` that nothing reads; `near` is where its like belongs.
pub fn not_read_in_site(place: Place, name: &str, near: Option<&str>) -> Diagnostic {
    let name = &shown(name);
    let help = match near {
        Some(near) => words!("是不是要改名为 {near}？", "should it be named {near}?"),
        None => words!(
            "网站设置写在 site/site.yaml，自己的网页放 site/pages，要原样发布的文件放 site/static；用不着的删掉",
            "settings are in site/site.yaml, pages of your own in site/pages, files to publish as they are in site/static; else remove it"
        ),
    };
    warning("file-not-read", place, words!("没有读“{name}”", "“{name}” was not read"), vec![help])
}

/// A file in the place of a folder.
pub fn not_a_folder(place: Place) -> Diagnostic {
    error(
        "not-a-folder",
        place,
        words!("这里应该是文件夹，却是一个文件", "there is a file where a folder should be"),
        vec![words!("把这个文件移走，或改个名字", "move this file away, or rename it")],
    )
}

/// A folder in the place of a file.
pub fn not_a_file(place: Place) -> Diagnostic {
    error(
        "not-a-file",
        place,
        words!("这里应该是文件，却是一个文件夹", "there is a folder where a file should be"),
        vec![words!(
            "把文件从里面拿出来放在这里，文件夹删掉",
            "take the file out of it and put it here; remove the folder"
        )],
    )
}

/// A file in `site/pages/` that is no Markdown.
pub fn not_a_page(place: Place, name: &str) -> Diagnostic {
    let lower = name.to_lowercase();
    let stem = lower.trim_end_matches(".txt").trim_end_matches(".markdown").trim_end_matches(".md");
    let help = match stem != lower {
        true => words!("是不是要改名为 {stem}.md？", "should it be named {stem}.md?"),
        false => words!(
            "网页写成 .md 文件；图片和供下载的文件放进 site/static",
            "a page is a file .md; pictures and downloads go into site/static"
        ),
    };
    not_read(place, name, help)
}

/// A folder in a folder in a folder, beyond what is looked into.
pub fn folders_too_deep(place: Place) -> Diagnostic {
    let most = limits::FOLDER_DEPTH;
    error(
        "folders-too-deep",
        place,
        words!(
            "文件夹一层套一层，超过{most}层，里面的没有读",
            "folders are nested more than {most} levels deep; this one was not looked into"
        ),
        vec![words!("把它移到外层来", "move it further up")],
    )
}

/// A symbolic link that leads out of the root.
pub fn link_leads_out(place: Place) -> Diagnostic {
    error(
        "link-leads-out",
        place,
        words!(
            "这是指向别处的符号链接，不会读取",
            "this is a symbolic link to somewhere else and is not followed"
        ),
        vec![words!("把文件本身放进来", "put the file itself here")],
    )
}
