//! The time grammar: what a clerk writes in the “when” column of a plan.
//!
//! A [`When`] keeps the wording it was read from and answers for the months,
//! days and order behind it. Nothing is guessed: a phrase outside the grammar
//! is a [`WhenFault`], which carries what a good message needs.
//!
//! A phrase is folded to one spelling (`fold`), read part by part (`read`) into
//! stretches of days (`extent`), and, only if that fails, compared with phrases that
//! would have been read (`nearest`).

mod extent;
mod fault;
mod fold;
mod months;
mod nearest;
mod number;
mod point;
mod read;
mod terms;
#[cfg(test)]
mod tests;
mod unit;

use std::fmt;

use chrono::NaiveDate;

pub use self::extent::{Grain, OrderKey, Span};
pub use self::fault::WhenFault;
pub use self::months::{Month, Months};
pub use self::terms::Terms;

pub(super) use self::fold::fold_char;
pub(super) use self::number::{Number, NumericDate};

use self::extent::Extent;

/// Holds a time of the plan's year: its wording, and the months and days meant.
///
/// ```
/// use unionplan::plan::when::{Terms, When};
///
/// let when = When::read(" 5月10日—14日 ", 2021, &Terms::default()).unwrap();
/// assert_eq!(when.text(), "5月10日—14日");
/// assert!(when.months().iter().eq([5]));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct When {
    text: Box<str>,
    extent: Extent,
}

/// Tells where a time is filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// Under months of its own.
    Months,
    /// Under the whole year: 全年, 每月, 每学期, 1—12月.
    AllYear,
    /// Under no month, for it is done when it suits: 适时, 待定.
    AsAppropriate,
}

impl When {
    /// Reads a phrase of a plan for `year`, to which months without a year belong.
    ///
    /// # Errors
    ///
    /// Fails if the phrase is blank, outside the grammar, impossible, backwards
    /// or has no month in `year`.
    ///
    /// ```
    /// use unionplan::plan::when::{Terms, When, WhenFault};
    ///
    /// let terms = Terms::default();
    /// assert!(When::read("上半年、9月", 2021, &terms).is_ok());
    /// assert_eq!(
    ///     When::read("适是", 2021, &terms),
    ///     Err(WhenFault::Unreadable { nearest: Some("适时".into()) }),
    /// );
    /// ```
    pub fn read(text: &str, year: i32, terms: &Terms) -> Result<Self, WhenFault> {
        let folded = fold::fold(text);
        if folded.is_empty() {
            return Err(WhenFault::Empty);
        }
        let extent = read::extent(&folded, year, terms).map_err(|fault| match fault {
            WhenFault::Unreadable { .. } => WhenFault::Unreadable {
                nearest: nearest::nearest(text, &folded, |phrase| {
                    read::extent(phrase, year, terms).is_ok()
                }),
            },
            told => told,
        })?;
        Ok(Self { text: text.trim().into(), extent })
    }

    /// Reads a time shown in one wording and filed under another.
    ///
    /// # Errors
    ///
    /// Fails if `shown` is blank, or as [`When::read`] does for `filed`.
    ///
    /// ```
    /// use unionplan::plan::when::{Terms, When};
    ///
    /// let when = When::filed("教师节前", "9月", 2021, &Terms::default()).unwrap();
    /// assert_eq!(when.text(), "教师节前");
    /// assert!(when.months().iter().eq([9]));
    /// ```
    pub fn filed(shown: &str, filed: &str, year: i32, terms: &Terms) -> Result<Self, WhenFault> {
        let shown = shown.trim();
        if shown.is_empty() {
            return Err(WhenFault::Empty);
        }
        Ok(Self { text: shown.into(), ..Self::read(filed, year, terms)? })
    }

    /// Returns the wording as it was written, without outer blanks.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Tells where the time is filed.
    #[must_use]
    pub fn lane(&self) -> Lane {
        self.extent.lane()
    }

    /// Returns the months of the plan's year in which the thing happens or is due:
    /// all twelve for [`Lane::AllYear`], none for [`Lane::AsAppropriate`].
    #[must_use]
    pub fn months(&self) -> Months {
        self.extent.months()
    }

    /// Returns the first and last day, if every part of the time names its days.
    ///
    /// A third of a month (旬) does; a deadline names the one day it falls on.
    ///
    /// ```
    /// use unionplan::plan::when::{Terms, When};
    ///
    /// let days = |text| When::read(text, 2021, &Terms::default()).unwrap().days();
    /// let (first, last) = days("4月中旬").unwrap();
    /// assert_eq!(format!("{first} {last}"), "2021-04-11 2021-04-20");
    /// assert_eq!(days("4月"), None);
    /// ```
    #[must_use]
    pub fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        self.extent.days()
    }

    /// Returns the first and last month, which may lie outside the plan's year.
    #[must_use]
    pub fn span(&self) -> Option<(Month, Month)> {
        self.extent.span()
    }

    /// Returns the unbroken stretches of days that are meant, in order; none for
    /// [`Lane::AsAppropriate`].
    ///
    /// ```
    /// use unionplan::plan::when::{Grain, Terms, When};
    ///
    /// let when = When::read("3月8日、9月", 2021, &Terms::default()).unwrap();
    /// let grains: Vec<Grain> = when.spans().iter().map(|span| span.grain).collect();
    /// assert_eq!(grains, [Grain::Days, Grain::Months]);
    /// ```
    #[must_use]
    pub fn spans(&self) -> &[Span] {
        self.extent.spans()
    }

    /// Tells whether the time is only a day to be done by: 6月底前, 6月30日前.
    #[must_use]
    pub fn is_deadline(&self) -> bool {
        self.extent.is_deadline()
    }

    /// Returns a key that sorts times by first day, then by last; those of the whole
    /// year come after, and those of no month at the very end.
    #[must_use]
    pub fn order_key(&self) -> OrderKey {
        self.extent.order_key()
    }

    /// Words the time in one settled way, which is read as the same time again.
    ///
    /// ```
    /// use unionplan::plan::when::{Terms, When};
    ///
    /// let when = When::read("九月及３～５月", 2021, &Terms::default()).unwrap();
    /// assert_eq!(when.canonical(), "3—5月、9月");
    /// ```
    #[must_use]
    pub fn canonical(&self) -> String {
        self.extent.to_string()
    }

    /// Tells whether two wordings mean the same time.
    #[must_use]
    pub fn same_time_as(&self, other: &Self) -> bool {
        self.extent == other.extent
    }
}

impl fmt::Display for When {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.text)
    }
}
