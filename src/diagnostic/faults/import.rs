//! Sources that can't be imported.

use super::error;
use crate::diagnostic::{Diagnostic, Place, Words};
use crate::words;
use std::path::Path;

/// A file of a kind that is not read, or that is known to be something else than its name says.
/// `way` tells what to do with it.
pub fn kind_of_source(path: &Path, kind: &str, way: Words) -> Diagnostic {
    error(
        "unreadable-source",
        Place::whole(path),
        words!("不能直接导入{kind}文件", "{kind} files can't be imported"),
        vec![way],
    )
}

/// A file that is locked by a password.
pub fn locked_source(path: &Path) -> Diagnostic {
    error(
        "locked-source",
        Place::whole(path),
        words!("文件有密码，打不开", "the file is locked by a password"),
        vec![words!(
            "在 Word、Excel 或 WPS 里打开，去掉密码后另存一份再导入",
            "open it, remove the password, save a copy and import that"
        )],
    )
}

/// A file that is broken, or no file of its kind at all; `what` says what is wrong with it.
pub fn damaged_source(path: &Path, what: &Words) -> Diagnostic {
    let Words { zh, en } = what;
    error(
        "damaged-source",
        Place::whole(path),
        words!("文件损坏或不完整：{zh}", "the file is damaged or incomplete: {en}"),
        vec![words!(
            "请重新下载或复制一份；能用 Word 或 WPS 打开的，打开后另存一份再导入",
            "get the file again; if a word processor opens it, save a copy there and import that"
        )],
    )
}

/// A file that holds more than is read; `what` says of what.
pub fn large_source(path: &Path, what: &Words) -> Diagnostic {
    let Words { zh, en } = what;
    error(
        "large-source",
        Place::whole(path),
        words!("文件内容太多：{zh}", "the file holds too much: {en}"),
        vec![words!(
            "只留下通知和安排表，另存一份再导入；图片和附件可以去掉",
            "save a copy with nothing but the notice and its table, without pictures, and import that"
        )],
    )
}

/// A file with programs in it; `ending` is that of files of its kind without any.
pub fn macros_in_source(path: &Path, ending: &str) -> Diagnostic {
    error(
        "macros-in-source",
        Place::whole(path),
        words!(
            "文件里有宏，为安全起见不导入",
            "the file has macros in it and is not read for safety"
        ),
        vec![words!(
            "用 Word 或 WPS 打开，不要启用宏，另存为不带宏的 {ending} 再导入",
            "open it without running its macros, save it as {ending}, which has none, and import that"
        )],
    )
}

/// A file of a kind that can't be told.
pub fn unknown_source(path: &Path) -> Diagnostic {
    error(
        "unknown-source",
        Place::whole(path),
        words!("认不出这是什么文件", "what kind of file this is can't be told"),
        vec![words!(
            "能导入的有 .docx、.xlsx、.html 和纯文本；用能打开它的程序另存为其中一种再导入",
            "what can be imported is .docx, .xlsx, .html and plain text: save it as one of these"
        )],
    )
}

/// A file with no text in it.
pub fn empty_source(path: &Path) -> Diagnostic {
    error(
        "empty-source",
        Place::whole(path),
        words!("文件里没有文字", "there is no text in the file"),
        vec![words!(
            "如果通知是一张图片或扫描件，要先转成文字：用 WPS 或 Word 的“图片转文字”，另存为 .docx 再导入",
            "a scan has to be turned into text first: save what a text recognition makes of it as .docx"
        )],
    )
}

/// A text in which neither sections nor a schedule were found.
pub fn no_plan_in_source(path: &Path) -> Diagnostic {
    error(
        "no-plan-in-source",
        Place::whole(path),
        words!("没有认出工作计划", "no work plan was found in it"),
        vec![words!(
            "通知正文要有“一、”“（一）”“1.”这样的编号，或者有一张带“任务”“时间”“责任人”这类表头的安排表；没有的，用 unionplan new 从头写",
            "the text needs headings numbered 一、 （一） or 1., or a table with columns such as 任务, 时间, 责任人; else begin with unionplan new"
        )],
    )
}
