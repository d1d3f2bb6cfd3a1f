//! Loads a list as `crossroll lists add` would and prints what it is: `load [--statements] FILE...`.
//! For measuring time and memory of one load without a case, and for looking at what came out.

use std::fs::File;

use lists::{Options, Sink, SourceFile, load};
use model::{Problem, Statement};

#[derive(Default)]
struct Counter {
    prints: bool,
    entities: u64,
    statements: u64,
    problems: u64,
}

impl Sink for Counter {
    #[expect(clippy::print_stdout, reason = "an example talks to whoever runs it")]
    fn entity(&mut self, statements: Vec<Statement>) {
        if self.prints {
            for s in &statements {
                println!("{}\t{}\t{}\t{}\t{}", s.entity_id, s.schema, s.prop, s.value, s.written());
            }
        }
        self.entities += 1;
        self.statements += statements.len() as u64;
    }

    #[expect(clippy::print_stdout, reason = "an example talks to whoever runs it")]
    fn problem(&mut self, problem: Problem) {
        if self.prints {
            println!("! {problem}");
        }
        self.problems += 1;
    }
}

#[expect(clippy::print_stdout, reason = "an example talks to whoever runs it")]
fn main() -> Result<(), lists::ListError> {
    let files: Vec<SourceFile> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--statements")
        .map(|path| SourceFile::new(path.clone(), move || Ok(Box::new(File::open(&path)?))))
        .collect();
    let prints = std::env::args().any(|argument| argument == "--statements");
    let mut counter = Counter { prints, ..Counter::default() };
    let info = load(&files, &"list".into(), &Options::default(), &mut counter)?;
    println!("{info:?}");
    let Counter { entities, statements, problems, .. } = counter;
    println!("{entities} entities and adjuncts, {statements} statements, {problems} problems");
    Ok(())
}
