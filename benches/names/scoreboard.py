"""Scores name matchers side by side: `make name-scoreboard`, or `scripts/name-scoreboard --help`.

Parts that are not run, or cannot be because the shared data are absent, stay as they were.
"""

import argparse
import json
import os
import shutil
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import part_corpus
import part_cost
import part_screening
import part_shared
import report
import systems as all_of

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CORPUS = ROOT / "corpus" / "names" / "pairs.csv"
DIGITS = 4


def rounded(value: Any) -> Any:
    """The same with every number rounded, so that the file shows what changed and no noise."""
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    if isinstance(value, list):
        return [rounded(one) for one in value]
    return round(value, DIGITS) if isinstance(value, float) else value


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, required=True, help="the binary under test")
    parser.add_argument("--timer", type=Path, required=True, help="the example time_pairs")
    parser.add_argument("--work", type=Path, required=True, help="a folder for what is made on the way")
    parser.add_argument("--only", help=f"parts to run, by commas: {','.join(report.PARTS)}")
    parser.add_argument("--quick", action="store_true", help="small samples; written to the work folder, not to benches/names")
    return parser.parse_args()


def run_part(part: str, options: argparse.Namespace, out: Path, systems: tuple[Any, ...], shared_folder: Path) -> dict[str, Any]:
    """The figures of one part."""
    quick = options.quick
    names = shared_folder / "data" / "names"
    if part == "corpus":
        return part_corpus.run(CORPUS, out / "cases.csv", systems)
    if part == "pairs":
        return part_shared.pairs(names, systems, 400 if quick else 10_000)
    if part == "retrieval":
        return part_shared.retrieval(names, systems, 40 if quick else 10_000, 10 if quick else 100)
    if part == "screening":
        work = options.work / "screening"
        shutil.rmtree(work, ignore_errors=True)
        return part_screening.run(shared_folder, work, systems, *((60, 50) if quick else (1_500, 500)))
    return part_cost.run(CORPUS, options.timer, systems)


def load(path: Path) -> dict[str, Any]:
    """The figures of the last run, if any."""
    return json.loads(path.read_text(encoding="utf8")) if path.exists() else {}


def main() -> None:
    """Runs the parts and writes page, figures and cases."""
    options = arguments()
    out = options.work / "quick" if options.quick else HERE
    out.mkdir(parents=True, exist_ok=True)
    parts = options.only.split(",") if options.only else list(report.PARTS)
    if unknown := set(parts) - set(report.PARTS):
        sys.exit(f"name-scoreboard: no such part: {', '.join(sorted(unknown))}")
    shared_folder = Path(os.environ.get("SHARED", ROOT.parent / "shared")).resolve()
    systems = all_of.all_systems(options.program)
    board = load(out / "scoreboard.json")
    libraries = ("nomenklatura", "rigour", "RapidFuzz", "normality")
    program = systems[0].run("--version").split()[-1]
    board["versions"] = {"crossroll": program, **{name: version(name) for name in libraries}}
    for part in parts:
        if part in ("pairs", "retrieval", "screening") and not (shared_folder / "data" / "names").is_dir():
            print(f"name-scoreboard: no shared data in {shared_folder}; the part {part} stays as it was", file=sys.stderr)
            continue
        start = time.monotonic()
        board[part] = rounded(run_part(part, options, out, systems, shared_folder))
        print(f"name-scoreboard: {part}, {time.monotonic() - start:.0f} s", file=sys.stderr)
    ordered = {key: board[key] for key in ("versions", *report.PARTS) if key in board}
    (out / "scoreboard.json").write_text(json.dumps(ordered, indent=1, ensure_ascii=False) + "\n", encoding="utf8")
    (out / "SCOREBOARD.md").write_text(report.render(ordered), encoding="utf8")


if __name__ == "__main__":
    main()
