//! A file's characters, as the YAML scanner asks for them. It asks several times for each, and
//! most are Chinese: what their first byte tells need not be decoded.

use saphyr_parser::input::{Input, is_blank, is_blank_or_breakz, is_breakz, is_flow};

/// How many characters the scanner takes between two looks ahead. All of them are at hand anyway, but
/// it makes room for as many in each text, and most are short.
const AT_ONCE: usize = 16;

/// The characters of a file that have not been read.
#[derive(Debug, Clone)]
pub struct Characters<'f> {
    rest: &'f str,
    /// How far the scanner has asked to look ahead.
    asked: usize,
}

impl<'f> Characters<'f> {
    /// All characters of a text.
    pub fn of(text: &'f str) -> Self {
        Self { rest: text, asked: 0 }
    }

    /// The first byte, which is the whole character if that is one of YAML's marks. The end of
    /// the text reads as NUL.
    fn first_byte(&self) -> u8 {
        self.rest.as_bytes().first().copied().unwrap_or_default()
    }
}

impl Input for Characters<'_> {
    fn lookahead(&mut self, count: usize) {
        self.asked = self.asked.max(count);
    }

    fn buflen(&self) -> usize {
        self.asked
    }

    fn bufmaxlen(&self) -> usize {
        AT_ONCE
    }

    fn raw_read_ch(&mut self) -> char {
        let next = self.peek();
        self.skip();
        next
    }

    fn raw_read_non_breakz_ch(&mut self) -> Option<char> {
        let next = self.peek_opt().filter(|c| !is_breakz(*c) && *c != '\u{feff}');
        next.inspect(|_| self.skip())
    }

    fn skip(&mut self) {
        let width = match self.first_byte() {
            0x00..0x80 => 1,
            0x80..0xe0 => 2,
            0xe0..0xf0 => 3,
            0xf0..=0xff => 4,
        };
        self.rest = self.rest.get(width..).unwrap_or_default();
    }

    fn skip_n(&mut self, count: usize) {
        (0..count).for_each(|_| self.skip());
    }

    fn peek(&self) -> char {
        match self.first_byte() {
            byte if byte.is_ascii() => char::from(byte),
            _ => self.peek_opt().unwrap_or_default(),
        }
    }

    fn peek_nth(&self, n: usize) -> char {
        self.rest.chars().nth(n).unwrap_or_default()
    }

    fn peek_opt(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn next_is_blank_or_breakz(&self) -> bool {
        is_blank_or_breakz(char::from(self.first_byte()))
    }

    fn next_is_blank_or_break(&self) -> bool {
        let first = char::from(self.first_byte());
        is_blank(first) || (is_breakz(first) && first != '\0')
    }

    fn next_can_be_plain_scalar(&self, in_flow: bool) -> bool {
        let ends = |next| is_blank_or_breakz(next) || (in_flow && is_flow(next));
        match self.first_byte() {
            b':' => !ends(self.peek_nth(1)),
            0xef => self.peek() != '\u{feff}',
            byte => !(in_flow && is_flow(char::from(byte))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Characters;
    use proptest::prelude::{ProptestConfig, proptest};
    use saphyr_parser::{Event, Input, Parser, ScanError, Span};

    /// All that is read, up to the first fault: behind it there is no end.
    fn read<'t, T: Input>(parser: Parser<'t, T>) -> Vec<Result<(Event<'t>, Span), ScanError>> {
        let mut is_sound = true;
        let events = parser.take_while(|event| std::mem::replace(&mut is_sound, event.is_ok()));
        events.collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        /// The crate's own input is the measure of what is read, and of where it stands; but it
        /// counts the bytes of a directive (`%…`), not its characters.
        #[test]
        fn the_scanner_reads_what_it_would_read_otherwise(
            text in "([-:#\n ]|[-?:,\\[\\]{}#&*!|>'\"@\t\r\n ]|工会|要点|a|é|𠮷|\u{feff}|\0|: |- |\n  ){0,60}",
        ) {
            let ours = read(Parser::new(Characters::of(&text)));
            assert_eq!(ours, read(Parser::new_from_str(&text)));
        }
    }
}
