//! What is known of the elements of HTML.

/// All elements that are told apart, in order. What is not among them is as if it were not there: its
/// text belongs to what it stands in.
const KNOWN: [&str; 93] = [
    "a",
    "address",
    "area",
    "article",
    "aside",
    "audio",
    "b",
    "base",
    "big",
    "blockquote",
    "body",
    "br",
    "button",
    "canvas",
    "caption",
    "center",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "label",
    "legend",
    "li",
    "link",
    "main",
    "map",
    "meta",
    "nav",
    "noscript",
    "object",
    "ol",
    "option",
    "p",
    "param",
    "pre",
    "s",
    "script",
    "section",
    "select",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "summary",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "track",
    "u",
    "ul",
    "video",
    "wbr",
    "xml",
    "xmp",
];

/// What the attributes of an element say of it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Look {
    /// Whether it is not shown.
    pub is_hidden: bool,
    /// Whether its text is bold, where it says so.
    pub is_bold: Option<bool>,
    /// Whether it says that it is no part of what the page is about.
    pub is_beside: bool,
    /// Whether its name for the style sheet suggests that.
    pub seems_beside: bool,
    /// Whether its lists have no numbers.
    pub is_unnumbered: bool,
    /// Columns that a cell takes.
    pub columns: u16,
    /// Rows that a cell takes.
    pub rows: u16,
    /// The number that a list begins with, or that an item has.
    pub number: Option<i32>,
    /// How the items of a list are numbered: the first letter of the kind.
    pub numerals: Option<u8>,
}

/// Parts of names that pages give to what stands around their text.
const NAMES_BESIDE: [&str; 11] = [
    "foot",
    "copyright",
    "nav",
    "menu",
    "crumb",
    "sidebar",
    "related",
    "share",
    "pager",
    "toolbar",
    "banner",
];

/// Names of elements that begin like this are Word's.
const WORD_NAME: &str = "mso";

impl Look {
    /// Whether a list of that look counts 1. 2. 3.
    pub fn is_counted(&self) -> bool {
        !self.is_unnumbered && matches!(self.numerals, None | Some(b'1'))
    }

    /// Takes note of an attribute.
    pub fn see(&mut self, name: &[u8], value: &[u8]) {
        const LONGEST: usize = 2_000;
        // Small and capital letters number differently.
        if name == b"type" {
            self.numerals = value.first().copied().filter(|_| value.len() == 1);
        }
        let value = String::from_utf8_lossy(&value[..value.len().min(LONGEST)]).to_lowercase();
        let value = value.trim();
        match name {
            b"hidden" => self.is_hidden = true,
            b"aria-hidden" => self.is_hidden |= value == "true",
            b"style" => self.style(value),
            b"role" => {
                let beside =
                    ["navigation", "banner", "contentinfo", "search", "complementary", "menu"];
                self.is_beside |= beside.contains(&value);
            }
            // A word processor that writes a page names so what stands on every sheet.
            b"title" => self.is_beside |= matches!(value, "header" | "footer"),
            b"class" | b"id" => {
                self.seems_beside |= !value.starts_with(WORD_NAME)
                    && NAMES_BESIDE.iter().any(|part| value.contains(part));
            }
            b"colspan" => self.columns = value.parse().unwrap_or(0),
            // Nought means all rows that follow.
            b"rowspan" => {
                self.rows = value.parse().map_or(0, |rows| if rows == 0 { u16::MAX } else { rows })
            }
            b"start" | b"value" => self.number = value.parse().ok(),
            _ => {}
        }
    }

    /// What another tag of the same element adds.
    pub fn join(&mut self, other: Self) {
        self.is_bold = self.is_bold.or(other.is_bold);
    }

    fn style(&mut self, style: &str) {
        for rule in style.split(';') {
            let Some((name, value)) = rule.split_once(':') else { continue };
            let value = value.trim();
            match name.trim() {
                "display" => self.is_hidden |= value.starts_with("none"),
                "visibility" => self.is_hidden |= value.starts_with("hidden"),
                "mso-hide" => self.is_hidden |= value.starts_with("all"),
                "font-weight" => {
                    let weight: u32 = value.parse().unwrap_or(0);
                    self.is_bold = Some(value.starts_with("bold") || weight >= 600);
                }
                "list-style" | "list-style-type" => {
                    self.is_unnumbered |= value.contains("none") || value.contains("disc");
                    let is_chinese =
                        ["cjk", "chinese", "trad"].iter().any(|part| value.contains(part));
                    self.numerals = is_chinese.then_some(b'c').or(self.numerals);
                }
                _ => {}
            }
        }
    }
}

/// The name of an element, if it is one that is told apart.
pub fn known(name: &[u8]) -> Option<&'static str> {
    let at = KNOWN.binary_search_by(|known| known.as_bytes().cmp(name)).ok()?;
    Some(KNOWN[at])
}

/// Elements that nothing stands in.
pub fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements whose text is not shown, or no part of a text.
pub fn is_mute(name: &str) -> bool {
    matches!(
        name,
        "audio"
            | "button"
            | "canvas"
            | "colgroup"
            | "frameset"
            | "iframe"
            | "map"
            | "noscript"
            | "object"
            | "option"
            | "script"
            | "select"
            | "style"
            | "svg"
            | "template"
            | "textarea"
            | "video"
            | "xml"
    )
}

/// Elements that stand on lines of their own.
pub fn is_block(name: &str) -> bool {
    is_holder(name)
        || heading(name).is_some()
        || matches!(
            name,
            "address"
                | "caption"
                | "dd"
                | "dl"
                | "dt"
                | "figcaption"
                | "hr"
                | "legend"
                | "li"
                | "ol"
                | "p"
                | "pre"
                | "summary"
                | "title"
                | "ul"
                | "xmp"
        )
}

/// Elements that hold others, and that the text of a page may stand in as a whole.
pub fn is_holder(name: &str) -> bool {
    matches!(
        name,
        "article"
            | "aside"
            | "blockquote"
            | "center"
            | "details"
            | "div"
            | "fieldset"
            | "figure"
            | "footer"
            | "form"
            | "header"
            | "html"
            | "main"
            | "nav"
            | "section"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
    )
}

/// Elements that end a paragraph in front of them.
pub fn ends_paragraph(name: &str) -> bool {
    is_block(name)
        && !matches!(
            name,
            "caption" | "legend" | "td" | "tfoot" | "th" | "thead" | "title" | "tr" | "tbody"
        )
}

/// Elements that no end tag inside them reaches out of.
pub fn is_border(name: &str) -> bool {
    matches!(name, "button" | "caption" | "html" | "object" | "table" | "td" | "template" | "th")
}

/// The level of a heading.
pub fn heading(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{KNOWN, Look, known};

    #[test]
    fn every_element_is_found() {
        assert!(KNOWN.is_sorted());
        assert_eq!(known(b"td"), Some("td"));
        assert_eq!(known(b"o:p"), None);
    }

    #[test]
    fn a_style_tells_what_is_hidden_and_bold() {
        let mut look = Look::default();
        look.see(b"style", b"font-weight: 700; DISPLAY : none");
        assert_eq!((look.is_hidden, look.is_bold), (true, Some(true)));
    }
}
