#!/usr/bin/env python3
"""What one execution costs by how wide it is: branches, variables, items, keys.

CPU time of `sfnctl run`, less what it takes for a single state: five times the width may cost ten
times as much, where work that grows with its square costs twenty-five. Prints the cost of each, and
`N passed, N failed`.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

from checks import Checks
from sfnctl_server import sfnctl

check = Checks()
PASS = {"Type": "Pass", "End": True}
# What a second run may take more, beside what it has more to do.
SLACK = 2


def seconds(definition: dict, given="{}") -> float:
    """The CPU time of one execution that succeeds; the least of three."""
    with tempfile.TemporaryDirectory() as scratch:
        path = pathlib.Path(scratch)
        (path / "machine.asl.json").write_text(json.dumps(definition), encoding="utf-8")
        (path / "input.json").write_text(given, encoding="utf-8")
        command = [sfnctl(), "run", str(path / "machine.asl.json"),
                   "--input", str(path / "input.json")]
        least = float("inf")
        for _ in range(3):
            with subprocess.Popen(command, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT) as process:
                output = process.stdout.read()
                _, status, usage = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
            assert process.returncode == 0, output[-500:].decode(errors="replace")
            least = min(least, usage.ru_utime + usage.ru_stime)
    return least


def compare(what: str, widths: tuple[int, int], definition, given=lambda _: "{}",
            growth: float | None = None) -> None:
    """Asserts that the cost follows the width, or grows by a factor."""
    base = seconds({"StartAt": "A", "States": {"A": PASS}})
    narrow, wide = (max(0.005, seconds(definition(width), given(width)) - base)
                    for width in widths)
    print(f"     {what}: {narrow / widths[0] * 1e6:.1f} µs each of {widths[0]}, "
          f"{wide / widths[1] * 1e6:.1f} µs each of {widths[1]}", flush=True)
    assert wide <= narrow * (growth or widths[1] / widths[0]) * SLACK, (narrow, wide)


def branches(state: dict):
    """A Parallel state with branches of one state each."""
    def definition(width: int) -> dict:
        return {"StartAt": "P", "States": {"P": {"Type": "Parallel", "End": True, "Branches": [
            {"StartAt": f"S{each}", "States": {f"S{each}": state}} for each in range(width)]}}}
    return definition


@check
def live_branches():
    """A transition costs the same among a thousand live branches as among ten thousand."""
    compare("branches, JSONPath", (2_000, 10_000), branches(PASS))
    compare("branches, JSONata", (1_600, 8_000), branches(
        {**PASS, "QueryLanguage": "JSONata", "Output": "{% 1 %}"}))
    compare("branches that wait", (1_500, 7_500), branches(
        {"Type": "Wait", "Seconds": 1, "End": True}))


@check
def variables():
    """A variable is assigned and read at the same cost however many there are."""
    def definition(width: int) -> dict:
        assigned = {f"v{each}": 1 for each in range(width)}
        reads = [f"{{% $v{each} %}}" for each in range(0, width, 10)]
        return {"StartAt": "A", "QueryLanguage": "JSONata", "States": {
            "A": {"Type": "Pass", "Assign": assigned, "Next": "B"},
            "B": {"Type": "Pass", "Assign": assigned, "Next": "C"},
            "C": {"Type": "Pass", "Output": reads, "End": True}}}
    compare("variables", (5_000, 25_000), definition)


@check
def mentions():
    """An expression finds a variable at the same cost however many it names."""
    def definition(width: int) -> dict:
        names = ",".join(f"$v{each}" for each in range(width))
        return {"StartAt": "A", "QueryLanguage": "JSONata", "States": {
            "A": {"Type": "Pass", "Assign": {f"v{each}": 1 for each in range(width)}, "Next": "B"},
            "B": {"Type": "Pass", "Output": f"{{% $sum([{names}]) %}}", "End": True}}}
    compare("variables in one expression", (5_000, 25_000), definition)


@check
def keys():
    """What is below long keys costs what it is, not the way to it."""
    leaves = {f"k{each}": "{% 1 %}" if each % 100 == 0 else each for each in range(10_000)}

    def definition(width: int) -> dict:
        template = leaves
        for _ in range(100):
            template = {"k" * (width // 100): template}
        return {"StartAt": "A", "QueryLanguage": "JSONata", "States": {
            "A": {"Type": "Pass", "Output": template, "Next": "B"},
            "B": {"Type": "Pass", "Output": 1, "End": True}}}
    compare("bytes of keys above ten thousand members", (1_000, 100_000), definition, growth=1.5)


@check
def items():
    """An item of a Map costs the same whatever the size of the input that it is a part of."""
    def definition(_: int) -> dict:
        return {"StartAt": "M", "States": {"M": {
            "Type": "Map", "ItemsPath": "$.items", "ResultPath": None, "End": True,
            "ItemSelector": {"v.$": "$$.Map.Item.Value"},
            "ItemProcessor": {"StartAt": "A", "States": {"A": PASS}}}}}

    def given(width: int) -> str:
        return json.dumps({"pad": [{"k": "x" * 12}] * 9_000, "items": list(range(width))})
    compare("items beside 220 KB", (800, 4_000), definition, given)


if __name__ == "__main__":
    sys.exit(check.run())
