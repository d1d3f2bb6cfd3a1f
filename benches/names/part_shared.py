"""The shared sets of names: labelled pairs, and pools in which the right name is to be found."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import measures
import numpy as np
import shared
from systems import Crossroll, JaroWinklerSystem, LogicV2, TokenSort

KIND = "person"
# Queries taken together: bounds the memory of the matrix of scores.
CHUNK = 64


def pairs(folder: Path, systems: tuple[Any, ...], pairs_max: int) -> dict[str, Any]:
    """Quality on each set of labelled pairs."""
    result = {}
    for path in shared.pair_sets(folder):
        rows = shared.table(path)
        rows = shared.sample(rows, [row[0] for row in rows], pairs_max)
        texts = [(row[1], row[2]) for row in rows]
        entry: dict[str, Any] = {"sha256": shared.sha256([path]), "pairs": len(rows), "systems": {}}
        for system in systems:
            scores = system.scores(KIND, texts)
            same = [score for score, row in zip(scores, rows, strict=True) if row[3] == "1"]
            different = [score for score, row in zip(scores, rows, strict=True) if row[3] == "0"]
            entry["systems"][system.key] = {
                "auc": measures.auc(same, different),
                "recall_at_1": measures.recall_at_rate(same, different),
            }
        result[path.name.removesuffix(".dev.tsv")] = entry
    return result


def hits_of(found: dict[int, float], truth: set[int]) -> dict[str, float]:
    """What the answer to one query is worth."""
    right = [score for place, score in found.items() if place in truth]
    if not right:
        return measures.MISS
    best = max(right)
    wrong = [score for place, score in found.items() if place not in truth]
    return measures.hits(sum(s > best for s in wrong), sum(s == best for s in wrong), sum(s == best for s in right))


def hits_of_row(row: np.ndarray, truth: set[int]) -> dict[str, float]:
    """The same for the scores of the whole pool."""
    if not truth:
        return measures.MISS
    right = row[list(truth)]
    best = right.max()
    right_above, right_ties = int((right > best).sum()), int((right == best).sum())
    better = int((row > best).sum()) - right_above
    return measures.hits(better, int((row == best).sum()) - right_ties, right_ties)


def brute_force(system: JaroWinklerSystem | TokenSort, task: shared.PoolSet) -> tuple[list[dict[str, float]], list[list[int]]]:
    """Every query against the whole pool; also the hundred nearest of each query."""
    pool = [system.prepare(text) for text in task.pool]
    rows: list[dict[str, float]] = []
    nearest: list[list[int]] = []
    for start in range(0, len(task.queries), CHUNK):
        queries = [system.prepare(text) for text in task.queries[start : start + CHUNK]]
        for at, row in enumerate(system.matrix(queries, pool)):
            rows.append(hits_of_row(row, task.truth[start + at]))
            nearest.append(np.argsort(-row, kind="stable")[:100].tolist())
    return rows, nearest


def rank_candidates(logic: LogicV2, task: shared.PoolSet, candidates: Sequence[set[int]]) -> list[dict[str, float]]:
    """The first queries, each against its candidates."""
    entities: dict[int, Any] = {}
    rows = []
    for query, truth, places in zip(task.queries, task.truth, candidates, strict=False):
        asked = logic.entity(KIND, query)
        found = {}
        for place in sorted(places):
            if place not in entities:
                entities[place] = logic.entity(KIND, task.pool[place])
            found[place] = logic.score(asked, entities[place])
        rows.append(hits_of(found, truth))
    return rows


def pool(path: Path, systems: tuple[Any, ...], queries_max: int, sampled: int) -> dict[str, Any]:
    """All systems on one pool. The rules rank, for the first `sampled` queries, the hundred best of
    Crossroll, the hundred nearest by `token_sort_ratio`, and the right answers."""
    crossroll: Crossroll
    crossroll, winkler, tokens, logic = systems
    task = shared.PoolSet(path, queries_max)
    ranked = crossroll.rank(task.pool, task.queries)
    ours = [hits_of(found, truth) for found, truth in zip(ranked, task.truth, strict=True)]
    by_winkler, _ = brute_force(winkler, task)
    by_tokens, nearest = brute_force(tokens, task)
    union = [set(r) | set(n) | t for r, n, t in zip(ranked, nearest, task.truth, strict=True)][:sampled]
    return {
        "sha256": task.sha256,
        "pool": len(task.pool),
        "queries": len(task.queries),
        "sampled": len(union),
        "systems": {
            crossroll.key: measures.mean_hits(ours),
            winkler.key: measures.mean_hits(by_winkler),
            tokens.key: measures.mean_hits(by_tokens),
            logic.key: measures.mean_hits(rank_candidates(logic, task, union)),
            "crossroll_sampled": measures.mean_hits(ours[: len(union)]),
        },
    }


def retrieval(folder: Path, systems: tuple[Any, ...], queries_max: int, sampled: int) -> dict[str, Any]:
    """Quality on each pool."""
    return {path.name: pool(path, systems, queries_max, sampled) for path in shared.pool_sets(folder)}
