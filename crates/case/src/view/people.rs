//! The leads as rows: what the queue shows, filters and sorts by. The whole of a lead stays in the
//! store.
//!
//! Rows of leads that say what they said are taken over from the view before, with their new place, so
//! that a change of one lead costs no reading of all.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use model::{DatasetName, EntityId, Lead, LeadId, LifeStatus, Status};
use rayon::prelude::*;
use store::{LeadHead, parse_lead};

use super::amended::Amended;
use super::facets::{Column, Facet};
use super::facts_of;
use super::ledger::{Ledger, RecordFacts};
use crate::{Case, CaseError};

/// The leads.
#[derive(Debug, Default)]
pub struct People {
    /// By rank.
    pub rows: Vec<Arc<LeadRow>>,
    /// Facets that the results give, in the order of [`Facet::OF_RESULTS`].
    pub(crate) columns: Vec<Column>,
    by_id: BTreeMap<LeadId, usize>,
    by_member: BTreeMap<EntityId, usize>,
    by_name: BTreeMap<Arc<str>, usize>,
}

/// A lead as the queue shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct LeadRow {
    /// The lead.
    pub id: LeadId,
    /// Its records, in order.
    pub members: Vec<EntityId>,
    /// The proposed status.
    pub status: Status,
    /// The reported life status.
    pub life: LifeStatus,
    /// Names in all spellings, the most telling first.
    pub names: Vec<String>,
    /// Place in the queue, from 1.
    pub rank: u32,
    /// Points behind it.
    pub points: f64,
    /// Why this status and rank.
    pub reasons: Vec<String>,
    /// The rules that gave points, each with them.
    pub rules: Vec<(String, f64)>,
    /// List entries that it may be.
    pub matches: usize,
    /// The best of them.
    pub best: Option<BestMatch>,
    /// Lists with an entry that is not ruled out.
    pub lists: Vec<DatasetName>,
    /// Grades of its claims, for example `F6`.
    pub grades: Vec<String>,
    /// What a text filter looks in: names folded, in their script and in Latin letters, the consonants of
    /// their words, and the id.
    pub(crate) haystack: String,
    /// Its names folded, each once, in order.
    folded: Vec<Arc<str>>,
    /// Hash of what is stored of it without its rank.
    stamp: u64,
}

/// The best list entry of a lead.
#[derive(Clone, Debug, PartialEq)]
pub struct BestMatch {
    /// The list.
    pub dataset: DatasetName,
    /// The entry.
    pub entity_id: EntityId,
    /// What the list calls it.
    pub caption: String,
    /// How well the two agree.
    pub score: f64,
    /// Match probability.
    pub probability: f64,
    /// What it alone would propose.
    pub proposes: Status,
    /// Nothing but names speaks for it.
    pub name_only: bool,
}

impl People {
    /// The place of a lead, by its id or that of one of its records.
    pub fn place_of(&self, id: &str) -> Option<usize> {
        let by_id = self.by_id.get(&LeadId::from(id));
        by_id.or_else(|| self.by_member.get(&EntityId::from(id))).copied()
    }

    /// How many leads bear a name, spellings of one script folded.
    pub fn bearers(&self, name: &str) -> usize {
        self.by_name.get(names::fold(name).as_str()).copied().unwrap_or_default()
    }

    /// The column of a facet that the results give.
    pub(crate) fn column(&self, facet: Facet) -> Option<&Column> {
        let place = Facet::OF_RESULTS.iter().position(|f| *f == facet)?;
        self.columns.get(place)
    }

    fn add(
        &mut self,
        row: Arc<LeadRow>,
        (ledger, amended): (&Ledger, &Amended),
        points: &mut EntryPoints,
    ) {
        let place = self.rows.len();
        self.by_id.insert(row.id.clone(), place);
        for member in &row.members {
            self.by_member.insert(member.clone(), place);
        }
        for name in &row.folded {
            *self.by_name.entry(Arc::clone(name)).or_default() += 1;
        }
        let facts: Vec<&RecordFacts> =
            row.members.iter().filter_map(|member| facts_of(ledger, amended, member)).collect();
        for (facet, column) in Facet::OF_RESULTS.into_iter().zip(&mut self.columns) {
            let values = values_of(facet, &row, &facts, points);
            column.push(values.iter().map(String::as_str));
        }
        self.rows.push(row);
    }
}

impl Case {
    /// Reads the leads; of those that say what they said before nothing but the place in the queue. Where
    /// it is known which alone may say something else, the others are not looked at.
    pub(crate) fn read_people(
        &self,
        (ledger, amended): (&Ledger, &Amended),
        before: &People,
        touched: Option<&BTreeSet<LeadId>>,
    ) -> Result<People, CaseError> {
        let known: BTreeMap<&LeadId, &Arc<LeadRow>> =
            before.rows.iter().map(|row| (&row.id, row)).collect();
        let same = |head: &LeadHead| {
            known.get(&head.id).filter(|row| row.stamp == head.stamp).map(|row| Arc::clone(row))
        };
        let heads = match touched {
            Some(touched) => self.store.lead_heads_where(|id| {
                known.get(id).filter(|_| !touched.contains(id)).map(|row| row.stamp)
            })?,
            None => self.store.lead_heads()?,
        };
        let others: Vec<&LeadHead> = heads.iter().filter(|head| same(head).is_none()).collect();
        let mut read = if others.len() > FEW { self.read_rows()? } else { BTreeMap::new() };
        if read.is_empty() {
            for head in others {
                let lead = self.store.lead(&head.id)?;
                read.extend(lead.map(|lead| (head.id.clone(), row_of(&lead))));
            }
        }
        let columns = Facet::OF_RESULTS.map(|_| Column::default()).into();
        let mut people = People { columns, ..People::default() };
        let mut points = EntryPoints::default();
        for head in &heads {
            let row = match same(head) {
                Some(row) => row,
                // One that is gone by now is missed by the next look, which is due then.
                None => match read.remove(&head.id) {
                    Some(row) => Arc::new(LeadRow { stamp: head.stamp, ..row }),
                    None => continue,
                },
            };
            people.add(ranked(row, head), (ledger, amended), &mut points);
        }
        Ok(people)
    }

    /// The rows of all leads.
    fn read_rows(&self) -> Result<BTreeMap<LeadId, LeadRow>, CaseError> {
        let mut all: BTreeMap<LeadId, LeadRow> = BTreeMap::new();
        let mut texts: Vec<String> = Vec::new();
        let mut failed = None;
        let mut read = |texts: &mut Vec<String>| {
            let made: Result<Vec<LeadRow>, _> = std::mem::take(texts)
                .into_par_iter()
                .map(|text| parse_lead(&text).map(|lead| row_of(&lead)))
                .collect();
            match made {
                Ok(made) => all.extend(made.into_iter().map(|row| (row.id.clone(), row))),
                Err(error) => failed = Some(error),
            }
        };
        self.store.each_lead_text(|text| {
            texts.push(text.to_owned());
            if texts.len() >= TEXTS_MAX {
                read(&mut texts);
            }
        })?;
        read(&mut texts);
        match failed {
            Some(error) => Err(error.into()),
            None => Ok(all),
        }
    }
}

/// How the reason begins that tells the rules of rank.
const RANKED: &str = "rank: ";
/// Stored leads that are held in memory at one time while they are read. Chosen by hand.
const TEXTS_MAX: usize = 1024;
/// Leads that are read one by one; of more, all are read at one go. Chosen by hand.
const FEW: usize = 256;

/// The row with its place in the queue as it is now.
fn ranked(mut row: Arc<LeadRow>, head: &LeadHead) -> Arc<LeadRow> {
    let line = row.reasons.last().filter(|reason| reason.starts_with(RANKED));
    if (row.rank, row.points) == (head.rank, head.points) && line == head.line.as_ref() {
        return row;
    }
    let has_line = line.is_some();
    let new = Arc::make_mut(&mut row);
    (new.rank, new.points) = (head.rank, head.points);
    if has_line {
        new.reasons.pop();
    }
    new.reasons.extend(head.line.clone());
    new.rules = new.reasons.iter().flat_map(|reason| rules_of(reason)).collect();
    row
}

#[cfg(test)]
fn blank_row() -> LeadRow {
    LeadRow {
        id: LeadId::from(""),
        members: Vec::new(),
        status: Status::TooLittleData,
        life: LifeStatus::Unknown,
        names: Vec::new(),
        rank: 0,
        points: 0.0,
        reasons: Vec::new(),
        rules: Vec::new(),
        matches: 0,
        best: None,
        lists: Vec::new(),
        grades: Vec::new(),
        haystack: String::new(),
        folded: Vec::new(),
        stamp: 0,
    }
}

/// The row of a lead.
fn row_of(lead: &Lead) -> LeadRow {
    let live = lead.matches.iter().filter(|m| m.proposes != Status::NotFound);
    let mut lists: Vec<DatasetName> = live.map(|m| m.dataset.clone()).collect();
    lists.sort();
    lists.dedup();
    let mut grades: Vec<String> = lead.claims.iter().map(|c| grade_word(c.grade)).collect();
    grades.sort();
    grades.dedup();
    let mut folded: Vec<Arc<str>> =
        lead.names.iter().map(|name| names::fold(name).into()).collect();
    folded.sort();
    folded.dedup();
    let best = lead.matches.first().map(|m| BestMatch {
        dataset: m.dataset.clone(),
        entity_id: m.entity_id.clone(),
        caption: m.caption.clone(),
        score: m.score,
        probability: m.probability,
        proposes: m.proposes,
        name_only: m.explanation.is_name_only(),
    });
    LeadRow {
        id: lead.id.clone(),
        members: lead.members.clone(),
        status: lead.status,
        life: lead.life,
        names: lead.names.clone(),
        rank: lead.rank,
        points: lead.points,
        reasons: lead.reasons.clone(),
        rules: lead.reasons.iter().flat_map(|reason| rules_of(reason)).collect(),
        matches: lead.matches.len(),
        best,
        lists,
        grades,
        haystack: haystack(lead),
        folded,
        stamp: 0,
    }
}

fn haystack(lead: &Lead) -> String {
    let mut text = lead.id.to_string();
    for name in &lead.names {
        let folded = names::fold(name);
        let latin: Vec<String> = folded.split(' ').map(names::romanize).collect();
        text.extend(["\n", &folded, "\n", &latin.join(" ")]);
        for sound in latin.iter().filter_map(|word| sound_of(word)) {
            text.push_str(&sound);
        }
    }
    text
}

/// What stands in the haystack for the consonants that a word in Latin letters sounds with, and for the
/// beginning of those of a word that is looked for; `None` of a word with too few.
pub(crate) fn sound_of(word: &str) -> Option<String> {
    /// Consonants, at least: with two, half of the names have some word that begins so.
    const CONSONANTS_MIN: usize = 3;
    let sound = if word.is_ascii() { names::Rarity::skeleton(word) } else { String::new() };
    // The sign keeps it from being met in the middle of a word, or by a word as it is written.
    (sound.len() >= CONSONANTS_MIN).then(|| format!("\u{1}{sound}"))
}

/// The grade as people write it: `B2`.
pub(crate) fn grade_word(grade: model::Grade) -> String {
    format!("{:?}{}", grade.reliability, grade.credibility as u8 + 1)
}

/// Rules and points out of the line that `triage` writes: `rank: NAME +40, NAME +5`.
fn rules_of(reason: &str) -> Vec<(String, f64)> {
    let Some(rest) = reason.strip_prefix(RANKED) else { return Vec::new() };
    let mut rules = Vec::new();
    let mut name = String::new();
    // A name may hold a comma; points end a rule.
    for piece in rest.split(", ") {
        if !name.is_empty() {
            name.push_str(", ");
        }
        name.push_str(piece);
        let ended = name.rsplit_once(' ').and_then(|(rule, points)| {
            let signed = points.starts_with(['+', '-']);
            Some((rule.to_owned(), points.parse().ok().filter(|_| signed)?))
        });
        if let Some(rule) = ended {
            rules.push(rule);
            name.clear();
        }
    }
    rules
}

/// Spellings of points of entry, by their folded form: the first one met stands for all.
#[derive(Default)]
struct EntryPoints(BTreeMap<String, String>);

/// Keys whose absence in all records of a person is worth a filter.
const MISSING: [forms::Key; 8] = [
    forms::Key::FullName,
    forms::Key::Kunya,
    forms::Key::MotherName,
    forms::Key::BirthDate,
    forms::Key::Nationality,
    forms::Key::EntryPoint,
    forms::Key::EntryDate,
    forms::Key::Contact,
];

fn values_of(
    facet: Facet,
    row: &LeadRow,
    facts: &[&RecordFacts],
    points: &mut EntryPoints,
) -> Vec<String> {
    let maybe = |take: fn(&RecordFacts) -> Option<&String>| -> Vec<String> {
        facts.iter().filter_map(|f| take(f)).cloned().collect()
    };
    match facet {
        Facet::Status => vec![row.status.as_str().to_owned()],
        Facet::Life => vec![life_word(row.life).to_owned()],
        Facet::Country => facts.iter().flat_map(|f| f.countries.iter().cloned()).collect(),
        Facet::EntryPoint => maybe(|f| f.entry_point.as_ref())
            .into_iter()
            .map(|point| points.0.entry(names::fold(&point)).or_insert(point).clone())
            .collect(),
        Facet::Month => facts
            .iter()
            .filter_map(|f| f.entry_date.as_deref()?.get(..7))
            .map(str::to_owned)
            .collect(),
        Facet::Age => facts.iter().filter_map(|f| age_band(f)).map(str::to_owned).collect(),
        Facet::Role => maybe(|f| f.role.as_ref()),
        Facet::List => row.lists.iter().map(ToString::to_string).collect(),
        Facet::Grade => row.grades.clone(),
        Facet::Missing => MISSING
            .into_iter()
            .filter(|key| !facts.iter().any(|f| f.states(*key)))
            .map(|key| key.as_str().to_owned())
            .collect(),
        Facet::Rule => row.rules.iter().map(|(name, _)| name.clone()).collect(),
        Facet::Sheet => maybe(|f| f.sheet.as_ref()),
        Facet::Decided | Facet::Assignee | Facet::Tag => Vec::new(),
    }
}

/// The life status on the wire.
pub(crate) fn life_word(life: LifeStatus) -> &'static str {
    match life {
        LifeStatus::Unknown => "unknown",
        LifeStatus::ReportedDead => "reported_dead",
        LifeStatus::Disputed => "disputed",
    }
}

/// Age at entry by the years alone, in bands.
fn age_band(facts: &RecordFacts) -> Option<&'static str> {
    let year = |date: &Option<String>| date.as_deref()?.get(..4)?.parse::<i32>().ok();
    Some(match year(&facts.entry_date)? - year(&facts.birth_date)? {
        ..0 => return None,
        0..18 => "0-17",
        18..25 => "18-24",
        25..35 => "25-34",
        35..45 => "35-44",
        45..60 => "45-59",
        60.. => "60+",
    })
}

#[cfg(test)]
impl People {
    /// Fictional people with these records, for tests.
    pub(crate) fn sample(members: &[Vec<EntityId>]) -> Self {
        let columns = Facet::OF_RESULTS.map(|_| Column::default()).into();
        let mut people = People { columns, ..People::default() };
        for members in members {
            let id = LeadId::from(members[0].as_str());
            let row = LeadRow { id, members: members.clone(), ..blank_row() };
            let nothing = (&Ledger::default(), &Amended::default());
            people.add(Arc::new(row), nothing, &mut EntryPoints::default());
        }
        people
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_read_out_of_the_reason_also_those_with_a_comma() {
        let rules = rules_of("rank: reported dead, later seen +45, recent entry +15, less -2.5");
        let plain: Vec<(&str, f64)> = rules.iter().map(|(n, p)| (n.as_str(), *p)).collect();
        assert_eq!(
            plain,
            [("reported dead, later seen", 45.0), ("recent entry", 15.0), ("less", -2.5)]
        );
        assert!(rules_of("status: because").is_empty());
    }

    #[test]
    fn grades_are_written_as_people_write_them() {
        assert_eq!(grade_word(model::Grade::UNGRADED), "F6");
    }
}
