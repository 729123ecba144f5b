//! HTML → a tree of elements and text.
//!
//! The tokens are those of the standard; the tree is plainer than a browser's. Start tags end what
//! they can't stand in, as far as a notice needs it: a paragraph, an item of a list, a cell, a row.
//! What a browser does beyond that to tags that are closed in the wrong order costs it time that
//! grows with the square of their number, and is left out. Each start and end tag looks at no more
//! than the elements that are open, and those are bounded.

use super::elements::{self, Look};
use crate::import::read::fault::Fault;
use crate::limits;
use crate::words;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use std::ops::Range;

/// The number of a node; its parent's is lower.
pub type Id = usize;

/// An element or a stretch of text.
#[derive(Debug)]
pub struct Node {
    /// The element's name; blank for text.
    pub name: &'static str,
    /// What its attributes say.
    pub look: Look,
    /// The node that it stands in.
    pub parent: Id,
    first: Option<u32>,
    last: Option<u32>,
    next: Option<u32>,
    text: Range<u32>,
}

/// A page.
#[derive(Debug)]
pub struct Tree {
    nodes: Vec<Node>,
    text: String,
}

impl Tree {
    /// Reads a page.
    pub fn read(html: &str) -> Result<Self, Fault> {
        let mut builder = Builder::new();
        let mut emitter =
            CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span| builder.take(event));
        emitter.naively_switch_states(true);
        // All events are taken by the builder; what comes out is why it can't go on.
        let fault = Tokenizer::new_with_emitter(html, emitter).flatten().next();
        match fault {
            Some(fault) => Err(fault),
            None => Ok(builder.tree),
        }
    }

    /// How many nodes there are; they are numbered from 0, the page itself.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// A node.
    pub fn node(&self, id: Id) -> &Node {
        &self.nodes[id]
    }

    /// The text of a node that is text.
    pub fn text(&self, id: Id) -> &str {
        let Range { start, end } = &self.nodes[id].text;
        self.text.get(*start as usize..*end as usize).unwrap_or_default()
    }

    /// The nodes that stand in a node, in their order.
    pub fn children(&self, id: Id) -> impl Iterator<Item = Id> {
        let id_of = |link: Option<u32>| link.map(|id| id as usize);
        let first = id_of(self.nodes[id].first);
        std::iter::successors(first, move |id| id_of(self.nodes[*id].next))
    }
}

struct Builder {
    tree: Tree,
    /// Elements that are open, the page itself first.
    open: Vec<Id>,
    /// How many elements deeper than the bound are open.
    deeper: usize,
    /// The start tag that is being read.
    tag: Option<(&'static str, Look)>,
    attribute: Vec<u8>,
}

impl Builder {
    fn new() -> Self {
        let page = Node {
            name: "html",
            look: Look::default(),
            parent: 0,
            first: None,
            last: None,
            next: None,
            text: 0..0,
        };
        let tree = Tree { nodes: vec![page], text: String::new() };
        Self { tree, open: vec![0], deeper: 0, tag: None, attribute: Vec::new() }
    }

    fn take(&mut self, event: CallbackEvent<'_>) -> Option<Fault> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = elements::known(name).map(|name| (name, Look::default()));
                self.attribute.clear();
            }
            CallbackEvent::AttributeName { name } => {
                self.attribute.clear();
                self.attribute.extend_from_slice(&name[..name.len().min(64)]);
                // An attribute may have no value.
                if let Some((_, look)) = &mut self.tag {
                    look.see(&self.attribute, b"");
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some((_, look)) = &mut self.tag {
                    look.see(&self.attribute, value);
                }
            }
            CallbackEvent::CloseStartTag { .. } => {
                let (name, look) = self.tag.take()?;
                return self.start(name, look).err();
            }
            CallbackEvent::EndTag { name } => {
                self.tag = None;
                if let Some(name) = elements::known(name) {
                    return self.end(name).err();
                }
            }
            CallbackEvent::String { value } => {
                return self.string(&String::from_utf8_lossy(value)).err();
            }
            _ => {}
        }
        None
    }

    fn start(&mut self, name: &'static str, look: Look) -> Result<(), Fault> {
        if name == "html" || name == "body" {
            self.tree.nodes[0].look.join(look);
            return Ok(());
        }
        self.make_room(name);
        if elements::is_void(name) {
            return self.add(name, look, 0..0).map(drop);
        }
        if self.open.len() >= limits::PAGE_DEPTH {
            self.deeper += 1;
            return Ok(());
        }
        let id = self.add(name, look, 0..0)?;
        self.open.push(id);
        Ok(())
    }

    /// Ends what an element can't stand in.
    fn make_room(&mut self, name: &str) {
        let (closed, borders): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "td" | "th" => (&["td", "th"], &["tr"]),
            "tr" => (&["tr"], &["tbody", "thead", "tfoot"]),
            "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot"], &[]),
            "option" => (&["option"], &["select"]),
            _ => (&[], &[]),
        };
        if !closed.is_empty() {
            let is_cell = matches!(name, "td" | "th" | "tr" | "tbody" | "thead" | "tfoot");
            let is_border = |open: &str| {
                borders.contains(&open) || open == "table" || !is_cell && elements::is_border(open)
            };
            self.close(closed, is_border);
        }
        if elements::ends_paragraph(name) {
            self.close(&["p"], elements::is_border);
        }
        if elements::heading(name).is_some() {
            let current = self.open.last().map(|id| self.tree.nodes[*id].name);
            if current.is_some_and(|name| elements::heading(name).is_some()) {
                self.open.pop();
            }
        }
    }

    /// Ends the innermost open element of some names, unless a border stands before it.
    fn close(&mut self, names: &[&str], is_border: impl Fn(&str) -> bool) {
        for at in (1..self.open.len()).rev() {
            let name = self.tree.nodes[self.open[at]].name;
            if names.contains(&name) {
                self.open.truncate(at);
                self.deeper = 0;
                return;
            }
            if is_border(name) {
                return;
            }
        }
    }

    fn end(&mut self, name: &'static str) -> Result<(), Fault> {
        if name == "br" {
            return self.start("br", Look::default());
        }
        if name == "html" || name == "body" || elements::is_void(name) {
            return Ok(());
        }
        if self.deeper > 0 {
            self.deeper -= 1;
            return Ok(());
        }
        let is_table = matches!(name, "table" | "tr" | "tbody" | "thead" | "tfoot" | "td" | "th");
        // `</h2>` ends `<h1>`, too.
        let headings = ["h1", "h2", "h3", "h4", "h5", "h6"];
        let names: &[&str] = if headings.contains(&name) { &headings } else { &[name] };
        self.close(names, |open| {
            if is_table { name != "table" && open == "table" } else { elements::is_border(open) }
        });
        Ok(())
    }

    fn string(&mut self, text: &str) -> Result<(), Fault> {
        let Some(&current) = self.open.last() else { return Ok(()) };
        let name = self.tree.nodes[current].name;
        let is_between = matches!(name, "table" | "tbody" | "thead" | "tfoot" | "tr");
        if elements::is_mute(name) || (is_between && text.trim().is_empty()) {
            return Ok(());
        }
        let start = self.tree.text.len();
        self.tree.text.push_str(text);
        let bounds = (u32::try_from(start), u32::try_from(self.tree.text.len()));
        let (Ok(start), Ok(end)) = bounds else { return Ok(()) };
        self.add("", Look::default(), start..end).map(drop)
    }

    fn add(&mut self, name: &'static str, look: Look, text: Range<u32>) -> Result<Id, Fault> {
        let id = self.tree.nodes.len();
        let most = limits::PAGE_NODES;
        let too_many = || {
            Fault::Large(words!("网页元素超过{most}个", "more than {most} elements in the page"))
        };
        let link = u32::try_from(id).ok().filter(|_| id < most).ok_or_else(too_many)?;
        let parent = self.open.last().copied().unwrap_or(0);
        self.tree.nodes.push(Node {
            name,
            look,
            parent,
            first: None,
            last: None,
            next: None,
            text,
        });
        match self.tree.nodes[parent].last.replace(link) {
            Some(last) => self.tree.nodes[last as usize].next = Some(link),
            None => self.tree.nodes[parent].first = Some(link),
        }
        Ok(id)
    }
}

#[cfg(test)]
mod tests {
    use super::{Id, Tree};

    /// The tree on one line: `div[p["a"] p["b"]]`.
    fn shown(html: &str) -> String {
        fn show(tree: &Tree, id: Id) -> String {
            let node = tree.node(id);
            if node.name.is_empty() {
                return format!("{:?}", tree.text(id));
            }
            let inside: Vec<String> = tree.children(id).map(|child| show(tree, child)).collect();
            if inside.is_empty() {
                node.name.to_owned()
            } else {
                format!("{}[{}]", node.name, inside.join(" "))
            }
        }
        show(&Tree::read(html).unwrap(), 0)
    }

    #[test]
    fn tags_that_were_left_out_are_made_up() {
        assert_eq!(shown("<p>a<p>b<div>c</div>"), r#"html[p["a"] p["b"] div["c"]]"#);
        assert_eq!(
            shown("<ul><li>a<li>b<ul><li>c</ul></ul>"),
            r#"html[ul[li["a"] li["b" ul[li["c"]]]]]"#
        );
        let table = "<table><tr><td>a<td>b<tr><td><table><tr><td>c</table><td>d</table>e";
        assert_eq!(
            shown(table),
            r#"html[table[tr[td["a"] td["b"]] tr[td[table[tr[td["c"]]]] td["d"]]] "e"]"#
        );
    }

    #[test]
    fn an_end_tag_too_many_ends_no_cell() {
        let table = "<table><tr><td><p>a</div></p></b></td><td>b</td></tr></table>";
        assert_eq!(shown(table), r#"html[table[tr[td[p["a"]] td["b"]]]]"#);
    }

    #[test]
    fn scripts_and_unknown_elements_leave_no_trace() {
        assert_eq!(
            shown("<script>if (a<b) '</p>'</script>a<o:p>b</o:p>"),
            r#"html[script "a" "b"]"#
        );
    }

    #[test]
    fn nothing_is_deeper_than_the_bound() {
        let tree = Tree::read(&"<div>a<b>".repeat(50_000)).unwrap();
        let mut depths = vec![0_usize; tree.len()];
        for id in 1..tree.len() {
            depths[id] = depths[tree.node(id).parent] + 1;
        }
        assert_eq!(depths.iter().max(), Some(&crate::limits::PAGE_DEPTH));
    }
}
