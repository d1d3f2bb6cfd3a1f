//! The log under every change of one byte, one line, two lines, and its end.

use std::fs;

use super::*;

fn note(n: usize) -> AuditNote {
    let time = format!("2026-01-01T00:00:{n:02}.000Z");
    AuditNote::new(time, "ana", AuditAction::View, vec![format!("leads/l{n}")])
}

fn log_of(entries: usize) -> (tempfile::TempDir, AuditLog) {
    let folder = tempfile::tempdir().unwrap();
    let log = AuditLog::of(folder.path());
    for n in 0..entries {
        log.append(&[note(n)]).unwrap();
    }
    (folder, log)
}

fn faults(log: &AuditLog) -> Vec<AuditFault> {
    log.verify(&[]).unwrap().findings.into_iter().map(|finding| finding.fault).collect()
}

#[test]
fn a_log_reads_back_as_it_was_written_and_has_no_fault() {
    let (_folder, log) = log_of(3);
    let more = log.append(&[note(3), note(4)]).unwrap();
    assert_eq!(more.iter().map(|e| e.seq).collect::<Vec<_>>(), [4, 5]);
    let entries = log.entries().unwrap();
    assert_eq!(entries.len(), 5);
    assert_eq!(entries[1].subjects, ["leads/l1"]);
    let verified = log.verify(&[]).unwrap();
    assert_eq!((verified.entries, verified.after_head), (5, 0));
    assert!(verified.findings.is_empty());
    assert_eq!(verified.head, log.head().unwrap());
}

#[test]
fn every_changed_byte_is_found() {
    let (_folder, log) = log_of(6);
    let whole = fs::read(log.path()).unwrap();
    for place in 0..whole.len() {
        let mut changed = whole.clone();
        changed[place] ^= 1;
        fs::write(log.path(), &changed).unwrap();
        assert!(!faults(&log).is_empty(), "byte {place} of {}", whole.len());
    }
}

#[test]
fn every_changed_byte_of_the_head_is_found() {
    let (_folder, log) = log_of(12);
    let path = log.folder.join(HEAD);
    let whole = fs::read(&path).unwrap();
    assert_eq!(whole.len(), HEAD_BYTES);
    for place in 0..whole.len() {
        for bit in 0..8 {
            let mut changed = whole.clone();
            changed[place] ^= 1 << bit;
            fs::write(&path, &changed).unwrap();
            assert!(!faults(&log).is_empty(), "byte {place} bit {bit}");
        }
    }
}

#[test]
fn every_removed_repeated_or_moved_line_is_found() {
    let (_folder, log) = log_of(6);
    let text = fs::read_to_string(log.path()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let mut others = Vec::new();
    for i in 0..lines.len() {
        let mut removed = lines.clone();
        removed.remove(i);
        others.push(removed);
        let mut repeated = lines.clone();
        repeated.insert(i, lines[i]);
        others.push(repeated);
        others.push(lines[..i].to_vec());
        others.push(lines[i..].to_vec());
        for j in 0..i {
            let mut moved = lines.clone();
            moved.swap(i, j);
            others.push(moved);
        }
    }
    for other in others.into_iter().filter(|other| *other != lines) {
        let text: String = other.iter().map(|line| line.to_string() + "\n").collect();
        fs::write(log.path(), text).unwrap();
        assert!(!faults(&log).is_empty(), "{other:#?}");
    }
}

#[test]
fn a_rewritten_end_is_found_by_the_head_and_one_with_its_head_by_an_anchor() {
    let (_folder, log) = log_of(4);
    let anchor = log.head().unwrap().unwrap();
    let (_other, forged) = {
        let folder = tempfile::tempdir().unwrap();
        let log = AuditLog::of(folder.path());
        for n in [0, 1, 2, 9] {
            log.append(&[note(n)]).unwrap();
        }
        (folder, log)
    };
    fs::copy(forged.path(), log.path()).unwrap();
    assert_eq!(faults(&log), [AuditFault::NotAsAnchored]);
    fs::copy(forged.folder.join(HEAD), log.folder.join(HEAD)).unwrap();
    assert_eq!(faults(&log), []);
    let found = log.verify(std::slice::from_ref(&anchor)).unwrap().findings;
    assert_eq!(found, [AuditFinding { line: 4, fault: AuditFault::NotAsAnchored }]);
    fs::remove_file(log.path()).unwrap();
    fs::remove_file(log.folder.join(HEAD)).unwrap();
    let found = log.verify(&[anchor]).unwrap().findings;
    assert_eq!(found, [AuditFinding { line: 1, fault: AuditFault::CutOff }]);
}

/// What a kill leaves at any byte of an entry: the log goes on, and says that it was mended.
#[test]
fn a_line_that_was_cut_short_is_told_and_mended_by_the_next() {
    let (_folder, log) = log_of(2);
    let (whole, head) = (fs::read(log.path()).unwrap(), fs::read(log.folder.join(HEAD)).unwrap());
    log.append(&[note(2)]).unwrap();
    let longer = fs::read(log.path()).unwrap();
    for cut in whole.len() + 1..=longer.len() {
        fs::write(log.path(), &longer[..cut]).unwrap();
        fs::write(log.folder.join(HEAD), &head).unwrap();
        let is_whole = cut == longer.len();
        let expected: &[AuditFault] = if is_whole { &[] } else { &[AuditFault::Unfinished] };
        assert_eq!(faults(&log), expected, "cut at {cut}");
        log.append(&[note(3)]).unwrap();
        assert_eq!(faults(&log), [], "cut at {cut}");
        let actions: Vec<AuditAction> =
            log.entries().unwrap().iter().skip(2).map(|entry| entry.action).collect();
        let first = if is_whole { AuditAction::View } else { AuditAction::Mended };
        assert_eq!(actions, [first, AuditAction::View], "cut at {cut}");
    }
}

#[test]
fn nothing_is_written_after_what_is_not_ours() {
    let (_folder, log) = log_of(3);
    let whole = fs::read(log.path()).unwrap();
    let ours = fs::read_to_string(log.path()).unwrap();
    let first = ours.lines().next().unwrap().to_owned();
    for text in [String::new(), format!("{ours}{first}\n"), format!("{ours}hello\n")] {
        fs::write(log.path(), &text).unwrap();
        let refused = log.append(&[note(4)]);
        assert!(matches!(refused, Err(AuditError::Damaged { .. })), "{text}");
        assert_eq!(fs::read_to_string(log.path()).unwrap(), text);
    }
    fs::write(log.path(), whole).unwrap();
    fs::remove_file(log.folder.join(HEAD)).unwrap();
    assert!(matches!(log.append(&[note(4)]), Err(AuditError::Damaged { .. })));
    assert_eq!(faults(&log), [AuditFault::NoHead]);
}

#[test]
fn several_writers_make_one_chain() {
    let (_folder, log) = log_of(0);
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let log = log.clone();
            scope.spawn(move || {
                for n in 0..25 {
                    log.append(&[note(writer * 10 + n % 10)]).unwrap();
                }
            });
        }
    });
    let verified = log.verify(&[]).unwrap();
    assert_eq!((verified.entries, verified.findings.len()), (100, 0));
}

#[test]
fn a_log_that_cannot_be_written_refuses() {
    let folder = tempfile::tempdir().unwrap();
    let log = AuditLog::of(&folder.path().join("nowhere"));
    assert!(matches!(log.append(&[note(0)]), Err(AuditError::Unwritable { .. })));
    assert!(log.check().is_err());
}

#[test]
fn a_kill_before_the_first_line_keeps_no_log_from_beginning() {
    let folder = tempfile::tempdir().unwrap();
    let log = AuditLog::of(folder.path());
    fs::write(log.folder.join(HEAD), "").unwrap();
    fs::write(log.path(), "").unwrap();
    assert_eq!(log.append(&[note(0)]).unwrap()[0].seq, 1);
    // Where lines stand, an emptied head is damage.
    fs::write(log.folder.join(HEAD), "").unwrap();
    assert!(matches!(log.append(&[note(1)]), Err(AuditError::Damaged { .. })));
}
