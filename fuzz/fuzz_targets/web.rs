//! A web page.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| unionplan_fuzz::read("通知.html", bytes));
