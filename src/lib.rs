#![doc = include_str!("lib.md")]

pub mod build;
pub mod cli;
pub mod diagnostic;
pub mod export;
mod fingerprint;
pub mod formats;
pub mod import;
pub mod limits;
mod lock;
pub mod plan;
pub mod publish;
pub mod search;
pub mod serve;
pub mod site;
pub mod source;
pub mod theme;
pub mod watch;
