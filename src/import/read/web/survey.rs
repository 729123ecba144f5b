//! What a page is about: which of its elements holds the text, and what stands around it.
//!
//! A page of a university has menus, a path, counters and a foot around its text. Nothing says
//! reliably which is which, so this goes by what can be counted: running text (a paragraph with a
//! sentence in it) and tables of data, which menus and feet don't have. From the whole page, the way
//! leads into the element that holds all of them, as long as next to nothing else is left outside.

use super::elements;
use super::tree::{Id, Tree};

/// Characters without a sentence that may be left outside in one step: a headline, a line with the
/// day and a counter.
const LEFT_OUTSIDE: usize = 200;

/// A cell with more characters, beside others in the only row, holds a column of the page.
const LONG_CELL: usize = 300;

/// What is known of all nodes of a page.
#[derive(Debug)]
pub struct Survey {
    facts: Vec<Fact>,
    main: Id,
    /// How deep lists that count 1. 2. 3. stand in each other.
    deepest: usize,
}

/// What is known of a node and of all that stands in it.
#[derive(Debug, Clone, Copy, Default)]
struct Fact {
    /// The element on a line of its own that it belongs to.
    block: Id,
    /// The table that it stands in; 0 for none.
    table: Id,
    is_link: bool,
    /// In how many lists that count 1. 2. 3. it stands.
    lists: usize,
    /// Whether it is not shown, or no text.
    is_mute: bool,
    /// Whether it says that it stands beside the text.
    is_beside: bool,
    /// Characters, blanks aside.
    characters: usize,
    /// Those of them that are links.
    linked: usize,
    /// Characters of its own lines, without those of blocks that stand in it, and the links in them.
    own: (usize, usize),
    has_sentence: bool,
    /// Characters of running text and of tables of data.
    running: usize,
    /// Characters that are neither links nor say that they stand beside the text.
    plain: usize,
    /// For a table: whether it only places things on the page.
    is_frame: bool,
    rows: usize,
    /// For a row: cells with text. For a table: the most of them in a row.
    filled: usize,
    /// For a table: tables of several cells that stand in it.
    nested: usize,
    /// For a table: rows with at least three cells with text.
    full_rows: usize,
}

impl Survey {
    /// Looks over a page.
    pub fn of(tree: &Tree) -> Self {
        let mut survey = Self { facts: vec![Fact::default(); tree.len()], main: 0, deepest: 0 };
        survey.down(tree);
        survey.up(tree);
        survey.weigh(tree);
        survey.main = survey.find(tree);
        survey
    }

    /// The element that holds the text.
    pub fn main(&self) -> Id {
        self.main
    }

    /// Which list of those that count 1. 2. 3. it is that a node stands in, from the outermost, and
    /// how many there are at most in each other.
    pub fn counted(&self, id: Id) -> (usize, usize) {
        (self.facts[id].lists, self.deepest)
    }

    /// Whether a table only places things on the page.
    pub fn is_frame(&self, table: Id) -> bool {
        self.facts[table].is_frame
    }

    /// Whether an element is nothing but links, as a menu is.
    pub fn is_links(&self, id: Id) -> bool {
        let fact = &self.facts[id];
        fact.linked * 2 > fact.characters
    }

    /// Whether an element stands beside the text, by what it says itself.
    pub fn is_beside(&self, tree: &Tree, id: Id) -> bool {
        let node = tree.node(id);
        let says = node.look.is_beside || matches!(node.name, "nav" | "aside");
        let seems = node.look.seems_beside || node.name == "footer";
        let fact = &self.facts[id];
        says || seems && fact.running == 0 && fact.characters <= LEFT_OUTSIDE
    }

    /// What a node takes over from the one that it stands in.
    fn down(&mut self, tree: &Tree) {
        for id in 1..tree.len() {
            let node = tree.node(id);
            let parent = self.facts[node.parent];
            let is_block = elements::is_block(node.name);
            let look = node.look;
            let beside = look.is_beside
                || look.seems_beside
                || matches!(node.name, "nav" | "aside" | "footer" | "header");
            self.facts[id] = Fact {
                block: if is_block { id } else { parent.block },
                table: if tree.node(node.parent).name == "table" {
                    node.parent
                } else {
                    parent.table
                },
                is_link: parent.is_link || node.name == "a",
                lists: parent.lists + usize::from(node.name == "ol" && look.is_counted()),
                is_mute: parent.is_mute
                    || look.is_hidden
                    || elements::is_mute(node.name)
                    || matches!(node.name, "title" | "del"),
                is_beside: parent.is_beside || beside,
                ..Fact::default()
            };
            self.deepest = self.deepest.max(self.facts[id].lists);
        }
    }

    /// What a node hands up: characters first, then what they make of tables.
    fn up(&mut self, tree: &Tree) {
        for id in (1..tree.len()).rev() {
            let node = tree.node(id);
            let fact = self.facts[id];
            if node.name.is_empty() && !fact.is_mute {
                let text = tree.text(id);
                let characters = text.chars().filter(|c| !c.is_whitespace()).count();
                let linked = if fact.is_link { characters } else { 0 };
                let block = &mut self.facts[fact.block];
                block.own.0 += characters;
                block.own.1 += linked;
                block.has_sentence |= text.contains(['。', '；', '！']);
                (self.facts[id].characters, self.facts[id].linked) = (characters, linked);
            }
            let Fact { characters, linked, table, filled, .. } = self.facts[id];
            let parent = &mut self.facts[node.parent];
            parent.characters += characters;
            parent.linked += linked;
            match node.name {
                "td" | "th" if characters > 0 => {
                    parent.filled += 1;
                    let is_long = characters > LONG_CELL;
                    self.facts[table].is_frame |= is_long;
                }
                "tr" if table > 0 => {
                    let of_table = &mut self.facts[table];
                    of_table.rows += usize::from(filled > 0);
                    of_table.filled = of_table.filled.max(filled);
                    of_table.full_rows += usize::from(filled >= 3);
                }
                "table" => self.frame(id, node.look.is_beside),
                _ => {}
            }
        }
    }

    /// Tells whether a table only places things on the page. All that stands in it is known.
    fn frame(&mut self, id: Id, is_beside: bool) {
        let fact = self.facts[id];
        let has_long_cell = fact.is_frame;
        let is_frame = is_beside
            || fact.filled <= 1
            || fact.rows == 1 && has_long_cell
            || fact.nested > 0 && fact.full_rows < 3;
        self.facts[id].is_frame = is_frame;
        if fact.filled > 1 && fact.rows > 1 || fact.nested > 0 {
            self.facts[fact.table].nested += usize::from(fact.table > 0);
        }
    }

    /// How much running text and how much else each element holds.
    fn weigh(&mut self, tree: &Tree) {
        for id in (1..tree.len()).rev() {
            let fact = self.facts[id];
            if fact.block == id {
                let (own, linked) = fact.own;
                let is_links = linked * 2 > own;
                let in_table = fact.table > 0 && !self.facts[fact.table].is_frame;
                if !is_links && !fact.is_beside {
                    self.facts[id].plain += own;
                    if fact.has_sentence || in_table {
                        self.facts[id].running += own;
                    }
                }
            }
            let Fact { running, plain, .. } = self.facts[id];
            let parent = tree.node(id).parent;
            self.facts[parent].running += running;
            self.facts[parent].plain += plain;
        }
        // What stands in the page itself, in no element, is nowhere else.
        let (own, linked) = self.facts[0].own;
        self.facts[0].running += if self.facts[0].has_sentence { own - linked } else { 0 };
        self.facts[0].plain += own - linked;
    }

    fn find(&self, tree: &Tree) -> Id {
        let mut main = 0;
        loop {
            let fact = &self.facts[main];
            let holds = |id: &Id| {
                let child = &self.facts[*id];
                let name = tree.node(*id).name;
                let is_holder = elements::is_holder(name) && (name != "table" || child.is_frame);
                is_holder
                    && child.plain > 0
                    && child.running == fact.running
                    && fact.plain - child.plain <= LEFT_OUTSIDE.min(fact.plain / 3 * 2)
            };
            match tree.children(main).find(holds) {
                Some(child) => main = child,
                None => return main,
            }
        }
    }
}
