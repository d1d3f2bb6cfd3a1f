//! What must hold of the name engine for any bytes. Shared by the fuzz targets and by the test
//! that runs over the seeds on a stable toolchain. Panics where a law is broken.

use names::{Engine, Kind, Rarity, fold, romanize, spell};

const KINDS: [Kind; 4] = [Kind::Person, Kind::Organization, Kind::Vessel, Kind::Other];

/// Two names, one on each side of the first line break: they are prepared as every kind, indexed,
/// compared with themselves and with each other, both ways.
#[allow(dead_code, reason = "each target takes the checks it needs")]
pub(crate) fn check_names(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (left, right) = text.split_once('\n').unwrap_or((&text, "Samir Qandil"));
    for kind in KINDS {
        check_pair(left, left, kind);
        check_pair(left, right, kind);
    }
}

fn check_pair(left: &str, right: &str, kind: Kind) {
    let engine = Engine::bundled();
    let rarity = Rarity::bundled();
    let (left, right) = (engine.prepare(left, kind), engine.prepare(right, kind));
    let forth = engine.compare(&left, &right, rarity);
    let back = engine.compare(&right, &left, rarity);
    assert!(forth.score.is_finite() && (0.0..=1.0).contains(&forth.score), "{}", forth.score);
    assert_eq!(forth.score.to_bits(), back.score.to_bits(), "both directions give one score");
    let alone = engine.score(&left, &right, rarity);
    assert_eq!(forth.score.to_bits(), alone.to_bits(), "the explanation has the same score");
    let sum: f32 = forth.features.iter().map(|feature| feature.weight).sum();
    assert!((sum - forth.log_odds).abs() < 1e-2, "{sum} is not {}", forth.log_odds);
    for name in [&left, &right] {
        let keys = engine.keys(name);
        assert!(keys.windows(2).all(|pair| pair[0] < pair[1]), "keys are sorted, without doubles");
        let asked = engine.keys_asked(name);
        assert!(asked.windows(2).all(|pair| pair[0] < pair[1]), "and so are those to look under");
        assert!(
            keys.iter().all(|key| asked.contains(key)),
            "a name is looked for where it is kept"
        );
        let again = engine.prepare(name.raw(), kind);
        assert_eq!(engine.keys(&again), keys, "one name has the same keys again");
    }
}

/// Folding has a fixed point and is the same again; spelling and romanizing take any text.
#[allow(dead_code, reason = "each target takes the checks it needs")]
pub(crate) fn check_fold(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let once = fold(&text);
    assert_eq!(fold(&once), once, "folding is idempotent");
    assert!(!once.starts_with(' ') && !once.ends_with(' ') && !once.contains("  "), "{once:?}");
    assert_eq!(spell(&text), spell(&text), "spelling is the same again");
    assert_eq!(romanize(&once), romanize(&once), "romanizing is the same again");
}
