//! Bytes → text, in the encodings that Chinese offices and their web pages have.

use super::fault::Fault;
use super::tally::Tally;
use crate::diagnostic::Words;
use crate::import::document::Document;
use crate::words;
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// Text with what is to be said about its encoding.
#[derive(Debug)]
pub struct Decoded<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// Whether some bytes are no text in the encoding.
    pub is_lossy: bool,
}

impl Decoded<'_> {
    /// Notes in a document that some characters could not be read.
    pub fn remark(&self, document: &mut Document) {
        if self.is_lossy {
            document.remarks.push(unreadable_characters());
        }
    }
}

/// Reads a text by its mark, its bytes, or the encoding that it names itself.
pub fn decode<'a>(bytes: &'a [u8], named: Option<&'static Encoding>) -> Decoded<'a> {
    if let Some(text) = marked(bytes) {
        return Decoded { is_lossy: text.contains('\u{FFFD}'), text };
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: Cow::Borrowed(text), is_lossy: false };
    }
    let guessed = [UTF_16LE, UTF_16BE].into_iter().find(|one| is_wide(bytes, one));
    let encoding =
        guessed.or(named.filter(|named| *named != UTF_8)).unwrap_or_else(|| chinese(bytes));
    let (text, is_lossy) = encoding.decode_without_bom_handling(bytes);
    // A cut last character of a text in UTF-8 should not cost all the others.
    let (plain, _) = UTF_8.decode_without_bom_handling(bytes);
    let broken = |text: &str| text.matches('\u{FFFD}').count();
    if broken(&plain) * BROKEN_SHARE < plain.chars().filter(|c| !c.is_ascii()).count() {
        return Decoded { text: plain, is_lossy: true };
    }
    Decoded { text, is_lossy }
}

/// Makes sure that a plain text holds no more than is read, so that whoever cuts it into lines and
/// cells needs no bounds of their own.
pub fn check(text: &str) -> Result<(), Fault> {
    let mut tally = Tally::default();
    tally.text(text)?;
    let tabs = |line: &str| line.matches('\t').count();
    let (mut rows, mut width) = (0_usize, 0);
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        tally.paragraph()?;
        rows += usize::from(line.contains('\t'));
        width = width.max(tabs(line) + 1);
    }
    tally.cells(rows.saturating_mul(width))
}

/// A text is UTF-8 if fewer than one in so many of its characters beyond ASCII are broken.
const BROKEN_SHARE: usize = 50;

/// The text behind a byte order mark; none where there is no mark.
pub fn marked(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let (encoding, length) = Encoding::for_bom(bytes)?;
    Some(encoding.decode_without_bom_handling(&bytes[length..]).0)
}

/// The encoding that a name stands for; pages that say `gb2312` mean all of GB18030.
pub fn named(name: &str) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(name.trim().as_bytes())?;
    Some(if encoding == encoding_rs::GBK { GB18030 } else { encoding })
}

/// The edition of UTF-16 that bytes without a mark are text in: line breaks and digits show it.
pub fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    [UTF_16LE, UTF_16BE].into_iter().find(|encoding| is_wide(bytes, encoding))
}

fn is_wide(bytes: &[u8], encoding: &'static Encoding) -> bool {
    const LOOKED_AT: usize = 4096;
    let pairs = bytes[..bytes.len().min(LOOKED_AT)].as_chunks::<2>().0;
    let plain = |pair: &&[u8; 2]| match encoding == UTF_16LE {
        true => pair[1] == 0 && pair[0] != 0,
        false => pair[0] == 0 && pair[1] != 0,
    };
    let none = pairs.iter().filter(|pair| **pair == [0, 0]).count();
    none == 0 && pairs.len() > 1 && pairs.iter().filter(plain).count() * 20 > pairs.len()
}

/// GB18030 or, where the bytes speak for it, Big5. The commonest characters of simplified text have
/// both bytes above A0, of which Big5 has no rule.
fn chinese(bytes: &[u8]) -> &'static Encoding {
    let (mut pairs, mut common) = (0_usize, 0_usize);
    let mut at = 0;
    while let [first, second, ..] = bytes[at..] {
        if first < 0x80 {
            at += 1;
            continue;
        }
        pairs += 1;
        common += usize::from((0xB0..=0xD7).contains(&first) && second >= 0xA1);
        common += usize::from((0xA1..=0xA3).contains(&first) && second >= 0xA1);
        at += 2;
    }
    let is_common = common * 10 >= pairs * 7;
    let reads = |encoding: &'static Encoding| !encoding.decode_without_bom_handling(bytes).1;
    if !is_common && reads(BIG5) { BIG5 } else { GB18030 }
}

fn unreadable_characters() -> Words {
    words!(
        "有些字的编码读不出来，显示为“\u{FFFD}”，请对照原文改正",
        "some characters could not be decoded and are shown as “\u{FFFD}”: correct them by the original"
    )
}

#[cfg(test)]
mod tests {
    use super::{decode, named};
    use encoding_rs::{BIG5, GB18030, UTF_16LE};

    const SIMPLIFIED: &str = "关于印发《工会2021年工作要点》的通知\n一、加强理论武装，把准正确方向";
    const TRADITIONAL: &str =
        "關於印發《工會2021年工作要點》的通知\n一、加強理論武裝，把準正確方向";

    #[test]
    fn the_encodings_of_chinese_offices_are_told_apart() {
        let wide: Vec<u8> = SIMPLIFIED.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (bytes, text) in [
            (GB18030.encode(SIMPLIFIED).0.into_owned(), SIMPLIFIED),
            (GB18030.encode(TRADITIONAL).0.into_owned(), TRADITIONAL),
            (BIG5.encode(TRADITIONAL).0.into_owned(), TRADITIONAL),
            (SIMPLIFIED.as_bytes().to_vec(), SIMPLIFIED),
            ([b"\xEF\xBB\xBF", SIMPLIFIED.as_bytes()].concat(), SIMPLIFIED),
            ([b"\xFF\xFE".as_slice(), &wide].concat(), SIMPLIFIED),
            (wide, SIMPLIFIED),
        ] {
            let decoded = decode(&bytes, None);
            assert_eq!((&*decoded.text, decoded.is_lossy), (text, false));
        }
    }

    #[test]
    fn what_a_page_says_of_itself_is_believed_unless_its_bytes_say_otherwise() {
        assert_eq!(named("gb2312"), Some(GB18030));
        assert_eq!(named(" utf-16 "), Some(UTF_16LE));
        assert_eq!(decode(SIMPLIFIED.as_bytes(), named("gb2312")).text, SIMPLIFIED);
        let bytes = GB18030.encode(SIMPLIFIED).0;
        assert_eq!(decode(&bytes, named("utf-8")).text, SIMPLIFIED);
    }

    #[test]
    fn a_cut_text_keeps_what_is_whole() {
        let long = SIMPLIFIED.repeat(4);
        let decoded = decode(&long.as_bytes()[..long.len() - 1], None);
        assert!(decoded.is_lossy && decoded.text.starts_with(SIMPLIFIED));
        let bytes = GB18030.encode(&long).0;
        let decoded = decode(&bytes[..bytes.len() - 1], None);
        assert!(decoded.is_lossy && decoded.text.starts_with(SIMPLIFIED));
    }
}
