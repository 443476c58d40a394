#!/usr/bin/env python3
"""JSONata expressions: this engine beside jsonata-python and jsonata-rs, in one run.

Usage: bench-jsonata.py [--quick] [--json FILE]. The expressions are those of the reference suite
($STEPWELL_SHARED/conformance/jsonata) that give a value from a document of 2 KB at most. Each is
compiled once and evaluated in-process, and two figures are taken:

with conversion     this engine: from a parsed document to a result of the same kind (JSONValue).
                    jsonata-rs: from Python's values to Python's, as its module has it.
without conversion  this engine: on a document that is converted already; the result is dropped.
                    jsonata-rs: its module takes nothing that is converted already, so what the
                    expression 0 takes on the same document is deducted: the call and the document's
                    conversion; what converting the result takes stays in.

jsonata-python works on Python's own values, so that its two figures are one. The peers come from
PyPI at the first run; STEPWELL_BENCH names a benchmark program that is built already.
"""

import glob
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
SHARED = pathlib.Path(os.environ.get("STEPWELL_SHARED", ROOT.parent / "shared"))
PEERS = {"jsonata-python": "jsonata-python==0.7.1", "jsonata-rs": "jsonata-rs==0.1.4"}
LARGEST = 2_048
MODES = ("with conversion", "without conversion")


def samples() -> list[dict]:
    """The suite's expressions that every engine can be measured on."""
    found = []
    for path in sorted(glob.glob(str(SHARED / "conformance" / "jsonata" / "*.json"))):
        for case in json.loads(pathlib.Path(path).read_text()):
            plain = "result" in case["expect"] and not case.get("bindings")
            if plain and not case.get("timelimit") and not case.get("depth"):
                if len(json.dumps(case.get("data"))) <= LARGEST:
                    found.append({"expr": case["expr"], "data": case.get("data")})
    return found


def ours(file: str, quick: bool, scratch: str) -> dict[str, dict[int, float]]:
    """Seconds an evaluation takes, by the figure and the place of the expression."""
    program = os.environ.get("STEPWELL_BENCH")
    if not program:
        subprocess.run(["swift", "build", "--package-path", str(ROOT / "Benchmarks"), "-c",
                        "release", "--product", "stepwell-bench"], check=True, stdout=sys.stderr)
        program = str(ROOT / "Benchmarks" / ".build" / "release" / "stepwell-bench")
    report = f"{scratch}/ours.json"
    command = [program, "jsonata", "--json", report, *(["--quick"] if quick else [])]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL,
                   env={**os.environ, "STEPWELL_BENCH_EXPRESSIONS": file})
    entries = json.loads(pathlib.Path(report).read_text())["jsonata"]
    found: dict[str, dict[int, float]] = {mode: {} for mode in MODES}
    for name, entry in entries.items():
        place, _, without = name.partition(" ")
        found[MODES[1 if without else 0]][int(place)] = 1 / entry["median"]
    return found


PEER = """
import json, sys, time
sys.setrecursionlimit(20_000)
import jsonata
Compile = jsonata.Jsonata
seconds, rounds = float(sys.argv[2]), int(sys.argv[3])
def measured(expression, data):
    expression.evaluate(data)
    begin = time.perf_counter()
    expression.evaluate(data)
    count = max(1, int(seconds / max(time.perf_counter() - begin, 1e-7)))
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        for _ in range(count):
            expression.evaluate(data)
        times.append((time.perf_counter() - begin) / count)
    return sorted(times)[len(times) // 2]
found = {}
for place, sample in enumerate(json.load(open(sys.argv[1]))):
    try:
        took = measured(Compile(sample["expr"]), sample["data"])
        bare = took
        if sys.argv[4] == "converts":
            bare = max(took - measured(Compile("0"), sample["data"]), 1e-9)
        found[place] = took, bare
    except BaseException:
        pass
json.dump(found, sys.stdout)
"""


def peer(name: str, file: str, quick: bool) -> dict[str, dict[int, float]]:
    """The same of a peer; expressions it refuses are left out."""
    target = ROOT / ".build" / "peers" / name
    if not target.exists():
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--target",
                        str(target), PEERS[name]], check=True, stdout=sys.stderr)
    seconds, rounds = ("0.002", "3") if quick else ("0.01", "5")
    kind = "converts" if name == "jsonata-rs" else "native"
    done = subprocess.run([sys.executable, "-c", PEER, file, seconds, rounds, kind], check=True,
                          stdout=subprocess.PIPE, text=True,
                          env={**os.environ, "PYTHONPATH": str(target)})
    found = json.loads(done.stdout)
    return {mode: {int(place): took[which] for place, took in found.items()}
            for which, mode in enumerate(MODES)}


def compared(name: str, mine: dict[int, float], theirs: dict[int, float]) -> dict:
    """One line of a peer, and what is reported of it."""
    both = sorted(mine.keys() & theirs.keys())
    ratios = [theirs[place] / mine[place] for place in both]
    result = {"expressions": len(both), "ratio": statistics.median(ratios),
              "peer": statistics.median(theirs[place] for place in both),
              "stepwell": statistics.median(mine[place] for place in both)}
    print(f"  {name:15} median {result['peer'] * 1e6:7.2f} µs of {len(both)} expressions:"
          f" {result['ratio']:.1f} × (median of the ratios, {min(ratios):.1f} to"
          f" {max(ratios):.1f})")
    return result


def main() -> int:
    arguments = sys.argv[1:]
    report = arguments[arguments.index("--json") + 1] if "--json" in arguments else None
    quick = "--quick" in arguments
    expressions = samples()
    if not expressions:
        print(f"no reference suite at {SHARED}; set STEPWELL_SHARED")
        return 1
    results: dict[str, dict] = {mode: {} for mode in MODES}
    with tempfile.TemporaryDirectory() as scratch:
        file = f"{scratch}/expressions.json"
        pathlib.Path(file).write_text(json.dumps(expressions))
        began = time.monotonic()
        mine = ours(file, quick, scratch)
        theirs = {name: peer(name, file, quick) for name in PEERS}
        for mode in MODES:
            print(f"{mode}\n  stepwell        median"
                  f" {statistics.median(mine[mode].values()) * 1e6:7.2f} µs of {len(mine[mode])}"
                  " expressions")
            for name in PEERS:
                results[mode][name] = compared(name, mine[mode], theirs[name][mode])
        print(f"{time.monotonic() - began:.0f} s")
    if report:
        pathlib.Path(report).write_text(json.dumps(results, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
