//! A run of paragraphs and tables: the body, a cell, a note, a text box.

use super::Met;
use super::numbering::Numbering;
use super::paragraph::{Draft, Fields};
use super::styles::Styles;
use crate::import::document::Merged;
use crate::import::read::fault::Fault;
use crate::import::read::tally::Tally;
use crate::import::read::xml::{Space, Xml};

/// A paragraph or a table as it stands in the file.
#[derive(Debug)]
pub enum Part {
    /// A paragraph with something in it.
    Paragraph(Line),
    /// A table.
    Table(Rows),
}

/// A paragraph.
#[derive(Debug)]
pub struct Line {
    /// Its text behind its number.
    pub text: String,
    /// Its level as a heading, from 1.
    pub level: Option<u8>,
    /// How many characters at its beginning are bold.
    pub bold: usize,
}

/// The rows of a table.
#[derive(Debug, Default)]
pub struct Rows(pub Vec<Row>);

/// A row.
#[derive(Debug, Default)]
pub struct Row {
    /// Columns in front of its first cell.
    pub before: usize,
    /// Columns behind its last cell.
    pub after: usize,
    /// Its cells.
    pub cells: Vec<Piled>,
    is_gone: bool,
}

/// A cell, with all that stands in it.
#[derive(Debug, Default)]
pub struct Piled {
    /// Over how many columns and how it goes on with others.
    pub reach: Reach,
    /// What stands in it.
    pub parts: Vec<Part>,
}

/// Over how many columns a cell reaches, and whether it goes on with another.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reach {
    /// Columns; 0 where the file says nothing.
    pub columns: usize,
    /// Whether it goes on with the cell above or on the left.
    pub merged: Merged,
}

/// A run of paragraphs and tables that is being read.
#[derive(Debug)]
pub struct Story<'s, 'x> {
    pub(super) xml: Xml<'x>,
    pub(super) styles: &'s Styles,
    /// None where paragraphs have no numbers.
    pub(super) numbering: Option<&'s mut Numbering>,
    pub(super) tally: &'s mut Tally,
    pub(super) met: &'s mut Met,
    pub(super) fields: Fields,
    /// What is known of the cell that is being read.
    reach: Reach,
}

impl<'s, 'x> Story<'s, 'x> {
    /// Begins behind the start tag of what holds the story.
    pub fn new(
        xml: Xml<'x>,
        styles: &'s Styles,
        numbering: Option<&'s mut Numbering>,
        tally: &'s mut Tally,
        met: &'s mut Met,
    ) -> Self {
        let (fields, reach) = (Fields::default(), Reach::default());
        Self { xml, styles, numbering, tally, met, fields, reach }
    }

    /// Reads all paragraphs and tables up to the end of the element that holds them.
    pub fn blocks(&mut self, parts: &mut Vec<Part>) -> Result<(), Fault> {
        let mut carried = None;
        self.gather(parts, &mut carried)?;
        self.flush(carried, parts)
    }

    /// The next note of a part with notes; none behind the last one.
    pub fn note(&mut self) -> Result<Option<Vec<Part>>, Fault> {
        while let Some(child) = self.xml.child(1)? {
            if ["footnote", "endnote", "comment"].iter().any(|name| child.is(name)) {
                let mut parts = Vec::new();
                self.fields = Fields::default();
                self.blocks(&mut parts)?;
                return Ok(Some(parts));
            }
        }
        Ok(None)
    }

    /// `carried` is a paragraph whose end is marked as deleted, so that the next one goes on with it.
    fn gather(&mut self, parts: &mut Vec<Part>, carried: &mut Option<Draft>) -> Result<(), Fault> {
        let depth = self.xml.depth();
        while let Some(child) = self.xml.child(depth)? {
            match (child.space(), child.name()) {
                (Space::Word, "p") => self.paragraph(parts, carried)?,
                (Space::Word, "tbl") => {
                    self.flush(carried.take(), parts)?;
                    let mut rows = Rows::default();
                    self.rows(&mut rows)?;
                    parts.push(Part::Table(rows));
                }
                (Space::Word, "tcPr") => self.reach()?,
                (Space::Word, "del" | "moveFrom") => self.met.has_deletions = true,
                (Space::Word, "ins" | "moveTo") => {
                    self.met.has_insertions = true;
                    self.gather(parts, carried)?;
                }
                (Space::Word, "altChunk") => self.met.objects += 1,
                (Space::Word, "body" | "sdt" | "sdtContent" | "customXml" | "smartTag") => {
                    self.gather(parts, carried)?;
                }
                (Space::Compatibility, "AlternateContent") => {
                    self.alternate(|story| story.gather(parts, carried))?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Reads one of several ways in which something is written.
    pub(super) fn alternate(
        &mut self,
        mut read: impl FnMut(&mut Self) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let depth = self.xml.depth();
        let mut is_read = false;
        while let Some(child) = self.xml.child(depth)? {
            if !is_read && matches!(child.name(), "Choice" | "Fallback") {
                is_read = true;
                read(self)?;
            }
        }
        Ok(())
    }

    fn rows(&mut self, rows: &mut Rows) -> Result<(), Fault> {
        let depth = self.xml.depth();
        while let Some(child) = self.xml.child(depth)? {
            match (child.space(), child.name()) {
                (Space::Word, "tr") => {
                    let mut row = Row::default();
                    self.cells(&mut row)?;
                    if !row.is_gone {
                        rows.0.push(row);
                    }
                }
                (Space::Word, "del" | "moveFrom") => self.met.has_deletions = true,
                (Space::Word, "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo") => {
                    self.rows(rows)?;
                }
                (Space::Compatibility, "AlternateContent") => {
                    self.alternate(|story| story.rows(rows))?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn cells(&mut self, row: &mut Row) -> Result<(), Fault> {
        let depth = self.xml.depth();
        while let Some(child) = self.xml.child(depth)? {
            match (child.space(), child.name()) {
                (Space::Word, "tc") => {
                    self.tally.cells(1)?;
                    let outer = std::mem::take(&mut self.reach);
                    let mut parts = Vec::new();
                    self.blocks(&mut parts)?;
                    let reach = std::mem::replace(&mut self.reach, outer);
                    row.cells.push(Piled { reach, parts });
                }
                (Space::Word, "trPr") => self.row_properties(row)?,
                (Space::Word, "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo") => {
                    self.cells(row)?;
                }
                (Space::Compatibility, "AlternateContent") => {
                    self.alternate(|story| story.cells(row))?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn row_properties(&mut self, row: &mut Row) -> Result<(), Fault> {
        let depth = self.xml.depth();
        while let Some(child) = self.xml.child(depth)? {
            match child.name() {
                "gridBefore" => row.before = child.number().unwrap_or_default(),
                "gridAfter" => row.after = child.number().unwrap_or_default(),
                "del" => (row.is_gone, self.met.has_deletions) = (true, true),
                "ins" => self.met.has_insertions = true,
                "hidden" if child.is_on() => (row.is_gone, self.met.has_hidden) = (true, true),
                _ => {}
            }
        }
        Ok(())
    }

    fn reach(&mut self) -> Result<(), Fault> {
        let depth = self.xml.depth();
        while let Some(child) = self.xml.child(depth)? {
            let goes_on = child.value().is_none_or(|value| value != "restart");
            match child.name() {
                "gridSpan" => self.reach.columns = child.number().unwrap_or_default(),
                "vMerge" if goes_on => self.reach.merged = Merged::Above,
                "hMerge" if goes_on => self.reach.merged = Merged::Left,
                _ => {}
            }
        }
        Ok(())
    }
}
