//! Faults of typing: colons, dashes, brackets, blanks, lines that are out of line.

use super::{error, pair, shown};
use crate::diagnostic::{Diagnostic, Place, Words};
use crate::words;

/// `title：…` with the colon of Chinese typing.
pub fn full_width_colon(place: Place, key: &str, value: &str) -> Diagnostic {
    let line = pair(key, value);
    error(
        "full-width-colon",
        place,
        words!("“{key}”后面用了中文冒号“：”", "“{key}” is followed by a full-width colon “：”"),
        vec![words!(
            "改成英文冒号，后面空一格：{line}",
            "use an ordinary colon and a space: {line}"
        )],
    )
}

/// `title:…` without the space that YAML needs.
pub fn no_space_after_colon(place: Place, key: &str, value: &str) -> Diagnostic {
    let line = pair(key, value);
    error(
        "no-space-after-colon",
        place,
        words!("“{key}:”后面少一个空格", "a space is missing after “{key}:”"),
        vec![words!("冒号后面空一格：{line}", "put a space after the colon: {line}")],
    )
}

/// `title:` and then a space that YAML does not know, as copied text has it.
pub fn odd_space_after_colon(place: Place, key: &str, value: &str) -> Diagnostic {
    let line = pair(key, value);
    error(
        "odd-space",
        place,
        words!(
            "“{key}:”后面的空格不是普通空格（多半是从网页或 Word 里粘贴来的）",
            "what follows “{key}:” is no ordinary space; it was pasted from elsewhere"
        ),
        vec![words!(
            "删掉这个空格，重新按一次空格键：{line}",
            "delete it and press the space bar: {line}"
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

/// What is wrong in front of one line or of several.
fn indented(first: usize, last: usize, zh: &str, en: &str) -> Words {
    if first == last {
        return words!("{zh}", "the line is {en}");
    }
    words!("第{first}行到第{last}行，{zh}", "lines {first} to {last} are {en}")
}

/// A tab at the beginning of a line, or of several up to `last`.
pub fn tab_indentation(place: Place, first: usize, last: usize) -> Diagnostic {
    let message = indented(first, last, "行首用了Tab键（制表符）", "indented with a tab");
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
    let message = indented(first, last, "行首用了全角空格", "indented with full-width blanks");
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

/// Lines that begin with no-break spaces, which look like any other.
pub fn no_break_indentation(place: Place, first: usize, last: usize) -> Diagnostic {
    let message = indented(first, last, "行首的空格不是普通空格", "indented with no-break spaces");
    error(
        "no-break-indentation",
        place,
        message,
        vec![words!(
            "多半是从网页或 Word 里粘贴来的：删掉行首的空格，用空格键重新打",
            "they were pasted from elsewhere: delete them and press the space bar"
        )],
    )
}

/// A list dash typed as `－`, `—`, `·` or `1.`.
pub fn wrong_dash(place: Place, dash: &str, rest: &str) -> Diagnostic {
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
