//! The strips and tiles of a page of a TIFF: unpacked and put together as samples.
//! Invariant: no chunk gives more bytes than it has samples; one that is damaged leaves its place white.

use std::io::{Cursor, Read as _};

use ::image::{ImageFormat, ImageReader};
use hayro_ccitt::{DecodeSettings, DecoderContext, EncodingMode};

use super::directory::Page;

impl Page<'_> {
    /// All samples, pixel by pixel, each scaled to 0..=255 (those of a palette are its numbers), and whether
    /// all of them were there.
    pub(super) fn samples(&self, content: &[u8]) -> Result<(Vec<u8>, bool), String> {
        let [width, height, wide, high] =
            [self.width, self.height, self.chunk.0, self.chunk.1].map(|n| n as usize);
        // What is missing is paper.
        let paper = if self.photometric == 0 || self.photometric == 5 { 0 } else { 255 };
        let mut out = vec![paper; width * height * self.spp];
        let across = width.div_ceil(wide);
        let a_plane = across * height.div_ceil(high);
        let of_chunk = if self.planar { 1 } else { self.spp };
        let planes = if self.planar { self.spp } else { 1 };
        let mut failure = None;
        let mut has_any = false;
        let mut is_whole = self.chunks.len() >= a_plane * planes;
        for (number, (place, length)) in self.chunks.iter().enumerate() {
            let (plane, number) = (number / a_plane, number % a_plane);
            if plane >= planes {
                break;
            }
            let (left, top) = (number % across * wide, number / across * high);
            // The last strip has the rows that are left; tiles are whole.
            let rows = if self.chunk.0 == self.width { high.min(height - top) } else { high };
            let packed = content.get(*place..place + length).unwrap_or_default();
            let chunk = match self.unpack(packed, wide, rows, of_chunk) {
                Ok(chunk) => chunk,
                Err(error) => {
                    failure = Some(error);
                    is_whole = false;
                    continue;
                }
            };
            has_any = true;
            let shown = rows.min(height - top);
            let there = chunk.len() / (wide * of_chunk);
            is_whole &= there >= shown;
            for y in 0..shown.min(there) {
                for x in 0..wide.min(width - left) {
                    let from = (y * wide + x) * of_chunk;
                    let to = ((top + y) * width + left + x) * self.spp + plane;
                    out[to..to + of_chunk].copy_from_slice(&chunk[from..from + of_chunk]);
                }
            }
        }
        match failure {
            Some(error) if !has_any => Err(error),
            _ if !has_any => Err("the page has no content".to_owned()),
            _ => Ok((out, is_whole)),
        }
    }

    /// The rows of a strip or tile that are there, as samples of 0..=255, `wide` * `spp` of them in each.
    fn unpack(
        &self,
        packed: &[u8],
        wide: usize,
        rows: usize,
        spp: usize,
    ) -> Result<Vec<u8>, String> {
        let row_bytes = (wide * spp * self.bits as usize).div_ceil(8);
        let turned: Vec<u8>;
        let packed = if self.low_first && self.bits == 1 {
            turned = packed.iter().map(|byte| byte.reverse_bits()).collect();
            &turned
        } else {
            packed
        };
        let mut bytes = match self.compression {
            2..=4 if self.bits == 1 && spp == 1 => return self.fax(packed, wide, rows),
            7 => return self.jpeg(packed, wide, rows, spp),
            compression => unpacked(compression, packed, row_bytes * rows)?,
        };
        if bytes.len() < row_bytes {
            return Err("a strip of the page is damaged".to_owned());
        }
        let mut out = Vec::with_capacity(wide * rows * spp);
        for row in bytes.chunks_exact_mut(row_bytes.max(1)).take(rows) {
            if self.predictor == 2 {
                self.add_up(row, spp);
            }
            self.spread(row, wide * spp, &mut out);
        }
        Ok(out)
    }

    /// Undoes that each sample was stored as the difference to that of the pixel before it.
    fn add_up(&self, row: &mut [u8], spp: usize) {
        match self.bits {
            8 => {
                for i in spp..row.len() {
                    row[i] = row[i].wrapping_add(row[i - spp]);
                }
            }
            16 => {
                let at = |row: &[u8], i: usize| {
                    let pair = [row[2 * i], row[2 * i + 1]];
                    if self.little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
                };
                for i in spp..row.len() / 2 {
                    let sum = at(row, i).wrapping_add(at(row, i - spp));
                    let pair = if self.little { sum.to_le_bytes() } else { sum.to_be_bytes() };
                    row[2 * i..2 * i + 2].copy_from_slice(&pair);
                }
            }
            _ => {}
        }
    }

    /// The samples of a row, each in a byte of its own.
    fn spread(&self, row: &[u8], count: usize, out: &mut Vec<u8>) {
        match self.bits {
            8 => out.extend_from_slice(&row[..count]),
            16 => {
                let high = usize::from(self.little);
                out.extend(row.chunks_exact(2).take(count).map(|pair| pair[high]));
            }
            bits => {
                let most = (1_u16 << bits) - 1;
                // Numbers of a palette are no shades.
                let scale = if self.photometric == 3 { 1 } else { 255 / most };
                let a_byte = 8 / bits as usize;
                let sample = |i: usize| {
                    let shift = 8 - bits as usize * (i % a_byte + 1);
                    (u16::from(row[i / a_byte]) >> shift & most) * scale
                };
                out.extend((0..count).map(|i| u8::try_from(sample(i)).unwrap_or(u8::MAX)));
            }
        }
    }

    /// A fax: black is a set bit. What is damaged ends the chunk; the rows before it stay.
    fn fax(&self, packed: &[u8], wide: usize, rows: usize) -> Result<Vec<u8>, String> {
        let is_two_dimensional = self.compression == 3 && self.t4_options & 1 == 1;
        let encoding = match self.compression {
            4 => EncodingMode::Group4,
            _ if is_two_dimensional => EncodingMode::Group3_2D,
            _ => EncodingMode::Group3_1D,
        };
        let too_large = |_| "the page is too large".to_owned();
        let settings = DecodeSettings {
            columns: u32::try_from(wide).map_err(too_large)?,
            rows: u32::try_from(rows).map_err(too_large)?,
            end_of_block: self.compression != 2,
            end_of_line: self.compression == 3,
            rows_are_byte_aligned: self.compression == 2
                || self.compression == 3 && self.t4_options & 4 != 0,
            encoding,
            strict: false,
        };
        let mut bitmap = Bitmap { wide, rows, out: Vec::new() };
        let done = hayro_ccitt::decode(packed, &mut bitmap, &mut DecoderContext::new(settings));
        if bitmap.out.is_empty() {
            return Err(done.err().map_or_else(
                || "the fax has no rows".to_owned(),
                |error| format!("the fax is damaged: {error:?}"),
            ));
        }
        Ok(bitmap.out)
    }

    /// A JPEG whose tables may stand apart (Technical Note 2); its decoder gives gray or RGB.
    fn jpeg(&self, packed: &[u8], wide: usize, rows: usize, spp: usize) -> Result<Vec<u8>, String> {
        let tables = self.jpeg_tables.strip_suffix(b"\xff\xd9").unwrap_or_default();
        let body = packed.strip_prefix(b"\xff\xd8").unwrap_or(packed);
        let whole = if tables.is_empty() { packed.to_vec() } else { [tables, body].concat() };
        let damaged =
            |error: &dyn std::fmt::Display| format!("the image cannot be decoded: {error}");
        let reader = ImageReader::with_format(Cursor::new(whole.as_slice()), ImageFormat::Jpeg);
        let (width, height) = reader.into_dimensions().map_err(|error| damaged(&error))?;
        if width as usize > wide + 16 || height as usize > rows + 16 {
            return Err("a strip of the page is larger than the page says".to_owned());
        }
        let picture = ::image::load_from_memory_with_format(&whole, ImageFormat::Jpeg)
            .map_err(|error| damaged(&error))?;
        let mut out = vec![u8::MAX; wide * rows * spp];
        let rgb = picture.into_rgb8();
        for (x, y, pixel) in rgb.enumerate_pixels() {
            let (x, y) = (x as usize, y as usize);
            if x < wide && y < rows {
                let to = (y * wide + x) * spp;
                let count = spp.min(3);
                out[to..to + count].copy_from_slice(&pixel.0[..count]);
            }
        }
        Ok(out)
    }
}

/// Takes rows of a fax as samples: 255 for black, since white is zero in a fax.
struct Bitmap {
    wide: usize,
    rows: usize,
    out: Vec<u8>,
}

impl hayro_ccitt::Decoder for Bitmap {
    fn push_row(&mut self, changes: &[u32]) {
        let start = self.out.len();
        if start >= self.wide * self.rows {
            return;
        }
        self.out.resize(start + self.wide, 0);
        for run in changes.chunks(2) {
            let from = (run[0] as usize).min(self.wide);
            let to = run.get(1).map_or(self.wide, |end| (*end as usize).min(self.wide));
            self.out[start + from..start + to.max(from)].fill(u8::MAX);
        }
    }
}

/// The bytes of a chunk, `length` of them at most; fewer if it is damaged.
fn unpacked(compression: u32, packed: &[u8], length: usize) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    match compression {
        1 => out.extend_from_slice(&packed[..packed.len().min(length)]),
        5 => {
            out.resize(length, 0);
            let mut decoder =
                weezl::decode::Decoder::with_tiff_size_switch(weezl::BitOrder::Msb, 8);
            let (mut from, mut to) = (0, 0);
            loop {
                let step = decoder.decode_bytes(&packed[from..], &mut out[to..]);
                from += step.consumed_in;
                to += step.consumed_out;
                let goes_on = matches!(step.status, Ok(weezl::LzwStatus::Ok));
                if !goes_on || step.consumed_in + step.consumed_out == 0 || to == length {
                    break;
                }
            }
            out.truncate(to);
        }
        8 | 32946 => {
            let limit = u64::try_from(length).unwrap_or(u64::MAX);
            let mut reader = flate2::read::ZlibDecoder::new(packed).take(limit);
            // What came before the damage is had.
            let _ = reader.read_to_end(&mut out);
        }
        32773 => pack_bits(packed, length, &mut out),
        other => return Err(format!("compression {other} is not decoded")),
    }
    Ok(out)
}

/// By `PackBits`: a count, then a byte to repeat or bytes to take.
fn pack_bits(packed: &[u8], length: usize, out: &mut Vec<u8>) {
    let mut at = 0;
    while let Some(&head) = packed.get(at).filter(|_| out.len() < length) {
        at += 1;
        match head {
            0..=127 => {
                let end = (at + usize::from(head) + 1).min(packed.len());
                out.extend_from_slice(&packed[at..end]);
                at = end;
            }
            128 => {}
            _ => {
                let Some(&byte) = packed.get(at) else { break };
                out.extend(std::iter::repeat_n(byte, 257 - usize::from(head)));
                at += 1;
            }
        }
    }
    out.truncate(length);
}
