//! Plan → a workbook (.xlsx) to be edited by people who would rather not edit `plan.yaml`.
//!
//! [`contents`] is what of a plan stands in the workbook, field by field; `schedule` and `text` lay
//! it out on a sheet each. A third sheet, hidden, keeps what was written ([`record`]), so that an
//! edited workbook can be taken back ([`crate::import::update`]): it tells what was changed in the
//! workbook from what was changed in `plan.yaml` since.

pub mod contents;
mod look;
pub mod record;
mod schedule;
mod text;

use crate::plan::{Plan, Union};
use chrono::Datelike;
use contents::Contents;
use look::Look;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
pub use text::{BODY, KINDS};

/// What a workbook was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The plan's year.
    pub year: i32,
    /// The branch whose plan it is; none for the main union's.
    pub branch: Option<String>,
    /// Tells whether `plan.yaml` is still what it was: see [`fingerprint`].
    pub fingerprint: String,
}

/// Stands in the hidden column beside the header of the schedule.
pub const SCHEDULE: &str = "unionplan:schedule";

/// Stands in the hidden column beside the header of the text.
pub const TEXT: &str = "unionplan:text";

/// Makes a workbook of a plan. The same plan gives the same bytes.
///
/// # Errors
/// A text is longer than a cell can hold.
pub fn workbook(plan: &Plan, union: &Union, mark: &Mark) -> Result<Vec<u8>, XlsxError> {
    let contents = Contents::new(plan, union);
    let look = Look::new();
    let mut book = Workbook::new();
    schedule::add(book.add_worksheet(), plan, &contents, &look)?;
    text::add(book.add_worksheet(), plan, &contents, &look)?;
    record::add(book.add_worksheet(), &contents, mark, &look)?;
    // The program knows no clock.
    let (year, month, day) =
        plan.issued.map_or((plan.year, 1, 1), |day| (day.year(), day.month(), day.day()));
    let day = ExcelDateTime::from_ymd(
        u16::try_from(year).unwrap_or(1900),
        u8::try_from(month).unwrap_or(1),
        u8::try_from(day).unwrap_or(1),
    )?;
    let properties = DocProperties::new()
        .set_title(plan.title.as_str())
        .set_author(union.short_name.as_str())
        .set_creation_datetime(&day);
    book.set_properties(&properties);
    book.save_to_buffer()
}

/// What tells whether a `plan.yaml` has changed.
pub fn fingerprint(plan_file: &[u8]) -> String {
    let mut hash = crate::fingerprint::Fingerprint::default();
    hash.add(plan_file);
    format!("{:032x}", hash.value())
}
