//! Owns the section of match weights: for each property and level m, u and their logarithm.

use ::link::levels;

use super::html::{Column, chance, count, escape, expected, table, weight};
use super::svg::{Scale, bar};
use super::{Facts, field_names};

/// One level of one property.
struct Row {
    property: String,
    level: &'static str,
    m: f64,
    u: f64,
    pairs: u64,
    expected: f64,
}

impl Row {
    fn weight(&self) -> f64 {
        (self.m / self.u).log2()
    }
}

/// The section.
pub(crate) fn section(facts: &Facts<'_>) -> String {
    let rows = rows(facts);
    let weights = || rows.iter().map(Row::weight);
    let scale = Scale { from: weights().fold(-1.0, f64::min), to: weights().fold(1.0, f64::max) };
    let columns = [
        ("Property", Column::Text),
        ("Level", Column::Text),
        ("log2 of m/u", Column::Text),
        ("Weight", Column::Number),
        ("m", Column::Number),
        ("u", Column::Number),
        ("Pairs scored", Column::Number),
        ("of one person, expected", Column::Number),
    ];
    let lines = rows.iter().enumerate().map(|(i, row)| {
        let is_new = i == 0 || rows[i - 1].property != row.property;
        let title = format!(
            "{}, {}: m {}, u {}, {} pairs",
            row.property,
            row.level,
            chance(row.m),
            chance(row.u),
            count(row.pairs)
        );
        vec![
            if is_new {
                escape(&row.property)
            } else {
                format!("<span class=\"again\">{}</span>", escape(&row.property))
            },
            escape(row.level),
            bar(scale, 0.0, row.weight(), &[(0.0, "zero")], &title),
            weight(row.weight()),
            chance(row.m),
            chance(row.u),
            count(row.pairs),
            expected(row.expected),
        ]
    });
    let table = table("Weight of each level of each property", &columns, lines);
    format!(
        "<p>A level that two records of one person show more often (<b>m</b>) than two records by \
         chance (<b>u</b>) speaks for one person; the weight is the binary logarithm of m/u. On an \
         exact agreement a rare value counts more and a frequent one less than the row says. \
         Levels that no scored pair shows are left out; a missing value weighs nothing.</p>\n\
         {table}{}",
        shares(facts)
    )
}

fn rows(facts: &Facts<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    for (f, (property, field)) in
        field_names(facts.records).iter().zip(&facts.linked.model.fields).enumerate()
    {
        for level in levels() {
            let counted = facts.collected.levels.of(f, level);
            let of = |class: &str| field.levels.get(level).and_then(|l| l.get(class)).copied();
            let (Some(m), Some(u)) = (of("same"), of("chance")) else { continue };
            if counted.pairs > 0 && m > 0.0 && u > 0.0 {
                let (pairs, expected) = (counted.pairs, counted.expected);
                let property = property.clone();
                rows.push(Row { property, level, m, u, pairs, expected });
            }
        }
    }
    rows
}

/// Shares of the classes that explain why two records agree.
fn shares(facts: &Facts<'_>) -> String {
    let meaning = |class: &str| match class {
        "same" => "one person",
        "chance" => "two persons who agree by chance",
        "kin" => "members of one household",
        "neighbors" => "people of one place",
        "namesakes" => "people of one name",
        "twins" => "members of one household born on one day",
        _ => "",
    };
    let rows = facts.linked.model.shares.iter().map(|(class, share)| {
        vec![escape(class), meaning(class).to_owned(), format!("{share:.3e}")]
    });
    let columns =
        [("Class", Column::Text), ("Is", Column::Text), ("Share of all pairs", Column::Number)];
    format!(
        "<details><summary>Why two records may agree: shares of all pairs</summary>\n{}</details>\n",
        table("Classes of pairs and their learnt shares", &columns, rows)
    )
}
