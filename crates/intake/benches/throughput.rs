//! Milliseconds a file, by kind, of unpacking and reading made files on one core; and the same
//! over any folder: `cargo bench -p intake -- FOLDER`. Recognition of scans is left out.
#![expect(clippy::print_stdout, reason = "a benchmark that prints its figures")]

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use intake::{Limits, ReadOptions};
use zip::write::{SimpleFileOptions, ZipWriter};

fn main() {
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let files = folder.map_or_else(made, |folder| found(Path::new(&folder)));
    let options = ReadOptions { ocr: false, ..ReadOptions::default() };
    let mut times: BTreeMap<&'static str, (usize, f64)> = BTreeMap::new();
    let start = Instant::now();
    for (path, content) in &files {
        for unpacked in intake::unpack(path, Arc::clone(content), &Limits::default()) {
            let Some(content) = unpacked.content.filter(|_| unpacked.state.is_none()) else {
                continue;
            };
            let start = Instant::now();
            let read = intake::read(&unpacked.path, unpacked.media, &content, &options);
            let time = times.entry(unpacked.media.as_str()).or_default();
            time.0 += 1;
            time.1 += start.elapsed().as_secs_f64() * 1000.0;
            drop(read);
        }
    }
    let all = start.elapsed().as_secs_f64() * 1000.0;
    for (media, (count, millis)) in times {
        println!("{:9.3} ms a file, {count} files  {media}", millis / count as f64);
    }
    println!("{all:9.1} ms in all, unpacking, hashing and telling kinds included");
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
