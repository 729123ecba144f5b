//! Workbooks that go out and come back.

use super::system::io_reason;
use super::{error, shown, warning};
use crate::diagnostic::{Diagnostic, Place, SourceFile, Words};
use crate::words;
use std::io;
use std::path::Path;

/// A workbook that carries programs.
pub fn workbook_with_macros(path: &Path) -> Diagnostic {
    error(
        "workbook-with-macros",
        Place::whole(path),
        words!("这个工作簿带有宏，不导入", "a workbook with macros is not imported"),
        vec![words!(
            "在 Excel 或 WPS 里打开，不启用宏，“另存为”选“Excel 工作簿（*.xlsx）”，再导入",
            "open it without its macros, save it as .xlsx, and import that"
        )],
    )
}

/// A workbook that can't be written.
pub fn cannot_write_workbook(path: &Path, reason: &io::Error) -> Diagnostic {
    let Words { zh, en } = io_reason(reason);
    error(
        "cannot-write",
        Place::whole(path),
        words!("写不了：{zh}", "can't be written: {en}"),
        vec![words!(
            "文件如果正在 Excel 或 WPS 里开着，先关掉；也可以用 -o 写到别的地方",
            "close it, if it is open in a spreadsheet program; or write elsewhere with -o"
        )],
    )
}

/// A text that no cell can hold.
pub fn text_too_long_for_cell(path: &Path, reason: &str) -> Diagnostic {
    error(
        "text-too-long-for-cell",
        Place::whole(path),
        words!("做不成工作簿：{reason}", "no workbook can be made of it: {reason}"),
        vec![words!(
            "一个单元格最多32767字；把太长的一段分成几段",
            "a cell holds 32767 characters; part the paragraph that is longer"
        )],
    )
}

/// A workbook whose record of what was exported is gone or can't be read.
pub fn no_record(path: &Path) -> Diagnostic {
    error(
        "no-record",
        Place::whole(path),
        words!(
            "工作簿里没有读得懂的导出记录，不知道改了什么",
            "the workbook has no record of its export that can be read, so edits can't be told"
        ),
        vec![words!(
            "重新运行 unionplan export，把改动抄到新的工作簿里；不要删隐藏的工作表",
            "export again and copy the edits over; keep the hidden sheet"
        )],
    )
}

/// A workbook whose plan is not there.
pub fn workbook_of_no_plan(path: &Path, year: i32, branch: Option<&str>) -> Diagnostic {
    let folder = match branch {
        None => format!("data/{year}"),
        Some(branch) => format!("data/branches/{branch}/{year}"),
    };
    error(
        "workbook-of-no-plan",
        Place::whole(path),
        words!(
            "这个工作簿是从 {folder}/plan.yaml 导出的，现在没有这个文件",
            "this workbook was exported from {folder}/plan.yaml, which is not there"
        ),
        vec![words!(
            "在放着这份计划的文件夹里运行，或用 --root 指明",
            "run in the folder that holds the plan, or name it with --root"
        )],
    )
}

/// A sheet that is not there any more.
pub fn sheet_gone(path: &Path, name: &str) -> Diagnostic {
    error(
        "sheet-gone",
        Place::whole(path),
        words!("找不到“{name}”这张工作表", "the sheet “{name}” is gone"),
        vec![words!(
            "表头那一行和旁边隐藏的一栏都要留着；不改正文，也不要删掉那张表",
            "keep its header and the hidden column beside it, even if nothing is edited there"
        )],
    )
}

/// A sheet that was copied, so that nobody knows which of the two counts.
pub fn sheet_twice(path: &Path, one: &str, other: &str) -> Diagnostic {
    error(
        "sheet-twice",
        Place::whole(path),
        words!("“{one}”和“{other}”是同一张表", "“{one}” and “{other}” are the same sheet"),
        vec![words!("留下改好的一张，另一张删掉", "keep the one that was edited")],
    )
}

/// A column whose heading is not known.
pub fn unknown_column(place: Place, heading: &str, known: &[&str]) -> Diagnostic {
    let heading = shown(heading);
    let (zh, en) = super::row(known);
    error(
        "unknown-column",
        place,
        words!("不认识这一栏：“{heading}”", "the column “{heading}” is not known"),
        vec![words!(
            "能写回的有{zh}，每样一栏；别的栏删掉，或写到备注里",
            "what can be taken back are {en}, a column each"
        )],
    )
}

/// A column that is not there any more.
pub fn column_gone(place: Place, heading: &str) -> Diagnostic {
    error(
        "column-gone",
        place,
        words!("少了“{heading}”一栏", "the column “{heading}” is gone"),
        vec![words!(
            "把表头改回“{heading}”；内容都不要了的，清空那一栏，不要删",
            "call it “{heading}” again; to remove all that stood in it, clear its cells"
        )],
    )
}

/// A heading in the table that no section and no item has.
pub fn unknown_heading(place: Place, text: &str) -> Diagnostic {
    let text = shown(text);
    error(
        "unknown-heading",
        place,
        words!("计划里没有“{text}”", "the plan has no “{text}”"),
        vec![words!(
            "照表里原有的写；新的部分或要点，先写进 plan.yaml，再重新导出",
            "write it as it stands in the table; a new section or item goes into plan.yaml first"
        )],
    )
}

/// A title that was deleted.
pub fn heading_gone(place: Place, title: &str) -> Diagnostic {
    let title = shown(title);
    error(
        "heading-gone",
        place,
        words!("题目“{title}”不见了", "the title “{title}” is gone"),
        vec![words!(
            "补上题目那一行；整个部分或要点都不要了的，请直接改 plan.yaml",
            "put its row back; to remove a whole section or item, edit plan.yaml"
        )],
    )
}

/// A title that stands twice.
pub fn heading_twice(place: Place, title: &str) -> Diagnostic {
    let title = shown(title);
    error(
        "heading-twice",
        place,
        words!("“{title}”这一行有两行", "the row “{title}” stands twice"),
        vec![words!("多半是复制来的，删掉一行", "it may have been copied; delete one of them")],
    )
}

/// Titles in another order.
pub fn headings_out_of_order(place: Place) -> Diagnostic {
    error(
        "headings-out-of-order",
        place,
        words!("部分和要点的先后变了", "sections or items stand in another order"),
        vec![words!(
            "照原来的先后放；要换先后，请直接改 plan.yaml",
            "put them in the order in which they were; to change it, edit plan.yaml"
        )],
    )
}

/// A row that is nothing that can be taken back.
pub fn row_not_understood(place: Place) -> Diagnostic {
    error(
        "row-not-understood",
        place,
        words!("不知道这一行（格）是什么，写不回去", "it is not clear what this is"),
        vec![words!(
            "安排表里的一行要有“具体任务”；正文里的一段，左边一栏空着或写“正文”；别的删掉",
            "a row of the schedule needs a task; a paragraph of the text has 正文 or nothing in front of it"
        )],
    )
}

/// A row of the schedule without its task.
pub fn row_without_task(place: Place) -> Diagnostic {
    error(
        "row-without-task",
        place,
        words!("这一行没有“具体任务”", "this row has no task"),
        vec![words!("补上；整项任务不要了的，删掉一整行", "add it, or delete the whole row")],
    )
}

/// A new row of which nobody knows where it belongs.
pub fn row_of_nobody(place: Place) -> Diagnostic {
    error(
        "row-of-nobody",
        place,
        words!("不知道这一行属于哪一项", "it is not clear under which item this row stands"),
        vec![words!(
            "在那一项的任务下面插入一行，或在前面写上那一项的题目",
            "insert it below a task of that item, or write the item's title in front of it"
        )],
    )
}

/// A number in front of a heading that was edited, which says nothing.
pub fn number_not_taken(place: Place, label: &str) -> Diagnostic {
    warning(
        "number-not-taken",
        place,
        words!("序号还是“{label}”，没有照改", "the number is still “{label}”"),
        vec![words!(
            "序号由程序编排；印发的序号不同时，在 plan.yaml 里写 label",
            "numbers are counted; where the printed one differs, plan.yaml has a label"
        )],
    )
}

/// An edit of something that is not in `plan.yaml` any more.
pub fn part_gone(place: Place, file: &SourceFile) -> Diagnostic {
    let file = &file.path;
    error(
        "part-gone",
        place,
        words!(
            "改的这一处，{file} 里已经找不到（导出以后改过）",
            "what was edited here is not in {file} any more"
        ),
        vec![words!(
            "核对两边；这处改动直接写进 {file}，或重新导出再改",
            "compare both; make the edit in {file}, or export again"
        )],
    )
}

/// Something that was changed in the workbook and in `plan.yaml`; `wordings` are those of the
/// export, of the file and of the workbook.
pub fn changed_in_both(place: Place, cell: &str, wordings: [&str; 3]) -> Diagnostic {
    let [was, there, here] = wordings.map(shown);
    error(
        "changed-in-both",
        place,
        words!(
            "两边都改了：这里是“{there}”，工作簿 {cell} 是“{here}”",
            "changed on both sides: here “{there}”, in the workbook ({cell}) “{here}”"
        ),
        vec![words!(
            "导出时是“{was}”；定下用哪个，把另一边改成一样，再导入",
            "it was “{was}” when exported; make both the same, then import again"
        )],
    )
}

/// A task that was deleted in the workbook and changed in `plan.yaml`.
pub fn removed_here_changed_there(place: Place, task: &str) -> Diagnostic {
    let task = shown(task);
    error(
        "removed-and-changed",
        place,
        words!(
            "“{task}”在工作簿里删了，这里却改过",
            "“{task}” was removed in the workbook and changed here"
        ),
        vec![words!(
            "真不要的，在这里也删掉；要留的，重新导出再改",
            "remove it here too; or, if it stays, export again"
        )],
    )
}

/// A task that was moved in the workbook and in `plan.yaml`, to different places.
pub fn moved_in_both(place: Place, cell: &str) -> Diagnostic {
    error(
        "moved-in-both",
        place,
        words!(
            "这项任务两边都移动过，工作簿里在 {cell}",
            "this task was moved on both sides; in the workbook it is at {cell}"
        ),
        vec![words!("重新导出再改", "export again, then edit")],
    )
}

/// A report that would be about another task, since tasks were added, removed or moved; `now` is
/// the number that the task has then.
pub fn update_of_other_task(
    file: Option<&Path>,
    number: &str,
    now: Option<&str>,
    task: &str,
) -> Diagnostic {
    let task = shown(task);
    let help = match now {
        Some(now) => words!(
            "在 updates.yaml 里把它改成 about: {now}",
            "make it about: {now} in updates.yaml"
        ),
        None => {
            words!("在 updates.yaml 里删掉它，或改成别的", "remove or change it in updates.yaml")
        }
    };
    warning(
        "update-of-other-task",
        Place::whole(file.unwrap_or(Path::new("updates.yaml"))),
        words!(
            "任务号变了：about: {number} 说的是“{task}”，现在指到别的任务",
            "numbers have changed: about: {number} was “{task}” and is another task now"
        ),
        vec![help],
    )
}

/// A file that is typed in a way in which something can't be changed in place.
pub fn cannot_change_in_place(place: Place) -> Diagnostic {
    error(
        "cannot-change-in-place",
        place,
        words!(
            "这个文件的写法比较特别，没有把握原样改，没有动它",
            "this file is typed in a way that can't be changed in place safely; it is untouched"
        ),
        vec![words!(
            "请照工作簿直接改这个文件；任务写成一行一项（- task: …）的，以后就能写回",
            "make the edits by hand; tasks that begin with “- task:” on a line each can be changed"
        )],
    )
}
