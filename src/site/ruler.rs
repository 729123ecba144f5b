//! Times as pages show them: the words as written, and a ruler of twelve months.

use super::view::WhenView;
use crate::plan::When;
use crate::plan::when::Lane;
use std::fmt::Write;

/// A time as pages show it.
pub fn when_view(when: &When) -> WhenView {
    let months: Vec<u8> = when.months().iter().collect();
    let days = when.days();
    WhenView {
        text: when.text().to_owned(),
        lane: match when.lane() {
            Lane::Months => "months",
            Lane::AllYear => "all-year",
            Lane::AsAppropriate => "as-appropriate",
        },
        ruler: if when.lane() == Lane::AllYear {
            "M0 3h47v3H0z".to_owned()
        } else {
            ruler(&months)
        },
        months,
        from_day: days.map(|(first, _)| first.to_string()),
        to_day: days.map(|(_, last)| last.to_string()),
    }
}

/// A block a month: 3 wide, 4 apart.
pub fn ruler(months: &[u8]) -> String {
    let mut path = String::with_capacity(months.len() * 14);
    for month in months {
        let _ = write!(path, "M{} 0h3v6h-3z", 4 * (u32::from(*month) - 1));
    }
    path
}
