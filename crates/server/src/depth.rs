//! How deep a JSON text is nested, told before it is read. Knows nothing else of it.

/// Levels that a body may have. Queries have four; the parser itself stops at 128. Chosen by hand.
pub(crate) const DEPTH_MAX: usize = 32;

/// Whether brackets are nested no deeper than so.
pub(crate) fn is_within(text: &[u8], most: usize) -> bool {
    let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
    for byte in text {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth += 1;
                if depth > most {
                    return false;
                }
            }
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_outside_of_texts_are_levels() {
        assert!(is_within(br#"{"a":["[[[[\"[[[["]}"#, 2));
        assert!(!is_within(br#"{"a":[[]]}"#, 2));
        assert!(is_within(br"[][][]", 1));
        assert!(!is_within("[".repeat(1_000_000).as_bytes(), DEPTH_MAX));
    }
}
