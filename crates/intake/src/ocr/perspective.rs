//! A photograph of a sheet that lies on something darker, seen at an angle, made flat again.
//!
//! Finds the four corners of the sheet and the projection that makes a rectangle of them, after
//! P. Heckbert, "Fundamentals of Texture Mapping and Image Warping" (1989), section 2.2.3. Leaves
//! alone whatever is no quadrilateral or is one already upright: scans, screenshots, crops. Keeps
//! the way back, for places.

use ::image::GrayImage;
use ::image::imageops::{FilterType, resize};

use super::prepare::{SKEW_MAX, index, resample, whole};

/// The longest side of the small picture in which the sheet is looked for, in pixels.
const SMALL_SIDE: u32 = 500;
/// How much lighter the sheet is than what it lies on, at least. Chosen by hand: shadows on paper
/// stay below.
const CONTRAST_MIN: f32 = 50.0;
/// Share of the picture that the sheet covers.
const COVER_MIN: f32 = 0.2;
/// How far the area of the sheet and that of its four corners may differ: a torn corner passes, a
/// round table does not. Chosen by hand.
const AREA_SLACK: f32 = 0.05;
/// Difference of two opposite sides, in degrees, from which the sheet is seen in perspective.
const SPREAD_MIN: f32 = 1.0;

type Point = (f32, f32);

/// The sheet of a photograph, flat.
pub(super) struct Flat {
    pub(super) gray: GrayImage,
    pub(super) projection: Projection,
}

/// The way from the flat sheet to the photograph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Projection {
    width: f32,
    height: f32,
    /// Rows of the matrix, its last number being one.
    x: [f32; 3],
    y: [f32; 3],
    w: [f32; 2],
}

/// The sheet of a photograph at an angle; `None` for any other picture.
pub(super) fn flatten(picture: &GrayImage) -> Option<Flat> {
    let corners = find_sheet(picture)?;
    if !is_at_an_angle(&corners) {
        return None;
    }
    let side = |a: usize, b: usize| distance(corners[a], corners[b]);
    let width = f32::midpoint(side(0, 1), side(3, 2));
    let height = f32::midpoint(side(0, 3), side(1, 2));
    let projection = Projection::new(&corners, width, height)?;
    let back = |x: f32, y: f32| projection.back(x, y);
    let gray = resample(picture, back, whole(width), whole(height));
    Some(Flat { gray, projection })
}

impl Projection {
    /// From a rectangle to four corners: top left, top right, bottom right, bottom left. `None`
    /// if they are no quadrilateral.
    fn new(corners: &[Point; 4], width: f32, height: f32) -> Option<Self> {
        let [(x0, y0), (x1, y1), (x2, y2), (x3, y3)] = *corners;
        let (dx1, dx2, sx) = (x1 - x2, x3 - x2, x0 - x1 + x2 - x3);
        let (dy1, dy2, sy) = (y1 - y2, y3 - y2, y0 - y1 + y2 - y3);
        let determinant = dx1 * dy2 - dx2 * dy1;
        if determinant.abs() < 1.0 || width < 1.0 || height < 1.0 {
            return None;
        }
        let across = (sx * dy2 - dx2 * sy) / determinant;
        let down = (dx1 * sy - sx * dy1) / determinant;
        Some(Self {
            width,
            height,
            x: [x1 - x0 + across * x1, x3 - x0 + down * x3, x0],
            y: [y1 - y0 + across * y1, y3 - y0 + down * y3, y0],
            w: [across, down],
        })
    }

    /// The place in the photograph of a place on the flat sheet.
    pub(super) fn back(self, x: f32, y: f32) -> Point {
        let (across, down) = (x / self.width, y / self.height);
        let depth = self.w[0] * across + self.w[1] * down + 1.0;
        let along = |row: [f32; 3]| (row[0] * across + row[1] * down + row[2]) / depth;
        (along(self.x), along(self.y))
    }
}

/// The corners of the sheet, from the top left on as the clock goes.
fn find_sheet(picture: &GrayImage) -> Option<[Point; 4]> {
    let longest = picture.width().max(picture.height());
    let step = longest as f32 / SMALL_SIDE.min(longest) as f32;
    let (width, height) =
        (whole(picture.width() as f32 / step), whole(picture.height() as f32 / step));
    if width < 16 || height < 16 {
        return None;
    }
    let small = resize(picture, width, height, FilterType::Triangle);
    let limit = light_limit(&small)?;
    let sheet = largest_light(&small, limit);
    let total = width as f32 * height as f32;
    let corners = extremes(&sheet, index(width))?;
    let filled = filled(&sheet, index(width));
    let area = area(&corners);
    if area < total * COVER_MIN || (filled / area - 1.0).abs() > AREA_SLACK {
        return None;
    }
    Some(corners.map(|(x, y)| (x * step, y * step)))
}

/// The gray that parts light from dark best (N. Otsu, "A Threshold Selection Method from Gray-Level
/// Histograms", 1979); `None` if the two are too near each other.
fn light_limit(picture: &GrayImage) -> Option<u8> {
    let mut counts = [0_u32; 256];
    for pixel in picture.iter() {
        counts[usize::from(*pixel)] += 1;
    }
    let weigh = |range: std::ops::RangeInclusive<u8>| {
        let (mut count, mut sum) = (0.0_f64, 0.0_f64);
        for gray in range {
            let of_gray = f64::from(counts[usize::from(gray)]);
            count += of_gray;
            sum += of_gray * f64::from(gray);
        }
        (count, if count > 0.0 { sum / count } else { 0.0 })
    };
    let mut best: Option<(f64, u8, f64)> = None;
    for limit in 1..=254_u8 {
        let ((dark, dark_mean), (light, light_mean)) = (weigh(0..=limit), weigh(limit + 1..=255));
        let between = dark * light * (light_mean - dark_mean).powi(2);
        if best.is_none_or(|(most, ..)| between > most) {
            best = Some((between, limit, light_mean - dark_mean));
        }
    }
    best.filter(|(.., apart)| *apart >= f64::from(CONTRAST_MIN)).map(|(_, limit, _)| limit)
}

/// Positions of the largest connected light area.
fn largest_light(picture: &GrayImage, limit: u8) -> Vec<usize> {
    let width = index(picture.width());
    let mut light: Vec<bool> = picture.iter().map(|gray| *gray > limit).collect();
    let mut best = Vec::new();
    for start in 0..light.len() {
        if !std::mem::take(&mut light[start]) {
            continue;
        }
        let mut area = vec![start];
        let mut next = 0;
        while let Some(&at) = area.get(next) {
            next += 1;
            let x = at % width;
            let beside = [
                (x > 0).then(|| at - 1),
                (x + 1 < width).then_some(at + 1),
                at.checked_sub(width),
                (at + width < light.len()).then_some(at + width),
            ];
            for to in beside.into_iter().flatten() {
                if std::mem::take(&mut light[to]) {
                    area.push(to);
                }
            }
        }
        if area.len() > best.len() {
            best = area;
        }
    }
    best
}

/// The places farthest to the four corners of the picture.
fn extremes(sheet: &[usize], width: usize) -> Option<[Point; 4]> {
    let points = || sheet.iter().map(|at| ((at % width) as f32, (at / width) as f32));
    let farthest = |of: fn(Point) -> f32| points().max_by(|a, b| of(*a).total_cmp(&of(*b)));
    let (left, right) = (|p: Point| -p.0 - p.1, |p: Point| p.0 - p.1);
    let (low_right, low_left) = (|p: Point| p.0 + p.1, |p: Point| p.1 - p.0);
    let [a, b, c, d] =
        [farthest(left)?, farthest(right)?, farthest(low_right)?, farthest(low_left)?];
    // Pixels are squares: their outer edges are the edge of the sheet.
    Some([a, (b.0 + 1.0, b.1), (c.0 + 1.0, c.1 + 1.0), (d.0, d.1 + 1.0)])
}

/// The area of the sheet with its print filled in, row by row.
fn filled(sheet: &[usize], width: usize) -> f32 {
    let rows = sheet.iter().max().map_or(0, |at| at / width + 1);
    let mut ends = vec![(usize::MAX, 0); rows];
    for at in sheet {
        let end = &mut ends[at / width];
        *end = (end.0.min(at % width), end.1.max(at % width));
    }
    ends.iter().filter(|(from, to)| from <= to).map(|(from, to)| (to - from + 1) as f32).sum()
}

fn area(corners: &[Point; 4]) -> f32 {
    let next = corners.iter().cycle().skip(1);
    corners.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f32>().abs() / 2.0
}

fn distance(a: Point, b: Point) -> f32 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

/// Whether two opposite sides part, or the sheet is turned further than scans are straightened.
fn is_at_an_angle(corners: &[Point; 4]) -> bool {
    let [a, b, c, d] = *corners;
    let lying = |from: Point, to: Point| (to.1 - from.1).atan2(to.0 - from.0).to_degrees();
    let standing = |from: Point, to: Point| (from.0 - to.0).atan2(to.1 - from.1).to_degrees();
    let (top, bottom) = (lying(a, b), lying(d, c));
    let spread = (top - bottom).abs().max((standing(a, d) - standing(b, c)).abs());
    spread > SPREAD_MIN || top.abs() > SKEW_MAX
}

/// A photograph of a flat sheet, for tests: the sheet with its corners at these places.
#[cfg(test)]
pub(super) fn photograph(sheet: &GrayImage, corners: &[Point; 4], size: (u32, u32)) -> GrayImage {
    let (width, height) = (sheet.width() as f32, sheet.height() as f32);
    let projection = Projection::new(corners, width, height).unwrap();
    let mut picture = GrayImage::from_pixel(size.0, size.1, ::image::Luma([70]));
    // Each pixel of the sheet is drawn as many that are too small to leave gaps.
    let fine = 4;
    for y in 0..sheet.height() * fine {
        for x in 0..sheet.width() * fine {
            let (fx, fy) = ((x as f32 + 0.5) / fine as f32, (y as f32 + 0.5) / fine as f32);
            let (px, py) = projection.back(fx, fy);
            picture.put_pixel(whole(px), whole(py), *sheet.get_pixel(x / fine, y / fine));
        }
    }
    picture
}

#[cfg(test)]
mod tests {
    use ::image::Luma;

    use super::*;

    const CORNERS: [Point; 4] = [(90.0, 60.0), (700.0, 90.0), (760.0, 540.0), (40.0, 520.0)];

    fn sheet() -> GrayImage {
        GrayImage::from_fn(600, 400, |x, y| {
            Luma([if x % 40 < 4 && (20..380).contains(&y) { 30 } else { 225 }])
        })
    }

    #[test]
    fn a_projection_leads_to_its_corners() {
        let projection = Projection::new(&CORNERS, 600.0, 400.0).unwrap();
        let flat = [(0.0, 0.0), (600.0, 0.0), (600.0, 400.0), (0.0, 400.0)];
        for ((x, y), corner) in flat.into_iter().zip(CORNERS) {
            assert!(distance(projection.back(x, y), corner) < 0.01, "{corner:?}");
        }
        assert!(Projection::new(&[(5.0, 5.0); 4], 600.0, 400.0).is_none());
    }

    #[test]
    fn the_corners_of_a_sheet_are_found() {
        let picture = photograph(&sheet(), &CORNERS, (800, 600));
        let found = find_sheet(&picture).unwrap();
        for (found, corner) in found.into_iter().zip(CORNERS) {
            assert!(distance(found, corner) < 4.0, "{found:?} {corner:?}");
        }
        assert!(flatten(&picture).is_some());
    }

    #[test]
    fn what_is_no_sheet_at_an_angle_is_left_alone() {
        let upright = [(40.0, 30.0), (760.0, 30.0), (760.0, 570.0), (40.0, 570.0)];
        assert!(flatten(&photograph(&sheet(), &upright, (800, 600))).is_none(), "a crop");
        assert!(flatten(&sheet()).is_none(), "a scan");
        assert!(flatten(&GrayImage::from_pixel(800, 600, Luma([200]))).is_none(), "empty");
        let disc = GrayImage::from_fn(800, 600, |x, y| {
            let far = (x as f32 - 400.0).hypot(y as f32 - 300.0);
            Luma([if far < 250.0 { 230 } else { 40 }])
        });
        assert!(flatten(&disc).is_none(), "a round table");
    }
}
