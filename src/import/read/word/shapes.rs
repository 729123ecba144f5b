//! What is drawn on the page: text boxes, pictures, objects of other programs.

use super::layout;
use super::story::Story;
use crate::import::read::fault::Fault;
use crate::import::read::xml::Space;

impl Story<'_, '_> {
    /// Reads the text of what is drawn, and counts the pictures.
    pub(super) fn shapes(&mut self) -> Result<(), Fault> {
        let depth = self.xml.depth();
        while let Some(child) = self.xml.child(depth)? {
            match (child.space(), child.name()) {
                (Space::Word, "txbxContent") => self.text_box()?,
                (Space::Compatibility, "AlternateContent") => self.alternate(Self::shapes)?,
                (_, "blip" | "imagedata") => self.met.pictures += 1,
                (_, "OLEObject" | "chart" | "relIds") => self.met.objects += 1,
                (_, "textpath") => {
                    let text = child.attribute("string").unwrap_or_default();
                    self.tally.text(&text)?;
                    self.aside(text)?;
                }
                _ => self.shapes()?,
            }
        }
        Ok(())
    }

    /// Reads an object of another program. The picture that stands for it is none of its own.
    pub(super) fn object(&mut self) -> Result<(), Fault> {
        let (pictures, objects) = (self.met.pictures, self.met.objects);
        self.shapes()?;
        if self.met.objects > objects {
            self.met.pictures = pictures;
        }
        Ok(())
    }

    fn text_box(&mut self) -> Result<(), Fault> {
        let numbering = self.numbering.take();
        let fields = std::mem::take(&mut self.fields);
        let mut parts = Vec::new();
        self.blocks(&mut parts)?;
        self.fields = fields;
        self.numbering = numbering;
        self.aside(layout::lines(&parts))
    }

    fn aside(&mut self, text: String) -> Result<(), Fault> {
        if !text.trim().is_empty() {
            self.tally.paragraph()?;
            self.met.asides.push(text);
        }
        Ok(())
    }
}
