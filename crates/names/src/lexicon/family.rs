//! Owns which kinds of organization are near each other, so that lists take one for the other.
//! Does not say what that is worth. Invariant: every word is a canonical form of the class list.

use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Kinds that one list may call by one word and another by the other.
const FAMILIES: [&str; 15] = [
    "trading import export wholesale retail store market distribution sales marketing procurement goods products house",
    "shipping transport port terminal railway warehouse agency",
    "construction engineering development property housing design projects architects planning",
    "machinery mechanical equipment tools parts automobile motors tractor hardware instruments",
    "petroleum gas fuel energy refinery petrochemical power solar drilling exploration resources electric pipeline oilfield",
    "technology electronics computer software systems solutions information digital network data internet telecom telephone mobile innovation",
    "factory manufacturing combine mill workshop assembly industry",
    "school training academy college institute research university laboratory faculty culture",
    "foundation association charity relief humanitarian fund organization committee council union federation league alliance",
    "brigade battalion army front movement forces division militia guard party",
    "travel tourism hotel resort restaurant",
    "office center department authority administration directorate commission ministry agency",
    "finance investment capital assets securities brokerage credit savings exchange remittance payment leasing",
    "agriculture farm livestock food grain flour dairy meat poultry seed irrigation",
    "medical health pharmaceutical clinic hospital laboratory",
];

/// The families that a class, given in its canonical form, belongs to, as bits.
pub(crate) fn class_family(class: &str) -> u16 {
    static TABLE: OnceLock<FxHashMap<&'static str, u16>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table = FxHashMap::default();
        for (at, family) in (0..).zip(FAMILIES) {
            for class in family.split(' ') {
                *table.entry(class).or_insert(0) |= 1_u16 << at;
            }
        }
        table
    });
    table.get(class).copied().unwrap_or(0)
}

#[cfg(test)]
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    FAMILIES.iter().flat_map(|family| family.split(' '))
}
