//! The numbers that a word processor prints in front of paragraphs.

use super::styles::Styles;
use crate::import::read::fault::Fault;
use crate::import::read::numerals::Numerals;
use crate::import::read::xml::{Element, Xml};
use crate::limits;
use crate::words;
use std::collections::{HashMap, HashSet};

/// Levels of a list.
const LEVELS: usize = 9;

/// Characters of the pattern of a number; real ones have about five.
const LONGEST_PATTERN: usize = 64;

/// Lists that are defined by way of a style, which may again be defined so.
const LONGEST_CHAIN: usize = 8;

/// The lists of a document, and how far each has been counted.
#[derive(Debug, Default)]
pub struct Numbering {
    /// Definitions, by their number in the file.
    definitions: HashMap<usize, Definition>,
    /// Lists, by theirs.
    lists: HashMap<usize, List>,
    /// How far each definition has been counted. Lists of one definition are counted together.
    counted: HashMap<usize, [Option<u32>; LEVELS]>,
    /// Lists and levels that have begun where they say to begin anew.
    begun: HashSet<(usize, usize)>,
}

/// What several lists may have in common.
#[derive(Debug, Default)]
struct Definition {
    levels: Levels,
    /// The style by whose list this one is defined.
    style: Option<String>,
}

type Levels = [Option<Box<Level>>; LEVELS];

/// A list.
#[derive(Debug, Default)]
struct List {
    definition: usize,
    /// Levels that differ from the definition's.
    levels: Levels,
    /// Levels that begin anew, and with what.
    starts: [Option<u32>; LEVELS],
}

/// How a level of a list is numbered.
#[derive(Debug, Clone)]
struct Level {
    start: u32,
    /// None for a bullet.
    numerals: Option<Numerals>,
    /// The text around the numbers: `第%1章`.
    pattern: String,
    /// Whether all numbers are written in digits.
    is_plain: bool,
    /// The level, from 1, at whose numbers this one begins again; 0 for never.
    restart: Option<usize>,
    /// Whether nothing stands between the number and the text.
    is_tight: bool,
    /// The style whose paragraphs are at this level.
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 0,
            numerals: Some(Numerals::Decimal),
            pattern: String::new(),
            is_plain: false,
            restart: None,
            is_tight: false,
            style: None,
        }
    }
}

/// A number as it is printed.
#[derive(Debug, PartialEq, Eq)]
pub struct Label {
    /// The number with what stands around it.
    pub text: String,
    /// Whether nothing stands between the number and the text.
    pub is_tight: bool,
}

impl Numbering {
    /// Reads the part that holds the lists.
    pub fn read(text: &str, styles: &Styles) -> Result<Self, Fault> {
        let (mut xml, _) = Xml::open(text)?;
        let mut numbering = Self::default();
        while let Some(child) = xml.child(1)? {
            let number = |name| child.attribute(name).and_then(|value| value.trim().parse().ok());
            if numbering.definitions.len() + numbering.lists.len() == limits::LISTS {
                return Err(Fault::Large(words!("编号定义太多", "too many lists")));
            }
            if child.is("abstractNum") {
                if let Some(id) = number("abstractNumId") {
                    numbering.definitions.insert(id, definition(&mut xml)?);
                }
            } else if child.is("num")
                && let Some(id) = number("numId")
            {
                numbering.lists.insert(id, list(&mut xml)?);
            }
        }
        numbering.link(styles);
        Ok(numbering)
    }

    /// Sends lists that are defined by a style to the definition of that style's list.
    fn link(&mut self, styles: &Styles) {
        let target = |list: &List| {
            let mut id = list.definition;
            for _ in 0..LONGEST_CHAIN {
                let style = self.definitions.get(&id).and_then(|one| one.style.as_deref());
                let next = style.and_then(|style| styles.resolved(style).list);
                let Some(next) = next.and_then(|list| self.lists.get(&list)) else { break };
                id = next.definition;
            }
            id
        };
        let targets: Vec<(usize, usize)> =
            self.lists.iter().map(|(id, list)| (*id, target(list))).collect();
        for (id, target) in targets {
            if let Some(list) = self.lists.get_mut(&id) {
                list.definition = target;
            }
        }
    }

    /// The level of a list that a style is bound to.
    pub fn level_of_style(&self, list: usize, style: &str) -> Option<usize> {
        let list = self.lists.get(&list)?;
        (0..LEVELS).find(|level| {
            self.level(list, *level).is_some_and(|level| level.style.as_deref() == Some(style))
        })
    }

    /// Counts a paragraph and gives the number that is printed in front of it; none where there is
    /// none, or a bullet.
    pub fn count(&mut self, id: usize, level: usize) -> Option<Label> {
        let at = level.min(LEVELS - 1);
        let list = self.lists.get(&id)?;
        let definition = self.definitions.get(&list.definition);
        let start = level_in(list, definition, at)?.start;
        let counted = self.counted.entry(list.definition).or_default();
        let anew = list.starts[at].filter(|_| self.begun.insert((id, at)));
        counted[at] = Some(match (anew, counted[at]) {
            (Some(start), _) => start,
            (None, Some(number)) => number.saturating_add(1),
            (None, None) => start,
        });
        for (deeper, number) in counted.iter_mut().enumerate().skip(at + 1) {
            let restart = match level_in(list, definition, deeper).and_then(|one| one.restart) {
                Some(0) => false,
                Some(level) => at < level,
                None => true,
            };
            if restart {
                *number = None;
            }
        }
        let numbers = *counted;
        self.label(list, at, &numbers)
    }

    fn label(&self, list: &List, at: usize, numbers: &[Option<u32>; LEVELS]) -> Option<Label> {
        let level = self.level(list, at)?;
        level.numerals?;
        let mut text = String::new();
        let mut pattern = level.pattern.chars().peekable();
        while let Some(c) = pattern.next() {
            let place = pattern.peek().filter(|_| c == '%').and_then(|c| c.to_digit(10));
            let Some(place) = place.filter(|place| *place > 0) else {
                text.push(c);
                continue;
            };
            pattern.next();
            let place = place as usize - 1;
            let other = self.level(list, place);
            let number = numbers[place].unwrap_or_else(|| other.map_or(1, |level| level.start));
            let numerals = match other.and_then(|level| level.numerals) {
                Some(numerals) if !level.is_plain || place == at => numerals,
                _ => Numerals::Decimal,
            };
            text.push_str(&numerals.write(number));
        }
        let text = text.trim_start().to_owned();
        (!text.is_empty()).then_some(Label { text, is_tight: level.is_tight })
    }

    fn level<'a>(&'a self, list: &'a List, at: usize) -> Option<&'a Level> {
        level_in(list, self.definitions.get(&list.definition), at)
    }
}

fn level_in<'a>(
    list: &'a List,
    definition: Option<&'a Definition>,
    at: usize,
) -> Option<&'a Level> {
    list.levels[at].as_deref().or_else(|| definition.and_then(|one| one.levels[at].as_deref()))
}

fn definition(xml: &mut Xml<'_>) -> Result<Definition, Fault> {
    let mut definition = Definition::default();
    let depth = xml.depth();
    while let Some(child) = xml.child(depth)? {
        match child.name() {
            "lvl" => insert(&mut definition.levels, &child, xml)?,
            "numStyleLink" => definition.style = child.value(),
            _ => {}
        }
    }
    Ok(definition)
}

fn list(xml: &mut Xml<'_>) -> Result<List, Fault> {
    let mut list = List::default();
    let depth = xml.depth();
    while let Some(child) = xml.child(depth)? {
        match child.name() {
            "abstractNumId" => list.definition = child.number().unwrap_or_default(),
            "lvlOverride" => {
                let at = place(&child);
                let depth = xml.depth();
                while let Some(child) = xml.child(depth)? {
                    match child.name() {
                        "lvl" => insert(&mut list.levels, &child, xml)?,
                        "startOverride" => {
                            if let Some(at) = at {
                                list.starts[at] = Some(small(&child));
                            }
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    Ok(list)
}

/// Reads a level into its place.
fn insert(levels: &mut Levels, element: &Element<'_>, xml: &mut Xml<'_>) -> Result<(), Fault> {
    let at = place(element);
    let mut level = Level::default();
    read_level(&mut level, xml)?;
    if let Some(at) = at {
        levels[at] = Some(Box::new(level));
    }
    Ok(())
}

fn read_level(level: &mut Level, xml: &mut Xml<'_>) -> Result<(), Fault> {
    let depth = xml.depth();
    while let Some(child) = xml.child(depth)? {
        match child.name() {
            "start" => level.start = small(&child),
            // `custom` stands beside a format that older programs know.
            "numFmt" => match child.value().as_deref() {
                None | Some("custom") => {}
                Some(format) => level.numerals = Numerals::of_format(format),
            },
            "lvlText" => {
                let pattern = child.value().unwrap_or_default();
                level.pattern = pattern.chars().take(LONGEST_PATTERN).collect();
            }
            "isLgl" => level.is_plain = child.is_on(),
            "lvlRestart" => level.restart = child.number(),
            "suff" => level.is_tight = child.value().as_deref() == Some("nothing"),
            "pStyle" => level.style = child.value(),
            "AlternateContent" | "Choice" | "Fallback" => read_level(level, xml)?,
            _ => {}
        }
    }
    Ok(())
}

/// The level that an element is about.
fn place(element: &Element<'_>) -> Option<usize> {
    let level = element.attribute("ilvl")?.trim().parse().ok();
    level.filter(|level| *level < LEVELS)
}

fn small(element: &Element<'_>) -> u32 {
    element.number().and_then(|number| u32::try_from(number).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Numbering;
    use crate::import::read::word::styles::Styles;

    const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    fn level(at: usize, format: &str, pattern: &str) -> String {
        format!(
            r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>
            <w:lvlText w:val="{pattern}"/></w:lvl>"#
        )
    }

    /// The numbers of paragraphs, each of a list and a level.
    fn counted(inside: &str, paragraphs: &[(usize, usize)]) -> Vec<String> {
        let text = format!(r#"<w:numbering xmlns:w="{WORD}">{inside}</w:numbering>"#);
        let mut numbering = Numbering::read(&text, &Styles::default()).unwrap();
        let label = |(list, level): &(usize, usize)| {
            numbering.count(*list, *level).map_or_else(String::new, |label| label.text)
        };
        paragraphs.iter().map(label).collect()
    }

    #[test]
    fn levels_restart_under_each_other() {
        let inside = format!(
            r#"<w:abstractNum w:abstractNumId="7">{}{}{}</w:abstractNum>
            <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>"#,
            level(0, "chineseCountingThousand", "%1、"),
            level(1, "chineseCounting", "（%2）"),
            level(2, "decimal", "%1.%3"),
        );
        let paragraphs = [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1), (1, 2), (9, 0)];
        assert_eq!(
            counted(&inside, &paragraphs),
            ["一、", "（一）", "（二）", "二、", "（一）", "二.1", ""]
        );
    }

    #[test]
    fn lists_of_one_definition_run_on_unless_they_begin_anew() {
        let inside = format!(
            r#"<w:abstractNum w:abstractNumId="0">{}</w:abstractNum>
            <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
            <w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>
            <w:num w:numId="3"><w:abstractNumId w:val="0"/>
            <w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>"#,
            level(0, "decimal", "%1."),
        );
        let paragraphs = [(1, 0), (1, 0), (2, 0), (3, 0), (3, 0), (1, 0)];
        assert_eq!(counted(&inside, &paragraphs), ["1.", "2.", "3.", "5.", "6.", "7."]);
    }

    #[test]
    fn a_bullet_is_no_number_and_a_huge_start_takes_no_room() {
        let inside = format!(
            r#"<w:abstractNum w:abstractNumId="0">{}<w:lvl w:ilvl="1">
            <w:start w:val="4294967295"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%2"/>
            </w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#,
            level(0, "bullet", "·"),
        );
        let paragraphs = [(1, 0), (1, 1), (1, 1), (1, usize::MAX)];
        assert_eq!(counted(&inside, &paragraphs), ["", "4294967295", "4294967295", ""]);
    }
}
