//! Why a phrase cannot be read; how to say so is another room's matter.

/// The outcome of reading some part of a phrase.
pub(super) type Reading<T> = Result<T, WhenFault>;

/// Says why a phrase is not a time of the plan's year.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum WhenFault {
    /// Nothing is written.
    Empty,
    /// The phrase is outside the grammar.
    Unreadable {
        /// The readable phrase most like it, if one is like it at all.
        nearest: Option<String>,
    },
    /// A date, month or quarter that no calendar has.
    NoSuchDate {
        /// The impossible date, such as 2月30日.
        text: String,
    },
    /// A stretch that ends before it begins.
    Backwards {
        /// Where it begins, such as 11月.
        from: String,
        /// Where it ends, such as 2月.
        to: String,
    },
    /// A time with no month in the plan's year.
    OutsideYear {
        /// The year the time begins in.
        year: i32,
        /// The plan's year.
        plan_year: i32,
    },
}

impl WhenFault {
    /// A phrase outside the grammar, before a nearest one is looked for.
    pub(super) const UNREADABLE: Self = Self::Unreadable { nearest: None };

    /// Tells of a date that no calendar has.
    pub(super) fn no_such(text: impl Into<String>) -> Self {
        Self::NoSuchDate { text: text.into() }
    }
}
