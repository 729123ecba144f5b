//! Files → [`Document`](super::Document): each reader knows one kind of file, and none knows what a
//! plan is.

pub mod text;

use super::Document;
use crate::diagnostic::{Diagnostic, Place, faults};
use std::path::Path;

/// Reads a file.
///
/// # Errors
/// It can't be read, or is nothing that can be imported.
pub fn read(path: &Path) -> Result<Document, Box<Diagnostic>> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Box::new(faults::cannot_read(Place::whole(path), &error)))?;
    Ok(text::read(&text))
}
