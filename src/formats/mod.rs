//! Plan → files that other programs read, beside the pages.
//!
//! [`calendar_file`] has a plan's calendars for phones and computers; [`icalendar`] is how such a
//! file is written. What a calendar shows is decided in [`crate::plan::event`].

pub mod calendar_file;
pub mod icalendar;
mod words;

/// A file of a plan's unit that is no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Path from the site's root: `2021/calendar.ics`.
    pub path: String,
    /// Content.
    pub text: String,
}
