//! Rewrites a line from left to right, and remembers which column stood where as typed.

/// A column of the mended line, and the typed column that it stands for; from there on the two
/// run side by side.
pub type Shift = (usize, usize);

/// A line being rewritten.
pub struct Pen<'l> {
    /// What is still to be copied.
    pub rest: &'l str,
    /// The typed column of its first character, from 1.
    pub column: usize,
    better: String,
    written: usize,
    shifts: Vec<Shift>,
}

impl<'l> Pen<'l> {
    /// Begins with a line as typed.
    pub fn new(line: &'l str) -> Self {
        let better = String::with_capacity(line.len() + 8);
        Self { rest: line, column: 1, better, written: 0, shifts: Vec::new() }
    }

    /// Copies some characters.
    pub fn keep(&mut self, characters: usize) {
        let text = self.take(characters);
        self.better.push_str(text);
        self.written += text.chars().count();
    }

    /// Leaves some characters out.
    pub fn skip(&mut self, characters: usize) {
        self.take(characters);
        self.mark();
    }

    /// Writes what was not typed.
    pub fn put(&mut self, text: &str) {
        self.better.push_str(text);
        self.written += text.chars().count();
        self.mark();
    }

    /// Writes something in place of some characters.
    pub fn swap(&mut self, characters: usize, text: &str) {
        self.take(characters);
        self.put(text);
    }

    /// How many blanks come next.
    pub fn blanks(&self) -> usize {
        self.rest.chars().take_while(|c| c.is_whitespace()).count()
    }

    /// Copies the rest, as a text in single quotes.
    pub fn quote(&mut self) {
        self.quote_from(0);
    }

    /// The same without some characters at the beginning.
    pub fn quote_from(&mut self, skipped: usize) {
        self.swap(skipped, "'");
        self.keep_quoted(usize::MAX);
        self.put("'");
    }

    /// Copies some characters without those around them, as a text in single quotes.
    pub fn quote_within(&mut self, characters: usize) {
        self.swap(1, "'");
        self.keep_quoted(characters);
        self.swap(1, "'");
    }

    /// Copies some characters as they are written in single quotes.
    pub fn keep_quoted(&mut self, characters: usize) {
        for _ in 0..characters {
            let Some(c) = self.rest.chars().next() else { break };
            self.keep(1);
            if c == '\'' {
                self.put("'");
            }
        }
    }

    /// The mended line, and where its columns stood.
    pub fn finish(mut self) -> (String, Vec<Shift>) {
        self.better.push_str(self.rest);
        (self.better, self.shifts)
    }

    fn take(&mut self, characters: usize) -> &'l str {
        let end = self.rest.char_indices().nth(characters).map_or(self.rest.len(), |(at, _)| at);
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        self.column += text.chars().count();
        text
    }

    fn mark(&mut self) {
        self.shifts.push((self.written + 1, self.column));
    }
}

/// The typed column that a column of the mended line stands for.
pub fn typed(shifts: &[Shift], column: usize) -> usize {
    let after = shifts.partition_point(|(mended, _)| *mended <= column);
    match (after.checked_sub(1).and_then(|at| shifts.get(at)), shifts.first()) {
        (Some((mended, typed)), _) => typed + (column - mended),
        // Blanks put in front of the line stand where the line begins.
        (None, Some((_, typed))) => column.min(*typed),
        (None, None) => column,
    }
}

#[cfg(test)]
mod tests {
    use super::{Pen, typed};

    #[test]
    fn a_line_is_copied_as_it_is() {
        assert_eq!(Pen::new("  title: 要点").finish(), ("  title: 要点".to_owned(), vec![]));
    }

    #[test]
    fn columns_after_a_mended_place_are_those_of_the_line_as_typed() {
        let mut pen = Pen::new("时间：5月");
        pen.keep(2);
        pen.swap(1, ": ");
        let (better, shifts) = pen.finish();
        assert_eq!(better, "时间: 5月");
        assert_eq!([1, 2, 5, 6].map(|column| typed(&shifts, column)), [1, 2, 4, 5]);
    }

    #[test]
    fn quotes_inside_a_quoted_text_are_doubled() {
        let mut pen = Pen::new("a: *it's");
        pen.keep(3);
        pen.quote();
        let (better, shifts) = pen.finish();
        assert_eq!(better, "a: '*it''s'");
        assert_eq!(typed(&shifts, 5), 4);
        assert_eq!(typed(&shifts, 10), 8);
    }
}
