//! Owns the distinct values of columns that are compared alike: each prepared once, each pair of
//! them compared to a level.
//!
//! Records hold ids into a lexicon, 0 for a missing value. Invariant: two values with the same
//! folded form have the same id; `compare` is symmetric.

use rustc_hash::FxHashMap;

use crate::date::{self, Gap};
use crate::fold::{fold, skeleton};
use crate::level::{CLOSE, DIFFERENT, FAR, LOOSE, Level, NEAR, PARTIAL};
use crate::property::Kind;
use crate::spelling::{edits, jaro_winkler};

/// Values that say that nothing is known.
const NOTHING: [&str; 8] =
    ["null", "nan", "n a", "na", "unknown", "unk", "none given", "not known"];
/// Jaro–Winkler from which two names are near (Winkler 1990 uses 0.88 for its "likely" class).
const NEAR_FROM: f32 = 0.88;
/// Jaro–Winkler from which two names are faintly alike.
const LOOSE_FROM: f32 = 0.78;
/// Share of letters that must be common before spellings are measured: below it, Jaro–Winkler
/// cannot reach `LOOSE_FROM`.
const BEGINNING_MIN: usize = 3;
/// Digits of a telephone number that count: what stands before is a prefix of country or trunk.
const PHONE_DIGITS: usize = 9;

/// A prepared value.
#[derive(Clone, Copy, Debug)]
struct Entry {
    /// Where its letters stand in the arena.
    start: u32,
    length: u16,
    /// Letters of its skeleton, which follow.
    skeleton_length: u16,
    /// Which letters occur; of a date, the date.
    mask: u32,
}

/// Distinct values of one kind of comparison.
#[derive(Debug)]
pub(crate) struct Lexicon {
    kind: Kind,
    ids: FxHashMap<Box<str>, u32>,
    entries: Vec<Entry>,
    arena: Vec<u16>,
}

impl Lexicon {
    pub(crate) fn new(kind: Kind) -> Self {
        let nothing = Entry { start: 0, length: 0, skeleton_length: 0, mask: 0 };
        Self { kind, ids: FxHashMap::default(), entries: vec![nothing], arena: Vec::new() }
    }

    /// Distinct values, the missing one included.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// The id of a value as written; 0 if it says nothing.
    pub(crate) fn intern(&mut self, text: &str, is_phone: bool) -> u32 {
        let folded = normalize(self.kind, text, is_phone);
        if folded.is_empty() || NOTHING.contains(&folded.as_str()) {
            return 0;
        }
        if let Some(id) = self.ids.get(folded.as_str()) {
            return *id;
        }
        let Ok(id) = u32::try_from(self.entries.len()) else { return 0 };
        let Some(entry) = self.prepare(&folded) else { return 0 };
        self.entries.push(entry);
        self.ids.insert(folded.into_boxed_str(), id);
        id
    }

    /// Frees what is needed for new values only.
    pub(crate) fn close(&mut self) {
        self.ids = FxHashMap::default();
        self.entries.shrink_to_fit();
        self.arena.shrink_to_fit();
    }

    fn prepare(&mut self, folded: &str) -> Option<Entry> {
        let start = u32::try_from(self.arena.len()).ok()?;
        self.arena.extend(folded.encode_utf16());
        let length = self.arena.len() - start as usize;
        if matches!(self.kind, Kind::Person | Kind::Place | Kind::Words) {
            self.arena.extend(skeleton(folded).encode_utf16());
        }
        let skeleton_length = self.arena.len() - start as usize - length;
        let mask = if self.kind == Kind::Date {
            folded.parse().ok()?
        } else {
            self.arena[start as usize..][..length].iter().fold(0, |m, u| m | 1 << (u & 31))
        };
        Some(Entry {
            start,
            length: u16::try_from(length).ok()?,
            skeleton_length: u16::try_from(skeleton_length).ok()?,
            mask,
        })
    }

    fn text(&self, entry: Entry) -> &[u16] {
        &self.arena[entry.start as usize..][..usize::from(entry.length)]
    }

    fn sounds(&self, entry: Entry) -> &[u16] {
        let start = entry.start as usize + usize::from(entry.length);
        &self.arena[start..][..usize::from(entry.skeleton_length)]
    }

    /// Letters of the value.
    pub(crate) fn letters(&self, id: u32) -> &[u16] {
        self.text(self.entries[id as usize])
    }

    /// Skeleton of the value; empty for kinds without.
    pub(crate) fn skeleton(&self, id: u32) -> &[u16] {
        self.sounds(self.entries[id as usize])
    }

    /// The date, `yyyymmdd`; meaningful for dates only.
    pub(crate) fn date(&self, id: u32) -> u32 {
        self.entries[id as usize].mask
    }

    /// How far two different values agree.
    pub(crate) fn compare(&self, left: u32, right: u32) -> Level {
        let (l, r) = (self.entries[left as usize], self.entries[right as usize]);
        match self.kind {
            Kind::Person => self.compare_names(l, r),
            Kind::Place | Kind::Words => self.compare_words(l, r),
            Kind::Date => compare_dates(l.mask, r.mask),
            Kind::Code => self.compare_codes(l, r),
            Kind::Postcode => self.compare_postcodes(l, r),
            Kind::Category => DIFFERENT,
        }
    }

    fn compare_names(&self, l: Entry, r: Entry) -> Level {
        let (a, b) = (self.text(l), self.text(r));
        if l.length == 1 || r.length == 1 {
            return if a[0] == b[0] { PARTIAL } else { DIFFERENT };
        }
        let (sa, sb) = (self.sounds(l), self.sounds(r));
        if sa == sb && sa.len() >= 2 {
            return CLOSE;
        }
        let (common, all) = ((l.mask & r.mask).count_ones(), (l.mask | r.mask).count_ones());
        if common * 5 < all * 2 {
            return DIFFERENT;
        }
        let shorter = a.len().min(b.len());
        if shorter >= 4 && edits(a, b, 1).is_some() {
            return CLOSE;
        }
        let alike = jaro_winkler(a, b);
        if alike >= NEAR_FROM || sa.len().min(sb.len()) >= 3 && edits(sa, sb, 1).is_some() {
            return NEAR;
        }
        if shorter >= BEGINNING_MIN && a[..BEGINNING_MIN] == b[..BEGINNING_MIN] {
            return PARTIAL;
        }
        if alike >= LOOSE_FROM { LOOSE } else { DIFFERENT }
    }

    fn compare_words(&self, l: Entry, r: Entry) -> Level {
        let (sa, sb) = (self.sounds(l), self.sounds(r));
        if sa == sb && sa.len() >= 2 {
            return CLOSE;
        }
        let (common, all) = ((l.mask & r.mask).count_ones(), (l.mask | r.mask).count_ones());
        if common * 2 < all && self.kind == Kind::Place {
            return DIFFERENT;
        }
        let (a, b) = (self.text(l), self.text(r));
        if a.len().min(b.len()) >= 4 && edits(a, b, 1).is_some() {
            return CLOSE;
        }
        if jaro_winkler(a, b) >= NEAR_FROM {
            return NEAR;
        }
        if shares_words(a, b) { PARTIAL } else { DIFFERENT }
    }

    fn compare_codes(&self, l: Entry, r: Entry) -> Level {
        let (a, b) = (self.text(l), self.text(r));
        if a.len().min(b.len()) < 2
            || (l.mask & r.mask).count_ones() * 2 < l.mask.count_ones().min(r.mask.count_ones())
        {
            return DIFFERENT;
        }
        match edits(a, b, 2) {
            Some(1) => CLOSE,
            Some(_) if a.len().min(b.len()) >= 6 => NEAR,
            _ => DIFFERENT,
        }
    }

    fn compare_postcodes(&self, l: Entry, r: Entry) -> Level {
        let (a, b) = (self.text(l), self.text(r));
        if edits(a, b, 1).is_some() {
            CLOSE
        } else if beginning(a) == beginning(b) {
            NEAR
        } else if a.iter().zip(b).take_while(|(x, y)| x == y).count() >= 2 {
            PARTIAL
        } else {
            DIFFERENT
        }
    }

    /// The beginning of a postal code, which stands for a region.
    pub(crate) fn region(&self, id: u32) -> &[u16] {
        beginning(self.letters(id))
    }
}

/// All but the last three signs, at least two: the outward code where there is one.
fn beginning(code: &[u16]) -> &[u16] {
    &code[..code.len().saturating_sub(3).max(2).min(code.len())]
}

/// True if half of the words of the shorter text stand in the other.
fn shares_words(left: &[u16], right: &[u16]) -> bool {
    let blank = u16::from(b' ');
    let words = |t: &[u16]| t.split(|u| *u == blank).filter(|w| w.len() > 1).count();
    let (fewer, more) = if words(left) <= words(right) { (left, right) } else { (right, left) };
    let total = words(fewer);
    let shared = fewer
        .split(|u| *u == blank)
        .filter(|w| w.len() > 1 && more.split(|u| *u == blank).any(|m| m == *w))
        .count();
    shared > 0 && shared * 2 >= total
}

fn compare_dates(left: u32, right: u32) -> Level {
    match date::gap(left, right) {
        Gap::Swapped | Gap::Digit => CLOSE,
        Gap::YearOnly => PARTIAL,
        Gap::SameYear => NEAR,
        Gap::SameDay | Gap::NextYear => LOOSE,
        Gap::Decade => DIFFERENT,
        Gap::Far => FAR,
    }
}

/// The folded form that makes two values one.
fn normalize(kind: Kind, text: &str, is_phone: bool) -> String {
    match kind {
        Kind::Date => date::parse(text).map_or_else(String::new, |d| d.to_string()),
        Kind::Code if is_phone => {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            digits[digits.len().saturating_sub(PHONE_DIGITS)..].to_owned()
        }
        Kind::Code | Kind::Postcode | Kind::Person => {
            fold(text).chars().filter(|c| *c != ' ').collect()
        }
        Kind::Place | Kind::Words | Kind::Category => fold(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(kind: Kind, left: &str, right: &str) -> Level {
        let mut lexicon = Lexicon::new(kind);
        let (l, r) = (lexicon.intern(left, false), lexicon.intern(right, false));
        assert_ne!(l, r);
        let level = lexicon.compare(l, r);
        assert_eq!(level, lexicon.compare(r, l), "{left} {right}");
        level
    }

    #[test]
    fn names_agree_by_degrees() {
        for (left, right, expected) in [
            ("Qandil", "Kandeel", CLOSE),
            ("Qandil", "Qandill", CLOSE),
            ("Okunev", "O", PARTIAL),
            ("Okunev", "Zarquni", DIFFERENT),
        ] {
            assert_eq!(level(Kind::Person, left, right), expected, "{left} {right}");
        }
    }

    #[test]
    fn codes_allow_a_slip() {
        assert_eq!(level(Kind::Code, "700123456", "700123465"), CLOSE);
        assert_eq!(level(Kind::Code, "700123456", "812999001"), DIFFERENT);
        assert_eq!(level(Kind::Postcode, "ZQ1 4AB", "ZQ1 9XY"), NEAR);
    }

    #[test]
    fn values_that_say_nothing_are_missing() {
        let mut lexicon = Lexicon::new(Kind::Person);
        assert_eq!(lexicon.intern(" - ", false), 0);
        assert_eq!(lexicon.intern("NULL", false), 0);
        assert_eq!(lexicon.intern("al-Zarquni", false), lexicon.intern("Al Zarquni", false));
    }
}
