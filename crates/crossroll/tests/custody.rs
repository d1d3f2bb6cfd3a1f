//! A case folder is a bag that tells every change; killed, full or repeated work loses nothing.

#![expect(clippy::unwrap_used, reason = "a test that cannot run the program has failed")]

mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use support::{command, crossroll, demo, sandbox};

/// Every file below a folder with its bytes, by its path.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                files.insert(path.clone(), std::fs::read(&path).unwrap());
            }
        }
    }
    files
}

fn verify(case: &str) -> support::Answer {
    crossroll(&["verify", case])
}

/// Numbers that are the same in every run.
fn numbers(seed: u64) -> impl Iterator<Item = usize> {
    let mut state = seed;
    std::iter::from_fn(move || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).ok()
    })
}

#[test]
fn any_changed_bit_is_told() {
    let folder = sandbox();
    let made = folder.path().join("demo");
    demo(&made);
    let case = made.join("case");
    let name = case.to_str().unwrap();
    let answer = verify(name);
    assert_eq!(answer.code, 0, "{}{}", answer.stdout, answer.stderr);
    let mut random = numbers(7);
    let sealed = files(&case).into_iter().filter(|(path, bytes)| {
        // Rules are the user's to edit, the index is made again, the last are SQLite's own.
        let local = path.strip_prefix(&case).unwrap().to_str().unwrap();
        let free =
            local == "rules.toml" || local.starts_with("index") || local.contains(".sqlite-");
        !free && !bytes.is_empty()
    });
    let mut changed = 0;
    for (path, bytes) in sealed {
        let at = random.next().unwrap() % bytes.len();
        let mut other = bytes.clone();
        other[at] ^= 1 << (random.next().unwrap() % 8);
        std::fs::write(&path, &other).unwrap();
        let answer = verify(name);
        let local = path.strip_prefix(&case).unwrap().to_str().unwrap();
        // A database whose header is hit cannot be opened, which is told as well.
        let told = answer.code == 3 || local == "case.sqlite" && answer.code == 2;
        assert!(told, "byte {at} of {local}: {}{}", answer.stdout, answer.stderr);
        std::fs::write(&path, &bytes).unwrap();
        changed += 1;
    }
    assert!(changed > 20, "{changed}");
    assert_eq!(verify(name).code, 0);
    let blob = files(&case.join("data")).into_keys().next().unwrap();
    std::fs::remove_file(&blob).unwrap();
    let answer = verify(name);
    assert!(answer.stdout.starts_with("missing\tdata/"), "{}", answer.stdout);
    // Sealing anew does not forget what is gone.
    crossroll(&["run", name, "--again"]);
    assert!(verify(name).stdout.starts_with("missing\tdata/"));
}

#[test]
fn the_reference_implementation_of_bagit_accepts_a_case() {
    let python = std::env::var_os("CROSSROLL_PYTHON").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.venv/bin/python"),
        PathBuf::from,
    );
    assert!(python.is_file(), "no Python with bagit: set CROSSROLL_PYTHON or run `make setup`");
    let folder = sandbox();
    let made = folder.path().join("demo");
    demo(&made);
    let output = Command::new(python)
        .args(["-m", "bagit", "--validate"])
        .arg(made.join("case"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let note = std::fs::read_to_string(made.join("case/acquisitions/0001-cache.txt")).unwrap();
    assert!(note.contains("Acquired from: nobody: all of it is made up"), "{note}");
    assert!(note.contains("files found"), "{note}");
}

#[test]
fn killed_at_fifty_moments_an_add_ends_in_the_same_store() {
    let folder = sandbox();
    let made = folder.path().join("demo");
    demo(&made);
    let whole = made.join("case");
    let cache = made.join("cache");
    let killed = folder.path().join("killed");
    let case = killed.to_str().unwrap();
    crossroll(&["new", case]);
    for moment in numbers(50).take(50) {
        let mut child = command()
            .args(["add", case, cache.to_str().unwrap()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(u64::try_from(moment % 400_000).unwrap()));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let answer = crossroll(&["add", case, cache.to_str().unwrap()]);
    assert_eq!(answer.code, 3, "{}", answer.stderr);
    let answer = verify(case);
    assert_eq!(answer.code, 0, "{}{}", answer.stdout, answer.stderr);
    // Kinds of sheets are told by a run, which only the demo had.
    let rows = |case: &str| -> Vec<serde_json::Value> {
        let rows = crossroll(&["documents", case, "--json"]).stdout;
        let parse = |line: &str| {
            let mut row: serde_json::Value = serde_json::from_str(line).unwrap();
            row.as_object_mut().unwrap().remove("template");
            row
        };
        rows.lines().map(parse).collect()
    };
    assert_eq!(rows(case), rows(whole.to_str().unwrap()));
    let blobs = |case: &Path| {
        let folder = case.join("data");
        let files = files(&folder).into_iter();
        files
            .map(|(p, bytes)| (p.strip_prefix(&folder).unwrap().to_owned(), bytes))
            .collect::<Vec<_>>()
    };
    crossroll(&["lists", "add", case, made.join("watchlist.csv").to_str().unwrap()]);
    assert_eq!(blobs(&killed), blobs(&whole));
    crossroll(&["run", case]);
    let leads = |case: &str| crossroll(&["leads", case, "--json"]).stdout;
    assert_eq!(leads(case), leads(whole.to_str().unwrap()));
}

#[test]
fn the_same_stick_again_adds_nothing() {
    let folder = sandbox();
    let made = folder.path().join("demo");
    demo(&made);
    let case = made.join("case");
    let name = case.to_str().unwrap();
    let state = || (crossroll(&["documents", name, "--json"]).stdout, files(&case.join("data")));
    let before = state();
    let answer = crossroll(&["add", name, made.join("cache").to_str().unwrap()]);
    assert!(answer.stderr.contains(" 0 of them new"), "{}", answer.stderr);
    let equation = before.0.lines().count();
    assert!(answer.stdout.contains(&format!("files found {equation} =")), "{}", answer.stdout);
    assert!(state() == before);
}

#[test]
fn a_damaged_archive_is_no_duplicate_of_what_is_lost_in_it() {
    use std::io::Write as _;
    let folder = sandbox();
    let cache = folder.path().join("cache");
    std::fs::create_dir(&cache).unwrap();
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(b"Sample").unwrap();
    let packed = packer.finish().unwrap();
    std::fs::write(cache.join("a.txt.gz"), &packed[..12]).unwrap();
    let case = folder.path().join("case");
    let case = case.to_str().unwrap();
    crossroll(&["new", case]);
    let answer = crossroll(&["add", case, cache.to_str().unwrap()]);
    assert!(answer.stdout.contains("corrupt 2"), "{}", answer.stdout);
    assert!(answer.stdout.contains("duplicate 0"), "{}", answer.stdout);
}

#[test]
fn two_sticks_of_one_name_are_told_and_may_be_kept_apart() {
    let folder = sandbox();
    for stick in ["one/files", "two/files"] {
        let stick = folder.path().join(stick);
        std::fs::create_dir_all(&stick).unwrap();
        std::fs::write(stick.join("a.txt"), stick.to_str().unwrap()).unwrap();
    }
    let case = folder.path().join("case");
    let case = case.to_str().unwrap();
    let path = |stick: &str| folder.path().join(stick).join("files").display().to_string();
    crossroll(&["new", case]);
    let answer = crossroll(&["add", case, &path("one")]);
    assert!(!answer.stderr.contains("join it"), "{}", answer.stderr);
    let answer = crossroll(&["add", case, &path("two")]);
    assert!(answer.stderr.contains("these files join it"), "{}", answer.stderr);
    let answer = crossroll(&["add", case, &path("two"), "--name", "second"]);
    assert!(!answer.stderr.contains("join it"), "{}", answer.stderr);
    let answer = crossroll(&["documents", case]);
    assert!(answer.stderr.contains("second: files found 1 ="), "{}", answer.stderr);
}

/// A file that opens and gives no byte: the memory of the program itself, at an address where nothing is.
#[test]
#[cfg(target_os = "linux")]
fn a_file_that_cannot_be_read_is_a_state_with_its_reason() {
    let folder = sandbox();
    let case = folder.path().join("case").to_str().unwrap().to_owned();
    crossroll(&["new", &case]);
    let answer = crossroll(&["add", &case, "/proc/self/mem"]);
    assert_eq!(answer.code, 3, "{}", answer.stderr);
    assert!(answer.stdout.contains("files found 1 ="), "{}", answer.stdout);
    let ledger = crossroll(&["documents", &case, "--json"]).stdout;
    let row: serde_json::Value = serde_json::from_str(ledger.trim()).unwrap();
    assert_eq!((&row["state"], &row["path"]), (&"unsupported".into(), &"mem".into()));
    assert_eq!(row["reason"], "cannot be read: Input/output error");
    // It is tried again, and found no twice.
    crossroll(&["add", &case, "/proc/self/mem"]);
    assert_eq!(crossroll(&["documents", &case, "--json"]).stdout, ledger);
}

#[test]
#[cfg(unix)]
fn a_full_disk_is_told_and_nothing_is_lost() {
    let folder = sandbox();
    let cache = folder.path().join("cache");
    std::fs::create_dir(&cache).unwrap();
    std::fs::write(cache.join("a.csv"), "full name,kunya\nSample Person,Abu Sample\n").unwrap();
    std::fs::write(cache.join("b.txt"), "Sample ".repeat(1 << 20)).unwrap();
    let case = folder.path().join("case");
    let (case, cache) = (case.to_str().unwrap(), cache.to_str().unwrap());
    crossroll(&["new", case]);
    // A bound on the size of files stands in for a full disk: writing fails in the middle.
    let script = format!(
        "trap '' XFSZ; ulimit -f 2000; exec {} add {case} {cache}",
        env!("CARGO_BIN_EXE_crossroll")
    );
    let output = Command::new("sh").args(["-c", &script]).output().unwrap();
    let talk = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{talk}");
    assert!(talk.contains("cannot write"), "{talk}");
    let answer = crossroll(&["add", case, cache]);
    assert!(answer.stdout.contains("files found 2 = read 2"), "{}{}", answer.stdout, answer.stderr);
    assert_eq!(verify(case).code, 0);
}
