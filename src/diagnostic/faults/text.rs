//! Faults inside a text: quotes, colons, characters that YAML keeps for itself.

use super::{as_yaml, error, shown, warning};
use crate::diagnostic::{Diagnostic, Place};
use crate::words;

/// A quote that is opened on a line and never closed.
pub fn stray_quote(place: Place, value: &str) -> Diagnostic {
    let quote: String = value.chars().take(1).collect();
    let bare = value.trim_matches(['"', '\'']);
    let help = if let Some(inner) = bare.strip_suffix('”').filter(|inner| !inner.contains('“'))
    {
        let better = shown(inner);
        words!(
            "两头的引号不一样；这里不用引号：{better}",
            "the quotes at its ends differ; it needs none: {better}"
        )
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

/// A control character inside a text.
pub fn control_character(place: Place, code: u32) -> Diagnostic {
    error(
        "control-character",
        place,
        words!(
            "文字里有看不见的字符（U+{code:04X}）",
            "the text holds an invisible character (U+{code:04X})"
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
