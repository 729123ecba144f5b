#![doc = include_str!("lib.md")]

pub mod build;
pub mod cli;
pub mod diagnostic;
pub mod limits;
pub mod plan;
pub mod publish;
pub mod site;
pub mod source;
pub mod theme;
pub mod watch;
