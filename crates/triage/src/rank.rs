//! The order of the queue: facts about a lead, and the points that the rules give for them.
//!
//! Ties are broken by lead id, so the order is the same for any order of input.

use std::collections::BTreeSet;

use jiff::civil::Date;
use model::{Lead, LeadId, LifeStatus, Statement};
use serde::{Deserialize, Serialize};

use crate::propose::{Person, entry_dates};
use crate::rules::RankRules;

/// What is known of a lead, as words that rules can name; what else of the case they need is told
/// when the queue is ordered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    words: BTreeSet<String>,
    /// Dates of entry that its forms state.
    entries: Vec<String>,
}

/// The place of a lead in the queue.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// The lead.
    pub id: LeadId,
    /// Its place, from 1.
    pub rank: u32,
    /// Sum of the points behind it.
    pub points: f64,
    /// The rules that gave them, in words.
    pub line: Option<String>,
}

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
    pub(crate) fn of_person(person: &Person) -> Self {
        let mut words = BTreeSet::new();
        for form in &person.forms {
            for prop in form.properties.keys().filter(|p| &***p != "subject") {
                words.insert(format!("has:{prop}"));
            }
            words.extend(form.values("role").map(|role| format!("role:{role}")));
        }
        let nationalities = person.entity.values("nationality");
        words.extend(nationalities.map(|n| format!("nationality:{}", n.to_uppercase())));
        if person.cluster.members.len() >= 2 {
            words.insert("records:2+".to_owned());
        }
        if keeps_papers(person) {
            words.insert("travel_document".to_owned());
        }
        Self { words, entries: entry_dates(&person.forms).collect() }
    }

    pub(crate) fn with_status(mut self, lead: &Lead) -> Self {
        self.words.insert(format!("status:{}", lead.status.as_str()));
        let life = match lead.life {
            LifeStatus::Unknown => "unknown",
            LifeStatus::ReportedDead => "reported_dead",
            LifeStatus::Disputed => "disputed",
        };
        self.words.insert(format!("life:{life}"));
        self
    }

    /// The words, in order.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }

    /// Whether somebody says something of whether the person lives.
    pub fn has_claims(&self) -> bool {
        !self.words.contains("life:unknown")
    }

    fn entry_days(&self) -> impl Iterator<Item = Date> + '_ {
        self.entries.iter().filter_map(|entry| first_day(entry))
    }

    fn holds(&self, fact: &str, is_recent: bool) -> bool {
        if fact == "recent" { is_recent } else { self.words.contains(fact) }
    }
}

impl Ranked {
    /// Puts points, reasons and rank into the lead.
    pub fn put(&self, lead: &mut Lead) {
        (lead.rank, lead.points) = (self.rank, self.points);
        lead.reasons.extend(self.line.clone());
    }
}

/// The queue: the place of every lead, first first.
pub fn rank_queue<'a>(
    leads: impl IntoIterator<Item = (&'a LeadId, &'a Facts)>,
    rules: &RankRules,
) -> Vec<Ranked> {
    let leads: Vec<(&LeadId, &Facts)> = leads.into_iter().collect();
    let latest = leads.iter().flat_map(|(_, facts)| facts.entry_days()).max();
    let days = i32::try_from(rules.recent_days).unwrap_or(i32::MAX);
    let is_recent = |facts: &Facts| {
        let near = |entry: Date| latest.is_some_and(|latest| (latest - entry).get_days() <= days);
        facts.entry_days().any(near)
    };
    let mut ranked: Vec<Ranked> = leads
        .into_iter()
        .map(|(id, facts)| {
            let (points, line) = points(facts, is_recent(facts), rules);
            Ranked { id: id.clone(), rank: 0, points, line }
        })
        .collect();
    ranked.sort_by(|a, b| b.points.total_cmp(&a.points).then_with(|| a.id.cmp(&b.id)));
    for (place, lead) in (1..).zip(&mut ranked) {
        lead.rank = place;
    }
    ranked
}

fn points(facts: &Facts, is_recent: bool, rules: &RankRules) -> (f64, Option<String>) {
    let mut sum = 0.0;
    let mut lines = Vec::new();
    for rule in rules.rule.iter().filter(|r| r.enabled) {
        if rule.when.iter().all(|fact| facts.holds(fact, is_recent)) {
            sum += rule.points;
            lines.push(format!("{} {:+}", rule.name, rule.points));
        }
    }
    (sum, (!lines.is_empty()).then(|| format!("rank: {}", lines.join(", "))))
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
