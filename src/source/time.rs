//! A node → [`When`], with the grammar's faults put into words.

use super::fields::Reader;
use super::node::{Kind, Node};
use crate::diagnostic::faults;
use crate::plan::when::WhenFault;
use crate::plan::{Terms, When};

/// Keys of a time that is shown in one wording and filed under another.
pub const FILED: [&str; 2] = ["as", "in"];

/// Reads `when: 5月`, or `when: { as: 教师节前, in: 9月 }`.
pub fn read<'a>(
    reader: &mut Reader<'a>,
    node: Option<&Node<'a>>,
    year: i32,
    terms: &Terms,
) -> Option<When> {
    let node = node?;
    if let Kind::Map(_) = node.kind {
        let fields = reader.fields(node, &FILED)?;
        reader.require(node, "as", "照原文显示的时间", "the wording to show");
        reader.require(node, "in", "按哪个时间排", "the time to file it under");
        let shown = reader.line(fields.get("as"), "as")?;
        let filed = fields.get("in")?;
        let text = reader.text(filed, "in")?;
        return When::filed(&shown, text, year, terms)
            .map_err(|fault| tell(reader, filed, text, year, &fault))
            .ok();
    }
    let text = reader.text(node, "when")?;
    When::read(text, year, terms).map_err(|fault| tell(reader, node, text, year, &fault)).ok()
}

fn tell<'a>(reader: &mut Reader<'a>, node: &Node<'a>, text: &str, year: i32, fault: &WhenFault) {
    reader.fault(
        |place| match fault {
            WhenFault::Empty => faults::empty_value(place, "when"),
            WhenFault::Unreadable { nearest } => {
                faults::unreadable_time(place, text, nearest.as_deref())
            }
            WhenFault::NoSuchDate { text } => faults::no_such_date(place, text),
            WhenFault::Backwards { .. } => faults::backwards_time(place, text),
            WhenFault::OutsideYear { .. } => faults::outside_year(place, text, year),
        },
        node.span,
    );
}
