//! Which columns the lines of a file begin in, level by level: what tells a line that is out of
//! line from one that opens a level of its own.

/// What the lines of a level are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `key: value`
    Map,
    /// `- …`
    List,
}

/// A level that lines can still be added to.
#[derive(Debug, Clone, Copy)]
struct Level {
    shape: Shape,
    /// The column its lines begin in as typed, from 0.
    typed: usize,
    /// The column they begin in once they are mended.
    mended: usize,
    /// The latest of its lines.
    line: usize,
}

/// The levels that are open at a line, the outermost first.
#[derive(Default)]
pub struct Levels {
    open: Vec<Level>,
    /// Whether the line before ended in a key without a value, so that a level may open below it.
    pub awaits: bool,
}

/// Where a line belongs.
#[derive(Debug, PartialEq, Eq)]
pub struct Position {
    /// The column it has to begin in, from 0.
    pub column: usize,
    /// The line to line it up with, where it stands out of line.
    pub beside: Option<usize>,
}

impl Levels {
    /// Tells whether lines of `key: value` begin in this column.
    pub fn has_map_at(&self, column: usize) -> bool {
        self.open.iter().any(|level| level.shape == Shape::Map && level.typed == column)
    }

    /// Tells whether a line of `key: value` in this column opens a level.
    pub fn opens(&self, typed: usize) -> bool {
        self.open.last().is_none_or(|last| self.awaits && typed > last.typed)
    }

    /// The column of the innermost level: (as typed, as mended).
    pub fn innermost(&self) -> (usize, usize) {
        self.open.last().map_or((0, 0), |level| (level.typed, level.mended))
    }

    /// Finds the level of a line, opens it or closes those inside it. How far a line with a tab in
    /// front was meant to go in, nobody can see: unless it fits, it goes on with the innermost.
    pub fn place(&mut self, shape: Shape, typed: usize, has_tab: bool, line: usize) -> Position {
        let below = self.open.last().copied();
        let opens = self.open.is_empty()
            || self.awaits
                && below.is_some_and(|last| match shape {
                    Shape::Map => typed > last.typed,
                    Shape::List => typed >= last.typed,
                });
        if opens {
            let column = below.map_or(typed, |last| last.mended + typed - last.typed);
            self.open.push(Level { shape, typed, mended: column, line });
            return Position { column, beside: None };
        }
        let exact = |level: &Level| level.shape == shape && level.typed == typed;
        if let Some(at) = self.open.iter().rposition(exact) {
            self.open.truncate(at + 1);
            self.open[at].line = line;
            return Position { column: self.open[at].mended, beside: None };
        }
        let near =
            (0..self.open.len()).filter(|&at| self.open[at].shape == shape).min_by_key(|&at| {
                (self.open[at].typed.abs_diff(typed) * usize::from(!has_tab), usize::MAX - at)
            });
        let Some(at) = near else {
            return Position { column: typed, beside: None };
        };
        self.open.truncate(at + 1);
        let beside = Some(self.open[at].line);
        self.open[at].line = line;
        Position { column: self.open[at].mended, beside }
    }

    /// Opens the level that a line begins behind its dash: `- task: …`.
    pub fn behind_dash(&mut self, typed: usize, mended: usize, line: usize) {
        self.open.push(Level { shape: Shape::Map, typed, mended, line });
    }
}

#[cfg(test)]
mod tests {
    use super::{Levels, Position, Shape};

    fn tasks() -> Levels {
        let mut levels = Levels::default();
        levels.place(Shape::Map, 0, false, 1); // tasks:
        levels.awaits = true;
        levels.place(Shape::List, 2, false, 2); //   - task: …
        levels.behind_dash(4, 4, 2);
        levels.awaits = false;
        levels
    }

    #[test]
    fn a_line_in_the_column_of_its_level_is_in_line() {
        let mut levels = tasks();
        assert_eq!(levels.place(Shape::Map, 4, false, 3), Position { column: 4, beside: None });
        assert_eq!(levels.place(Shape::List, 2, false, 4), Position { column: 2, beside: None });
        assert_eq!(levels.place(Shape::Map, 0, false, 5), Position { column: 0, beside: None });
    }

    #[test]
    fn a_line_out_of_line_belongs_to_the_nearest_level() {
        for (typed, column) in [(3, 4), (5, 4), (6, 4), (1, 0), (2, 4)] {
            let position = tasks().place(Shape::Map, typed, false, 3);
            let beside = if column == 4 { 2 } else { 1 };
            assert_eq!(position, Position { column, beside: Some(beside) }, "{typed}");
        }
    }

    #[test]
    fn what_stands_below_a_moved_line_moves_with_it() {
        let mut levels = tasks();
        assert_eq!(levels.place(Shape::List, 3, false, 3), Position { column: 2, beside: Some(2) });
        levels.behind_dash(5, 4, 3);
        assert_eq!(levels.place(Shape::Map, 5, false, 4), Position { column: 4, beside: None });
    }

    #[test]
    fn a_line_with_a_tab_goes_on_with_the_innermost_level_unless_it_fits() {
        let position = tasks().place(Shape::Map, 2, true, 3);
        assert_eq!(position, Position { column: 4, beside: Some(2) });
        assert_eq!(tasks().place(Shape::Map, 0, true, 3), Position { column: 0, beside: None });
    }
}
