//! Changes in words, task by task.

use super::merge::{Added, Changes, ValueChange};
use crate::diagnostic::Words;
use crate::export::contents::{COLUMNS, Contents, Field, Owner};
use crate::site::wording::numeral;
use crate::words;

/// Words for the fields of the plan.
const NAMES: [(&str, &str, &str); 16] = [
    ("title", "题目", "title"),
    ("issued", "印发日期", "day of issue"),
    ("document_number", "文号", "document number"),
    ("schedule_title", "安排表里的题目", "title in the schedule"),
    ("to", "主送", "recipients"),
    ("group", "小标题", "heading above"),
    ("text", "正文", "text"),
    ("overview", "总体思路", "overview"),
    ("attachments", "附件", "attachments"),
    ("task", "内容", "wording"),
    ("when", "时间", "time"),
    ("leader", "责任领导", "leaders"),
    ("office", "责任科室", "offices"),
    ("support", "配合科室", "support"),
    ("audience", "参加人员", "audience"),
    ("remark", "备注", "remark"),
];

fn name(field: &str) -> (&'static str, &'static str) {
    let found = NAMES.into_iter().find(|(known, ..)| *known == field);
    found.map_or(("", ""), |(_, zh, en)| (zh, en))
}

/// All changes: texts in the order of the plan, then tasks in the order of the schedule.
pub(super) fn changes(changes: &Changes, current: &Contents) -> Vec<Words> {
    let mut all = Vec::new();
    for change in &changes.texts {
        all.extend(text(change.field, current.text(change.field), &change.text, current));
    }
    for task in 0..current.rows.len() {
        let own = changes.values.iter().filter(|change| change.task == task);
        all.extend(own.map(|change| value(change, current)));
        let Words { zh, en } = place_of_task(task, current);
        let what = shown(&current.rows[task].values[0]);
        if changes.removed.contains(&task) {
            all.push(words!("删除任务：{zh} {what}", "removed: {en} {what}"));
        }
        if let Some(owner) = changes.moved.get(&task) {
            let to = place(*owner, current);
            let (to_zh, to_en) = (to.zh, to.en);
            let is_inside = *owner == current.rows[task].owner;
            all.push(match is_inside {
                true => words!(
                    "移动任务：{zh} {what}，换了先后",
                    "moved: {en} {what}, to another position"
                ),
                false => words!("移动任务：{zh} {what} → {to_zh}", "moved: {en} {what} → {to_en}"),
            });
        }
    }
    all.extend(changes.added.iter().map(|task| added(task, current)));
    all
}

/// Changes of a text, paragraph by paragraph where they can be told apart.
fn text(field: Field, old: &[String], new: &[String], current: &Contents) -> Vec<Words> {
    let Words { zh: place_zh, en: place_en } = place(field.owner, current);
    let (name_zh, name_en) = name(field.name);
    let (zh, en) = match field.owner {
        Owner::Plan => (name_zh.to_owned(), name_en.to_owned()),
        _ => (format!("{place_zh} {name_zh}"), format!("{place_en}: {name_en}")),
    };
    if field.is_line() || old.is_empty() || new.is_empty() {
        let (from, to) = pair(&old.join("／"), &new.join("／"));
        return vec![words!("{zh} {from} → {to}", "{en} {from} → {to}")];
    }
    let front = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - front;
    let back =
        (0..rest).take_while(|at| old[old.len() - 1 - at] == new[new.len() - 1 - at]).count();
    let (old, new) = (&old[front..old.len() - back], &new[front..new.len() - back]);
    let mut told = Vec::new();
    for at in 0..old.len().max(new.len()) {
        let number = front + at + 1;
        told.push(match (old.get(at), new.get(at)) {
            (Some(old), Some(new)) if old == new => continue,
            (Some(old), Some(new)) => {
                let (from, to) = pair(old, new);
                words!("{zh}第{number}段 {from} → {to}", "{en}, paragraph {number}: {from} → {to}")
            }
            (None, Some(new)) => {
                let text = shown(new);
                words!("{zh} 新增第{number}段 {text}", "{en}, new paragraph {number}: {text}")
            }
            (Some(old), None) => {
                let text = shown(old);
                words!("{zh} 删除第{number}段 {text}", "{en}, paragraph {number} removed: {text}")
            }
            (None, None) => continue,
        });
    }
    told
}

fn value(change: &ValueChange, current: &Contents) -> Words {
    let Words { zh, en } = place_of_task(change.task, current);
    let (name_zh, name_en) = name(COLUMNS[change.column].0);
    let (from, to) = pair(&current.rows[change.task].values[change.column], &change.value);
    words!("{zh}：{name_zh} {from} → {to}", "{en}: {name_en} {from} → {to}")
}

fn added(task: &Added, current: &Contents) -> Words {
    let Words { zh, en } = place(task.owner, current);
    let what = shown(&task.values[0]);
    let mut rest_zh = Vec::new();
    let mut rest_en = Vec::new();
    for ((key, _), value) in COLUMNS.iter().zip(&task.values).skip(1).filter(|(_, v)| !v.is_empty())
    {
        let (name_zh, name_en) = name(key);
        rest_zh.push(format!("{name_zh} {value}"));
        rest_en.push(format!("{name_en} {value}"));
    }
    let (rest_zh, rest_en) = (rest_zh.join("，"), rest_en.join(", "));
    let (open, close) = if rest_zh.is_empty() { ("", "") } else { ("（", "）") };
    words!("新增任务：{zh} {what}{open}{rest_zh}{close}", "added: {en} {what} ({rest_en})")
}

/// A section or an item: 第二部分 第5项.
fn place(owner: Owner, current: &Contents) -> Words {
    match owner {
        Owner::Plan => words!("计划", "plan"),
        Owner::Notice => words!("通知", "notice"),
        Owner::Section(index) => {
            let (number, numeral) = (index + 1, numeral(index + 1));
            words!("第{numeral}部分", "part {number}")
        }
        Owner::Item(index) => {
            let section = current.sections.get(index).map_or(1, |section| section + 1);
            let (item, numeral) = (index + 1, numeral(section));
            words!("第{numeral}部分 第{item}项", "part {section}, item {item}")
        }
    }
}

/// A task: 第二部分 第5项 任务2.
fn place_of_task(task: usize, current: &Contents) -> Words {
    let row = &current.rows[task];
    let number = row.number.rsplit('.').next().unwrap_or(&row.number);
    if row.owner == Owner::Plan {
        return words!("任务{number}", "task {number}");
    }
    let Words { zh, en } = place(row.owner, current);
    words!("{zh} 任务{number}", "{en}, task {number}")
}

/// How many characters of a text are shown.
const SHOWN: usize = 40;

/// A text in quotes, its beginning where it is long.
fn shown(text: &str) -> String {
    excerpt(text, 0)
}

/// Two wordings, from a little before the first character that differs.
fn pair(old: &str, new: &str) -> (String, String) {
    const BEFORE: usize = 8;
    let same = old.chars().zip(new.chars()).take_while(|(a, b)| a == b).count();
    let is_long = old.chars().count().max(new.chars().count()) > SHOWN;
    let from = if is_long { same.saturating_sub(BEFORE) } else { 0 };
    (excerpt(old, from), excerpt(new, from))
}

fn excerpt(text: &str, from: usize) -> String {
    if text.is_empty() {
        return "（空）".to_owned();
    }
    let mut characters = text.chars().skip(from);
    let shown: String = characters.by_ref().take(SHOWN).collect();
    let (before, after) =
        (if from > 0 { "…" } else { "" }, if characters.next().is_some() { "…" } else { "" });
    format!("“{before}{shown}{after}”")
}

#[cfg(test)]
mod tests {
    use super::pair;

    #[test]
    fn long_texts_are_shown_around_what_differs() {
        let old = "一二三四五六七八九十".repeat(6);
        let new =
            old.replacen("九十一二三四五六七八九十一二三", "九十一二三四五六七八九十改二三", 1);
        let (from, to) = pair(&old, &new);
        assert!(from.starts_with("“…") && from.contains("十一二三"), "{from}");
        assert!(to.contains("十改二三"), "{to}");
        assert_eq!(pair("适时", "6月"), ("“适时”".to_owned(), "“6月”".to_owned()));
        assert_eq!(pair("适时", "").1, "（空）");
    }
}
