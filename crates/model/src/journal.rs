//! The journal of a case: all that people did to it, one entry after the other.
//!
//! Append-only. Nothing is edited: an entry is taken back by an [`Act::Undo`], and that by another.
//! What holds at any time is the fold ([`standing`]) of the entries before. It tells nothing of who
//! looked at what: that is the audit log.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{Citation, DatasetName, Decision, EntityId, Grade, Judgement, LeadId, LifeStatus};

/// One entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number, from 1, without gaps.
    pub seq: u64,
    /// What was done.
    #[serde(flatten)]
    pub act: Act,
    /// Who, when, why, on what.
    #[serde(flatten)]
    pub by: By,
}

/// Who did it, when, why, and which lists were loaded then.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    /// Name of the account, or of the analyst who works alone.
    pub user: String,
    /// When: ISO 8601, UTC, with milliseconds.
    pub time: String,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Name of what was done at one go, and is taken back at one go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
    /// SHA-256 of each list that was loaded.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub lists: BTreeMap<DatasetName, String>,
}

/// What can be done to a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "act", content = "what", rename_all = "snake_case")]
pub enum Act {
    /// A pair was judged; the last standing one on a pair counts.
    Judgement(Judgement),
    /// A lead was decided on.
    Decision(Decision),
    /// A value of a form was corrected; the last standing one on a question counts.
    Correction(Correction),
    /// Somebody said whether a person lives.
    LifeClaim(LifeClaim),
    /// A source or a claim was graded.
    Grading(Grading),
    /// A note was written.
    Note(Note),
    /// A lead was given to somebody, or to nobody.
    Assignment(Assignment),
    /// A mark was put on something or taken off.
    Mark(Mark),
    /// A lead came up again, by the program: what it rests on is not what it was.
    Reopening(Reopening),
    /// An entry, or all of a batch, was taken back.
    Undo(Undo),
}

/// A corrected value. The form's own statement stays beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The record: the person of one form.
    pub record: EntityId,
    /// The key of the question, for example `birth_date`.
    pub key: String,
    /// What stood there, as it was read; empty if nothing was.
    pub before: String,
    /// What stands on the page; `None` if nothing does.
    pub written: Option<String>,
}

/// A person's word on whether somebody lives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LifeClaim {
    /// The record or list entry it is about.
    pub entity: EntityId,
    /// What is said.
    pub life: LifeStatus,
    /// The day it speaks of, ISO 8601, maybe partial.
    pub date: Option<String>,
    /// The words, or what was seen.
    pub text: String,
    /// Where it stands, if in a document of the case.
    pub citation: Option<Citation>,
    /// How far to trust it.
    pub grade: Grade,
}

/// A grade given to a statement of condition, or to a whole source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grading {
    /// What is graded.
    pub subject: Subject,
    /// The grade.
    pub grade: Grade,
}

/// A note in free text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What it is about.
    pub subject: Subject,
    /// The text.
    pub text: String,
}

/// Who has to look at a lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// The lead.
    pub lead_id: LeadId,
    /// The account; `None` takes it from whoever had it.
    pub to: Option<String>,
    /// Until when, ISO 8601 day.
    pub due: Option<String>,
}

/// A mark: a tag, a subject category, a restriction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// What carries it.
    pub subject: Subject,
    /// What kind of mark: `tag`, `category`, `handling`, `restricted`, `erased`.
    pub kind: String,
    /// The mark.
    pub value: String,
    /// False if it was taken off.
    pub on: bool,
}

/// Why a lead came up again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reopening {
    /// The lead.
    pub lead_id: LeadId,
    /// What changed: `list`, `members`, `correction`, `cache`.
    pub cause: String,
}

/// What an act is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Subject {
    /// A lead.
    Lead(LeadId),
    /// A record or a list entry.
    Entity(EntityId),
    /// A document, by its hash.
    Document(crate::DocumentId),
    /// A dataset.
    Dataset(DatasetName),
}

/// What is taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Undo {
    /// One entry, by number.
    Entry(u64),
    /// All entries of a batch before this one.
    Batch(String),
}

/// The entries that hold, oldest first: those that no standing undo takes back. An undo that was
/// itself taken back takes nothing back.
pub fn standing(entries: &[Entry]) -> Vec<&Entry> {
    let mut gone: BTreeSet<u64> = BTreeSet::new();
    // Backwards: whether an undo holds is known before what it takes back is met.
    for entry in entries.iter().rev() {
        if gone.contains(&entry.seq) {
            continue;
        }
        match &entry.act {
            Act::Undo(Undo::Entry(seq)) if *seq < entry.seq => {
                gone.insert(*seq);
            }
            Act::Undo(Undo::Batch(batch)) => {
                let before = entries.iter().filter(|e| e.seq < entry.seq);
                let taken = before.filter(|e| e.by.batch.as_ref() == Some(batch));
                gone.extend(taken.map(|e| e.seq));
            }
            _ => {}
        }
    }
    entries.iter().filter(|e| !gone.contains(&e.seq)).collect()
}

/// The standing judgements, oldest first.
pub fn judgements(entries: &[Entry]) -> Vec<Judgement> {
    let standing = standing(entries).into_iter();
    standing
        .filter_map(|entry| match &entry.act {
            Act::Judgement(judgement) => Some(judgement.clone()),
            _ => None,
        })
        .collect()
}

impl Act {
    /// The word for it, on the wire and in the store.
    pub fn kind(&self) -> &'static str {
        match self {
            Act::Judgement(_) => "judgement",
            Act::Decision(_) => "decision",
            Act::Correction(_) => "correction",
            Act::LifeClaim(_) => "life_claim",
            Act::Grading(_) => "grading",
            Act::Note(_) => "note",
            Act::Assignment(_) => "assignment",
            Act::Mark(_) => "mark",
            Act::Reopening(_) => "reopening",
            Act::Undo(_) => "undo",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Verdict;

    fn entry(seq: u64, act: Act, batch: Option<&str>) -> Entry {
        let by = By { batch: batch.map(str::to_owned), ..By::default() };
        Entry { seq, act, by }
    }

    fn judged(seq: u64, batch: Option<&str>) -> Entry {
        let judgement = Judgement::new("a".into(), "b".into(), Verdict::Same);
        entry(seq, Act::Judgement(judgement), batch)
    }

    fn seqs(entries: &[Entry]) -> Vec<u64> {
        standing(entries).into_iter().map(|e| e.seq).collect()
    }

    #[test]
    fn an_undo_takes_an_entry_back_and_its_own_undo_brings_it_again() {
        let mut entries = vec![judged(1, None), judged(2, None)];
        entries.push(entry(3, Act::Undo(Undo::Entry(1)), None));
        assert_eq!(seqs(&entries), [2, 3]);
        entries.push(entry(4, Act::Undo(Undo::Entry(3)), None));
        assert_eq!(seqs(&entries), [1, 2, 4]);
    }

    #[test]
    fn a_batch_goes_at_one_go_and_later_entries_of_its_name_stay() {
        let mut entries = vec![judged(1, Some("x")), judged(2, None), judged(3, Some("x"))];
        entries.push(entry(4, Act::Undo(Undo::Batch("x".into())), None));
        entries.push(judged(5, Some("x")));
        assert_eq!(seqs(&entries), [2, 4, 5]);
    }

    #[test]
    fn an_undo_never_reaches_forward() {
        let entries = [entry(1, Act::Undo(Undo::Entry(2)), None), judged(2, None)];
        assert_eq!(seqs(&entries), [1, 2]);
    }

    #[test]
    fn entries_read_back_as_they_were_written() {
        let note = Note { subject: Subject::Lead("l1".into()), text: "seen".into() };
        let entry = entry(7, Act::Note(note), Some("b"));
        let text = serde_json::to_string(&entry).unwrap();
        assert!(text.contains(r#""act":"note""#), "{text}");
        assert_eq!(serde_json::from_str::<Entry>(&text).unwrap(), entry);
    }
}
