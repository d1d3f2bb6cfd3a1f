//! Damage never stops a load by a panic: every sample list, cut short anywhere or with bytes
//! changed, loads as far as it goes.

use std::time::{Duration, Instant};

use lists::{Options, Sink, SourceFile, load};
use model::{Problem, Statement};
use proptest::prelude::*;

const SAMPLES: [(&str, &[u8]); 8] = [
    ("un_xml", include_bytes!("../src/un_xml/testdata/list.xml")),
    ("ofac_enhanced_xml", include_bytes!("../src/ofac_enhanced_xml/testdata/list.xml")),
    ("ofac_advanced_xml", include_bytes!("../src/ofac_advanced_xml/testdata/list.xml")),
    ("eu_xml", include_bytes!("../src/eu_xml/testdata/list.xml")),
    ("uk_xml", include_bytes!("../src/uk_xml/testdata/list.xml")),
    ("seco_xml", include_bytes!("../src/seco_xml/testdata/list.xml")),
    ("ftm_json", include_bytes!("../src/ftm_json/testdata/entities.ftm.json")),
    ("senzing_json", include_bytes!("../src/senzing_json/testdata/records.jsonl")),
];

/// Kinds of problems that stand for a mistake of ours.
const OURS: [&str; 1] = ["reader_failed"];

#[derive(Default)]
struct Watch {
    failed: bool,
}

impl Sink for Watch {
    fn entity(&mut self, statements: Vec<Statement>) {
        assert!(!statements.is_empty());
    }

    fn problem(&mut self, problem: Problem) {
        self.failed |= OURS.contains(&problem.kind.as_str());
    }
}

/// Loads bytes; true if no reader failed and it took a sane time.
fn survives(name: &str, bytes: Vec<u8>) -> bool {
    let start = Instant::now();
    let mut watch = Watch::default();
    let files = [SourceFile::from_bytes(name, bytes)];
    let result = load(&files, &"damaged".into(), &Options::default(), &mut watch);
    let failed = matches!(result, Err(lists::ListError::ReaderFailed { .. }));
    !failed && !watch.failed && start.elapsed() < Duration::from_secs(10)
}

#[test]
fn samples_are_recognized() {
    for (name, bytes) in SAMPLES {
        let files = [SourceFile::from_bytes("sample", bytes.to_vec())];
        let info = load(&files, &"s".into(), &Options::default(), &mut Watch::default()).unwrap();
        assert_eq!(info.format, name);
        assert!(info.counts.entities > 0, "{name}");
    }
}

/// Statements that are not FtM's: the schema or the property does not exist.
#[derive(Default)]
struct Odd(Vec<String>);

impl Sink for Odd {
    fn entity(&mut self, statements: Vec<Statement>) {
        for statement in statements {
            let schema = model::schema::Schema::find(&statement.schema);
            if schema.is_none_or(|schema| schema.property(&statement.prop).is_none()) {
                self.0.push(format!("{}:{}", statement.schema, statement.prop));
            }
        }
    }

    fn problem(&mut self, _: Problem) {}
}

#[test]
fn statements_are_of_ftm() {
    for (name, bytes) in SAMPLES {
        let files = [SourceFile::from_bytes("sample", bytes.to_vec())];
        let mut odd = Odd::default();
        load(&files, &"s".into(), &Options::default(), &mut odd).unwrap();
        // The sample of FtM entities has an unknown property on purpose.
        odd.0.retain(|odd| odd != "Person:shoeSize");
        assert_eq!(odd.0, Vec::<String>::new(), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn cut_short_anywhere(sample in 0..SAMPLES.len(), share in 0.0..1.0_f64) {
        let (name, bytes) = SAMPLES[sample];
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a length")]
        let end = (bytes.len() as f64 * share) as usize;
        prop_assert!(survives(name, bytes[..end].to_vec()));
    }

    #[test]
    fn with_bytes_changed(
        sample in 0..SAMPLES.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
    ) {
        let (name, bytes) = SAMPLES[sample];
        let mut bytes = bytes.to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        prop_assert!(survives(name, bytes));
    }

    #[test]
    fn with_pieces_moved(
        sample in 0..SAMPLES.len(),
        from in any::<prop::sample::Index>(),
        to in any::<prop::sample::Index>(),
        length in 1..400_usize,
    ) {
        let (name, bytes) = SAMPLES[sample];
        let mut bytes = bytes.to_vec();
        let start = from.index(bytes.len());
        let piece: Vec<u8> = bytes[start..].iter().take(length).copied().collect();
        let at = to.index(bytes.len());
        bytes.splice(at..at, piece);
        prop_assert!(survives(name, bytes));
    }
}
