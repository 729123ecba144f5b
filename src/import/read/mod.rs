//! Files → [`Document`](super::Document): each reader knows one kind of file, and none knows what a
//! plan is.

pub mod package;
pub mod sheet;
pub mod text;
