"""The shared screening set, names alone: is a listed person found whose name was taken off the
list, and how high do people score who are on no list? The sets are made by the shared tool."""

import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import measures
import numpy as np
import shared
from systems import Crossroll, LogicV2

KIND = "person"
LISTS = "un,eu"


class Job:
    """One list with some names taken off, and the queries put to it."""

    def __init__(self, folder: Path, name: str) -> None:
        self.list_file = folder / f"{name}.ftm.json"
        self.queries_file = folder / f"{name}.queries.jsonl"
        self.owners: list[str] = []
        self.names: list[str] = []
        for entity in shared.json_lines(self.list_file):
            properties = entity["properties"]
            for key in ("name", "alias", "weakAlias"):
                for text in properties.get(key, []):
                    self.owners.append(entity["id"])
                    self.names.append(text)
        self.queries = {row["id"]: row["properties"]["name"][0] for row in shared.json_lines(self.queries_file)}


def prepare(shared_folder: Path, work: Path, positives: int, negatives: int) -> list[dict[str, Any]]:
    """Makes lists, queries and truth; returns the truth."""
    tool = shared_folder / "tools" / "eval_screening.py"
    options = ["--names-only", "--lists", LISTS, "--positives", str(positives), "--negatives", str(negatives)]
    data = ["--bench", str(shared_folder / "data/screening/dev.jsonl"), "--lists-dir", str(shared_folder / "data/lists/norm")]
    subprocess.run([sys.executable, tool, "prepare", work, *options, *data], check=True, capture_output=True)
    return list(shared.json_lines(work / "truth.jsonl"))


def by_entity(scores: dict[int, float], owners: list[str]) -> dict[str, float]:
    """The best score of each entity among its names."""
    best: dict[str, float] = {}
    for place, score in scores.items():
        best[owners[place]] = max(score, best.get(owners[place], 0.0))
    return best


def ask_crossroll(crossroll: Crossroll, job: Job) -> dict[str, dict[str, float]]:
    """Ten results for each query, by the command that users have."""
    text = crossroll.run("screen", "--list", str(job.list_file), "--queries", str(job.queries_file), "--top", "10")
    rows = (json.loads(line) for line in text.splitlines())
    return {row["id"]: {one["entity_id"]: one["score"] for one in row["results"]} for row in rows}


def ask_measure(system: Any, job: Job) -> tuple[dict[str, dict[str, float]], dict[str, list[int]]]:
    """The hundred nearest names of each query, brute force."""
    pool = [system.prepare(text) for text in job.names]
    answers, nearest = {}, {}
    for query, text in job.queries.items():
        row = system.matrix([system.prepare(text)], pool)[0]
        places = np.argsort(-row, kind="stable")[:100].tolist()
        nearest[query] = places
        answers[query] = by_entity({place: float(row[place]) for place in places}, job.owners)
    return answers, nearest


def ask_logic(logic: LogicV2, job: Job, nearest: dict[str, list[int]], ours: dict[str, dict[str, float]], right: dict[str, set[str]]) -> dict[str, dict[str, float]]:
    """The forty nearest names by `token_sort_ratio`, every name of the ten entities that Crossroll
    gives, and every name of the right one: more than a search of its own would have to offer."""
    names_of: dict[str, list[int]] = defaultdict(list)
    for place, owner in enumerate(job.owners):
        names_of[owner].append(place)
    entities = {}
    answers = {}
    for query, places in nearest.items():
        wanted = set(places[:40])
        for entity in [*ours.get(query, ()), *right.get(query, ())]:
            wanted.update(names_of[entity])
        asked = logic.entity(KIND, job.queries[query])
        scores = {}
        for place in sorted(wanted):
            if place not in entities:
                entities[place] = logic.entity(KIND, job.names[place])
            scores[place] = logic.score(asked, entities[place])
        answers[query] = by_entity(scores, job.owners)
    return answers


def judge(truth: list[dict[str, Any]], answers: dict[tuple[str, str], dict[str, float]]) -> dict[str, float]:
    """R@1 of the listed, and their recall at the threshold that one in a hundred of the others passes."""
    others: dict[str, list[float]] = defaultdict(list)
    for row in truth:
        if not row["truth"]:
            others[row["list"]].append(max(answers[row["job"], row["id"]].values(), default=0.0))
    limits = {name: measures.threshold_at_rate(scores) for name, scores in others.items()}
    first, found, listed = 0.0, 0, 0
    for row in truth:
        if not row["truth"]:
            continue
        listed += 1
        scores, right = answers[row["job"], row["id"]], set(row["truth"])
        best = max((score for entity, score in scores.items() if entity in right), default=None)
        if best is None:
            continue
        found += best > limits[row["list"]]
        wrong = [score for entity, score in scores.items() if entity not in right]
        first += measures.hits(sum(s > best for s in wrong), sum(s == best for s in wrong), 1)["r1"]
    return {"r1": first / listed, "recall_at_1": found / listed}


def run(shared_folder: Path, work: Path, systems: tuple[Any, ...], positives: int, negatives: int) -> dict[str, Any]:
    """All systems on the same lists and queries."""
    crossroll, winkler, tokens, logic = systems
    truth = prepare(shared_folder, work, positives, negatives)
    answers: dict[str, dict[tuple[str, str], dict[str, float]]] = {system.key: {} for system in systems}
    for name in dict.fromkeys(row["job"] for row in truth):
        job = Job(work, name)
        right = {row["id"]: set(row["truth"]) for row in truth if row["job"] == name}
        ours = ask_crossroll(crossroll, job)
        by_winkler, _ = ask_measure(winkler, job)
        by_tokens, nearest = ask_measure(tokens, job)
        by_logic = ask_logic(logic, job, nearest, ours, right)
        for system, given in zip(systems, (ours, by_winkler, by_tokens, by_logic), strict=True):
            answers[system.key].update({(name, query): found for query, found in given.items()})
    lists = [shared_folder / f"data/lists/norm/{name}.jsonl" for name in LISTS.split(",")]
    return {
        "sha256": shared.sha256([shared_folder / "data/screening/dev.jsonl"]),
        "lists_sha256": shared.sha256(lists),
        "lists": LISTS,
        "listed": sum(bool(row["truth"]) for row in truth),
        "others": sum(not row["truth"] for row in truth),
        "systems": {key: judge(truth, found) for key, found in answers.items()},
    }
