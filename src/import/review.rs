//! A draft looked over once more: numbers, labels, items without tasks, names that are nearly alike,
//! ids.

use super::document::Spot;
use super::draft::{Confidence, Draft, Kind};
use super::ids::Ids;
use crate::words;
use std::collections::BTreeSet;

/// So many names are compared with each other; a union has some dozens.
const MOST_NAMES: usize = 500;

/// Looks a draft over.
pub fn review(draft: &mut Draft) {
    numbers(draft);
    labels(draft);
    without_tasks(draft);
    names(draft);
    school_year(draft);
    ids(draft);
    draft.notes.sort_by_key(|note| note.places.first().copied());
    draft.notes.dedup();
}

/// Notes numbers that come twice or are left out. A number may begin anew with a section or group.
fn numbers(draft: &mut Draft) {
    let mut before: Option<(usize, Spot, usize, Option<String>)> = None;
    let mut found = Vec::new();
    for (section, of_section) in draft.sections.iter().enumerate() {
        for item in &of_section.items {
            let Some(number) = item.number else { continue };
            let here = (number, item.place, section, item.group.clone());
            let Some((last, place, of, group)) = before.replace(here.clone()) else { continue };
            let begins_anew = number == 1 && (of != section || group != here.3);
            if number == last + 1 || begins_anew {
                continue;
            }
            let (places, words) = if number == last {
                let words = words!("编号{number}用了两次", "number {number} is used twice");
                (vec![place, item.place], words)
            } else if number > last + 1 {
                let (from, to) = (last + 1, number - 1);
                let words = match from == to {
                    true => {
                        words!("编号从{last}跳到{number}，少了{from}", "number {from} is left out")
                    }
                    false => words!(
                        "编号从{last}跳到{number}，少了{from}到{to}",
                        "numbers {from} to {to} are left out"
                    ),
                };
                (vec![item.place], words)
            } else {
                let words =
                    words!("编号{last}后面是{number}", "number {last} is followed by {number}");
                (vec![place, item.place], words)
            };
            found.push((places, words));
        }
    }
    for (places, words) in found {
        draft.note(Kind::Missing, &places, words);
    }
}

/// Keeps the printed number of items only where it is not their position in the plan.
fn labels(draft: &mut Draft) {
    let items = draft.sections.iter_mut().flat_map(|section| &mut section.items);
    for (position, item) in (1..).zip(items) {
        if item.is_arabic && item.number == Some(position) {
            item.label = None;
        }
    }
}

/// Notes items that no task belongs to, if tasks are filed under items at all.
fn without_tasks(draft: &mut Draft) {
    let all: Vec<(bool, Spot, String)> =
        draft.items().map(|item| (item.tasks.is_empty(), item.place, item.title.clone())).collect();
    if draft.all_tasks().next().is_none() {
        return;
    }
    if !all.is_empty() && all.iter().all(|(is_empty, ..)| *is_empty) {
        let words = words!(
            "通知没有写明各项任务属于哪一条要点，任务都放在各部分下面",
            "the notice does not say which item a task belongs to; all tasks stand under their sections"
        );
        let place = draft.all_tasks().map(|task| task.place).min().unwrap_or_default();
        draft.note(Kind::Missing, &[place], words);
        return;
    }
    for (is_empty, place, title) in all {
        if is_empty {
            let words =
                words!("要点“{title}”没有对应的任务", "no task belongs to the item “{title}”");
            draft.note(Kind::Missing, &[place], words);
        }
    }
}

/// Notes how the months of a school year were filed.
fn school_year(draft: &mut Draft) {
    let (Some(second), first) = (draft.goes_on, draft.year) else { return };
    let words = words!(
        "这是跨年的学年计划，整份放在{first}年；1月到7月的工作其实在{second}年，请核对（把握一般）",
        "a school year, all of it filed under {first}; its work of January to July lies in {second}: please check (may be otherwise)"
    );
    draft.note(Kind::Guess(Confidence::Medium), &[Spot::default()], words);
}

/// Notes names that may be one name in two spellings.
fn names(draft: &mut Draft) {
    let offices: BTreeSet<&String> =
        draft.all_tasks().flat_map(|task| task.offices.iter().chain(&task.support)).collect();
    let leaders: BTreeSet<&String> = draft.all_tasks().flat_map(|task| &task.leaders).collect();
    let mut found = Vec::new();
    for (names, is_same) in
        [(offices, is_same_office as fn(&str, &str) -> bool), (leaders, is_same_person)]
    {
        let names: Vec<&String> = names.into_iter().take(MOST_NAMES).collect();
        for (at, one) in names.iter().enumerate() {
            for other in &names[at + 1..] {
                if is_same(one, other) {
                    found.push(((*one).clone(), (*other).clone()));
                }
            }
        }
    }
    for (one, other) in found {
        let first = |name: &String| {
            let all = draft.all_tasks().find(|task| {
                task.offices.contains(name)
                    || task.support.contains(name)
                    || task.leaders.contains(name)
            });
            all.map(|task| task.place).unwrap_or_default()
        };
        let mut places = [first(&one), first(&other)];
        places.sort_unstable();
        let words = words!(
            "“{one}”和“{other}”会不会是同一个？都照原文保留了",
            "are “{one}” and “{other}” the same? both are kept as printed"
        );
        draft.note(Kind::Difference, &places, words);
    }
}

/// 宣教科 and 宣传教育科: one has all characters of the other in their order, and both end alike.
fn is_same_office(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let ends_alike = short.chars().next_back() == long.chars().next_back();
    let begins_alike = short.chars().next() == long.chars().next();
    let mut letters = long.chars();
    let is_within = short.chars().all(|c| letters.any(|letter| letter == c));
    let count = short.chars().count();
    let is_typo = count >= 3
        && count == long.chars().count()
        && short.chars().zip(long.chars()).filter(|(a, b)| a != b).count() == 1
        && ends_alike
        && count >= 4;
    (is_within && ends_alike && begins_alike && count >= 3 && !long.starts_with('各')) || is_typo
}

/// Names of three characters that differ in one.
fn is_same_person(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    one.len() == 3
        && other.len() == 3
        && one[0] == other[0]
        && one.iter().zip(&other).filter(|(a, b)| a != b).count() == 1
}

/// Gives activities ids: the pinyin of their names, unique in the plan.
fn ids(draft: &mut Draft) {
    let mut ids = Ids::default();
    for task in draft.all_tasks_mut() {
        for activity in &mut task.activities {
            activity.id = ids.of(&activity.name, "activity");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{is_same_office, is_same_person};

    #[test]
    fn names_that_may_be_one_are_seen() {
        assert!(is_same_office("宣教科", "宣传教育科"));
        assert!(is_same_office("宣传教育科", "宣传教肓科"));
        assert!(!is_same_office("宣教科", "女工科"));
        assert!(!is_same_office("生活部", "女工部"));
        assert!(!is_same_office("办公室", "党委办公室"));
        assert!(is_same_person("林巧云", "林巧芸"));
        assert!(!is_same_person("何频", "刘婕"));
    }
}
