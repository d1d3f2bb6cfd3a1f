//! The directory of a page of a TIFF: what it says of size, samples and where they stand. Reads classic
//! TIFF of both byte orders. Invariant: a directory that is taken claims no chunk much larger than its page.

use super::directories;

/// Strips and tiles of a page, at most: one for each row of a page of A0 at 600 dots an inch.
const CHUNKS_MAX: usize = 30_000;

/// A classic TIFF with its byte order.
#[derive(Clone, Copy)]
pub(super) struct File<'c> {
    content: &'c [u8],
    little: bool,
}

impl<'c> File<'c> {
    pub(super) fn open(content: &'c [u8]) -> Option<Self> {
        let little = content.starts_with(b"II*\0");
        (little || content.starts_with(b"MM\0*")).then_some(File { content, little })
    }

    pub(super) fn short(&self, at: usize) -> Option<u16> {
        let bytes: [u8; 2] = self.content.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    pub(super) fn long(&self, at: usize) -> Option<u32> {
        let bytes: [u8; 4] = self.content.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    /// The entry of a tag in the directory at `at`: type, number of values, where they stand.
    fn entry(&self, at: usize, tag: u16) -> Option<(u16, usize, usize)> {
        let count = usize::from(self.short(at)?);
        let place = (0..count).map(|i| at + 2 + 12 * i).find(|p| self.short(*p) == Some(tag))?;
        let kind = self.short(place + 2)?;
        let values = usize::try_from(self.long(place + 4)?).ok()?;
        let bytes = match kind {
            1 | 7 => 1,
            3 => 2,
            4 => 4,
            _ => return None,
        };
        let within = values.checked_mul(bytes)? <= 4;
        let start = if within { place + 8 } else { usize::try_from(self.long(place + 8)?).ok()? };
        Some((kind, values, start))
    }

    /// The values of a tag as whole numbers, `max` of them at most; empty if it is not there.
    fn values(&self, at: usize, tag: u16, max: usize) -> Vec<u32> {
        let Some((kind, count, start)) = self.entry(at, tag) else { return Vec::new() };
        let value = |i: usize| match kind {
            3 => self.short(start.checked_add(2 * i)?).map(u32::from),
            4 => self.long(start.checked_add(4 * i)?),
            _ => self.content.get(start.checked_add(i)?).map(|byte| u32::from(*byte)),
        };
        (0..count.min(max)).map_while(value).collect()
    }

    fn value(&self, at: usize, tag: u16) -> Option<u32> {
        self.values(at, tag, 1).first().copied()
    }

    /// The bytes of a tag as they stand.
    fn bytes(&self, at: usize, tag: u16) -> &'c [u8] {
        self.entry(at, tag)
            .and_then(|(_, count, start)| self.content.get(start..start.checked_add(count)?))
            .unwrap_or_default()
    }
}

/// Tags of TIFF 6.0.
mod tag {
    pub(super) const WIDTH: u16 = 256;
    pub(super) const HEIGHT: u16 = 257;
    pub(super) const BITS: u16 = 258;
    pub(super) const COMPRESSION: u16 = 259;
    pub(super) const PHOTOMETRIC: u16 = 262;
    pub(super) const FILL_ORDER: u16 = 266;
    pub(super) const STRIP_OFFSETS: u16 = 273;
    pub(super) const ORIENTATION: u16 = 274;
    pub(super) const SAMPLES: u16 = 277;
    pub(super) const ROWS_PER_STRIP: u16 = 278;
    pub(super) const STRIP_BYTES: u16 = 279;
    pub(super) const PLANAR: u16 = 284;
    pub(super) const T4_OPTIONS: u16 = 292;
    pub(super) const PREDICTOR: u16 = 317;
    pub(super) const COLOR_MAP: u16 = 320;
    pub(super) const TILE_WIDTH: u16 = 322;
    pub(super) const TILE_HEIGHT: u16 = 323;
    pub(super) const TILE_OFFSETS: u16 = 324;
    pub(super) const TILE_BYTES: u16 = 325;
    pub(super) const JPEG_TABLES: u16 = 347;
}

/// What the directory of a page says.
pub(super) struct Page<'c> {
    pub(super) little: bool,
    pub(super) width: u32,
    pub(super) height: u32,
    /// Which way is up, as EXIF counts it.
    pub(super) orientation: u32,
    /// Bits of each sample: 1, 2, 4, 8 or 16.
    pub(super) bits: u32,
    /// Samples of a pixel.
    pub(super) spp: usize,
    pub(super) compression: u32,
    pub(super) photometric: u32,
    /// The first pixel of a byte is its lowest bit.
    pub(super) low_first: bool,
    /// Each sample has chunks of its own.
    pub(super) planar: bool,
    /// 2: each sample is stored as the difference to that of the pixel before it.
    pub(super) predictor: u32,
    pub(super) t4_options: u32,
    pub(super) color_map: Vec<u32>,
    pub(super) jpeg_tables: &'c [u8],
    /// Width and height of strips or tiles.
    pub(super) chunk: (u32, u32),
    /// Where the chunks stand, in order.
    pub(super) chunks: Vec<(usize, usize)>,
}

/// Samples of a pixel that are looked at: color and one more.
const SPP_MAX: u32 = 8;

impl<'c> Page<'c> {
    pub(super) fn read(content: &'c [u8], number: usize) -> Result<Page<'c>, String> {
        let lacks = || "the directory of the page lacks what it needs".to_owned();
        let file = File::open(content).ok_or_else(lacks)?;
        let at = directories(content).get(number).copied().ok_or_else(lacks)?;
        let at = usize::try_from(at).map_err(|_| lacks())?;
        let one = |tag, default| file.value(at, tag).unwrap_or(default);
        let (width, height) = (one(tag::WIDTH, 0), one(tag::HEIGHT, 0));
        let bits = one(tag::BITS, 1);
        let spp = one(tag::SAMPLES, 1);
        let same = file.values(at, tag::BITS, 64).iter().all(|each| *each == bits);
        if width == 0 || height == 0 || spp == 0 {
            return Err(lacks());
        }
        if !matches!(bits, 1 | 2 | 4 | 8 | 16) || !same || spp > SPP_MAX {
            return Err(format!("{spp} samples of {bits} bits are not decoded"));
        }
        let tiled = file.value(at, tag::TILE_WIDTH).is_some();
        let (chunk, places, lengths) = if tiled {
            let side = (one(tag::TILE_WIDTH, 0), one(tag::TILE_HEIGHT, 0));
            (side, tag::TILE_OFFSETS, tag::TILE_BYTES)
        } else {
            let rows = one(tag::ROWS_PER_STRIP, height).clamp(1, height);
            ((width, rows), tag::STRIP_OFFSETS, tag::STRIP_BYTES)
        };
        // No tile is much larger than its page, or one could be claimed that fills the memory.
        let is_fit = |side: u32, whole: u32| side > 0 && side <= whole.saturating_add(4096);
        if !is_fit(chunk.0, width) || !is_fit(chunk.1, height) {
            return Err(lacks());
        }
        let lengths = file.values(at, lengths, CHUNKS_MAX);
        let chunks = file.values(at, places, CHUNKS_MAX).into_iter().enumerate();
        let chunks = chunks.filter_map(|(i, place)| {
            let place = usize::try_from(place).ok()?;
            // Some writers leave the length of a single strip out: it goes to the end.
            let rest = content.len().saturating_sub(place);
            let length = lengths.get(i).map_or(Ok(rest), |l| usize::try_from(*l)).ok()?;
            Some((place, length.min(rest)))
        });
        Ok(Page {
            little: file.little,
            width,
            height,
            orientation: one(tag::ORIENTATION, 1),
            bits,
            spp: usize::try_from(spp).map_err(|_| lacks())?,
            compression: one(tag::COMPRESSION, 1),
            photometric: one(tag::PHOTOMETRIC, 0),
            low_first: one(tag::FILL_ORDER, 1) == 2,
            planar: one(tag::PLANAR, 1) == 2 && spp > 1,
            predictor: one(tag::PREDICTOR, 1),
            t4_options: one(tag::T4_OPTIONS, 0),
            color_map: file.values(at, tag::COLOR_MAP, 3 << 16),
            jpeg_tables: file.bytes(at, tag::JPEG_TABLES),
            chunk,
            chunks: chunks.collect(),
        })
    }
}
