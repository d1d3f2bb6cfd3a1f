//! What is done to a seed so that the checks of the fuzz targets see broken bytes on any toolchain, the
//! same in every run.

/// Numbers that are the same in every run.
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }
}

/// A copy with something done to it.
pub(crate) fn changed(seed: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    let length = bytes.len();
    match numbers.below(5) {
        0 => bytes.truncate(numbers.below(length)),
        1 => {
            for _ in 0..=numbers.below(8) {
                bytes[numbers.below(length)] ^= 1 << numbers.below(8);
            }
        }
        // What counts and offsets are made of.
        2 => {
            let value = [0, 1, 0x7f, 0x80, 0xff][numbers.below(5)];
            let at = numbers.below(length);
            let end = (at + 1 + numbers.below(4)).min(length);
            bytes[at..end].fill(value);
        }
        3 => {
            let (from, to) = (numbers.below(length), numbers.below(length));
            let count = numbers.below(64).min(length - from.max(to));
            bytes.copy_within(from..from + count, to);
        }
        _ => {
            let at = numbers.below(length);
            let end = (at + numbers.below(200)).min(length);
            bytes.drain(at..end);
        }
    }
    bytes
}
