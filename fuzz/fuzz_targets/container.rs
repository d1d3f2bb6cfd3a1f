//! Any bytes as a file of a stick: archives, packed streams, mail, mailboxes.
#![no_main]

#[path = "../intake_checks.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::check_container(bytes));
