//! Owns the sections of scores: how pairs spread over weights, what each threshold would give, and
//! which records no threshold could reach.

use std::fmt::Write as _;

use ::link::{probability as probability_of, weight as weight_of};

use super::Facts;
use super::collect::{AtThreshold, whole};
use super::html::{Column, count, expected, percent, probability, table, weight};
use super::svg::{Chart, Scale};

/// Probabilities that stand below the axis; chosen by hand.
const NAMED: [f64; 9] = [0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999, 0.9999, 0.999_999];

/// The histogram, and the numbers at a threshold that the reader moves.
pub(crate) fn histogram(facts: &Facts<'_>) -> String {
    let bins = &facts.collected.bins;
    let (Some((first, _)), Some((last, _))) = (bins.first_key_value(), bins.last_key_value())
    else {
        return "<p>No pair was scored.</p>\n".to_owned();
    };
    let (from, to) = (f64::from(*first), f64::from(*last + 1));
    let most = bins.values().map(|b| b.pairs).max().unwrap_or(1);
    let height = |number: f64| (1.0 + number).log10();
    let x = Scale { from, to };
    let mut chart = Chart::new(x, Scale { from: 0.0, to: height(most as f64) * 1.05 });
    chart.ticks_y(&powers(most).into_iter().map(|n| (height(n), count(n))).collect::<Vec<_>>());
    for (bin, pairs) in bins {
        let at = f64::from(*bin);
        let title = format!(
            "weight {} to {}: {} pairs, {} of one person expected",
            weight(at),
            weight(at + 1.0),
            count(pairs.pairs),
            expected(pairs.expected)
        );
        chart.column(at, at + 1.0, height(pairs.pairs as f64), "pairs", &title);
        chart.column(at, at + 1.0, height(pairs.expected), "for", &title);
    }
    chart.mark(facts.collected.threshold, "threshold", "threshold");
    let step = ((to - from) / 12.0).ceil().max(1.0);
    chart.ticks_x(&whole_ticks(x, step), &probability_ticks(x, step));
    let svg = chart.finish(
        "histogram",
        "Histogram of match weights; the table below has the numbers",
        "match weight, and the probability it stands for",
        "pairs, logarithmic",
    );
    format!(
        "<p>Gray: all scored pairs. Green: those of one person among them, by their probabilities. \
         A table is easy to link where two hills stand apart.</p>\n<figure>{svg}{}</figure>\n{}",
        slider(facts, from, to),
        histogram_table(facts)
    )
}

/// 1, 10, 100 … up to a number.
fn powers(most: u64) -> Vec<f64> {
    let (mut powers, mut next) = (Vec::new(), 1.0);
    while next <= most as f64 {
        powers.push(next);
        next *= 10.0;
    }
    powers
}

fn whole_ticks(x: Scale, step: f64) -> Vec<(f64, String)> {
    let mut ticks = Vec::new();
    let mut at = (x.from / step).ceil() * step;
    while at <= x.to {
        ticks.push((at, plain(at)));
        at += step;
    }
    ticks
}

/// The probabilities that stand so far apart that their names do not meet.
fn probability_ticks(x: Scale, step: f64) -> Vec<(f64, String)> {
    let mut ticks: Vec<(f64, String)> = Vec::new();
    for probability in NAMED {
        let at = weight_of(probability);
        let is_free = ticks.last().is_none_or(|last| at - last.0 >= step);
        if is_free && (x.from..=x.to).contains(&at) {
            ticks.push((at, format!("p {probability}")));
        }
    }
    ticks
}

/// A whole weight, as an axis names it.
fn plain(at: f64) -> String {
    // No minus before a zero.
    format!("{:.0}", at + 0.0).replace('-', "−")
}

/// A control that tells what a threshold would give; without scripts the table does.
fn slider(facts: &Facts<'_>, from: f64, to: f64) -> String {
    let mut bins = String::new();
    for (bin, pairs) in &facts.collected.bins {
        let _ = write!(bins, "[{bin},{},{:.4}],", pairs.pairs, pairs.expected);
    }
    format!(
        "<div class=\"slider\" hidden><label for=\"at\">Try a threshold</label> \
         <input type=\"range\" id=\"at\" min=\"{from}\" max=\"{to}\" step=\"1\" value=\"{}\" \
         data-bins=\"[{}]\"><output for=\"at\" id=\"told\" aria-live=\"polite\"></output></div>",
        facts.collected.threshold.round(),
        bins.trim_end_matches(','),
    )
}

fn histogram_table(facts: &Facts<'_>) -> String {
    let rows = facts.collected.bins.iter().map(|(bin, pairs)| {
        let at = f64::from(*bin);
        vec![
            format!("{} to {}", plain(at), plain(at + 1.0)),
            probability(1.0 / (1.0 + (-at).exp2())),
            count(pairs.pairs),
            expected(pairs.expected),
        ]
    });
    let columns = [
        ("Weight", Column::Text),
        ("Probability from", Column::Number),
        ("Pairs", Column::Number),
        ("of one person, expected", Column::Number),
    ];
    format!(
        "<details><summary>The numbers of the histogram</summary>\n{}</details>\n",
        table("Pairs by match weight", &columns, rows)
    )
}

/// What each threshold would give.
pub(crate) fn thresholds(facts: &Facts<'_>) -> String {
    let rows = facts.collected.thresholds.iter().map(|at| {
        let is_chosen = at.probability.to_bits() == facts.args.threshold.to_bits();
        let linked = facts.collected.linked(weight_of(at.probability));
        let share = linked as f64 / facts.records.len().max(1) as f64;
        let name = format!("{}", at.probability);
        vec![
            if is_chosen { format!("<b>{name}</b> <small>chosen</small>") } else { name },
            weight(weight_of(at.probability)),
            count(at.pairs),
            count(linked),
            percent(share),
            precision(at).map_or_else(|| "–".to_owned(), percent),
            recall(facts, at).map_or_else(|| "–".to_owned(), percent),
            at.groups.map_or_else(|| "–".to_owned(), count),
            percent(beyond_reach(facts, weight_of(at.probability))),
        ]
    });
    let columns = [
        ("Probability from", Column::Number),
        ("Weight", Column::Number),
        ("Pairs", Column::Number),
        ("Records linked", Column::Number),
        ("of all", Column::Number),
        ("Precision, estimated", Column::Number),
        ("Recall, estimated", Column::Number),
        ("Groups", Column::Number),
        ("Unlinkable", Column::Number),
    ];
    format!(
        "<p class=\"note\"><b>Estimated, not measured.</b> There are no labels. Precision is the \
         mean probability of the pairs from the threshold on; recall is their share of the sum of \
         all probabilities. Both are as good as the model's probabilities: a model that is too sure \
         of itself makes them too good. Pairs that no blocking rule found, or that weigh less than \
         −10, are in neither: take recall for the most it can be.</p>\n{}\
         <p>Groups: all records connected by these pairs, single records included, before any join \
         is refused; the clusters that were written are {}. Unlinkable: records that could not \
         reach the threshold even against themselves.</p>\n{}",
        table("What each threshold would give", &columns, rows),
        count(facts.clusters.sizes.values().sum::<usize>()),
        curves(facts)
    )
}

fn precision(at: &AtThreshold) -> Option<f64> {
    (at.pairs > 0).then(|| at.expected / at.pairs as f64)
}

fn recall(facts: &Facts<'_>, at: &AtThreshold) -> Option<f64> {
    (facts.collected.expected > 0.0).then(|| at.expected / facts.collected.expected)
}

/// Expected precision and recall over all thresholds.
fn curves(facts: &Facts<'_>) -> String {
    let bins = &facts.collected.bins;
    let (Some((first, _)), Some((last, _))) = (bins.first_key_value(), bins.last_key_value())
    else {
        return String::new();
    };
    let x = Scale { from: f64::from(*first), to: f64::from(*last + 1) };
    let (mut pairs, mut expected) = (0_u64, 0.0);
    let (mut precision, mut recall) = (Vec::new(), Vec::new());
    for (bin, of) in bins.iter().rev() {
        pairs += of.pairs;
        expected += of.expected;
        precision.push((f64::from(*bin), expected / pairs.max(1) as f64));
        recall.push((f64::from(*bin), expected / facts.collected.expected.max(1e-12)));
    }
    let mut chart = Chart::new(x, Scale { from: 0.0, to: 1.0 });
    chart.ticks_y(&[0.0, 0.25, 0.5, 0.75, 1.0].map(|s| (s, format!("{:.0} %", s * 100.0))));
    chart.line(&precision, "line-one");
    chart.line(&recall, "line-two");
    chart.mark(facts.collected.threshold, "threshold", "threshold");
    let step = ((x.to - x.from) / 12.0).ceil().max(1.0);
    chart.ticks_x(&whole_ticks(x, step), &probability_ticks(x, step));
    let svg = chart.finish(
        "curves",
        "Estimated precision and recall by threshold; the table above has the numbers",
        "threshold as a match weight",
        "estimated",
    );
    format!(
        "<figure>{svg}<figcaption><span class=\"key line-one\"></span> precision \
         <span class=\"key line-two\"></span> recall, both estimated</figcaption></figure>\n"
    )
}

/// Share of the records that cannot reach a weight even against themselves.
fn beyond_reach(facts: &Facts<'_>, weight: f64) -> f64 {
    let below = facts.alone.partition_point(|w| f64::from(*w) < weight);
    below as f64 / facts.alone.len().max(1) as f64
}

/// The unlinkable records.
pub(crate) fn unlinkable(facts: &Facts<'_>) -> String {
    let (Some(first), Some(last)) = (facts.alone.first(), facts.alone.last()) else {
        return String::new();
    };
    let x = Scale {
        from: f64::from(whole(*first)).min(facts.collected.threshold.floor() - 1.0),
        to: f64::from(whole(*last)) + 1.0,
    };
    let mut points = Vec::new();
    let mut at = x.from;
    while at <= x.to {
        points.push((at, beyond_reach(facts, at)));
        at += ((x.to - x.from) / 200.0).max(0.125);
    }
    points.push((x.to, 1.0));
    let mut chart = Chart::new(x, Scale { from: 0.0, to: 1.0 });
    chart.ticks_y(&[0.0, 0.25, 0.5, 0.75, 1.0].map(|s| (s, format!("{:.0} %", s * 100.0))));
    chart.line(&points, "line-one");
    chart.mark(facts.collected.threshold, "threshold", "threshold");
    let step = ((x.to - x.from) / 12.0).ceil().max(1.0);
    chart.ticks_x(&whole_ticks(x, step), &probability_ticks(x, step));
    let share = beyond_reach(facts, facts.collected.threshold);
    let svg = chart.finish(
        "unlinkable",
        "Share of records that cannot reach a weight against themselves, by weight",
        "match weight, and the probability it stands for",
        "unlinkable",
    );
    let mean = f64::from(facts.alone[facts.alone.len() / 2]);
    format!(
        "<p>A record with few or frequent values cannot be told from others: even an exact copy of \
         it would not reach the threshold. Here that is <b>{}</b> of the records. Half of all \
         records weigh {} or more against themselves (probability {}).</p>\n<figure>{svg}</figure>\n",
        percent(share),
        weight(mean),
        probability(probability_of(facts.alone[facts.alone.len() / 2])),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_stand_at_whole_steps() {
        let ticks = whole_ticks(Scale { from: -5.0, to: 6.0 }, 5.0);
        let names: Vec<&str> = ticks.iter().map(|t| t.1.as_str()).collect();
        assert_eq!(names, ["−5", "0", "5"]);
        let names: Vec<String> = probability_ticks(Scale { from: -4.0, to: 4.0 }, 1.0)
            .into_iter()
            .map(|t| t.1)
            .collect();
        assert_eq!(names, ["p 0.1", "p 0.5", "p 0.9"]);
    }

    #[test]
    fn powers_end_at_the_highest_number() {
        assert_eq!(powers(120), [1.0, 10.0, 100.0]);
        assert!(powers(0).is_empty());
    }
}
