//! Trains the net that tells the characters of numbers in scans, from free fonts.
//!
//! Renders digits, signs and, as what they are not, letters, at the sizes of scans, blurs, slants,
//! fades and speckles them, and writes `crates/intake/src/ocr/digits.net`. The same fonts give the
//! same net, byte for byte.

#[path = "../../crates/intake/src/ocr/glyph.rs"]
mod glyph;

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use rustybuzz::ttf_parser::{Face, GlyphId, OutlineBuilder};

use self::glyph::{CHARACTERS, Frame, HIDDEN, INPUTS, Net, OTHER, fields};
use crate::random::Random;

/// Where Debian keeps the fonts, and the packages: fonts-dejavu, fonts-noto-core,
/// fonts-hosny-amiri, fonts-kacst, fonts-freefont-ttf, fonts-liberation,
/// fonts-sil-scheherazade.
const FONTS: [&str; 22] = [
    "truetype/dejavu/DejaVuSans.ttf",
    "truetype/dejavu/DejaVuSans-Bold.ttf",
    "truetype/dejavu/DejaVuSansMono.ttf",
    "truetype/dejavu/DejaVuSerif.ttf",
    "truetype/noto/NotoNaskhArabic-Regular.ttf",
    "truetype/noto/NotoNaskhArabic-Bold.ttf",
    "truetype/noto/NotoSansArabic-Regular.ttf",
    "truetype/noto/NotoKufiArabic-Regular.ttf",
    "truetype/noto/NotoSans-Regular.ttf",
    "truetype/noto/NotoSerif-Regular.ttf",
    "opentype/fonts-hosny-amiri/Amiri-Regular.ttf",
    "opentype/fonts-hosny-amiri/Amiri-Bold.ttf",
    "truetype/kacst/KacstBook.ttf",
    "truetype/kacst/KacstNaskh.ttf",
    "truetype/kacst/KacstOffice.ttf",
    "truetype/kacst-one/KacstOne.ttf",
    "truetype/freefont/FreeSerif.ttf",
    "truetype/freefont/FreeSans.ttf",
    "truetype/liberation/LiberationSerif-Regular.ttf",
    "truetype/liberation/LiberationSans-Regular.ttf",
    "truetype/liberation/LiberationMono-Regular.ttf",
    "truetype/scheherazade/Scheherazade-Regular.ttf",
];
/// Samples of each font and character.
const SAMPLES: usize = 60;
/// Samples of each font that are no character of a number.
const OTHERS: usize = 1100;
/// Letters that look like digits of some font: alif and heh like one and five. Words tell them apart.
const LIKE_DIGITS: &str = "OoIl|\u{627}\u{fe8d}\u{fe8e}\u{647}\u{fee9}";
/// How far the edges of a band are off, as a share of its height.
const UNEVEN: f32 = 0.12;
const ROUNDS: usize = 14;
const RATE: f32 = 0.02;
const MOMENTUM: f32 = 0.9;
const BATCH: usize = 32;

#[expect(clippy::print_stderr, reason = "a chore tells its progress")]
fn say(line: &str) {
    eprintln!("{line}");
}

struct Sample {
    fields: [f32; INPUTS],
    class: usize,
}

pub(crate) fn run(root: &Path, options: &[&str]) -> anyhow::Result<()> {
    let folder = match options {
        [] => PathBuf::from("/usr/share/fonts"),
        [folder] => PathBuf::from(folder),
        _ => bail!("usage: cargo xtask train-digits [FOLDER OF FONTS]"),
    };
    let mut random = Random::new(7);
    let mut samples = Vec::new();
    for font in FONTS {
        let bytes = std::fs::read(folder.join(font)).with_context(|| font.to_owned())?;
        let face = Face::parse(&bytes, 0).with_context(|| font.to_owned())?;
        make_samples(&face, &mut random, &mut samples);
        say(&format!("{font}: {} samples", samples.len()));
    }
    random.shuffle(&mut samples);
    let held_out = samples.split_off(samples.len() * 19 / 20);
    let mut net = fresh(&mut random);
    train(&mut net, &mut samples, &mut random, &held_out);
    let bytes = to_bytes(&net);
    let net = Net::from_bytes(&bytes).context("the net that was written")?;
    say(&format!("as written: {:.4} right of {}", right(&net, &held_out), held_out.len()));
    std::fs::write(root.join("crates/intake/src/ocr/digits.net"), bytes)?;
    Ok(())
}

/// The outline of a glyph as lines, y downward, in units of the em.
struct Outline {
    lines: Vec<[f32; 4]>,
    start: (f32, f32),
    at: (f32, f32),
    scale: f32,
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.start = (x * self.scale, -y * self.scale);
        self.at = self.start;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = (x * self.scale, -y * self.scale);
        self.lines.push([self.at.0, self.at.1, to.0, to.1]);
        self.at = to;
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (x0, y0) = (self.at.0 / self.scale, -self.at.1 / self.scale);
        for i in 1..=6_u8 {
            let t = f32::from(i) / 6.0;
            let weights = [(1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t];
            self.line_to(weigh(weights, [x0, x1, x]), weigh(weights, [y0, y1, y]));
        }
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (x0, y0) = (self.at.0 / self.scale, -self.at.1 / self.scale);
        for i in 1..=8_u8 {
            let t = f32::from(i) / 8.0;
            let rest = 1.0 - t;
            let weights =
                [rest * rest * rest, 3.0 * rest * rest * t, 3.0 * rest * t * t, t * t * t];
            self.line_to(weigh(weights, [x0, x1, x2, x]), weigh(weights, [y0, y1, y2, y]));
        }
    }

    fn close(&mut self) {
        let (start, at) = (self.start, self.at);
        self.lines.push([at.0, at.1, start.0, start.1]);
        self.at = start;
    }
}

fn weigh<const N: usize>(weights: [f32; N], places: [f32; N]) -> f32 {
    weights.iter().zip(places).map(|(weight, place)| weight * place).sum()
}

/// Outlines of the characters that a font has, in ems.
fn outline(face: &Face<'_>, id: GlyphId) -> Option<Outline> {
    let scale = 1.0 / f32::from(face.units_per_em());
    let mut outline = Outline { lines: Vec::new(), start: (0.0, 0.0), at: (0.0, 0.0), scale };
    face.outline_glyph(id, &mut outline)?;
    (!outline.lines.is_empty()).then_some(outline)
}

/// Left, top, right, bottom.
fn extent(lines: &[[f32; 4]]) -> [f32; 4] {
    lines.iter().fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |e, l| {
        [
            e[0].min(l[0]).min(l[2]),
            e[1].min(l[1]).min(l[3]),
            e[2].max(l[0]).max(l[2]),
            e[3].max(l[1]).max(l[3]),
        ]
    })
}

fn make_samples(face: &Face<'_>, random: &mut Random, samples: &mut Vec<Sample>) {
    let known: Vec<(usize, Outline)> = CHARACTERS[..OTHER]
        .iter()
        .enumerate()
        .filter_map(|(class, c)| Some((class, outline(face, face.glyph_index(*c)?)?)))
        .collect();
    let letters: Vec<Outline> = ('A'..='Z')
        .chain('a'..='z')
        .chain("()!?:;%&ء،؛".chars())
        .chain('\u{621}'..='\u{64a}')
        .chain('\u{fe80}'..='\u{fefc}')
        .filter(|c| !LIKE_DIGITS.contains(*c))
        .filter_map(|c| outline(face, face.glyph_index(c)?))
        .collect();
    for (class, outline) in &known {
        for i in 0..SAMPLES {
            let mates = mates(*class, &known, random);
            let lines = match CHARACTERS[*class] {
                '/' | '-' | '+' if i % 2 == 0 => of_another_font(&outline.lines, random),
                _ => outline.lines.clone(),
            };
            samples.extend(sample(&[&lines], &mates, *class, random));
        }
    }
    for i in 0..OTHERS {
        let mates = mates(random.below(20), &known, random);
        let lines: Vec<[f32; 4]> = if i % 3 == 0 {
            // Two characters taken for one, or the half of one.
            let mut one = known[random.below(known.len())].1.lines.clone();
            let two = &known[random.below(known.len())].1.lines;
            let gap = random.unit() * 0.12 - 0.03;
            let by = extent(&one)[2] - extent(two)[0] + gap;
            one.extend(two.iter().map(|l| [l[0] + by, l[1], l[2] + by, l[3]]));
            one
        } else if letters.is_empty() {
            continue;
        } else {
            letters[random.below(letters.len())].lines.clone()
        };
        samples.extend(sample(&[&lines], &mates, OTHER, random));
    }
}

/// Fonts with Arabic digits often lack signs; what stands in for them has another size and another
/// line to stand on. A full stop stays: higher it is a nought.
fn of_another_font(lines: &[[f32; 4]], random: &mut Random) -> Vec<[f32; 4]> {
    let scale = 0.7 + random.unit() * 0.8;
    let down = random.unit() * 0.5 - 0.25;
    lines
        .iter()
        .map(|l| [l[0], l[1] + down / scale, l[2], l[3] + down / scale])
        .map(|l| l.map(|v| v * scale))
        .collect()
}

/// The band in ems: what other characters of a number span with this one.
fn mates(class: usize, known: &[(usize, Outline)], random: &mut Random) -> Vec<[f32; 4]> {
    let arabic = class < 10 || (class >= 20 && random.below(2) == 0);
    let fits = |c: usize| if arabic { c < 10 } else { (10..20).contains(&c) };
    let choice: Vec<&Outline> = known.iter().filter(|(c, _)| fits(*c)).map(|(_, o)| o).collect();
    let count = if random.below(8) == 0 { 0 } else { 1 + random.below(8) };
    if choice.is_empty() {
        return Vec::new();
    }
    (0..count).map(|_| extent(&choice[random.below(choice.len())].lines)).collect()
}

fn sample(
    glyphs: &[&[[f32; 4]]],
    mates: &[[f32; 4]],
    class: usize,
    random: &mut Random,
) -> Option<Sample> {
    let size = 20.0 + random.unit() * 34.0;
    let (slant, turn) = (random.unit() * 0.2 - 0.1, random.unit() * 0.05 - 0.025);
    let stretch = 0.9 + random.unit() * 0.2;
    let lines: Vec<[f32; 4]> = glyphs
        .iter()
        .flat_map(|lines| lines.iter())
        .map(|l| {
            let place = |x: f32, y: f32| ((x * stretch - y * slant) * size, (y + x * turn) * size);
            let (from, to) = (place(l[0], l[1]), place(l[2], l[3]));
            [from.0, from.1, to.0, to.1]
        })
        .collect();
    let own = extent(&lines);
    // As in scans: the middle one of the edges of all that is no sign and high enough.
    let mut others: Vec<(f32, f32)> = mates.iter().map(|m| (m[1] * size, m[3] * size)).collect();
    if class < 20 || others.is_empty() || (class == OTHER && random.below(2) == 0) {
        others.push((own[1], own[3]));
    }
    let (top, bottom) = middle_band(others);
    let shift = (4.0 - own[0] + random.unit(), 8.0 - top.min(own[1]) + random.unit());
    let (width, height) =
        (count(own[2] + shift.0 + 5.0), count(bottom.max(own[3]) + shift.1 + 9.0));
    if width > 200 || height > 200 {
        return None;
    }
    let mut picture = fill(&lines, shift, width, height);
    blur(&mut picture, width, 0.3 + random.unit() * 0.9);
    wear(&mut picture, random);
    // Where it stands is told from the picture, as it is in scans.
    let dark = |i: usize| picture[i] > 0.41;
    let columns: Vec<usize> =
        (0..width).filter(|x| (0..height).any(|y| dark(y * width + x))).collect();
    let rows: Vec<usize> =
        (0..height).filter(|y| (0..width).any(|x| dark(y * width + x))).collect();
    let (left, right) = (*columns.first()? as f32, *columns.last()? as f32 + 1.0);
    let own = (*rows.first()? as f32, *rows.last()? as f32 + 1.0);
    // The edges of other characters are as uneven as this one's.
    let mut edge =
        |at: f32| (at + shift.1 + (random.unit() - 0.5) * UNEVEN * (bottom - top)).round();
    let band = (edge(top), edge(bottom));
    let ink = |x: i32, y: i32| {
        let at = usize::try_from(x).ok().zip(usize::try_from(y).ok());
        at.filter(|(x, y)| *x < width && *y < height).map_or(0.0, |(x, y)| picture[y * width + x])
    };
    Some(Sample { fields: fields(&Frame { left, right, own, band }, ink), class })
}

/// The middle one of upper and of lower edges, low characters left out.
fn middle_band(edges: Vec<(f32, f32)>) -> (f32, f32) {
    let tallest = edges.iter().map(|e| e.1 - e.0).fold(0.0, f32::max);
    let tall = edges.into_iter().filter(|e| e.1 - e.0 >= 0.5 * tallest);
    let (mut tops, mut bottoms): (Vec<f32>, Vec<f32>) = tall.unzip();
    tops.sort_by(f32::total_cmp);
    bottoms.sort_by(f32::total_cmp);
    (tops[tops.len() / 2], bottoms[bottoms.len() / 2])
}

/// Fills outlines: the share of each pixel that is inside, by sixteen samples.
fn fill(lines: &[[f32; 4]], shift: (f32, f32), width: usize, height: usize) -> Vec<f32> {
    let mut picture = vec![0.0_f32; width * height];
    for sub in 0..height * 4 {
        let y = (sub as f32 + 0.5) / 4.0 - shift.1;
        let mut crossings: Vec<(f32, i32)> = lines
            .iter()
            .filter(|l| (l[1] <= y) != (l[3] <= y))
            .map(|l| {
                let x = l[0] + (y - l[1]) / (l[3] - l[1]) * (l[2] - l[0]) + shift.0;
                (x, if l[1] <= y { 1 } else { -1 })
            })
            .collect();
        crossings.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut inside = 0;
        for pair in crossings.windows(2) {
            inside += pair[0].1;
            if inside == 0 {
                continue;
            }
            for step in count(pair[0].0 * 4.0)..count(pair[1].0 * 4.0).min(width * 4) {
                let pixel = &mut picture[sub / 4 * width + step / 4];
                *pixel = (*pixel + 1.0 / 16.0).min(1.0);
            }
        }
    }
    picture
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped first")]
fn count(value: f32) -> usize {
    value.clamp(0.0, 4096.0) as usize
}

fn blur(picture: &mut [f32], width: usize, sigma: f32) {
    let kernel: Vec<f32> =
        (-3..=3_i8).map(|d| (-f32::from(d).powi(2) / (2.0 * sigma * sigma)).exp()).collect();
    let total: f32 = kernel.iter().sum();
    let height = picture.len() / width;
    for across in [true, false] {
        let from = picture.to_vec();
        for (i, to) in picture.iter_mut().enumerate() {
            let (x, y) = (i % width, i / width);
            let mut sum = 0.0;
            for (k, weight) in kernel.iter().enumerate() {
                let (nx, ny) = if across { (x + k, y + 3) } else { (x + 3, y + k) };
                if (3..width + 3).contains(&nx) && (3..height + 3).contains(&ny) {
                    sum += from[(ny - 3) * width + nx - 3] * weight;
                }
            }
            *to = sum / total;
        }
    }
}

/// Contrast, thickness, grain and specks.
fn wear(picture: &mut [f32], random: &mut Random) {
    let thick = (random.unit() * 1.4 - 0.7).exp2();
    let gain = 0.85 + random.unit() * 0.5;
    let grain = random.unit() * 0.12;
    for pixel in picture.iter_mut() {
        let noise = (random.unit() + random.unit() - 1.0) * grain;
        *pixel = (pixel.powf(thick) * gain + noise).clamp(0.0, 1.0);
        if *pixel < 0.12 {
            *pixel = 0.0; // Paper is white in prepared pages.
        }
    }
}

fn fresh(random: &mut Random) -> Net {
    let mut layer = |rows: usize, columns: usize| -> Vec<f32> {
        let spread = (6.0 / columns as f32).sqrt();
        (0..rows * (columns + 1)).map(|_| (random.unit() * 2.0 - 1.0) * spread * 0.5).collect()
    };
    Net { first: layer(HIDDEN, INPUTS), second: layer(CHARACTERS.len(), HIDDEN) }
}

fn train(net: &mut Net, samples: &mut [Sample], random: &mut Random, held_out: &[Sample]) {
    let mut speed = Net { first: vec![0.0; net.first.len()], second: vec![0.0; net.second.len()] };
    for round in 0..ROUNDS {
        random.shuffle(samples);
        let rate = RATE * (1.0 - round as f32 / ROUNDS as f32).max(0.04);
        for batch in samples.chunks(BATCH) {
            let mut slope =
                Net { first: vec![0.0; net.first.len()], second: vec![0.0; net.second.len()] };
            for sample in batch {
                add_slope(net, sample, &mut slope);
            }
            let layers = [
                (&mut net.first, &mut speed.first, &slope.first),
                (&mut net.second, &mut speed.second, &slope.second),
            ];
            for (weights, speed, slope) in layers {
                for ((w, v), s) in weights.iter_mut().zip(speed.iter_mut()).zip(slope) {
                    *v = MOMENTUM * *v - rate * (s / batch.len() as f32 + 1e-5 * *w);
                    *w += *v;
                }
            }
        }
        say(&format!("round {round}: {:.4} right", right(net, held_out)));
    }
}

fn add_slope(net: &Net, sample: &Sample, slope: &mut Net) {
    let mut hidden = [0.0_f32; HIDDEN];
    for (unit, weights) in hidden.iter_mut().zip(net.first.chunks_exact(INPUTS + 1)) {
        let sum: f32 = weights.iter().zip(&sample.fields).map(|(w, f)| w * f).sum();
        *unit = (sum + weights[INPUTS]).max(0.0);
    }
    let told = net.tell(&sample.fields);
    let mut back = [0.0_f32; HIDDEN];
    let rows = net.second.chunks_exact(HIDDEN + 1).zip(slope.second.chunks_exact_mut(HIDDEN + 1));
    for (class, (weights, slope)) in rows.enumerate() {
        // Labels are softened a little: the same shape may mean two characters.
        let wanted = if class == sample.class { 0.97 } else { 0.03 / 24.0 };
        let error = told[class] - wanted;
        for i in 0..HIDDEN {
            slope[i] += error * hidden[i];
            back[i] += error * weights[i];
        }
        slope[HIDDEN] += error;
    }
    for (i, slope) in slope.first.chunks_exact_mut(INPUTS + 1).enumerate() {
        if hidden[i] > 0.0 {
            for (s, f) in slope.iter_mut().zip(&sample.fields) {
                *s += back[i] * f;
            }
            slope[INPUTS] += back[i];
        }
    }
}

fn right(net: &Net, samples: &[Sample]) -> f32 {
    let good = samples
        .iter()
        .filter(|s| {
            let told = net.tell(&s.fields);
            told.iter().all(|p| *p <= told[s.class])
        })
        .count();
    good as f32 / samples.len().max(1) as f32
}

#[expect(clippy::cast_possible_truncation, reason = "clamped to a byte")]
fn to_bytes(net: &Net) -> Vec<u8> {
    let mut bytes = Vec::new();
    for layer in [&net.first, &net.second] {
        let scale = layer.iter().fold(1e-6_f32, |most, w| most.max(w.abs())) / 127.0;
        bytes.extend(scale.to_le_bytes());
        bytes.extend(layer.iter().map(|w| ((w / scale).round() as i8).cast_unsigned()));
    }
    bytes
}
