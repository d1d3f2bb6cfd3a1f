"""Measures the linkage of Crossroll and of Splink on the same data and writes SCOREBOARD.md.

Both are run and judged by the shared tools; only aggregate figures are written, never data.
"""
import argparse
import json
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
# Set, files or what to generate, settings of Splink, further words for its tool.
SETS = [
    ("febrl3", ["dataset3.csv"], "febrl3", []),
    ("febrl4", ["dataset4a.csv", "dataset4b.csv"], "febrl4", []),
    ("historical_50k", ["historical_figures_with_errors_50k.parquet"], "historical", []),
    ("people_50k", ["people_50k.parquet"], "people", []),
    ("people_250k", ["people_250k.parquet"], "people_wide", ["--em-pairs", "2e6"]),
    ("families_250k", ["250000", "--families", "0.2"], "people_wide", ["--em-pairs", "2e6"]),
    ("people_1m", ["1000000"], "people", ["--em-pairs", "3e6"]),
]


def run(words, env=None):
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True, env=env)
    if done.returncode != 0:
        sys.exit(f"{' '.join(str(w) for w in words)}\n{done.stdout}{done.stderr}")
    return done.stdout


def ours(args, tools, name, files):
    figures = args.work / f"{name}.json"
    febrl = ["--cluster", "febrl"] if name.startswith("febrl") else []
    env = os.environ | {"CROSSROLL": str(args.program)}
    words = [tools / "eval_link.py", name, *files, *febrl]
    run([sys.executable, *words, "--work", args.work / "ours", "--json", figures], env)
    got = json.loads(figures.read_text())
    kin = (got["clusters"].get("kin") or {}).get("all", {}).get("share_persons")
    cost = got["cost"]
    return [got["pairs"]["best_f1"], got["clusters"]["pair_f1"], kin, cost["cpu"], cost["rss_mib"]]


def splink(args, tools, name, files, settings, more):
    out = args.work / f"{name}.splink.parquet"
    words = [tools / "peer_splink.py", *files, "--settings", settings, "--out", out]
    more = [*more, "--u-pairs", "5e6", "--cluster-at", "0.95", "--tmp", args.work / "splink-tmp"]
    text = run([sys.executable, *words, *more, "--seed", "1", "--no-eval"])
    spent = json.loads([line for line in text.splitlines() if line.startswith("{")][-1])
    clusters = str(out).replace(".parquet", "_clusters_0.95.parquet")
    truth = [str(f) for f in files]
    key, link = ("unique_id", [])
    if name.startswith("febrl"):
        key, truth = "rec_id", []
        for k, f in enumerate(files):
            truth.append(febrl_truth(f, args.work / f"{name}.truth{k}.csv"))
        link = ["--link"] if len(files) > 1 else []
    common = ["--truth", *truth, "--id", key, *link, "--json"]
    pairs = json.loads(run([sys.executable, tools / "eval_pairs.py", out, *common]))
    groups = [tools / "eval_clusters.py", clusters, *common, "--cid", "id"]
    groups = json.loads(run([sys.executable, *groups]))
    kin = (groups.get("kin") or {}).get("all", {}).get("share_persons")
    mib = spent["peak_rss_gb"] * 1e6 / 1024
    return [pairs["best_f1"], groups["pair_f1"], kin, spent["cpu"], mib]


def febrl_truth(path, out):
    """The ids of FEBRL hold the truth: rec-12-dup-0 is a record of rec-12."""
    ids = [line.split(",")[0].strip() for line in Path(path).read_text().splitlines()[1:] if line]
    rows = [f"{i},{re.match('[^-]+-[^-]+', i).group()}" for i in ids]
    out.write_text("rec_id,cluster\n" + "\n".join(rows) + "\n")
    return out


def line(name, who, figures):
    f1, clusters, kin, cpu, mib = figures
    kin = "" if kin is None else f"{100 * kin:.2f} %"
    return f"| {name} | {who} | {f1:.4f} | {clusters:.4f} | {kin} | {cpu:.1f} | {mib:,.0f} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--quick", action="store_true", help="without the million")
    args = parser.parse_args()
    args.work = args.work.resolve()
    tools, data = args.shared / "tools", args.shared / "data" / "linkage"
    rows = []
    for name, files, settings, more in SETS:
        if args.quick and name == "people_1m":
            continue
        if files[0].isdigit():
            made = args.work / f"{name}.parquet"
            if not made.exists():
                run([sys.executable, tools / "gen_people.py", files[0], made, *files[1:]])
            files = [made]
        else:
            files = [data / f for f in files]
        rows.append(line(name, "Crossroll", ours(args, tools, name, files)))
        print(rows[-1], flush=True)
        rows.append(line(name, "Splink 5", splink(args, tools, name, files, settings, more)))
        print(rows[-1], flush=True)
    head = (HERE / "head.md").read_text().format(
        machine=f"{os.cpu_count()} cores, {platform.machine()}, Linux"
    )
    (HERE / "SCOREBOARD.md").write_text(head + "\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
