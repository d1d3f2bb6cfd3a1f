//! The order of the queue: facts about a lead, and the points that the rules give for them.
//!
//! Ties are broken by lead id, so the order is the same for any order of input.

use std::collections::BTreeSet;

use jiff::civil::Date;
use model::{Lead, LifeStatus, Statement};

use crate::propose::{Person, entry_dates};
use crate::rules::RankRules;

/// What is known of a person, as words that rules can name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts(BTreeSet<String>);

/// Words for identity papers in the answers to "belongings left in trust".
const TRAVEL_PAPERS: [&str; 9] = [
    "passport",
    "identity",
    "جواز",
    "هوية",
    "بطاقة",
    "passeport",
    "паспорт",
    "pasaport",
    "ausweis",
];

impl Facts {
    /// The facts of a person, status and life status excepted.
    pub(crate) fn of_person(person: &Person, latest: Option<&str>, rules: &RankRules) -> Self {
        let mut facts = BTreeSet::new();
        for form in &person.forms {
            for prop in form.properties.keys().filter(|p| &***p != "subject") {
                facts.insert(format!("has:{prop}"));
            }
            facts.extend(form.values("role").map(|role| format!("role:{role}")));
        }
        let nationalities = person.entity.values("nationality");
        facts.extend(nationalities.map(|n| format!("nationality:{}", n.to_uppercase())));
        if person.cluster.members.len() >= 2 {
            facts.insert("records:2+".to_owned());
        }
        if latest.is_some_and(|l| is_recent(person, l, rules.recent_days)) {
            facts.insert("recent".to_owned());
        }
        if keeps_papers(person) {
            facts.insert("travel_document".to_owned());
        }
        Self(facts)
    }

    fn with_status(mut self, lead: &Lead) -> Self {
        self.0.insert(format!("status:{}", lead.status.as_str()));
        let life = match lead.life {
            LifeStatus::Unknown => "unknown",
            LifeStatus::ReportedDead => "reported_dead",
            LifeStatus::Disputed => "disputed",
        };
        self.0.insert(format!("life:{life}"));
        self
    }
}

/// Gives every lead its points, reasons and rank, and puts them in order.
pub(crate) fn rank_leads(leads: Vec<(Lead, Facts)>, rules: &RankRules) -> Vec<Lead> {
    let mut ranked: Vec<Lead> =
        leads.into_iter().map(|(lead, facts)| give_points(lead, facts, rules)).collect();
    ranked.sort_by(|a, b| b.points.total_cmp(&a.points).then_with(|| a.id.cmp(&b.id)));
    for (place, lead) in (1..).zip(&mut ranked) {
        lead.rank = place;
    }
    ranked
}

fn give_points(mut lead: Lead, facts: Facts, rules: &RankRules) -> Lead {
    let facts = facts.with_status(&lead);
    let mut lines = Vec::new();
    for rule in rules.rule.iter().filter(|r| r.enabled) {
        if rule.when.iter().all(|fact| facts.0.contains(fact)) {
            lead.points += rule.points;
            lines.push(format!("{} {:+}", rule.name, rule.points));
        }
    }
    if !lines.is_empty() {
        lead.reasons.push(format!("rank: {}", lines.join(", ")));
    }
    lead
}

fn is_recent(person: &Person, latest: &str, days: i64) -> bool {
    let Some(latest) = first_day(latest) else { return false };
    entry_dates(&person.forms)
        .filter_map(|entry| first_day(&entry))
        .any(|entry| (latest - entry).get_days() <= i32::try_from(days).unwrap_or(i32::MAX))
}

/// The first day that a full or partial ISO 8601 date may mean.
fn first_day(text: &str) -> Option<Date> {
    let mut numbers = text.splitn(3, '-').map(str::parse::<i16>);
    let year = numbers.next()?.ok()?;
    let month = numbers.next().and_then(Result::ok).and_then(|m| i8::try_from(m).ok());
    let day = numbers.next().and_then(Result::ok).and_then(|d| i8::try_from(d).ok());
    Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()
}

/// True if a form states what was left in trust and names no identity paper.
fn keeps_papers(person: &Person) -> bool {
    let mut stated = person
        .forms
        .iter()
        .flat_map(|f| f.statements("deposits"))
        .map(Statement::written)
        .peekable();
    stated.peek().is_some()
        && stated.all(|text| {
            let text = text.to_lowercase();
            !TRAVEL_PAPERS.iter().any(|paper| text.contains(paper))
        })
}
