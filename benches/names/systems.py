"""The systems that stand side by side. Each scores pairs of texts in 0..1 and ranks pools."""

import os
import resource
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from followthemoney import ValueEntity
from nomenklatura.matching import get_algorithm
from normality import ascii_text
from rapidfuzz import fuzz, process, utils
from rapidfuzz.distance import JaroWinkler

SCHEMATA = {"person": "Person", "organization": "Company", "vessel": "Vessel"}
Pair = tuple[str, str]


class System(Protocol):
    """What the parts of the scoreboard ask of a system."""

    key: str
    title: str
    threshold: float | None

    def scores(self, kind: str, pairs: Sequence[Pair]) -> list[float]:
        """A score for each pair of names of one kind."""
        ...


class Crossroll:
    """The program under test, called as users call it."""

    key, title, threshold = "crossroll", "Crossroll", 0.5

    def __init__(self, program: Path) -> None:
        self.program = program
        self.cpu_seconds = 0.0

    def run(self, *arguments: str, text: str | None = None) -> str:
        """Runs one command to its end; 3 is success with problems recorded."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([self.program, *arguments], input=text, capture_output=True, text=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.cpu_seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        if done.returncode not in (0, 3):
            raise SystemExit(f"{self.program} {' '.join(arguments)}: exit status {done.returncode}\n{done.stderr[-800:]}")
        return done.stdout

    def scores(self, kind: str, pairs: Sequence[Pair]) -> list[float]:
        text = "".join(f"{at}\t{flat(left)}\t{flat(right)}\n" for at, (left, right) in enumerate(pairs))
        answer = self.run("names", "compare", "--schema", kind.capitalize(), "-", text=text)
        found = dict(line.split("\t") for line in answer.splitlines())
        return [float(found[str(at)]) for at in range(len(pairs))]

    def rank(self, pool: Sequence[str], queries: Sequence[str], top: int = 100) -> list[dict[int, float]]:
        """For each query the best places of the pool with their scores, whole ties included."""
        with tempfile.TemporaryDirectory() as folder:
            paths = [os.path.join(folder, name) for name in ("pool.tsv", "queries.tsv")]
            for path, names in zip(paths, (pool, queries), strict=True):
                with open(path, "w", encoding="utf8") as file:
                    file.writelines(f"{at}\t{flat(name)}\n" for at, name in enumerate(names))
            answer = self.run("names", "rank", "--pool", paths[0], "--queries", paths[1], "--top", str(top))
        found: list[dict[int, float]] = [{} for _ in queries]
        for line in answer.splitlines():
            query, candidate, score = line.split("\t")
            found[int(query)][int(candidate)] = float(score)
        return found


class JaroWinklerSystem:
    """Jaro-Winkler over romanized text."""

    key, title, threshold = "jaro_winkler", "Jaro-Winkler", None

    def prepare(self, text: str) -> str:
        return plain(text)

    def scores(self, kind: str, pairs: Sequence[Pair]) -> list[float]:
        measure = JaroWinkler.normalized_similarity
        return [measure(self.prepare(left), self.prepare(right)) for left, right in pairs]

    def matrix(self, queries: Sequence[str], pool: Sequence[str]) -> np.ndarray:
        """All prepared queries against all prepared names."""
        return process.cdist(queries, pool, scorer=JaroWinkler.normalized_similarity, dtype=np.float32)


class TokenSort:
    """Rapidfuzz's `token_sort_ratio` over romanized text."""

    key, title, threshold = "token_sort", "token_sort_ratio", None

    def prepare(self, text: str) -> str:
        # Sorted once; `ratio` of what is sorted is `token_sort_ratio` of what is not.
        return " ".join(sorted(plain(text).split()))

    def scores(self, kind: str, pairs: Sequence[Pair]) -> list[float]:
        return [fuzz.token_sort_ratio(plain(left), plain(right)) / 100 for left, right in pairs]

    def matrix(self, queries: Sequence[str], pool: Sequence[str]) -> np.ndarray:
        """All prepared queries against all prepared names."""
        return process.cdist(queries, pool, scorer=fuzz.ratio, dtype=np.float32) / 100


class LogicV2:
    """Nomenklatura's rules, over entities that have a name and nothing else."""

    key, title, threshold = "logic_v2", "nomenklatura logic-v2", 0.7

    def __init__(self) -> None:
        algorithm = get_algorithm("logic-v2")
        if algorithm is None:
            raise SystemExit("this nomenklatura has no logic-v2")
        self.algorithm = algorithm
        self.config = algorithm.default_config()
        self.made = 0

    def entity(self, kind: str, name: str) -> ValueEntity:
        """A new entity. Its id is its own: the library remembers the names of an entity by its id."""
        self.made += 1
        properties = {"name": [name]}
        return ValueEntity.from_dict(
            {"id": f"e{self.made}", "schema": SCHEMATA[kind], "properties": properties, "datasets": ["scoreboard"]}
        )

    def score(self, query: ValueEntity, candidate: ValueEntity) -> float:
        return self.algorithm.compare(query, candidate, self.config).score

    def scores(self, kind: str, pairs: Sequence[Pair]) -> list[float]:
        return [self.score(self.entity(kind, left), self.entity(kind, right)) for left, right in pairs]


def flat(text: str) -> str:
    """A text as one cell of a table of tabs."""
    return " ".join(text.split())


@lru_cache(maxsize=200_000)
def plain(text: str) -> str:
    """Romanized by ICU, small letters, nothing but letters, digits and blanks."""
    return romanized(text)


def romanized(text: str) -> str:
    """The same, not remembered."""
    return flat(utils.default_process(ascii_text(text) or text))


def all_systems(program: Path) -> tuple[Crossroll, JaroWinklerSystem, TokenSort, LogicV2]:
    """Ours first."""
    return Crossroll(program), JaroWinklerSystem(), TokenSort(), LogicV2()


def titles(systems: Iterable[Any]) -> dict[str, str]:
    """Key and title of each."""
    return {system.key: system.title for system in systems}
