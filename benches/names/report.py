"""The scoreboard as a page, made of its figures alone."""

from collections.abc import Callable, Sequence
from typing import Any

KEYS = ("crossroll", "jaro_winkler", "token_sort", "logic_v2")
TITLES = ("Crossroll", "Jaro-Winkler", "token_sort_ratio", "logic-v2")
Board = dict[str, Any]


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """One table of Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def share(value: float) -> str:
    """A share with three digits and no leading nought."""
    return "1.000" if value > 0.9995 else f"{value:.3f}".lstrip("0")


def best_in_bold(values: Sequence[float], show: Callable[[float], str] = share) -> list[str]:
    """The highest value is set in bold, ties too."""
    shown = [show(value) for value in values]
    top = show(max(values))
    return [f"**{text}**" if text == top else text for text in shown]


def mean(values: Sequence[float]) -> float:
    """The plain mean."""
    return sum(values) / len(values)


def summary(board: Board) -> str:
    """One line for each part."""
    rows = []
    if "corpus" in board:
        found = board["corpus"]["systems"]
        for kind in ("all", "person", "organization", "vessel"):
            rows.append([f"fictional corpus, F1, {kind}", *best_in_bold([found[key][kind]["f1"] for key in KEYS])])
    for part, what, title in (("pairs", "auc", "labelled pairs, mean AUC"), ("retrieval", "r1", "pools, mean R@1")):
        if part in board:
            found = board[part].values()
            rows.append([title, *best_in_bold([mean([one["systems"][key][what] for one in found]) for key in KEYS])])
    if "screening" in board:
        found = board["screening"]["systems"]
        rows.append(["screening, recall at 1 % false positives", *best_in_bold([found[key]["recall_at_1"] for key in KEYS])])
    if "cost" in board:
        found = board["cost"]["systems"]
        rows.append(["microseconds a pair, prepared", *(f"{found[key]['prepared']:.2f}" for key in KEYS)])
    return "## At a glance\n\n" + table(["", *TITLES], rows) + "\nEach line is explained with its table below; of the pools logic-v2 sees a part.\n"


def corpus(board: Board) -> str:
    """The fictional corpus, by kind and by category."""
    part = board["corpus"]
    found = part["systems"]
    kinds = [key for key in found[KEYS[0]] if key != "threshold"]
    rows = []
    for kind in kinds:
        for key, title in zip(KEYS, TITLES, strict=True):
            entry = found[key][kind]
            names = ("precision", "recall", "f1", "best_f1", "auc", "recall_at_1")
            cells = [kind, title, f"{found[key]['threshold']:.3f}", *(share(entry[name]) for name in names)]
            rows.append([f"**{cell}**" for cell in cells] if key == KEYS[0] else cells)
    head = ["kind", "system", "threshold", "precision", "recall", "F1", "best F1", "AUC", "recall at 1 % false positives"]
    text = f"## Fictional corpus, {part['pairs']} pairs\n\n" + table(head, rows)
    text += (
        "\nThresholds: Crossroll and logic-v2 their own; of the string measures the one that gets most of both sides right on this corpus, over\n"
        "all kinds, which flatters them. *Best F1*: with the threshold that is best for the kind, for every system; to call every pair the same\n"
        f"gives {share(part['f1_of_yes_to_all'])} over all kinds. Half of the pairs are hard on purpose, and invented family names stand in no dictionary,\n"
        "which handicaps logic-v2 across scripts. The rows of all pairs stand in `cases.csv`.\n"
        "\n### Right answers by category, at these thresholds\n\n"
    )
    rows = []
    for entry in part["categories"]:
        label = "same" if entry["same"] == "1" else "different"
        counts = best_in_bold([entry[key] for key in KEYS], lambda count: str(int(count)))
        rows.append([entry["kind"], label, entry["category"], str(entry["n"]), *counts])
    return text + table(["kind", "truth", "category", "n", *TITLES], rows)


def pairs(board: Board) -> str:
    """The shared sets of labelled pairs."""
    rows = []
    for name, entry in board["pairs"].items():
        found = entry["systems"]
        cells = [best_in_bold([found[key][what] for key in KEYS]) for what in ("auc", "recall_at_1")]
        both = [f"{auc} / {recall}" for auc, recall in zip(*cells, strict=True)]
        rows.append([name, str(entry["pairs"]), *both, f"`{entry['sha256'][:12]}`"])
    return "## Labelled pairs: AUC / recall at 1 % false positives\n\n" + table(["set", "pairs", *TITLES, "SHA-256"], rows)


def retrieval(board: Board) -> str:
    """The shared pools."""
    rows = []
    keys = (*KEYS[:3], "crossroll_sampled", KEYS[3])
    for name, entry in board["retrieval"].items():
        found = entry["systems"]
        cells = ["/".join(share(found[key][what]) for what in ("r1", "r10", "mrr")) for key in keys]
        sizes = [str(entry[key]) for key in ("pool", "queries")]
        rows.append([name, *sizes, *cells[:3], str(entry["sampled"]), *cells[3:], f"`{entry['sha256'][:12]}`"])
    head = ["set", "pool", "queries", *TITLES[:3], "of these", "Crossroll", "logic-v2", "SHA-256"]
    return (
        "## Finding a name in a pool: R@1/R@10/MRR\n\n" + table(head, rows) + "\n"
        "The string measures compare each query with the whole pool. Logic-v2 is too slow for that: of a sample of the queries it ranks the hundred\n"
        "best of Crossroll, the hundred nearest by `token_sort_ratio`, and the right answers, so its figures are upper bounds; beside them\n"
        "stands Crossroll on the same queries, from the whole pool.\n"
    )


def screening(board: Board) -> str:
    """The shared screening set."""
    part = board["screening"]
    rows = []
    for what, title in (("r1", "R@1"), ("recall_at_1", "recall at 1 % false positives")):
        rows.append([title, *best_in_bold([part["systems"][key][what] for key in KEYS])])
    return (
        f"## Screening by name alone: {part['listed']} listed, {part['others']} others\n\n" + table(["measure", *TITLES], rows) + "\n"
        f"Lists: {part['lists']}; a listed person is asked for by a name that was taken off the list or that another list has. Crossroll searches by its\n"
        "own index; the string measures compare with every name; logic-v2 compares with the 40 nearest by `token_sort_ratio`, with what Crossroll\n"
        f"found, and with the right entity. SHA-256: queries `{part['sha256'][:12]}`, lists `{part['lists_sha256'][:12]}`.\n"
    )


def cost(board: Board) -> str:
    """What a pair costs."""
    part = board["cost"]
    rows = []
    for what, title in (("cold", "both names from text"), ("prepared", "both names prepared")):
        rows.append([title, *(f"{part['systems'][key][what]:.2f}" for key in KEYS)])
    return (
        f"## Microseconds a pair, {part['pairs']} pairs of the fictional corpus\n\n" + table(["", *TITLES], rows) + "\n"
        "One core, the fastest of several rounds. Crossroll: `cargo run --release -p names --example time_pairs`; the others are called from Python,\n"
        "the call counted in.\n"
    )


PARTS: dict[str, Callable[[Board], str]] = {
    "corpus": corpus,
    "pairs": pairs,
    "retrieval": retrieval,
    "screening": screening,
    "cost": cost,
}


def render(board: Board) -> str:
    """The whole page."""
    versions = ", ".join(f"{name} {version}" for name, version in board["versions"].items())
    head = (
        "# Name scoreboard\n\n"
        "Made by `make name-scoreboard`; do not edit. How to read it: docs/design/names.md.\n\n"
        f"Versions: {versions}. Jaro-Winkler and `token_sort_ratio` read names romanized by ICU, in small letters, without punctuation.\n"
        "Logic-v2 compares entities (Person, Company, Vessel) that have a name and nothing else.\n"
    )
    return "\n".join([head, summary(board), *(make(board) for part, make in PARTS.items() if part in board)])
