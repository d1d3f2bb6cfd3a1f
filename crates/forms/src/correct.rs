//! Corrections: what a person says stands on the page, in place of what was read.
//!
//! A record is rebuilt from its statements, once as it was read and once with the corrections; what
//! differs between the two is taken out of the statements and put in. So everything follows that
//! hangs on an answer (person, interval, mention, the country of a phone, dates that disagree), and
//! an answer that nobody corrected keeps its statements as they are. The statements as read stay
//! stored; nothing here is.

use std::collections::{BTreeMap, BTreeSet};

use model::value::{DateOrder, parse_date};
use model::{Citation, DocumentId, EntityId, Method, Place, Statement};

use crate::agree::settle;
use crate::form::{Answer, AnswerState, FilledForm};
use crate::normalize::{SEVERAL, normalize, values};
use crate::statements::{MENTIONS, person_property_of};
use crate::{Key, Matter};

/// Origin of the statements that a correction makes.
pub const CORRECTION: &str = "correction";

/// The record that an entity of a form belongs to: the person, the form, who it mentions.
///
/// ```
/// assert_eq!(forms::record_of("0123456789abcdef-0.recommender.link"), "0123456789abcdef-0");
/// ```
pub fn record_of(entity: &str) -> &str {
    entity.split_once('.').map_or(entity, |(record, _)| record)
}

/// Whether a question of this name can be corrected.
pub fn is_correctable(key: &str) -> bool {
    Key::parse(key).is_some() || Matter::parse(key).is_some()
}

/// The statements of one record with what people typed under some of its keys; `None` for a place
/// where nothing stands. Statements that are no form's come back as they are.
pub fn correct(
    statements: Vec<Statement>,
    corrections: &BTreeMap<String, Option<String>>,
) -> Vec<Statement> {
    let Some(record) = Record::of(&statements) else { return statements };
    let order = record.order();
    let mut read = record.rebuild(order);
    let mut typed = read.clone();
    for (key, written) in corrections {
        if let Some(key) = Key::parse(key) {
            let answer = typed_answer(key, written.as_deref(), record.place(key.as_str()), order);
            typed.fields.insert(key, answer);
        }
    }
    settle(&mut read, order);
    settle(&mut typed, order);
    let claims = |form: &FilledForm| form.to_statements(&record.document, &record.form.dataset);
    let (before, after) = (claims(&read), claims(&typed));
    let known: BTreeSet<_> = before.iter().map(identity).collect();
    let kept: BTreeSet<_> = after.iter().map(identity).collect();
    let is_corrected = |s: &Statement| corrections.keys().any(|key| belongs(s, key));
    let mut out: Vec<Statement> = Vec::with_capacity(statements.len());
    for statement in &statements {
        let goes = known.contains(&identity(statement)) && !kept.contains(&identity(statement));
        if !goes && !is_corrected(statement) {
            out.push(statement.clone());
        }
    }
    let made = after.iter().filter(|s| is_corrected(s) || !known.contains(&identity(s)));
    out.extend(made.cloned());
    for (key, written) in corrections {
        let matter = Matter::parse(key).zip(written.as_deref());
        out.extend(matter.and_then(|(matter, written)| record.matter(matter, written, order)));
    }
    let was_read: BTreeSet<_> = statements.iter().map(identity).collect();
    for statement in &mut out {
        if is_corrected(statement) || !was_read.contains(&identity(statement)) {
            statement.origin = Some(CORRECTION.to_owned());
        }
    }
    out
}

/// The statements of one record, looked at as a form.
struct Record<'a> {
    statements: &'a [Statement],
    /// The statement that says whose form it is.
    form: &'a Statement,
    document: DocumentId,
    row: u32,
}

impl<'a> Record<'a> {
    fn of(statements: &'a [Statement]) -> Option<Self> {
        let form = statements.iter().find(|s| &*s.schema == "Form" && &*s.prop == "subject")?;
        let document = statements.iter().find_map(|s| s.citation.as_ref())?.document.clone();
        let row = form.value.rsplit_once('-')?.1.parse().ok()?;
        let record = Self { statements, form, document, row };
        // An id that was not made here would part what is taken out from what is put in.
        let is_ours = record.empty().person_id(&record.document).as_str() == form.value;
        is_ours.then_some(record)
    }

    fn empty(&self) -> FilledForm {
        let template = self.of_form("template").next().map_or("", |s| s.value.as_str());
        FilledForm::new(self.row, template)
    }

    fn of_form(&self, prop: &'a str) -> impl Iterator<Item = &'a Statement> {
        let is_of = move |s: &&Statement| &*s.schema == "Form" && &*s.prop == prop;
        self.statements.iter().filter(is_of)
    }

    /// Whether day or month comes first: the order in which the dates were read.
    fn order(&self) -> DateOrder {
        let keys = [Key::BirthDate, Key::EntryDate, Key::DeathDate];
        let dates = keys.into_iter().flat_map(|key| self.of_form(key.as_str()));
        let is_read = |s: &Statement, order| {
            parse_date(s.written(), order).is_some_and(|date| date.to_ftm() == s.value)
        };
        let month_first =
            |s: &Statement| is_read(s, DateOrder::MonthFirst) && !is_read(s, DateOrder::DayFirst);
        if dates.into_iter().any(month_first) { DateOrder::MonthFirst } else { DateOrder::DayFirst }
    }

    /// Where the answer to a question stands; the document where the form does not ask it.
    fn place(&self, key: &str) -> Citation {
        let asked = ["not_stated", "unreadable"]
            .into_iter()
            .flat_map(|prop| self.of_form(prop).filter(|s| s.value == key));
        let stated = self.statements.iter().filter(|s| &*s.schema == "Form" && *s.prop == *key);
        let place = stated.chain(asked).find_map(|s| s.citation.as_ref()).map(|c| c.place.clone());
        Citation {
            document: self.document.clone(),
            place: place.unwrap_or(Place::Whole),
            method: Method::Typed,
            confidence: 1.0,
        }
    }

    fn rebuild(&self, order: DateOrder) -> FilledForm {
        let mut form = self.empty();
        for key in Key::ALL {
            let stated: Vec<&Statement> = self.of_form(key.as_str()).collect();
            let asked = |prop| self.of_form(prop).find(|s| s.value == key.as_str());
            let answer = if let Some(first) = stated.first() {
                let assumed = format!("{key}: ");
                let is_assumed = self.of_form("assumed").any(|s| s.value.starts_with(&assumed));
                stated_answer(key, first, &stated, is_assumed, order)
            } else if let Some(blank) = asked("not_stated") {
                Answer::not_stated(blank.citation.clone())
            } else if let Some(lost) = asked("unreadable") {
                Answer::unreadable(lost.citation.clone())
            } else {
                continue;
            };
            form.fields.insert(key, answer);
        }
        form
    }

    fn matter(&self, matter: Matter, written: &str, order: DateOrder) -> Option<Statement> {
        let written = tidy(written)?;
        let value = matter.normalize(&written, order).unwrap_or_else(|| written.clone());
        let form = self.form.entity_id.clone();
        let dataset = self.form.dataset.clone();
        let mut statement = Statement::new(form, "Form", matter.as_str(), value.clone(), dataset);
        statement.original_value = (written != value).then_some(written);
        statement.citation = Some(self.place(matter.as_str()));
        Some(statement)
    }
}

/// An answer as it was read. Its value is what is stored, where reading it again says otherwise;
/// unless that rests on a country that was assumed, which is settled anew.
fn stated_answer(
    key: Key,
    first: &Statement,
    stated: &[&Statement],
    is_assumed: bool,
    order: DateOrder,
) -> Answer {
    let written = first.written().to_owned();
    let stored: Vec<&str> = stated.iter().map(|s| s.value.as_str()).collect();
    let (again, detail) = normalize(key, &written, order);
    let is_same = values(key, again.as_deref().unwrap_or(&written)) == stored;
    let normalized = if is_same || is_assumed { again } else { Some(stored.join(SEVERAL)) };
    let (state, citation) = (AnswerState::Stated, first.citation.clone());
    Answer { state, written: Some(written), normalized, detail, citation, notes: Vec::new() }
}

fn typed_answer(key: Key, written: Option<&str>, citation: Citation, order: DateOrder) -> Answer {
    let Some(written) = written.and_then(tidy) else { return Answer::not_stated(Some(citation)) };
    let (normalized, detail) = normalize(key, &written, order);
    let (state, citation) = (AnswerState::Stated, Some(citation));
    Answer { state, written: Some(written), normalized, detail, citation, notes: Vec::new() }
}

fn tidy(text: &str) -> Option<String> {
    let tidy = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!tidy.is_empty()).then_some(tidy)
}

/// What makes two statements of one record the same claim.
fn identity(statement: &Statement) -> (EntityId, std::sync::Arc<str>, String, Option<String>) {
    let Statement { entity_id, prop, value, original_value, .. } = statement;
    (entity_id.clone(), prop.clone(), value.clone(), original_value.clone())
}

/// Whether a statement was made of the answer to this question.
fn belongs(statement: &Statement, key: &str) -> bool {
    let prop = &*statement.prop;
    match &*statement.schema {
        "Form" => {
            prop == key
                || matches!(prop, "not_stated" | "unreadable") && statement.value == key
                || matches!(prop, "interval" | "reading" | "assumed" | "flaw" | "mended")
                    && statement.value.strip_prefix(key).is_some_and(|rest| rest.starts_with(':'))
        }
        "Person" => {
            let key = Key::parse(key);
            key.and_then(person_property_of) == Some(prop)
                || key == Some(Key::Residence) && prop == "country"
        }
        _ => {
            let part = statement.entity_id.as_str().split('.').nth(1);
            MENTIONS.iter().any(|(own, name, _)| own.as_str() == key && part == Some(*name))
        }
    }
}
