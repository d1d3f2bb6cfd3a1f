//! What each comparison finds: outcome, weight and the values it rests on; words only on demand.
//!
//! Invariant: finding is symmetric; the order of the findings is fixed.

use model::{Level, Part};
use names::Engine;

use crate::birth::compare_births;
use crate::country::compare_countries;
use crate::document::{Check, compare_numbers};
use crate::email::compare_emails;
use crate::frequency::Share;
use crate::kunya::{Kunya, compare_kunyas};
use crate::outcome::Outcome;
use crate::place::{Likeness, Place, compare_places};
use crate::prepared::CivilName;
use crate::spelling::{BestPair, Candidate, Residue, best_pair};
use crate::{Frequencies, MatchModel, Prepared};

/// The outcome of one comparison of a pair.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Finding {
    pub(crate) outcome: Outcome,
    pub(crate) weight: f64,
    /// How much of the weight comes from how few people have what is shared.
    rarity: f64,
    /// Which value on the left, which on the right.
    at: Option<(usize, usize)>,
    share: Option<Share>,
}

impl Finding {
    fn new(model: &MatchModel, outcome: Outcome, at: (usize, usize)) -> Self {
        Self { outcome, weight: model.weight(outcome), rarity: 0.0, at: Some(at), share: None }
    }

    fn missing(outcome: Outcome) -> Self {
        Self { outcome, weight: 0.0, rarity: 0.0, at: None, share: None }
    }
}

/// All comparisons of a pair. A comparison that neither side speaks to is left out.
pub(crate) fn find_all(
    model: &MatchModel,
    frequencies: &Frequencies,
    left: &Prepared,
    right: &Prepared,
) -> Vec<Finding> {
    let mut found = Vec::with_capacity(12);
    if !left.family.may_be(right.family) {
        found.push(Finding { at: None, ..Finding::new(model, Outcome::KindDifferent, (0, 0)) });
    }
    found.extend(find_name(model, frequencies, left, right));
    found.extend(find_kunya(model, frequencies, left, right));
    found.extend(find_birth(model, left, right));
    found.extend(find_nationality(model, frequencies, left, right));
    found.extend(find_relative(model, frequencies, (&left.mothers, &right.mothers), MOTHER));
    found.extend(find_relative(model, frequencies, (&left.fathers, &right.fathers), FATHER));
    found.extend(find_gender(model, left, right));
    found.extend(find_number(model, left, right));
    found.extend(find_phone(model, left, right));
    found.extend(find_email(model, left, right));
    found.extend(find_place(model, (&left.birth_places, &right.birth_places), BIRTH_PLACE));
    found.extend(find_place(model, (&left.addresses, &right.addresses), ADDRESS));
    found
}

fn stated<T>(left: &[T], right: &[T], missing: Outcome) -> Result<(), Option<Finding>> {
    match (left.is_empty(), right.is_empty()) {
        (false, false) => Ok(()),
        (true, true) => Err(None),
        _ => Err(Some(Finding::missing(missing))),
    }
}

/// The best finding over all pairs of values; ties go to the first.
fn best<T>(
    left: &[T],
    right: &[T],
    compare: impl Fn(&T, &T, (usize, usize)) -> Option<Finding>,
) -> Option<Finding> {
    let mut best: Option<Finding> = None;
    for (i, l) in left.iter().enumerate() {
        for (j, r) in right.iter().enumerate() {
            if let Some(next) = compare(l, r, (i, j))
                && best.is_none_or(|b| next.weight > b.weight)
            {
                best = Some(next);
            }
        }
    }
    best
}

fn find_name(
    model: &MatchModel,
    frequencies: &Frequencies,
    left: &Prepared,
    right: &Prepared,
) -> Option<Finding> {
    if let Err(found) = stated(&left.names, &right.names, Outcome::NameMissing) {
        return found;
    }
    let penalty = model.name.weak_alias_penalty;
    let with_penalty = |n: &CivilName| if n.is_weak { penalty } else { 0.0 };
    let lefts: Vec<Candidate<'_>> = left.names.iter().map(|n| (&n.name, with_penalty(n))).collect();
    let rights: Vec<Candidate<'_>> =
        right.names.iter().map(|n| (&n.name, with_penalty(n))).collect();
    let pair = best_pair(&lefts, &rights, frequencies.rarity(), &model.name)?;
    let is_weak = left.names[pair.left].is_weak || right.names[pair.right].is_weak;
    let is_near = model.name.curve.at(pair.likeness) >= model.name.near_min;
    let is_kin = is_near && pair.residue == Residue::Another;
    let penalty = if is_kin { model.name.kin_penalty } else { 0.0 };
    let outcome = name_outcome(model, pair.likeness, penalty, is_weak);
    let weight = name_weight(model, &pair);
    Some(Finding {
        outcome,
        weight: weight - penalty,
        rarity: weight - common_name_weight(model, &pair),
        at: Some((pair.left, pair.right)),
        share: (outcome.level() == Level::Agree).then(|| {
            let of = |side: &Prepared, i: usize| frequencies.of_name(&side.names[i].name);
            of(left, pair.left).larger(of(right, pair.right))
        }),
    })
}

fn name_outcome(model: &MatchModel, likeness: f64, kin_penalty: f64, is_weak: bool) -> Outcome {
    let weight = model.name.curve.at(likeness) - kin_penalty;
    if weight < model.name.near_min {
        Outcome::NameDifferent
    } else if is_weak {
        Outcome::NameWeakAlias
    } else if kin_penalty > 0.0 {
        Outcome::NameKin
    } else if weight < model.name.agree_min {
        Outcome::NameNear
    } else {
        Outcome::NameSame
    }
}

/// The best of many tries is better by luck alone: each doubling takes a little off.
fn name_weight(model: &MatchModel, pair: &BestPair) -> f64 {
    let luck = model.name.tries_penalty * (pair.tries as f64).log2();
    let bound = (model.name.common_max + pair.surprise).min(model.name.weight_max);
    (model.name.curve.at(pair.likeness) - luck).min(bound)
}

/// What a name as like would weigh if everybody had it.
fn common_name_weight(model: &MatchModel, pair: &BestPair) -> f64 {
    let likeness = pair.likeness - model.name.rarity_share * pair.surprise;
    name_weight(model, &BestPair { likeness, surprise: 0.0, ..*pair })
}

fn find_kunya(
    model: &MatchModel,
    frequencies: &Frequencies,
    left: &Prepared,
    right: &Prepared,
) -> Option<Finding> {
    if let Err(found) = stated(&left.kunyas, &right.kunyas, Outcome::KunyaMissing) {
        return found;
    }
    best(&left.kunyas, &right.kunyas, |l, r, at| {
        let mut found = Finding::new(model, compare_kunyas(l, r), at);
        if found.outcome.level() >= Level::Near {
            // With a nisba on both sides the whole is shared by fewer than the teknonym.
            let is_whole = found.outcome == Outcome::KunyaSame;
            let of = |k: &Kunya| {
                frequencies.of_kunya(if is_whole { k.key } else { k.teknonym_key }, is_whole)
            };
            let share = of(l).larger(of(r));
            let expected = if is_whole { KUNYA_SHARE } else { TEKNONYM_SHARE };
            let rate = share.drawn_to(expected, SHARE_WEIGHT) / expected;
            let usual = found.weight;
            found.weight = (usual - rate.log2()).clamp(0.0, model.kunya_weight_max);
            found.rarity = found.weight - usual;
            found.share = Some(share);
        }
        Some(found)
    })
}

/// Share of men who bear a kunya of middling frequency, whole and without its nisba; they equal u
/// of the levels. And how many people that guess counts as. Chosen by hand.
const KUNYA_SHARE: f64 = 0.01;
const TEKNONYM_SHARE: f64 = 0.05;
const SHARE_WEIGHT: f64 = 100.0;

fn find_birth(model: &MatchModel, left: &Prepared, right: &Prepared) -> Option<Finding> {
    if let Err(found) = stated(&left.births, &right.births, Outcome::BirthMissing) {
        return found;
    }
    best(&left.births, &right.births, |l, r, at| {
        Some(Finding::new(model, compare_births(l, r), at))
    })
}

/// Weighed by its outcome alone: a like name mostly says already where somebody is from, so that a
/// nationality that is rare on the lists is no further surprise. Half of its rarity in the weight
/// took the recall at 0.1 % false positives from 0.71 to 0.63 (six public lists, November 2026).
fn find_nationality(
    model: &MatchModel,
    frequencies: &Frequencies,
    left: &Prepared,
    right: &Prepared,
) -> Option<Finding> {
    let (l, r) = (&left.countries, &right.countries);
    if l.is_empty() && r.is_empty() {
        return None;
    }
    let Some((outcome, country)) = compare_countries(l, r) else {
        return Some(Finding::missing(Outcome::NationalityMissing));
    };
    let mut found = Finding::new(model, outcome, (0, 0));
    if let (Outcome::NationalitySame, Some(country)) = (outcome, country) {
        found.share = Some(frequencies.of_nationality(country));
    }
    Some(found)
}

/// The four outcomes of a comparison of relatives.
#[derive(Clone, Copy)]
struct RelativeOutcomes {
    same: Outcome,
    near: Outcome,
    different: Outcome,
    missing: Outcome,
}

const MOTHER: RelativeOutcomes = RelativeOutcomes {
    same: Outcome::MotherSame,
    near: Outcome::MotherNear,
    different: Outcome::MotherDifferent,
    missing: Outcome::MotherMissing,
};
const FATHER: RelativeOutcomes = RelativeOutcomes {
    same: Outcome::FatherSame,
    near: Outcome::FatherNear,
    different: Outcome::FatherDifferent,
    missing: Outcome::FatherMissing,
};

fn find_relative(
    model: &MatchModel,
    frequencies: &Frequencies,
    names: (&[names::Name], &[names::Name]),
    outcomes: RelativeOutcomes,
) -> Option<Finding> {
    let RelativeOutcomes { same, near, different, missing } = outcomes;
    if let Err(found) = stated(names.0, names.1, missing) {
        return found;
    }
    let lefts: Vec<Candidate<'_>> = names.0.iter().map(|n| (n, 0.0)).collect();
    let rights: Vec<Candidate<'_>> = names.1.iter().map(|n| (n, 0.0)).collect();
    let pair = best_pair(&lefts, &rights, frequencies.rarity(), &model.name)?;
    let weight = model.name.parent_share * name_weight(model, &pair);
    let (outcome, weight) = if weight < model.name.parent_near_min {
        (different, model.weight(different))
    } else {
        let is_near = model.name.curve.at(pair.likeness) < model.name.agree_min;
        let outcome = if is_near { near } else { same };
        (outcome, weight.clamp(0.0, model.name.parent_weight_max))
    };
    Some(Finding { outcome, weight, rarity: 0.0, at: Some((pair.left, pair.right)), share: None })
}

fn find_gender(model: &MatchModel, left: &Prepared, right: &Prepared) -> Option<Finding> {
    let (Some(l), Some(r)) = (left.gender, right.gender) else {
        return None;
    };
    let outcome = match (l.gender == r.gender, l.is_implied || r.is_implied) {
        (true, true) => return None,
        (true, false) => Outcome::GenderSame,
        (false, true) => Outcome::GenderImplied,
        (false, false) => Outcome::GenderDifferent,
    };
    Some(Finding::new(model, outcome, (0, 0)))
}

fn find_number(model: &MatchModel, left: &Prepared, right: &Prepared) -> Option<Finding> {
    if let Err(found) = stated(&left.numbers, &right.numbers, Outcome::DocumentMissing) {
        return found;
    }
    let best_of = |counts: fn(Outcome) -> bool| {
        best(&left.numbers, &right.numbers, |l, r, at| {
            let outcome = compare_numbers(l, r).filter(|outcome| counts(*outcome))?;
            Some(Finding::new(model, outcome, at))
        })
    };
    let found = best_of(|_| true).unwrap_or(Finding::missing(Outcome::DocumentMissing));
    if found.outcome == Outcome::DocumentDifferent {
        // Where nothing agrees, a renewed passport must not hide two numbers of one register.
        return best_of(|outcome| outcome == Outcome::RegisterDifferent).or(Some(found));
    }
    Some(found)
}

fn find_phone(model: &MatchModel, left: &Prepared, right: &Prepared) -> Option<Finding> {
    if let Err(found) = stated(&left.phones, &right.phones, Outcome::PhoneMissing) {
        return found;
    }
    best(&left.phones, &right.phones, |l, r, at| {
        let outcome = if l == r { Outcome::PhoneSame } else { Outcome::PhoneDifferent };
        Some(Finding::new(model, outcome, at))
    })
}

fn find_email(model: &MatchModel, left: &Prepared, right: &Prepared) -> Option<Finding> {
    if let Err(found) = stated(&left.emails, &right.emails, Outcome::EmailMissing) {
        return found;
    }
    best(&left.emails, &right.emails, |l, r, at| {
        Some(Finding::new(model, compare_emails(l, r), at))
    })
}

/// The four outcomes of a comparison of places.
#[derive(Clone, Copy)]
struct PlaceOutcomes {
    same: Outcome,
    near: Outcome,
    different: Outcome,
    missing: Outcome,
}

const BIRTH_PLACE: PlaceOutcomes = PlaceOutcomes {
    same: Outcome::BirthPlaceSame,
    near: Outcome::BirthPlaceNear,
    different: Outcome::BirthPlaceDifferent,
    missing: Outcome::BirthPlaceMissing,
};
const ADDRESS: PlaceOutcomes = PlaceOutcomes {
    same: Outcome::AddressSame,
    near: Outcome::AddressNear,
    different: Outcome::AddressDifferent,
    missing: Outcome::AddressMissing,
};

fn find_place(
    model: &MatchModel,
    places: (&[Place], &[Place]),
    outcomes: PlaceOutcomes,
) -> Option<Finding> {
    let PlaceOutcomes { same, near, different, missing } = outcomes;
    if let Err(found) = stated(places.0, places.1, missing) {
        return found;
    }
    best(places.0, places.1, |l, r, at| {
        let outcome = match compare_places(l, r) {
            Likeness::Same => same,
            Likeness::Near => near,
            Likeness::Different => different,
        };
        Some(Finding::new(model, outcome, at))
    })
}

impl Finding {
    /// The finding in words.
    pub(crate) fn to_part(
        self,
        model: &MatchModel,
        frequencies: &Frequencies,
        left: &Prepared,
        right: &Prepared,
    ) -> Part {
        let notes = self.notes(model, frequencies, left, right);
        Part { notes, ..self.outline(left, right) }
    }

    /// The finding without its notes, which take longer than all the rest.
    pub(crate) fn outline(self, left: &Prepared, right: &Prepared) -> Part {
        Part {
            comparison: self.outcome.comparison().to_owned(),
            level: self.outcome.level(),
            outcome: self.outcome.name().to_owned(),
            weight: self.weight,
            rarity: self.rarity,
            left: self.value(left, |at| at.0),
            right: self.value(right, |at| at.1),
            notes: Vec::new(),
        }
    }

    fn value(self, side: &Prepared, index: impl Fn((usize, usize)) -> usize) -> Option<String> {
        let i = self.at.map_or(0, index);
        let countries = || {
            let all = side.countries.nationalities.iter().chain(&side.countries.others);
            let codes: Vec<String> = all.map(|c| c.code().to_owned()).collect();
            (!codes.is_empty()).then(|| codes.join(", "))
        };
        match self.outcome.comparison() {
            "name" => side.names.get(i).map(|n| n.name.raw().to_owned()),
            "kunya" => side.kunyas.get(i).map(|k| k.raw.clone()),
            "birthDate" => side.births.get(i).map(|b| b.raw.clone()),
            "nationality" => countries(),
            "motherName" => side.mothers.get(i).map(|n| n.raw().to_owned()),
            "fatherName" => side.fathers.get(i).map(|n| n.raw().to_owned()),
            "gender" => side.gender.map(|g| g.gender.as_ftm().to_owned()),
            "document" => side.numbers.get(i).map(|n| n.raw.clone()),
            "phone" => side.phones.get(i).cloned(),
            "email" => side.emails.get(i).map(|e| e.raw.clone()),
            "birthPlace" => side.birth_places.get(i).map(|p| p.raw.clone()),
            "address" => side.addresses.get(i).map(|p| p.raw.clone()),
            _ => None,
        }
    }

    fn notes(
        self,
        _model: &MatchModel,
        frequencies: &Frequencies,
        left: &Prepared,
        right: &Prepared,
    ) -> Vec<String> {
        let mut notes = Vec::new();
        let Some((i, j)) = self.at else {
            return notes;
        };
        let engine = Engine::bundled();
        let names = match self.outcome.comparison() {
            "name" => Some((&left.names[i].name, &right.names[j].name)),
            "motherName" => Some((&left.mothers[i], &right.mothers[j])),
            "fatherName" => Some((&left.fathers[i], &right.fathers[j])),
            _ => None,
        };
        if let Some((l, r)) = names {
            let comparison = engine.compare(l, r, frequencies.rarity());
            notes.extend(comparison.features.iter().map(feature_note));
        }
        if self.outcome.comparison() == "document" {
            let mut doubtful = vec![&left.numbers[i], &right.numbers[j]];
            doubtful.retain(|number| number.check == Some(Check::Fails));
            doubtful.dedup_by(|a, b| a.raw == b.raw);
            notes.extend(doubtful.iter().map(|n| format!("{}: the check digit is wrong", n.raw)));
        }
        notes.extend(self.share_note());
        notes
    }

    fn share_note(self) -> Option<String> {
        let Share { count, of } = self.share?;
        Some(match self.outcome.comparison() {
            "name" => format!("{count} of {of} people share this name"),
            "kunya" => format!("{count} of {of} people with a kunya share it"),
            _ => format!("{count} of {of} people share it"),
        })
    }
}

/// One reason of the name engine in words.
fn feature_note(feature: &names::Feature) -> String {
    let names::Feature { left, right, note, .. } = feature;
    let met = match (left.is_empty(), right.is_empty()) {
        (false, false) => format!("{left} / {right}: "),
        (false, true) => format!("{left} / -: "),
        (true, false) => format!("- / {right}: "),
        (true, true) => String::new(),
    };
    format!("{met}{note} ({:+.1})", f64::from(feature.weight) * std::f64::consts::LOG2_E)
}
