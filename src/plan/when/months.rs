//! A month, and a set of the months of one year.

use std::fmt;

use chrono::{Datelike, NaiveDate};

/// Names one month of one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// The year.
    pub year: i32,
    /// The month, from 1 to 12.
    pub month: u8,
}

impl From<NaiveDate> for Month {
    fn from(day: NaiveDate) -> Self {
        Self { year: day.year(), month: month_of(day) }
    }
}

/// Returns the month a day is in.
pub(super) fn month_of(day: NaiveDate) -> u8 {
    // A month is never above 12.
    u8::try_from(day.month()).unwrap_or(12)
}

/// Holds some of the months of one year, each once and in order.
///
/// ```
/// use unionplan::plan::when::Months;
///
/// let months = Months::listed([9, 3, 9]).unwrap();
/// assert!(months.iter().eq([3, 9]));
/// assert_eq!(Months::listed([13]), None);
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Months(u16);

impl Months {
    /// No month at all.
    pub const NONE: Self = Self(0);
    /// All twelve months.
    pub const ALL: Self = Self::between(1, 12);

    /// Collects months, or returns nothing if one is not within 1 to 12.
    #[must_use]
    pub fn listed(months: impl IntoIterator<Item = u8>) -> Option<Self> {
        months.into_iter().try_fold(Self::NONE, |set, month| {
            (1..=12).contains(&month).then(|| set.union(Self::between(month, month)))
        })
    }

    /// Holds the months from one to another, both within 1 to 12.
    pub(super) const fn between(first: u8, last: u8) -> Self {
        Self((2 << last) - (1 << first))
    }

    /// Holds the months of both sets.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Tells whether a month is in the set.
    #[must_use]
    pub fn contains(self, month: u8) -> bool {
        month < 16 && self.0 & (1 << month) != 0
    }

    /// Tells whether no month is in the set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Counts the months.
    #[must_use]
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Returns the first month.
    #[must_use]
    pub fn first(self) -> Option<u8> {
        self.iter().next()
    }

    /// Returns the last month.
    #[must_use]
    pub fn last(self) -> Option<u8> {
        self.iter().next_back()
    }

    /// Walks through the months in order.
    #[must_use]
    pub fn iter(self) -> impl DoubleEndedIterator<Item = u8> + Clone {
        (1..=12).filter(move |&month| self.contains(month))
    }

    /// Walks through the unbroken runs of months, as the first and last of each.
    pub(super) fn runs(self) -> impl Iterator<Item = (u8, u8)> {
        let firsts = self.iter().filter(move |month| !self.contains(month - 1));
        let lasts = self.iter().filter(move |month| !self.contains(month + 1));
        firsts.zip(lasts)
    }
}

impl fmt::Debug for Months {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_set().entries(self.iter()).finish()
    }
}
