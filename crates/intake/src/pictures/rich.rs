//! Pictures of RTF: groups that begin with `\pict`, in hexadecimal digits or plain bytes.
//!
//! PNG and JPEG are listed; metafiles are drawings of Windows and stand there as nothing. Copies that
//! Word writes for old readers are metafiles too.

use memchr::memmem;

use super::{At, Held};

/// Twentieths of a point to an inch.
const TWIPS: f32 = 1440.0;

/// Bytes of control words before the data of a picture at most; Word writes some 500.
const HEAD_MAX: usize = 64 << 10;

/// Heads that are none after which a file is not looked through further: each costs [`HEAD_MAX`].
const FAULTS_MAX: usize = 1000;

/// The pictures of a file, in its order.
pub(super) fn pictures(content: &[u8]) -> Vec<Held> {
    let mut out = Vec::new();
    let (mut from, mut faults) = (0, 0);
    while let Some(found) = memmem::find(&content[from..], br"\pict") {
        from += found + br"\pict".len();
        if content.get(from).is_some_and(u8::is_ascii_alphabetic) {
            continue; // Another word, as `\picture`.
        }
        match picture(content, from) {
            Some((held, end)) => {
                out.extend(held);
                from = end.max(from);
            }
            None => faults += 1,
        }
        if faults > FAULTS_MAX {
            break;
        }
    }
    out
}

/// The picture whose control words begin here and where it ends; no picture if it is none that is
/// listed.
fn picture(content: &[u8], start: usize) -> Option<(Option<Held>, usize)> {
    let head = &content[..content.len().min(start + HEAD_MAX)];
    let mut at = start;
    let mut known = false;
    let mut goal = [None, None];
    let mut scale = [100.0, 100.0];
    loop {
        match *head.get(at)? {
            b'{' => at = end_of_group(head, at)?,
            b'\\' => {
                let (word, number, next) = control(head, at + 1)?;
                let value = number.unwrap_or_default() as f32;
                match word {
                    b"pngblip" | b"jpegblip" => known = true,
                    b"picwgoal" => goal[0] = Some(value / TWIPS),
                    b"pichgoal" => goal[1] = Some(value / TWIPS),
                    b"picscalex" if value > 0.0 => scale[0] = value,
                    b"picscaley" if value > 0.0 => scale[1] = value,
                    b"bin" => {
                        let length = usize::try_from(number.unwrap_or_default()).ok()?;
                        let end = next.checked_add(length)?.min(content.len());
                        return Some((held(known, At::Bytes(next..end), goal, scale), end));
                    }
                    _ => {}
                }
                at = next;
            }
            byte if byte.is_ascii_hexdigit() => break,
            b'}' => return Some((None, at)),
            _ => at += 1,
        }
    }
    let end = memchr::memchr2(b'}', b'\\', &content[at..]).map_or(content.len(), |n| at + n);
    Some((held(known, At::Hex(at..end), goal, scale), end))
}

fn held(known: bool, at: At, goal: [Option<f32>; 2], scale: [f32; 2]) -> Option<Held> {
    let [width, height] = goal;
    let shown = width.zip(height).map(|(w, h)| (w * scale[0] / 100.0, h * scale[1] / 100.0));
    known.then_some(Held { at, shown })
}

/// A control word, its number, and where the next token begins.
fn control(head: &[u8], at: usize) -> Option<(&[u8], Option<i32>, usize)> {
    let length = |from: usize, is: fn(&u8) -> bool| {
        head.get(from..).unwrap_or_default().iter().take_while(|byte| is(byte)).count()
    };
    let word_end = at + length(at, u8::is_ascii_alphabetic);
    if word_end == at {
        return Some((&[], None, at + 1)); // A control symbol.
    }
    let sign = usize::from(head.get(word_end) == Some(&b'-'));
    let end = word_end + sign + length(word_end + sign, u8::is_ascii_digit);
    let number = std::str::from_utf8(&head[word_end..end]).ok().and_then(|n| n.parse().ok());
    let next = end + usize::from(head.get(end) == Some(&b' '));
    Some((&head[at..word_end], number, next))
}

/// Behind the group that opens here.
fn end_of_group(head: &[u8], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in head.iter().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

/// The bytes that hexadecimal digits stand for; line breaks between them are of no meaning.
pub(super) fn unhex(digits: &[u8]) -> Vec<u8> {
    let value = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    };
    let mut out = Vec::with_capacity(digits.len() / 2);
    let mut high = None;
    for value in digits.iter().filter_map(|digit| value(*digit)) {
        match high.take() {
            None => high = Some(value),
            Some(high) => out.push(high << 4 | value),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(rtf: &str) -> Vec<(Vec<u8>, Option<(f32, f32)>)> {
        let bytes = |held: Held| match held.at {
            At::Hex(range) => (unhex(&rtf.as_bytes()[range]), held.shown),
            At::Bytes(range) => (rtf.as_bytes()[range].to_vec(), held.shown),
            _ => unreachable!("RTF has neither parts nor streams"),
        };
        pictures(rtf.as_bytes()).into_iter().map(bytes).collect()
    }

    #[test]
    fn pictures_come_in_digits_or_bytes_and_metafiles_not_at_all() {
        let rtf = r"{\rtf1 a{\*\shppict{\pict{\*\picprop{\sp x}}\picscalex50\picwgoal2880\pichgoal1440\pngblip
ff 0
a0B}}{\nonshppict{\pict\wmetafile8 0102}}{\pict\jpegblip\bin3 }a}}b}";
        let shown = Some((1.0, 1.0));
        assert_eq!(found(rtf), [(vec![0xff, 0x0a, 0x0b], shown), (b"}a}".to_vec(), None)]);
    }

    #[test]
    fn what_is_cut_or_no_picture_is_nothing() {
        for rtf in
            [r"\pict", r"{\pict{", r"{\pict\pngblip}", r"\picture\pngblip00", r"\pict\bin-5 "]
        {
            assert!(found(rtf).is_empty(), "{rtf}");
        }
        assert_eq!(found(r"{\pict\pngblip 0a0").len(), 1, "what there is of the last one");
        assert_eq!(found(r"{\pict\pngblip\bin999 ab").len(), 1);
    }
}
