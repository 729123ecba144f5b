//! What a style says of its paragraphs: the level of a heading, its number, whether it is bold.

use crate::import::read::fault::Fault;
use crate::import::read::xml::{Element, Xml};
use crate::limits;
use crate::words;
use std::collections::HashMap;

/// Styles that are based on each other; a chain that is longer is a circle.
const LONGEST_CHAIN: usize = 32;

/// All styles of a document, each with what those that it is based on say.
#[derive(Debug, Default)]
pub struct Styles {
    styles: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    paragraph: Option<String>,
}

/// A style.
#[derive(Debug, Clone, Default)]
pub struct Style {
    based_on: Option<String>,
    /// The level of a heading, from 1; 0 where it says that it is none.
    pub level: Option<u8>,
    /// The list that numbers its paragraphs.
    pub list: Option<usize>,
    /// The level in that list, from 0.
    pub list_level: Option<usize>,
    /// Whether it is bold.
    pub is_bold: Option<bool>,
    /// Whether it is hidden.
    pub is_hidden: Option<bool>,
}

impl Styles {
    /// Reads the part that holds them.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let (mut xml, _) = Xml::open(text)?;
        let mut styles = Self::default();
        while let Some(child) = xml.child(1)? {
            let Some(id) = child.attribute("styleId").filter(|_| child.is("style")) else {
                continue;
            };
            if styles.styles.len() == limits::STYLES {
                return Err(Fault::Large(words!("样式太多", "too many styles")));
            }
            let is_paragraph = child.attribute("type").is_none_or(|kind| kind == "paragraph");
            let is_default = child.attribute("default").is_some_and(|on| on == "1" || on == "true");
            if is_paragraph && is_default {
                styles.paragraph = Some(id.clone());
            }
            styles.styles.insert(id, style(&mut xml, is_paragraph)?);
        }
        Ok(styles)
    }

    /// The style of a paragraph, with what it is based on.
    pub fn paragraph(&self, id: Option<&str>) -> Style {
        id.or(self.paragraph.as_deref()).map_or_else(Style::default, |id| self.resolved(id))
    }

    /// A style by its name in the file, with what it is based on.
    pub fn resolved(&self, id: &str) -> Style {
        let mut all = Style::default();
        let mut next = Some(id);
        for _ in 0..LONGEST_CHAIN {
            let Some(style) = next.and_then(|id| self.styles.get(id)) else { break };
            all.level = all.level.or(style.level);
            all.list = all.list.or(style.list);
            all.list_level = all.list_level.or(style.list_level);
            all.is_bold = all.is_bold.or(style.is_bold);
            all.is_hidden = all.is_hidden.or(style.is_hidden);
            next = style.based_on.as_deref();
        }
        all
    }
}

fn style(xml: &mut Xml<'_>, is_paragraph: bool) -> Result<Style, Fault> {
    let mut style = Style::default();
    let mut named = None;
    let depth = xml.depth();
    while let Some(child) = xml.child(depth)? {
        match child.name() {
            "name" => {
                named = child.value().filter(|_| is_paragraph).and_then(|name| level_of(&name))
            }
            "basedOn" => style.based_on = child.value(),
            "pPr" => {
                let depth = xml.depth();
                while let Some(child) = xml.child(depth)? {
                    match child.name() {
                        "outlineLvl" => style.level = outline_level(&child),
                        "numPr" => (style.list, style.list_level) = list(xml)?,
                        _ => {}
                    }
                }
            }
            "rPr" => {
                let depth = xml.depth();
                while let Some(child) = xml.child(depth)? {
                    match child.name() {
                        "b" => style.is_bold = Some(child.is_on()),
                        "vanish" => style.is_hidden = Some(child.is_on()),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    style.level = style.level.or(named);
    Ok(style)
}

/// The level that an outline level stands for: 1 for 0, and 0 for text.
pub fn outline_level(element: &Element<'_>) -> Option<u8> {
    let level = u8::try_from(element.number()?).ok()?;
    Some(if level < 9 { level + 1 } else { 0 })
}

/// The list and the level that number a paragraph. Its element has been begun.
pub fn list(xml: &mut Xml<'_>) -> Result<(Option<usize>, Option<usize>), Fault> {
    let (mut list, mut level) = (None, None);
    let depth = xml.depth();
    while let Some(child) = xml.child(depth)? {
        match child.name() {
            "numId" => list = child.number(),
            "ilvl" => level = child.number(),
            _ => {}
        }
    }
    Ok((list, level))
}

/// The level of a heading by the name of its style: `heading 1`, `标题 1`.
fn level_of(name: &str) -> Option<u8> {
    let name = name.trim().to_lowercase();
    let number = name.strip_prefix("heading").or_else(|| name.strip_prefix("标题"))?;
    number.trim().parse().ok().filter(|level| (1..=9).contains(level))
}

#[cfg(test)]
mod tests {
    use super::Styles;

    const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    fn styles(inside: &str) -> Styles {
        Styles::read(&format!(r#"<w:styles xmlns:w="{WORD}">{inside}</w:styles>"#)).unwrap()
    }

    #[test]
    fn a_style_has_what_it_is_based_on() {
        let styles = styles(
            r#"<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
            <w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>
            <w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr><w:rPr><w:b/></w:rPr></w:style>
            <w:style w:type="paragraph" w:styleId="mine"><w:name w:val="我的"/><w:basedOn w:val="1"/>
            <w:rPr><w:b w:val="0"/></w:rPr></w:style>"#,
        );
        let mine = styles.paragraph(Some("mine"));
        assert_eq!((mine.level, mine.list, mine.is_bold), (Some(1), Some(3), Some(false)));
        assert_eq!(styles.paragraph(None).level, None);
    }

    #[test]
    fn a_circle_of_styles_ends() {
        let styles = styles(
            r#"<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style>
            <w:style w:styleId="b"><w:basedOn w:val="a"/><w:rPr><w:b/></w:rPr></w:style>"#,
        );
        assert_eq!(styles.resolved("a").is_bold, Some(true));
    }
}
