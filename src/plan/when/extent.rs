//! The days behind a phrase, and the one settled wording for them.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use super::Lane;
use super::fault::{Reading, WhenFault};
use super::months::{Month, Months, month_of};

/// Tells how finely a span is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    /// It is the day by which something is due.
    Due,
    /// Its days are named.
    Days,
    /// Only its months are.
    Months,
}

/// Holds an unbroken stretch of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first day.
    pub first: NaiveDate,
    /// The last day, which is the first or a later one.
    pub last: NaiveDate,
    /// How finely it is known.
    pub grain: Grain,
}

/// Holds all the stretches a phrase means, in order, for a plan of one year.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Extent {
    year: i32,
    lane: Lane,
    months: Months,
    spans: Vec<Span>,
}

/// Sorts times: by first day, then by last, those without months of their own last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderKey {
    lane: Lane,
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
}

/// Returns the first day of a month.
fn first_day(year: i32, month: u8) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month.into(), 1)
}

/// Returns the last day of a month.
pub(super) fn last_day(year: i32, month: u8) -> Option<NaiveDate> {
    (28..=31).rev().find_map(|day| NaiveDate::from_ymd_opt(year, month.into(), day))
}

/// Returns the first day of `first` and the last of `last`, months of one year.
pub(super) fn month_days(year: i32, first: u8, last: u8) -> Reading<(NaiveDate, NaiveDate)> {
    first_day(year, first)
        .zip(last_day(year, last))
        .ok_or_else(|| WhenFault::no_such(format!("{year}年")))
}

impl Span {
    /// Returns the months of one year that the span touches.
    pub fn months(&self, year: i32) -> Months {
        let (first, last) = (self.first.year(), self.last.year());
        if last < year || first > year {
            return Months::NONE;
        }
        Months::between(
            if first < year { 1 } else { month_of(self.first) },
            if last > year { 12 } else { month_of(self.last) },
        )
    }

    /// Tells whether some of the span may lie outside a year.
    pub(super) fn is_outside(&self, year: i32) -> bool {
        self.first.year() != year || self.last.year() != year
    }

    /// Tells whether two spans are months that run into each other.
    fn meets(&self, next: &Self) -> bool {
        self.grain == Grain::Months
            && next.grain == Grain::Months
            && self.last.succ_opt().is_none_or(|after| next.first <= after)
    }

    /// Words the span, naming its year if asked to.
    pub(super) fn wording(&self, with_year: bool) -> String {
        let year = |day: NaiveDate| {
            if with_year { format!("{}年", day.year()) } else { String::new() }
        };
        let month = |day: NaiveDate| format!("{}{}月", year(day), day.month());
        let date = |day: NaiveDate| format!("{}{}日", month(day), day.day());
        let (first, last) = (self.first, self.last);
        let same_year = first.year() == last.year();
        let same_month = same_year && first.month() == last.month();
        match self.grain {
            Grain::Due => format!("{}前", date(last)),
            Grain::Months if same_month => month(first),
            Grain::Months if same_year => {
                format!("{}{}—{}月", year(first), first.month(), last.month())
            }
            Grain::Months => format!("{}—{}", month(first), month(last)),
            Grain::Days if first == last => date(first),
            Grain::Days if same_month => match (first.day(), last.day(), last.succ_opt()) {
                (1, 10, _) => format!("{}上旬", month(first)),
                (11, 20, _) => format!("{}中旬", month(first)),
                (21, _, Some(after)) if after.day() == 1 => format!("{}下旬", month(first)),
                (_, day, _) => format!("{}—{day}日", date(first)),
            },
            Grain::Days => format!("{}—{}", date(first), date(last)),
        }
    }
}

impl Extent {
    /// Holds a time of no month.
    pub(super) fn as_appropriate(year: i32) -> Self {
        Self { year, lane: Lane::AsAppropriate, months: Months::NONE, spans: Vec::new() }
    }

    /// Puts spans in order and joins the months that run into each other.
    pub(super) fn of(mut spans: Vec<Span>, year: i32) -> Reading<Self> {
        if spans.len() > 1 {
            spans = join(spans);
        }
        let months = spans.iter().fold(Months::NONE, |all, span| all.union(span.months(year)));
        if months.is_empty() {
            return Err(WhenFault::OutsideYear {
                year: spans.first().map_or(year, |span| span.first.year()),
                plan_year: year,
            });
        }
        let whole = |span: &&Span| span.grain == Grain::Months && span.months(year) == Months::ALL;
        let lane = match spans.iter().find(whole).copied() {
            Some(span) => {
                let first = first_day(year, 1).unwrap_or(span.first);
                let last = last_day(year, 12).unwrap_or(span.last);
                spans = vec![Span { first, last, ..span }];
                Lane::AllYear
            }
            None => Lane::Months,
        };
        Ok(Self { year, lane, months, spans })
    }

    pub(super) fn lane(&self) -> Lane {
        self.lane
    }

    pub(super) fn months(&self) -> Months {
        self.months
    }

    pub(super) fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        if self.spans.iter().any(|span| span.grain == Grain::Months) {
            return None;
        }
        self.bounds()
    }

    pub(super) fn span(&self) -> Option<(Month, Month)> {
        self.bounds().map(|(first, last)| (first.into(), last.into()))
    }

    pub(super) fn spans(&self) -> &[Span] {
        &self.spans
    }

    pub(super) fn is_deadline(&self) -> bool {
        !self.spans.is_empty() && self.spans.iter().all(|span| span.grain == Grain::Due)
    }

    pub(super) fn order_key(&self) -> OrderKey {
        // What began in an earlier year sorts from the first month it has in this one.
        let inside = self.spans.iter().find(|span| !span.months(self.year).is_empty());
        let first =
            inside.map(|span| span.first.max(first_day(self.year, 1).unwrap_or(span.first)));
        OrderKey { lane: self.lane, first, last: self.bounds().map(|(_, last)| last) }
    }

    /// Returns the first and the last day of all.
    fn bounds(&self) -> Option<(NaiveDate, NaiveDate)> {
        let first = self.spans.first()?.first;
        let last = self.spans.iter().map(|span| span.last).max()?;
        Some((first, last))
    }
}

/// Sorts spans, drops repeated ones and joins the months that run into each other.
fn join(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.iter_mut().find(|earlier| earlier.meets(&span)) {
            Some(earlier) => earlier.last = earlier.last.max(span.last),
            None => joined.push(span),
        }
    }
    joined.sort_unstable();
    joined.dedup();
    joined
}

/// Writes the settled wording; years are named only if some day lies in another.
impl fmt::Display for Extent {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.lane {
            Lane::AllYear => return out.write_str("全年"),
            Lane::AsAppropriate => return out.write_str("适时"),
            Lane::Months => {}
        }
        let with_year = self.spans.iter().any(|span| span.is_outside(self.year));
        for (at, span) in self.spans.iter().enumerate() {
            if at > 0 {
                out.write_str("、")?;
            }
            out.write_str(&span.wording(with_year))?;
        }
        Ok(())
    }
}
