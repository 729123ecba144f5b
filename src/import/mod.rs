//! A notice as an office sent it → a draft of `plan.yaml`.
//!
//! A reader ([`read`]) turns the source into a [`Document`]: paragraphs and tables, each with its
//! place. What stands there is recognised in two halves, whatever it was read from: `outline` makes
//! title, letter, sections and items of the paragraphs, `schedule` makes rows of the tables. `draft`
//! joins the two, and `yaml` writes what a careful person would have typed.
//!
//! Nothing is dropped in silence: every piece of the source is either in the draft or among its
//! leftovers, and whatever was guessed or differs is noted with its place.

pub mod document;
pub mod read;
