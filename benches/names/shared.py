"""Reads the sets that are not part of this repository. Real people: only sums leave this part."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


def table(path: Path) -> list[list[str]]:
    """The cells of a table of tabs."""
    with open(path, encoding="utf8") as file:
        return [line.rstrip("\n").split("\t") for line in file]


def json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """One object a line."""
    with open(path, encoding="utf8") as file:
        for line in file:
            yield json.loads(line)


def sha256(paths: Sequence[Path]) -> str:
    """Of one file its SHA-256; of several the SHA-256 of theirs, in order of the paths."""
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(paths)]
    return digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()


def sample(items: Sequence[T], names: Sequence[str], limit: int) -> list[T]:
    """At most so many items, the same ones on every machine, in order of the hash of their names."""
    order = sorted(range(len(items)), key=lambda at: hashlib.sha1(("board" + names[at]).encode()).hexdigest())
    return [items[at] for at in order[:limit]]


def pair_sets(folder: Path) -> list[Path]:
    """Labelled pairs: id, left, right, label, category."""
    return sorted(folder.glob("pairs-*.dev.tsv"))


def pool_sets(folder: Path) -> list[Path]:
    """Pools with queries and truth."""
    return sorted(path for path in folder.glob("ret-*") if (path / "queries.dev.tsv").exists())


class PoolSet:
    """One pool, its queries, and for each query the places of the right answers."""

    def __init__(self, folder: Path, queries_max: int) -> None:
        self.name = folder.name
        files = [folder / name for name in ("pool.tsv", "queries.dev.tsv", "truth.tsv")]
        self.sha256 = sha256(files)
        pool, queries = table(files[0]), table(files[1])
        queries = sample(queries, [row[0] for row in queries], queries_max)
        place = {row[0]: at for at, row in enumerate(pool)}
        truth: dict[str, set[int]] = defaultdict(set)
        for query, candidate in table(files[2]):
            if candidate in place:
                truth[query].add(place[candidate])
        self.pool = [row[1] for row in pool]
        self.queries = [row[1] for row in queries]
        self.truth = [truth[row[0]] for row in queries]
