//! The packing of rich text in Outlook's items (MS-OXRTFCP): references into a window of 4 kB that
//! begins with what most texts begin with.

use crate::ole::u32_at;

const PACKED: u32 = 0x7546_5a4c;
const PLAIN: u32 = 0x414c_454d;
const WINDOW: usize = 4096;
const HEAD: usize = 16;

const START: &[u8] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

/// Unpacks the text, up to damage or the limit; `None` if it is no packed text.
pub(super) fn unpack(packed: &[u8], bytes_max: usize) -> Option<Vec<u8>> {
    let length = usize::try_from(u32_at(packed, 4)?).ok()?.min(bytes_max);
    let input = packed.get(HEAD..)?;
    match u32_at(packed, 8)? {
        PLAIN => Some(input[..input.len().min(length)].to_vec()),
        PACKED => Some(expand(input, length)),
        _ => None,
    }
}

fn expand(input: &[u8], length: usize) -> Vec<u8> {
    let mut window = [b' '; WINDOW];
    window[..START.len()].copy_from_slice(START);
    let mut at = START.len();
    let mut out = Vec::new();
    let mut bytes = input.iter().copied();
    while let Some(flags) = bytes.next() {
        for bit in 0..8 {
            let Some(first) = bytes.next() else { return out };
            if flags & (1 << bit) == 0 {
                window[at] = first;
                at = (at + 1) % WINDOW;
                out.push(first);
            } else {
                let Some(second) = bytes.next() else { return out };
                let from = usize::from(first) << 4 | usize::from(second >> 4);
                if from == at {
                    return out;
                }
                for step in 0..usize::from(second & 15) + 2 {
                    let byte = window[(from + step) % WINDOW];
                    window[at] = byte;
                    at = (at + 1) % WINDOW;
                    out.push(byte);
                }
            }
            if out.len() >= length {
                out.truncate(length);
                return out;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification.
    const EXAMPLE: &[u8] = b"\x2d\0\0\0\x2b\0\0\0LZFu\xf1\xc5\xc7\xa7\x03\0\x0a\0rcpg125B2\x0a\xf3 hel\x09\0 bw\x05\xb0ld}\x0a\x80\x0f\xa0";

    #[test]
    fn the_example_of_the_specification_is_unpacked() {
        let text = unpack(EXAMPLE, 1000).unwrap();
        assert_eq!(
            String::from_utf8(text).unwrap(),
            "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
        );
        assert_eq!(START.len(), 207);
    }

    #[test]
    fn damage_ends_the_text_and_the_limit_cuts_it() {
        assert_eq!(unpack(EXAMPLE, 5).unwrap(), b"{\\rtf");
        assert_eq!(unpack(&EXAMPLE[..20], 1000).unwrap(), b"{\\rtf1\\ansi\\");
        assert_eq!(unpack(b"something else altogether", 1000), None);
    }
}
