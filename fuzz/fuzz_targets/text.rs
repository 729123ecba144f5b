//! A plain text.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| unionplan_fuzz::read("通知.txt", bytes));
