//! Faults of meaning: names that nobody has, times that can't be, things that stand twice.

use super::{error, nearest, quoted, row, shown, warning};
use crate::diagnostic::{Diagnostic, Place, Words};
use crate::words;
use chrono::NaiveDate;

/// An office that `union.yaml` does not have.
pub fn unknown_office(place: Place, name: &str, known: &[&str], is_leader: bool) -> Diagnostic {
    let name = &shown(name);
    let said = quoted(name);
    let help = if is_leader {
        vec![words!(
            "“{name}”是领导，写到 leader 后面",
            "“{name}” is a leader; write it behind leader"
        )]
    } else {
        suggestions(name, known, "offices")
    };
    error("unknown-office", place, words!("没有叫{said}的科室", "there is no office {said}"), help)
}

/// A leader that `union.yaml` does not have.
pub fn unknown_leader(place: Place, name: &str, known: &[&str], is_office: bool) -> Diagnostic {
    let name = &shown(name);
    let said = quoted(name);
    let help = if is_office {
        vec![words!(
            "“{name}”是科室，写到 office 后面",
            "“{name}” is an office; write it behind office"
        )]
    } else {
        suggestions(name, known, "leaders")
    };
    error("unknown-leader", place, words!("没有叫{said}的领导", "there is no leader {said}"), help)
}

/// Known names with the wrong thing between or around them: 何频 刘婕, 宣教科和综合科, “宣教科”.
pub fn names_not_parted(place: Place, key: &str, names: &[&str]) -> Diagnostic {
    let message = if names.len() > 1 {
        words!("几个名字要用顿号“、”隔开", "several names are separated by “、”")
    } else {
        words!("名字前后多了别的字符", "there is more than the name here")
    };
    let names = shown(&names.join("、"));
    let help = words!("写成 {key}: {names}", "write {key}: {names}");
    error("names-not-parted", place, message, vec![help])
}

fn suggestions(name: &str, known: &[&str], list: &str) -> Vec<Words> {
    let mut help = Vec::new();
    if let Some(near) = nearest(name, known.iter().copied()) {
        help.push(words!("是不是“{near}”？", "did you mean “{near}”?"));
    }
    if known.is_empty() {
        help.push(words!(
            "union.yaml 的 {list} 里还一个都没有，先加上",
            "add it to {list} in union.yaml, which is empty so far"
        ));
    } else {
        let (zh, en) = row(known);
        help.push(words!(
            "union.yaml 的 {list} 里有{zh}；新的先加到那里",
            "{list} in union.yaml has {en}; add new ones there"
        ));
    }
    help
}

/// The same office or leader twice in one task.
pub fn named_twice(place: Place, name: &str) -> Diagnostic {
    let name = &shown(name);
    warning(
        "named-twice",
        place,
        words!("“{name}”写了两次", "“{name}” is named twice"),
        vec![words!("留下一个", "keep one of them")],
    )
}

/// An id with characters that a web address should not have.
pub fn bad_id(place: Place, id: &str) -> Diagnostic {
    let better: String = id
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect::<String>()
        .split('-')
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    let (id, better) = (shown(id), better.chars().take(64).collect::<String>());
    let help = if better.is_empty() {
        words!("例如用拼音或英文：id: tug-of-war", "for example: id: tug-of-war")
    } else {
        words!("例如写成 id: {better}", "for example: id: {better}")
    };
    error(
        "bad-id",
        place,
        words!(
            "id“{id}”只能用小写字母、数字和连字符“-”，最多64个字符",
            "the id “{id}” may hold lower-case letters, digits and “-” only, 64 characters at most"
        ),
        vec![help],
    )
}

/// A file or folder whose name stands in web addresses.
pub fn bad_name(place: Place, name: &str) -> Diagnostic {
    let name = &shown(name);
    error(
        "bad-name",
        place,
        words!(
            "“{name}”要用在网址里，只能是小写字母、数字和连字符“-”",
            "“{name}” becomes part of web addresses: lower-case letters, digits and “-” only"
        ),
        vec![words!("改个名字，例如 library", "rename it, to library for example")],
    )
}

/// An id that the program needs for itself.
pub fn reserved_id(place: Place, id: &str) -> Diagnostic {
    let id = &shown(id);
    error(
        "reserved-id",
        place,
        words!("id“{id}”留给系统用", "the id “{id}” is reserved"),
        vec![words!("换一个，例如 {id}-1", "choose another, such as {id}-1")],
    )
}

/// An id that stands twice where it must be the only one.
pub fn duplicate_id(place: Place, id: &str, first_line: usize) -> Diagnostic {
    let id = &shown(id);
    error(
        "duplicate-id",
        place,
        words!(
            "id“{id}”用了两次，第{first_line}行已经有了",
            "the id “{id}” is used twice; line {first_line} has it already"
        ),
        vec![words!("换一个，例如 {id}-2", "choose another, such as {id}-2")],
    )
}

/// An office or leader that stands twice in `union.yaml`.
pub fn duplicate_name(place: Place, name: &str, first_line: usize) -> Diagnostic {
    let name = &shown(name);
    error(
        "duplicate-name",
        place,
        words!(
            "“{name}”写了两次，第{first_line}行已经有了",
            "“{name}” stands twice; line {first_line} has it already"
        ),
        vec![words!(
            "留下一个；同名的两个人，在名字后面注明，例如 李明（女工）",
            "keep one; tell two people of one name apart in the name itself"
        )],
    )
}

/// A text that is no day; `meant` is the day that it may mean.
pub fn not_a_date(place: Place, text: &str, meant: Option<NaiveDate>) -> Diagnostic {
    let text = &shown(text);
    let help = match meant {
        Some(day) => words!("写成 {day}", "write {day}"),
        None => {
            words!("写成 2021-03-29 这样：年-月-日", "write it like 2021-03-29: year-month-day")
        }
    };
    let message = match meant {
        Some(_) => words!("日期“{text}”写得不完整", "the date “{text}” is not complete"),
        None => words!("“{text}”不是日期", "“{text}” is no date"),
    };
    error("not-a-date", place, message, vec![help])
}

/// A day that no calendar has.
pub fn no_such_date(place: Place, text: &str) -> Diagnostic {
    let text = &shown(text);
    error(
        "no-such-date",
        place,
        words!("日历上没有“{text}”", "no calendar has “{text}”"),
        vec![words!(
            "核对月份和日子，例如2月没有30日，6月没有31日",
            "check month and day: February has no 30th, June no 31st"
        )],
    )
}

/// A phrase that the time grammar can't read.
pub fn unreadable_time(place: Place, text: &str, near: Option<&str>) -> Diagnostic {
    let text = &shown(text);
    let mut help = Vec::new();
    if let Some(near) = near {
        help.push(words!("是不是“{near}”？", "did you mean “{near}”?"));
    }
    help.push(words!(
        "能读的写法有：全年；适时；5月；3-5月；3、9月；上半年；一季度；每月；4月上旬；6月底前；5月14日；5月10日—14日",
        "what can be read: 全年; 适时; 5月; 3-5月; 3、9月; 上半年; 一季度; 每月; 4月上旬; 6月底前; 5月14日; 5月10日—14日"
    ));
    help.push(words!(
        "原话要保留时，写成 when: {{ as: {text}, in: 9月 }}，显示前一个，按后一个排",
        "to keep the wording, write when: {{ as: {text}, in: 9月 }}: the first is shown, the second files it"
    ));
    error(
        "unreadable-time",
        place,
        words!("读不懂时间“{text}”", "the time “{text}” can't be read"),
        help,
    )
}

/// A time that ends before it begins.
pub fn backwards_time(place: Place, text: &str) -> Diagnostic {
    let text = &shown(text);
    error(
        "backwards-time",
        place,
        words!("时间“{text}”的结束早于开始", "the time “{text}” ends before it begins"),
        vec![words!(
            "前后调换；跨年的写上年份，例如 2021年11月—2022年2月",
            "swap the two; where it crosses a year, write the years: 2021年11月—2022年2月"
        )],
    )
}

/// A time of another year than the plan's.
pub fn outside_year(place: Place, text: &str, year: i32) -> Diagnostic {
    let text = &shown(text);
    error(
        "outside-year",
        place,
        words!("时间“{text}”不在{year}年", "the time “{text}” lies outside {year}"),
        vec![words!(
            "核对年份；这份计划放在 {year} 文件夹里，是{year}年的",
            "check the year; this plan stands in the folder {year}"
        )],
    )
}

/// A title that speaks of another year than the folder.
pub fn title_of_other_year(place: Place, found: i32, year: i32) -> Diagnostic {
    warning(
        "title-of-other-year",
        place,
        words!(
            "题目写的是{found}年，文件夹是{year}年",
            "the title speaks of {found}, the folder is {year}"
        ),
        vec![words!(
            "核对题目，或把文件夹改名为 {found}",
            "check the title, or rename the folder to {found}"
        )],
    )
}

/// A day of issue far from the plan's year.
pub fn issued_in_other_year(place: Place, found: i32, year: i32) -> Diagnostic {
    warning(
        "issued-in-other-year",
        place,
        words!(
            "印发日期在{found}年，计划是{year}年的",
            "the plan for {year} was issued in {found}"
        ),
        vec![words!("核对印发日期（issued）的年份", "check the year of issued")],
    )
}

/// An activity whose name does not stand in its task.
pub fn activity_not_in_task(place: Place, name: &str) -> Diagnostic {
    let name = &shown(name);
    warning(
        "activity-not-in-task",
        place,
        words!("任务的文字里没有这项活动", "the task's text doesn't mention this activity"),
        vec![words!(
            "核对有没有打错字：{name}",
            "check the name for a slip of the keyboard: {name}"
        )],
    )
}

/// An activity in another month than its task's text says.
pub fn activity_month_differs(place: Place, name: &str, said: &str) -> Diagnostic {
    let name = &shown(name);
    let said = &shown(said);
    warning(
        "activity-month-differs",
        place,
        words!(
            "这项活动，任务的文字里写的是“{said}”，这里不同",
            "the task's text says “{said}” of this activity"
        ),
        vec![words!(
            "核对时间：{name}（{said}）；改期请写到 updates.yaml，计划照印发的不动",
            "check the time: {name}（{said}）; a change of date belongs into updates.yaml"
        )],
    )
}

/// An update about something that the plan does not have.
pub fn unknown_subject(place: Place, about: &str, known: &[&str]) -> Diagnostic {
    let about = &shown(about);
    let mut help = Vec::new();
    if let Some(near) = nearest(about, known.iter().copied()) {
        help.push(words!("是不是“{near}”？", "did you mean “{near}”?"));
    }
    help.push(words!(
        "about 写活动的 id（如 tug-of-war）、任务号（如 2.1）或要点号（如 2）",
        "about takes an activity's id (tug-of-war), a task's number (2.1) or an item's (2)"
    ));
    error(
        "unknown-subject",
        place,
        words!("计划里没有“{about}”", "the plan has no “{about}”"),
        help,
    )
}

/// A link that a page must not carry.
pub fn bad_link(place: Place, link: &str) -> Diagnostic {
    let link = &shown(link);
    error(
        "bad-link",
        place,
        words!("链接“{link}”不能用", "the link “{link}” can't be used"),
        vec![words!(
            "写完整的网址（https://…）、邮箱（mailto:…），或本站文件的路径（2021/files/照片.jpg）",
            "write a whole address (https://…), mailto:…, or a path inside the site (2021/files/photo.jpg)"
        )],
    )
}
