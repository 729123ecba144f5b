//! A paragraph: its runs of text, its fields, the number in front of it.

use super::story::{Line, Part, Story};
use super::styles::{self, Style};
use super::symbols;
use crate::import::read::bold::Bold;
use crate::import::read::fault::Fault;
use crate::import::read::xml::{Element, Space};

/// Fields inside each other that are told apart; more than Word itself can make.
const DEEPEST_FIELD: usize = 32;

/// Characters of a field's instruction that are kept: enough for its name.
const LONGEST_CODE: usize = 64;

/// A paragraph that is being read.
#[derive(Debug, Default)]
pub struct Draft {
    text: String,
    bold: Bold,
    style_name: Option<String>,
    style: Style,
    level: Option<u8>,
    list: Option<usize>,
    list_level: Option<usize>,
    /// Text that belongs to a table of contents.
    contents: String,
    has_hidden: bool,
    /// Whether its end is marked as deleted.
    is_open: bool,
}

/// How a run looks.
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    is_bold: bool,
    is_hidden: bool,
}

/// Fields that have begun and not ended.
#[derive(Debug, Default)]
pub struct Fields {
    open: Vec<Field>,
    /// Fields deeper than those.
    deeper: usize,
}

#[derive(Debug, Default)]
struct Field {
    code: String,
    /// Whether its result has begun; before that stands its instruction.
    in_result: bool,
}

/// What becomes of text in a field.
#[derive(Debug, PartialEq, Eq)]
enum Shown {
    Text,
    Contents,
    Nothing,
}

impl Fields {
    fn begin(&mut self) {
        if self.open.len() < DEEPEST_FIELD {
            self.open.push(Field::default());
        } else {
            self.deeper += 1;
        }
    }

    fn separate(&mut self) {
        if self.deeper == 0
            && let Some(field) = self.open.last_mut()
        {
            field.in_result = true;
        }
    }

    fn end(&mut self) {
        if self.deeper > 0 {
            self.deeper -= 1;
        } else {
            self.open.pop();
        }
    }

    fn instruct(&mut self, text: &str) {
        if self.deeper == 0
            && let Some(field) = self.open.last_mut()
            && !field.in_result
        {
            let left = LONGEST_CODE.saturating_sub(field.code.chars().count());
            field.code.extend(text.chars().take(left));
        }
    }

    /// Only a table of contents goes on over paragraphs; what was not ended is no reason to lose the
    /// paragraphs behind it.
    fn end_paragraph(&mut self) {
        self.open.retain(|field| field.in_result && field.is_contents());
        self.deeper = 0;
    }

    /// A heading stands in no table of contents.
    fn end_contents(&mut self) {
        self.open.retain(|field| !field.is_contents());
    }

    fn shown(&self) -> Shown {
        if self.open.iter().any(|field| !field.in_result || field.is_page()) {
            Shown::Nothing
        } else if self.open.iter().any(Field::is_contents) {
            Shown::Contents
        } else {
            Shown::Text
        }
    }
}

impl Field {
    fn name(&self) -> &str {
        self.code.split_whitespace().next().unwrap_or_default()
    }

    fn is_contents(&self) -> bool {
        self.name().eq_ignore_ascii_case("TOC")
    }

    fn is_page(&self) -> bool {
        ["PAGE", "NUMPAGES", "SECTIONPAGES"]
            .iter()
            .any(|name| self.name().eq_ignore_ascii_case(name))
    }
}

impl Story<'_, '_> {
    /// Reads a paragraph. Its start tag has been read.
    pub(super) fn paragraph(
        &mut self,
        parts: &mut Vec<Part>,
        carried: &mut Option<Draft>,
    ) -> Result<(), Fault> {
        let mut draft = match carried.take() {
            Some(Draft { text, bold, contents, has_hidden, .. }) => {
                Draft { text, bold, contents, has_hidden, ..Draft::default() }
            }
            None => Draft::default(),
        };
        draft.style = self.styles.paragraph(None);
        self.inline(&mut draft)?;
        self.fields.end_paragraph();
        if draft.is_open {
            *carried = Some(draft);
            return Ok(());
        }
        self.flush(Some(draft), parts)
    }

    /// Ends a paragraph: counts it and puts its number in front.
    pub(super) fn flush(
        &mut self,
        draft: Option<Draft>,
        parts: &mut Vec<Part>,
    ) -> Result<(), Fault> {
        let Some(draft) = draft else { return Ok(()) };
        if !draft.contents.trim().is_empty() {
            self.tally.paragraph()?;
            self.met.has_contents = true;
            self.met.asides.push(draft.contents.trim().to_owned());
        }
        let text = draft.text.trim();
        if text.is_empty() && (draft.has_hidden || !draft.contents.is_empty()) {
            return Ok(());
        }
        let label = self.label(&draft);
        let text = match &label {
            Some(label) => format!("{label}{text}"),
            None => text.to_owned(),
        };
        if text.is_empty() {
            return Ok(());
        }
        self.tally.paragraph()?;
        let level = draft.level.or(draft.style.level).filter(|level| *level > 0);
        let labelled = label.map_or(0, |label| label.chars().count());
        let bold = match draft.bold.count() {
            0 => 0,
            bold => bold + labelled,
        };
        parts.push(Part::Paragraph(Line { text, level, bold }));
        Ok(())
    }

    /// The number of a paragraph, with the blank that stands behind it.
    fn label(&mut self, draft: &Draft) -> Option<String> {
        let numbering = self.numbering.as_deref_mut()?;
        let list = draft.list.or(draft.style.list).filter(|list| *list > 0)?;
        let of_style = || {
            let name = draft.style_name.as_deref().filter(|_| draft.list.is_none())?;
            numbering.level_of_style(list, name)
        };
        let level = draft.list_level.or_else(of_style).or(draft.style.list_level);
        let label = numbering.count(list, level.unwrap_or(0))?;
        // Behind 1、 nothing is missed; behind 1.1, and between 1. and 2021, there is a blank.
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let first = draft.text.trim_start().chars().next();
        let last = label.text.chars().next_back();
        let meets = is_latin(first) && last.is_some_and(|c| c.is_ascii());
        let is_apart = first.is_some() && !label.is_tight && (is_word(last) || meets);
        Some(if is_apart { format!("{} ", label.text) } else { label.text })
    }

    /// Reads what stands in a line.
    fn inline(&mut self, draft: &mut Draft) -> Result<(), Fault> {
        let depth = self.xml.depth();
        while let Some(child) = self.xml.child(depth)? {
            match (child.space(), child.name()) {
                (Space::Word | Space::Math, "r") => self.run(draft)?,
                (Space::Word, "pPr") => self.paragraph_properties(draft)?,
                (Space::Word, "del" | "moveFrom") => self.met.has_deletions = true,
                (Space::Word, "ins" | "moveTo") => {
                    self.met.has_insertions = true;
                    self.inline(draft)?;
                }
                (Space::Word, "fldSimple") => {
                    self.fields.begin();
                    self.fields.instruct(&child.attribute("instr").unwrap_or_default());
                    self.fields.separate();
                    self.inline(draft)?;
                    self.fields.end();
                }
                (
                    Space::Word,
                    "hyperlink" | "sdt" | "sdtContent" | "customXml" | "smartTag" | "dir" | "bdo",
                )
                | (Space::Math, _) => self.inline(draft)?,
                (Space::Compatibility, "AlternateContent") => {
                    self.alternate(|story| story.inline(draft))?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn paragraph_properties(&mut self, draft: &mut Draft) -> Result<(), Fault> {
        let depth = self.xml.depth();
        while let Some(child) = self.xml.child(depth)? {
            match child.name() {
                "pStyle" => {
                    draft.style_name = child.value();
                    draft.style = self.styles.paragraph(draft.style_name.as_deref());
                }
                "outlineLvl" => draft.level = styles::outline_level(&child),
                "numPr" => (draft.list, draft.list_level) = styles::list(&mut self.xml)?,
                "rPr" => {
                    let depth = self.xml.depth();
                    while let Some(child) = self.xml.child(depth)? {
                        match child.name() {
                            "del" | "moveFrom" => {
                                (draft.is_open, self.met.has_deletions) = (true, true);
                            }
                            "ins" | "moveTo" => self.met.has_insertions = true,
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        if draft.level.or(draft.style.level).is_some_and(|level| level > 0) {
            self.fields.end_contents();
        }
        Ok(())
    }

    fn run(&mut self, draft: &mut Draft) -> Result<(), Fault> {
        let is_bold = draft.style.is_bold.unwrap_or(false);
        let is_hidden = draft.style.is_hidden.unwrap_or(false);
        self.run_content(draft, &mut Look { is_bold, is_hidden })
    }

    fn run_content(&mut self, draft: &mut Draft, look: &mut Look) -> Result<(), Fault> {
        let depth = self.xml.depth();
        while let Some(child) = self.xml.child(depth)? {
            match (child.space(), child.name()) {
                (Space::Word, "rPr") => self.run_properties(look)?,
                (Space::Word | Space::Math, "t") => self.text(&child, draft, *look)?,
                (Space::Word, "tab" | "ptab") => self.add("\t", draft, *look)?,
                // Where a page or a column ends, a paragraph goes on.
                (Space::Word, "br")
                    if child.attribute("type").is_some_and(|kind| kind != "textWrapping") => {}
                (Space::Word, "br" | "cr") => self.add("\n", draft, *look)?,
                (Space::Word, "noBreakHyphen") => self.add("-", draft, *look)?,
                (Space::Word, "sym") => {
                    let code = child.attribute("char").unwrap_or_default();
                    let font = child.attribute("font").unwrap_or_default();
                    if let Some(character) = symbols::character(&code, &font) {
                        self.add(character.encode_utf8(&mut [0; 4]), draft, *look)?;
                    }
                }
                (Space::Word, "fldChar") => match child.attribute("fldCharType").as_deref() {
                    Some("begin") => self.fields.begin(),
                    Some("separate") => self.fields.separate(),
                    Some("end") => self.fields.end(),
                    _ => {}
                },
                (Space::Word, "instrText") => {
                    let text = self.xml.text()?;
                    self.fields.instruct(&text);
                }
                (Space::Word, "delText") => self.met.has_deletions = true,
                (Space::Word, "drawing" | "pict") => self.shapes()?,
                (Space::Word, "object") => self.object()?,
                // What is read aloud above a character is no part of the line.
                (Space::Word, "ruby" | "rubyBase") => self.run_content(draft, look)?,
                (Space::Word, "r") => self.run(draft)?,
                (Space::Compatibility, "AlternateContent") => {
                    self.alternate(|story| story.run_content(draft, look))?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn run_properties(&mut self, look: &mut Look) -> Result<(), Fault> {
        let (mut is_bold, mut is_hidden) = (None, None);
        let depth = self.xml.depth();
        while let Some(child) = self.xml.child(depth)? {
            match child.name() {
                "b" => is_bold = Some(child.is_on()),
                "vanish" => is_hidden = Some(child.is_on()),
                "rStyle" => {
                    // What two styles both switch on is off again.
                    let style = child.value().map(|name| self.styles.resolved(&name));
                    let style = style.unwrap_or_default();
                    look.is_bold ^= style.is_bold.unwrap_or(false);
                    look.is_hidden ^= style.is_hidden.unwrap_or(false);
                }
                "del" => self.met.has_deletions = true,
                _ => {}
            }
        }
        look.is_bold = is_bold.unwrap_or(look.is_bold);
        look.is_hidden = is_hidden.unwrap_or(look.is_hidden);
        Ok(())
    }

    fn text(&mut self, element: &Element<'_>, draft: &mut Draft, look: Look) -> Result<(), Fault> {
        let is_kept = element.attribute("space").is_some_and(|space| space == "preserve");
        let text = self.xml.text()?;
        let text = if is_kept { text.as_str() } else { text.trim_matches([' ', '\n', '\r', '\t']) };
        // Lines of the file are none of the paragraph.
        self.add(&text.replace(['\n', '\r'], " "), draft, look)
    }

    /// Adds text to the paragraph, if it is shown.
    fn add(&mut self, text: &str, draft: &mut Draft, look: Look) -> Result<(), Fault> {
        if look.is_hidden {
            draft.has_hidden = true;
            self.met.has_hidden |= !text.trim().is_empty();
            return Ok(());
        }
        let shown = self.fields.shown();
        if shown == Shown::Nothing {
            return Ok(());
        }
        self.tally.text(text)?;
        if shown == Shown::Contents {
            draft.contents.push_str(text);
            return Ok(());
        }
        text.chars().for_each(|c| draft.bold.add(c, look.is_bold));
        draft.text.push_str(text);
        Ok(())
    }
}
