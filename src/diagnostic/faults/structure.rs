//! Faults of structure: a key that is missing, unknown or doubled; a value of the wrong shape.

use super::{error, nearest, row, shown};
use crate::diagnostic::{Diagnostic, Place};
use crate::limits;
use crate::words;

/// A list where a map is needed.
pub fn expected_map(place: Place, keys: &[&str]) -> Diagnostic {
    let (zh, en) = row(keys);
    error(
        "expected-map",
        place,
        words!("这里要写成“名称: 内容”的形式", "“key: value” lines are needed here"),
        vec![words!("可以用的名称有{zh}", "the keys that can stand here: {en}")],
    )
}

/// A text where a map is needed.
pub fn text_for_map(place: Place, keys: &[&str], text: &str) -> Diagnostic {
    let main = keys.iter().find(|key| **key != "id").copied().unwrap_or("title");
    let text = shown(text);
    error(
        "text-for-map",
        place,
        words!("这里只有文字，没有名称", "this text has no key"),
        vec![words!("例如写成 {main}: {text}", "for example: {main}: {text}")],
    )
}

/// Nothing where lines of `key: value` are needed: an empty file, a dash alone.
pub fn nothing_here(place: Place, keys: &[&str]) -> Diagnostic {
    let (zh, en) = row(keys);
    error(
        "nothing-here",
        place,
        words!("这里什么也没写", "there is nothing here"),
        vec![words!("可以写{zh}，每行一项", "the keys that can stand here: {en}")],
    )
}

/// A text or map where a list is needed; `text` is what stands there.
pub fn expected_list(place: Place, key: &str, text: Option<&str>) -> Diagnostic {
    let help = match text {
        Some(text) => {
            let text = shown(text);
            words!("另起一行，缩进两格：- {text}", "begin a new line, two spaces in: - {text}")
        }
        None => words!(
            "每条的第一行前面加“- ”，其余各行跟着缩进两格",
            "put “- ” in front of each entry's first line, and indent its other lines by two spaces"
        ),
    };
    error(
        "expected-list",
        place,
        words!(
            "“{key}”要写成列表，每条以“- ”开头",
            "“{key}” takes a list; each entry begins with “- ”"
        ),
        vec![help],
    )
}

/// A map where a text is needed.
pub fn expected_text(place: Place, key: &str) -> Diagnostic {
    error(
        "expected-text",
        place,
        words!("“{key}”后面要写文字", "“{key}” takes a text"),
        vec![words!(
            "写在同一行：{key}: …；文字里有英文冒号时，给整段文字加上引号",
            "write it on the same line: {key}: …; put it in quotes if it holds a colon"
        )],
    )
}

/// A list where one text is needed; `parts` are its texts.
pub fn list_for_text(place: Place, key: &str, parts: &[&str]) -> Diagnostic {
    let text = shown(&parts.join("、"));
    error(
        "list-for-text",
        place,
        words!("“{key}”后面不能写列表", "“{key}” takes a text, not a list"),
        vec![words!("写在同一行：{key}: {text}", "write it on the same line: {key}: {text}")],
    )
}

/// A key that means nothing here.
pub fn unknown_key(place: Place, key: &str, value: &str, known: &[&str]) -> Diagnostic {
    let mut help = Vec::new();
    if let Some(near) = chinese_key(key, known) {
        let value = shown(value);
        help.push(words!("写成 {near}: {value}", "write {near}: {value}"));
    } else {
        if let Some(near) = nearest(key, known.iter().copied()) {
            help.push(words!("是不是“{near}”？", "did you mean “{near}”?"));
        }
        let (zh, en) = row(known);
        help.push(words!("这里可以用{zh}", "the keys that can stand here: {en}"));
    }
    let key = shown(key);
    error("unknown-key", place, words!("不认识的名称“{key}”", "unknown key “{key}”"), help)
}

/// A key that belongs to another level.
pub fn misplaced_key(place: Place, key: &str, known: &[&str]) -> Diagnostic {
    let (zh, en) = row(known);
    error(
        "misplaced-key",
        place,
        words!("“{key}”不能写在这一层", "“{key}” can't stand on this level"),
        vec![
            words!(
                "看看前面的空格：要和它所属那一条的其他行左边对齐",
                "look at the blanks in front: line it up with the entry that it belongs to"
            ),
            words!("这一层可以用{zh}", "the keys of this level: {en}"),
        ],
    )
}

/// Keys by the names that clerks know them by.
const CHINESE_KEYS: [(&str, &str); 29] = [
    ("标题", "title"),
    ("题目", "title"),
    ("名称", "name"),
    ("单位", "name"),
    ("简称", "short_name"),
    ("任务", "task"),
    ("具体任务", "task"),
    ("工作内容", "task"),
    ("时间", "when"),
    ("完成时间", "when"),
    ("领导", "leader"),
    ("责任领导", "leader"),
    ("科室", "office"),
    ("责任科室", "office"),
    ("责任部门", "office"),
    ("配合科室", "support"),
    ("配合部门", "support"),
    ("备注", "remark"),
    ("参加人员", "audience"),
    ("对象", "audience"),
    ("活动", "activities"),
    ("部分", "sections"),
    ("要点", "items"),
    ("正文", "text"),
    ("内容", "text"),
    ("总体思路", "overview"),
    ("印发日期", "issued"),
    ("通知", "notice"),
    ("地点", "place"),
];

/// Tells whether a word is the Chinese name of some key.
pub fn is_chinese_key(word: &str) -> bool {
    CHINESE_KEYS.iter().any(|(chinese, _)| *chinese == word)
}

/// The key that a clerk means by its Chinese name.
fn chinese_key<'a>(written: &str, known: &[&'a str]) -> Option<&'a str> {
    let name = CHINESE_KEYS.iter().find(|(chinese, _)| *chinese == written.trim())?.1;
    known.iter().copied().find(|key| *key == name)
}

/// A key that stands twice in one map.
pub fn duplicate_key(place: Place, key: &str, value: &str, first_line: usize) -> Diagnostic {
    let value = shown(value);
    error(
        "duplicate-key",
        place,
        words!(
            "“{key}”写了两次，第{first_line}行已经有了",
            "“{key}” stands twice; it is on line {first_line} already"
        ),
        vec![words!(
            "如果从这里开始是新的一条，前面加减号和空格：- {key}: {value}；否则留下一个",
            "if a new entry begins here, put a dash and a space in front: - {key}: {value}; else keep one of them"
        )],
    )
}

/// A key that has to be there.
pub fn missing_key(place: Place, key: &str, means_zh: &str, means_en: &str) -> Diagnostic {
    error(
        "missing-key",
        place,
        words!("缺少“{key}”（{means_zh}）", "“{key}” ({means_en}) is missing"),
        vec![words!("加一行 {key}: …", "add a line {key}: …")],
    )
}

/// A key with nothing behind it.
pub fn empty_value(place: Place, key: &str) -> Diagnostic {
    error(
        "empty-value",
        place,
        words!("“{key}”后面是空的", "there is nothing behind “{key}”"),
        vec![words!("写上内容；没有内容就删掉这一行", "fill it in, or remove the line")],
    )
}

/// A name or title longer than a line can be.
pub fn line_too_long(place: Place, key: &str, characters: usize) -> Diagnostic {
    let most = limits::LINE_CHARACTERS;
    error(
        "line-too-long",
        place,
        words!(
            "“{key}”有{characters}个字，最多{most}个",
            "“{key}” has {characters} characters; {most} are allowed"
        ),
        vec![words!("长的内容写到 text 里", "put long passages into text")],
    )
}

/// More faults in one file than anyone reads at once.
pub fn more_faults(place: Place, count: usize) -> Diagnostic {
    error(
        "more-faults",
        place,
        words!("这个文件里还有{count}处问题没有列出", "there are {count} more faults in this file"),
        vec![words!("先改好上面的，再检查一次", "mend the ones above, then check again")],
    )
}

/// A plan that says nothing.
pub fn empty_plan(place: Place) -> Diagnostic {
    error(
        "empty-plan",
        place,
        words!("计划里没有要点，也没有任务", "the plan has neither items nor tasks"),
        vec![words!(
            "在 sections 下面写各部分的 items，或直接写 tasks",
            "write items under sections, or tasks"
        )],
    )
}

/// A setting with a value that it does not know.
pub fn unknown_value(place: Place, key: &str, value: &str, known: &[&str]) -> Diagnostic {
    let mut help = Vec::new();
    if let Some(near) = nearest(value, known.iter().copied()) {
        help.push(words!("是不是“{near}”？", "did you mean “{near}”?"));
    }
    let (zh, en) = row(known);
    help.push(words!("“{key}”可以是{zh}", "“{key}” can be: {en}"));
    let value = shown(value);
    error(
        "unknown-value",
        place,
        words!("“{key}”不能是“{value}”", "“{key}” can't be “{value}”"),
        help,
    )
}
