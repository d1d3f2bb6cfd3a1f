use ::image::{ImageFormat, Luma};
use proptest::prelude::*;

use super::*;

fn read(content: &[u8], options: &ReadOptions) -> DocumentRead {
    crate::read("sample.png", crate::MediaType::Png, content, options)
}

fn encoded(format: ImageFormat) -> Vec<u8> {
    let mut picture = ::image::GrayImage::from_pixel(40, 30, Luma([255]));
    picture.put_pixel(10, 10, Luma([0]));
    let mut out = Cursor::new(Vec::new());
    DynamicImage::ImageLuma8(picture).write_to(&mut out, format).unwrap();
    out.into_inner()
}

fn without_ocr() -> ReadOptions {
    ReadOptions { ocr: false, ..ReadOptions::default() }
}

/// Two uncompressed gray pages, of 2x1 and of 1x3 pixels.
fn two_page_tiff() -> Vec<u8> {
    let mut file = b"II*\0".to_vec();
    let mut pages: Vec<Vec<u8>> = Vec::new();
    let mut offset = 8_u32;
    let sizes = [(2_u32, 1_u32), (1, 3)];
    for (i, (width, height)) in sizes.into_iter().enumerate() {
        let entries: [(u16, u32); 8] = [
            (256, width),
            (257, height),
            (258, 8),
            (259, 1),
            (262, 1),
            (273, offset + 2 + 9 * 12 + 4),
            (278, height),
            (279, width * height),
        ];
        let mut page = 9_u16.to_le_bytes().to_vec();
        for (tag, value) in entries {
            page.extend(tag.to_le_bytes());
            page.extend(4_u16.to_le_bytes());
            page.extend(1_u32.to_le_bytes());
            page.extend(value.to_le_bytes());
        }
        page.extend([0x1a, 1, 4, 0, 1, 0, 0, 0, 1, 0, 0, 0]); // Pads to nine entries.
        let length = 2 + 9 * 12 + 4 + width * height;
        let next = if i == 0 { offset + length } else { 0 };
        page.extend(next.to_le_bytes());
        page.extend(vec![200; usize::try_from(width * height).unwrap()]);
        offset += length;
        pages.push(page);
    }
    file.extend(8_u32.to_le_bytes());
    file.extend(pages.concat());
    file
}

#[test]
fn every_format_decodes_to_its_size() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Tiff, ImageFormat::Bmp] {
        let read = read(&encoded(format), &without_ocr());
        assert_eq!(read.layout.pages, [Page { width: 40.0, height: 30.0 }], "{format:?}");
        assert_eq!(read.state, DocumentState::PartlyRead);
    }
}

#[test]
fn a_png_cut_short_keeps_the_rows_before_the_cut() {
    // Rows that hardly compress, so that half of the file is about half of them.
    let noisy = ::image::GrayImage::from_fn(90, 80, |x, y| {
        [u8::try_from((x * 7919 + y * 104_729 + x * x * y) % 251).unwrap()].into()
    });
    let mut file = Cursor::new(Vec::new());
    DynamicImage::ImageLuma8(noisy.clone()).write_to(&mut file, ImageFormat::Png).unwrap();
    let file = file.into_inner();
    let cut = &file[..file.len() / 2];
    let page = decode_page(cut, 0, &Limits::default()).map_err(String::from).unwrap().unwrap();
    let page = page.to_luma8();
    assert_eq!(page.dimensions(), (90, 80));
    for y in 0..20 {
        assert!((0..90).all(|x| page.get_pixel(x, y) == noisy.get_pixel(x, y)), "row {y}");
    }
    assert!((0..90).all(|x| page.get_pixel(x, 79).0 == [255]), "the last row is paper");
    let read = read(cut, &ReadOptions::default());
    assert_eq!(read.state, DocumentState::PartlyRead, "{:?}", read.reason);
    // A wrong sum over what is there is damage as well, and costs no row.
    let mut altered = file.clone();
    let at = altered.len() - 20;
    altered[at] ^= 1;
    assert!(decode_page(&altered, 0, &Limits::default()).is_ok());
}

#[test]
fn a_png_with_no_row_or_too_many_pixels_is_not_read() {
    let file = encoded(ImageFormat::Png);
    let read = read(&file[..40], &ReadOptions::default());
    assert_eq!(read.state, DocumentState::Corrupt, "{:?}", read.reason);
    let tight = Limits { pixels_max: 100, ..Limits::default() };
    assert!(matches!(decode_page(&file, 0, &tight), Err(DecodeFailure::TooLarge(_))));
}

#[test]
fn every_page_of_a_tiff_is_read() {
    let file = two_page_tiff();
    assert_eq!(page_count(&file), 2);
    let read = read(&file, &without_ocr());
    let expected = [Page { width: 2.0, height: 1.0 }, Page { width: 1.0, height: 3.0 }];
    assert_eq!(read.layout.pages, expected);
}

#[test]
fn more_pixels_than_the_limit_are_refused_before_decoding() {
    let mut options = without_ocr();
    options.limits.pixels_max = 100;
    let read = read(&encoded(ImageFormat::Png), &options);
    assert_eq!(read.state, DocumentState::RefusedByLimit);
}

#[test]
fn transparency_is_white_paper() {
    let picture = ::image::RgbaImage::from_pixel(2, 2, ::image::Rgba([0, 0, 0, 0]));
    assert_eq!(ink::gray(DynamicImage::ImageRgba8(picture)).get_pixel(0, 0).0, [255]);
}

proptest! {
    #[test]
    fn cut_and_altered_images_never_panic(cut in 0_usize..3000, at in 0_usize..3000, byte: u8, kind in 0_usize..4) {
        let formats = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Tiff, ImageFormat::Bmp];
        let mut file = encoded(formats[kind]);
        let length = file.len();
        file[at % length] = byte;
        file.truncate(length - cut % length);
        read(&file, &without_ocr());
    }
}

/// The extended form of WebP with a picture that is turned by a chunk of EXIF.
fn turned_webp(claimed: u32) -> Vec<u8> {
    let plain = encoded(ImageFormat::WebP);
    let mut body = b"WEBPVP8X\x0a\0\0\0\x08\0\0\0".to_vec();
    body.extend([39, 0, 0, 29, 0, 0]);
    body.extend(&plain[12..]);
    let exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
    body.extend(b"EXIF");
    body.extend(claimed.to_le_bytes());
    body.extend(exif);
    let mut file = b"RIFF".to_vec();
    file.extend(u32::try_from(body.len()).unwrap().to_le_bytes());
    file.extend(body);
    file
}

#[test]
fn a_chunk_longer_than_its_file_is_not_believed() {
    // Found by fuzzing: the decoder of WebP sets aside as much memory as a chunk says it has.
    let size = |content: &[u8]| {
        let size = first_size(content, &Limits::default()).unwrap_or_else(|_| panic!("no size"));
        format!("{} x {}", size.width, size.height)
    };
    let honest = turned_webp(26);
    assert!(chunks_fit(&honest));
    assert_eq!(size(&honest), "30 x 40", "turned as the EXIF says");
    for claimed in [27, 0x7fff_ffff, 0xf000_0000, u32::MAX] {
        let liar = turned_webp(claimed);
        assert!(!chunks_fit(&liar), "{claimed}");
        assert_eq!(size(&liar), "40 x 30", "{claimed}: read as it lies there");
    }
}
