//! The day and time of an appointment, as an update words it once they are set:
//! `2021-05-14 15:00–17:00`, 5月14日下午3点.

use super::when::{Grain, Lane, Number, NumericDate, Span, Terms, When, fold_char};
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};

/// A day or time that is settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Appointment {
    /// Whole days: stretches in order, each with its first and last day.
    Days(Vec<(NaiveDate, NaiveDate)>),
    /// From a time on the clock, in China, to another if that is known.
    Hours {
        /// When it begins.
        start: NaiveDateTime,
        /// When it ends, which is later.
        end: Option<NaiveDateTime>,
    },
}

impl Appointment {
    /// Reads the wording of an appointment. A day without a year belongs to `year`. None if it
    /// names no day, if it is impossible, or if it is worded in a way that is not known: pages
    /// show it as it is written all the same.
    ///
    /// ```
    /// use unionplan::plan::appointment::Appointment;
    ///
    /// let read = |text| Appointment::read(text, 2021);
    /// assert_eq!(read("5月14日（周五）下午3点"), read("2021-05-14 15:00"));
    /// assert_eq!(read("时间另行通知"), None);
    /// ```
    pub fn read(text: &str, year: i32) -> Option<Self> {
        let folded: String = text.trim().chars().map(fold_char).collect();
        let bare = folded.trim_end_matches(['.', ' ']);
        let bare = bare.strip_suffix("开始").or_else(|| bare.strip_suffix('起')).unwrap_or(bare);
        Reader { rest: bare, year }.appointment().or_else(|| days_of(text, year))
    }
}

/// Words by which a day is only about right. The grammar of times passes over them; what is settled
/// has none.
const ABOUT: [&str; 12] =
    ["前后", "前後", "左右", "期间", "期間", "之内", "以内", "约", "約", "暂定", "暫定", "预计"];

/// Days as the grammar of times has them: 5月14日、16日.
fn days_of(text: &str, year: i32) -> Option<Appointment> {
    if ABOUT.iter().any(|word| text.contains(word)) {
        return None;
    }
    let when = When::read(text, year, &Terms::default()).ok()?;
    let spans = when.spans();
    let named = when.lane() == Lane::Months && spans.iter().all(|span| span.grain == Grain::Days);
    let days = |span: &Span| (span.first, span.last);
    named.then(|| Appointment::Days(spans.iter().map(days).collect()))
}

/// Parts of the day, a longer one before any that it begins with. The number is what is added to
/// an hour before noon.
const PARTS: [(&str, u32); 10] = [
    ("凌晨", 0),
    ("清晨", 0),
    ("早上", 0),
    ("早晨", 0),
    ("上午", 0),
    ("中午", 0),
    ("下午", 12),
    ("傍晚", 12),
    ("晚上", 12),
    ("晚", 12),
];

/// A time on the clock, with the part of the day that was named before it.
#[derive(Clone, Copy)]
struct Clock {
    time: NaiveTime,
    part: Option<(&'static str, u32)>,
}

/// What is left of a folded text, and the year that days without one belong to.
struct Reader<'t> {
    rest: &'t str,
    year: i32,
}

impl Reader<'_> {
    fn appointment(&mut self) -> Option<Appointment> {
        let first = self.day()?;
        let from = self.clock(None);
        if !self.range() {
            return self.at_end().then(|| match from {
                Some(clock) => Appointment::Hours { start: first.and_time(clock.time), end: None },
                None => Appointment::Days(vec![(first, first)]),
            });
        }
        let day = self.day().or_else(|| self.day_of_month(first));
        let to = self.clock(from.and_then(|clock| clock.part));
        let last = day.unwrap_or(first);
        if !self.at_end() {
            return None;
        }
        match (from, to) {
            (Some(from), Some(to)) => {
                let (start, end) = (first.and_time(from.time), last.and_time(to.time));
                (start < end).then_some(Appointment::Hours { start, end: Some(end) })
            }
            (None, None) if day.is_some() && first <= last => {
                Some(Appointment::Days(vec![(first, last)]))
            }
            _ => None,
        }
    }

    fn skip(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', ',']);
    }

    fn take(&mut self, word: &str) -> bool {
        self.skip();
        let rest = self.rest.strip_prefix(word);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn take_any(&mut self, words: &[&str]) -> bool {
        words.iter().any(|word| self.take(word))
    }

    fn at_end(&mut self) -> bool {
        self.skip();
        self.rest.is_empty()
    }

    /// A number, if one of the words follows it at once.
    fn number_before(&mut self, words: &[&str]) -> Option<u32> {
        self.skip();
        let (number, rest) = Number::read(self.rest)?;
        let rest = rest.trim_start();
        self.rest = words.iter().find_map(|word| rest.strip_prefix(word))?;
        Some(number.value)
    }

    /// What joins two ends: a dash, however long, or 至.
    fn range(&mut self) -> bool {
        let found = self.take_any(&["-", "至"]);
        while found && self.take("-") {}
        found
    }

    /// A day with its month, and the day of the week behind it.
    fn day(&mut self) -> Option<NaiveDate> {
        self.skip();
        let before = self.rest;
        let day = self.numeric_day().or_else(|| {
            self.rest = before;
            self.worded_day()
        });
        match day {
            Some(_) => self.weekday(),
            None => self.rest = before,
        }
        day
    }

    fn numeric_day(&mut self) -> Option<NaiveDate> {
        let (date, rest) = NumericDate::read(self.rest)?;
        self.rest = rest.strip_prefix(['日', 'T']).unwrap_or(rest);
        let year = i32::try_from(date.year.value).ok()?;
        NaiveDate::from_ymd_opt(year, date.month.value, date.day?.value)
    }

    fn worded_day(&mut self) -> Option<NaiveDate> {
        let before = self.rest;
        let year = match self.number_before(&["年"]) {
            Some(year) => i32::try_from(year).ok().filter(|year| (1900..=2999).contains(year))?,
            None => {
                self.rest = before;
                self.year
            }
        };
        let month = self.number_before(&["月"])?;
        self.skip();
        let (day, rest) = Number::read(self.rest)?;
        self.rest = rest.strip_prefix(['日', '号']).unwrap_or(rest);
        NaiveDate::from_ymd_opt(year, month, day.value)
    }

    /// The end of 5月14日—16日, which goes without its month.
    fn day_of_month(&mut self, first: NaiveDate) -> Option<NaiveDate> {
        let before = self.rest;
        let day = self.number_before(&["日", "号"]).and_then(|day| first.with_day(day));
        match day {
            Some(_) => self.weekday(),
            None => self.rest = before,
        }
        day
    }

    /// The day of the week says nothing new.
    fn weekday(&mut self) {
        let before = self.rest;
        let bracket = self.take("(");
        let named = self.take_any(&["星期", "周"])
            && self.take_any(&["一", "二", "三", "四", "五", "六", "日", "天"]);
        if !named || (bracket && !self.take(")")) {
            self.rest = before;
        }
    }

    /// A time on the clock; where no part of the day is named, `part` still holds.
    fn clock(&mut self, part: Option<(&'static str, u32)>) -> Option<Clock> {
        let before = self.rest;
        let named = PARTS.into_iter().find(|(word, _)| self.take(word));
        let clock = self.time(named.or(part)).map(|time| Clock { time, part: named.or(part) });
        if clock.is_none() {
            self.rest = before;
        }
        clock
    }

    fn time(&mut self, part: Option<(&'static str, u32)>) -> Option<NaiveTime> {
        self.skip();
        let (hour, rest) = Number::read(self.rest)?;
        let mark = rest.chars().next().filter(|mark| matches!(mark, ':' | '时' | '点'))?;
        self.rest = rest.strip_prefix(mark)?;
        let minute = match mark {
            ':' => {
                let (minute, rest) = Number::read(self.rest)?;
                self.rest = rest;
                minute.value
            }
            _ if self.take("半") => 30,
            _ if self.take("整") => 0,
            _ => {
                let before = self.rest;
                self.number_before(&["分"]).unwrap_or_else(|| {
                    self.rest = before;
                    0
                })
            }
        };
        let hour = match (hour.value, part) {
            // Twelve at night is the next day's, which nobody sets without saying so.
            (12, Some((part, 12))) if part != "下午" => return None,
            (hour @ 1..=2, Some(("中午", _))) => hour + 12,
            (hour @ 1..=11, Some((_, more))) => hour + more,
            (hour, _) => hour,
        };
        NaiveTime::from_hms_opt(hour, minute, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::Appointment;
    use chrono::{NaiveDate, NaiveDateTime};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn time(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    fn read(text: &str) -> Option<Appointment> {
        Appointment::read(text, 2021)
    }

    #[test]
    fn hours_are_read_as_clerks_write_them() {
        for text in [
            "2021-05-14 15:00–17:00",
            "2021-05-14 15:00-17:00",
            "2021-05-14T15:00—17:00",
            "2021/5/14 15:00~17:00",
            "2021.5.14，15：00——17：00",
            "2021年5月14日15:00至17:00",
            "5月14日15:00—17:00",
            "5月14日（星期五）15:00—17:00",
            "5月14日(周五) 下午3:00-5:00",
            "5月14日下午3点到5点",
            "５月１４日　下午３时—５时",
            "五月十四日下午三点至五点",
            "5月14日下午3点整至下午5点",
            "2021-05-14 15:00 — 2021-05-14 17:00",
        ] {
            let start = time("2021-05-14 15:00");
            let end = Some(time("2021-05-14 17:00"));
            assert_eq!(read(text), Some(Appointment::Hours { start, end }), "{text}");
        }
        for (text, start) in [
            ("5月14日上午9点半", "2021-05-14 09:30"),
            ("5月14日晚上7点15分", "2021-05-14 19:15"),
            ("5月14日晚7:15", "2021-05-14 19:15"),
            ("5月14日中午12点", "2021-05-14 12:00"),
            ("5月14日下午12:30", "2021-05-14 12:30"),
            ("2022-01-10 8:00开始", "2022-01-10 08:00"),
            ("5月14日 14:30起", "2021-05-14 14:30"),
        ] {
            let hours = Appointment::Hours { start: time(start), end: None };
            assert_eq!(read(text), Some(hours), "{text}");
        }
        let through = Appointment::Hours {
            start: time("2021-05-14 08:00"),
            end: Some(time("2021-05-16 17:30")),
        };
        assert_eq!(read("5月14日8:00—16日17:30"), Some(through.clone()));
        assert_eq!(read("2021-05-14 08:00 至 2021-05-16 下午5点半"), Some(through));
    }

    #[test]
    fn whole_days_are_read_with_or_without_an_end() {
        for (text, first, last) in [
            ("2021-05-14", "2021-05-14", "2021-05-14"),
            ("5月14日", "2021-05-14", "2021-05-14"),
            ("5月14日（周五）", "2021-05-14", "2021-05-14"),
            ("5月14-16日", "2021-05-14", "2021-05-16"),
            ("5月14日—16日", "2021-05-14", "2021-05-16"),
            ("2021-05-30 至 2021-06-02", "2021-05-30", "2021-06-02"),
            ("2022-01-10", "2022-01-10", "2022-01-10"),
        ] {
            let days = Appointment::Days(vec![(day(first), day(last))]);
            assert_eq!(read(text), Some(days), "{text}");
        }
        let two =
            vec![(day("2021-05-14"), day("2021-05-14")), (day("2021-05-16"), day("2021-05-16"))];
        assert_eq!(read("5月14日、5月16日"), Some(Appointment::Days(two)));
    }

    #[test]
    fn what_settles_no_day_is_left_as_it_is() {
        for text in [
            "",
            "待定",
            "5月",
            "5月底前",
            "5月14日前",
            "5月14日前后",
            "暂定5月14日",
            "约5月14日",
            "5月14日下午",
            "2021-02-30",
            "2021-05-14 25:00",
            "2021-05-14 15:00–14:00",
            "5月14日晚上12点",
            "5月16日—14日",
            "2021-05-14 15:00–",
            "2021-05-14 15:00–17:00 体育馆",
            "99999999999-1-1",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
