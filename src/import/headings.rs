//! Which paragraphs head sections and items without a number: what the source says is a heading, else
//! what the table names so.

use super::assemble::Part;
use super::columns::Column;
use super::document::Paragraph;
use super::levels::{Level, Levels};
use super::schedule::Entry;
use super::{lines, numbering};
use std::collections::BTreeSet;

/// Names that the rows of tables have for sections and items, in one spelling.
#[derive(Debug, Default)]
pub struct Names {
    sections: BTreeSet<String>,
    items: BTreeSet<String>,
}

impl Names {
    /// The names in tables.
    pub fn of(tables: &[Part]) -> Self {
        let mut names = Self::default();
        for part in tables {
            let Part::Schedule(schedule) = part else { continue };
            for entry in &schedule.entries {
                let Entry::Row(row) = entry else { continue };
                let plain = |column| row.get(column).map(|piece| lines::plain(&piece.joined()));
                let project = plain(Column::Project);
                names.sections.extend(plain(Column::Section).or(project.clone()));
                names.items.extend(plain(Column::Item).or(project));
            }
        }
        names
    }
}

/// The level of each paragraph that is a heading without a number; all none if there are no two
/// sections with an item. Where headings have numbers, only the items below numbered sections may be
/// without, and only those that the table names.
pub fn levels(text: &[Paragraph], names: &Names, numbered: &Levels) -> Vec<Option<Level>> {
    let is_plan = |levels: &Vec<Option<Level>>| {
        let count = |level| levels.iter().filter(|one| **one == Some(level)).count();
        count(Level::Section) > 1 && count(Level::Item) > 0
    };
    let marked = by_source(text);
    let is_bare =
        |(level, paragraph): (&Option<Level>, _)| level.is_none() || !is_numbered(paragraph);
    if is_plan(&marked) && marked.iter().zip(text).all(is_bare) {
        return marked;
    }
    let named = match text.iter().any(is_numbered) {
        true if numbered.has_sections_alone() => items_by_names(text, names),
        true => Vec::new(),
        false => Some(by_names(text, names)).filter(is_plan).unwrap_or_default(),
    };
    if named.is_empty() { vec![None; text.len()] } else { named }
}

fn is_numbered(paragraph: &Paragraph) -> bool {
    numbering::split_paragraph(&paragraph.piece.text).is_some()
}

/// Headings as the source marks them: the upper level heads sections, the one below items. The title
/// may be one of them.
fn by_source(text: &[Paragraph]) -> Vec<Option<Level>> {
    let heads = |paragraph: &Paragraph| {
        paragraph.level.filter(|_| !lines::is_plan_title(&paragraph.piece.text))
    };
    let all: BTreeSet<u8> = text.iter().filter_map(heads).collect();
    let (section, item) = match all.iter().copied().collect::<Vec<u8>>().as_slice() {
        [section, item] => (*section, *item),
        [section, _, item] => (*section, *item),
        _ => return Vec::new(),
    };
    let level = |paragraph: &Paragraph| {
        heads(paragraph).map(|level| match level {
            _ if level == section => Level::Section,
            _ if level == item => Level::Item,
            _ => Level::Group,
        })
    };
    text.iter().map(level).collect()
}

/// Headings that the table names. Between two of them other short lines are items, too: the table
/// may word those otherwise.
fn by_names(text: &[Paragraph], names: &Names) -> Vec<Option<Level>> {
    let mut is_below = false;
    let level = |paragraph: &Paragraph| {
        let words = &paragraph.piece.text;
        let plain = lines::plain(words);
        let is_short = lines::is_line(words)
            && !words.ends_with('，')
            && !lines::is_plan_title(words)
            && !lines::is_issuer(words);
        if names.sections.contains(&plain) && !names.items.contains(&plain) {
            is_below = true;
            return Some(Level::Section);
        }
        (is_below && (names.items.contains(&plain) || is_short)).then_some(Level::Item)
    };
    text.iter().map(level).collect()
}

/// The longest first sentence that is an item's title, in characters.
const LONGEST_TITLE: usize = 40;

/// Items below numbered sections: paragraphs whose first sentence is what the table names, or is bold.
/// Where most paragraphs begin so, the others are items, too, which the table may word otherwise.
fn items_by_names(text: &[Paragraph], names: &Names) -> Vec<Option<Level>> {
    fn first(paragraph: &Paragraph) -> &str {
        let words = paragraph.piece.text.as_str();
        words.split('。').next().unwrap_or(words)
    }
    let is_named = |paragraph: &Paragraph| {
        let first = first(paragraph);
        let length = first.chars().count();
        names.items.contains(&lines::plain(first))
            || (length..=length + 1).contains(&paragraph.bold)
    };
    let begin = text.iter().position(is_numbered).unwrap_or(text.len());
    let bare = text[begin..].iter().filter(|paragraph| !is_numbered(paragraph));
    let named: Vec<&Paragraph> = bare.clone().filter(|paragraph| is_named(paragraph)).collect();
    if named.len() < 2 {
        return Vec::new();
    }
    // A title on a line of its own has its text below it.
    let runs_in = |paragraph: &Paragraph| paragraph.piece.text.contains('。');
    let are_most = named.len() * 2 >= bare.count();
    let run_in = named.iter().filter(|paragraph| runs_in(paragraph)).count() * 2 >= named.len();
    let level = |(at, paragraph): (usize, &Paragraph)| {
        let is_short =
            first(paragraph).chars().count() <= LONGEST_TITLE && (run_in || !runs_in(paragraph));
        let is_item = is_named(paragraph) || are_most && is_short;
        (at >= begin && !is_numbered(paragraph) && is_item).then_some(Level::Item)
    };
    text.iter().enumerate().map(level).collect()
}

#[cfg(test)]
mod tests {
    use super::{Names, levels};
    use crate::import::document::{Paragraph, Piece, Spot};
    use crate::import::levels::{Level, Levels};

    fn told(text: &str, names: &Names) -> String {
        let paragraph = |line: &str| {
            let words = line.trim_start_matches('#');
            let level = u8::try_from(line.len() - words.len()).unwrap();
            let piece = Piece::new(words, Spot::Line(1));
            Paragraph { piece, level: Some(level).filter(|level| *level > 0), bold: 0 }
        };
        let text: Vec<Paragraph> = text.lines().map(paragraph).collect();
        let levels = levels(&text, names, &Levels::of(&text, true));
        let mark = |level: &Option<Level>| match level {
            Some(Level::Section) => 'S',
            Some(Level::Group) => 'G',
            Some(Level::Item) => 'I',
            Some(Level::Point) => 'P',
            None => '.',
        };
        levels.iter().map(mark).collect()
    }

    #[test]
    fn headings_are_what_the_source_marks_as_such() {
        let none = Names::default();
        let text =
            "#某校工会2024年工作要点\n总体要求。\n##思想\n###学习\n组织学习。\n##文体\n###比赛\n";
        assert_eq!(told(text, &none), "..SI.SI");
        assert_eq!(told("#思想\n##甲\n###学习\n#文体\n##乙\n###比赛\n", &none), "SGISGI");
        assert_eq!(told("#思想\n学习。\n#文体\n比赛。\n", &none), "....");
    }

    #[test]
    fn headings_are_what_the_table_names() {
        let set = |names: [&str; 2]| names.map(str::to_owned).into();
        let names = Names { sections: set(["思想", "文体"]), items: set(["学习", "比赛"]) };
        let text = "总体要求如下\n思想\n学习\n组织学习。\n宣讲\n到各单位宣讲。\n文体\n比赛\n";
        assert_eq!(told(text, &names), ".SI.I.SI");
        let text = "一、思想建设\n学习\n组织学习。\n二、文体活动\n比赛\n";
        assert_eq!(told(text, &names), ".I..I");
        let text = "一、思想建设\n学习。组织学习。\n宣讲。到各单位去。\n二、文体活动\n比赛。\n";
        assert_eq!(told(text, &names), ".II.I");
        assert_eq!(told("一、思想建设\n1.学习\n比赛\n二、文体活动\n", &names), "....");
    }
}
