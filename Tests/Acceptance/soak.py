#!/usr/bin/env python3
"""A hundred thousand tasks through each kind of connector, and as many children of Maps.

Each kind has an engine of its own, with the real dispatcher and the real store, in a process of its
own (`Tests/Soak`): the last tasks may cost 1.3 times as much CPU as early ones, and memory stays.
STEPWELL_SOAK_TASKS asks for another number. Prints `N passed, N failed`.
"""

import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
KINDS = ["handler", "mock", "nested", "sdk", "map", "rows"]


def main() -> int:
    """Builds the soak beside the program and runs every kind."""
    build = ["swift", "build", "-c", "release", "--product", "Soak"]
    subprocess.run(build, cwd=ROOT, check=True, stdout=sys.stderr)
    program = ROOT / ".build" / "release" / "Soak"
    tasks = os.environ.get("STEPWELL_SOAK_TASKS", "100000")
    failed = 0
    for kind in KINDS:
        status = subprocess.run([program, kind, tasks], check=False).returncode
        failed += status != 0
        print("ok" if status == 0 else "FAILED", kind, flush=True)
    print(f"{len(KINDS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
