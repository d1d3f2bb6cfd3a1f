//! What people said, ready to be put beside what was read: judgements on list entries, claims of life,
//! grades.
//!
//! Of several judgements on one entry, by this or another record of the person, the last counts.
//! Grades and claims change nothing that was read; both stay.

use std::collections::{BTreeMap, BTreeSet};

use model::journal::LifeClaim;
use model::{By, Claim, DatasetName, EntityId, Grade, Standing, Subject, Word};

/// The dataset that a person's own claim is said by.
pub const JOURNAL: &str = "journal";

/// What people said of records and list entries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    /// By record, then by list entry, with the place in the order of the journal.
    judged: BTreeMap<EntityId, BTreeMap<EntityId, (usize, Word)>>,
    life: BTreeMap<EntityId, Vec<Claim>>,
    gradings: BTreeMap<Subject, Grade>,
}

impl Words {
    /// Takes up what stands.
    pub fn of(standing: &Standing) -> Self {
        let mut words = Self { gradings: standing.gradings.clone(), ..Self::default() };
        for (at, (judgement, by)) in standing.judgements.iter().enumerate() {
            let word = Word {
                verdict: judgement.verdict,
                relation: judgement.relation.clone(),
                user: by.user.clone(),
                time: by.time.clone(),
                reason: by.reason.clone(),
            };
            let of_record = words.judged.entry(judgement.left.clone()).or_default();
            of_record.insert(judgement.right.clone(), (at, word));
        }
        for (claim, by) in &standing.life_claims {
            words.life.entry(claim.entity.clone()).or_default().push(claimed(claim, by));
        }
        words
    }

    /// What was said last of these records and a list entry.
    pub fn on(&self, members: &[EntityId], entry: &EntityId) -> Option<&Word> {
        let said = members.iter().filter_map(|member| self.judged.get(member)?.get(entry));
        said.max_by_key(|(at, _)| *at).map(|(_, word)| word)
    }

    /// The other side of every judgement on these records: list entries, and other records.
    pub fn judged_with(&self, members: &[EntityId]) -> BTreeSet<&EntityId> {
        members
            .iter()
            .filter_map(|member| self.judged.get(member))
            .flat_map(|by| by.keys())
            .collect()
    }

    /// What people said of whether these records or entries live, oldest first for each.
    pub fn life_of<'a>(
        &'a self,
        entities: impl IntoIterator<Item = &'a EntityId>,
    ) -> impl Iterator<Item = &'a Claim> {
        entities.into_iter().filter_map(|entity| self.life.get(entity)).flatten()
    }

    /// Puts the grade into a claim that was given one: its entity's, else its document's, else its
    /// dataset's.
    pub(crate) fn grade(&self, claim: &mut Claim) {
        let document = claim.citation.as_ref().map(|c| Subject::Document(c.document.clone()));
        // A form is graded under the record that it is of.
        let record = claim.subject.as_str().split_once('.').map(|(record, _)| record.into());
        let subjects = [
            Some(Subject::Entity(claim.subject.clone())),
            record.map(Subject::Entity),
            document,
            Some(Subject::Dataset(claim.dataset.clone())),
        ];
        let mut graded = subjects.into_iter().flatten();
        if let Some(grade) = graded.find_map(|subject| self.gradings.get(&subject)) {
            claim.grade = *grade;
        }
    }

    /// The records and entries of which something is said other than in `former`.
    pub fn touched_since(&self, former: &Words) -> BTreeSet<EntityId> {
        let mut touched = differing(&self.judged, &former.judged);
        touched.extend(differing(&self.life, &former.life));
        let graded = differing(&self.gradings, &former.gradings).into_iter();
        touched.extend(graded.filter_map(|subject| match subject {
            Subject::Entity(entity) => Some(entity),
            Subject::Lead(_) | Subject::Document(_) | Subject::Dataset(_) => None,
        }));
        touched
    }

    /// Whether a document or a dataset was graded otherwise than in `former`: anybody's claims may be
    /// of it.
    pub fn is_source_regraded(&self, former: &Words) -> bool {
        let is_source =
            |subject: &Subject| matches!(subject, Subject::Document(_) | Subject::Dataset(_));
        differing(&self.gradings, &former.gradings).iter().any(is_source)
    }
}

/// The keys under which two tables differ.
fn differing<K: Ord + Clone, V: PartialEq>(
    left: &BTreeMap<K, V>,
    right: &BTreeMap<K, V>,
) -> BTreeSet<K> {
    let differs = |key: &&K| left.get(key) != right.get(key);
    left.keys().chain(right.keys()).filter(differs).cloned().collect()
}

fn claimed(claim: &LifeClaim, by: &By) -> Claim {
    Claim {
        subject: claim.entity.clone(),
        life: claim.life,
        date: claim.date.clone(),
        text: claim.text.clone(),
        dataset: DatasetName::from(JOURNAL),
        by: Some(by.user.clone()),
        citation: claim.citation.clone(),
        grade: claim.grade,
    }
}
