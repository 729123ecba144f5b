#![doc = include_str!("lib.md")]
// They panic where nobody listens any more; the command line has words of its own.
#![warn(clippy::print_stdout, clippy::print_stderr)]

pub mod build;
pub mod cli;
mod data_file;
pub mod diagnostic;
pub mod export;
mod fingerprint;
pub mod formats;
pub mod import;
pub mod limits;
mod lock;
pub mod plan;
pub mod publish;
mod scan;
pub mod search;
pub mod serve;
pub mod site;
pub mod skeleton;
pub mod source;
pub mod theme;
pub mod watch;
