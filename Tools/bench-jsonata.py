#!/usr/bin/env python3
"""JSONata expressions: this engine beside jsonata-python and jsonata-rs, in one run.

Usage: bench-jsonata.py [--quick] [--json FILE]. The expressions are those of the reference suite
($STEPWELL_SHARED/conformance/jsonata) that give a value from a document of 2 KB at most. Each is
compiled once and evaluated in-process. jsonata-rs is measured through its Python module, so what it
takes to convert the document is in its figure; jsonata-python works on Python's own values; this
engine looks into the document where the expression does. The peers come from PyPI at the first run;
STEPWELL_BENCH names a benchmark program that is built already.
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


def ours(file: str, quick: bool, scratch: str) -> dict[int, float]:
    """Seconds an evaluation takes, by the place of the expression."""
    program = os.environ.get("STEPWELL_BENCH")
    if not program:
        subprocess.run(["swift", "build", "--package-path", str(ROOT / "Benchmarks"), "-c",
                        "release", "--product", "stepwell-bench"], check=True, stdout=sys.stderr)
        program = str(ROOT / "Benchmarks" / ".build" / "release" / "stepwell-bench")
    report = f"{scratch}/ours.json"
    command = [program, "jsonata", "--json", report, *(["--quick"] if quick else [])]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL,
                   env={**os.environ, "STEPWELL_BENCH_EXPRESSIONS": file})
    entries = json.loads(pathlib.Path(report).read_text())
    return {int(entry["name"]): 1 / entry["median"] for entry in entries}


PEER = """
import json, sys, time
sys.setrecursionlimit(20_000)
import jsonata
Compile = jsonata.Jsonata
seconds, rounds = float(sys.argv[2]), int(sys.argv[3])
found = {}
for place, sample in enumerate(json.load(open(sys.argv[1]))):
    try:
        expression, data = Compile(sample["expr"]), sample["data"]
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
        found[place] = sorted(times)[len(times) // 2]
    except BaseException:
        pass
json.dump(found, sys.stdout)
"""


def peer(name: str, file: str, quick: bool) -> dict[int, float]:
    """The same of a peer; expressions it refuses are left out."""
    target = ROOT / ".build" / "peers" / name
    if not target.exists():
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--target",
                        str(target), PEERS[name]], check=True, stdout=sys.stderr)
    seconds, rounds = ("0.002", "3") if quick else ("0.01", "5")
    done = subprocess.run([sys.executable, "-c", PEER, file, seconds, rounds], check=True,
                          stdout=subprocess.PIPE, text=True,
                          env={**os.environ, "PYTHONPATH": str(target)})
    return {int(place): took for place, took in json.loads(done.stdout).items()}


def main() -> int:
    arguments = sys.argv[1:]
    report = arguments[arguments.index("--json") + 1] if "--json" in arguments else None
    quick = "--quick" in arguments
    expressions = samples()
    if not expressions:
        print(f"no reference suite at {SHARED}; set STEPWELL_SHARED")
        return 1
    results = {}
    with tempfile.TemporaryDirectory() as scratch:
        file = f"{scratch}/expressions.json"
        pathlib.Path(file).write_text(json.dumps(expressions))
        began = time.monotonic()
        mine = ours(file, quick, scratch)
        print(f"stepwell        median {statistics.median(mine.values()) * 1e6:7.2f} µs"
              f" of {len(mine)} expressions")
        for name in PEERS:
            theirs = peer(name, file, quick)
            both = sorted(mine.keys() & theirs.keys())
            ratios = [theirs[place] / mine[place] for place in both]
            results[name] = {"expressions": len(both), "ratio": statistics.median(ratios),
                             "peer": statistics.median(theirs[place] for place in both),
                             "stepwell": statistics.median(mine[place] for place in both)}
            print(f"{name:15} median {results[name]['peer'] * 1e6:7.2f} µs of {len(both)}"
                  f" expressions: {results[name]['ratio']:.1f} × (median of the ratios,"
                  f" {min(ratios):.1f} to {max(ratios):.1f})")
        print(f"{time.monotonic() - began:.0f} s")
    if report:
        pathlib.Path(report).write_text(json.dumps(results, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
