use ::image::{GrayImage, Luma};
use model::{DocumentState, Layout};

use super::*;

const SIZE: Page = Page { width: 600.0, height: 400.0 };

fn recognized(picture: &GrayImage, languages: &str) -> DocumentRead {
    let options = ReadOptions { ocr_languages: languages.to_owned(), ..ReadOptions::default() };
    let mut read = DocumentRead::read(Layout::default());
    read_page(picture, Some(200.0), SIZE, 0, &options, &mut read);
    read
}

/// Letters of 5 x 7 dots, each dot a square: enough for a recognizer, drawn without a font.
fn draw(text: &str, left: u32, top: u32, dot: u32, picture: &mut GrayImage) {
    let shapes = [
        ('A', [0x0e, 0x11, 0x11, 0x1f, 0x11, 0x11, 0x11]),
        ('E', [0x1f, 0x10, 0x10, 0x1e, 0x10, 0x10, 0x1f]),
        ('H', [0x11, 0x11, 0x11, 0x1f, 0x11, 0x11, 0x11]),
        ('L', [0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x1f]),
        ('T', [0x1f, 0x04, 0x04, 0x04, 0x04, 0x04, 0x04]),
    ];
    for (i, c) in (0_u32..).zip(text.chars()) {
        let rows = shapes.iter().find(|(letter, _)| *letter == c).map_or([0; 7], |(_, rows)| *rows);
        for (y, row) in (0_u32..).zip(rows) {
            for x in (0..5_u32).filter(|x| row >> (4 - x) & 1 == 1) {
                for (dx, dy) in (0..dot).flat_map(|dx| (0..dot).map(move |dy| (dx, dy))) {
                    let (px, py) = (left + (i * 7 + x) * dot + dx, top + y * dot + dy);
                    picture.put_pixel(px, py, Luma([20]));
                }
            }
        }
    }
}

/// A table of two cells on gray paper that is darker below.
pub(crate) fn page() -> GrayImage {
    let mut picture =
        GrayImage::from_fn(600, 400, |_, y| Luma([u8::try_from(230 - y / 8).unwrap()]));
    for y in [100, 180] {
        for x in 40..=560 {
            picture.put_pixel(x, y, Luma([60]));
        }
    }
    for x in [40, 300, 560] {
        for y in 100..=180 {
            picture.put_pixel(x, y, Luma([60]));
        }
    }
    draw("LATE", 60, 130, 3, &mut picture);
    draw("HEALTH", 320, 130, 3, &mut picture);
    picture
}

#[test]
fn cells_of_a_drawn_table_are_recognized() {
    if is_absent("eng") {
        // The library is not part of the build; the next test covers its absence.
        println!("skipped: libtesseract.so.5 with `eng` is not installed");
        return;
    }
    let read = recognized(&page(), "eng");
    assert_eq!(read.state, DocumentState::Read);
    let tables: Vec<&model::Table> = read
        .layout
        .blocks
        .iter()
        .filter_map(|b| if let Block::Table(t) = b { Some(t) } else { None })
        .collect();
    let [table] = tables.as_slice() else { panic!("one table expected: {:?}", read.layout) };
    let cells: Vec<String> = table.rows[0].iter().map(model::Cell::text).collect();
    assert_eq!(cells, ["LATE", "HEALTH"]);
    let Place::Page { page: 0, area } = table.rows[0][1].spans[0].place else {
        panic!("a place on page 0 expected")
    };
    assert!((area.x - 320.0 / 600.0).abs() < 0.02 && (area.y - 130.0 / 400.0).abs() < 0.03);
}

#[test]
fn a_photograph_at_an_angle_is_read_and_its_places_are_those_of_the_photograph() {
    if is_absent("eng") {
        println!("skipped: libtesseract.so.5 with `eng` is not installed");
        return;
    }
    let corners = [(120.0, 80.0), (850.0, 110.0), (930.0, 700.0), (50.0, 660.0)];
    let picture = perspective::photograph(&page(), &corners, (1000, 800));
    let mut read = DocumentRead::read(Layout::default());
    let options = ReadOptions { ocr_languages: "eng".to_owned(), ..ReadOptions::default() };
    let size = Page { width: 1000.0, height: 800.0 };
    read_page(&picture, None, size, 0, &options, &mut read);
    let table = read.layout.blocks.iter().find_map(|b| match b {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let row = &table.unwrap_or_else(|| panic!("a table expected: {:?}", read.layout)).rows[0];
    assert_eq!(row.iter().map(model::Cell::text).collect::<Vec<_>>(), ["LATE", "HEALTH"]);
    let Place::Page { area, .. } = row[1].spans[0].place else { panic!("a place expected") };
    // Where the word begins on the sheet, and so on the photograph.
    let flat = perspective::flatten(&picture).unwrap();
    let at = (320.0 / 600.0, 130.0 / 400.0);
    let (x, y) =
        flat.projection.back(at.0 * flat.gray.width() as f32, at.1 * flat.gray.height() as f32);
    assert!((area.x - x / 1000.0).abs() < 0.03 && (area.y - y / 800.0).abs() < 0.03, "{area:?}");
}

#[test]
fn an_absent_language_leaves_a_hint_and_no_error() {
    let read = recognized(&page(), "nosuchlanguage");
    assert_eq!(read.state, DocumentState::PartlyRead);
    assert!(read.reason.unwrap().contains("hint: install tesseract-ocr"));
    assert!(read.layout.blocks.is_empty());
    assert_eq!(read.layout.pages, [SIZE]);
}

#[test]
fn an_empty_or_black_page_gives_nothing() {
    for gray in [0, 128, 255] {
        let picture = GrayImage::from_pixel(300, 300, Luma([gray]));
        let read = recognized(&picture, "eng");
        assert!(read.layout.blocks.is_empty(), "{gray}: {:?}", read.layout.blocks);
    }
}
