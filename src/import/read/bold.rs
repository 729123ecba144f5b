//! How much of a line is bold at its beginning.

/// Counts while a line is written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Bold {
    /// Characters from the first that is no blank on.
    length: usize,
    /// How many of them are bold, from the first on.
    bold: usize,
    /// Whether something that is not bold has come.
    is_plain: bool,
}

impl Bold {
    /// Takes note of a character.
    pub fn add(&mut self, character: char, is_bold: bool) {
        let is_blank = character.is_whitespace();
        if self.length == 0 && is_blank {
            return;
        }
        self.length += 1;
        match (is_blank, is_bold) {
            (true, _) => {}
            (false, false) => self.is_plain = true,
            (false, true) if self.is_plain => {}
            (false, true) => self.bold = self.length,
        }
    }

    /// How many characters at the beginning are bold.
    pub fn count(self) -> usize {
        self.bold
    }
}
