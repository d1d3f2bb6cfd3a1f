//! Claims that somebody is dead, each with its source; the reported life status they add up to.
//!
//! Law 4: never a fact. A sentence in a list's remarks is quoted whole, since it may speak of
//! somebody else; "killed" about a brother is why a person must read it.

use model::{Claim, Entity, Grade, LifeStatus, Method, Statement};

/// Words that a remark about a death uses, folded to lower case. Chosen by hand from the
/// vocabulary of the UN, EU and UK remarks and of the forms.
const DEATH_WORDS: [&str; 22] = [
    "deceased",
    "dead",
    "died",
    "death",
    "killed",
    "executed",
    "martyred",
    "décédé",
    "decede",
    "mort",
    "tué",
    "умер",
    "убит",
    "погиб",
    "скончался",
    "متوفى",
    "متوفي",
    "توفي",
    "قتل",
    "مقتل",
    "مات",
    "استشهد",
];

/// Phrases that hold a death word and report no death. Chosen by hand.
const NO_DEATH: [&str; 8] = [
    "date of death: unknown",
    "not dead",
    "death threat",
    "sentenced to death",
    "death sentence",
    "death penalty",
    "death squad",
    "denies reports of",
];

/// Words that name a relative: a sentence with one of them before the death word speaks of kin.
const KIN_WORDS: [&str; 14] = [
    "brother",
    "father",
    "son",
    "wife",
    "husband",
    "mother",
    "uncle",
    "cousin",
    "sister",
    "nephew",
    "daughter",
    "son-in-law",
    "brother-in-law",
    "relative",
];

/// The claims of death that an entity's statements make.
///
/// A form's date or place of death is one; so is a list's date of death, and every sentence of a
/// list's notes that reports a death and names no relative before it.
pub fn extract_claims(entity: &Entity) -> Vec<Claim> {
    let mut claims = Vec::new();
    for statement in entity.statements("deathDate") {
        claims.push(claim(entity, statement, Some(statement.value.clone()), "date of death"));
    }
    for prop in ["death_date", "death_place"] {
        for statement in entity.statements(prop).iter().filter(|s| is_stated(s)) {
            let date = (prop == "death_date").then(|| statement.value.clone());
            claims.push(claim(entity, statement, date, prop));
        }
    }
    for statement in entity.statements("notes") {
        for sentence in sentences(&statement.value).filter(|s| reports_death(s)) {
            let mut claim = claim(entity, statement, None, "");
            sentence.trim().clone_into(&mut claim.text);
            claims.push(claim);
        }
    }
    claims
}

/// True if a form's answer on a death says something: a date, or a place of three letters and
/// more, and recognised with some confidence. A stamp over an empty cell reads as a stray letter,
/// and nobody is dead of that.
fn is_stated(statement: &Statement) -> bool {
    let sure = statement
        .citation
        .as_ref()
        .is_none_or(|c| c.method != Method::Ocr || c.confidence >= CONFIDENCE_MIN);
    let value = &statement.value;
    let says = if &*statement.prop == "death_date" {
        value.len() >= 4 && value.bytes().take(4).all(|b| b.is_ascii_digit())
    } else {
        value.chars().filter(|c| c.is_alphabetic()).count() >= 3
    };
    sure && says && value != "none"
}

/// Confidence of a recognised answer below which it is no claim of a death. Chosen by hand. On a
/// fictional cache of 58 scans 16 answers lie below it: 13 on forms that report no death, 3 on
/// forms that do, which are given up for the 13.
const CONFIDENCE_MIN: f32 = 0.5;

/// The reported life status that claims of death add up to. `later_seen` is true if a source
/// reports activity after the death. A person who says that somebody lives, or that the death is
/// disputed, disputes it; both claims stay.
pub fn life_status(claims: &[Claim], later_seen: bool) -> LifeStatus {
    let is_disputed = later_seen || claims.iter().any(|c| c.life != LifeStatus::ReportedDead);
    match (claims.iter().any(|c| c.life == LifeStatus::ReportedDead), is_disputed) {
        (false, _) => LifeStatus::Unknown,
        (true, false) => LifeStatus::ReportedDead,
        (true, true) => LifeStatus::Disputed,
    }
}

fn claim(entity: &Entity, statement: &Statement, date: Option<String>, what: &str) -> Claim {
    Claim {
        subject: entity.id.clone(),
        life: LifeStatus::ReportedDead,
        date,
        text: format!("{}: {}", what.replace('_', " "), statement.written()),
        dataset: statement.dataset.clone(),
        by: None,
        citation: statement.citation.clone(),
        grade: Grade::UNGRADED,
    }
}

/// Cuts at full stops and line ends that a blank or the end follows, and at semicolons.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', '\n', '。', '؛']).flat_map(|piece| piece.split(". "))
}

fn reports_death(sentence: &str) -> bool {
    let folded = format!("{} ", sentence.to_lowercase());
    if NO_DEATH.iter().any(|phrase| folded.contains(phrase)) {
        return false;
    }
    let at = DEATH_WORDS.iter().filter_map(|word| find_word(&folded, word)).min();
    let kin = KIN_WORDS.iter().filter_map(|word| find_word(&folded, word)).min();
    match (at, kin) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(at), Some(kin)) => at < kin,
    }
}

/// Where `word` stands in `text` as a whole word. Arabic and Russian words may take endings, and
/// Arabic ones the prefixed "and".
fn find_word(text: &str, word: &str) -> Option<usize> {
    let latin = word.is_ascii() || word.starts_with(|c: char| c < '\u{250}');
    text.match_indices(word).map(|(at, _)| at).find(|&at| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        let begins = !before.is_some_and(|c| c.is_alphabetic() && c != 'و');
        let ends = !latin || !after.is_some_and(char::is_alphabetic);
        begins && ends
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noted(text: &str) -> Vec<Claim> {
        let mut entity = Entity::new("e".into(), "Person");
        let dataset = model::DatasetName::from("list");
        entity.add(Statement::new("e".into(), "Person", "notes", text, dataset));
        extract_claims(&entity)
    }

    #[test]
    fn a_remark_that_reports_the_death_is_quoted() {
        let claims = noted("Speaks two languages. Reportedly killed in a sample town in 1999.");
        assert_eq!(claims.len(), 1);
        assert_eq!(claims[0].text, "Reportedly killed in a sample town in 1999.");
        assert_eq!(life_status(&claims, false), LifeStatus::ReportedDead);
        assert_eq!(life_status(&claims, true), LifeStatus::Disputed);
    }

    #[test]
    fn the_death_of_a_relative_is_not_inherited() {
        assert!(noted("His brother was killed in 1999").is_empty());
        assert!(noted("Father's name: Sample (deceased)").is_empty());
        assert!(noted("Sentenced to death in absentia").is_empty());
        assert!(noted("Deadline of the file: 1999").is_empty());
    }

    #[test]
    fn a_form_with_a_place_of_death_claims_a_death() {
        let mut entity = Entity::new("e".into(), "Form");
        let dataset = model::DatasetName::from("stick");
        entity.add(Statement::new("e".into(), "Form", "death_place", "none", dataset.clone()));
        assert!(extract_claims(&entity).is_empty());
        entity.add(Statement::new("e".into(), "Form", "death_place", "Sampleville", dataset));
        assert_eq!(extract_claims(&entity).len(), 1);
    }

    #[test]
    fn a_stray_letter_kills_nobody() {
        let mut entity = Entity::new("e".into(), "Form");
        let dataset = model::DatasetName::from("stick");
        for (prop, value) in [("death_place", "I"), ("death_date", "1"), ("death_place", "wei eT")]
        {
            let mut statement = Statement::new("e".into(), "Form", prop, value, dataset.clone());
            statement.citation = Some(model::Citation {
                document: "aa".into(),
                place: model::Place::Whole,
                method: Method::Ocr,
                confidence: 0.39,
            });
            entity.add(statement);
        }
        assert_eq!(extract_claims(&entity), []);
    }
}
