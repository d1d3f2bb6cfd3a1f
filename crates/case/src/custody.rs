//! Custody: who brought what, and whether the case folder is still what it was.
//!
//! The case folder is a bag (BagIt); the store keeps its manifests. Here is what they say of each
//! acquisition, and when they are written: the case is unsealed before work that changes it and
//! sealed after. A kill in between leaves it unsealed, which `verify` tells.

use std::collections::BTreeMap;

use jiff::Timestamp;
use model::{Accounting, DatasetKind, DatasetName, Document};
use store::{StoredDataset, Verification};

use crate::{Case, CaseError, Progress};

/// What is known of how files came to the desk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acquisition {
    /// Who acquired them.
    pub by: Option<String>,
    /// From whom they came.
    pub from: Option<String>,
    /// On what: a stick, a phone, a mail.
    pub device: Option<String>,
    /// Anything else.
    pub note: Option<String>,
}

/// Keys of the note in the facts of a dataset, with their labels in the written note.
const FACTS: [(&str, &str); 6] = [
    ("acquired_at", "Acquired at"),
    ("acquired_by", "Acquired by"),
    ("acquired_from", "Acquired from"),
    ("acquired_device", "Device"),
    ("acquired_note", "Note"),
    ("acquired_path", "Path when acquired"),
];

impl Acquisition {
    /// The facts of a dataset: those it has, and what is stated now; the time is that of the first.
    pub(crate) fn facts(
        &self,
        known: &BTreeMap<String, String>,
        path: &std::path::Path,
    ) -> BTreeMap<String, String> {
        let mut facts = known.clone();
        facts.entry("acquired_at".to_owned()).or_insert_with(|| Timestamp::now().to_string());
        facts.entry("acquired_path".to_owned()).or_insert_with(|| path.display().to_string());
        let stated = [
            ("acquired_by", &self.by),
            ("acquired_from", &self.from),
            ("acquired_device", &self.device),
            ("acquired_note", &self.note),
        ];
        for (key, value) in stated {
            if let Some(value) = value.as_ref().filter(|value| !value.trim().is_empty()) {
                facts.insert(key.to_owned(), value.trim().to_owned());
            }
        }
        facts
    }
}

impl Case {
    /// Hashes all that was sealed and compares. `progress` hears of each file.
    pub fn verify(&self, progress: &dyn Progress) -> Result<Verification, CaseError> {
        progress.begin("verifying", Some(self.store.payload_files()?));
        let mut verified = self.store.verify(&|| progress.advance(1))?;
        // The log goes on while the case is sealed; it is held to its chain, not to its bytes.
        let log = crate::verify_audit(self.folder(), None)?;
        if !log.findings.is_empty() {
            let file = store::AuditLog::NAME.to_owned();
            verified.findings.push(store::Finding { file, fault: store::Fault::Changed });
        }
        progress.end();
        Ok(verified)
    }

    /// What became of the files, by dataset.
    pub fn accounting(&self) -> Result<BTreeMap<DatasetName, Accounting>, CaseError> {
        let mut sums: BTreeMap<DatasetName, Accounting> = BTreeMap::new();
        for (dataset, document) in self.store.documents()? {
            sums.entry(dataset).or_default().add(document.state);
        }
        Ok(sums)
    }

    /// The path that the first files of a dataset came from, if it is another one.
    pub(crate) fn acquired_elsewhere(
        &self,
        name: &DatasetName,
        path: &std::path::Path,
    ) -> Result<Option<String>, CaseError> {
        let known = self.store.datasets()?.into_iter().find(|known| known.dataset.name == *name);
        let before = known.and_then(|known| known.info.get("acquired_path").cloned());
        Ok(before.filter(|before| *before != path.display().to_string()))
    }

    /// Runs work that changes the case between unsealing and sealing it.
    pub(crate) fn unsealed<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, CaseError>,
    ) -> Result<T, CaseError> {
        self.store.unseal()?;
        match work(self) {
            Ok(outcome) => self.seal().map(|()| outcome),
            Err(error) => {
                // What was done before it failed is whole. Should sealing fail as well, the case
                // stays unsealed, which `verify` tells.
                let _ = self.seal();
                Err(error)
            }
        }
    }

    /// Writes the notes of acquisition and the manifests.
    pub(crate) fn seal(&self) -> Result<(), CaseError> {
        let datasets = self.store.datasets()?;
        let documents = self.store.documents()?;
        let mut info = vec![
            ("Bag-Software-Agent", concat!("crossroll ", env!("CARGO_PKG_VERSION")).to_owned()),
            ("External-Description", "files of a case, each named by its SHA-256".to_owned()),
        ];
        if let Some(head) = self.audit_head_line()? {
            info.push((crate::audit::SEALED_HEAD, head));
        }
        let mut notes = BTreeMap::new();
        let caches = datasets.iter().filter(|d| d.dataset.kind == DatasetKind::Cache);
        for (number, stored) in (1_u32..).zip(caches) {
            let name = &stored.dataset.name;
            let at = stored.info.get("acquired_at").filter(|_| number == 1);
            if let Some(date) = at.and_then(|at| at.get(..10)) {
                info.push(("Bagging-Date", date.to_owned()));
            }
            info.push(("Source-Identifier", name.to_string()));
            let rows: Vec<&Document> =
                documents.iter().filter(|(d, _)| d == name).map(|(_, document)| document).collect();
            let file = note_name(number, name);
            notes.insert(format!("{file}.txt"), note(stored, &rows));
            notes.insert(format!("{file}.tsv"), ledger(&rows));
        }
        Ok(self.store.seal(&info, &notes)?)
    }
}

/// The name of the note of a dataset, the `number`th of those with files, without its ending.
pub(crate) fn note_name(number: u32, name: &DatasetName) -> String {
    format!("{number:04}-{}", file_name(name))
}

fn file_name(name: &DatasetName) -> String {
    name.as_str()
        .chars()
        .map(|c| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '_' })
        .collect()
}

fn note(stored: &StoredDataset, rows: &[&Document]) -> String {
    let mut text = format!("Acquisition of {}\n\n", stored.dataset.title);
    for (key, label) in FACTS {
        let stated = stored.info.get(key).map_or("not stated", String::as_str);
        text.extend([label, ": ", stated, "\n"]);
    }
    let accounting: Accounting = rows.iter().copied().collect();
    text + "\n" + &accounting.to_string() + "\n"
}

/// The ledger as a table of text: readable without this program.
fn ledger(rows: &[&Document]) -> String {
    let mut text = "sha256\tsize\tstate\tmedia_type\tpath\treason\n".to_owned();
    for row in rows {
        let cells = [
            row.id.to_string(),
            row.size.to_string(),
            row.state.to_string(),
            row.media_type.clone(),
            cell(&row.path),
            cell(row.reason.as_deref().unwrap_or_default()),
        ];
        text.extend([&cells.join("\t"), "\n"]);
    }
    text
}

/// A value in one cell of one line.
fn cell(value: &str) -> String {
    value.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}
