//! Prints what intake understands of files: `dump [--json] [--quiet] PATH...`.
//!
//! For development: walks, unpacks, reads and prints states, problems and layouts.
#![expect(clippy::print_stdout, reason = "an example that prints")]
#![expect(clippy::print_stderr, reason = "an example that prints")]

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use intake::{Limits, ReadOptions, Unpacked};
use model::{Accounting, Block, DocumentState, Layout, Span};

fn main() {
    let mut json = false;
    let mut quiet = false;
    let mut accounting = Accounting::default();
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--json" => json = true,
            "--quiet" => quiet = true,
            path => {
                let walk = intake::walk(Path::new(path));
                for problem in &walk.problems {
                    println!("! {problem}");
                }
                for document in &walk.odd {
                    println!("{} [{}] {:?}", document.path, document.state, document.reason);
                    accounting.add(document.state);
                }
                for found in &walk.files {
                    let content = match std::fs::read(&found.source) {
                        Ok(content) => content,
                        Err(error) => {
                            println!("! {}: {error}", found.path);
                            continue;
                        }
                    };
                    let content: Arc<[u8]> = Arc::from(content);
                    for unpacked in intake::unpack(&found.path, content, &Limits::default()) {
                        accounting.add(dump(&unpacked, json, quiet));
                    }
                }
            }
        }
    }
    eprintln!("{accounting}");
}

fn dump(unpacked: &Unpacked, json: bool, quiet: bool) -> DocumentState {
    for problem in &unpacked.problems {
        println!("! {problem} ({})", problem.kind);
    }
    let head = format!("{} [{} bytes, {}]", unpacked.path, unpacked.size, unpacked.media.as_str());
    if let Some((state, reason)) = &unpacked.state {
        println!("{head} {state}: {}", reason.as_deref().unwrap_or("-"));
        return *state;
    }
    let content = unpacked.content.as_deref().unwrap_or_default();
    let start = Instant::now();
    let read = intake::read(&unpacked.path, unpacked.media, content, &ReadOptions::default());
    let millis = start.elapsed().as_secs_f64() * 1000.0;
    println!("{head} {}: {} ({millis:.1} ms)", read.state, read.reason.as_deref().unwrap_or("-"));
    for problem in &read.problems {
        println!("! {problem} ({})", problem.kind);
    }
    if quiet {
        return read.state;
    }
    for (key, value) in &read.metadata {
        println!("  @{key} = {value}");
    }
    if json {
        match serde_json::to_string(&read.layout) {
            Ok(text) => println!("{text}"),
            Err(error) => println!("! {error}"),
        }
    } else {
        print_layout(&read.layout);
    }
    read.state
}

fn print_layout(layout: &Layout) {
    for (number, page) in layout.pages.iter().enumerate() {
        println!("  page {}: {} x {}", number + 1, page.width, page.height);
    }
    for block in &layout.blocks {
        match block {
            Block::Paragraph(span) => println!("  P {}", show(span)),
            Block::Line(line) => {
                println!("  L {}", line.spans.iter().map(show).collect::<Vec<_>>().join(" | "));
            }
            Block::Table(table) => {
                println!("  T register={} rows={}", table.register, table.rows.len());
                for row in &table.rows {
                    let cells: Vec<String> = row
                        .iter()
                        .map(|cell| cell.spans.iter().map(show).collect::<Vec<_>>().join(" / "))
                        .collect();
                    println!("    | {}", cells.join(" | "));
                }
            }
        }
    }
}

fn show(span: &Span) -> String {
    let text = span.text.escape_debug().to_string();
    if (span.confidence - 1.0).abs() < f32::EPSILON {
        text
    } else {
        format!("{text} ({:.2})", span.confidence)
    }
}
