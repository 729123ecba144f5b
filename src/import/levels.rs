//! Which numbers head sections, which groups of items, which items.

use super::document::Paragraph;
use super::numbering::{self, Number, Style};

/// What a numbered paragraph heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// A section.
    Section,
    /// Some items of a section.
    Group,
    /// An item.
    Item,
    /// A point of the plan, which has no sections.
    Point,
}

/// The levels of a plan's numbered paragraphs.
#[derive(Debug, Default)]
pub struct Levels {
    section: Option<Style>,
    /// Styles that head groups, where something stands below them.
    groups: Vec<Style>,
    /// What each section has below it, in the order of sections.
    below: Vec<Vec<Style>>,
}

impl Levels {
    /// Finds the levels of a plan's text. `has_schedule` tells whether its tasks stand in a table.
    pub fn of(text: &[Paragraph], has_schedule: bool) -> Self {
        let styles: Vec<Option<Style>> = text
            .iter()
            .map(|paragraph| {
                numbering::split_paragraph(&paragraph.piece.text).map(|(n, _)| n.style)
            })
            .collect();
        let mut all: Vec<Style> = styles.iter().flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        let Some(section) = all.first().copied() else {
            return Self::default();
        };
        // 1. 2. 3. without anything above them are points, unless a table tells their tasks.
        if all.len() == 1 && section >= Style::Arabic && !has_schedule {
            return Self::default();
        }
        let mut below: Vec<Vec<Style>> = Vec::new();
        for style in styles.iter().flatten() {
            match below.last_mut() {
                _ if *style == section => below.push(Vec::new()),
                Some(of_section) if !of_section.contains(style) => of_section.push(*style),
                _ => {}
            }
        }
        let mut levels = Self { section: Some(section), groups: Vec::new(), below };
        let groups = all.iter().skip(1).filter(|style| levels.is_group(text, &styles, **style));
        levels.groups = groups.copied().collect();
        levels
    }

    /// Whether headings of a style stand above numbered ones and have no text of their own, in sections
    /// that have such.
    fn is_group(&self, text: &[Paragraph], styles: &[Option<Style>], style: Style) -> bool {
        let mut section: Option<usize> = None;
        let (mut above, mut others) = (0, 0);
        for (at, found) in styles.iter().enumerate() {
            if *found == self.section {
                section = Some(section.map_or(0, |section| section + 1));
            }
            let of_section = section.and_then(|section| self.below.get(section));
            let has_deeper =
                of_section.is_some_and(|below| below.iter().any(|below| *below > style));
            if *found != Some(style) || !has_deeper {
                continue;
            }
            let runs_in = text[at].piece.text.trim_end_matches('。').contains('。');
            match styles.get(at + 1).copied().flatten() {
                Some(next) if next > style && !runs_in => above += 1,
                _ => others += 1,
            }
        }
        above > others
    }

    /// Whether numbers head sections and nothing below them.
    pub fn has_sections_alone(&self) -> bool {
        self.section.is_some() && self.below.iter().all(Vec::is_empty)
    }

    /// What a number heads in the section of that index; none for one that stands within a text.
    pub fn level(&self, section: Option<usize>, number: Number<'_>) -> Option<Level> {
        let Some(top) = self.section else {
            return Some(Level::Point);
        };
        if number.style == top {
            return Some(Level::Section);
        }
        let mut below = self.below.get(section?)?.clone();
        below.sort_unstable();
        let group = below.first().filter(|style| below.len() > 1 && self.groups.contains(style));
        let item = if group.is_some() { below.get(1) } else { below.first() };
        match Some(&number.style) {
            style if style == group => Some(Level::Group),
            style if style == item => Some(Level::Item),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Level, Levels};
    use crate::import::document::{Paragraph, Piece, Spot};
    use crate::import::numbering;

    fn levels(text: &str, has_schedule: bool) -> String {
        let text: Vec<Paragraph> = text
            .lines()
            .map(|line| Paragraph {
                piece: Piece::new(line, Spot::Line(1)),
                ..Paragraph::default()
            })
            .collect();
        let levels = Levels::of(&text, has_schedule);
        let mut section = None;
        let mut told = String::new();
        for paragraph in &text {
            let number = numbering::split_paragraph(&paragraph.piece.text);
            let level = number.and_then(|(number, _)| levels.level(section, number));
            if level == Some(Level::Section) {
                section = Some(section.map_or(0, |section| section + 1));
            }
            told.push(match level {
                Some(Level::Section) => 'S',
                Some(Level::Group) => 'G',
                Some(Level::Item) => 'I',
                Some(Level::Point) => 'P',
                None => '.',
            });
        }
        told
    }

    #[test]
    fn levels_are_told_by_how_numbers_nest() {
        assert_eq!(levels("一、甲\n1.乙。丙。\n2.丁\n二、戊\n1.己。", false), "SIISI");
        assert_eq!(levels("一、甲\n（一）乙\n1.丙。丁。\n2.戊\n（二）己\n1.庚", false), "SGIIGI");
        assert_eq!(levels("（一）甲\n1．乙\n丙。\n（二）丁\n2．戊", false), "SI.SI");
        assert_eq!(
            levels(
                "第一部分　甲\n乙。\n第二部分　丙\n一、丁\n1．戊。\n第三部分　己\n一、庚。辛。",
                false
            ),
            "S.SGISI"
        );
        assert_eq!(levels("一、甲\n1.乙。丙。\n（1）丁；\n（2）戊。\n2.己。", false), "SI..I");
        assert_eq!(levels("1．甲。\n2．乙。", false), "PP");
        assert_eq!(levels("1．甲。\n2．乙。", true), "SS");
    }
}
