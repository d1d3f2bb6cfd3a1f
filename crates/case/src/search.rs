//! Search over a case: names in any script, fuzzily, among its records and its lists; beginnings of
//! names while they are typed; phone numbers; the text of documents.
//!
//! Names are compared by the one comparison of `resolve`. What it finds are records and list
//! entries; the caller tells which leads they are of.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::value::fold_digits;
use model::{
    Block, DatasetKind, DatasetName, DocumentId, Entity, EntityId, Layout, ScoredPair, Span,
    Statement,
};
use names::Rarity;
use resolve::{Index, MatchModel, ScreenHit, ScreenOptions};
use triage::TieKind;

use crate::progress::Silent;
use crate::view::{Amended, Ledger, RecordFacts};
use crate::{Case, CaseError, CaseView, Room};

/// Records and lists ready to be searched.
///
/// Records stand on two shelves: as they were read, and those that people corrected. A correction
/// makes the second anew, which holds few, and leaves the first alone.
pub struct Searcher {
    lists: Arc<Index>,
    read: Arc<Shelf>,
    corrected: Shelf,
    /// What both are made of.
    ledger: Arc<Ledger>,
    amended: Arc<Amended>,
}

/// Records of which all can be found.
struct Shelf {
    index: Index,
    /// Words of names, folded or in Latin letters, in order, each with the record it is of.
    words: Vec<(Box<str>, u32)>,
    /// Their consonants as they sound, likewise: Arabic is written without most vowels.
    sounds: Vec<(Box<str>, u32)>,
    /// Digits of phone numbers with the record that gives them.
    phones: Vec<(String, u32)>,
    /// In order of id.
    people: Vec<Entity>,
}

/// Digits of a phone that are asked for, at least: fewer stand in every second number.
const DIGITS_MIN: usize = 5;
/// Records that a beginning may bring up.
const BEGUN_MAX: usize = 200;
/// Consonants of a word that is looked for by its sound, at least: with one, every tenth name begins so.
const CONSONANTS_MIN: usize = 2;
/// Properties that hold names.
const NAMES: [&str; 3] = ["name", "alias", "weakAlias"];
/// Words of a question that are looked at; a name has ten at most.
const WORDS_MAX: usize = 16;

impl Searcher {
    /// Makes the case ready to be searched.
    ///
    /// # Errors
    /// Those of the store.
    pub(crate) fn open(case: &Case, view: &CaseView) -> Result<Self, CaseError> {
        let people = case.record_entities(view)?;
        let index = Index::build(&people, MatchModel::bundled());
        let read = Shelf::new(people, index, |record| view.ledger.records.get(record));
        Ok(Self::with(Arc::new(case.open_index(&Silent)?), Arc::new(read), view))
    }

    fn with(lists: Arc<Index>, read: Arc<Shelf>, view: &CaseView) -> Self {
        let people: Vec<Entity> =
            view.amended.records().map(|(_, amendment)| amendment.person.clone()).collect();
        let index = read.index.beside(&people);
        let corrected = Shelf::new(people, index, |record| view.facts(record));
        let (ledger, amended) = (Arc::clone(&view.ledger), Arc::clone(&view.amended));
        Self { lists, read, corrected, ledger, amended }
    }

    /// The same records, with the corrections of another view.
    pub(crate) fn amended(&self, view: &CaseView) -> Self {
        Self::with(Arc::clone(&self.lists), Arc::clone(&self.read), view)
    }

    /// Whether it is made of the documents, lists and corrections of a view.
    pub(crate) fn is_of(&self, view: &CaseView) -> bool {
        self.has_read(view) && Arc::ptr_eq(&self.amended, &view.amended)
    }

    /// Whether it is made of the documents and lists of a view.
    pub(crate) fn has_read(&self, view: &CaseView) -> bool {
        self.ledger.key == view.ledger.key
    }

    /// Whether a record stands as it was read.
    fn stands(&self, record: &EntityId) -> bool {
        self.amended.get(record).is_none()
    }

    /// The records that a query may be, best first.
    pub fn records(&self, query: &Entity, top: usize, cutoff: f64) -> Vec<ScreenHit> {
        // Those that were corrected meanwhile stand among the best of the first shelf.
        let more = top + self.corrected.people.len().min(top);
        let mut hits = screen(&self.read.index, query, more, cutoff);
        hits.retain(|hit| self.stands(&hit.entity_id));
        let corrected = screen(&self.corrected.index, query, top, cutoff);
        if !corrected.is_empty() {
            hits.extend(corrected);
            hits.sort_by(|a, b| b.pair.weight.total_cmp(&a.pair.weight));
        }
        hits.truncate(top);
        hits
    }

    /// The list entries that a query may be, best first.
    pub fn listed(&self, query: &Entity, top: usize, cutoff: f64) -> Vec<ScreenHit> {
        screen(&self.lists, query, top, cutoff)
    }

    /// Records with a name in which each word of the text begins a word: first as it is written, then by
    /// the consonants it sounds with (`samir kar` begins سمير كريم).
    pub fn begun(&self, text: &str) -> Vec<&EntityId> {
        let read = self.read.begun(text).into_iter().filter(|record| self.stands(record));
        self.corrected.begun(text).into_iter().chain(read).take(BEGUN_MAX).collect()
    }

    /// Records that give a phone number with these digits in it.
    pub fn phones(&self, text: &str) -> Vec<(&EntityId, &str)> {
        let digits = digits_of(text);
        if digits.len() < DIGITS_MIN {
            return Vec::new();
        }
        let read = self.read.phones(&digits).filter(|(record, _)| self.stands(record));
        self.corrected.phones(&digits).chain(read).take(BEGUN_MAX).collect()
    }

    /// A record, without citations.
    pub fn record(&self, id: &EntityId) -> Option<&Entity> {
        let shelf = if self.stands(id) { &self.read } else { &self.corrected };
        shelf.find(id)
    }

    /// Two records, compared as the search for duplicates compares them.
    pub fn compare_records(&self, left: &Entity, right: &Entity) -> ScoredPair {
        self.read.index.compare_records(left, right)
    }

    /// A person and a list entry, compared as screening compares them.
    pub fn compare_listed(&self, person: &Entity, entry: &Entity) -> ScoredPair {
        self.lists.compare(person, entry)
    }
}

fn screen(index: &Index, query: &Entity, top: usize, cutoff: f64) -> Vec<ScreenHit> {
    let options = ScreenOptions { top, cutoff, explain: false, share: None };
    if index.is_empty() { Vec::new() } else { index.screen(query, &options) }
}

impl Shelf {
    /// Of people in order of id.
    fn new<'a>(
        people: Vec<Entity>,
        index: Index,
        facts: impl Fn(&EntityId) -> Option<&'a RecordFacts>,
    ) -> Self {
        let (mut words, mut phones) = (Vec::new(), Vec::new());
        for (place, person) in (0u32..).zip(&people) {
            for name in NAMES.into_iter().flat_map(|prop| person.values(prop)) {
                add_words(&mut words, name, place);
            }
            let ties = facts(&person.id).map_or(&[][..], |facts| &facts.ties);
            let numbers = ties.iter().filter(|(kind, ..)| *kind == TieKind::Phone);
            phones.extend(numbers.map(|(_, key, _)| (digits_of(key), place)));
        }
        words.sort_unstable();
        words.dedup();
        let mut sounds: Vec<(Box<str>, u32)> = words
            .iter()
            .filter(|(word, _)| word.is_ascii())
            .map(|(word, place)| (Rarity::skeleton(word).into(), *place))
            .collect();
        sounds.sort_unstable();
        sounds.dedup();
        Self { index, words, sounds, phones, people }
    }

    fn id(&self, place: u32) -> Option<&EntityId> {
        self.people.get(place as usize).map(|person| &person.id)
    }

    fn find(&self, id: &EntityId) -> Option<&Entity> {
        let place = self.people.binary_search_by(|person| person.id.cmp(id)).ok()?;
        self.people.get(place)
    }

    fn begun(&self, text: &str) -> Vec<&EntityId> {
        let folded = names::fold(text);
        let words: Vec<&str> =
            folded.split(' ').filter(|w| !w.is_empty()).take(WORDS_MAX).collect();
        let mut found = begun_in(&self.words, words.iter().copied());
        if words.iter().all(|word| word.is_ascii()) {
            let sounds: Vec<String> = words.iter().map(|word| Rarity::skeleton(word)).collect();
            if sounds.iter().all(|sound| sound.len() >= CONSONANTS_MIN) {
                let alike = begun_in(&self.sounds, sounds.iter().map(String::as_str));
                found.extend(
                    alike.into_iter().filter(|place| !found.contains(place)).collect::<Vec<_>>(),
                );
            }
        }
        found.iter().filter_map(|place| self.id(*place)).collect()
    }

    fn phones<'a>(&'a self, digits: &str) -> impl Iterator<Item = (&'a EntityId, &'a str)> {
        let holds = self.phones.iter().filter(move |(phone, _)| phone.contains(digits));
        holds.filter_map(|(phone, place)| Some((self.id(*place)?, &**phone)))
    }
}

/// The records that have, for each of these words, one that it begins.
fn begun_in<'a>(known: &[(Box<str>, u32)], words: impl Iterator<Item = &'a str>) -> Vec<u32> {
    let mut found: Option<Vec<u32>> = None;
    for word in words {
        let start = known.partition_point(|(known, _)| &**known < word);
        let run = known[start..].iter().take_while(|(known, _)| known.starts_with(word));
        let mut places: Vec<u32> = run.map(|(_, place)| *place).collect();
        places.sort_unstable();
        places.dedup();
        found = Some(match found {
            None => places,
            Some(before) => {
                before.into_iter().filter(|p| places.binary_search(p).is_ok()).collect()
            }
        });
    }
    let mut found = found.unwrap_or_default();
    found.truncate(BEGUN_MAX);
    found
}

fn add_words(words: &mut Vec<(Box<str>, u32)>, name: &str, place: u32) {
    for word in names::fold(name).split([' ', '-', ',']).filter(|w| !w.is_empty()) {
        let latin = names::romanize(word);
        if latin != word && !latin.is_empty() {
            words.push((latin.into(), place));
        }
        words.push((word.into(), place));
    }
}

fn digits_of(text: &str) -> String {
    fold_digits(text).chars().filter(char::is_ascii_digit).collect()
}

/// A query by a name alone.
pub fn name_query(name: &str) -> Entity {
    let mut entity = Entity::new(EntityId::from("query"), "Person");
    entity.add(Statement::new("query".into(), "Person", "name", name, "query".into()));
    entity
}

/// A document in which words were found.
#[derive(Clone, Debug, PartialEq)]
pub struct TextHit {
    /// The document.
    pub document: DocumentId,
    /// Where the words stand in it, the first of them.
    pub spans: Vec<Span>,
}

/// Places that are shown of a document.
const SPANS_MAX: usize = 3;
/// Bytes of packed layouts that one question looks through for the places. A form has 2 KB, a register of
/// 1,000 rows 114 KB, which takes 5 ms (November 2026); a question is asked with every letter typed.
const LAYOUT_BYTES_MAX: u64 = 128 * 1024;

impl Room {
    /// The documents whose text holds all these words, best first, and how many there are. Places are
    /// told of the first of them, and of others while they are small.
    ///
    /// # Errors
    /// Those of the store.
    pub fn find_text(&self, text: &str, most: usize) -> Result<(Vec<TextHit>, u64), CaseError> {
        let words = words_of(text);
        self.read(|case| {
            let (found, count) = case.store.find_text(&words, most)?;
            let mut hits = Vec::with_capacity(found.len());
            let mut looked = 0;
            for document in found {
                let bytes = case.store.reading_bytes(&document)?;
                let is_first = looked == 0;
                let layout = if is_first || looked + bytes <= LAYOUT_BYTES_MAX {
                    looked += bytes;
                    case.store.reading(&document)?.map(|(layout, _)| layout)
                } else {
                    None
                };
                let spans = layout.map(|layout| spans_with(&layout, &words)).unwrap_or_default();
                hits.push(TextHit { document, spans });
            }
            Ok((hits, count))
        })
    }

    /// Indexes the text of documents that are new; tells how many.
    ///
    /// # Errors
    /// Those of the store.
    pub fn index_text(&self) -> Result<u64, CaseError> {
        let mut case = self.copy()?;
        if case.store.is_text_indexed()? {
            return Ok(0);
        }
        Ok(case.store.index_text(|text| words_of(text).join(" "))?)
    }
}

/// Words as the full-text index has them.
fn words_of(text: &str) -> Vec<String> {
    let folded = names::fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.map(str::to_owned).collect()
}

fn spans_with(layout: &Layout, words: &[String]) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut look = |span: &Span| {
        let folded = names::fold(&span.text);
        if spans.len() < SPANS_MAX && words.iter().any(|word| folded.contains(word.as_str())) {
            spans.push(span.clone());
        }
    };
    for block in &layout.blocks {
        match block {
            Block::Paragraph(span) => look(span),
            Block::Line(line) => line.spans.iter().for_each(&mut look),
            Block::Table(table) => {
                table.rows.iter().flatten().flat_map(|cell| &cell.spans).for_each(&mut look);
            }
        }
    }
    spans
}

impl Case {
    /// The people of all records, folded, without citations, in order of id.
    fn record_entities(&self, view: &CaseView) -> Result<Vec<Entity>, CaseError> {
        let mut people: BTreeMap<EntityId, Entity> = BTreeMap::new();
        let caches = view.ledger.datasets.iter().filter(|d| d.dataset.kind == DatasetKind::Cache);
        for stored in caches {
            let name: &DatasetName = &stored.dataset.name;
            let (schema, mut props) = (Arc::<str>::from("Person"), Words::default());
            self.store.each_value(name, |row| {
                if row.schema != "Person" {
                    return;
                }
                let id = EntityId::from(row.entity);
                let prop = props.get(row.prop);
                let mut statement =
                    Statement::new(id.clone(), schema.clone(), prop, row.value, name.clone());
                statement.original_value = row.written.map(str::to_owned);
                people
                    .entry(id)
                    .or_insert_with_key(|id| Entity::new(id.clone(), schema.clone()))
                    .add(statement);
            })?;
        }
        for id in view.ledger.records.keys() {
            people.entry(id.clone()).or_insert_with(|| Entity::new(id.clone(), "Person"));
        }
        Ok(people.into_values().collect())
    }
}

/// One allocation for each property.
#[derive(Default)]
struct Words(BTreeMap<String, Arc<str>>);

impl Words {
    fn get(&mut self, word: &str) -> Arc<str> {
        if let Some(known) = self.0.get(word) {
            return Arc::clone(known);
        }
        let new: Arc<str> = word.into();
        self.0.insert(word.to_owned(), Arc::clone(&new));
        new
    }
}
