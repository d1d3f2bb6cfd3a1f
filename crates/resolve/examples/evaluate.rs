//! Development aid: duplicates and screening measured on a generated cache, straight from its
//! truth, before any reading error.
//!
//! `cargo run -p resolve --release --example evaluate -- ../shared/data/cache-a/truth [docx,pdf,register]`

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::time::Instant;

use model::{Entity, Level, ScoredPair, Statement};
use resolve::{DedupeOptions, Index, MatchModel, ScreenOptions, dedupe};
use serde_json::Value;

type Boxed<T> = Result<T, Box<dyn std::error::Error>>;

#[expect(clippy::print_stdout, reason = "a development aid talks")]
fn main() -> Boxed<()> {
    let mut args = std::env::args().skip(1);
    let truth = args.next().unwrap_or_else(|| "../shared/data/cache-a/truth".to_owned());
    let kinds = args.next().unwrap_or_else(|| "docx,pdf,register,doc".to_owned());
    let kinds: BTreeSet<&str> = kinds.split(',').collect();
    let (entities, owner) = read_records(&truth, &kinds)?;
    let model = &match args.next() {
        Some(path) => MatchModel::from_json(&std::fs::read_to_string(path)?)?,
        None => MatchModel::bundled().clone(),
    };
    let start = Instant::now();
    let found = dedupe(&entities, &[], model, &DedupeOptions::of(model));
    println!(
        "{} records, {} pairs scored in {:?}, {} refused, losses {:?}",
        entities.len(),
        found.pairs.len(),
        start.elapsed(),
        found.refused.len(),
        found.losses
    );
    println!("{}", report_clusters(&found, &owner));
    println!("{}", report_screening(&truth, &entities, model, &owner)?);
    Ok(())
}

fn lines(path: &str) -> Boxed<Vec<Value>> {
    let text = std::fs::read_to_string(path)?;
    Ok(text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

/// Records as entities, and the true person of each.
fn read_records(
    truth: &str,
    kinds: &BTreeSet<&str>,
) -> Boxed<(Vec<Entity>, BTreeMap<String, String>)> {
    let mut statements = Vec::new();
    let mut owner = BTreeMap::new();
    for document in lines(&format!("{truth}/documents.jsonl"))? {
        let text = |key: &str| document[key].as_str().unwrap_or_default();
        let expected = text("expected");
        if !kinds.contains(text("kind"))
            || !expected.starts_with("ok")
            || expected.starts_with("ok:exact-duplicate")
            || expected.starts_with("ok-or-reject")
        {
            continue;
        }
        for record in document["records"].as_array().into_iter().flatten() {
            let id = format!("{}-{}", text("doc_id"), record["row"]);
            owner.insert(id.clone(), record["person_id"].as_str().unwrap_or_default().to_owned());
            let fields = &record["fields"];
            let mut add = |prop: &str, value: Option<&str>, written: Option<&str>| {
                if let Some(value) = value.or(written) {
                    let mut s =
                        Statement::new(id.as_str().into(), "Person", prop, value, "cache".into());
                    s.original_value = written.map(str::to_owned);
                    statements.push(s);
                }
            };
            for (prop, key) in [
                ("name", "full_name"),
                ("weakAlias", "kunya"),
                ("motherName", "mother_name"),
                ("address", "residence"),
            ] {
                add(prop, fields[key]["written"].as_str(), None);
            }
            let birth = &fields["birth_date"];
            add("birthDate", birth["norm"].as_str(), birth["written"].as_str());
            let code = fields["nationality"]["norm"].as_str().map(str::to_lowercase);
            add("nationality", code.as_deref(), None);
        }
    }
    Ok((Entity::fold(statements), owner))
}

fn report_clusters(found: &resolve::Dedupe, owner: &BTreeMap<String, String>) -> String {
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for person in owner.values() {
        *sizes.entry(person).or_default() += 1;
    }
    let (mut precision, mut recall, mut out) = (0.0, 0.0, String::new());
    let mut home: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, cluster) in found.clusters.iter().enumerate() {
        let people: Vec<&str> =
            cluster.members.iter().map(|m| owner[m.as_str()].as_str()).collect();
        for (member, person) in cluster.members.iter().zip(&people) {
            home.insert(member.as_str(), at);
            let same = people.iter().filter(|p| p == &person).count() as f64;
            precision += same / people.len() as f64;
            recall += same / sizes[person] as f64;
        }
        if people.iter().collect::<BTreeSet<_>>().len() > 1 {
            let _ = writeln!(out, "FALSE MERGE {:?} {people:?}", cluster.members);
        }
    }
    let n = owner.len() as f64;
    let (precision, recall) = (precision / n, recall / n);
    for pair in &found.pairs {
        let (l, r) = (pair.left.as_str(), pair.right.as_str());
        let is_same = owner[l] == owner[r];
        if is_same && home[l] != home[r] {
            let _ = writeln!(out, "MISSED p {:.3} {}", pair.probability, words(pair));
        } else if !is_same && pair.probability > 0.2 {
            let _ = writeln!(out, "HIGH p {:.3} {}", pair.probability, words(pair));
        }
    }
    for refusal in &found.refused {
        let is_same = owner[refusal.left.as_str()] == owner[refusal.right.as_str()];
        let _ = writeln!(out, "REFUSED same={is_same} {refusal:?}");
    }
    let known: BTreeSet<(&str, &str)> =
        found.pairs.iter().map(|p| (p.left.as_str(), p.right.as_str())).collect();
    let ids: Vec<&String> = owner.keys().collect();
    for (i, l) in ids.iter().enumerate() {
        for r in &ids[i + 1..] {
            if owner[*l] == owner[*r] && !known.contains(&(l.as_str(), r.as_str())) {
                let _ = writeln!(out, "NOT A PAIR {l} {r}");
            }
        }
    }
    let f1 = 2.0 * precision * recall / (precision + recall);
    let _ = write!(
        out,
        "B-cubed P {precision:.4} R {recall:.4} F1 {f1:.4}; clusters {} people {}",
        found.clusters.len(),
        sizes.len()
    );
    out
}

fn words(pair: &ScoredPair) -> String {
    let mut out = format!("{} {} w {:.1} s {:.2}:", pair.left, pair.right, pair.weight, pair.score);
    for part in &pair.explanation.parts {
        if part.level != Level::Missing {
            let _ = write!(
                out,
                "\n      {}={} {:+.1} [{} | {}] {}",
                part.comparison,
                part.outcome,
                part.weight,
                part.left.as_deref().unwrap_or("-"),
                part.right.as_deref().unwrap_or("-"),
                part.notes.join("; ")
            );
        }
    }
    out
}

fn read_watchlist(truth: &str) -> Boxed<Vec<Entity>> {
    let mut reader = csv::Reader::from_path(format!("{truth}/watchlist.csv"))?;
    let mut statements = Vec::new();
    for row in reader.deserialize::<BTreeMap<String, String>>() {
        let row: BTreeMap<String, String> = row?
            .into_iter()
            .map(|(k, v)| (k.trim_start_matches('\u{feff}').to_owned(), v))
            .collect();
        let mut add = |prop: &str, value: &str| {
            if !value.trim().is_empty() {
                let id = row["id"].as_str().into();
                statements.push(Statement::new(id, "Person", prop, value.trim(), "list".into()));
            }
        };
        add("name", &row["name"]);
        row["aliases"].split(';').for_each(|alias| add("alias", alias));
        add("alias", &row["name_ar"]);
        add("alias", &row["name_ru"]);
        add("birthDate", &row["dob"]);
        add("nationality", &row["nationality"].to_lowercase());
    }
    Ok(Entity::fold(statements))
}

/// One query per true person: all its records folded, as a perfect clustering would have them.
fn report_screening(
    truth: &str,
    entities: &[Entity],
    model: &MatchModel,
    owner: &BTreeMap<String, String>,
) -> Boxed<String> {
    let start = Instant::now();
    let index = Index::build(&read_watchlist(truth)?, model);
    let mut out = format!("index of {} in {:?}\n", index.len(), start.elapsed());
    let mut planted: BTreeMap<String, (String, String)> = BTreeMap::new();
    for line in lines(&format!("{truth}/planted.jsonl"))? {
        let text = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
        planted.insert(text("person_id"), (text("watchlist_id"), text("kind")));
    }
    let people = Entity::fold(entities.iter().flat_map(Entity::all).map(|s| {
        let mut s = s.clone();
        s.entity_id = owner[s.entity_id.as_str()].as_str().into();
        s
    }));
    let start = Instant::now();
    let mut statuses: BTreeMap<(String, &str), usize> = BTreeMap::new();
    let mut tally: BTreeMap<String, [usize; 4]> = BTreeMap::new();
    for person in &people {
        let hits = index.screen(person, &ScreenOptions::default());
        let plan = planted.get(person.id.as_str());
        let kind = plan.map_or("unlisted", |p| p.1.as_str());
        let counts = tally.entry(kind.to_owned()).or_default();
        counts[0] += 1;
        let at = plan.and_then(|p| hits.iter().position(|h| h.entity_id.as_str() == p.0));
        counts[1] += usize::from(at.is_some());
        counts[2] += usize::from(at == Some(0));
        let strong = hits.iter().filter(|h| h.pair.probability >= 0.5);
        counts[3] += usize::from(match (kind, plan) {
            ("full" | "alias_only", Some(p)) => strong.clone().any(|h| h.entity_id.as_str() == p.0),
            _ => strong.count() > 0,
        });
        let is_right = |h: &resolve::ScreenHit| plan.is_some_and(|p| p.0 == h.entity_id.as_str());
        let best = hits.iter().map(|h| (status(&h.pair), h)).max_by_key(|(s, _)| *s);
        if let Some((status, hit)) = best {
            *statuses.entry((kind.to_owned(), status)).or_default() += 1;
            let is_odd = match kind {
                "full" => status != "3 listed",
                "alias_only" => status != "2 possible",
                _ => status != "1 not_found",
            };
            if is_odd {
                let _ = writeln!(out, "STATUS {kind} {status} {}", words(&hit.pair));
            }
        }
        for hit in &hits {
            let p = hit.pair.probability;
            let is_true = is_right(hit) && kind != "decoy";
            if is_true && p < 0.5 || !is_true && p > 0.2 || is_right(hit) && kind == "decoy" {
                let _ = writeln!(out, "{kind} true={is_true} p {p:.3} {}", words(&hit.pair));
            }
        }
    }
    let _ = writeln!(out, "{} queries in {:?}", people.len(), start.elapsed());
    for (kind, [n, among, best, half]) in tally {
        let _ = writeln!(out, "{kind:12} n {n:4} among {among:4} best {best:4} half {half:4}");
    }
    let _ = writeln!(out, "{statuses:?}");
    Ok(out)
}

/// Roughly what triage proposes.
fn status(pair: &ScoredPair) -> &'static str {
    let level = |comparison: &str| pair.explanation.level(comparison);
    let conflict = |comparison: &str| level(comparison) == Level::Conflict;
    let agree = |comparison: &str| level(comparison) == Level::Agree;
    if conflict("birthDate") && conflict("nationality")
        || conflict("gender")
        || conflict("document")
    {
        return "1 not_found";
    }
    let is_day = pair.explanation.part("birthDate").is_some_and(|p| p.outcome == "same_day");
    let has_more = ["nationality", "kunya", "motherName"].into_iter().any(agree);
    if agree("name") && pair.probability >= 0.5 && (is_day || agree("birthDate") && has_more) {
        return "3 listed";
    }
    let is_kunya = agree("kunya") && (agree("birthDate") || agree("nationality"));
    if pair.score >= 0.5 && (level("name") >= Level::Near || is_kunya) {
        return "2 possible";
    }
    "1 not_found"
}
