#!/usr/bin/env python3
"""`sfnctl test` as a user has it. Prints `N passed, N failed`."""

import json
import subprocess
import sys
import xml.etree.ElementTree

from checks import Checks, empty_directory
from sfnctl_server import sfnctl

DEFINITION = {"StartAt": "Charge", "States": {
    "Charge": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:000000000000:function:pay",
               "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 60}],
               "Catch": [{"ErrorEquals": ["Declined"], "Next": "Refuse"}], "Next": "Route"},
    "Route": {"Type": "Choice", "Choices": [
        {"Variable": "$.receipt", "NumericGreaterThan": 100, "Next": "Sleep"}],
        "Default": "Done"},
    "Sleep": {"Type": "Wait", "Seconds": 31536000, "Next": "Done"},
    "Refuse": {"Type": "Fail", "Error": "Orders.Declined", "Cause": "no funds"},
    "Done": {"Type": "Succeed"}}}
GOOD = """machine: orders.asl.json
cases:
- name: busy at first
  input: {order: 17}
  mocks:
    Charge: [{throw: Busy}, {return: {receipt: 7}, delay: 90s}]
  expect:
    output: {receipt: 7}
    path: [Charge, Route, Done]
    calls: {Charge: [{order: 17}, {order: 17}]}
    elapsed: 150s
- name: a year
  mocks: {Charge: {return: {receipt: 101}}}
  expect: {elapsed: 365d}
- name: refused
  mocks: {Charge: {throw: {error: Declined, cause: limit}}}
  expect: {error: Orders.Declined, cause: /funds/}
"""
BAD = """machine: orders.asl.json
cases:
- name: wrong receipt
  mocks: {Charge: {return: {receipt: 8}}}
  expect:
    output:
      receipt: 7
- name: nobody answers
- name: not yet
  skip: waits for the shop
"""
check = Checks()


def run(*arguments: str, status: int = 0, cwd=None):
    """Runs sfnctl and expects an exit status; its standard output and error."""
    done = subprocess.run([sfnctl(), *arguments], capture_output=True, text=True, cwd=cwd,
                          timeout=120)
    assert done.returncode == status, f"{arguments}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout, done.stderr


def write(directory, tests: str) -> None:
    """A definition and its tests."""
    (directory / "orders.asl.json").write_text(json.dumps(DEFINITION))
    (directory / "orders.test.yaml").write_text(tests)


@check
def cases_that_hold_pass_without_waiting(directory):
    write(directory, GOOD)
    out, err = run("test", cwd=directory)
    lines = out.splitlines()
    assert lines[0] == "orders.test.yaml" and err == "", (out, err)
    assert "after 365d" in lines[2], out
    assert "orders: 5 of 5 states, 2 of 2 choice rules, 1 of 1 catchers" in out, out
    assert lines[-1] == "3 passed, 0 failed; coverage 100 %", out
    out, _ = run("test", str(directory), "--filter", "year", "--minimum-coverage", "50")
    assert out.splitlines()[-1].startswith("1 passed, 0 failed"), out


@check
def what_does_not_hold_is_told_with_its_place(directory):
    write(directory, BAD)
    out, _ = run("test", "orders.test.yaml", "--junit", "report.xml", status=1, cwd=directory)
    assert "orders.test.yaml:7:7: output.receipt: expected 7, got 8" in out, out
    assert "orders.test.yaml:8:3: status: expected SUCCEEDED, got FAILED (Stepwell.NoHandler" in out
    assert "skip not yet: waits for the shop" in out, out
    assert "never: Charge.Catch[0] → Refuse" in out, out
    suite = xml.etree.ElementTree.parse(directory / "report.xml").getroot().find("testsuite")
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("3", "2", "1")
    failure = suite.find("testcase/failure")
    assert failure.get("message") == "output.receipt: expected 7, got 8", failure.attrib
    out, _ = run("test", "--json", status=1, cwd=directory)
    document = json.loads(out)
    assert document["passed"] is False
    problem = document["suites"][0]["cases"][0]["problems"][0]
    assert (problem["line"], problem["column"]) == (7, 7), problem


@check
def files_that_cannot_be_used_are_bad_input(directory):
    write(directory, "machine: orders.asl.json\ncases: [{name: a, mocks: {Charg: {return: 1}}}]\n")
    _, err = run("test", status=65, cwd=directory)
    assert "orders.test.yaml:2:27: there is no state 'Charg'; did you mean 'Charge'?" in err, err
    write(directory, "machine: none.asl.json\ncases: []\n")
    _, err = run("test", status=65, cwd=directory)
    assert "none.asl.json: cannot be read" in err, err
    _, err = run("test", "nowhere", status=65, cwd=directory)
    assert "nowhere: there is no such file or directory" in err, err
    run("test", "--jobs", "0", status=64, cwd=directory)
    write(directory, GOOD)
    _, err = run("test", "--filter", "nothing", status=1, cwd=directory)
    assert "no case has 'nothing' in its name" in err, err


@check
def a_state_machine_of_a_template_is_tested(directory):
    (directory / "template.yaml").write_text(
        "Parameters: {Word: {Type: String}}\nResources:\n  Greeting:\n"
        "    Type: AWS::Serverless::StateMachine\n    Properties:\n      Definition:\n"
        "        StartAt: P\n        States: {P: {Type: Pass, Result: !Ref Word, End: true}}\n")
    (directory / "t.test.yaml").write_text(
        "machine: {definition: template.yaml#Greeting, substitute: {Word: hi}}\n"
        "cases: [{name: greets, expect: {output: hi}}]\n")
    out, _ = run("test", cwd=directory)
    assert "1 passed, 0 failed" in out, out
    (directory / "t.test.yaml").write_text(
        "machine: {definition: template.yaml#Greting, substitute: {Word: hi}}\ncases: []\n")
    _, err = run("test", status=65, cwd=directory)
    assert "there is no state machine 'Greting'; did you mean 'Greeting'?" in err, err


@check
def the_schema_names_every_key(_):
    out, _ = run("test", "--schema")
    for key in ["machine.substitute", "cases[].mocks", "cases[].expect.elapsed", "delay: 90s"]:
        assert key in out, key


def main() -> int:
    return check.run(empty_directory)


if __name__ == "__main__":
    sys.exit(main())
