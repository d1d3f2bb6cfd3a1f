//! The checks of the fuzz targets hold for their seeds (`testdata`), cut, with bits turned and with
//! bytes exchanged, on any toolchain. All people in the seeds are fictional.

#![expect(clippy::unwrap_used, reason = "a test that cannot look has failed")]

#[path = "../../../fuzz/changes.rs"]
mod changes;
#[path = "../../../fuzz/intake_checks.rs"]
mod checks;

use std::fs;
use std::io::Cursor;
use std::path::Path;

use changes::{Numbers, changed};
use image::{DynamicImage, GrayImage, ImageFormat};
use intake::render::page_count;
use intake::{Limits, MediaType, sniff_named};

/// Changed copies of each seed, or as many as `FUZZ_CHANGES` says. With all seeds these take some 5
/// seconds of one core in a build for tests.
const CHANGES: usize = 200;

fn changes() -> usize {
    std::env::var("FUZZ_CHANGES").map_or(CHANGES, |count| count.parse().unwrap())
}

/// The bytes of each seed, by file name.
fn seeds() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    let mut seeds: Vec<(String, Vec<u8>)> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_none_or(|extension| extension != "py"))
        .map(|path| {
            (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(path).unwrap())
        })
        .collect();
    let picture = DynamicImage::from(GrayImage::from_fn(9, 7, |x, y| {
        [u8::try_from(x * y * 4).unwrap()].into()
    }));
    let formats = [ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::Bmp, ImageFormat::WebP];
    for format in formats {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::from(picture.to_rgb8()).write_to(&mut bytes, format).unwrap();
        seeds.push((format!("picture {format:?}"), bytes.into_inner()));
    }
    seeds.push(("photo.heic".into(), b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x08free".to_vec()));
    seeds.sort();
    assert!(seeds.len() >= 35, "{} seeds", seeds.len());
    seeds
}

#[test]
fn the_checks_of_the_readers_hold_for_the_seeds() {
    for (name, seed) in seeds() {
        let media = sniff_named(&seed, &name);
        assert_ne!(media, MediaType::Unknown, "{name}");
        checks::check_reader(media, &seed);
        let mut numbers = Numbers(seed.len() as u64);
        for _ in 0..changes() {
            checks::check_reader(media, &changed(&seed, &mut numbers));
        }
    }
}

#[test]
fn the_checks_of_containers_hold_for_the_seeds() {
    for (name, seed) in seeds() {
        let media = sniff_named(&seed, &name);
        checks::check_container(&seed);
        let mut numbers = Numbers(seed.len() as u64);
        let changes = if media.is_container() { changes() * 2 } else { changes() / 4 };
        for _ in 0..changes {
            checks::check_container(&changed(&seed, &mut numbers));
        }
    }
}

#[test]
fn the_checks_of_drawn_pages_hold_for_the_seeds() {
    let mut drawn = 0;
    for (name, seed) in seeds() {
        let limits = Limits::default();
        let count = page_count(sniff_named(&seed, &name), &seed, &limits);
        if count == 0 {
            continue;
        }
        drawn += 1;
        checks::check_pages(&seed);
        let mut numbers = Numbers(seed.len() as u64);
        for _ in 0..changes() / 2 {
            checks::check_pages(&changed(&seed, &mut numbers));
        }
    }
    assert!(drawn >= 8, "{drawn} seeds with pages");
}

#[test]
fn every_kind_that_is_read_has_a_seed_and_a_target() {
    let kinds: Vec<MediaType> =
        seeds().iter().map(|(name, seed)| sniff_named(seed, name)).collect();
    let targets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/fuzz_targets");
    for entry in fs::read_dir(targets).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let Some((_, rest)) = text.split_once("MediaType::") else { continue };
        let kind = rest.split(',').next().unwrap();
        assert!(kinds.iter().any(|seen| format!("{seen:?}") == kind), "no seed for {kind}");
    }
    for kind in kinds {
        let covered = kind.is_container()
            || fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/fuzz_targets"))
                .unwrap()
                .any(|entry| {
                    let text = fs::read_to_string(entry.unwrap().path()).unwrap();
                    text.contains(&format!("MediaType::{kind:?},"))
                });
        assert!(covered, "no target for {kind:?}");
    }
}
