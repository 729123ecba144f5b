//! Faults of a whole file: what it is written in, and what of YAML data files do not use.

use super::error;
use crate::diagnostic::{Diagnostic, Place, Words};
use crate::limits;
use crate::words;

/// The YAML parser gave up, and no habit of typists explains it.
pub fn broken_yaml(place: Place, reason: &str) -> Diagnostic {
    let (zh, en) = match reason {
        r if r.contains("tab") => ("行首有制表符（Tab）", "there is a tab in the indentation"),
        r if r.contains("unclosed")
            || r.contains("unexpected end")
            || r.contains("closing quote") =>
        {
            ("引号或括号有头没尾", "a quote or bracket is opened and never closed")
        }
        r if r.contains("quoted scalar") || r.contains("escape") => {
            ("引号里的内容读不通", "the quoted text can't be read")
        }
        r if r.contains("flow") || r.contains("',' or") => {
            ("花括号或方括号里的写法不对", "something is wrong inside the braces or brackets")
        }
        r if r.contains("anchor") || r.contains("alias") => (
            "文字以 & 或 * 开头，在这里有特殊含义",
            "a text begins with & or *, which mean something special",
        ),
        r if r.contains("mapping values") || r.contains("simple key") || r.contains("':'") => {
            ("冒号的位置不对，或这一行少了冒号", "a colon is misplaced or missing")
        }
        r if r.contains("indent") || r.contains("block") || r.contains("did not find expected") => {
            ("缩进没有对齐", "the indentation doesn't line up")
        }
        _ => ("这一行的写法读不通", "this line can't be read"),
    };
    error(
        "broken-yaml",
        place,
        words!("{zh}", "{en} ({reason})"),
        vec![words!(
            "看这一行和它上面一行：同一层的行左边要对齐；冒号用英文冒号，后面空一格；引号要成对",
            "look at this line and the one above it: lines of one level begin in the same column; \
             a colon is followed by a space; quotes come in pairs"
        )],
    )
}

/// `*` in YAML repeats something marked elsewhere.
pub fn alias(place: Place) -> Diagnostic {
    error(
        "alias",
        place,
        words!(
            "文字以“*”开头，在数据文件里有特殊含义",
            "a text that begins with “*” means something special"
        ),
        vec![words!(
            "去掉“*”，或给整段文字加上引号",
            "leave out the “*”, or put the text in quotes"
        )],
    )
}

/// `&` in YAML marks something for repetition.
pub fn anchor(place: Place) -> Diagnostic {
    error(
        "anchor",
        place,
        words!(
            "文字以“&”开头，在数据文件里有特殊含义",
            "a text that begins with “&” means something special"
        ),
        vec![words!(
            "去掉“&”，或给整段文字加上引号",
            "leave out the “&”, or put the text in quotes"
        )],
    )
}

/// `!` in YAML names a type.
pub fn tag(place: Place) -> Diagnostic {
    error(
        "tag",
        place,
        words!(
            "文字以“!”开头，在数据文件里有特殊含义",
            "a text that begins with “!” means something special"
        ),
        vec![words!(
            "用中文感叹号“！”，或给整段文字加上引号",
            "use a full-width “！”, or put the text in quotes"
        )],
    )
}

/// A line `---` in the middle of a file.
pub fn second_document(place: Place) -> Diagnostic {
    error(
        "second-document",
        place,
        words!(
            "“---”把文件分成了两份，后面的不会被读",
            "“---” splits the file in two; what follows is not read"
        ),
        vec![words!("删掉这一行", "remove this line")],
    )
}

/// Lists and maps nested beyond reason.
pub fn too_deep(place: Place) -> Diagnostic {
    let most = limits::YAML_DEPTH;
    error(
        "too-deep",
        place,
        words!("层次太深，超过{most}层", "this is nested more than {most} levels deep"),
        vec![words!(
            "计划文件最多用九层，请检查缩进和括号",
            "a plan needs nine levels; check indentation and brackets"
        )],
    )
}

/// More values than any plan has.
pub fn too_many_values(place: Place) -> Diagnostic {
    let most = limits::YAML_NODES;
    error(
        "too-many-values",
        place,
        words!("文件里的内容太多，超过{most}个值", "the file holds more than {most} values"),
        vec![words!(
            "把不同年份的计划分开，放在各自的文件夹里",
            "keep each year's plan in a folder of its own"
        )],
    )
}

/// A file beyond the size limit of its kind, both in bytes.
pub fn file_too_large(place: Place, bytes: u64, most: u64) -> Diagnostic {
    let help = match most {
        limits::THEME_FILE_BYTES => words!(
            "图片和大段数据放进 site/static 文件夹，不要写在模板和样式里",
            "put pictures and data into site/static, not into templates and styles"
        ),
        _ => words!(
            "照片和附件放进 files/ 文件夹，不要写在数据文件里",
            "put photos and attachments into files/, not into the data file"
        ),
    };
    // Tenths, so that what is just above the limit is not told as the limit.
    let size = bytes.div_ceil(1024 * 1024 / 10);
    let (size, tenth) = (size / 10, size % 10);
    let most = most / 1024 / 1024;
    error(
        "file-too-large",
        place,
        words!(
            "文件有{size}.{tenth}MB，这种文件最大{most}MB",
            "the file has {size}.{tenth} MB; a file of this kind has at most {most} MB"
        ),
        vec![help],
    )
}

/// A pipe, a socket or a device in the place of a file.
pub fn no_regular_file(place: Place) -> Diagnostic {
    error(
        "no-regular-file",
        place,
        words!(
            "这不是普通文件（是管道、设备之类），不会读取",
            "this is a pipe or a device, not a file"
        ),
        vec![words!("删掉它，换成文件本身", "remove it, and put a file in its place")],
    )
}

/// Bytes that are no UTF-8; a GBK file is named as such.
pub fn not_utf8(place: Place, likely: &Words) -> Diagnostic {
    let Words { zh, en } = likely;
    error(
        "not-utf8",
        place,
        words!("文件不是UTF-8编码，看起来是{zh}", "the file is not UTF-8; it looks like {en}"),
        vec![words!(
            "用记事本打开，选“文件→另存为”，编码选“UTF-8”，覆盖原文件；WPS等编辑器里叫“Unicode（UTF-8）”",
            "open it in an editor, choose “Save as”, and pick the encoding UTF-8"
        )],
    )
}
