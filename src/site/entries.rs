//! Entries: what a month, an office or a leader has to show, named activities and tasks. An entry
//! is made once a plan; each list shows it as a row that leaves out what the list itself says.

use minijinja::Value;
use minijinja::value::{Enumerator, Object};
use std::sync::Arc;

/// The wording of the lane for the whole year.
pub const ALL_YEAR: &str = "全年";
/// The wording of the lane without a time.
pub const AS_APPROPRIATE: &str = "适时";

/// A named activity, or a task. Each value is a text, or none.
#[derive(Debug)]
pub struct Entry {
    /// The activity's name, or the task's text.
    pub title: Value,
    /// Where it stands in full.
    pub page: Value,
    /// The item it belongs to, in the table's wording.
    pub item: Value,
    /// The item's number as printed.
    pub item_label: Value,
    /// `planned`, `underway`, `done`, `postponed`, `cancelled`, or none where nothing is recorded.
    pub status: Value,
    /// The day and time once set, as the update words it.
    pub date: Value,
    /// As the plan words it: `3—5月`.
    pub when: Value,
    /// The ruler of its months.
    pub ruler: Value,
    /// Offices that do it, in a row: 宣教科、综合科.
    pub offices: Value,
    /// Whether there are several.
    pub several_offices: bool,
    /// Leaders who answer for it, in a row.
    pub leaders: Value,
    /// Whether there are several.
    pub several_leaders: bool,
    /// Offices that help, in a row.
    pub support: Value,
    /// 参加人员.
    pub audience: Value,
    /// 备注.
    pub remark: Value,
}

/// What a list says of its entries.
#[derive(Debug, Clone, Copy)]
pub struct Listing<'w> {
    /// Whether the item that an entry belongs to is named; where it is not, there is room for the
    /// ruler.
    pub items: bool,
    /// Who is named beside an entry.
    pub named: Named,
    /// The wording of a time that goes without saying: `5月` in May's list.
    pub unsaid: &'w str,
}

/// Who is named beside an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// Offices and leaders.
    Both,
    /// Leaders; offices only where there are several. For the list of an office.
    Leaders,
    /// Offices; leaders only where there are several. For the list of a leader.
    Offices,
}

impl Listing<'_> {
    /// An entry as a row of the list.
    pub fn row(&self, entry: &Arc<Entry>) -> Value {
        let set = entry.date.is_true();
        let said = entry.when.as_str() != Some(self.unsaid);
        Value::from_object(EntryView {
            has_item: self.items,
            has_offices: self.named != Named::Leaders || entry.several_offices,
            has_leaders: self.named != Named::Offices || entry.several_leaders,
            has_when: set || said,
            ruled: !self.items && !set,
            entry: entry.clone(),
        })
    }
}

/// An entry as a row. Templates read `title`, `page`, `item`, `item_label`, `status`, `when` (the
/// day and time once set, else the plan's wording), `ruled` (whether the ruler stands before it),
/// `ruler`, `offices`, `leaders`, `support`, `audience` and `remark`. What the list itself says is
/// none.
#[derive(Debug)]
struct EntryView {
    entry: Arc<Entry>,
    has_item: bool,
    has_when: bool,
    ruled: bool,
    has_offices: bool,
    has_leaders: bool,
}

const FIELDS: [&str; 13] = [
    "title",
    "page",
    "item",
    "item_label",
    "status",
    "when",
    "ruled",
    "ruler",
    "offices",
    "leaders",
    "support",
    "audience",
    "remark",
];

impl Object for EntryView {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let entry = &self.entry;
        let only =
            |wanted: bool, value: &Value| if wanted { value.clone() } else { Value::from(()) };
        Some(match key {
            "title" => entry.title.clone(),
            "page" => entry.page.clone(),
            "item" => only(self.has_item, &entry.item),
            "item_label" => entry.item_label.clone(),
            "status" => entry.status.clone(),
            "when" if entry.date.is_true() => entry.date.clone(),
            "when" => only(self.has_when, &entry.when),
            "ruled" => Value::from(self.ruled),
            "ruler" => entry.ruler.clone(),
            "offices" => only(self.has_offices, &entry.offices),
            "leaders" => only(self.has_leaders, &entry.leaders),
            "support" => entry.support.clone(),
            "audience" => entry.audience.clone(),
            "remark" => entry.remark.clone(),
            _ => return None,
        })
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(&FIELDS)
    }
}
