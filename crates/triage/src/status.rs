//! What one list match alone would propose, and why.
//!
//! Reads the levels of the explanation, so a rule never recomputes what `resolve` decided.
//! Invariant: without an agreeing field beside the names the answer is never `listed`.

use model::{Explanation, Level, Part, ScoredPair, Status, Verdict, Word};

use crate::rules::StatusRules;

/// Outcomes of the birth date comparison that say the same day.
const SAME_DAY: [&str; 1] = ["same_day"];

/// The status a match proposes, with the reason in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// `Listed`, `Possible` or `NotFound`.
    pub status: Status,
    /// Why.
    pub reason: String,
}

/// What this pair of a person and a list entry proposes.
pub fn propose(pair: &ScoredPair, rules: &StatusRules) -> Proposal {
    let explanation = &pair.explanation;
    if let Some(conflict) = strong_conflict(explanation, rules) {
        return not_found(format!("ruled out: {conflict}"));
    }
    let name = explanation.level("name");
    if name == Level::Agree
        && pair.probability >= rules.listed_probability_min
        && let Some(evidence) = listed_evidence(explanation, rules)
    {
        return Proposal {
            status: Status::Listed,
            reason: format!("civil name agrees, and {evidence}"),
        };
    }
    if name >= Level::Near && pair.score >= rules.possible_score_min {
        let more = agreeing(explanation, &["birthDate", "nationality", "motherName"]);
        let reason = match more.as_slice() {
            [] => "only the name agrees".to_owned(),
            more => format!("the name is close, {} agree", more.join(", ")),
        };
        return Proposal { status: Status::Possible, reason };
    }
    if explanation.level("kunya") == Level::Agree {
        return propose_by_kunya(pair, rules);
    }
    if name >= Level::Near {
        return not_found(format!(
            "score {:.2} is below {:.2}",
            pair.score, rules.possible_score_min
        ));
    }
    not_found("neither civil name nor war name agrees".to_owned())
}

/// What this pair proposes after a person looked at it. Still a proposal: only a decision on the lead
/// is more.
pub fn propose_judged(pair: &ScoredPair, word: &Word, rules: &StatusRules) -> Proposal {
    let said = in_full(word);
    match word.verdict {
        Verdict::Same => {
            let conflict = strong_conflict(&pair.explanation, rules);
            let but = conflict.map(|conflict| format!(", although {conflict}")).unwrap_or_default();
            Proposal { status: Status::Listed, reason: format!("judged the same {said}{but}") }
        }
        Verdict::Different => not_found(format!("ruled out: judged to be different {said}")),
        Verdict::Related => {
            let relation = word.relation.as_deref().map(|r| format!(" ({r})")).unwrap_or_default();
            not_found(format!("related{relation} and not the same, judged {said}"))
        }
        Verdict::Unsure => {
            let Proposal { status, reason } = propose(pair, rules);
            let status = if status == Status::Listed { Status::Possible } else { status };
            Proposal { status, reason: format!("{reason}; judged unsure {said}") }
        }
    }
}

/// Who said it, when and why.
fn in_full(word: &Word) -> String {
    let day = word.time.get(..10).unwrap_or(&word.time);
    let why = word.reason.as_deref().map(|why| format!(": {why}")).unwrap_or_default();
    format!("by {} on {day}{why}", word.user)
}

/// What a shared war name proposes where the civil names do not.
fn propose_by_kunya(pair: &ScoredPair, rules: &StatusRules) -> Proposal {
    let explanation = &pair.explanation;
    let same_day = explanation.part("birthDate").is_some_and(is_same_day);
    if explanation.level("name") == Level::Conflict && !same_day {
        return not_found("the war name agrees, the civil name does not".to_owned());
    }
    if pair.score < rules.possible_kunya_score_min {
        return not_found(format!(
            "score {:.2} is below {:.2}",
            pair.score, rules.possible_kunya_score_min
        ));
    }
    let with: Vec<&str> = rules.possible_kunya_with.iter().map(String::as_str).collect();
    match agreeing(explanation, &with).as_slice() {
        [] => not_found("only a war name agrees, which many share".to_owned()),
        more => Proposal {
            status: Status::Possible,
            reason: format!("the war name agrees, and {}", more.join(", ")),
        },
    }
}

fn is_same_day(birth: &Part) -> bool {
    birth.level == Level::Agree && SAME_DAY.contains(&birth.outcome.as_str())
}

fn not_found(reason: String) -> Proposal {
    Proposal { status: Status::NotFound, reason }
}

/// The first set of comparisons that all conflict, in words.
fn strong_conflict(explanation: &Explanation, rules: &StatusRules) -> Option<String> {
    let set = rules.strong_conflicts.iter().find(|set| {
        !set.is_empty() && set.iter().all(|c| explanation.level(c) == Level::Conflict)
    })?;
    let set: Vec<String> = set.iter().map(|c| in_words(c)).collect();
    Some(format!("{} in conflict", set.join(" and ")))
}

/// What, beside the name, makes a listing.
fn listed_evidence(explanation: &Explanation, rules: &StatusRules) -> Option<String> {
    if explanation.level("document") == Level::Agree {
        return Some("a document number agrees".to_owned());
    }
    let birth = explanation.part("birthDate")?;
    if is_same_day(birth) {
        return Some("the full birth date agrees".to_owned());
    }
    if birth.level != Level::Agree {
        return None;
    }
    let more: Vec<&str> = rules.listed_with_birth_year.iter().map(String::as_str).collect();
    match agreeing(explanation, &more).as_slice() {
        [] => None,
        more => Some(format!("birth year and {} agree", more.join(", "))),
    }
}

fn agreeing(explanation: &Explanation, comparisons: &[&str]) -> Vec<String> {
    comparisons
        .iter()
        .filter(|c| explanation.level(c) == Level::Agree)
        .map(|c| in_words(c))
        .collect()
}

/// The comparison `birthDate` as "birth date".
fn in_words(comparison: &str) -> String {
    let mut words = String::new();
    for letter in comparison.chars() {
        if letter.is_uppercase() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Rules;

    fn pair(levels: &[(&str, Level, &str)]) -> ScoredPair {
        let parts = levels
            .iter()
            .map(|(comparison, level, outcome)| Part {
                comparison: (*comparison).to_owned(),
                level: *level,
                outcome: (*outcome).to_owned(),
                weight: 1.0,
                rarity: 0.0,
                left: None,
                right: None,
                notes: Vec::new(),
            })
            .collect();
        ScoredPair {
            left: "p".into(),
            right: "l".into(),
            weight: 10.0,
            probability: 0.99,
            score: 0.99,
            explanation: Explanation { prior: 0.0, parts },
        }
    }

    fn status(levels: &[(&str, Level, &str)]) -> Status {
        propose(&pair(levels), &Rules::default().status).status
    }

    const NAME: (&str, Level, &str) = ("name", Level::Agree, "");

    #[test]
    fn name_and_full_birth_date_make_a_listing() {
        assert_eq!(status(&[NAME, ("birthDate", Level::Agree, "same_day")]), Status::Listed);
    }

    #[test]
    fn name_and_birth_year_need_one_more_field() {
        let year = ("birthDate", Level::Agree, "same_year");
        assert_eq!(status(&[NAME, year]), Status::Possible);
        assert_eq!(status(&[NAME, year, ("nationality", Level::Agree, "")]), Status::Listed);
        assert_eq!(status(&[NAME, year, ("nationality", Level::Conflict, "")]), Status::Possible);
    }

    #[test]
    fn another_birth_year_and_nationality_rule_a_namesake_out() {
        let conflicts =
            [NAME, ("birthDate", Level::Conflict, ""), ("nationality", Level::Conflict, "")];
        assert_eq!(status(&conflicts), Status::NotFound);
    }

    #[test]
    fn a_war_name_alone_is_nothing_and_with_the_nationality_possible() {
        let kunya = ("kunya", Level::Agree, "");
        assert_eq!(status(&[kunya]), Status::NotFound);
        let nationality = ("nationality", Level::Agree, "");
        assert_eq!(status(&[kunya, nationality]), Status::Possible);
        let another_name = ("name", Level::Conflict, "");
        assert_eq!(status(&[another_name, kunya, nationality]), Status::NotFound);
        let same_day = ("birthDate", Level::Agree, "same_day");
        assert_eq!(status(&[another_name, kunya, same_day]), Status::Possible);
    }

    fn word(verdict: Verdict) -> Word {
        let (user, time) = ("an analyst".into(), "2026-01-02T03:04:05.000Z".into());
        Word { verdict, relation: Some("brother".into()), user, time, reason: Some("seen".into()) }
    }

    #[test]
    fn a_person_rules_a_match_out_or_in_and_the_reason_says_who() {
        let day = ("birthDate", Level::Agree, "same_day");
        let judged = |verdict, levels: &[(&str, Level, &str)]| {
            let proposal = propose_judged(&pair(levels), &word(verdict), &Rules::default().status);
            (proposal.status, proposal.reason)
        };
        let (status, reason) = judged(Verdict::Different, &[NAME, day]);
        assert_eq!(status, Status::NotFound);
        assert_eq!(reason, "ruled out: judged to be different by an analyst on 2026-01-02: seen");
        let (status, reason) = judged(Verdict::Related, &[NAME, day]);
        assert_eq!(status, Status::NotFound, "a relative inherits nothing");
        assert!(reason.starts_with("related (brother) and not the same"), "{reason}");
        let (status, reason) = judged(Verdict::Same, &[NAME, ("gender", Level::Conflict, "")]);
        assert_eq!(status, Status::Listed);
        assert!(reason.ends_with("although gender in conflict"), "{reason}");
        assert_eq!(judged(Verdict::Unsure, &[NAME, day]).0, Status::Possible);
    }

    proptest! {
        /// Law 8: a name alone, at any score and probability, is never more than possible.
        #[test]
        fn a_name_alone_is_never_listed(score in 0.0..=1.0f64, probability in 0.0..=1.0f64) {
            let mut pair = pair(&[NAME]);
            pair.score = score;
            pair.probability = probability;
            prop_assert_ne!(propose(&pair, &Rules::default().status).status, Status::Listed);
        }
    }
}
