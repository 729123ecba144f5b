//! XML of a packed document, element by element.
//!
//! No tree is built, so no element takes memory once it is read. A document type with entities of its
//! own is refused: no office program writes one, and entities can multiply.

use super::decode;
use super::fault::Fault;
use crate::diagnostic::Words;
use crate::limits;
use crate::words;
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;
use std::collections::HashMap;

/// Prefixes that may be bound to namespaces at a time; a real document has about 40.
const MOST_BINDINGS: usize = 1_000;

/// The namespaces that are told apart, each with its address in both editions of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Space {
    /// Text documents.
    Word,
    /// What is written in several ways, for newer and older programs.
    Compatibility,
    /// Formulas.
    Math,
    /// Which part belongs to which.
    Relationships,
    /// Any other.
    Other,
}

/// An element's start tag.
#[derive(Debug)]
pub struct Element<'a> {
    tag: BytesStart<'a>,
    space: Space,
}

/// A part that is being read.
#[derive(Debug)]
pub struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
    /// The namespace of each prefix; the last one counts.
    spaces: HashMap<String, Vec<Space>>,
    /// At which depth each prefix was bound.
    bindings: Vec<(usize, String)>,
}

/// What comes next.
enum Token<'a> {
    Start(Element<'a>),
    End,
    Text(Cow<'a, str>),
    Finished,
}

impl Element<'_> {
    /// The namespace.
    pub fn space(&self) -> Space {
        self.space
    }

    /// The name without its prefix.
    pub fn name(&self) -> &str {
        self.tag.local_name().into_inner()
    }

    /// Tells whether this is an element of text documents with that name.
    pub fn is(&self, name: &str) -> bool {
        self.space == Space::Word && self.name() == name
    }

    /// The value of an attribute, whatever its prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.tag.attributes();
        attributes.with_checks(false);
        let attribute = attributes.flatten().find(|one| one.key.local_name().as_ref() == name)?;
        attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
    }

    /// The attribute `val`.
    pub fn value(&self) -> Option<String> {
        self.attribute("val")
    }

    /// The attribute `val` as a number.
    pub fn number(&self) -> Option<usize> {
        self.value()?.trim().parse().ok()
    }

    /// What a property that is on or off is set to: it is on without a value.
    pub fn is_on(&self) -> bool {
        !matches!(self.value().as_deref(), Some("0" | "false" | "off"))
    }
}

/// The text of a part, which may be in UTF-8 or UTF-16.
pub fn text_of(content: Vec<u8>) -> Result<String, Fault> {
    if let Some(text) = decode::marked(&content) {
        return Ok(text.into_owned());
    }
    String::from_utf8(content).map_err(|_| Fault::Damaged(not_xml()))
}

impl<'a> Xml<'a> {
    /// Begins to read a text and gives its outermost element.
    pub fn open(text: &'a str) -> Result<(Self, Element<'a>), Fault> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        let mut xml = Self { reader, depth: 0, spaces: HashMap::new(), bindings: Vec::new() };
        loop {
            match xml.token()? {
                Token::Start(element) => return Ok((xml, element)),
                Token::Text(text) if text.trim().is_empty() => {}
                _ => return Err(Fault::Damaged(not_xml())),
            }
        }
    }

    /// How deep the element whose start tag was read last is.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// The next child of the element at a depth; none behind its end. What was not looked at of the
    /// child before it is passed over.
    pub fn child(&mut self, depth: usize) -> Result<Option<Element<'a>>, Fault> {
        while self.depth >= depth {
            let before = self.depth;
            match self.token()? {
                Token::Start(element) if before == depth => return Ok(Some(element)),
                Token::Finished => return Err(Fault::Damaged(cut_off())),
                _ => {}
            }
        }
        Ok(None)
    }

    /// The text that stands in the element whose start tag was read last, without that of its
    /// children, up to its end.
    pub fn text(&mut self) -> Result<String, Fault> {
        let depth = self.depth;
        let mut text = String::new();
        while self.depth >= depth {
            let before = self.depth;
            match self.token()? {
                Token::Text(more) if before == depth => text.push_str(&more),
                Token::Finished => return Err(Fault::Damaged(cut_off())),
                _ => {}
            }
        }
        Ok(text)
    }

    fn token(&mut self) -> Result<Token<'a>, Fault> {
        loop {
            let event = self.reader.read_event().map_err(|_| Fault::Damaged(not_xml()))?;
            return Ok(match event {
                Event::Start(tag) => Token::Start(self.start(tag)?),
                Event::End(_) => {
                    self.end();
                    Token::End
                }
                Event::Text(text) => Token::Text(text.xml10_content()),
                Event::CData(text) => Token::Text(text.xml10_content()),
                Event::GeneralRef(reference) => {
                    let character = reference.resolve_char_ref().ok().flatten();
                    let character = character.or(match &*reference {
                        "lt" => Some('<'),
                        "gt" => Some('>'),
                        "amp" => Some('&'),
                        "apos" => Some('\''),
                        "quot" => Some('"'),
                        _ => None,
                    });
                    Token::Text(Cow::Owned(character.ok_or(Fault::Damaged(entities()))?.into()))
                }
                Event::DocType(_) => return Err(Fault::Damaged(entities())),
                Event::Eof if self.depth > 0 => return Err(Fault::Damaged(cut_off())),
                Event::Eof => Token::Finished,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::Empty(_) => continue,
            });
        }
    }

    fn start(&mut self, tag: BytesStart<'a>) -> Result<Element<'a>, Fault> {
        self.depth += 1;
        if self.depth > limits::XML_DEPTH {
            let most = limits::XML_DEPTH;
            return Err(Fault::Large(words!(
                "内容嵌套超过{most}层",
                "more than {most} levels inside each other"
            )));
        }
        if memchr::memmem::find(tag.attributes_raw().as_bytes(), b"xmlns").is_some() {
            self.bind(&tag)?;
        }
        let prefix = tag.name().prefix().map_or("", quick_xml::name::Prefix::into_inner);
        let space = self.spaces.get(prefix).and_then(|spaces| spaces.last()).copied();
        Ok(Element { tag, space: space.unwrap_or(Space::Other) })
    }

    /// Binds the prefixes that a tag declares.
    fn bind(&mut self, tag: &BytesStart<'_>) -> Result<(), Fault> {
        let mut attributes = tag.attributes();
        attributes.with_checks(false);
        for attribute in attributes.flatten() {
            let prefix = match attribute.key.as_ref() {
                "xmlns" => "",
                name => match name.strip_prefix("xmlns:") {
                    Some(prefix) => prefix,
                    None => continue,
                },
            };
            if self.bindings.len() == MOST_BINDINGS {
                return Err(Fault::Damaged(not_xml()));
            }
            self.bindings.push((self.depth, prefix.to_owned()));
            self.spaces.entry(prefix.to_owned()).or_default().push(space(&attribute.value));
        }
        Ok(())
    }

    fn end(&mut self) {
        while let Some((_, prefix)) = self.bindings.pop_if(|(depth, _)| *depth == self.depth) {
            if let Some(spaces) = self.spaces.get_mut(&prefix) {
                spaces.pop();
                if spaces.is_empty() {
                    self.spaces.remove(&prefix);
                }
            }
        }
        self.depth = self.depth.saturating_sub(1);
    }
}

fn space(address: &str) -> Space {
    match address.trim() {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Space::Word,
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => Space::Compatibility,
        "http://schemas.openxmlformats.org/officeDocument/2006/math"
        | "http://purl.oclc.org/ooxml/officeDocument/math" => Space::Math,
        "http://schemas.openxmlformats.org/package/2006/relationships" => Space::Relationships,
        _ => Space::Other,
    }
}

fn not_xml() -> Words {
    words!("里面的 XML 读不出来", "the XML in it can't be read")
}

fn cut_off() -> Words {
    words!("里面的 XML 没有写完", "the XML in it ends too early")
}

fn entities() -> Words {
    words!(
        "里面的 XML 有自定义实体，为安全起见不读",
        "the XML in it has entities of its own, which are not read for safety"
    )
}

#[cfg(test)]
mod tests {
    use super::{Space, Xml};
    use crate::import::read::fault::Fault;

    const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    #[test]
    fn a_prefix_means_what_it_is_bound_to_where_it_stands() {
        let text = format!(r#"<x:a xmlns:x="{WORD}"><x:b xmlns:x="urn:other"/><x:c/></x:a>"#);
        let (mut xml, root) = Xml::open(&text).unwrap();
        assert!(root.is("a"));
        let mut spaces = Vec::new();
        while let Some(child) = xml.child(1).unwrap() {
            spaces.push(child.space());
        }
        assert_eq!(spaces, [Space::Other, Space::Word]);
    }

    #[test]
    fn what_is_not_looked_at_is_passed_over() {
        let (mut xml, _) =
            Xml::open("<a><b><c>1</c></b><d>2<e>3</e>&amp;&#x4E00;</d></a>").unwrap();
        assert_eq!(xml.child(1).unwrap().unwrap().name(), "b");
        assert_eq!(xml.child(1).unwrap().unwrap().name(), "d");
        assert_eq!(xml.text().unwrap(), "2&一");
        assert!(xml.child(1).unwrap().is_none());
    }

    #[test]
    fn entities_are_refused_and_cut_text_is_noticed() {
        let refused = |text: &str| match Xml::open(text) {
            Ok((mut xml, _)) => loop {
                match xml.child(1) {
                    Ok(Some(_)) => {}
                    Ok(None) => return None,
                    Err(Fault::Damaged(words)) => return Some(words.en),
                    Err(other) => panic!("{other:?}"),
                }
            },
            Err(Fault::Damaged(words)) => Some(words.en),
            Err(other) => panic!("{other:?}"),
        };
        assert!(refused("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>").unwrap().contains("entities"));
        assert!(refused("<a>&b;</a>").unwrap().contains("entities"));
        assert!(refused("<a><b></b>").unwrap().contains("too early"));
        assert_eq!(refused("<a><b></b></a>"), None);
    }
}
