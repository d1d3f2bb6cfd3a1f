//! The fixtures of `testdata/make_tiffs.py`, compared pixel by pixel with the patterns they were made of.

use super::*;
use crate::limits::Limits;

const WIDTH: u32 = 40;
const HEIGHT: u32 = 24;

macro_rules! fixture {
    ($name:literal) => {
        (&include_bytes!(concat!("../../../testdata/", $name))[..], $name)
    };
}

fn is_black(x: u32, y: u32) -> bool {
    (x / 4 + y / 4).is_multiple_of(3)
}

fn color_at(x: u32, y: u32) -> [u8; 3] {
    [x * 6, y * 10, (x + y) * 3].map(|part| u8::try_from(part).unwrap())
}

/// What most differs from the pattern, in steps of 256.
fn worst(picture: &DynamicImage, pattern: impl Fn(u32, u32) -> [u8; 3]) -> u8 {
    assert_eq!((picture.width(), picture.height()), (WIDTH, HEIGHT));
    let rgb = picture.to_rgb8();
    let parts = rgb.enumerate_pixels().flat_map(|(x, y, pixel)| {
        pattern(x, y).into_iter().zip(pixel.0).map(|(a, b)| a.abs_diff(b)).collect::<Vec<_>>()
    });
    parts.max().unwrap()
}

#[test]
fn faxes_of_every_kind_are_decoded() {
    let pattern = |x, y| if is_black(x, y) { [0; 3] } else { [255; 3] };
    for (content, name) in [
        fixture!("fax-1d.tif"),
        fixture!("fax-2d.tif"),
        fixture!("fax-low-first.tif"),
        fixture!("fax-rows.tif"),
    ] {
        let (picture, is_whole) =
            decode(content, 0).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(is_whole, "{name}");
        assert_eq!(worst(&picture, pattern), 0, "{name}");
    }
}

#[test]
fn planes_tiles_inks_and_palettes_are_decoded() {
    for (content, name, most) in [
        (fixture!("planes.tif").0, "planes", 0),
        (fixture!("tiles.tif").0, "tiles", 0),
        (fixture!("inks.tif").0, "inks", 1),
        // Two hundred colors for a thousand, and colors at half the sharpness.
        (fixture!("palette.tif").0, "palette", 16),
        (fixture!("jpeg-color.tif").0, "jpeg", 24),
    ] {
        let (picture, is_whole) =
            decode(content, 0).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(is_whole, "{name}");
        let worst = worst(&picture, color_at);
        assert!(worst <= most, "{name}: {worst}");
    }
    let (shades, _) = decode(fixture!("gray-4.tif").0, 0).unwrap();
    let shade = |x, y| [u8::try_from((x + y) % 16 * 17).unwrap(); 3];
    assert_eq!(worst(&shades, shade), 0);
    let (two, _) = decode(fixture!("palette-1.tif").0, 0).unwrap();
    let pattern = |x, y| if is_black(x, y) { [0, 0x80, 0] } else { [255; 3] };
    assert_eq!(worst(&two, pattern), 0);
}

/// Whoever reads an image gets them too, whatever the decoder for all formats says.
#[test]
fn pages_that_the_common_decoder_does_not_know_are_decoded_all_the_same() {
    let limits = Limits::default();
    for (content, name) in [fixture!("fax-2d.tif"), fixture!("gray-4.tif"), fixture!("planes.tif")]
    {
        let page = crate::image::decode_page(content, 0, &limits);
        let picture = page.map_err(String::from).unwrap().unwrap();
        assert_eq!((picture.width(), picture.height()), (WIDTH, HEIGHT), "{name}");
        let size = crate::image::first_size(content, &limits).map_err(String::from).unwrap();
        assert_eq!((size.width, size.height), (WIDTH as f32, HEIGHT as f32), "{name}");
    }
    let tight = Limits { pixels_max: 100, ..Limits::default() };
    assert!(crate::image::decode_page(fixture!("fax-1d.tif").0, 0, &tight).is_err());
}

#[test]
fn a_cut_fax_keeps_the_rows_before_the_cut() {
    let (content, _) = fixture!("fax-1d.tif");
    // Three strips of ten rows: the directory stands before or behind them, so only strips are cut.
    let page = Page::read(content, 0).unwrap();
    assert!(page.chunks.len() > 1, "several strips");
    let (last, length) = page.chunks[page.chunks.len() - 1];
    let mut cut = content.to_vec();
    cut[last..last + length].fill(0);
    let (picture, is_whole) = decode(&cut, 0).unwrap();
    assert!(!is_whole);
    let picture = picture.to_luma8();
    for y in 0..10 {
        for x in 0..WIDTH {
            assert_eq!(picture.get_pixel(x, y).0[0] == 0, is_black(x, y), "{x} {y}");
        }
    }
}

/// Black is zero there, and yet what is missing is white; and the page says that it is not whole.
#[test]
fn what_is_missing_of_a_strip_is_paper_and_told() {
    let (content, _) = fixture!("gray-4.tif");
    // The last half of the rows is gone: each has twenty bytes.
    let cut = &content[..content.len() - 12 * 20];
    let (picture, is_whole) = decode(cut, 0).unwrap();
    assert!(!is_whole);
    let picture = picture.to_luma8();
    assert_eq!(picture.get_pixel(3, 11).0, [14 * 17]);
    assert!((0..WIDTH).all(|x| picture.get_pixel(x, 12).0 == [255]));
    let read = crate::image::recognize(cut, 0, &crate::ReadOptions::default());
    assert_eq!(read.state, model::DocumentState::PartlyRead, "{:?}", read.reason);
}

#[test]
fn claims_of_a_directory_are_not_believed() {
    let (content, _) = fixture!("gray-4.tif");
    // Entries stand at 10, 12 bytes each; the value of a short begins at their ninth byte.
    let changed = |entry: usize, value: u16| {
        let mut copy = content.to_vec();
        copy[10 + 12 * entry + 8..][..2].copy_from_slice(&value.to_be_bytes());
        copy
    };
    for (entry, value) in [(0, 0), (1, 0), (2, 3), (2, 64), (3, 99), (6, 0), (6, 9000)] {
        assert!(decode(&changed(entry, value), 0).is_err(), "entry {entry} as {value}");
    }
    assert!(decode(content, 1).is_err(), "no second page");
    assert!(decode(b"II*\0\x08\0\0\0", 0).is_err());
}
