//! Faults of typing: what stands in a file cannot be read as YAML, or not as the typist meant it.

use super::{as_yaml, error, pair, shown, warning};
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

/// `title：…` with the colon of Chinese typing.
pub fn full_width_colon(place: Place, key: &str, value: &str) -> Diagnostic {
    let value = shown(value);
    error(
        "full-width-colon",
        place,
        words!("“{key}”后面用了中文冒号“：”", "“{key}” is followed by a full-width colon “：”"),
        vec![words!(
            "改成英文冒号，后面空一格：{key}: {value}",
            "use an ordinary colon and a space: {key}: {value}"
        )],
    )
}

/// `title:…` without the space that YAML needs.
pub fn no_space_after_colon(place: Place, key: &str, value: &str) -> Diagnostic {
    let value = shown(value);
    error(
        "no-space-after-colon",
        place,
        words!("“{key}:”后面少一个空格", "a space is missing after “{key}:”"),
        vec![words!(
            "冒号后面空一格：{key}: {value}",
            "put a space after the colon: {key}: {value}"
        )],
    )
}

/// `title …` without any colon.
pub fn no_colon(place: Place, key: &str, value: &str) -> Diagnostic {
    let line = pair(key, value);
    error(
        "no-colon",
        place,
        words!("“{key}”后面少了冒号", "the colon after “{key}” is missing"),
        vec![words!(
            "加上英文冒号，后面空一格：{line}",
            "put a colon and a space after it: {line}"
        )],
    )
}

/// A line that begins in no column in which a line can begin.
pub fn misaligned(place: Place, key: &str, beside: usize) -> Diagnostic {
    let help = if key == "-" {
        words!(
            "和第{beside}行的“-”左边对齐；这一条下面的各行跟着一起移",
            "line it up with the dash of line {beside}; move the lines below it along"
        )
    } else {
        words!(
            "用空格调整，和第{beside}行的名称左边对齐",
            "line it up with the key of line {beside}, by spaces"
        )
    };
    error(
        "misaligned",
        place,
        words!("“{key}”这一行没有对齐", "the line of “{key}” is out of line"),
        vec![help],
    )
}

/// A tab at the beginning of a line, or of several up to `last`.
pub fn tab_indentation(place: Place, first: usize, last: usize) -> Diagnostic {
    let message = if first == last {
        words!("行首用了Tab键（制表符）", "the line is indented with a tab")
    } else {
        words!(
            "第{first}行到第{last}行，行首用了Tab键（制表符）",
            "lines {first} to {last} are indented with a tab"
        )
    };
    error(
        "tab-indentation",
        place,
        message,
        vec![words!(
            "换成空格，和同一层的其他行左边对齐",
            "use spaces, and line it up with the other lines of its level"
        )],
    )
}

/// A full-width blank at the beginning of a line, or of several up to `last`.
pub fn full_width_indentation(place: Place, first: usize, last: usize) -> Diagnostic {
    let message = if first == last {
        words!("行首用了全角空格", "the line is indented with full-width blanks")
    } else {
        words!(
            "第{first}行到第{last}行，行首用了全角空格",
            "lines {first} to {last} are indented with full-width blanks"
        )
    };
    error(
        "full-width-indentation",
        place,
        message,
        vec![words!(
            "换成半角空格，一个全角空格换两个半角空格",
            "use ordinary spaces, two for each full-width one"
        )],
    )
}

/// A list dash typed as `－`, `—` or `·`.
pub fn wrong_dash(place: Place, dash: char, rest: &str) -> Diagnostic {
    let rest = shown(rest);
    error(
        "wrong-dash",
        place,
        words!("列表开头用了“{dash}”", "the list entry begins with “{dash}”"),
        vec![words!("换成英文减号，后面空一格：- {rest}", "use a hyphen and a space: - {rest}")],
    )
}

/// A list dash without the space behind it.
pub fn no_space_after_dash(place: Place, rest: &str) -> Diagnostic {
    let rest = shown(rest);
    error(
        "no-space-after-dash",
        place,
        words!("列表的“-”后面少一个空格", "a space is missing after the dash “-”"),
        vec![words!("减号后面空一格：- {rest}", "put a space after the dash: - {rest}")],
    )
}

/// `{ id: a， name: b }` with the comma of Chinese typing.
pub fn full_width_comma(place: Place, comma: char, next: &str) -> Diagnostic {
    let next = shown(next);
    error(
        "full-width-comma",
        place,
        words!(
            "花括号里用了“{comma}”来分隔",
            "“{comma}” stands between two keys inside the braces"
        ),
        vec![words!(
            "换成英文逗号，后面空一格：{{ …, {next} }}",
            "use an ordinary comma and a space: {{ …, {next} }}"
        )],
    )
}

/// `{ id: a name: b }` without the comma between.
pub fn no_comma(place: Place, next: &str) -> Diagnostic {
    let next = shown(next);
    error(
        "no-comma",
        place,
        words!("花括号里少了逗号", "a comma is missing inside the braces"),
        vec![words!("在这里加上英文逗号：{{ …, {next} }}", "put a comma here: {{ …, {next} }}")],
    )
}

/// `tasks: - task: …`, a list that begins on the line of its key.
pub fn list_on_key_line(place: Place, key: &str, entry: &str) -> Diagnostic {
    let entry = shown(entry);
    error(
        "list-on-key-line",
        place,
        words!("“{key}:”同一行里不能写“- ”", "a list can't begin on the line of “{key}:”"),
        vec![words!(
            "另起一行，缩进两格：{entry}",
            "begin it on the next line, two spaces in: {entry}"
        )],
    )
}

/// A line that is neither `key: value` nor goes on with the text above it.
pub fn stray_line(place: Place) -> Diagnostic {
    error(
        "stray-line",
        place,
        words!(
            "这一行没有名称，也没有接上面的文字",
            "this line has no key, and doesn't go on with the text above it"
        ),
        vec![words!(
            "如果是接着上面的文字，前面加空格，比上面的名称多缩进两格；如果是新的一项，写成“名称: 内容”",
            "if it goes on with the text, indent it two spaces more than the key above; else write it as “key: value”"
        )],
    )
}

/// `｛ id: a ｝` with the braces of Chinese typing.
pub fn full_width_brace(place: Place, typed: char, meant: &str) -> Diagnostic {
    error(
        "full-width-brace",
        place,
        words!("用了中文花括号“{typed}”", "there is a full-width brace “{typed}”"),
        vec![words!("换成英文花括号 {meant}", "use an ordinary brace: {meant}")],
    )
}

/// `{ id: a` or `[a, b` that is never closed; `missing` is what closes it.
pub fn unclosed_brace(place: Place, missing: &str) -> Diagnostic {
    error(
        "unclosed-brace",
        place,
        words!("括号有头没尾", "the bracket is not closed"),
        vec![words!("在这一行末尾加上{missing}", "put{missing} at the end of the line")],
    )
}

/// A quote that is opened on a line and never closed.
pub fn stray_quote(place: Place, value: &str) -> Diagnostic {
    let quote: String = value.chars().take(1).collect();
    let bare = value.trim_matches(['"', '\'']);
    let help = if bare.ends_with('”') && !bare.contains('“') {
        let better = shown(&format!("“{bare}"));
        words!("换成中文引号：{better}", "use a curly quote: {better}")
    } else {
        let better = shown(bare);
        words!(
            "去掉它：{better}；文字里要用引号时，用中文引号“ ”",
            "leave it out: {better}; inside a text use “ ”"
        )
    };
    error(
        "stray-quote",
        place,
        words!("英文引号 {quote} 有头没尾", "the quote {quote} is not closed"),
        vec![help],
    )
}

/// Text goes on behind a closing quote: `"奋进新征程"拔河比赛`.
pub fn text_after_quote(place: Place, value: &str) -> Diagnostic {
    let mut open = false;
    let better: String = value
        .chars()
        .map(|c| match c {
            '"' => {
                open = !open;
                if open { '“' } else { '”' }
            }
            other => other,
        })
        .collect();
    let better = shown(&better);
    error(
        "text-after-quote",
        place,
        words!("文字开头用了英文引号", "the text begins with a straight quote"),
        vec![words!("换成中文引号：{better}", "use curly quotes: {better}")],
    )
}

/// `task: 主题: 学习` with a colon and a space inside the text.
pub fn colon_in_text(place: Place, value: &str) -> Diagnostic {
    let quoted = as_yaml(value);
    let chinese = shown(&value.replace(": ", "：").replace(':', "："));
    error(
        "colon-in-text",
        place,
        words!("文字里用了英文冒号", "there is an ordinary colon inside the text"),
        vec![words!(
            "换成中文冒号：{chinese}；或给整段文字加上引号：{quoted}",
            "put the whole text in quotes: {quoted}"
        )],
    )
}

/// A text that begins with a character that YAML keeps for itself.
pub fn special_beginning(place: Place, value: &str) -> Diagnostic {
    let first = value.chars().next().unwrap_or(' ');
    let better = as_yaml(value);
    error(
        "special-beginning",
        place,
        words!("文字不能直接以“{first}”开头", "a text can't begin with “{first}” as it stands"),
        vec![words!("给整段文字加上引号：{better}", "put the text in quotes: {better}")],
    )
}

/// `text #more`, where `#more` reads as a comment and is lost.
pub fn comment_cuts_text(place: Place, value: &str) -> Diagnostic {
    let better = as_yaml(value);
    warning(
        "comment-cuts-text",
        place,
        words!(
            "“#”和它后面的文字被当作注释，不会显示",
            "“#” begins a comment: what follows will not be shown"
        ),
        vec![words!(
            "如果是正文，给整段文字加上引号：{better}；如果是注释，在“#”后面空一格",
            "if it belongs to the text, put the text in quotes: {better}; if it is a comment, put a space after “#”"
        )],
    )
}

/// A line that was meant as a key but reads as the end of the text above it.
pub fn swallowed_key(place: Place, key: &str, value: &str, beside: usize) -> Diagnostic {
    let line = pair(key, value);
    error(
        "swallowed-key",
        place,
        words!(
            "“{key}”这一行被并进了上面的文字",
            "the line of “{key}” reads as part of the text above it"
        ),
        vec![words!(
            "和第{beside}行的名称左边对齐，写成 {line}",
            "line it up with the key of line {beside}, and write {line}"
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

/// A data file beyond the size limit.
pub fn file_too_large(place: Place, bytes: u64) -> Diagnostic {
    let most = limits::DATA_FILE_BYTES / 1024 / 1024;
    let size = bytes / 1024 / 1024;
    error(
        "file-too-large",
        place,
        words!(
            "文件有{size}MB，数据文件最大{most}MB",
            "the file has {size} MB; a data file has at most {most} MB"
        ),
        vec![words!(
            "照片和附件放进 files/ 文件夹，不要写在数据文件里",
            "put photos and attachments into files/, not into the data file"
        )],
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

/// A control character inside a text.
pub fn control_character(place: Place, code: u32) -> Diagnostic {
    error(
        "control-character",
        place,
        words!(
            "文字里有看不见的控制字符（U+{code:04X}）",
            "the text holds an invisible control character (U+{code:04X})"
        ),
        vec![words!(
            "多半是从别处复制时带来的，删掉重打这几个字",
            "it likely came with a copy and paste; delete and retype the place"
        )],
    )
}

/// “ without ”, or ” without “.
pub fn unpaired_quote(place: Place, open: bool) -> Diagnostic {
    let message = if open {
        words!("这个左引号没有右引号配对", "this opening quote has no closing one")
    } else {
        words!("这个右引号没有左引号配对", "this closing quote has no opening one")
    };
    warning(
        "unpaired-quote",
        place,
        message,
        vec![words!(
            "补上缺的一个；如果原文就是这样，可以不改",
            "add the missing one, unless the notice really has it so"
        )],
    )
}
