//! Milliseconds a file, by kind, of telling the kind and reading, on one core: made files, or those of
//! any folder. With a program, also in reader processes of it, and what those cost more.
//! `cargo bench -p intake -- [FOLDER] [--program PATH]`. Recognition of scans is left out.
#![expect(clippy::print_stdout, reason = "a benchmark that prints its figures")]

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use intake::{Content, ReadOptions, Readers};
use zip::write::{SimpleFileOptions, ZipWriter};

/// Times of one kind: files, and seconds of each way of reading.
#[derive(Default)]
struct Times {
    files: usize,
    seconds: Vec<f64>,
}

fn main() {
    let mut folder = None;
    let mut ways = vec![Readers::here()];
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--program" => {
                ways.extend(arguments.next().map(|path| Readers::processes(path.into())));
            }
            "--bench" => {}
            _ => folder = Some(argument),
        }
    }
    let files = folder.map_or_else(made, |folder| found(Path::new(&folder)));
    let mut times: BTreeMap<&'static str, Times> = BTreeMap::new();
    for (path, content) in &files {
        let content = Content::Bytes(Arc::clone(content));
        let mut kind = "";
        let mut seconds = Vec::new();
        for readers in &ways {
            let start = Instant::now();
            kind = read(readers, path, &content);
            seconds.push(start.elapsed().as_secs_f64());
        }
        let of_kind = times.entry(kind).or_default();
        of_kind.files += 1;
        of_kind.seconds.resize(ways.len(), 0.0);
        for (sum, seconds) in of_kind.seconds.iter_mut().zip(seconds) {
            *sum += seconds;
        }
    }
    let mut all = Times { files: 0, seconds: vec![0.0; ways.len()] };
    for (kind, of_kind) in &times {
        print(kind, of_kind);
        all.files += of_kind.files;
        for (sum, seconds) in all.seconds.iter_mut().zip(&of_kind.seconds) {
            *sum += seconds;
        }
    }
    print("all", &all);
}

/// Tells the kind of a file and reads it.
fn read(readers: &Readers, path: &str, content: &Content) -> &'static str {
    let options = ReadOptions { ocr: false, ..ReadOptions::default() };
    let kind = readers.kind(path, content).expect("readers can be started");
    let read = readers.read(path, kind, content, &options).expect("readers can be started");
    drop(read);
    kind.as_str()
}

fn print(kind: &str, times: &Times) {
    let milliseconds: Vec<f64> =
        times.seconds.iter().map(|s| s * 1000.0 / times.files as f64).collect();
    let here = milliseconds[0];
    let isolated = milliseconds
        .get(1)
        .map_or(String::new(), |there| format!(", {there:.3} ms isolated ({:+.3})", there - here));
    println!("{here:9.3} ms a file{isolated}; {} files  {kind}", times.files);
}

fn found(folder: &Path) -> Vec<(String, Arc<[u8]>)> {
    let files = intake::walk(folder).files.into_iter();
    files.filter_map(|f| Some((f.path, Arc::from(std::fs::read(f.source).ok()?)))).collect()
}

/// Fictional forms of 25 fields as Word saves them, with styles that nobody reads.
fn made() -> Vec<(String, Arc<[u8]>)> {
    let styles = "<w:style w:styleId=\"Sample\"><w:name w:val=\"Sample\"/></w:style>".repeat(5000);
    (0..1000)
        .map(|number| {
            let rows: Vec<String> = (0..25)
                .map(|row| {
                    let cell = |text: String| {
                        format!("<w:tc><w:tcPr><w:tcW w:type=\"dxa\" w:w=\"2880\"/></w:tcPr><w:p><w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr><w:t>{text}</w:t></w:r></w:p></w:tc>")
                    };
                    format!("<w:tr>{}{}</w:tr>", cell(format!("Label {row}")), cell(format!("Sample answer {}", number * row)))
                })
                .collect();
            let document = format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"x\"><w:body><w:tbl>{}</w:tbl></w:body></w:document>", rows.concat());
            let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
            for (name, text) in [("[Content_Types].xml", "<Types/>"), ("word/document.xml", &document), ("word/styles.xml", &styles)] {
                writer.start_file(name, SimpleFileOptions::default()).expect("memory takes it");
                writer.write_all(text.as_bytes()).expect("memory takes it");
            }
            let content = writer.finish().expect("memory takes it").into_inner();
            (format!("{number}.docx"), Arc::from(content))
        })
        .collect()
}
