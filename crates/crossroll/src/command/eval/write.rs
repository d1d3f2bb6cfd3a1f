//! Owns the figures as one JSON object, versioned; `docs/design/measure.md` names the keys.

use std::io::Write;

use resolve::measure::{Calibration, Counts, Rate};
use serde_json::{Value, json};

use super::links::LinkFigures;
use super::pairs::{PairFigures, Slice};
use super::queries::{QueryFigures, SliceFigures};
use super::{Measured, model_identity};

/// Version of the object.
const VERSION: u32 = 1;
/// Decimals of figures: what is left out is noise of the last digits.
const DECIMALS: f64 = 1e6;

/// Writes everything.
pub(crate) fn write(measured: &Measured, out: &mut impl Write) -> anyhow::Result<()> {
    let object = json!({
        "version": VERSION,
        "model": model_identity(),
        "built_in": measured.is_built_in,
        "threshold": measured.threshold,
        "pairs": measured.pairs.as_ref().map(pairs),
        "queries": measured.queries.as_ref().map(queries),
        "links": measured.links.as_ref().map(links),
    });
    serde_json::to_writer_pretty(&mut *out, &object)?;
    out.write_all(b"\n")?;
    Ok(())
}

fn pairs(found: &PairFigures) -> Value {
    json!({
        "count": found.pairs, "same": found.same,
        "prior_weight": rounded(found.prior_weight), "prior_is_fitted": found.is_fitted,
        "roc_area": figure(found.roc_area),
        "average_precision": figure(found.average_precision),
        "best": found.best.as_ref().map(|(score, at)| json!({
            "threshold": rounded(*score), "f1": figure(at.f1()),
        })),
        "thresholds": found.thresholds.iter().map(|(score, at)| {
            let mut row = counts(*at);
            row["threshold"] = json!(score);
            row
        }).collect::<Vec<_>>(),
        "calibration": found.calibration.as_ref().map(calibration),
        "by_origin": found.by_origin.iter().map(slice).collect::<Vec<_>>(),
        "by_kind": found.by_kind.iter().map(slice).collect::<Vec<_>>(),
        "agreement": found.agreement.map(|a| json!({
            "observed": rate(a.observed), "by_chance": rounded(a.by_chance),
            "kappa": figure(a.kappa),
        })),
        "missed": found.missed, "falsely_same": found.false_same,
    })
}

fn queries(found: &QueryFigures) -> Value {
    let ranking = &found.ranking;
    json!({
        "count": found.queries, "entities": found.entities, "prior": rounded(found.prior),
        "listed": ranking.listed, "unlisted": ranking.unlisted, "not_among_answers": found.lost,
        "first": figure(ranking.first), "among_ten": figure(ranking.in_ten),
        "reciprocal": figure(ranking.reciprocal),
        "at_one_percent": { "score": figure(ranking.strict),
            "recall": ranking.recall_at_strict.map(rate) },
        "at_threshold": { "recall": rate(ranking.own_recall),
            "false_hits": rate(ranking.own_false_hits), "mean_top": figure(ranking.mean_top) },
        "calibration": found.calibration.as_ref().map(calibration),
        "by_origin": found.by_origin.iter().map(placed).collect::<Vec<_>>(),
        "by_kind": found.by_kind.iter().map(placed).collect::<Vec<_>>(),
        "missed": found.missed, "false_hits": found.false_hits,
    })
}

fn placed(slice: &SliceFigures) -> Value {
    json!({
        "name": slice.name, "labelled": slice.is_labelled, "first": figure(slice.first),
        "recall": rate(slice.recall), "false_hits": rate(slice.false_hits),
        "mean_top": figure(slice.mean_top),
    })
}

fn links(found: &LinkFigures) -> Value {
    let figures = &found.figures;
    let (precision, recall, f1) = figures.pairwise();
    json!({
        "records": figures.records, "clusters_made": figures.made,
        "clusters_true": figures.truth, "clusters_exact": figures.exact,
        "pairs": { "precision": figure(precision), "recall": figure(recall), "f1": figure(f1) },
        "b_cubed": { "precision": rounded(figures.b_cubed.0),
            "recall": rounded(figures.b_cubed.1), "f1": rounded(figures.b_cubed_f1()) },
        "without_truth": found.only_made, "without_cluster": found.only_true,
    })
}

fn slice(slice: &Slice) -> Value {
    let mut row = counts(slice.counts);
    row["name"] = json!(slice.name);
    row["labelled"] = json!(slice.is_labelled);
    row
}

fn counts(counts: Counts) -> Value {
    json!({
        "precision": rate(counts.precision()), "recall": rate(counts.recall()),
        "f1": figure(counts.f1()), "false_hits": rate(counts.false_hits()),
    })
}

fn calibration(found: &Calibration) -> Value {
    json!({
        "expected_error": rounded(found.expected_error), "brier": rounded(found.brier),
        "bins": found.bins.iter().map(|b| json!({
            "from": rounded(b.from), "to": rounded(b.to), "predicted": rounded(b.predicted),
            "observed": rate(b.observed),
        })).collect::<Vec<_>>(),
    })
}

fn rate(rate: Rate) -> Value {
    json!({
        "count": rate.count, "of": rate.of, "share": figure(rate.share()),
        "interval": rate.interval().map(|(low, high)| [rounded(low), rounded(high)]),
    })
}

fn figure(value: Option<f64>) -> Option<f64> {
    value.map(rounded)
}

fn rounded(value: f64) -> f64 {
    (value * DECIMALS).round() / DECIMALS
}
