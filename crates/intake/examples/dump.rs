//! Prints what intake understands of files: `dump [--json] [--quiet] [--ledger] PATH...`.
//!
//! For development: walks, unpacks, reads and prints states, problems and layouts.
#![expect(clippy::print_stdout, reason = "an example that prints")]
#![expect(clippy::print_stderr, reason = "an example that prints")]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use intake::{Limits, ReadOptions, Unpacked};
use model::{Accounting, Block, Document, DocumentId, DocumentState, Layout, Span};

/// What to print.
#[derive(Clone, Copy, Default)]
struct Show {
    json: bool,
    quiet: bool,
    /// Only the ledger, as JSON lines, duplicates told.
    ledger: bool,
}

fn main() {
    let mut show = Show::default();
    let mut seen = BTreeSet::new();
    let mut accounting = Accounting::default();
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--json" => show.json = true,
            "--quiet" => show.quiet = true,
            "--ledger" => show = Show { ledger: true, quiet: true, json: false },
            path => {
                for document in documents(Path::new(path), show, &mut seen) {
                    accounting.add(document.state);
                    if show.ledger {
                        println!("{}", serde_json::to_string(&document).unwrap_or_default());
                    }
                }
            }
        }
    }
    eprintln!("{accounting}");
}

fn documents(path: &Path, show: Show, seen: &mut BTreeSet<DocumentId>) -> Vec<Document> {
    let walk = intake::walk(path);
    for problem in &walk.problems {
        eprintln!("! {problem}");
    }
    let mut documents = walk.odd;
    for found in &walk.files {
        let content: Arc<[u8]> = match std::fs::read(&found.source) {
            Ok(content) => Arc::from(content),
            Err(error) => {
                eprintln!("! {}: {error}", found.path);
                continue;
            }
        };
        for unpacked in intake::unpack(&found.path, content, &Limits::default()) {
            let is_had = unpacked.content.is_some() && unpacked.size > 0;
            let again = is_had && !seen.insert(unpacked.id.clone());
            let (state, reason) = if again && show.ledger {
                (DocumentState::Duplicate, None)
            } else {
                dump(&unpacked, show)
            };
            documents.push(Document {
                path: unpacked.path,
                id: unpacked.id,
                size: unpacked.size,
                state,
                reason,
                media_type: unpacked.media.as_str().to_owned(),
            });
        }
    }
    documents
}

fn dump(unpacked: &Unpacked, show: Show) -> (DocumentState, Option<String>) {
    let tell = |text: String| {
        if !show.ledger {
            println!("{text}");
        }
    };
    for problem in &unpacked.problems {
        tell(format!("! {problem} ({})", problem.kind));
    }
    let head = format!("{} [{} bytes, {}]", unpacked.path, unpacked.size, unpacked.media.as_str());
    if let Some((state, reason)) = &unpacked.state {
        tell(format!("{head} {state}: {}", reason.as_deref().unwrap_or("-")));
        return (*state, reason.clone());
    }
    let content = unpacked.content.as_deref().unwrap_or_default();
    let start = Instant::now();
    let read = intake::read(&unpacked.path, unpacked.media, content, &ReadOptions::default());
    let millis = start.elapsed().as_secs_f64() * 1000.0;
    let reason = read.reason.as_deref().unwrap_or("-");
    tell(format!("{head} {}: {reason} ({millis:.1} ms)", read.state));
    for problem in &read.problems {
        tell(format!("! {problem} ({})", problem.kind));
    }
    if !show.quiet {
        for (key, value) in &read.metadata {
            println!("  @{key} = {value}");
        }
        if show.json {
            println!("{}", serde_json::to_string(&read.layout).unwrap_or_default());
        } else {
            print_layout(&read.layout);
        }
    }
    (read.state, read.reason)
}

fn print_layout(layout: &Layout) {
    for (number, page) in layout.pages.iter().enumerate() {
        println!("  page {}: {} x {}", number + 1, page.width, page.height);
    }
    for block in &layout.blocks {
        match block {
            Block::Paragraph(span) => println!("  P {}", words(span)),
            Block::Line(line) => {
                println!("  L {}", line.spans.iter().map(words).collect::<Vec<_>>().join(" | "));
            }
            Block::Table(table) => {
                println!("  T register={} rows={}", table.register, table.rows.len());
                for row in &table.rows {
                    let cells: Vec<String> = row
                        .iter()
                        .map(|cell| cell.spans.iter().map(words).collect::<Vec<_>>().join(" / "))
                        .collect();
                    println!("    | {}", cells.join(" | "));
                }
            }
        }
    }
}

fn words(span: &Span) -> String {
    let text = span.text.escape_debug().to_string();
    if (span.confidence - 1.0).abs() < f32::EPSILON {
        text
    } else {
        format!("{text} ({:.2})", span.confidence)
    }
}
