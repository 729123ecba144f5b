//! Changes of a text, gathered and made all at once.

use std::ops::Range;

/// A piece of the text and what comes in its place.
#[derive(Debug, Clone)]
struct Stroke {
    range: Range<usize>,
    text: String,
    order: usize,
}

/// Gathers changes of a text.
#[derive(Debug)]
pub(super) struct Pen<'t> {
    raw: &'t str,
    strokes: Vec<Stroke>,
}

/// Two changes are of the same piece.
#[derive(Debug)]
pub(super) struct Overlap;

impl<'t> Pen<'t> {
    /// Begins with a text.
    pub fn new(raw: &'t str) -> Self {
        Self { raw, strokes: Vec::new() }
    }

    /// Puts a text in the place of a piece.
    pub fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        let order = self.strokes.len();
        self.strokes.push(Stroke { range, text: text.into(), order });
    }

    /// Puts a text in front of a byte.
    pub fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at..at, text);
    }

    /// Takes a piece out, with the changes that were made in it, and returns it as changed.
    pub fn cut(&mut self, range: Range<usize>) -> Result<String, Overlap> {
        let is_inside = |stroke: &Stroke| {
            range.start <= stroke.range.start
                && stroke.range.end <= range.end
                && stroke.range.start < range.end
        };
        let (inside, rest) = std::mem::take(&mut self.strokes).into_iter().partition(is_inside);
        self.strokes = rest;
        let text = write(self.raw, range.clone(), inside)?;
        self.replace(range, "");
        Ok(text)
    }

    /// The text with all changes.
    pub fn finish(self) -> Result<String, Overlap> {
        write(self.raw, 0..self.raw.len(), self.strokes)
    }
}

fn write(raw: &str, range: Range<usize>, mut strokes: Vec<Stroke>) -> Result<String, Overlap> {
    // What is put in front of a byte comes before what is put in the byte's place.
    strokes.sort_by_key(|s| (s.range.start, s.range.end > s.range.start, s.order));
    let mut text = String::with_capacity(range.len());
    let mut at = range.start;
    for stroke in strokes {
        if stroke.range.start < at {
            return Err(Overlap);
        }
        text.push_str(&raw[at..stroke.range.start]);
        text.push_str(&stroke.text);
        at = stroke.range.end;
    }
    text.push_str(&raw[at..range.end]);
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::Pen;

    #[test]
    fn changes_are_made_where_they_belong() {
        let mut pen = Pen::new("一二三四五");
        pen.replace(3..6, "2");
        pen.insert(3, "甲");
        pen.insert(3, "乙");
        assert_eq!(pen.cut(9..12).unwrap(), "四");
        pen.insert(15, "四");
        assert_eq!(pen.finish().unwrap(), "一甲乙2三五四");
    }

    #[test]
    fn what_is_cut_takes_its_changes_along() {
        let mut pen = Pen::new("abcdef");
        pen.replace(2..3, "C");
        assert_eq!(pen.cut(1..4).unwrap(), "bCd");
        assert_eq!(pen.finish().unwrap(), "aef");
    }

    #[test]
    fn no_piece_is_changed_twice() {
        let mut pen = Pen::new("abc");
        pen.replace(0..2, "x");
        pen.replace(1..3, "y");
        assert!(pen.finish().is_err());
    }
}
