//! Records in compressed blocks, found by their number. Knows nothing of what a record holds.

/// Bytes of a block before it is compressed. A record is had by unpacking its block: 16 KB take some
/// 10 µs; larger blocks make the whole smaller by little. Chosen by hand.
const BLOCK: usize = 16 * 1024;

/// Records, compressed.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    bytes: Vec<u8>,
    /// Of each block: where it begins in `bytes`, and its length unpacked.
    blocks: Vec<(usize, usize)>,
    /// Of each record: its block, and where it begins there.
    places: Vec<(u32, u32)>,
}

/// Takes up records one after the other.
#[derive(Debug, Default)]
pub(super) struct BlocksBuilder {
    done: Blocks,
    open: Vec<u8>,
}

impl BlocksBuilder {
    /// Adds a record.
    pub(super) fn push(&mut self, record: &[u8]) {
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        self.done.places.push((small(self.done.blocks.len()), small(self.open.len())));
        self.open.extend_from_slice(record);
        if self.open.len() >= BLOCK {
            self.close();
        }
    }

    /// All records.
    pub(super) fn finish(mut self) -> Blocks {
        if !self.open.is_empty() {
            self.close();
        }
        self.done.bytes.shrink_to_fit();
        self.done
    }

    fn close(&mut self) {
        let begin = self.done.bytes.len();
        self.done.bytes.extend_from_slice(&lz4_flex::block::compress(&self.open));
        self.done.blocks.push((begin, self.open.len()));
        self.open.clear();
    }
}

impl Blocks {
    /// A record.
    pub(super) fn get(&self, at: u32) -> Option<Vec<u8>> {
        let (block, from) = *self.places.get(at as usize)?;
        let (begin, length) = *self.blocks.get(block as usize)?;
        let end = self.blocks.get(block as usize + 1).map_or(self.bytes.len(), |next| next.0);
        let mut unpacked = lz4_flex::block::decompress(&self.bytes[begin..end], length).ok()?;
        if let Some((same, to)) = self.places.get(at as usize + 1)
            && *same == block
        {
            unpacked.truncate(*to as usize);
        }
        Some(unpacked.split_off(from as usize))
    }

    /// Bytes that the records take up.
    pub(super) fn size(&self) -> usize {
        self.bytes.len() + self.places.len() * 8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_back_from_any_block() {
        let records: Vec<Vec<u8>> = (0..500u32)
            .map(|n| format!("record {n} ").repeat(n as usize % 90).into_bytes())
            .collect();
        let mut builder = BlocksBuilder::default();
        for record in &records {
            builder.push(record);
        }
        let blocks = builder.finish();
        assert!(blocks.blocks.len() > 3 && blocks.size() < records.concat().len());
        for (at, record) in (0u32..).zip(&records) {
            assert_eq!(blocks.get(at).as_ref(), Some(record), "{at}");
        }
        assert_eq!(blocks.get(500), None);
    }
}
