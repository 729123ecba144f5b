//! Activities that a task names with their month: “奋进新征程”拔河比赛（5月）、朗诵比赛（6月）.

use super::draft::Activity;
use super::numbering;
use crate::plan::when::Lane;
use crate::plan::{Terms, When};

/// Marks between two activities.
const BETWEEN: [char; 8] = ['、', '，', '；', '。', ',', ';', '：', ':'];

/// Pairs within which a mark separates nothing.
const PAIRS: [(char, char); 5] = [('“', '”'), ('《', '》'), ('「', '」'), ('（', '）'), ('(', ')')];

/// What is done about an activity is no part of its name.
const VERBS: [&str; 9] =
    ["组织开展", "举办", "开展", "组织", "召开", "承办", "举行", "进行", "筹办"];

/// The activities of a task: each name with its time, as worded, and no id yet.
pub fn within(task: &str, year: i32) -> Vec<Activity> {
    let mut activities = Vec::new();
    let mut rest = task;
    while let Some((before, time, after)) = next_bracket(rest) {
        let is_month =
            When::read(time, year, &Terms::default()).is_ok_and(|when| when.lane() == Lane::Months);
        if is_month {
            let part = last_part(before);
            let is_joined = rest.len() < task.len() && part.len() == before.trim().len();
            let name = named(if is_joined { without_and(part) } else { part });
            if !name.is_empty() {
                let (name, when) = (name.to_owned(), time.to_owned());
                activities.push(Activity { id: String::new(), name, when, place: None });
            }
        }
        rest = after;
    }
    activities
}

/// A name without the word that joins it to the one before: 讲座（3月7日）和花艺沙龙（3月8日）.
fn without_and(part: &str) -> &str {
    let is_name = ["和平", "和谐"].iter().any(|word| part.starts_with(word));
    let bare = ["以及", "和", "及", "与"].iter().find_map(|word| part.strip_prefix(word));
    bare.filter(|_| !is_name).unwrap_or(part)
}

/// A name without the number and the verb before it.
fn named(part: &str) -> &str {
    let part = numbering::split_paragraph(part).map_or(part, |(_, rest)| rest);
    let bare = VERBS.iter().find_map(|verb| part.strip_prefix(verb));
    bare.filter(|name| name.chars().count() >= 2).unwrap_or(part).trim()
}

/// The first bracket: what stands before it, in it, behind it.
fn next_bracket(text: &str) -> Option<(&str, &str, &str)> {
    let open = text.find(['（', '('])?;
    let inner =
        &text[open..].chars().next().map_or("", |bracket| &text[open + bracket.len_utf8()..]);
    let close = inner.find(['）', ')'])?;
    let after =
        inner[close..].chars().next().map_or("", |bracket| &inner[close + bracket.len_utf8()..]);
    Some((&text[..open], inner[..close].trim(), after))
}

/// What stands behind the last mark that is in no quotation.
fn last_part(text: &str) -> &str {
    let mut open: Vec<char> = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if let Some((_, close)) = PAIRS.iter().find(|(first, _)| *first == c) {
            open.push(*close);
        } else if open.last() == Some(&c) {
            open.pop();
        } else if open.is_empty() && BETWEEN.contains(&c) {
            start = at + c.len_utf8();
        }
    }
    text[start..].trim()
}

#[cfg(test)]
mod tests {
    use super::within;

    fn told(task: &str) -> String {
        let told = within(task, 2021);
        let told = told.iter().map(|activity| format!("{}@{}", activity.name, activity.when));
        told.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn each_is_named_by_what_stands_before_its_month() {
        assert_eq!(
            told("“奋进，新征程”拔河比赛（5月）、朗诵比赛（6月）"),
            "“奋进，新征程”拔河比赛@5月 朗诵比赛@6月"
        );
        assert_eq!(
            told("气排球赛（11月）“团结杯”运动会(10月)"),
            "气排球赛@11月 “团结杯”运动会@10月"
        );
        assert_eq!(told("讲座（3月7日）和花艺沙龙（3月8日）"), "讲座@3月7日 花艺沙龙@3月8日");
        assert_eq!(told("1.拔河比赛（4月）；2.健步走（5月）。"), "拔河比赛@4月 健步走@5月");
        assert_eq!(told("庆祝妇女节：举办插花比赛（3月8日）"), "插花比赛@3月8日");
    }

    #[test]
    fn brackets_that_hold_no_month_name_nothing() {
        assert_eq!(told("做好慰问（生日、住院）工作"), "");
        assert_eq!(told("读书活动（全年）"), "");
        assert_eq!(told("庆祝“三八”妇女节系列活动"), "");
    }
}
