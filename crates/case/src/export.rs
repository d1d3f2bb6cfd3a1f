//! Leads as files for others: a table, or entities in FtM's terms. Sensitive fields are left out
//! unless asked for.

use model::ftm::write_entity;
use model::{Entity, EntityId};

use crate::{Case, CaseError, CaseView, Facet, Room};

/// What is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// A table, one lead a line.
    Csv,
    /// FtM entities, one lead a line.
    Ftm,
}

/// Properties of people that concern relatives, ways to reach them, papers or free text.
const SENSITIVE: [&str; 12] = [
    "motherName",
    "fatherName",
    "phone",
    "email",
    "address",
    "country",
    "idNumber",
    "passportNumber",
    "notes",
    "education",
    "profession",
    "religion",
];

/// Signs by which a table calculator takes a cell for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

const COLUMNS: [&str; 19] = [
    "id",
    "rank",
    "status",
    "life",
    "name",
    "other_names",
    "records",
    "nationality",
    "entry_point",
    "entry_month",
    "list",
    "list_entry",
    "list_name",
    "score",
    "decided",
    "decided_by",
    "decided_at",
    "reason",
    "documents",
];

impl Room {
    /// Leads as a file.
    ///
    /// # Errors
    /// Those of the store.
    pub fn export(
        &self,
        view: &CaseView,
        places: &[usize],
        format: ExportFormat,
        sensitive: bool,
    ) -> Result<Vec<u8>, CaseError> {
        match format {
            ExportFormat::Csv => table(view, places),
            ExportFormat::Ftm => self.read(|case| case.entities(view, places, sensitive)),
        }
    }
}

/// A cell that no program takes for a formula.
pub fn safe_cell(text: &str) -> String {
    if text.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() }
}

fn table(view: &CaseView, places: &[usize]) -> Result<Vec<u8>, CaseError> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let failed = |e: csv::Error| CaseError::Export { source: std::io::Error::other(e) };
    out.write_record(COLUMNS).map_err(failed)?;
    for &place in places {
        let Some(row) = view.people.rows.get(place) else { continue };
        let state = view.journal.state(place);
        let joined = |facet| view.facet_values(facet, place).collect::<Vec<_>>().join("; ");
        let best = row.best.as_ref();
        let decided = state.settled();
        let documents = row.members.iter().filter_map(|m| view.ledger.records.get(m));
        let mut paths: Vec<String> =
            documents.filter_map(|f| f.document.as_ref()).map(|d| view.ledger.path(d)).collect();
        paths.sort();
        paths.dedup();
        let cells = [
            row.id.to_string(),
            row.rank.to_string(),
            row.status.as_str().to_owned(),
            crate::view::people::life_word(row.life).to_owned(),
            row.names.first().cloned().unwrap_or_default(),
            row.names.get(1..).unwrap_or_default().join("; "),
            row.members.len().to_string(),
            joined(Facet::Country),
            joined(Facet::EntryPoint),
            joined(Facet::Month),
            best.map(|b| b.dataset.to_string()).unwrap_or_default(),
            best.map(|b| b.entity_id.to_string()).unwrap_or_default(),
            best.map(|b| b.caption.clone()).unwrap_or_default(),
            best.map(|b| format!("{:.3}", b.score)).unwrap_or_default(),
            decided.map(|d| d.status.as_str().to_owned()).unwrap_or_default(),
            decided.map(|d| d.user.clone()).unwrap_or_default(),
            decided.map(|d| d.time.clone()).unwrap_or_default(),
            decided.and_then(|d| d.reason.clone()).unwrap_or_default(),
            paths.join("; "),
        ];
        out.write_record(cells.iter().map(|cell| safe_cell(cell))).map_err(failed)?;
    }
    out.into_inner().map_err(|e| CaseError::Export { source: std::io::Error::other(e.to_string()) })
}

impl Case {
    fn entities(
        &self,
        view: &CaseView,
        places: &[usize],
        sensitive: bool,
    ) -> Result<Vec<u8>, CaseError> {
        let mut out = Vec::new();
        for row in places.iter().filter_map(|place| view.people.rows.get(*place)) {
            let mut person = Entity::new(EntityId::from(row.id.as_str()), "Person");
            for member in &row.members {
                let corrected = view.amended.get(member);
                let statements = match corrected {
                    Some(amendment) => amendment.person.all().cloned().collect(),
                    None => self.store.entity_statements(member)?,
                };
                for statement in statements {
                    if sensitive || !SENSITIVE.contains(&&*statement.prop) {
                        person.add(statement);
                    }
                }
                if member.as_str() != row.id.as_str() {
                    person.referents.insert(member.clone());
                }
            }
            write_entity(&mut out, &person)
                .map_err(|e| CaseError::Export { source: std::io::Error::other(e) })?;
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(
            safe_cell("=HYPERLINK(\"http://evil.invalid\")"),
            "'=HYPERLINK(\"http://evil.invalid\")"
        );
        assert_eq!(safe_cell("@sum"), "'@sum");
        assert_eq!(safe_cell("سمير"), "سمير");
    }
}
