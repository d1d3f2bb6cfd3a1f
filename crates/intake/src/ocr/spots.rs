//! Connected spots of ink.
//!
//! Knows dark and light places of a picture, and nothing of letters.

/// A connected spot of ink.
pub(super) struct Spot {
    pub(super) x0: u32,
    pub(super) y0: u32,
    pub(super) x1: u32,
    pub(super) y1: u32,
    pub(super) area: usize,
}

impl Spot {
    pub(super) fn width(&self) -> u32 {
        self.x1 - self.x0 + 1
    }

    pub(super) fn height(&self) -> u32 {
        self.y1 - self.y0 + 1
    }

    /// Wide, low and full of ink; joined letters are not.
    pub(super) fn is_bar(&self) -> bool {
        let filled = self.area as f32 / (self.width() as f32 * self.height() as f32);
        self.width() * 10 > self.height() * 18 && filled > 0.6
    }
}

/// The connected spots of a picture, whose dark places are used up.
pub(super) fn spots(dark: &mut [bool], width: usize) -> Vec<Spot> {
    let height = dark.len() / width.max(1);
    let place = |v: usize| u32::try_from(v).unwrap_or(u32::MAX);
    let mut spots = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for start in 0..dark.len() {
        if !std::mem::take(&mut dark[start]) {
            continue;
        }
        open.push(start);
        let (x, y) = (place(start % width), place(start / width));
        let mut spot = Spot { x0: x, y0: y, x1: x, y1: y, area: 0 };
        while let Some(at) = open.pop() {
            let (x, y) = (at % width, at / width);
            spot.area += 1;
            spot.x0 = spot.x0.min(place(x));
            spot.x1 = spot.x1.max(place(x));
            spot.y1 = spot.y1.max(place(y));
            for ny in y.saturating_sub(1)..(y + 2).min(height) {
                for nx in x.saturating_sub(1)..(x + 2).min(width) {
                    if std::mem::take(&mut dark[ny * width + nx]) {
                        open.push(ny * width + nx);
                    }
                }
            }
        }
        spots.push(spot);
    }
    spots
}

/// The spots of a picture, and to which each place belongs: 0 for none, else one more than the
/// number of the spot. Soft edges belong to the spot beside them.
pub(super) struct Labeled {
    pub(super) spots: Vec<Spot>,
    pub(super) labels: Vec<u32>,
}

/// Labels the spots of a gray picture darker than `ink`.
pub(super) fn label(pixels: &[u8], width: usize, ink: u8) -> Labeled {
    let height = pixels.len() / width.max(1);
    let place = |v: usize| u32::try_from(v).unwrap_or(u32::MAX);
    let near = |at: usize| {
        let (x, y) = (at % width, at / width);
        (y.saturating_sub(1)..(y + 2).min(height)).flat_map(move |row| {
            (x.saturating_sub(1)..(x + 2).min(width)).map(move |column| row * width + column)
        })
    };
    let mut labels = vec![0_u32; pixels.len()];
    let mut spots = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for start in 0..width * height {
        if labels[start] > 0 || pixels[start] >= ink {
            continue;
        }
        let number = place(spots.len() + 1);
        let (x, y) = (place(start % width), place(start / width));
        let mut spot = Spot { x0: x, y0: y, x1: x, y1: y, area: 0 };
        labels[start] = number;
        open.push(start);
        while let Some(at) = open.pop() {
            let (x, y) = (place(at % width), place(at / width));
            spot.area += 1;
            spot.x0 = spot.x0.min(x);
            spot.x1 = spot.x1.max(x);
            spot.y1 = spot.y1.max(y);
            for next in near(at) {
                if labels[next] == 0 && pixels[next] < ink {
                    labels[next] = number;
                    open.push(next);
                }
            }
        }
        spots.push(spot);
    }
    let inner = labels.clone();
    for (at, label) in labels.iter_mut().enumerate().filter(|(_, l)| **l == 0) {
        *label = near(at).map(|n| inner[n]).find(|l| *l > 0).unwrap_or(0);
    }
    Labeled { spots, labels }
}
