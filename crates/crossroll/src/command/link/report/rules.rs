//! Owns the section of blocking: which pairs were compared at all, and what that may have lost.

use super::Facts;
use super::html::{Column, count, escape, expected, percent, table};

/// The section.
pub(crate) fn section(facts: &Facts<'_>) -> String {
    let mut found = 0.0;
    let rows = facts.linked.rules.iter().map(|rule| {
        found += rule.gain;
        vec![
            escape(&rule.rule),
            expected(rule.estimated),
            count(rule.pairs),
            percent(rule.gain),
            percent(found),
            count(rule.cut),
            count(rule.lost),
        ]
    });
    let columns = [
        ("Two records must share", Column::Text),
        ("Pairs expected", Column::Number),
        ("Pairs found", Column::Number),
        ("First to find of the likely", Column::Number),
        ("Found so far", Column::Number),
        ("Blocks cut up", Column::Number),
        ("Pairs lost so", Column::Number),
    ];
    format!(
        "<p>Not every record is compared with every other: two must share what one of these rules \
         asks for. The rules were chosen from the data, each for the likely pairs of a sample that \
         it was the first to find. A block with too many pairs is cut up by further keys; what was \
         not compared under the rule so is counted as lost, though another rule may have found \
         it.</p>\n{}",
        table("Blocking rules in the order they were chosen", &columns, rows)
    )
}
