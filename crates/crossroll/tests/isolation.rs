//! Files are read by processes that can do no harm, and a file that ends one costs itself only.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test that cannot run the program has failed")]

mod support;

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use intake::{Content, Limits, MediaType, ReadOptions, Readers, unpack};
use model::DocumentState;
use support::{command, crossroll, sandbox};

fn readers() -> Readers {
    Readers::processes(PathBuf::from(env!("CARGO_BIN_EXE_crossroll")))
}

fn bytes(content: &[u8]) -> Content {
    Content::Bytes(Arc::from(content))
}

/// Ids of the reader processes that this test started.
fn children() -> Vec<String> {
    let output = Command::new("ps")
        .args(["-o", "pid=,args=", "--ppid"])
        .arg(std::process::id().to_string())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let ours = text.lines().filter(|line| line.contains(intake::ARGUMENT));
    ours.map(|line| line.split_whitespace().next().unwrap().to_owned()).collect()
}

#[test]
fn this_system_keeps_readers_from_everything() {
    assert_eq!(readers().unprotected().unwrap(), Vec::<String>::new());
}

#[test]
fn a_document_is_read_alike_in_a_process_and_here() {
    let text = "name,date of birth\nSample Person,1985\n".as_bytes();
    let options = ReadOptions::default();
    let there = readers().read("a.csv", MediaType::Delimited, &bytes(text), &options).unwrap();
    assert_eq!(there, intake::read("a.csv", MediaType::Delimited, text, &options));
    assert_eq!(there.state, DocumentState::Read);
}

#[test]
fn members_come_alike_from_a_process_and_from_here() {
    let archive =
        std::fs::read(format!("{}/../../corpus/demo/demo.zip", env!("CARGO_MANIFEST_DIR")));
    let archive = archive.unwrap();
    let mut here: Vec<(String, String)> =
        unpack("demo.zip", Arc::from(archive.as_slice()), &Limits::default())
            .into_iter()
            .map(|file| (file.path, file.id.to_string()))
            .collect();
    let mut there = Vec::new();
    let id = intake::unpack::hash(&archive);
    readers()
        .unpack("demo.zip", &id, &bytes(&archive), &Limits::default(), &mut |file| {
            there.push((file.path, file.id.to_string()));
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(there.last().unwrap().0, "demo.zip", "the container comes last");
    assert!(there.len() > 10);
    here.sort();
    there.sort();
    assert_eq!(there, here);
}

#[test]
fn a_reader_that_was_killed_is_replaced() {
    let readers = readers();
    readers.unprotected().unwrap();
    for pid in children() {
        Command::new("kill").args(["-9", &pid]).status().unwrap();
    }
    let read = readers.read("a.txt", MediaType::Text, &bytes(b"Sample"), &ReadOptions::default());
    let read = read.unwrap();
    // Either it was ended while it waited, or the signal came when it had the file.
    assert_eq!(read.state, DocumentState::Read, "{:?}", read.reason);
}

/// The parsers of workbooks give up by a panic on these: one byte of a sound fixture changed.
#[test]
fn a_parser_that_panics_costs_its_own_file_and_the_reader_goes_on() {
    let readers = readers();
    readers.unprotected().unwrap();
    let before = children();
    let changes = [
        ("register.xls", MediaType::Xls, 2050, 0),
        ("register.xls", MediaType::Xls, 3132, 0xff),
        ("register.xlsx", MediaType::Xlsx, 2245, 5),
        ("register.xlsb", MediaType::Xlsb, 116, 0),
    ];
    for (name, media, at, value) in changes {
        let path = format!("{}/../intake/testdata/{name}", env!("CARGO_MANIFEST_DIR"));
        let sound = std::fs::read(path).unwrap();
        let mut damaged = sound.clone();
        damaged[at] = value;
        let options = ReadOptions::default();
        let read = readers.read(name, media, &bytes(&damaged), &options).unwrap();
        assert_eq!(read.state, DocumentState::Corrupt, "{name}: {:?}", read.reason);
        assert!(read.problems.iter().any(|p| p.kind == "reader_panicked"), "{name}");
        let next = readers.read(name, media, &bytes(&sound), &options).unwrap();
        assert_eq!(next.state, DocumentState::Read, "{name} as it is");
    }
    assert_eq!(children(), before, "a panic that is caught ends no reader");
}

/// Ctrl-Z and `fg`: what was waited for is still to come.
#[test]
fn a_program_that_was_stopped_goes_on() {
    let folder = sandbox();
    let case = folder.path().join("case").to_str().unwrap().to_owned();
    let corpus = format!("{}/../../corpus/demo/demo.zip", env!("CARGO_MANIFEST_DIR"));
    assert_eq!(crossroll(&["new", "-q", &case]).code, 0);
    let mut add = command()
        .args(["add", "-q", &case, &corpus])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let id = add.id().to_string();
    let begun = Instant::now();
    let status = loop {
        for signal in ["-STOP", "-CONT"] {
            // It is waited for below, so its number is nobody else's.
            Command::new("kill").args([signal, &id]).status().unwrap();
            std::thread::sleep(Duration::from_millis(5));
        }
        if let Some(status) = add.try_wait().unwrap() {
            break status;
        }
        if begun.elapsed() > Duration::from_mins(2) {
            add.kill().unwrap();
            add.wait().unwrap();
            panic!("it waits for an answer that it has missed");
        }
    };
    assert_eq!(status.code(), Some(3), "some files of the demo cannot be read, as ever");
}

/// A stream that inflates to more than a reader may hold.
fn bomb() -> Vec<u8> {
    use std::io::Write as _;
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    for _ in 0..1024 {
        packer.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let packed = packer.finish().unwrap();
    let mut file = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>\nendobj\n4 0 obj\n".to_vec();
    file.extend(format!("<< /Length {} /Filter /FlateDecode >>\nstream\n", packed.len()).bytes());
    file.extend(packed);
    file.extend(b"\nendstream\nendobj\ntrailer\n<< /Root 1 0 R /Size 5 >>\n%%EOF");
    file
}

#[test]
fn a_file_that_needs_too_much_memory_is_refused_and_the_next_one_is_read() {
    let folder = sandbox();
    std::fs::write(folder.path().join("a-bomb.pdf"), bomb()).unwrap();
    std::fs::write(folder.path().join("b.csv"), "full name,kunya\nSample Person,Abu Sample\n")
        .unwrap();
    let problems = folder.path().join("problems.jsonl");
    let answer = crossroll(&[
        "read",
        folder.path().join("a-bomb.pdf").to_str().unwrap(),
        "--problems",
        problems.to_str().unwrap(),
    ]);
    assert_eq!(answer.code, 3, "{}", answer.stderr);
    let problems = std::fs::read_to_string(problems).unwrap();
    assert!(problems.contains("refused_by_limit"), "{problems}");
    let answer = crossroll(&["read", folder.path().to_str().unwrap()]);
    assert!(answer.stdout.contains("Sample Person"), "{}", answer.stderr);
}
