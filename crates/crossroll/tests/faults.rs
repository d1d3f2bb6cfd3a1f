//! Whatever happens at the n-th write, sync, rename or new file of a command, nothing that was
//! acknowledged is lost, and the case opens.
//!
//! The program runs as it is, with a library before it that makes the n-th change of a file fail: the
//! process ends there, or in the middle of it; the machine loses power, so that all that was not
//! synced is gone; the disk is full from there on; the disk fails once. For each n from 1 until the
//! command gets through. `CROSSROLL_FAULTS=all` tries every n of every kind, else some are left out
//! where a command makes many changes.
//!
//! Linux only: elsewhere there is no such library.
#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that cannot run the program has failed; counts are told"
)]

mod support;

use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use case::{Actor, Case, Fault};
use model::journal::Note;
use model::{Act, Entry, Subject};

use support::{command, crossroll, sandbox};

/// What can happen.
const KINDS: [&str; 5] = ["kill", "torn", "power", "full", "error"];

/// Points of a kind that are tried of one command unless all are asked for: what makes the whole file
/// end within a minute on two cores.
const POINTS: usize = 8;

/// The library that makes changes fail; `None` where there is no C compiler.
fn shim() -> Option<&'static Path> {
    static SHIM: OnceLock<Option<PathBuf>> = OnceLock::new();
    let made = SHIM.get_or_init(|| {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults/shim.c");
        let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("fault-shim-{}.so", std::process::id()));
        let made = Command::new("cc")
            .args(["-O1", "-shared", "-fPIC", "-o"])
            .args([&target, &source])
            .arg("-ldl")
            .status();
        made.is_ok_and(|status| status.success()).then_some(target)
    });
    // SQLite is compiled with the program, so there is a compiler wherever this is built.
    assert!(made.is_some(), "no C compiler");
    made.as_deref()
}

/// A command with a fault in it.
struct Trial<'t> {
    program: &'t dyn Fn(&Path) -> Command,
    root: &'t Path,
}

/// How it ended.
struct Ended {
    /// Exit code; `None` if it was killed.
    code: Option<i32>,
    stdout: String,
    stderr: String,
    /// Changes it made, if it got to its end.
    changes: usize,
}

impl Trial<'_> {
    fn run(&self, kind: &str, at: usize) -> Ended {
        let aside = sandbox();
        let count = aside.path().join("count");
        let output = (self.program)(self.root)
            .env("LD_PRELOAD", shim().unwrap())
            .env("FAULT_ROOT", self.root)
            .env("FAULT_SPARE", aside.path())
            .env("FAULT_COUNT", &count)
            .env("FAULT_KIND", kind)
            .env("FAULT_AT", at.to_string())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        let changes = std::fs::read_to_string(&count).unwrap_or_default();
        let (stdout, stderr) = (text(output.stdout), text(output.stderr));
        let killed = output.status.signal();
        assert!(killed.is_none_or(|signal| signal == 9), "signal {killed:?}: {stderr}");
        assert!(!stderr.contains("panicked"), "{kind} at {at}: {stderr}");
        Ended {
            code: output.status.code(),
            stdout,
            stderr,
            changes: changes.trim().parse().unwrap_or_default(),
        }
    }
}

/// What a case holds that was acknowledged.
#[derive(Debug, Default, PartialEq)]
struct Held {
    documents: Vec<String>,
    journal: Vec<Entry>,
    lists: Vec<String>,
    leads: String,
}

/// Opens a case and sees that it is sound, and that `verify` has nothing to say but that it is not
/// sealed.
fn held(folder: &Path, context: &str) -> Held {
    let case = Case::open(folder).unwrap_or_else(|e| panic!("{context}: cannot be opened: {e}"));
    let verified = case.verify(&case::progress::Silent).unwrap();
    for finding in &verified.findings {
        assert_eq!(finding.fault, Fault::Unsealed, "{context}: {finding:?}");
    }
    let mut held = Held { journal: case.journal().unwrap(), ..Held::default() };
    for (dataset, document) in case.documents().unwrap() {
        let known = case.content(&document.id).unwrap();
        assert_eq!(known.len() as u64, document.size, "{context}: {}", document.path);
        held.documents.push(format!("{dataset} {document:?}"));
    }
    for version in case.list_versions(None).unwrap() {
        for file in &version.files {
            case.content(&file.sha256).unwrap();
        }
        held.lists.push(format!("{} {} {}", version.list, version.version, version.sha256));
    }
    held.leads = format!("{:?}", case.leads().unwrap());
    held
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn ok(arguments: &[&str]) {
    let answer = crossroll(arguments);
    assert!(matches!(answer.code, 0 | 3), "{arguments:?}: {}{}", answer.stdout, answer.stderr);
}

/// Fictional files: a stick, another, and a list in two versions.
fn make_sources(folder: &Path) {
    let file = |path: &str, text: &str| {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    file("one/a.csv", "full name,kunya,date of birth\nSample Person,Abu Sample,1980-01-01\n");
    file("one/b.txt", "Sample text of no meaning.\n");
    file("two/c.csv", "full name,kunya,date of birth\nOther Person,Abu Other,1981-01-01\n");
    file("two/d.txt", "Another text.\n");
    file("two/e.txt", "Another text.\n");
    file(
        "v1/list.csv",
        "id,name,birth_date\nS-1,Sample Person,1980-01-01\nS-2,Exemplar Two,1970\n",
    );
    file(
        "v2/list.csv",
        "id,name,birth_date\nS-1,Sample Person,1980-01-01\nS-3,Exemplar Three,1971\n",
    );
}

/// A case with files, a list, leads and a journal of three entries.
fn make_case(folder: &Path) -> PathBuf {
    make_sources(folder);
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let root = folder.join("root");
    std::fs::create_dir(&root).unwrap();
    let case = root.join("case");
    let name = case.to_str().unwrap();
    ok(&["new", name]);
    ok(&["add", name, &path("one")]);
    ok(&["lists", "add", name, &path("v1/list.csv")]);
    ok(&["run", name]);
    let mut open = Case::open(&case).unwrap();
    for text in ["one", "two", "three"] {
        write_note(&mut open, text);
    }
    open.close().unwrap();
    root
}

fn write_note(case: &mut Case, text: &str) -> u64 {
    let note = Note { subject: Subject::Dataset("one".into()), text: text.to_owned() };
    let actor = Actor::lead("sample");
    case.record(&[Act::Note(note)], &actor, None, None).unwrap()[0].seq
}

/// Tries a command with faults at its changes. `check` looks at what each left, given how it ended
/// and whether it got through.
fn try_all(
    what: &str,
    template: &Path,
    program: &dyn Fn(&Path) -> Command,
    check: &mut dyn FnMut(&Path, &Ended, &str),
) {
    let scratch = sandbox();
    let fresh = |name: &str| {
        let root = scratch.path().join(name);
        copy(template, &root);
        root
    };
    let root = fresh("whole");
    let whole = Trial { program, root: &root }.run("kill", 0);
    assert!(matches!(whole.code, Some(0 | 3)), "{what}: {}{}", whole.stdout, whole.stderr);
    let changes = whole.changes;
    assert!(changes > 0, "{what} changes nothing");
    check(&root, &whole, &format!("{what}, no fault"));
    let all = std::env::var_os("CROSSROLL_FAULTS").is_some();
    let mut counts = BTreeMap::new();
    for kind in KINDS {
        let step = if all { 1 } else { changes.div_ceil(POINTS) };
        let mut at = 1;
        loop {
            let root = fresh(&format!("{kind}-{at}"));
            let ended = Trial { program, root: &root }.run(kind, at);
            let context = format!("{what}, {kind} at {at} of {changes}");
            check(&root, &ended, &context);
            std::fs::remove_dir_all(&root).unwrap();
            *counts.entry(kind).or_insert(0) += 1;
            if at > changes + 50 || ended.changes > 0 && ended.changes < at {
                break;
            }
            at += step;
        }
    }
    eprintln!("{what}: {changes} changes, faults tried {counts:?}");
}

/// A command of the program on the case below the root.
fn on_case(arguments: Vec<String>) -> impl Fn(&Path) -> Command {
    move |root: &Path| {
        let mut command = command();
        let case = root.join("case").to_str().unwrap().to_owned();
        command.args(arguments.iter().map(|a| a.replace("CASE", &case)));
        command
    }
}

/// What holds for a command on a case, whatever happened to it: what was there before is there, and
/// the same command again ends where it would have ended.
fn is_safe(what: &str, arguments: &[&str]) {
    let folder = sandbox();
    let template = make_case(folder.path());
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let arguments: Vec<String> = arguments.iter().map(|a| a.replace("FILES", &at(""))).collect();
    let before = held(&template.join("case"), "before");
    let program = on_case(arguments);
    let mut reference: Option<Held> = None;
    try_all(what, &template, &program, &mut |root, ended, context| {
        let case = root.join("case");
        let now = held(&case, context);
        assert_eq!(now.journal, before.journal, "{context}");
        for row in &before.documents {
            assert!(now.documents.contains(row), "{context}: {row} is lost");
        }
        assert!(now.lists.starts_with(&before.lists), "{context}: a version is lost");
        let Some(whole) = &reference else {
            reference = Some(now);
            return;
        };
        if matches!(ended.code, Some(0 | 3)) {
            assert_eq!(&now, whole, "{context}: it said that it is done");
        } else {
            assert!(matches!(ended.code, None | Some(2)), "{context}: {}", ended.stderr);
        }
        let again = program(root).output().unwrap();
        assert!(matches!(again.status.code(), Some(0 | 3)), "{context}: {again:?}");
        assert_eq!(&held(&case, context), whole, "{context}: given again");
    });
}

#[test]
fn adding_files_loses_nothing() {
    is_safe("add", &["add", "CASE", "FILES/two"]);
}

#[test]
fn loading_a_version_of_a_list_loses_nothing() {
    is_safe("lists add", &["lists", "add", "CASE", "FILES/v2/list.csv"]);
}

#[test]
fn running_again_loses_nothing() {
    is_safe("run", &["run", "CASE", "--again"]);
}

#[test]
fn making_a_case_makes_one_or_none() {
    let folder = sandbox();
    let template = folder.path().join("root");
    std::fs::create_dir(&template).unwrap();
    let program = on_case(vec!["new".into(), "CASE".into()]);
    try_all("new", &template, &program, &mut |root, ended, context| {
        let case = root.join("case");
        if matches!(ended.code, Some(0)) {
            assert_eq!(held(&case, context), Held { leads: "[]".into(), ..Held::default() });
            return;
        }
        // A case that was not acknowledged may be half made: it opens or is none, and there is one
        // after the command was given again.
        if let Err(error) = Case::open(&case) {
            assert!(error.to_string().contains("not a case"), "{context}: {error}");
        }
        let again = program(root).output().unwrap();
        assert!(matches!(again.status.code(), Some(0 | 1)), "{context}: {again:?}");
        assert!(held(&case, context).documents.is_empty());
    });
}

#[test]
fn what_was_acknowledged_to_people_is_in_the_journal() {
    let folder = sandbox();
    let template = make_case(folder.path());
    let before = held(&template.join("case"), "before");
    let program = |root: &Path| {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "writes_notes_when_told_to", "--nocapture"]);
        command.env("FAULT_NOTES", root.join("case"));
        command
    };
    try_all("notes", &template, &program, &mut |root, ended, context| {
        let now = held(&root.join("case"), context);
        assert_eq!(now.documents, before.documents, "{context}");
        assert!(now.journal.starts_with(&before.journal), "{context}");
        let said = ended.stdout.lines().filter_map(|line| line.strip_prefix("acknowledged "));
        for seq in said {
            let seq: u64 = seq.parse().unwrap();
            assert!(now.journal.iter().any(|entry| entry.seq == seq), "{context}: {seq} is lost");
        }
    });
}

/// Started by the test above with a case to write to; else nothing.
#[test]
fn writes_notes_when_told_to() {
    let Some(folder) = std::env::var_os("FAULT_NOTES") else { return };
    // An error ends it here; what was printed before counts.
    let Ok(mut case) = Case::open(Path::new(&folder)) else { return };
    for number in 0..5 {
        let note = Note { subject: Subject::Dataset("one".into()), text: number.to_string() };
        let actor = Actor::lead("sample");
        let Ok(entries) = case.record(&[Act::Note(note)], &actor, None, None) else { return };
        println!("acknowledged {}", entries[0].seq);
    }
    let _ = case.close();
}

#[test]
fn a_backup_is_the_old_one_or_the_new_one() {
    let folder = sandbox();
    let template = make_case(folder.path());
    let at = |root: &Path, name: &str| root.join(name).to_str().unwrap().to_owned();
    ok(&["backup", &at(&template, "case"), &at(&template, "backup")]);
    let old = held(&template.join("backup"), "first backup");
    ok(&["add", &at(&template, "case"), folder.path().join("two").to_str().unwrap()]);
    let new = held(&template.join("case"), "case");
    assert_ne!(old, new);
    let program = |root: &Path| {
        let mut command = command();
        command.args(["backup", &at(root, "case"), &at(root, "backup"), "--incremental"]);
        command
    };
    try_all("backup", &template, &program, &mut |root, ended, context| {
        assert_eq!(held(&root.join("case"), context), new, "{context}");
        if matches!(ended.code, Some(0)) {
            assert_eq!(held(&root.join("backup"), context), new, "{context}");
            return;
        }
        let backup = held(&root.join("backup"), context);
        assert!(backup == old || backup == new, "{context}");
        let again = program(root).output().unwrap();
        assert!(again.status.success(), "{context}: {again:?}");
        assert_eq!(held(&root.join("backup"), context), new, "{context}: given again");
    });
}

#[test]
fn an_interrupted_upgrade_leaves_the_old_case_or_the_new_one() {
    for layout in [1, 2] {
        let folder = sandbox();
        let template = folder.path().join("root");
        let fixture = format!("{}/tests/upgrade/layout-{layout}.zip", env!("CARGO_MANIFEST_DIR"));
        let file = std::fs::File::open(fixture).unwrap();
        zip::ZipArchive::new(file).unwrap().extract(&template).unwrap();
        let reference = folder.path().join("reference");
        copy(&template, &reference);
        let whole = held(&reference.join("case"), "reference");
        assert!(!whole.documents.is_empty() && whole.leads.len() > 10);
        let program = on_case(vec!["documents".into(), "CASE".into(), "--json".into()]);
        try_all(
            &format!("upgrade of layout {layout}"),
            &template,
            &program,
            &mut |root, _, context| {
                assert_eq!(held(&root.join("case"), context), whole, "{context}");
            },
        );
    }
}

#[test]
fn a_repair_that_is_interrupted_can_be_given_again() {
    let folder = sandbox();
    let template = make_case(folder.path());
    let before = held(&template.join("case"), "before");
    // The page after the first, whatever it is, and the log is gone: all was brought into the file.
    let database = template.join("case/case.sqlite");
    let mut bytes = std::fs::read(&database).unwrap();
    bytes[4096..8192].fill(0xee);
    std::fs::write(&database, &bytes).unwrap();
    let program = on_case(vec!["repair".into(), "CASE".into()]);
    try_all("repair", &template, &program, &mut |root, _, context| {
        let case = root.join("case");
        let again = program(root).output().unwrap();
        assert!(matches!(again.status.code(), Some(0 | 3)), "{context}: {again:?}");
        let now = held(&case, context);
        assert_eq!(now.journal, before.journal, "{context}");
        assert_eq!(now.documents, before.documents, "{context}");
        let damaged = std::fs::read(case.join("damaged-1/case.sqlite")).unwrap();
        assert!(damaged == bytes, "{context}: the damaged database is kept as it was");
    });
}
