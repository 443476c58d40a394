#!/usr/bin/env python3
"""The recorded cases of AWS Step Functions hold at least as far as they did.

Each line of Tools/conformance.floor is `PASSED RUNNER ARGUMENT…`: with these arguments, at least
so many cases of a runner of $STEPWELL_SHARED/conformance pass. More is better: raise the number
then. MOCKS stands for the file of mocked responses that the runner writes and the server reads.
Prints `N passed, N failed, N skipped`, one for each line.
"""

import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

from sfnctl_server import Server

ROOT = pathlib.Path(__file__).resolve().parents[2]
FLOOR = ROOT / "Tools" / "conformance.floor"
RUNNER = pathlib.Path(os.environ.get("STEPWELL_SHARED", ROOT.parent / "shared")) / "conformance"


def floors() -> list[tuple[int, list[str]]]:
    """The wanted counts with their runners and arguments."""
    lines = [line.split("#")[0].split() for line in FLOOR.read_text().splitlines()]
    return [(int(line[0]), line[1:]) for line in lines if line]


def write_mocks(path: str) -> None:
    """Writes the mocked responses of every case, so that the server finds a file at its start."""
    command = [sys.executable, str(RUNNER / "run.py"), "--endpoint", "http://127.0.0.1:9",
               "--needs", "all", "--mock-merged", path, "--run-id", "floor",
               "--write-mocks-only"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def passes(endpoint: str, arguments: list[str]) -> tuple[int, str]:
    """How many cases pass, and what the runner printed."""
    command = [sys.executable, str(RUNNER / arguments[0]), "--endpoint", endpoint, *arguments[1:]]
    done = subprocess.run(command, capture_output=True, text=True, timeout=800)
    closing = re.search(r"^(\d+) passed, \d+ failed, \d+ skipped$", done.stdout, re.MULTILINE)
    if not closing:
        return 0, done.stdout + done.stderr
    return int(closing[1]), done.stdout


def main() -> int:
    if not (RUNNER / "run.py").exists():
        print(f"SKIPPED: no conformance data at {RUNNER}; set STEPWELL_SHARED")
        print(f"0 passed, 0 failed, {len(floors())} skipped")
        return 0
    failed = 0
    with tempfile.TemporaryDirectory() as directory:
        mocks = f"{directory}/MockConfigFile.json"
        write_mocks(mocks)
        failed = below(mocks)
    print(f"{len(floors()) - failed} passed, {failed} failed")
    return 1 if failed else 0


def below(mocks: str) -> int:
    """How many floors are not reached."""
    failed = 0
    with Server(None, "--mock", mocks) as server:
        for wanted, line in floors():
            arguments = [mocks if word == "MOCKS" else word for word in line]
            found, output = passes(server.endpoint, arguments)
            text = shlex.join(line)
            if found < wanted:
                failed += 1
                print(output)
                print(f"FAIL {found} cases pass, {wanted} have to: {text}")
            else:
                more = "; raise Tools/conformance.floor" if found > wanted else ""
                print(f"ok   {found} cases pass, {wanted} have to: {text}{more}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
