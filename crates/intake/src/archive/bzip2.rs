//! bzip2 from memory, streams in a row joined.
//!
//! Own reader: the crates for it are unmaintained or under a licence of their own. Blocks of the
//! time before 0.9.5, which were stirred at random, are told as damaged.
//! Invariants: memory follows the size of one block, at most 900 kB of content, and the allowance.

use super::{Allowance, End, Extracted};

const BLOCK: u64 = 0x3141_5926_5359;
const STREAM_END: u64 = 0x1772_4538_5090;
/// Symbols of one table of codes in a row.
const RUN: usize = 50;
const LENGTH_MAX: usize = 20;

/// Unpacks the content.
pub(crate) fn extract(packed: &[u8], allowance: Allowance) -> Extracted {
    let allowed = allowance.bytes_for(packed.len() as u64);
    let mut out = Vec::new();
    let mut bits = Bits { bytes: packed, at: 0 };
    let outcome = streams(&mut bits, &mut out, usize::try_from(allowed).unwrap_or(usize::MAX));
    let end = match outcome {
        Some(true) => End::Whole,
        Some(false) => allowance.verdict(allowed + 1),
        None => End::Damaged("its packed data is damaged"),
    };
    if matches!(end, End::TooLarge(_)) {
        out.clear();
    }
    Extracted { bytes: out, end }
}

/// Reads all streams: `false` past the limit, `None` at damage.
fn streams(bits: &mut Bits<'_>, out: &mut Vec<u8>, allowed: usize) -> Option<bool> {
    loop {
        if bits.take(24)? != 0x42_5a68 {
            return None;
        }
        let level = bits.take(8)?.checked_sub(u32::from(b'0')).filter(|l| (1..=9).contains(l))?;
        let block_max = usize::try_from(level).ok()? * 100_000;
        let mut stream_sum = 0_u32;
        loop {
            let magic = u64::from(bits.take(24)?) << 24 | u64::from(bits.take(24)?);
            let sum = bits.long()?;
            if magic == STREAM_END {
                if sum != stream_sum {
                    return None;
                }
                break;
            }
            if magic != BLOCK {
                return None;
            }
            let start = out.len();
            let whole = block(bits, block_max, out, allowed)?;
            if !whole {
                return Some(false);
            }
            if checksum(&out[start..]) != sum {
                return None;
            }
            stream_sum = stream_sum.rotate_left(1) ^ sum;
        }
        bits.align();
        if bits.is_done() {
            return Some(true);
        }
    }
}

/// Reads one block to its bytes: `false` past the limit.
fn block(bits: &mut Bits<'_>, max: usize, out: &mut Vec<u8>, allowed: usize) -> Option<bool> {
    if bits.take(1)? != 0 {
        return None;
    }
    let origin = usize::try_from(bits.take(24)?).ok()?;
    let mut symbols = symbols(bits)?;
    let tables_count = usize::try_from(bits.take(3)?).ok().filter(|n| (2..=6).contains(n))?;
    let selectors = selectors(bits, tables_count)?;
    let tables: Vec<Table> =
        (0..tables_count).map(|_| Table::read(bits, symbols.len() + 2)).collect::<Option<_>>()?;
    let mut block: Vec<u8> = Vec::new();
    let end = symbols.len() + 1;
    let (mut run, mut weight) = (0_usize, 1_usize);
    for (number, table) in selectors.iter().flat_map(|s| std::iter::repeat_n(s, RUN)).enumerate() {
        debug_assert!(number / RUN < selectors.len());
        let symbol = tables.get(*table)?.decode(bits)?;
        if symbol < 2 {
            // Runs are written in a base of two with the digits one and two.
            run = run.checked_add(weight.checked_mul(symbol + 1)?)?;
            weight = weight.checked_mul(2)?;
            if run > max {
                return None;
            }
            continue;
        }
        if run > 0 {
            let byte = *symbols.first()?;
            block.resize(block.len() + run, byte);
            (run, weight) = (0, 1);
        }
        if block.len() > max {
            return None;
        }
        if symbol == end {
            return restore(&block, origin, out, allowed);
        }
        let byte = symbols.remove(symbol - 1);
        symbols.insert(0, byte);
        block.push(byte);
    }
    None
}

/// The bytes that occur in the block.
fn symbols(bits: &mut Bits<'_>) -> Option<Vec<u8>> {
    let groups = bits.take(16)?;
    let mut symbols = Vec::new();
    for group in 0..16_u8 {
        if groups & (0x8000 >> group) == 0 {
            continue;
        }
        let used = bits.take(16)?;
        symbols.extend((0..16_u8).filter(|n| used & (0x8000 >> n) != 0).map(|n| group * 16 + n));
    }
    (!symbols.is_empty()).then_some(symbols)
}

/// Which table each run of symbols is coded by.
fn selectors(bits: &mut Bits<'_>, tables: usize) -> Option<Vec<usize>> {
    let count = bits.take(15)?;
    let mut order: Vec<usize> = (0..tables).collect();
    let mut selectors = Vec::new();
    for _ in 0..count {
        let mut at = 0;
        while bits.take(1)? == 1 {
            at += 1;
        }
        if at >= tables {
            return None;
        }
        let table = order.remove(at);
        order.insert(0, table);
        selectors.push(table);
    }
    Some(selectors)
}

/// A table of codes: for each length the first code, how many there are, and their symbols in order.
struct Table {
    counts: [usize; LENGTH_MAX + 1],
    symbols: Vec<usize>,
}

impl Table {
    fn read(bits: &mut Bits<'_>, symbols: usize) -> Option<Self> {
        let mut length = usize::try_from(bits.take(5)?).ok()?;
        let mut lengths = Vec::with_capacity(symbols);
        for _ in 0..symbols {
            while bits.take(1)? == 1 {
                length = if bits.take(1)? == 0 { length + 1 } else { length.checked_sub(1)? };
            }
            if !(1..=LENGTH_MAX).contains(&length) {
                return None;
            }
            lengths.push(length);
        }
        let mut counts = [0; LENGTH_MAX + 1];
        let mut ordered: Vec<usize> = (0..symbols).collect();
        ordered.sort_by_key(|symbol| (lengths[*symbol], *symbol));
        for length in lengths {
            counts[length] += 1;
        }
        Some(Self { counts, symbols: ordered })
    }

    fn decode(&self, bits: &mut Bits<'_>) -> Option<usize> {
        let (mut code, mut first, mut before) = (0_usize, 0_usize, 0_usize);
        for count in &self.counts[1..] {
            code = code << 1 | usize::try_from(bits.take(1)?).ok()?;
            if let Some(at) = code.checked_sub(first).filter(|at| at < count) {
                return self.symbols.get(before + at).copied();
            }
            before += count;
            first = (first + count) << 1;
        }
        None
    }
}

/// Undoes the sorting of the block and the runs of equal bytes: `false` past the limit.
fn restore(block: &[u8], origin: usize, out: &mut Vec<u8>, allowed: usize) -> Option<bool> {
    let mut starts = [0_usize; 256];
    for byte in block {
        starts[usize::from(*byte)] += 1;
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += std::mem::replace(start, sum);
    }
    let mut next = vec![0_u32; block.len()];
    for (number, byte) in (0_u32..).zip(block) {
        let place = &mut starts[usize::from(*byte)];
        next[*place] = number;
        *place += 1;
    }
    let mut at = usize::try_from(*next.get(origin)?).ok()?;
    let (mut last, mut equal) = (None, 0);
    for _ in 0..block.len() {
        let byte = block[at];
        at = usize::try_from(next[at]).ok()?;
        if equal == 4 {
            // After four equal bytes stands how many more there are.
            out.resize(out.len() + usize::from(byte), last.unwrap_or(byte));
            (last, equal) = (None, 0);
        } else {
            equal = if last == Some(byte) { equal + 1 } else { 1 };
            last = Some(byte);
            out.push(byte);
        }
        if out.len() > allowed {
            return Some(false);
        }
    }
    Some(true)
}

/// The checksum of a block, its bits in another order than that of gzip.
fn checksum(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = table();
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        let [top, ..] = sum.to_be_bytes();
        sum << 8 ^ TABLE[usize::from(top ^ byte)]
    })
}

const fn table() -> [u32; 256] {
    const POLYNOMIAL: u32 = 0x04c1_1db7;
    let mut table = [0; 256];
    let mut top = 0_u32;
    let mut at = 0;
    while at < 256 {
        let mut sum = top << 24;
        let mut bit = 0;
        while bit < 8 {
            sum = if sum & 0x8000_0000 != 0 { sum << 1 ^ POLYNOMIAL } else { sum << 1 };
            bit += 1;
        }
        table[at] = sum;
        at += 1;
        top += 1;
    }
    table
}

/// Bits from the highest down.
struct Bits<'b> {
    bytes: &'b [u8],
    /// In bits.
    at: usize,
}

impl Bits<'_> {
    /// The next bits, at most 24.
    fn take(&mut self, count: usize) -> Option<u32> {
        debug_assert!(count <= 24);
        let byte = self.at / 8;
        let end = self.at.checked_add(count)?;
        if end > self.bytes.len() * 8 {
            return None;
        }
        let mut window = [0; 4];
        let there = &self.bytes[byte..self.bytes.len().min(byte + 4)];
        window[..there.len()].copy_from_slice(there);
        let value = u32::from_be_bytes(window) << (self.at % 8) >> (32 - count);
        self.at = end;
        Some(value)
    }

    fn long(&mut self) -> Option<u32> {
        Some(self.take(16)? << 16 | self.take(16)?)
    }

    fn align(&mut self) {
        self.at = self.at.next_multiple_of(8);
    }

    fn is_done(&self) -> bool {
        self.at >= self.bytes.len() * 8
    }
}
