//! How long the engine takes: analysis, comparison, keys, ranking. `cargo bench -p names`.
//! All names are made of fictional parts, the same ones each time.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use names::rank::Pool;
use names::{Engine, Kind, Name, Rarity};

const GIVEN: [&str; 10] =
    ["Samir", "Rashid", "خالد", "Руслан", "Layla", "نبيل", "Yonatan", "Wadim", "حامد", "Anna"];
const FATHER: [&str; 10] = [
    "Hamid",
    "Abd al-Karim",
    "عبد الرحمن",
    "Игоревич",
    "Tawfiq",
    "وليد",
    "Nur al-Din",
    "Hamza",
    "صالح",
    "Maria",
];
const MIDDLE: [&str; 10] =
    ["Tariq", "bin Walid", "منصور", "Munir", "Faisal", "فاروق", "Idris", "Habil", "بشير", "Zeno"];
const FAMILY: [&str; 10] = [
    "Qandil",
    "al-Zarquni",
    "الطرنوقي",
    "Окунев",
    "Mirqashi",
    "الخلوزي",
    "Barzamlan",
    "Vetrolom",
    "الشمقادي",
    "Weidenklang",
];
const LATIN: &str = "Samir Abd al-Karim bin Hamid al-Zarquni";
const ARABIC: &str = "سمير عبد الكريم بن حامد الزرقوني";

fn main() {
    Engine::bundled();
    divan::main();
}

/// Ten thousand names: every combination of the parts.
fn texts() -> Vec<String> {
    let mut texts = Vec::with_capacity(10_000);
    for given in GIVEN {
        for father in FATHER {
            for middle in MIDDLE {
                texts.extend(FAMILY.map(|family| format!("{given} {father} {middle} {family}")));
            }
        }
    }
    texts
}

/// The names, analysed and read once, as an index holds them.
fn prepared() -> Vec<Name> {
    let engine = Engine::bundled();
    let query = engine.prepare(LATIN, Kind::Person);
    let names: Vec<Name> = texts().iter().map(|text| engine.prepare(text, Kind::Person)).collect();
    for name in &names {
        engine.score(&query, name, Rarity::bundled());
    }
    names
}

#[divan::bench(args = [LATIN, ARABIC])]
fn prepare(bencher: Bencher<'_, '_>, text: &str) {
    bencher.bench(|| Engine::bundled().prepare(black_box(text), Kind::Person));
}

#[divan::bench]
fn cold_pair_from_text(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        let (left, right) = (black_box(LATIN), black_box(ARABIC));
        names::rank::compare_texts(Engine::bundled(), left, right, Kind::Person)
    });
}

/// Every hundredth name with every hundredth: all scripts, brothers and strangers.
#[divan::bench]
fn prepared_pairs(bencher: Bencher<'_, '_>) {
    let names: Vec<Name> = prepared().into_iter().step_by(101).collect();
    let engine = Engine::bundled();
    bencher.counter(ItemsCount::new(names.len() * names.len())).bench(|| {
        let scores = |left: &Name| -> f32 {
            names.iter().map(|right| engine.score(left, right, Rarity::bundled())).sum()
        };
        names.iter().map(scores).sum::<f32>()
    });
}

#[divan::bench(args = [LATIN, ARABIC], sample_count = 20)]
fn one_query_with_ten_thousand(bencher: Bencher<'_, '_>, text: &str) {
    let (engine, names) = (Engine::bundled(), prepared());
    let query = engine.prepare(text, Kind::Person);
    bencher.counter(ItemsCount::new(names.len())).bench(|| {
        let best = |best: f32, name: &Name| best.max(engine.score(&query, name, Rarity::bundled()));
        names.iter().fold(0.0, best)
    });
}

#[divan::bench(args = [LATIN, ARABIC])]
fn keys(bencher: Bencher<'_, '_>, text: &str) {
    let name = Engine::bundled().prepare(text, Kind::Person);
    bencher.bench(|| Engine::bundled().keys(black_box(&name)));
}

#[divan::bench(args = [LATIN, ARABIC])]
fn keys_asked(bencher: Bencher<'_, '_>, text: &str) {
    let name = Engine::bundled().prepare(text, Kind::Person);
    bencher.bench(|| Engine::bundled().keys_asked(black_box(&name)));
}

#[divan::bench(sample_count = 5)]
fn build_a_pool_of_ten_thousand(bencher: Bencher<'_, '_>) {
    let texts = texts();
    bencher
        .counter(ItemsCount::new(texts.len()))
        .bench(|| Pool::new(Engine::bundled(), texts.iter().map(String::as_str), Kind::Person));
}

#[divan::bench(args = [LATIN, ARABIC], sample_count = 20)]
fn rank_ten_thousand(bencher: Bencher<'_, '_>, text: &str) {
    let texts = texts();
    let pool = Pool::new(Engine::bundled(), texts.iter().map(String::as_str), Kind::Person);
    bencher.bench(|| pool.rank(Engine::bundled(), black_box(text), Kind::Person, 10));
}
