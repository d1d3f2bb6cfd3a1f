"""The fictional corpus: quality by kind and category, one row of scores for each pair."""

import csv
from collections import defaultdict
from pathlib import Path
from typing import Any

import measures
from systems import System

Row = dict[str, str]


def read(path: Path) -> list[Row]:
    """The labelled pairs."""
    with open(path, encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


def score_all(rows: list[Row], system: System) -> list[float]:
    """A score for each row, in order."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        by_kind[row["kind"]].append(at)
    scores = [0.0] * len(rows)
    for kind, places in by_kind.items():
        pairs = [(rows[at]["left"], rows[at]["right"]) for at in places]
        for at, score in zip(places, system.scores(kind, pairs), strict=True):
            scores[at] = score
    return scores


def split(rows: list[Row], scores: list[float], kind: str | None = None) -> tuple[list[float], list[float]]:
    """Scores of the same and of the different, of one kind or of all."""
    sides: dict[str, list[float]] = {"1": [], "0": []}
    for row, score in zip(rows, scores, strict=True):
        if kind in (None, row["kind"]):
            sides[row["same"]].append(score)
    return sides["1"], sides["0"]


def figures(rows: list[Row], scores: list[float], threshold: float) -> dict[str, Any]:
    """All measures, over all kinds and for each."""
    result: dict[str, Any] = {"threshold": threshold}
    for kind in [None, *dict.fromkeys(row["kind"] for row in rows)]:
        same, different = split(rows, scores, kind)
        result[kind or "all"] = {
            **measures.decisions(same, different, threshold),
            "best_f1": measures.best_f1(same, different),
            "auc": measures.auc(same, different),
            "recall_at_1": measures.recall_at_rate(same, different),
        }
    return result


def blind_f1(rows: list[Row]) -> float:
    """F1 of calling every pair the same: what a figure must beat to say anything."""
    same, different = split(rows, [1.0] * len(rows))
    return measures.decisions(same, different, 0.0)["f1"]


def by_category(rows: list[Row], scores: dict[str, list[float]], thresholds: dict[str, float]) -> list[dict[str, Any]]:
    """For each kind, label and category how many each system gets right."""
    table: dict[tuple[str, str, str], dict[str, Any]] = {}
    for at, row in enumerate(rows):
        key = (row["kind"], row["same"], row["category"])
        entry = table.setdefault(key, {"kind": key[0], "same": key[1], "category": key[2], "n": 0, **dict.fromkeys(scores, 0)})
        entry["n"] += 1
        for name, values in scores.items():
            entry[name] += is_right(row, values[at], thresholds[name])
    return list(table.values())


def is_right(row: Row, score: float, threshold: float) -> bool:
    """True if the system says of the pair what its label says."""
    return (score >= threshold) == (row["same"] == "1")


def write_cases(path: Path, rows: list[Row], scores: dict[str, list[float]], thresholds: dict[str, float]) -> None:
    """One line for each pair: the scores, and whether ours or logic-v2 alone is right."""
    ours, theirs = "crossroll", "logic_v2"
    with open(path, "w", encoding="utf8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "kind", "category", "left", "right", "same", *scores, "right_systems", "against_logic_v2"])
        for at, row in enumerate(rows):
            right = {name: is_right(row, values[at], thresholds[name]) for name, values in scores.items()}
            verdict = "win" if right[ours] > right[theirs] else "loss" if right[ours] < right[theirs] else "same"
            writer.writerow(
                [row[key] for key in ("id", "kind", "category", "left", "right", "same")]
                + [f"{values[at]:.4f}" for values in scores.values()]
                + [" ".join(name for name in scores if right[name]), verdict]
            )


def run(corpus: Path, cases: Path, systems: tuple[Any, ...]) -> dict[str, Any]:
    """Scores the corpus with every system."""
    rows = read(corpus)
    scores = {system.key: score_all(rows, system) for system in systems}
    thresholds = {}
    for system in systems:
        own = system.threshold
        thresholds[system.key] = own if own is not None else measures.fair_threshold(*split(rows, scores[system.key]))
    write_cases(cases, rows, scores, thresholds)
    return {
        "pairs": len(rows),
        "f1_of_yes_to_all": blind_f1(rows),
        "systems": {key: figures(rows, values, thresholds[key]) for key, values in scores.items()},
        "categories": by_category(rows, scores, thresholds),
    }
