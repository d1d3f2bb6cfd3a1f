//! What the tests of all readers share: load bytes, print what came out.

use std::fmt::Write as _;

use expect_test::Expect;
use model::{Place, Problem, Statement};

use crate::{ListInfo, Options, Sink, SourceFile, load};

/// A sink that prints.
#[derive(Default)]
struct Printed(String);

impl Sink for Printed {
    fn entity(&mut self, statements: Vec<Statement>) {
        let first = &statements[0];
        let place = first.citation.as_ref().map(|c| match &c.place {
            Place::Record { file, number } if file.is_empty() => number.to_string(),
            Place::Record { file, number } => format!("{file}:{number}"),
            other => other.describe(),
        });
        writeln!(self.0, "{} {} @{}", first.entity_id, first.schema, place.unwrap_or_default())
            .expect("a string takes all text");
        for statement in &statements {
            write!(self.0, "  {}: {}", statement.prop, statement.value)
                .expect("a string takes all text");
            if let Some(lang) = &statement.lang {
                write!(self.0, " ({lang})").expect("a string takes all text");
            }
            if let Some(written) = &statement.original_value {
                write!(self.0, " <- {written}").expect("a string takes all text");
            }
            self.0.push('\n');
        }
    }

    fn problem(&mut self, problem: Problem) {
        writeln!(self.0, "! {} {problem}", problem.kind).expect("a string takes all text");
    }
}

/// Loads files and prints entities and problems.
pub(crate) fn load_with(files: &[(&str, &[u8])], options: &Options) -> (ListInfo, String) {
    let files: Vec<SourceFile> =
        files.iter().map(|(name, bytes)| SourceFile::from_bytes(*name, bytes.to_vec())).collect();
    let mut printed = Printed::default();
    let info = load(&files, &"test".into(), options, &mut printed).unwrap();
    (info, printed.0)
}

/// The same without options.
pub(crate) fn load_bytes(files: &[(&str, &[u8])]) -> (ListInfo, String) {
    load_with(files, &Options::default())
}

/// All that comes out of files, facts and counts first.
pub(crate) fn print_load(files: &[(&str, &[u8])]) -> String {
    let (info, printed) = load_bytes(files);
    let counts = info.counts;
    format!(
        "{} {:?} {:?}: {} entities, {} persons, {} aliases, {} weak, {} skipped\n{printed}",
        info.format,
        info.title,
        info.date.as_deref().unwrap_or("-"),
        counts.entities,
        counts.persons,
        counts.aliases,
        counts.weak_aliases,
        counts.skipped
    )
}

/// Compares all that comes out of files with what is expected.
pub(crate) fn check(files: &[(&str, &[u8])], expected: &Expect) {
    expected.assert_eq(&print_load(files));
}
