//! Times of one year's plan, moved to another year.

use super::aging::Aged;
use super::{Making, line};
use crate::data_file::writer::{flow, scalar};
use crate::plan::When;
use crate::source::node::{Kind, Node};
use crate::words;

/// Days that come every year, in the settled wording of times.
const EVERY_YEAR: [&str; 8] =
    ["1月1日", "3月8日", "3月12日", "5月1日", "5月4日", "7月1日", "9月10日", "10月1日"];

/// A time in the new year.
pub struct Time {
    /// As it stands behind its key.
    pub text: String,
    /// Whether it can be read in the new year: 2月29日 can't in most.
    pub is_sound: bool,
    /// Its wording, and what was moved on in it.
    aged: Aged,
    /// The month that it was filed under by hand.
    filed: Option<String>,
    /// Whether it names a day that may be another in the new year.
    is_day: bool,
}

impl Making<'_> {
    /// Moves a time on.
    pub fn time(&self, node: &Node<'_>) -> Option<Time> {
        let to = self.move_on.to;
        if let Kind::Map(_) = node.kind {
            let aged = self.move_on.time(&line(node, "as")?);
            let filed = self.move_on.time(&line(node, "in")?).text;
            let is_sound = When::filed(&aged.text, &filed, to, self.terms).is_ok();
            let text = format!("{{ as: {}, in: {} }}", flow(&aged.text), flow(&filed));
            return Some(Time { text, is_sound, aged, filed: Some(filed), is_day: false });
        }
        let aged = self.move_on.time(node.text()?.trim());
        let when = When::read(&aged.text, to, self.terms).ok();
        let is_day = when.as_ref().is_some_and(|when| {
            let names_day = aged.text.contains(['日', '号', '號']) || !aged.moved.is_empty();
            let comes_again = EVERY_YEAR.contains(&when.canonical().as_str());
            when.days().is_some() && names_day && !when.is_deadline() && !comes_again
        });
        let is_sound = when.is_some();
        Some(Time { text: scalar(&aged.text), is_sound, aged, filed: None, is_day })
    }

    /// Says what there is to decide about a time.
    pub fn time_comments(&mut self, time: &Time) {
        let (from, to) = (self.move_on.from, self.move_on.to);
        let wording = &time.aged.text;
        if !time.is_sound {
            self.writer.please_change(&words!(
                "时间“{wording}”在{to}年不通，改好再写上。",
                "the time “{wording}” does not fit {to}; put in another."
            ));
            return;
        }
        self.moves(&time.aged);
        if let Some(filed) = &time.filed {
            self.writer.please_check(&words!(
                "“{wording}”照{from}年排在{filed}，{to}年是不是？",
                "“{wording}” is filed under {filed} as in {from}; is it the same in {to}?"
            ));
        }
        if time.is_day {
            self.writer.please_check(&words!(
                "“{wording}”是{from}年定的日子，{to}年是哪一天？",
                "“{wording}” is a day of {from}; which is it in {to}?"
            ));
        }
    }
}
