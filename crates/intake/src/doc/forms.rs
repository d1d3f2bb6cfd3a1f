//! Old form fields: a check box or a list shows its answer only in data beside the text.

use crate::ole::{u16_at, u32_at};

/// The answer as text: a box, or the chosen entry; `None` for other fields.
pub(super) fn answer(data: &[u8], at: u32) -> Option<String> {
    const CHECK_BOX: u16 = 1;
    const LIST: u16 = 2;
    /// The result says: as the form was designed.
    const DEFAULT: u16 = 25;
    let at = usize::try_from(at).ok()?;
    let head = usize::from(u16_at(data, at.checked_add(4)?)?);
    let field = data.get(at.checked_add(head)?..)?;
    if u32_at(field, 0)? != u32::MAX {
        return None;
    }
    let bits = u16_at(field, 4)?;
    let (kind, result) = (bits & 3, (bits >> 2) & 0x1f);
    let mut place = 10;
    let skip_text = |place: &mut usize| {
        let length = usize::from(u16_at(field, *place)?);
        *place += 4 + length * 2;
        Some(())
    };
    skip_text(&mut place)?;
    if kind != CHECK_BOX && kind != LIST {
        return None;
    }
    let preset = u16_at(field, place)?;
    place += 2;
    let chosen = if result == DEFAULT { preset } else { result };
    if kind == CHECK_BOX {
        return Some(if chosen == 0 { "☐" } else { "☒" }.to_owned());
    }
    for _ in 0..5 {
        skip_text(&mut place)?;
    }
    entry(field.get(place..)?, chosen)
}

/// The chosen entry of a list of texts.
fn entry(list: &[u8], chosen: u16) -> Option<String> {
    let (count, extra) = (u16_at(list, 2)?, usize::from(u16_at(list, 6)?));
    if chosen >= count {
        return None;
    }
    let mut at = 8;
    for number in 0..=chosen {
        let length = usize::from(u16_at(list, at)?);
        if number == chosen {
            let units = (0..length).map_while(|n| u16_at(list, at + 2 + n * 2));
            return Some(String::from_utf16_lossy(&units.collect::<Vec<u16>>()));
        }
        at += 2 + length * 2 + extra;
    }
    None
}
