//! Which question asks for which key: the best assignment over a whole form.
//!
//! Each key is given once. Wording decides first; what the answers hold, the numbers of the
//! questions and the order of known forms decide what wording leaves open.

use std::collections::{BTreeMap, BTreeSet};

use model::value::{DateOrder, parse_date, parse_phone};

use crate::Key;
use crate::fit::{fit, is_kunya};
use crate::fold::fold;
use crate::lexicon::{Match, NamePart, Target};
use crate::question::Question;

/// Least score of a label that is one by its wording. Chosen by hand.
const SURE_LEAST: f32 = 0.7;
/// Least score of a label that is one only by its place, and its lead over the next target. Chosen
/// by hand.
const WEAK_LEAST: f32 = 0.5;
const WEAK_LEAD: f32 = 0.12;
/// Score of a label known by its place that needs no answer to speak for it. Chosen by hand.
const ALONE_LEAST: f32 = 0.62;
/// Weight of an answer's content beside the wording. Chosen by hand.
const FIT_WEIGHT: f32 = 0.12;
/// Content below which a question is not given to a key by number or order alone. Chosen by hand.
const FIT_LEAST: f32 = -0.3;
/// Least score of a wording that is looked at when its answer speaks for it, weight of the answer,
/// and what both must reach. Chosen by hand.
const HINT_LEAST: f32 = 0.3;
const HINT_FIT_WEIGHT: f32 = 0.35;
const HINT_SUM_LEAST: f32 = 0.52;
/// Fit from which an answer alone tells the key, if it fits no other that is left. Chosen by hand.
const CONTENT_LEAST: f32 = 0.5;
/// First year in which an entry is dated. Chosen by hand: ten years before the forms.
const ENTRY_YEAR_MIN: i16 = 2003;
/// Numbered questions that must agree with the known numbering before numbers count.
const NUMBERS_MIN: usize = 5;

/// The questions of the numbered form of 2013, in order; two keys where one question asks for both.
const NUMBERED: [Target; 23] = [
    Target::One(Key::FullName),
    Target::One(Key::Kunya),
    Target::One(Key::MotherName),
    Target::One(Key::BloodType),
    Target::Two(Key::BirthDate, Key::Nationality),
    Target::Two(Key::MaritalStatus, Key::Children),
    Target::One(Key::Residence),
    Target::One(Key::Education),
    Target::One(Key::ShariaLevel),
    Target::One(Key::Occupation),
    Target::One(Key::Travelled),
    Target::Two(Key::EntryPoint, Key::Facilitator),
    Target::One(Key::Recommender),
    Target::One(Key::EntryDate),
    Target::One(Key::PriorJihad),
    Target::One(Key::Role),
    Target::One(Key::Speciality),
    Target::One(Key::Workplace),
    Target::One(Key::Deposits),
    Target::One(Key::Obedience),
    Target::One(Key::Contact),
    Target::Two(Key::DeathDate, Key::DeathPlace),
    Target::One(Key::Notes),
];

/// The questions of the two-column card of the personnel office, in reading order.
const CARD: [Target; 27] = [
    Target::One(Key::Kunya),
    Target::One(Key::FullName),
    Target::One(Key::Nationality),
    Target::One(Key::BirthDate),
    Target::One(Key::MotherName),
    Target::One(Key::Residence),
    Target::One(Key::Contact),
    Target::One(Key::MaritalStatus),
    Target::One(Key::Children),
    Target::One(Key::BloodType),
    Target::One(Key::Education),
    Target::One(Key::Occupation),
    Target::One(Key::ShariaLevel),
    Target::One(Key::Role),
    Target::One(Key::Recommender),
    Target::One(Key::Facilitator),
    Target::One(Key::EntryPoint),
    Target::One(Key::EntryDate),
    Target::One(Key::Travelled),
    Target::One(Key::PriorJihad),
    Target::One(Key::Speciality),
    Target::One(Key::Workplace),
    Target::One(Key::Obedience),
    Target::One(Key::Deposits),
    Target::One(Key::DeathDate),
    Target::One(Key::DeathPlace),
    Target::One(Key::Notes),
];

/// The targets of a form's questions.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Assignment {
    /// Target of each question, in their order.
    pub(crate) targets: Vec<Option<Target>>,
    /// How many were told by their wording.
    pub(crate) sure: usize,
    /// Questions told by number, order or content instead, for the notes.
    pub(crate) inferred: BTreeSet<usize>,
}

/// Assigns targets to the questions of one form.
pub(crate) fn assign(questions: &[Question]) -> Assignment {
    let mut state = State {
        questions,
        texts: questions.iter().map(Question::answer_text).collect(),
        targets: vec![None; questions.len()],
        keys: BTreeSet::new(),
    };
    state.by_wording();
    let sure = state.targets.iter().flatten().filter(|t| is_asked(**t)).count();
    let before: Vec<bool> = state.targets.iter().map(Option::is_some).collect();
    state.by_number();
    state.by_order(&NUMBERED);
    state.by_order(&CARD);
    state.by_hint();
    state.by_content();
    let inferred =
        (0..questions.len()).filter(|i| !before[*i] && state.targets[*i].is_some()).collect();
    Assignment { targets: state.targets, sure, inferred }
}

/// Whether a target is a question of one of our sheets.
fn is_asked(target: Target) -> bool {
    matches!(target, Target::One(_) | Target::Two(..) | Target::Matter(_))
}

struct State<'a> {
    questions: &'a [Question],
    texts: Vec<String>,
    targets: Vec<Option<Target>>,
    keys: BTreeSet<Key>,
}

impl State<'_> {
    fn by_wording(&mut self) {
        let mut candidates: Vec<(f32, usize, Match)> = Vec::new();
        for (i, question) in self.questions.iter().enumerate() {
            let least = if question.is_sure { SURE_LEAST } else { WEAK_LEAST };
            let second = question.matches.get(1).map_or(0.0, |m| m.score);
            for (rank, m) in question.matches.iter().enumerate() {
                let lead = if rank == 0 { m.score - second } else { 0.0 };
                let content = self.content(i, m.target);
                let faint = m.score < ALONE_LEAST && content <= 0.0;
                if self.is_phone_of_nothing(i, m.target) {
                    continue;
                }
                if m.score < least || (!question.is_sure && (lead < WEAK_LEAD || faint)) {
                    continue;
                }
                candidates.push((m.score + FIT_WEIGHT * content, i, *m));
            }
        }
        candidates.sort_by(|a, b| {
            b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.target.cmp(&b.2.target))
        });
        for (_, i, m) in candidates {
            if self.targets[i].is_none() {
                self.give(i, self.meant(i, m.target));
            }
        }
    }

    /// A number that one can call is no running number and no passport's.
    fn is_phone_of_nothing(&self, i: usize, target: Target) -> bool {
        matches!(target, Target::Else(_))
            && parse_phone(&self.texts[i], None).is_some_and(|phone| phone.is_international())
    }

    /// `اللقب` asks for a family name or for the name one goes by; the answer tells.
    fn meant(&self, i: usize, target: Target) -> Target {
        match target {
            Target::NamePart(NamePart::Family)
                if self.is_free(Key::Kunya) && is_kunya(&fold(&self.texts[i])) =>
            {
                Target::One(Key::Kunya)
            }
            _ => target,
        }
    }

    /// Gives a question what is still free of a target.
    fn give(&mut self, i: usize, target: Target) -> bool {
        let target = match target {
            Target::Two(first, second) => match (self.is_free(first), self.is_free(second)) {
                (true, true) => target,
                (true, false) => Target::One(first),
                (false, true) => Target::One(second),
                (false, false) => return false,
            },
            Target::One(key) if !self.is_free(key) => return false,
            Target::NamePart(_) | Target::Matter(_) if self.targets.contains(&Some(target)) => {
                return false;
            }
            _ => target,
        };
        match target {
            Target::One(key) => {
                self.keys.insert(key);
            }
            Target::Two(first, second) => self.keys.extend([first, second]),
            Target::NamePart(_) | Target::Matter(_) | Target::Else(_) => {}
        }
        self.targets[i] = Some(target);
        true
    }

    fn is_free(&self, key: Key) -> bool {
        !self.keys.contains(&key)
    }

    fn content(&self, i: usize, target: Target) -> f32 {
        let text = &self.texts[i];
        match target {
            Target::One(key) => fit(key, text),
            Target::Two(first, second) => fit(first, text).max(fit(second, text)).max(0.0),
            Target::Matter(matter) => matter.fit(text),
            Target::NamePart(_) | Target::Else(_) => 0.0,
        }
    }

    /// Where the numbers agree with the known numbering, they tell the questions left.
    fn by_number(&mut self) {
        let known = |q: &Question| {
            let number = usize::try_from(q.number?).ok()?;
            NUMBERED.get(number.checked_sub(1)?).copied()
        };
        let mut agree = 0;
        let mut differ = 0;
        for (question, target) in self.questions.iter().zip(&self.targets) {
            if let (Some(expected), Some(target)) = (known(question), target) {
                if overlap(expected, *target) {
                    agree += 1;
                } else if is_asked(*target) {
                    differ += 1;
                }
            }
        }
        if agree < NUMBERS_MIN || differ * 5 > agree {
            return;
        }
        for i in 0..self.questions.len() {
            if let (None, Some(expected)) = (self.targets[i], known(&self.questions[i])) {
                self.give(i, expected);
            }
        }
    }

    /// A question between two that follow each other but for one in a known form is that one.
    fn by_order(&mut self, order: &[Target]) {
        let place =
            |target: Option<Target>| target.and_then(|t| order.iter().position(|o| overlap(*o, t)));
        for i in 0..self.questions.len() {
            if self.targets[i].is_some() {
                continue;
            }
            let before = i.checked_sub(1).map(|b| place(self.targets[b]));
            let after = self.targets.get(i + 1).map(|t| place(*t));
            let at = match (before, after) {
                (Some(Some(b)), Some(Some(a))) if a == b + 2 => b + 1,
                (Some(Some(b)), None) if b + 2 == order.len() => b + 1,
                (None, Some(Some(1))) => 0,
                _ => continue,
            };
            if self.content(i, order[at]) > FIT_LEAST {
                self.give(i, order[at]);
            }
        }
    }

    /// A wording too faint to decide alone, with an answer that fits the key.
    fn by_hint(&mut self) {
        let mut candidates: Vec<(f32, usize, Target)> = Vec::new();
        for (i, question) in self.questions.iter().enumerate() {
            if self.targets[i].is_some() {
                continue;
            }
            for m in question.matches.iter().filter(|m| m.score >= HINT_LEAST) {
                let content = self.content(i, m.target);
                if m.score >= ALONE_LEAST || content > 0.0 {
                    candidates.push((m.score + HINT_FIT_WEIGHT * content, i, m.target));
                }
            }
        }
        candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
        for (score, i, target) in candidates {
            if score >= HINT_SUM_LEAST && self.targets[i].is_none() {
                self.give(i, target);
            }
        }
    }

    /// An answer that can stand under one of the keys left, and under no other of them.
    fn by_content(&mut self) {
        for i in 0..self.questions.len() {
            if self.targets[i].is_some() || fold(&self.texts[i]).is_empty() {
                continue;
            }
            let text = &self.texts[i];
            let fitting: Vec<Key> = Key::ALL
                .into_iter()
                .filter(|key| self.is_free(*key) && fit(*key, text) >= CONTENT_LEAST)
                .collect();
            let key = match fitting.as_slice() {
                [only] => Some(*only),
                [Key::BirthDate, ..] if is_year_of_birth(text) => Some(Key::BirthDate),
                several => self.likeliest(i, several),
            };
            if let Some(key) = key {
                self.give(i, Target::One(key));
            }
        }
    }

    /// Of several keys that an answer fits, the one that the wording is clearly nearest to.
    fn likeliest(&self, i: usize, keys: &[Key]) -> Option<Key> {
        let matches = self.questions[i].matches.iter();
        let mut near = matches.filter(|m| keys.iter().any(|k| m.target == Target::One(*k)));
        let (best, second) = (near.next()?, near.next());
        let lead = best.score - second.map_or(0.0, |m| m.score);
        match best.target {
            Target::One(key) if lead >= WEAK_LEAD => Some(key),
            _ => None,
        }
    }
}

/// Whether the date is of a year that nobody entered in; the forms are of 2012 and later.
fn is_year_of_birth(text: &str) -> bool {
    parse_date(text, DateOrder::DayFirst).is_some_and(|date| date.years().1 < ENTRY_YEAR_MIN)
}

fn overlap(left: Target, right: Target) -> bool {
    let keys = |t: Target| match t {
        Target::One(key) => vec![key],
        Target::Two(first, second) => vec![first, second],
        Target::NamePart(_) | Target::Matter(_) | Target::Else(_) => Vec::new(),
    };
    keys(left).iter().any(|key| keys(right).contains(key))
}

/// Parts a document's questions into forms: a new one begins where questions begin to repeat,
/// or, after a row that is the title of a sheet (`titles`), with the first that was asked before.
pub(crate) fn part_forms(questions: Vec<Question>, titles: &[usize]) -> Vec<Vec<Question>> {
    let keys: Vec<Vec<Target>> = questions
        .iter()
        .map(|q| match q.matches.first() {
            Some(m) if q.is_sure && m.score >= 0.9 && is_asked(m.target) => vec![m.target],
            _ => Vec::new(),
        })
        .collect();
    let mut cuts = vec![0];
    let mut seen: BTreeSet<Target> = BTreeSet::new();
    for i in 0..questions.len() {
        let Some(target) = keys[i].first() else { continue };
        let before = i.checked_sub(1).map_or(0, |before| questions[before].row);
        let titled = titles.iter().any(|row| (before..questions[i].row).contains(row));
        if seen.contains(target) && (titled || repeats(&keys[i..], &seen)) {
            cuts.push(i);
            seen.clear();
        }
        seen.insert(*target);
    }
    let mut forms: Vec<Vec<Question>> = Vec::new();
    let mut rest = questions;
    for cut in cuts.into_iter().rev() {
        forms.push(rest.split_off(cut));
    }
    forms.reverse();
    forms
}

/// Whether most of the questions that follow were asked before.
fn repeats(following: &[Vec<Target>], seen: &BTreeSet<Target>) -> bool {
    let next: Vec<&Target> = following.iter().flatten().take(6).collect();
    let again = next.iter().filter(|t| seen.contains(t)).count();
    seen.len() >= 3 && again >= 2 && again * 3 >= next.len() * 2
}

/// The parts of a name asked for one by one, as one question for the full name.
pub(crate) fn join_name(questions: &[Question], targets: &[Option<Target>]) -> Option<Question> {
    let mut parts: BTreeMap<NamePart, &Question> = BTreeMap::new();
    let mut whole = None;
    for (question, target) in questions.iter().zip(targets) {
        match target {
            Some(Target::NamePart(part)) if !question.answer.is_empty() => {
                parts.entry(*part).or_insert(question);
            }
            Some(Target::One(Key::FullName)) => whole = Some(question),
            _ => {}
        }
    }
    let first = match whole {
        None => parts.remove(&NamePart::Given)?,
        Some(whole) => {
            let family = parts.remove(&NamePart::Family)?;
            let (name, surname) = (fold(&whole.answer_text()), fold(&family.answer_text()));
            let complete = name.is_empty()
                || name.split(' ').count() > 2
                || surname.split(' ').any(|w| name.contains(w))
                || parts.contains_key(&NamePart::Given);
            if complete {
                return None;
            }
            parts.clear();
            parts.insert(NamePart::Family, family);
            whole
        }
    };
    let mut joined = first.clone();
    let texts: Vec<String> = std::iter::once(first)
        .chain(parts.into_values())
        .map(|q| q.answer_text().replace('\n', " "))
        .collect();
    let span = joined.answer.first_mut()?;
    span.text = texts.join(" ");
    span.readings.clear();
    joined.answer.truncate(1);
    Some(joined)
}
