//! Owns the section of single pairs: the weight of each as a sum, from the prior to the total.

use std::fmt::Write as _;

use ::link::{PairParts, probability as probability_of};

use super::choose::{Shown, Why};
use super::html::{Column, percent, probability, table, value, weight};
use super::svg::{Scale, bar};
use super::{Facts, field_names};

/// Pairs that stand open when the page is opened; chosen by hand.
const OPEN: usize = 2;
/// Parts that change less than this are not shown; half of the last digit.
const VISIBLE: f64 = 0.005;

/// A step of the sum.
struct Step {
    what: String,
    level: String,
    left: String,
    right: String,
    adds: f64,
    /// True if it has values.
    is_field: bool,
}

impl Step {
    fn new(what: &str, level: impl Into<String>, adds: f64) -> Self {
        let (left, right) = (String::new(), String::new());
        Self { what: what.to_owned(), level: level.into(), left, right, adds, is_field: false }
    }
}

/// The section.
pub(crate) fn section(facts: &Facts<'_>) -> String {
    let mut out = String::from(
        "<p>Each pair begins with the prior, the odds before anything is compared. Every property \
         then adds its weight. Where kin, neighbors or namesakes explain the agreement better than \
         chance does, that is taken off at the end. The dashed line is the threshold.</p>\n\
         <p class=\"tools\"><button type=\"button\" data-open=\"pair\">Open all</button> \
         <button type=\"button\" data-close=\"pair\">Close all</button></p>\n",
    );
    if facts.shown.is_empty() {
        out.push_str("<p>No pair was scored.</p>\n");
    }
    let mut said = None;
    for (number, shown) in facts.shown.iter().enumerate() {
        if said != Some(shown.why) {
            let _ = writeln!(out, "<h3>{}</h3>", heading(shown.why));
            said = Some(shown.why);
        }
        one(facts, shown, number, &mut out);
    }
    out
}

fn heading(why: Why) -> &'static str {
    match why {
        Why::Asked => "Asked for",
        Why::Above => "Just above the threshold",
        Why::Below => "Just below the threshold",
        Why::Refused => "Likely, but in two clusters",
        Why::Highest => "Highest weights",
    }
}

fn one(facts: &Facts<'_>, shown: &Shown, number: usize, out: &mut String) {
    let parts = facts.explainer.explain(shown.left, shown.right);
    let total = facts.explainer.weigh(shown.left, shown.right);
    let id = |record: u32| value(facts.input.ids.text(record));
    let open = if number < OPEN || shown.why == Why::Asked { " open" } else { "" };
    let _ = writeln!(
        out,
        "<details class=\"pair\"{open}><summary>{} and {}: weight {}, probability {}</summary>",
        id(shown.left),
        id(shown.right),
        weight(f64::from(total)),
        probability(probability_of(total)),
    );
    if facts.input.tables.len() > 1 {
        let file = |record: u32| value(&facts.values.file(record));
        let _ = writeln!(out, "<p>Left: {}. Right: {}.</p>", file(shown.left), file(shown.right));
    }
    if !shown.is_scored {
        out.push_str(
            "<p class=\"note\">No blocking rule found this pair, or it weighs less than −10: it is \
             not among the scored pairs. The weight is what it would have.</p>\n",
        );
    }
    out.push_str(&waterfall(facts, shown, &steps(facts, shown, &parts), f64::from(total)));
    out.push_str("</details>\n");
}

fn steps(facts: &Facts<'_>, shown: &Shown, parts: &PairParts) -> Vec<Step> {
    let mut steps = vec![Step::new("prior", "", parts.prior)];
    let properties = facts.records.properties();
    let names = field_names(facts.records);
    for (field, (property, name)) in properties.iter().zip(&names).enumerate() {
        // A table may have two columns of one property.
        let nth = properties[..field].iter().filter(|p| *p == property).count();
        let left = facts.values.nth(shown.left, *property, nth);
        let right = facts.values.nth(shown.right, *property, nth);
        let part = parts.parts.iter().find(|p| p.field == field);
        let level = match part {
            Some(part) => format!("{} <small>{}</small>", sign(part.level), part.level),
            // Exchanged with another value and counted there, or no value that can be read.
            None if !left.is_empty() && !right.is_empty() => {
                "<span class=\"none\">– set aside</span>".to_owned()
            }
            None => "<span class=\"none\">– missing</span>".to_owned(),
        };
        let adds = part.map_or(0.0, |p| p.evidence);
        let is_field = true;
        steps.push(Step { left, right, is_field, ..Step::new(name, level, adds) });
        if let Some(part) = part
            && part.rarity.abs() >= VISIBLE
        {
            let how = if part.rarity > 0.0 { "rare value" } else { "frequent value" };
            let what = format!("{name}: how rare");
            steps.push(Step::new(&what, format!("<small>{how}</small>"), part.rarity));
        }
    }
    if parts.otherwise <= -VISIBLE {
        let who = parts
            .others
            .iter()
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .map_or_else(String::new, |(who, share)| format!("{who}, {}", percent(*share)));
        let level = format!("<small>mostly {who}</small>");
        steps.push(Step::new("explained otherwise", level, parts.otherwise));
    }
    steps
}

/// Agree, near or conflict, by a sign and a word.
fn sign(level: &str) -> &'static str {
    match level {
        "exact" => "<span class=\"agree\">= agree</span>",
        "different" | "far" => "<span class=\"conflict\">≠ conflict</span>",
        _ => "<span class=\"near\">≈ near</span>",
    }
}

fn waterfall(facts: &Facts<'_>, shown: &Shown, steps: &[Step], total: f64) -> String {
    let mut running = vec![0.0];
    for step in steps {
        running.push(running.last().copied().unwrap_or(0.0) + step.adds);
    }
    let threshold = facts.collected.threshold;
    let all = || running.iter().copied().chain([total, threshold]);
    let scale =
        Scale { from: all().fold(0.0, f64::min) - 1.0, to: all().fold(0.0, f64::max) + 1.0 };
    let marks = [(0.0, "zero"), (threshold, "threshold")];
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (i, step) in steps.iter().enumerate() {
        let (from, to) = (running[i], running[i + 1]);
        let show = |text: &str| if step.is_field { value(text) } else { String::new() };
        rows.push(vec![
            step.what.clone(),
            step.level.clone(),
            show(&step.left),
            show(&step.right),
            bar(scale, from, to, &marks, &format!("{}: {}", step.what, weight(step.adds))),
            weight(step.adds),
            weight(to),
        ]);
    }
    rows.push(vec![
        "<b>weight</b>".to_owned(),
        String::new(),
        String::new(),
        String::new(),
        bar(scale, 0.0, total, &marks, &format!("weight {}", weight(total))),
        String::new(),
        format!("<b>{}</b>", weight(total)),
    ]);
    let columns = [
        ("Part", Column::Text),
        ("Agreement", Column::Text),
        ("Left", Column::Text),
        ("Right", Column::Text),
        ("From total to total", Column::Text),
        ("Adds", Column::Number),
        ("Total", Column::Number),
    ];
    let ids = &facts.input.ids;
    let caption =
        format!("How {} and {} come to their weight", ids.text(shown.left), ids.text(shown.right));
    table(&caption, &columns, rows)
}
