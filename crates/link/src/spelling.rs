//! Owns the distances between two spellings: Jaro–Winkler and a bounded edit distance.
//!
//! Both work on code units and are symmetric. Invariant: equal texts give 1 and 0.

/// Longest text compared; what is longer is cut.
pub(crate) const LENGTH_MAX: usize = 64;

/// Jaro–Winkler similarity (Winkler 1990): prefix of up to four letters, scale 0.1.
pub(crate) fn jaro_winkler(left: &[u16], right: &[u16]) -> f32 {
    let jaro = jaro(left, right);
    let prefix = left.iter().zip(right).take(4).take_while(|(a, b)| a == b).count();
    let prefix = f32::from(u8::try_from(prefix).unwrap_or(4));
    jaro + prefix * 0.1 * (1.0 - jaro)
}

fn jaro(left: &[u16], right: &[u16]) -> f32 {
    let (left, right) = (cut(left), cut(right));
    if left.is_empty() || right.is_empty() {
        return if left.len() == right.len() { 1.0 } else { 0.0 };
    }
    let window = (left.len().max(right.len()) / 2).saturating_sub(1);
    let mut taken: u64 = 0;
    let mut found: u64 = 0;
    for (i, a) in left.iter().enumerate() {
        let from = i.saturating_sub(window);
        let to = (i + window + 1).min(right.len());
        for (j, b) in right.iter().enumerate().take(to).skip(from) {
            if a == b && taken & (1 << j) == 0 {
                taken |= 1 << j;
                found |= 1 << i;
                break;
            }
        }
    }
    let matches = found.count_ones();
    if matches == 0 {
        return 0.0;
    }
    let (mut f, mut t, mut moved) = (found, taken, 0_u16);
    while f != 0 {
        if left[f.trailing_zeros() as usize] != right[t.trailing_zeros() as usize] {
            moved += 1;
        }
        f &= f - 1;
        t &= t - 1;
    }
    let m = matches as f32;
    (m / left.len() as f32 + m / right.len() as f32 + (m - f32::from(moved) / 2.0) / m) / 3.0
}

fn cut(text: &[u16]) -> &[u16] {
    &text[..text.len().min(LENGTH_MAX)]
}

/// Edits that make one text the other: insert, delete, replace, swap of neighbours; `None` if more
/// than `edits_max` (at most 2) are needed.
pub(crate) fn edits(left: &[u16], right: &[u16], edits_max: usize) -> Option<usize> {
    let (left, right) = (cut(left), cut(right));
    let same = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let (left, right) = (&left[same..], &right[same..]);
    let same = left.iter().rev().zip(right.iter().rev()).take_while(|(a, b)| a == b).count();
    let (left, right) = (&left[..left.len() - same], &right[..right.len() - same]);
    if left.is_empty() && right.is_empty() {
        return Some(0);
    }
    if edits_max == 0 || left.len().abs_diff(right.len()) > edits_max {
        return None;
    }
    // The first letters differ now: one of four edits begins the way.
    let rest = edits_max - 1;
    let mut best: Option<usize> = None;
    let mut offer = |found: Option<usize>| {
        if let Some(found) = found {
            best = Some(best.map_or(found + 1, |b: usize| b.min(found + 1)));
        }
    };
    if let ([_, l @ ..], [_, r @ ..]) = (left, right) {
        offer(edits(l, r, rest));
    }
    if let [_, l @ ..] = left {
        offer(edits(l, right, rest));
    }
    if let [_, r @ ..] = right {
        offer(edits(left, r, rest));
    }
    if let ([a, b, l @ ..], [c, d, r @ ..]) = (left, right)
        && a == d
        && b == c
    {
        offer(edits(l, r, rest));
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> Vec<u16> {
        text.encode_utf16().collect()
    }

    #[test]
    fn jaro_winkler_gives_the_published_values() {
        for (left, right, value) in
            [("martha", "marhta", 0.961), ("dwayne", "duane", 0.84), ("dixon", "dicksonx", 0.813)]
        {
            assert!((jaro_winkler(&units(left), &units(right)) - value).abs() < 0.001, "{left}");
        }
    }

    #[test]
    fn edits_count_swaps_once_and_stop_at_the_bound() {
        assert_eq!(edits(&units("qandil"), &units("qandil"), 2), Some(0));
        assert_eq!(edits(&units("qandil"), &units("qadnil"), 2), Some(1));
        assert_eq!(edits(&units("okunev"), &units("okuneff"), 2), Some(2));
        assert_eq!(edits(&units("okunev"), &units("qandil"), 2), None);
    }
}
