//! Owns the figures as tables for the terminal.

use std::io::{self, Write};

use resolve::MatchModel;
use resolve::measure::{Calibration, Counts, Rate};

use super::Measured;
use super::links::LinkFigures;
use super::pairs::{PairFigures, Slice};
use super::queries::{QueryFigures, SliceFigures};

/// Ids of wrong judgements that are named.
const NAMED: usize = 12;
/// Width of the column of names.
const NAME_WIDTH: usize = 24;

/// Writes everything, without blanks at the ends of lines.
pub(crate) fn show(measured: &Measured, out: &mut impl Write) -> io::Result<()> {
    let mut text = Vec::new();
    show_all(measured, &mut text)?;
    for line in String::from_utf8_lossy(&text).lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn show_all(measured: &Measured, out: &mut impl Write) -> io::Result<()> {
    let model = MatchModel::bundled();
    writeln!(
        out,
        "crossroll {}, match model {} of {}\n  {}",
        env!("CARGO_PKG_VERSION"),
        model.version,
        model.date,
        model.origin
    )?;
    if measured.is_built_in {
        writeln!(
            out,
            "The built-in set: fictional people, firms and ships, most of them hard cases. It tells \
             versions apart,\nnot how the program does on your data; label a sample of your own for \
             that."
        )?;
    }
    writeln!(
        out,
        "A match is a score from {} on. Intervals hold 95 of 100 times.",
        measured.threshold
    )?;
    if let Some(pairs) = &measured.pairs {
        show_pairs(pairs, measured.threshold, out)?;
    }
    if let Some(queries) = &measured.queries {
        show_queries(queries, out)?;
    }
    if let Some(links) = &measured.links {
        show_links(links, out)?;
    }
    Ok(())
}

fn show_pairs(found: &PairFigures, threshold: f64, out: &mut impl Write) -> io::Result<()> {
    let (pairs, same) = (found.pairs, found.same);
    writeln!(out, "\nPAIRS: {pairs}, {same} of them the same, {} different", pairs - same)?;
    writeln!(
        out,
        "  area under the curve {}, average precision {}",
        figure(found.roc_area),
        figure(found.average_precision)
    )?;
    if let Some((score, counts)) = &found.best {
        writeln!(out, "  best F1 on these pairs {} at score {score:.3}", figure(counts.f1()))?;
    }
    writeln!(
        out,
        "\n  {:>6}  {:>9}  {:>17}  {:>7}  {:>17}  {:>6}  {:>10}",
        "score", "precision", "", "recall", "", "F1", "false hits"
    )?;
    for (score, counts) in &found.thresholds {
        let mark = if score.to_bits() == threshold.to_bits() { '*' } else { ' ' };
        let (precision, recall) = (counts.precision(), counts.recall());
        writeln!(
            out,
            "  {score:>6.2}{mark} {:>9}  {:>17}  {:>7}  {:>17}  {:>6}  {:>10}",
            figure(precision.share()),
            interval(precision),
            figure(recall.share()),
            interval(recall),
            figure(counts.f1()),
            figure(counts.false_hits().share()),
        )?;
    }
    show_calibration(
        "probabilities of the pairs",
        &format!(
            "with a prior of {:+.2} bits{}",
            found.prior_weight,
            if found.is_fitted { ", fitted to the number of the same" } else { "" }
        ),
        found.calibration.as_ref(),
        out,
    )?;
    show_slices("by origin of the names", &found.by_origin, found.at_threshold, out)?;
    show_slices("by kind of pair", &found.by_kind, found.at_threshold, out)?;
    match &found.agreement {
        Some(agreement) => writeln!(
            out,
            "\n  two reviewers agree on {} of {} pairs; beyond chance (Cohen's kappa): {}",
            agreement.observed.count,
            agreement.observed.of,
            figure(agreement.kappa)
        )?,
        None => writeln!(out, "\n  reviewer agreement: no pair carries two reviewers' verdicts")?,
    }
    named("missed", &found.missed, out)?;
    named("falsely the same", &found.false_same, out)
}

fn show_slices(title: &str, slices: &[Slice], all: Counts, out: &mut impl Write) -> io::Result<()> {
    if slices.iter().all(|s| s.name.is_empty()) {
        return Ok(());
    }
    writeln!(
        out,
        "\n  {:<NAME_WIDTH$}  {:>5}  {:>6}  {:>17}  {:>5}  {:>10}",
        title, "same", "recall", "", "diff.", "false hits"
    )?;
    for slice in slices {
        let counts = slice.counts;
        let (recall, false_hits) = (counts.recall(), counts.false_hits());
        writeln!(
            out,
            "  {:<NAME_WIDTH$}  {:>5}  {:>6}  {:>17}  {:>5}  {:>10}  {:>17}{}",
            name_of(&slice.name, slice.is_labelled),
            recall.of,
            figure(recall.share()),
            interval(recall),
            false_hits.of,
            figure(false_hits.share()),
            interval(false_hits),
            unlike(false_hits, all.false_hits()),
        )?;
    }
    Ok(())
}

fn show_queries(found: &QueryFigures, out: &mut impl Write) -> io::Result<()> {
    let ranking = &found.ranking;
    writeln!(
        out,
        "\nQUERIES: {} against {} entities; {} are listed, {} are not",
        found.queries, found.entities, ranking.listed, ranking.unlisted
    )?;
    writeln!(
        out,
        "  right entity first {}, among ten {}, mean of one over its place {}",
        figure(ranking.first),
        figure(ranking.in_ten),
        figure(ranking.reciprocal)
    )?;
    if let (Some(strict), Some(recall)) = (ranking.strict, ranking.recall_at_strict) {
        writeln!(
            out,
            "  recall where at most 1 % of the unlisted are let through (score above {strict:.3}): \
             {} {}",
            figure(recall.share()),
            interval(recall)
        )?;
    }
    writeln!(
        out,
        "  at the threshold: recall {} {}, unlisted with a match {} {}, \
         mean of their highest score {}",
        figure(ranking.own_recall.share()),
        interval(ranking.own_recall),
        figure(ranking.own_false_hits.share()),
        interval(ranking.own_false_hits),
        figure(ranking.mean_top)
    )?;
    show_calibration(
        "probability of the best answer",
        &format!("with the share of the listed, {:.3}, as the prior", found.prior),
        found.calibration.as_ref(),
        out,
    )?;
    let all = ranking.own_false_hits;
    show_placed("by origin of the names", &found.by_origin, all, out)?;
    show_placed("by kind of query", &found.by_kind, all, out)?;
    writeln!(out)?;
    named("missed", &found.missed, out)?;
    named("match of an unlisted", &found.false_hits, out)
}

fn show_placed(
    title: &str,
    slices: &[SliceFigures],
    all: Rate,
    out: &mut impl Write,
) -> io::Result<()> {
    if slices.iter().all(|s| s.name.is_empty()) {
        return Ok(());
    }
    writeln!(
        out,
        "\n  {:<NAME_WIDTH$}  {:>6}  {:>5}  {:>6}  {:>17}  {:>5}  {:>8}  {:>10}",
        title, "listed", "first", "recall", "", "unl.", "mean top", "false hits"
    )?;
    for slice in slices {
        writeln!(
            out,
            "  {:<NAME_WIDTH$}  {:>6}  {:>5}  {:>6}  {:>17}  {:>5}  {:>8}  {:>10}  {:>17}{}",
            name_of(&slice.name, slice.is_labelled),
            slice.listed,
            figure(slice.first),
            figure(slice.recall.share()),
            interval(slice.recall),
            slice.false_hits.of,
            figure(slice.mean_top),
            figure(slice.false_hits.share()),
            interval(slice.false_hits),
            unlike(slice.false_hits, all),
        )?;
    }
    Ok(())
}

fn show_links(found: &LinkFigures, out: &mut impl Write) -> io::Result<()> {
    let figures = &found.figures;
    let (precision, recall, f1) = figures.pairwise();
    writeln!(
        out,
        "\nCLUSTERS: {} records; {} clusters made, {} true, {} made exactly as they are",
        figures.records, figures.made, figures.truth, figures.exact
    )?;
    writeln!(
        out,
        "  pairs: precision {}, recall {}, F1 {}",
        figure(precision),
        figure(recall),
        figure(f1)
    )?;
    writeln!(
        out,
        "  B-cubed: precision {:.3}, recall {:.3}, F1 {:.3}",
        figures.b_cubed.0,
        figures.b_cubed.1,
        figures.b_cubed_f1()
    )?;
    if found.only_made + found.only_true > 0 {
        writeln!(
            out,
            "  not measured: {} records without a truth, {} without a cluster",
            found.only_made, found.only_true
        )?;
    }
    Ok(())
}

fn show_calibration(
    title: &str,
    prior: &str,
    found: Option<&Calibration>,
    out: &mut impl Write,
) -> io::Result<()> {
    let Some(found) = found else { return Ok(()) };
    writeln!(
        out,
        "\n  {title}, {prior}: calibration error {:.3}, Brier {:.3}",
        found.expected_error, found.brier
    )?;
    writeln!(
        out,
        "  {:>11}  {:>5}  {:>9}  {:>8}",
        "probability", "count", "predicted", "observed"
    )?;
    for bin in &found.bins {
        writeln!(
            out,
            "  {:>5.1}–{:<5.1}  {:>5}  {:>9.3}  {:>8}  {}",
            bin.from,
            bin.to,
            bin.observed.of,
            bin.predicted,
            figure(bin.observed.share()),
            interval(bin.observed)
        )?;
    }
    Ok(())
}

fn name_of(name: &str, is_labelled: bool) -> String {
    match (name, is_labelled) {
        ("", _) => "(not said)".to_owned(),
        (name, true) => name.to_owned(),
        (name, false) => format!("{name} (told)"),
    }
}

/// A word where a rate is surely other than that of all: its interval leaves it out.
fn unlike(rate: Rate, all: Rate) -> &'static str {
    match (rate.interval(), all.share()) {
        (Some((low, _)), Some(all)) if low > all => "  above all",
        (Some((_, high)), Some(all)) if high < all => "  below all",
        _ => "",
    }
}

fn named(what: &str, ids: &[String], out: &mut impl Write) -> io::Result<()> {
    if ids.is_empty() {
        return writeln!(out, "  {what}: none");
    }
    let more = ids.len().saturating_sub(NAMED);
    let shown = ids[..ids.len() - more].join(" ");
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    writeln!(out, "  {what} ({}): {shown}{rest}", ids.len())
}

fn figure(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |v| format!("{v:.3}"))
}

fn interval(rate: Rate) -> String {
    rate.interval().map_or_else(String::new, |(low, high)| format!("[{low:.3} to {high:.3}]"))
}
