#!/usr/bin/env python3
"""The cases of JSONata's reference suite hold, through `sfnctl eval --language jsonata --lines`.

Runs $STEPWELL_SHARED/conformance/run_jsonata.py, and checks what the suite does not: that a
malformed line is answered, and that AWS's profile differs where AWS says so. Prints
`N passed, N failed, N skipped`.
"""

import json
import os
import pathlib
import re
import subprocess
import sys

from sfnctl_server import sfnctl

ROOT = pathlib.Path(__file__).resolve().parents[2]
RUNNER = pathlib.Path(os.environ.get("STEPWELL_SHARED", ROOT.parent / "shared")) / "conformance"
# What AWS offers beyond the language, and what it refuses.
AWS = [
    ("$partition([1..5], 2)", [[1, 2], [3, 4], [5]]),
    ("$range(1, 9, 4)", [1, 5, 9]),
    ("$hash('a', 'SHA-1')", "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"),
    ("$length($uuid())", 36),
    ("$random(7) = $random(7)", True),
    ("$parse('{\"a\": [1.50]}').a", [1.5]),
    ("$eval('1')", "T1006"),
    ("missing ?? 1", 1),
]


def answers(lines: list[str], *options: str) -> list[dict]:
    """What sfnctl answers to these lines."""
    command = [sfnctl(), "eval", "--language", "jsonata", "--lines", *options]
    done = subprocess.run(command, input="\n".join(lines) + "\n", capture_output=True, text=True,
                          timeout=60, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def own_checks() -> int:
    """How many of this file's own cases fail."""
    failed = 0
    lines = [json.dumps({"id": place, "expr": text}) for place, (text, _) in enumerate(AWS)]
    for (text, wanted), got in zip(AWS, answers(lines, "--profile", "aws"), strict=True):
        found = got.get("result", got.get("error", {}).get("code"))
        if found != wanted:
            print(f"FAIL {text}: wants {wanted} got {got}")
            failed += 1
    if [set(answer) for answer in answers(["nonsense"])] != [{"id", "error"}]:
        print("FAIL a malformed line is not answered")
        failed += 1
    return failed


def main() -> int:
    failed = own_checks()
    passed = len(AWS) + 1 - failed
    script = RUNNER / "run_jsonata.py"
    if not script.exists():
        print(f"SKIPPED: no conformance data at {RUNNER}; set STEPWELL_SHARED")
        print(f"{passed} passed, {failed} failed, 1 skipped")
        return 1 if failed else 0
    command = [sys.executable, str(script), "--", sfnctl(), "eval", "--language", "jsonata",
               "--lines"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    print("\n".join(done.stdout.splitlines()[:-1]))
    closing = re.search(r"^(\d+) passed, (\d+) failed", done.stdout, re.MULTILINE)
    if not closing:
        print(f"FAIL the runner ended with {done.returncode}: {done.stderr[-500:]}")
    good, bad = (int(count) for count in closing.groups()) if closing else (0, 1)
    print(f"{passed + good} passed, {failed + bad} failed, 0 skipped")
    return 1 if failed + bad else 0


if __name__ == "__main__":
    sys.exit(main())
