//! A notice as an office sent it → a draft of `plan.yaml`.
//!
//! A reader ([`read`]) turns the source into a [`Document`]: paragraphs and tables, each with its
//! place. What stands there is recognised in two halves, whatever it was read from: `outline` makes
//! title, letter, sections and items of the paragraphs, `schedule` makes rows of the tables. `draft`
//! joins the two, and `yaml` writes what a careful person would have typed.
//!
//! Nothing is dropped in silence: every piece of the source is either in the draft or among its
//! leftovers, and whatever was guessed or differs is noted with its place.

mod account;
mod activities;
mod alike;
mod assemble;
mod columns;
pub mod document;
pub mod draft;
mod ids;
mod letter;
mod levels;
mod lines;
mod numbering;
mod outline;
mod people;
pub mod read;
mod responsibility;
mod review;
mod schedule;
mod tasks;
mod times;
pub mod update;
pub mod yaml;

pub use assemble::Refusal;
pub use document::Document;
pub use draft::Draft;

/// Makes a draft of a document. `year` is the year that it is for, if somebody has said so.
///
/// # Errors
/// The year can't be told, or there is no plan in it.
pub fn recognise(document: Document, year: Option<i32>) -> Result<Draft, Refusal> {
    let pieces = account::pieces(&document);
    let mut draft = assemble::assemble(document, year)?;
    account::account(&mut draft, pieces);
    Ok(draft)
}
