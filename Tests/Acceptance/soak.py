#!/usr/bin/env python3
"""A hundred thousand tasks through each kind of connector, and as many children of Maps.

Each kind has an engine of its own, with the real dispatcher and the real store, in a process of its
own (`Tests/Soak`): the last tasks may cost 1.3 times as much CPU as early ones, and memory stays.
STEPWELL_SOAK_TASKS asks for another number; with STEPWELL_LONG (`Tools/test --long`) the kinds that
read rows have a million. `killed` is a Map over rows whose process is killed again and again, while
children run and while results are written: each row is dealt with once all the same.
Arguments name the kinds that are wanted. Prints `N passed, N failed`.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
KINDS = ["handler", "mock", "nested", "sdk", "map", "rows", "judged"]
PROGRAM = ROOT / ".build" / "release" / "Soak"
LONG = os.environ.get("STEPWELL_LONG") == "true"
TASKS = int(os.environ.get("STEPWELL_SOAK_TASKS", "100000"))
ROWS = 1_000_000 if LONG else TASKS
# Each life of the process ends when it has ended such a part of the rows, or when such files are
# there: the store's, results.
LIVES = ["data/*", 0.0, 0.15, 0.3, 0.2, "results/*/SUCCEEDED_*", "results/*/SUCCEEDED_*"]


def soak(kind: str) -> bool:
    """One kind from start to end."""
    tasks = ROWS if kind in ("rows", "judged") else TASKS
    return subprocess.run([PROGRAM, kind, str(tasks)], check=False).returncode == 0


def wait(process: subprocess.Popen, folder: pathlib.Path, end: float | str, rows: int) -> None:
    """Waits for the end of a life, or for that of all of them."""
    if isinstance(end, str):
        while process.poll() is None and not list(folder.glob(end)):
            time.sleep(0.005)
        return
    for line in process.stdout:
        if line.startswith("closed ") and int(line.split()[1]) >= end * rows:
            return


def killed(rows: int) -> bool:
    """A Map over rows with several lives."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        command = [PROGRAM, "judged", str(rows), folder]
        deaths = 0
        for end in LIVES:
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
                wait(process, folder, end, rows)
                process.kill()
                deaths += process.wait() != 0
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        print("".join(f"{line}\n" for line in done.stdout.splitlines()
                      if not line.startswith("closed ")), end="")
        if done.returncode != 0:
            return False
        print(f"killed: {rows} rows, {deaths} kills, {time.monotonic() - began:.1f} s")
        return judge(folder, rows)


def judge(folder: pathlib.Path, rows: int) -> bool:
    """Whether the results have each row once, as the manifest says."""
    manifests = list(folder.glob("results/*/manifest.json"))
    if len(manifests) != 1:
        print(f"killed: {len(manifests)} manifests")
        return False
    found: dict[str, list[int]] = {}
    for group, files in json.loads(manifests[0].read_text())["ResultFiles"].items():
        found[group] = []
        for file in files:
            path = folder / file["Key"]
            if path.stat().st_size != file["Size"]:
                print(f"killed: {path} has not the size of the manifest")
                return False
            for line in path.read_text().splitlines():
                result = json.loads(line)
                row = json.loads(result["Input"]) if group == "FAILED" else result
                found[group].append(int(row["id"]))
    expected = {
        "SUCCEEDED": [row for row in range(rows) if row % 10], "PENDING": [],
        "FAILED": list(range(0, rows, 10))}
    wrong = [group for group, ids in expected.items() if sorted(found[group]) != ids]
    if wrong:
        print("killed: not each row once:", {group: len(found[group]) for group in wrong})
    return not wrong


def main() -> int:
    """Builds the soak beside the program and runs every kind."""
    # As the gate builds sfnctl, so that nothing is built twice.
    build = ["swift", "build", "-c", "release", "--product", "Soak", "--static-swift-stdlib"]
    subprocess.run(build, cwd=ROOT, check=True, stdout=sys.stderr)
    wanted = sys.argv[1:] or [*KINDS, "killed"]
    failed = 0
    for kind in wanted:
        # A tenth fails, which is what the Map tolerates.
        is_right = killed(ROWS if LONG else ROWS // 4) if kind == "killed" else soak(kind)
        failed += not is_right
        print("ok" if is_right else "FAILED", kind, flush=True)
    print(f"{len(wanted) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
