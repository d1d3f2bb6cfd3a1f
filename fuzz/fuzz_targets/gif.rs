//! Any bytes as a document of this kind.
#![no_main]

#[path = "../intake_checks.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(init: checks::allow_caught_panics(), |bytes: &[u8]| {
    checks::check_reader(intake::MediaType::Gif, bytes);
});
