//! Faults of structure: a key that is missing, unknown or doubled; a value of the wrong shape.

use super::{error, nearest, row, shown, warning};
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

/// No folder `data/` under the root.
pub fn no_data_folder(place: Place) -> Diagnostic {
    error(
        "no-data-folder",
        place,
        words!("没有找到数据文件夹 data", "there is no folder data"),
        vec![words!(
            "在放着 data 文件夹的地方运行，或用 --root 指出它在哪里",
            "run this where the folder data stands, or name that folder with --root"
        )],
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

/// A file in `data/` that nothing reads.
pub fn file_not_read(place: Place, name: &str, near: Option<&str>) -> Diagnostic {
    let help = match near {
        Some(near) => words!("是不是要改名为 {near}？", "should it be named {near}?"),
        None => words!(
            "供下载的附件放进这一年的 files 文件夹；用不着的删掉",
            "put attachments into the year's folder files, or remove it"
        ),
    };
    warning(
        "file-not-read",
        place,
        words!("没有读文件“{name}”", "the file “{name}” was not read"),
        vec![help],
    )
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

/// Something was to be read and could not be.
pub fn cannot_read(place: Place, reason: &std::io::Error) -> Diagnostic {
    let (zh, en) = super::output::io_reason(reason);
    error(
        "cannot-read",
        place,
        words!("读不了：{zh}", "can't be read: {en}"),
        vec![words!(
            "看看文件是否被占用、有没有读取权限",
            "see whether it is in use, and whether you may read it"
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
