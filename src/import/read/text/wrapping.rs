//! Texts that were broken into lines of one width, as they come out of a PDF.

use super::is_blank;
use crate::import::numbering;

/// How a text was broken into lines of about one width.
pub struct Wrapping {
    /// How wide its lines are.
    width: usize,
    /// Whether its paragraphs begin with blanks.
    is_indented: bool,
}

/// Narrower lines may be of one width by chance.
const NARROW: usize = 60;

/// What a paragraph ends with.
const CLOSING: [char; 4] = ['。', '；', '：', '！'];

/// What a paragraph may begin with.
const BLANKS: [char; 2] = ['\u{3000}', ' '];

/// What no line begins with but one that goes on.
const INNER: [char; 8] = ['，', '。', '、', '；', '：', '）', '》', '”'];

impl Wrapping {
    /// Finds how a text was broken into lines; none if a line is a paragraph. Tables do not count.
    pub fn of(lines: &[&str]) -> Option<Self> {
        let text = || lines.iter().filter(|line| !is_blank(line) && !line.contains('\t'));
        let width = text().map(|line| width_of(line)).max();
        let width = width.filter(|width| (36..=120).contains(width))?;
        let is_indented = text().filter(|line| line.starts_with(BLANKS)).count() >= 4;
        let wrapping = Self { width, is_indented };
        // Lines of full width that end in the middle of a sentence.
        let broken = lines.windows(2).filter(|pair| {
            let line = pair[0].trim_end();
            let ends = line.ends_with(CLOSING) || line.contains('\t');
            !ends && wrapping.goes_on(line, line, pair[1])
        });
        let fewest = if width < NARROW { 4 } else { 2 };
        (broken.take(fewest).count() == fewest).then_some(wrapping)
    }

    /// Whether a line goes on with a text that ends with another line, as a full line does.
    pub fn goes_on(&self, text: &str, last: &str, line: &str) -> bool {
        if is_blank(line) || line.contains('\t') {
            return false;
        }
        if !self.is_full(last) {
            // A title may be broken where it looks well.
            return is_open(text, &['《'], &['》']) && !text.ends_with(CLOSING) && !begins(line);
        }
        // Where paragraphs begin with blanks, a full line may end with a sentence.
        let is_whole =
            text.ends_with(CLOSING) && !(self.is_indented && line.trim_end().ends_with(CLOSING));
        is_open(text, &['（', '('], &['）', ')'])
            || line.starts_with(INNER)
            || !is_whole && !begins(line)
    }

    /// Whether a line is as wide as lines are but for a character or two that did not fit.
    fn is_full(&self, line: &str) -> bool {
        width_of(line) + 5 >= self.width
    }
}

/// — 3 —, or 3
pub fn is_page_number(line: &str) -> bool {
    let number = line.trim_matches(|c: char| c.is_whitespace() || "—-－–·".contains(c));
    (1..=3).contains(&number.len()) && number.chars().all(|c| c.is_ascii_digit())
}

/// How wide a line is printed: Chinese characters are twice as wide as Latin ones.
fn width_of(line: &str) -> usize {
    line.trim_end().chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// Whether a line begins a paragraph.
fn begins(line: &str) -> bool {
    line.starts_with(BLANKS) || numbering::split(line).is_some()
}

/// Whether a bracket is open at the end of a text.
fn is_open(text: &str, open: &[char], close: &[char]) -> bool {
    const LONGEST: usize = 400;
    text.len() < LONGEST && text.matches(open).count() > text.matches(close).count()
}
