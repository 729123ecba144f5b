//! What ends the reading of a source, before it is known which file it is.

use crate::diagnostic::{Diagnostic, Words, faults};
use std::path::Path;

/// Why a source can't be read.
#[derive(Debug)]
pub enum Fault {
    /// It is broken; the words say what is wrong.
    Damaged(Words),
    /// It holds more than is read; the words say of what.
    Large(Words),
    /// All is said.
    Told(Box<Diagnostic>),
}

impl Fault {
    /// The fault as people are told of it.
    pub fn told(self, path: &Path) -> Box<Diagnostic> {
        match self {
            Self::Damaged(what) => Box::new(faults::damaged_source(path, &what)),
            Self::Large(what) => Box::new(faults::large_source(path, &what)),
            Self::Told(diagnostic) => diagnostic,
        }
    }
}

impl From<Box<Diagnostic>> for Fault {
    fn from(diagnostic: Box<Diagnostic>) -> Self {
        Self::Told(diagnostic)
    }
}
