//! `union.yaml` beside an imported plan: offices and leaders that it does not have yet are added, and
//! all else in it stays as it was typed.

use super::draft::Draft;
use super::ids::Ids;
use crate::data_file::writer::{flow, scalar};
use crate::diagnostic::Language;
use crate::plan::Union;
use crate::words;

/// The word for all offices, where a union has not said another.
const EVERYONE: &str = "全体";

/// Who is new.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Newcomers {
    /// Offices with their ids.
    pub offices: Vec<(String, String)>,
    /// Leaders with their ids.
    pub leaders: Vec<(String, String)>,
}

impl Newcomers {
    /// Offices and leaders that a draft names and a union does not have, in the order in which they
    /// are first named.
    pub fn of(draft: &Draft, union: Option<&Union>) -> Self {
        let mut ids = Ids::default();
        let mut offices: Vec<&str> = vec![union.map_or(EVERYONE, |union| union.everyone.as_str())];
        let mut leaders: Vec<&str> = Vec::new();
        for office in union.into_iter().flat_map(|union| &union.offices) {
            ids.take(&office.id);
            offices.push(&office.name);
        }
        for leader in union.into_iter().flat_map(|union| &union.leaders) {
            ids.take(&leader.id);
            leaders.push(&leader.name);
        }
        let mut newcomers = Self::default();
        for task in draft.all_tasks() {
            for name in task.offices.iter().chain(&task.support) {
                if !offices.contains(&name.as_str()) {
                    offices.push(name);
                    newcomers.offices.push((ids.of(name, "office"), name.clone()));
                }
            }
            for name in &task.leaders {
                if !leaders.contains(&name.as_str()) {
                    leaders.push(name);
                    newcomers.leaders.push((ids.of(name, "leader"), name.clone()));
                }
            }
        }
        newcomers
    }

    /// Whether nobody is new.
    pub fn is_empty(&self) -> bool {
        self.offices.is_empty() && self.leaders.is_empty()
    }
}

/// A new `union.yaml`.
pub fn write(draft: &Draft, newcomers: &Newcomers, language: Language) -> String {
    let comment = |words: crate::diagnostic::Words| format!("# {}\n", words.get(language));
    let name = draft.issuer.clone().unwrap_or_else(|| union_of(&draft.title));
    let mut text = comment(words!(
        "工会的基本情况：谁发布计划，有哪些科室和领导。请核对名称。",
        "The union: who publishes plans, and its offices and leaders. Please check the names."
    ));
    text += &format!("name: {}\n", scalar(&name));
    if let Some(short) = short_name(&name) {
        text += &format!("short_name: {}\n", scalar(&short));
    }
    for (key, entries, words) in [
        (
            "offices",
            &newcomers.offices,
            words!(
                "责任科室。id 用在网址里，发布以前可以改得短一些，发布以后不要再改。",
                "Offices. The id is part of addresses: it may be made shorter before the site is published, not later."
            ),
        ),
        ("leaders", &newcomers.leaders, words!("责任领导。", "Leaders.")),
    ] {
        if entries.is_empty() {
            continue;
        }
        text += "\n";
        text += &comment(words);
        text += &format!("{key}:\n");
        for (id, name) in entries {
            text += &format!("  - {{ id: {id}, name: {} }}\n", flow(name));
        }
        if key == "offices" {
            text += "\n";
            text += &comment(words!(
                "代表“所有科室”的词：写了它的任务，每个科室的页面都会列出。",
                "The word for all offices: a task of theirs stands on the page of each."
            ));
            text += &format!("everyone: {EVERYONE}\n");
        }
    }
    text
}

/// Adds newcomers to the text of a `union.yaml`. None where its lists are written in a way that can't
/// be gone on with line by line.
pub fn add(text: &str, newcomers: &Newcomers) -> Option<String> {
    let mut text = text.to_owned();
    for (key, entries) in [("offices", &newcomers.offices), ("leaders", &newcomers.leaders)] {
        if !entries.is_empty() {
            text = add_to(&text, key, entries)?;
        }
    }
    Some(text)
}

fn add_to(text: &str, key: &str, entries: &[(String, String)]) -> Option<String> {
    let ending = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let head = lines
        .iter()
        .position(|line| line.starts_with(key) && line[key.len()..].trim_start().starts_with(':'));
    let (at, indent) = match head {
        None => {
            lines.push(String::new());
            lines.push(format!("{key}:"));
            (lines.len(), "  ".to_owned())
        }
        Some(head) => {
            let behind = lines[head].split_once(':')?.1.split(" #").next()?.trim();
            if !behind.is_empty() {
                return None;
            }
            // The list goes on until the next key at the left.
            let is_key = |line: &&String| {
                line.chars().next().is_some_and(|c| !c.is_whitespace() && c != '#' && c != '-')
            };
            let end = lines[head + 1..].iter().position(|line| is_key(&line));
            let end = end.map_or(lines.len(), |end| head + 1 + end);
            let dash = |line: &String| line.trim_start().starts_with("- ");
            let first = lines[head + 1..end].iter().find(|line| dash(line));
            let indent = first.map_or("  ".to_owned(), |line| {
                line.chars().take_while(|c| c.is_whitespace()).collect()
            });
            let is_entry =
                |line: &String| !line.trim().is_empty() && !line.trim_start().starts_with('#');
            let last = lines[head + 1..end].iter().rposition(is_entry);
            (last.map_or(head + 1, |last| head + 2 + last), indent)
        }
    };
    let new =
        entries.iter().map(|(id, name)| format!("{indent}- {{ id: {id}, name: {} }}", flow(name)));
    lines.splice(at..at, new);
    Some(lines.join(ending) + ending)
}

/// The union of a university that a title names: 湖南科技大学2021年工会工作要点.
fn union_of(title: &str) -> String {
    let years = ["二〇", "二○", "二零"].iter().filter_map(|year| title.find(year));
    let year = years.chain(title.find(|c: char| c.is_numeric())).min();
    match title[..year.unwrap_or(title.len())].trim() {
        "" => title.to_owned(),
        named if named.contains("工会") || named.contains("工會") => named.to_owned(),
        named => format!("{named}工会"),
    }
}

/// 湖南科技大学工会 of 中国教育工会湖南科技大学委员会.
fn short_name(name: &str) -> Option<String> {
    let inner = name.strip_prefix("中国教育工会")?.strip_suffix("委员会")?;
    (!inner.is_empty()).then(|| format!("{inner}工会"))
}

#[cfg(test)]
mod tests {
    use super::{Newcomers, add, short_name, union_of};

    fn newcomers() -> Newcomers {
        Newcomers {
            offices: vec![("nv-gong-ke".to_owned(), "女工科".to_owned())],
            leaders: vec![("he-pin".to_owned(), "何频".to_owned())],
        }
    }

    #[test]
    fn newcomers_stand_behind_those_who_are_there() {
        let text = "name: 工会\n# 科室\noffices:\n- id: publicity\n  name: 宣教科 # 一楼\n\n# 领导\nleaders:\n    - { id: liu-jie, name: 刘婕 }\n";
        assert_eq!(
            add(text, &newcomers()).unwrap(),
            "name: 工会\n# 科室\noffices:\n- id: publicity\n  name: 宣教科 # 一楼\n- { id: nv-gong-ke, name: 女工科 }\n\n# 领导\nleaders:\n    - { id: liu-jie, name: 刘婕 }\n    - { id: he-pin, name: 何频 }\n"
        );
    }

    #[test]
    fn lists_that_are_lacking_are_begun_and_others_left_alone() {
        let begun = add("name: 工会\r\n", &newcomers()).unwrap();
        assert_eq!(
            begun,
            "name: 工会\r\n\r\noffices:\r\n  - { id: nv-gong-ke, name: 女工科 }\r\n\r\nleaders:\r\n  - { id: he-pin, name: 何频 }\r\n"
        );
        assert_eq!(add("offices: [{ id: a, name: 甲 }]\n", &newcomers()), None);
    }

    #[test]
    fn a_union_is_named_after_its_signature_or_its_university() {
        assert_eq!(union_of("湖南科技大学2021年工会工作要点"), "湖南科技大学工会");
        assert_eq!(union_of("闽海水产学院工会二〇二四年工作历"), "闽海水产学院工会");
        assert_eq!(
            short_name("中国教育工会湖南科技大学委员会").as_deref(),
            Some("湖南科技大学工会")
        );
    }
}
