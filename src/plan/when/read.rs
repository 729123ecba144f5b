//! The grammar, read from left to right over a folded phrase.
//!
//! ```text
//! phrase = item { "," item }
//! item   = [hedge] ["自"] point ( joiner point | [turn] )
//! joiner = "-" | "至"
//! turn   = 前 | 截止 | 起 | 期间 …
//! point  = [year] ( month [third | day] | quarter | half | term | … )
//! ```
//!
//! A number without a unit borrows that of the numbers after it (`3,5,9月`); a day or
//! a third of a month without a month takes that of the point before (`5月10日,12日`).

use chrono::NaiveDate;

use super::extent::{Extent, Grain, Span, last_day};
use super::fault::{Reading, WhenFault};
use super::months::Months;
use super::number::{Number, NumericDate};
use super::point::{Before, Edge, Fixed, Period, Point};
use super::terms::Terms;
use super::unit::Unit;

/// The bytes beyond which no text is a time.
const LONGEST: usize = 600;

/// Words before a time that leave it as it is.
const HEDGES: &[&str] = &["大约", "约", "预计", "暂定"];

/// Words after a time that leave it as it is.
const LOOSE: &[&str] = &["期间", "左右", "前后", "内"];

/// Reads a folded phrase of a plan for `year`.
pub(super) fn extent(phrase: &str, year: i32, terms: &Terms) -> Reading<Extent> {
    if phrase.len() > LONGEST {
        return Err(WhenFault::UNREADABLE);
    }
    let mut reader = Reader {
        rest: phrase,
        terms,
        plan_year: year,
        named_year: year,
        year,
        month: None,
        spans: Vec::new(),
        as_appropriate: false,
    };
    reader.item()?;
    while !reader.rest.is_empty() {
        if !reader.eat_any(&[",以,", "以,", ","]) {
            return Err(WhenFault::UNREADABLE);
        }
        reader.item()?;
    }
    match (reader.as_appropriate, reader.spans.is_empty()) {
        (true, true) => Ok(Extent::as_appropriate(year)),
        (false, false) => Extent::of(reader.spans, year),
        _ => Err(WhenFault::UNREADABLE),
    }
}

/// Holds what is left to read and what has been understood so far.
struct Reader<'a> {
    rest: &'a str,
    terms: &'a Terms,
    plan_year: i32,
    /// The year last written in digits, to which 次年 is next.
    named_year: i32,
    /// The year months belong to.
    year: i32,
    /// The month that a bare day or third belongs to.
    month: Option<u8>,
    spans: Vec<Span>,
    as_appropriate: bool,
}

/// What the words after a point make of it.
#[derive(Clone, Copy, PartialEq)]
enum Turn {
    Plain,
    Before,
    By,
    Since,
}

impl<'a> Reader<'a> {
    fn eat(&mut self, word: &str) -> bool {
        self.rest.strip_prefix(word).map(|rest| self.rest = rest).is_some()
    }

    fn eat_any(&mut self, words: &[&str]) -> bool {
        words.iter().any(|word| self.eat(word))
    }

    fn number(&mut self) -> Option<Number<'a>> {
        let (number, rest) = Number::read(self.rest)?;
        self.rest = rest;
        Some(number)
    }

    /// Reads the unit of the number just read, or finds the one it borrows.
    fn unit(&mut self) -> Option<Unit> {
        let Some((unit, rest)) = Unit::read(self.rest) else {
            return Unit::borrowed(self.rest);
        };
        self.rest = rest;
        Some(unit)
    }

    /// Tells whether nothing more is said of the point just read.
    fn at_end(&self) -> bool {
        self.rest.is_empty() || self.rest.starts_with([',', '-', '至'])
    }

    fn item(&mut self) -> Reading<()> {
        self.eat_any(HEDGES);
        let until = self.eat("截至");
        let from = self.eat_any(&["自", "从"]);
        let point = self.point()?;
        if !until && self.eat_any(&["起至", "-", "至"]) {
            let end = self.point()?;
            let _ = self.eat_any(LOOSE) || self.eat("止");
            let span = point.through(&end, self.plan_year)?;
            self.spans.push(span);
            return Ok(());
        }
        let turn = if until { Turn::By } else { self.turn() };
        if from && turn != Turn::Since {
            return Err(WhenFault::UNREADABLE);
        }
        self.take(&point, turn)
    }

    fn turn(&mut self) -> Turn {
        if self.eat_any(LOOSE) {
            Turn::Plain
        } else if self.eat_any(&["前完成", "以前完成", "之前完成", "前", "以前", "之前"])
        {
            Turn::Before
        } else if self.eat("截止") {
            Turn::By
        } else if self.eat_any(&["起", "开始"]) {
            Turn::Since
        } else {
            Turn::Plain
        }
    }

    /// Files a point that stands alone.
    fn take(&mut self, point: &Point, turn: Turn) -> Reading<()> {
        if turn == Turn::Plain {
            match point {
                Point::AsAppropriate => self.as_appropriate = true,
                point => point.spread(&mut self.spans)?,
            }
            return Ok(());
        }
        let span = point.whole()?;
        let due = |day| Span { first: day, last: day, grain: Grain::Due };
        self.spans.push(match turn {
            Turn::Since => {
                let year = self.year.max(self.plan_year);
                Span { last: last_day(year, 12).unwrap_or(span.last), ..span }
            }
            Turn::Before => due(point.day_before()?),
            Turn::By | Turn::Plain => due(span.last),
        });
        Ok(())
    }

    /// Reads one point, as far as it can be told from what stands before it.
    fn point(&mut self) -> Reading<Point> {
        if let Some((date, rest)) = NumericDate::read(self.rest) {
            self.rest = rest;
            return self.numeric(date);
        }
        let dated = self.year();
        let month = self.month.take().filter(|_| !dated);
        if self.eat("每") {
            return self.every();
        }
        if let Some((fixed, rest)) = Fixed::read(self.rest) {
            self.rest = rest;
            return Ok(self.fixed(fixed));
        }
        if dated && let Some(edge) = self.edge() {
            return Ok(Point::Months(Period::year_edge(self.year, edge)));
        }
        if let Some(month) = month {
            if self.eat("月") {
                let third = self.third().ok_or(WhenFault::UNREADABLE)?;
                return self.third_of(month, third);
            }
            if let Some(third) = self.ten_days() {
                return self.third_of(month, third);
            }
        }
        if dated && (self.at_end() || self.rest.starts_with(['前', '起'])) {
            return Ok(self.period(Months::ALL, Before::Start));
        }
        self.numbered(month)
    }

    /// Reads a point that begins with a number; a day may be one of `month`.
    fn numbered(&mut self, month: Option<u8>) -> Reading<Point> {
        let ordinal = self.eat("第");
        let number = self.number().ok_or(WhenFault::UNREADABLE)?;
        match (self.unit(), month) {
            (Some(Unit::Quarter), _) => {
                let months = quarter(number)?;
                Ok(self.period(months, Before::Unclear))
            }
            (Some(Unit::Month), _) if !ordinal => {
                let month = self.month_of(number)?;
                self.within(month)
            }
            (Some(Unit::Day), Some(month)) if !ordinal => self.day_of(month, number),
            _ => Err(WhenFault::UNREADABLE),
        }
    }

    /// Reads a year before a point, and tells whether there is one.
    fn year(&mut self) -> bool {
        if let Some((number, rest)) = Number::read(self.rest)
            && number.is_year()
            && let Some(rest) = rest.strip_prefix('年')
            && let Ok(year) = i32::try_from(number.value)
        {
            (self.rest, self.year, self.named_year) = (rest, year, year);
        } else if self.eat_any(&["次年", "翌年", "明年", "来年"]) {
            self.year = self.named_year.saturating_add(1);
        } else if self.eat_any(&["今年", "本年", "当年"]) {
            self.year = self.plan_year;
        } else {
            return false;
        }
        self.eat("度");
        true
    }

    /// Reads what follows 每; after 每年 that may be a time of its own.
    fn every(&mut self) -> Reading<Point> {
        const CYCLES: &[&str] =
            &["个月", "月份", "月", "季度", "季", "半年", "学期", "学年", "两周", "日", "天"];
        const PARTS: &[&str] = &["上旬", "中旬", "下旬", "初", "中", "底", "末"];
        const WEEKDAYS: &[&str] = &["一", "二", "三", "四", "五", "六", "日", "天"];
        if self.eat_any(&["年度", "年"]) {
            return if self.count() || self.at_end() {
                Ok(Point::AllYear(self.year))
            } else if let Some(edge) = self.edge() {
                Ok(Point::Months(Period::year_edge(self.year, edge)))
            } else {
                self.point()
            };
        }
        let week = self.eat_any(&["个星期", "星期", "周"]);
        if !week && !self.eat_any(CYCLES) {
            return Err(WhenFault::UNREADABLE);
        }
        if self.count() || self.eat_any(if week { WEEKDAYS } else { PARTS }) {
            self.eat("前");
        }
        Ok(Point::AllYear(self.year))
    }

    /// Reads how often, or on which day, something recurs: 一次, 至少2次, 10日.
    fn count(&mut self) -> bool {
        let least = ["至少", "不少于"].iter().find_map(|word| self.rest.strip_prefix(word));
        let after = Number::read(least.unwrap_or(self.rest))
            .and_then(|(_, rest)| rest.strip_prefix(['次', '日', '号', '天']));
        after.map(|rest| self.rest = rest).is_some()
    }

    fn fixed(&mut self, fixed: Fixed) -> Point {
        match fixed {
            Fixed::AllYear => Point::AllYear(self.year),
            Fixed::AsAppropriate => Point::AsAppropriate,
            Fixed::Part(first, last) => self.period(Months::between(first, last), Before::Unclear),
            Fixed::YearEdge(edge) => Point::Months(Period::year_edge(self.year, edge)),
            Fixed::Term(months) => self.period(months(self.terms), Before::Start),
        }
    }

    /// Holds some months, or only their first or last if 初 or 底 follows.
    fn period(&mut self, months: Months, before: Before) -> Point {
        let period = Period::new(self.year, months, before);
        Point::Months(match self.edge() {
            Some(edge) => period.edge(edge),
            None => period,
        })
    }

    fn month(&self, month: u8) -> Point {
        let months = Months::between(month, month);
        Point::Months(Period::new(self.year, months, Before::Start))
    }

    /// Reads what follows `N月`: a third, a day, or nothing.
    fn within(&mut self, month: u8) -> Reading<Point> {
        if let Some(third) = self.third() {
            return self.third_of(month, third);
        }
        let Some(number) = self.number() else {
            return Ok(self.month(month));
        };
        match self.unit() {
            Some(Unit::Day) => self.day_of(month, number),
            _ => Err(WhenFault::UNREADABLE),
        }
    }

    fn edge(&mut self) -> Option<Edge> {
        let (edge, rest) = Edge::read(self.rest)?;
        self.rest = rest;
        Some(edge)
    }

    /// Reads a third of a month, also one worded as an edge: 初, 中, 底.
    fn third(&mut self) -> Option<(Edge, Edge)> {
        self.ten_days().or_else(|| self.edge().map(|edge| (edge, edge)))
    }

    /// Reads 上旬, 中下旬, or the 上 of `上,中旬`.
    fn ten_days(&mut self) -> Option<(Edge, Edge)> {
        let third = |text: &'a str| {
            let mut letters = text.chars();
            let edge = match letters.next()? {
                '上' => Edge::Start,
                '中' => Edge::Middle,
                '下' => Edge::End,
                _ => return None,
            };
            Some((edge, letters.as_str()))
        };
        let full =
            |text| third(text).and_then(|(edge, rest)| Some((edge, rest.strip_prefix('旬')?)));
        let (first, rest) = third(self.rest)?;
        let (last, rest) = if let Some(rest) = rest.strip_prefix('旬') {
            (first, rest)
        } else if let Some((last, rest)) = full(rest) {
            (last, rest)
        } else {
            rest.strip_prefix([',', '-', '至']).and_then(full)?;
            (first, rest)
        };
        self.rest = rest;
        (first <= last).then_some((first, last))
    }

    fn third_of(&mut self, month: u8, (first, last): (Edge, Edge)) -> Reading<Point> {
        self.month = Some(month);
        let day = |day| NaiveDate::from_ymd_opt(self.year, month.into(), day);
        let first = match first {
            Edge::Start => day(1),
            Edge::Middle => day(11),
            Edge::End => day(21),
        };
        let last = match last {
            Edge::Start => day(10),
            Edge::Middle => day(20),
            Edge::End => last_day(self.year, month),
        };
        match (first, last) {
            (Some(first), Some(last)) => Ok(Point::Days(first, last)),
            _ => Err(WhenFault::no_such(format!("{}年{month}月", self.year))),
        }
    }

    fn month_of(&self, number: Number<'_>) -> Reading<u8> {
        u8::try_from(number.value)
            .ok()
            .filter(|month| (1..=12).contains(month))
            .ok_or_else(|| WhenFault::no_such(format!("{}{}月", self.year_said(), number.text)))
    }

    fn day_of(&mut self, month: u8, number: Number<'_>) -> Reading<Point> {
        self.month = Some(month);
        let day =
            NaiveDate::from_ymd_opt(self.year, month.into(), number.value).ok_or_else(|| {
                WhenFault::no_such(format!("{}{month}月{}日", self.year_said(), number.text))
            })?;
        Ok(Point::Days(day, day))
    }

    fn numeric(&mut self, date: NumericDate<'a>) -> Reading<Point> {
        self.year = i32::try_from(date.year.value).unwrap_or(i32::MAX);
        self.named_year = self.year;
        self.month = None;
        let text = |_| WhenFault::no_such(date.text);
        let month = self.month_of(date.month).map_err(text)?;
        match date.day {
            Some(day) => self.day_of(month, day).map_err(text),
            None => Ok(self.month(month)),
        }
    }

    /// Words the year for a fault, unless it goes without saying.
    fn year_said(&self) -> String {
        if self.year == self.plan_year { String::new() } else { format!("{}年", self.year) }
    }
}

/// Returns the months of a quarter.
fn quarter(number: Number<'_>) -> Reading<Months> {
    match u8::try_from(number.value) {
        Ok(quarter @ 1..=4) => Ok(Months::between(quarter * 3 - 2, quarter * 3)),
        _ => Err(WhenFault::no_such(format!("第{}季度", number.text))),
    }
}
