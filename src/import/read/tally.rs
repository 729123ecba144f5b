//! Counts what is taken from a source and ends its reading where that is too much.

use super::fault::Fault;
use crate::limits;
use crate::words;

/// What has been taken so far.
#[derive(Debug, Default)]
pub struct Tally {
    characters: usize,
    paragraphs: usize,
    cells: usize,
}

impl Tally {
    /// Counts the characters of a text.
    pub fn text(&mut self, text: &str) -> Result<(), Fault> {
        self.characters = self.characters.saturating_add(text.chars().count());
        if self.characters > limits::SOURCE_CHARACTERS {
            let most = limits::SOURCE_CHARACTERS / 10_000;
            let thousands = most * 10;
            return Err(Fault::Large(words!(
                "文字超过{most}万字",
                "more than {thousands},000 characters"
            )));
        }
        Ok(())
    }

    /// Counts a paragraph.
    pub fn paragraph(&mut self) -> Result<(), Fault> {
        self.paragraphs += 1;
        if self.paragraphs > limits::SOURCE_PARAGRAPHS {
            let most = limits::SOURCE_PARAGRAPHS;
            return Err(Fault::Large(words!("段落超过{most}个", "more than {most} paragraphs")));
        }
        Ok(())
    }

    /// Counts cells of a table, those that are merged into others among them.
    pub fn cells(&mut self, number: usize) -> Result<(), Fault> {
        self.cells = self.cells.saturating_add(number);
        if self.cells > limits::SOURCE_CELLS {
            let most = limits::SOURCE_CELLS;
            return Err(Fault::Large(words!(
                "表格超过{most}个单元格",
                "more than {most} cells in its tables"
            )));
        }
        Ok(())
    }
}
