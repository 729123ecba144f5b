//! The points of time a phrase is built from.

use chrono::NaiveDate;

use super::extent::{Grain, Span, month_days};
use super::fault::{Reading, WhenFault};
use super::months::Months;
use super::terms::Terms;

/// Holds one point of time, as coarse as it is worded.
pub(super) enum Point {
    /// From one day to another.
    Days(NaiveDate, NaiveDate),
    /// Some months of one year.
    Months(Period),
    /// All of a year, neither the start nor the end of anything.
    AllYear(i32),
    /// Whenever it suits.
    AsAppropriate,
}

/// Holds some months of one year.
pub(super) struct Period {
    year: i32,
    months: Months,
    before: Before,
}

/// Tells what 前 after some months means.
#[derive(Clone, Copy)]
pub(super) enum Before {
    /// Before they begin: 6月前, 暑假前.
    Start,
    /// Before they end: 年底前.
    End,
    /// One or the other: 二季度前.
    Unclear,
}

/// Names a part of a month, a year or some other period.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Edge {
    /// 初, 上旬.
    Start,
    /// 中, 中旬.
    Middle,
    /// 底, 末, 终, 下旬.
    End,
}

impl Edge {
    /// Reads the edge a text begins with.
    pub(super) fn read(text: &str) -> Option<(Self, &str)> {
        let mut letters = text.chars();
        let edge = match letters.next()? {
            '初' => Self::Start,
            '中' => Self::Middle,
            '底' | '末' | '终' => Self::End,
            _ => return None,
        };
        Some((edge, letters.as_str()))
    }
}

impl Period {
    /// Holds some months, and what 前 after them means.
    pub(super) fn new(year: i32, months: Months, before: Before) -> Self {
        Self { year, months, before }
    }

    /// Holds the month that 年初, 年中 or 年底 means.
    pub(super) fn year_edge(year: i32, edge: Edge) -> Self {
        let month = match edge {
            Edge::Start => 1,
            Edge::Middle => 6,
            Edge::End => 12,
        };
        Self::new(year, Months::between(month, month), Before::End)
    }

    /// Keeps only the first or the last month; 中 is during all of them.
    pub(super) fn edge(self, edge: Edge) -> Self {
        let month = match edge {
            Edge::Start => self.months.first(),
            Edge::Middle => return self,
            Edge::End => self.months.last(),
        };
        let months = month.map_or(Months::NONE, |month| Months::between(month, month));
        Self::new(self.year, months, Before::End)
    }

    /// Returns the first and the last day.
    fn days(&self) -> Reading<(NaiveDate, NaiveDate)> {
        let (first, last) =
            self.months.first().zip(self.months.last()).ok_or(WhenFault::UNREADABLE)?;
        month_days(self.year, first, last)
    }
}

impl Point {
    /// Returns the point from its first day to its last.
    pub(super) fn whole(&self) -> Reading<Span> {
        match self {
            Self::Days(first, last) => Ok(Span { first: *first, last: *last, grain: Grain::Days }),
            Self::Months(period) => {
                let (first, last) = period.days()?;
                Ok(Span { first, last, grain: Grain::Months })
            }
            Self::AllYear(_) | Self::AsAppropriate => Err(WhenFault::UNREADABLE),
        }
    }

    /// Adds the unbroken stretches of the point to others.
    pub(super) fn spread(&self, spans: &mut Vec<Span>) -> Reading<()> {
        let (year, months) = match self {
            Self::Months(period) => (period.year, period.months),
            Self::AllYear(year) => (*year, Months::ALL),
            Self::Days(..) | Self::AsAppropriate => {
                spans.push(self.whole()?);
                return Ok(());
            }
        };
        for (first, last) in months.runs() {
            let (first, last) = month_days(year, first, last)?;
            spans.push(Span { first, last, grain: Grain::Months });
        }
        Ok(())
    }

    /// Returns the last day of “before the point”; days named are themselves in time.
    pub(super) fn day_before(&self) -> Reading<NaiveDate> {
        let Span { first, last, .. } = self.whole()?;
        match self {
            Self::Months(Period { before: Before::Unclear, .. }) => Err(WhenFault::UNREADABLE),
            Self::Months(Period { before: Before::Start, .. }) => {
                first.pred_opt().ok_or_else(|| WhenFault::no_such(format!("{first}")))
            }
            _ => Ok(last),
        }
    }

    /// Returns the stretch from one point through another.
    pub(super) fn through(&self, end: &Self, plan_year: i32) -> Reading<Span> {
        let (from, to) = (self.whole()?, end.whole()?);
        if to.first < from.first || to.last < from.last {
            let years = [from, to].iter().any(|span| span.is_outside(plan_year));
            return Err(WhenFault::Backwards { from: from.wording(years), to: to.wording(years) });
        }
        let grain = from.grain.min(to.grain);
        Ok(Span { first: from.first, last: to.last, grain })
    }
}

/// Names a time that has one wording of its own.
#[derive(Clone, Copy)]
pub(super) enum Fixed {
    /// The whole year.
    AllYear,
    /// Whenever it suits.
    AsAppropriate,
    /// Part of a year, by its first and last month.
    Part(u8, u8),
    /// The beginning, middle or end of a year.
    YearEdge(Edge),
    /// A term or a holiday.
    Term(fn(&Terms) -> Months),
}

/// The fixed wordings, a longer one before any that it begins with.
const FIXED: &[(&str, Fixed)] = &[
    ("全年度", Fixed::AllYear),
    ("全年", Fixed::AllYear),
    ("长期", Fixed::AllYear),
    ("常年", Fixed::AllYear),
    ("贯穿全年", Fixed::AllYear),
    ("常态化", Fixed::AllYear),
    ("持续", Fixed::AllYear),
    ("日常", Fixed::AllYear),
    ("适时", Fixed::AsAppropriate),
    ("择机", Fixed::AsAppropriate),
    ("待定", Fixed::AsAppropriate),
    ("时间待定", Fixed::AsAppropriate),
    ("另行通知", Fixed::AsAppropriate),
    ("视情况而定", Fixed::AsAppropriate),
    ("视情况", Fixed::AsAppropriate),
    ("上半年", Fixed::Part(1, 6)),
    ("下半年", Fixed::Part(7, 12)),
    ("前三季度", Fixed::Part(1, 9)),
    ("年初", Fixed::YearEdge(Edge::Start)),
    ("年中", Fixed::YearEdge(Edge::Middle)),
    ("年底", Fixed::YearEdge(Edge::End)),
    ("年末", Fixed::YearEdge(Edge::End)),
    ("年终", Fixed::YearEdge(Edge::End)),
    ("岁末", Fixed::YearEdge(Edge::End)),
    ("春季学期", Fixed::Term(|terms| terms.spring)),
    ("秋季学期", Fixed::Term(|terms| terms.autumn)),
    ("春,秋季学期", Fixed::Term(|terms| terms.spring.union(terms.autumn))),
    ("春秋季学期", Fixed::Term(|terms| terms.spring.union(terms.autumn))),
    ("上学期", Fixed::Term(|terms| terms.first)),
    ("第一学期", Fixed::Term(|terms| terms.first)),
    ("第1学期", Fixed::Term(|terms| terms.first)),
    ("下学期", Fixed::Term(|terms| terms.second)),
    ("第二学期", Fixed::Term(|terms| terms.second)),
    ("第2学期", Fixed::Term(|terms| terms.second)),
    ("寒假", Fixed::Term(|terms| terms.winter_break)),
    ("暑假", Fixed::Term(|terms| terms.summer_break)),
    ("暑期", Fixed::Term(|terms| terms.summer_break)),
    ("寒,暑假", Fixed::Term(|terms| terms.winter_break.union(terms.summer_break))),
    ("寒暑假", Fixed::Term(|terms| terms.winter_break.union(terms.summer_break))),
];

impl Fixed {
    /// Reads the fixed wording a folded text begins with.
    pub(super) fn read(text: &str) -> Option<(Self, &str)> {
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        FIXED.iter().find_map(|&(word, fixed)| Some((fixed, text.strip_prefix(word)?)))
    }
}
