//! Owns the page as a whole: its head, its summary, its sections in order.
//!
//! The page loads nothing: style and script stand in it, and a policy forbids the rest.

use std::fmt::Write as _;

use super::Facts;
use super::html::{Column, count, escape, table, value};
use super::values::file_name;
use super::{groups, pairs, rules, scores, weights};

const FRAME: &str = include_str!("page.html");
const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// The page.
pub(crate) fn render(facts: &Facts<'_>) -> String {
    let sections = [
        ("summary", "Summary", summary(facts)),
        ("weights", "Match weights", weights::section(facts)),
        ("scores", "Pairs by weight", scores::histogram(facts)),
        ("thresholds", "Thresholds", scores::thresholds(facts)),
        ("pairs", "Pairs explained", pairs::section(facts)),
        ("clusters", "Clusters", groups::sizes(facts) + &groups::clusters(facts)),
        ("refused", "Refused joins", groups::refused(facts)),
        ("unlinkables", "Unlinkable records", scores::unlinkable(facts)),
        ("blocking", "Blocking", rules::section(facts)),
    ];
    let mut contents = String::new();
    let mut body = String::new();
    for (id, name, section) in &sections {
        let _ = writeln!(contents, "<li><a href=\"#{id}\">{name}</a></li>");
        let _ = writeln!(
            body,
            "<section id=\"{id}\" aria-labelledby=\"{id}-name\">\n\
             <h2 id=\"{id}-name\">{name}</h2>\n{section}</section>"
        );
    }
    let title = format!("Linkage of {}", tables(facts));
    // Each piece is put in once, from the frame's pieces, so that no value can name another place.
    let mut page = String::new();
    for piece in FRAME.split("{{") {
        let (name, rest) = piece.split_once("}}").unwrap_or(("", piece));
        match name {
            "title" => page += &escape(&title),
            "style" => page += STYLE,
            "contents" => page += &contents,
            "body" => page += &body,
            "script" => page += SCRIPT,
            "version" => page += env!("CARGO_PKG_VERSION"),
            _ => {}
        }
        page += rest;
    }
    page
}

fn tables(facts: &Facts<'_>) -> String {
    let names: Vec<String> = facts.input.tables.iter().map(|t| file_name(&t.path)).collect();
    names.join(" with ")
}

fn summary(facts: &Facts<'_>) -> String {
    let linked = facts.linked;
    let clusters: usize = facts.clusters.sizes.values().sum();
    let numbers = [
        ("records", count(facts.records.len())),
        ("pairs compared", count(linked.compared)),
        ("pairs scored", count(linked.scored)),
        ("matches", count(linked.matches)),
        ("clusters", count(clusters)),
        ("joins refused", count(linked.refused)),
    ];
    let mut out = String::from("<dl class=\"numbers\">\n");
    for (name, number) in numbers {
        let _ = writeln!(out, "<div><dt>{name}</dt><dd>{number}</dd></div>");
    }
    out += "</dl>\n";
    let _ = writeln!(
        out,
        "<p>A pair is scored from a weight of −10 on, and a match from a probability of {} on{}. \
         No labels were used: what is said of quality is estimated from the model itself.</p>",
        facts.args.threshold,
        if facts.args.one_to_one { ", one record of each table a cluster" } else { "" },
    );
    out += &columns(facts);
    out
}

/// Which column of which table was taken for what.
fn columns(facts: &Facts<'_>) -> String {
    let rows = facts.input.tables.iter().flat_map(|table| {
        table.columns.iter().enumerate().map(|(number, (name, property))| {
            let taken = match property {
                Some(property) => escape(property.name()),
                None if number == table.id => "<i>id</i>".to_owned(),
                None => "<span class=\"none\">left out</span>".to_owned(),
            };
            vec![value(&file_name(&table.path)), count(table.records), value(name), taken]
        })
    });
    let heads = [
        ("Table", Column::Text),
        ("Records", Column::Number),
        ("Column", Column::Text),
        ("Taken for", Column::Text),
    ];
    let compared: Vec<&str> = facts.records.properties().iter().map(|p| p.name()).collect();
    format!(
        "{}<p>Compared: {}. A whole name is compared by its parts.</p>\n",
        table("Columns and what they were taken for", &heads, rows),
        escape(&compared.join(", "))
    )
}
