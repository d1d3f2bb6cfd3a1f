"""Measures of quality, for scores of which a higher one says more surely "the same name"."""

import bisect
from collections.abc import Sequence
from math import comb


def auc(positives: Sequence[float], negatives: Sequence[float]) -> float:
    """Chance that a right pair scores above a wrong one; a tie counts half."""
    ordered = sorted(negatives)
    total = 0.0
    for score in positives:
        total += (bisect.bisect_left(ordered, score) + bisect.bisect_right(ordered, score)) / 2
    return total / (len(positives) * len(negatives))


def threshold_at_rate(negatives: Sequence[float], rate: float = 0.01) -> float:
    """The score that at most this share of the negatives exceeds."""
    ordered = sorted(negatives, reverse=True)
    return ordered[min(int(rate * len(ordered)), len(ordered) - 1)]


def recall_at_rate(positives: Sequence[float], negatives: Sequence[float], rate: float = 0.01) -> float:
    """Share of the positives strictly above that score."""
    threshold = threshold_at_rate(negatives, rate)
    return sum(score > threshold for score in positives) / len(positives)


def decisions(positives: Sequence[float], negatives: Sequence[float], threshold: float) -> dict[str, float]:
    """Precision, recall and F1 of calling everything from the threshold on the same."""
    found = sum(score >= threshold for score in positives)
    mistaken = sum(score >= threshold for score in negatives)
    missed = len(positives) - found
    return {
        "precision": found / (found + mistaken) if found + mistaken else 0.0,
        "recall": found / len(positives),
        "f1": 2 * found / (2 * found + mistaken + missed) if found else 0.0,
    }


def best_f1(positives: Sequence[float], negatives: Sequence[float]) -> float:
    """The highest F1 that any threshold gives."""
    candidates = set(positives) | set(negatives)
    return max(decisions(positives, negatives, threshold)["f1"] for threshold in candidates)


def fair_threshold(positives: Sequence[float], negatives: Sequence[float]) -> float:
    """The threshold that gets the most of both sides right, each side counting alike; of several
    the highest. (The one with the highest F1 may be that which calls everything the same.)"""

    def right(threshold: float) -> float:
        kept = sum(score >= threshold for score in positives) / len(positives)
        dropped = sum(score < threshold for score in negatives) / len(negatives)
        return kept + dropped

    return max(sorted(set(positives) | set(negatives)), key=lambda t: (right(t), t))


def hits(better: int, ties: int, right_ties: int) -> dict[str, float]:
    """What one query gives if `better` wrong answers stand above its best right one, and that is
    tied with `ties` wrong and `right_ties` right ones, itself among them: the expectation under
    random order of the tied."""

    def within(best: int) -> float:
        room = min(best - better, ties + right_ties)
        if room <= 0:
            return 0.0
        return 1.0 if room > ties else 1.0 - comb(ties, room) / comb(ties + right_ties, room)

    return {"r1": within(1), "r10": within(10), "mrr": 1 / (better + 1 + ties / (right_ties + 1))}


MISS: dict[str, float] = {"r1": 0.0, "r10": 0.0, "mrr": 0.0}


def mean_hits(rows: Sequence[dict[str, float]]) -> dict[str, float]:
    """The mean of each measure over all queries."""
    return {key: sum(row[key] for row in rows) / len(rows) for key in MISS}
