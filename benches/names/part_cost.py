"""What a pair costs each system, on one core, over the same pairs in the same run."""

import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import part_corpus
import systems as all_of
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

# Of several rounds the fastest counts: what else the machine did is not the system's time.
ROUNDS = 7


def best(work: Callable[[], object], pairs: int, rounds: int = ROUNDS) -> float:
    """Microseconds a pair of the fastest round."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times) * 1e6 / pairs


def of_engine(timer: Path, rows: list[part_corpus.Row]) -> dict[str, float]:
    """Ours, in the process that uses the engine as a library."""
    text = "".join("\t".join([row["id"], row["kind"], row["left"], row["right"]]) + "\n" for row in rows)
    done = subprocess.run([timer], input=text, capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout)
    return {"cold": answer["cold_us"], "prepared": answer["prepared_us"]}


def of_measure(system: Any, rows: list[part_corpus.Row]) -> dict[str, float]:
    """A string measure: cold is with romanizing, prepared is one call on prepared texts."""
    prepared = [(system.prepare(row["left"]), system.prepare(row["right"])) for row in rows]
    winkler = isinstance(system, all_of.JaroWinklerSystem)
    call = JaroWinkler.normalized_similarity if winkler else fuzz.ratio

    def cold() -> None:
        all_of.plain.cache_clear()
        for row in rows:
            call(system.prepare(row["left"]), system.prepare(row["right"]))

    def warm() -> None:
        for left, right in prepared:
            call(left, right)

    return {"cold": best(cold, len(rows)), "prepared": best(warm, len(rows))}


def of_rules(logic: all_of.LogicV2, rows: list[part_corpus.Row]) -> dict[str, float]:
    """The rules: cold makes new entities, prepared compares entities whose names were analysed."""

    def entities() -> list[tuple[Any, Any]]:
        return [(logic.entity(row["kind"], row["left"]), logic.entity(row["kind"], row["right"])) for row in rows]

    def compare(pairs: list[tuple[Any, Any]]) -> None:
        for left, right in pairs:
            logic.score(left, right)

    made = entities()
    compare(made)
    return {
        "cold": best(lambda: compare(entities()), len(rows), rounds=3),
        "prepared": best(lambda: compare(made), len(rows), rounds=3),
    }


def run(corpus: Path, timer: Path, systems: tuple[Any, ...]) -> dict[str, Any]:
    """Microseconds a pair of every system."""
    rows = part_corpus.read(corpus)
    crossroll, winkler, tokens, logic = systems
    return {
        "pairs": len(rows),
        "systems": {
            crossroll.key: of_engine(timer, rows),
            winkler.key: of_measure(winkler, rows),
            tokens.key: of_measure(tokens, rows),
            logic.key: of_rules(logic, rows),
        },
    }
