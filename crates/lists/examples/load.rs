//! Loads a list as `crossroll lists add` would and prints what it is: `load FILE...`. For measuring
//! time and memory of one load without a case.

use std::fs::File;

use lists::{Options, Sink, SourceFile, load};
use model::{Problem, Statement};

#[derive(Default)]
struct Counter {
    entities: u64,
    statements: u64,
    problems: u64,
}

impl Sink for Counter {
    fn entity(&mut self, statements: Vec<Statement>) {
        self.entities += 1;
        self.statements += statements.len() as u64;
    }

    fn problem(&mut self, _: Problem) {
        self.problems += 1;
    }
}

#[expect(clippy::print_stdout, reason = "an example talks to whoever runs it")]
fn main() -> Result<(), lists::ListError> {
    let files: Vec<SourceFile> = std::env::args()
        .skip(1)
        .map(|path| SourceFile::new(path.clone(), move || Ok(Box::new(File::open(&path)?))))
        .collect();
    let mut counter = Counter::default();
    let info = load(&files, &"list".into(), &Options::default(), &mut counter)?;
    println!("{info:?}");
    let Counter { entities, statements, problems } = counter;
    println!("{entities} entities and adjuncts, {statements} statements, {problems} problems");
    Ok(())
}
