//! Any bytes as a watchlist.
#![no_main]

#[path = "../list_checks.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(init: std::panic::set_hook(Box::new(|panic| eprintln!("{panic}"))), |bytes: &[u8]| {
    checks::check_list(bytes);
});
