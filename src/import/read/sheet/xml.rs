//! The XML of a part, element by element.

use crate::diagnostic::{Diagnostic, faults};
use crate::words;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::path::Path;

/// What comes next in a part.
pub enum Step<'a> {
    /// An element begins; one without content ends right after.
    Open(Tag<'a>),
    /// The element of that name ends.
    Close(String),
    /// Text.
    Text(String),
}

/// The beginning of an element.
pub struct Tag<'a>(BytesStart<'a>);

/// A part that is read from its beginning.
pub struct Xml<'a> {
    path: &'a Path,
    reader: Reader<&'a [u8]>,
}

impl<'a> Xml<'a> {
    /// Begins with a part's text.
    pub fn new(path: &'a Path, text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { path, reader }
    }

    /// The next step; none at the end.
    ///
    /// # Errors
    /// The XML is broken, or declares entities.
    pub fn step(&mut self) -> Result<Option<Step<'a>>, Box<Diagnostic>> {
        loop {
            return Ok(Some(match self.reader.read_event().map_err(|_| broken(self.path))? {
                Event::Start(tag) => Step::Open(Tag(tag)),
                Event::End(tag) => Step::Close(tag.local_name().as_ref().to_owned()),
                Event::Text(text) => Step::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Step::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(name) => {
                    let known = match name.resolve_char_ref() {
                        Ok(Some(c)) => Some(c),
                        Ok(None) => match &*name.xml10_content() {
                            "lt" => Some('<'),
                            "gt" => Some('>'),
                            "amp" => Some('&'),
                            "quot" => Some('"'),
                            "apos" => Some('\''),
                            _ => None,
                        },
                        Err(_) => None,
                    };
                    Step::Text(known.ok_or_else(|| broken(self.path))?.to_string())
                }
                Event::DocType(_) => return Err(broken(self.path)),
                Event::Eof => return Ok(None),
                _ => continue,
            }));
        }
    }
}

impl Tag<'_> {
    /// Tells whether the element has that name, whatever its prefix.
    pub fn is(&self, name: &str) -> bool {
        self.0.local_name().as_ref() == name
    }

    /// The value of an attribute by its name without a prefix.
    pub fn get(&self, name: &str) -> Option<String> {
        let found = self.0.attributes().flatten().find(|a| a.key.local_name().as_ref() == name)?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
    }

    /// Whether an attribute says yes.
    pub fn says(&self, name: &str) -> bool {
        matches!(self.get(name).as_deref(), Some("1" | "true" | "on"))
    }

    /// The value of an attribute as a number.
    pub fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name)?.trim().parse().ok()
    }
}

/// The text of a part: UTF-8, or UTF-16 with its mark.
pub fn decode(path: &Path, bytes: Vec<u8>) -> Result<String, Box<Diagnostic>> {
    let wide = |from: fn([u8; 2]) -> u16| {
        let units = bytes[2..].as_chunks::<2>().0.iter().map(|pair| from(*pair));
        char::decode_utf16(units).collect::<Result<String, _>>().map_err(|_| broken(path))
    };
    match bytes.as_slice() {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        _ => {
            let mut text = String::from_utf8(bytes).map_err(|_| broken(path))?;
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
            }
            Ok(text)
        }
    }
}

/// Says that a part can't be read.
pub fn broken(path: &Path) -> Box<Diagnostic> {
    let what = words!("工作簿的内容读不出来", "the workbook's content can't be read");
    Box::new(faults::damaged_source(path, &what))
}
