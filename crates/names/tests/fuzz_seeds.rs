//! The checks of the fuzz targets hold for their seeds, and for every prefix, suffix and slip of a
//! bit of these, on any toolchain. All names in the seeds are fictional.

#![expect(clippy::unwrap_used, reason = "a test that cannot look has failed")]

#[path = "../../../fuzz/checks.rs"]
mod checks;

use std::fs;
use std::path::Path;

/// The bytes of each seed of a target, by file name.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds").join(target);
    let mut paths: Vec<_> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() >= 10, "{} has {} seeds", folder.display(), paths.len());
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// A seed as it is, cut in the middle on either side, and with one bit of one byte turned: a step
/// aside in the directions a fuzzer takes first.
fn with_neighbours(seed: &[u8]) -> Vec<Vec<u8>> {
    let half = seed.len() / 2;
    let mut all = vec![seed.to_vec(), seed[..half].to_vec(), seed[half..].to_vec()];
    for at in (0..seed.len()).step_by(7) {
        let mut turned = seed.to_vec();
        turned[at] ^= 1 << (at % 8);
        all.push(turned);
    }
    all
}

#[test]
fn the_checks_of_names_hold_for_the_seeds() {
    for seed in seeds("name") {
        for bytes in with_neighbours(&seed) {
            checks::check_names(&bytes);
        }
    }
}

#[test]
fn the_checks_of_folding_hold_for_the_seeds() {
    for seed in seeds("fold").into_iter().chain(seeds("name")) {
        for bytes in with_neighbours(&seed) {
            checks::check_fold(&bytes);
        }
    }
}
