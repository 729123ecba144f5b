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
mod attachments;
mod columns;
mod dates;
pub mod document;
pub mod draft;
mod headings;
mod ids;
mod join;
mod letter;
mod levels;
mod lines;
mod months;
mod numbering;
mod outline;
mod people;
mod plausible;
pub mod read;
mod responsibility;
mod review;
mod schedule;
mod surnames;
mod tasks;
mod times;
pub mod union_file;
pub mod update;
pub mod yaml;

pub use assemble::Refusal;
pub use document::Document;
pub use draft::Draft;
pub use lines::is_contact;

/// What somebody has said of a notice.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wishes {
    /// The year that it is for.
    pub year: Option<i32>,
    /// Names with numbers and addresses are to be published: they are personal data, and else left
    /// out.
    pub contacts: bool,
}

/// Makes a draft of a document.
///
/// # Errors
/// The year can't be told, or there is no plan in it.
pub fn recognise(document: Document, wishes: Wishes) -> Result<Draft, Refusal> {
    let pieces = account::pieces(&document);
    let mut draft = assemble::assemble(document, wishes)?;
    account::account(&mut draft, pieces);
    Ok(draft)
}
