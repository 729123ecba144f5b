//! What the search page looks through: entries of plans and pages, as data files for a script.
//!
//! A static host can't search, and a page that was opened as a file may not fetch. So the data
//! stands in scripts that the page loads once something is asked, each of which calls
//! `unionplanSearch(kind, name, data)`:
//!
//! - `search/<chunk>/entries.js` (`"entries"`) holds the entries of some plans: [`chunks`] says of
//!   which, [`files::entries`] how. A site of up to forty plans has one chunk.
//! - `search/index/index.js` (`"index"`) lists the chunks, the oldest first, and has the tables of
//!   characters: variants and pinyin of those that occur. See [`files::index`].
//! - `search/index/<file>.js` (`"filter"`), where there are several chunks, tells which of them hold
//!   a pair of characters. See [`terms`] and [`files::filter`].
//!
//! Text is compared as [`fold`] has it: full-width as half-width, upper case as lower case,
//! traditional as simplified. The theme's script folds in the very same way, so neither can change
//! without the other.

pub mod characters;
pub mod chunks;
pub mod entries;
pub mod files;
pub mod fold;
pub mod terms;

/// What can be found, in the order in which a year's results are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An office.
    Office,
    /// A leader.
    Leader,
    /// A named activity.
    Activity,
    /// A task.
    Task,
    /// An item.
    Item,
    /// A section.
    Section,
    /// A report of progress.
    Update,
    /// The plan itself, with its overall idea.
    Overview,
    /// The letter that carries the plan.
    Notice,
    /// A page of the site's own.
    #[default]
    Page,
}

/// Something that can be found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// What it is.
    pub kind: Kind,
    /// What its result is headed.
    pub title: String,
    /// Where it leads: a path from the site's root, with a fragment.
    pub page: String,
    /// Long text, paragraphs on lines of their own; results show the part around a match.
    pub text: String,
    /// When and who, in short; results show it whole.
    pub facts: String,
    /// Where on the page the text stands, if not where `page` leads: an id, or nothing.
    pub anchor: &'static str,
}

/// What is found of one plan, or of the pages that belong to none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Part {
    /// The plan's year; none for the site's own pages.
    pub year: Option<i32>,
    /// Where its pages stand: `2021/`, or nothing.
    pub folder: String,
    /// The union's short name, where there are several unions.
    pub union: String,
    /// Its entries.
    pub entries: Vec<Entry>,
}
