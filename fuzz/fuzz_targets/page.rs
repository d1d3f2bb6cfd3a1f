//! Any bytes as a file whose pages are drawn for the screen.
#![no_main]

#[path = "../intake_checks.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(init: checks::allow_caught_panics(), |bytes: &[u8]| {
    checks::check_pages(bytes);
});
