#!/usr/bin/env python3
"""moto's own tests of Step Functions, its API's and its interpreter's, against `sfnctl serve`.

They are in moto's source distribution, which is downloaded, as is what they need, into .build/moto.
Each test has a server of its own; other services are a moto server's. Every test that fails has to
be one of `OTHERWISE`, which says why moto and AWS differ, and every one of those has to fail;
`SOMETIMES` may. Prints `N passed, N failed`.
"""

import os
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile
import xml.etree.ElementTree

from checks import Checks
from moto_server import Moto

HERE = pathlib.Path(__file__).resolve().parent
VERSION = "5.2.5"
HOME = HERE.parents[1] / ".build" / "moto" / VERSION
TESTS = "tests/test_stepfunctions"
check = Checks()

# What is changed in the tests: those that leave themselves out where there is a server, the port
# of that, a value that no enumeration of AWS has, a log group's ARN without its end, and a machine
# that ends at once where moto, which does not run it, has it go on.
CHANGES = [
    ("parser/*.py", r"if settings.TEST_SERVER_MODE:", "if False:"),
    ("test_stepfunctions_idempotency.py", r"if settings.TEST_SERVER_MODE:", "if False:"),
    ("parser/__init__.py", r"localhost:5000", "127.0.0.1:{port}"),
    ("test_stepfunctions.py", "CUSTOMER_MANAGED_CMK", "CUSTOMER_MANAGED_KMS_KEY"),
    ("test_stepfunctions.py", r"log-group:my-log-group\b", "log-group:my-log-group:*"),
    ("test_stepfunctions.py", r'"Type": "Fail","Error": "DefaultStateError","Cause": "No Matches!"',
     '"Type": "Wait","Seconds": 600,"End": true'),
]
DETAILS = "AWS tells includeExecutionData always (recorded)"
TAGS = "AWS's model has ResourceNotFound"
ORDER = "moto lists by creation; AWS documents no order"
ROUTING = "moto's own sentence; AWS's is recorded, and given here"
DOCKER = "moto's functions succeed always where it has no Docker"
OTHERWISE = {
    "test_stepfunctions.test_state_machine_list_pagination": ORDER,
    "test_stepfunctions.test_list_activities_pagination": ORDER,
    "test_stepfunctions.test_state_machine_creation_can_be_described": DETAILS,
    "test_stepfunctions.test_update_state_machine": DETAILS,
    "test_stepfunctions.test_state_machine_list_tags_for_nonexisting_machine": TAGS,
    "test_stepfunctions.test_activity_list_tags_for_nonexisting_activity": TAGS,
    "test_stepfunctions.test_state_machine_list_executions_with_pagination":
        "moto's own sentence for a token of another listing; the code is the same",
    "test_stepfunctions.test_state_machine_get_execution_history_"
    "contains_expected_success_events_when_started":
        "moto's canned history, of a machine that it does not run",
    "test_stepfunctions.test_create_activity_with_duplicate_name":
        "CreateActivity is idempotent (API reference)",
    "test_stepfunctions_aliases.test_state_machine_alias_fails_with_invalid_routing_config"
    "[too_many_versions]": ROUTING,
    "test_stepfunctions_aliases.test_state_machine_alias_fails_with_invalid_routing_config"
    "[invalid_weight_single]": ROUTING,
    "test_stepfunctions_aliases.test_state_machine_alias_fails_with_invalid_routing_config"
    "[invalid_weight_sum]": ROUTING,
    "test_stepfunctions_aliases.test_state_machine_alias_fails_with_different_state_machines":
        ROUTING,
    "test_stepfunctions_aliases.test_update_state_machine_alias_fails_without_params": ROUTING,
    "test_stepfunctions_aliases.test_state_machine_delete_alias_fails_nonexistent":
        "AWS deletes what is not there (recorded)",
    "test_stepfunctions_versions.test_describe_state_machine_using_version_arn[use_parser]":
        DETAILS,
    "test_stepfunctions_versions.test_describe_state_machine_using_version_arn[use_mock]": DETAILS,
    "test_stepfunctions_idempotency.test_create_state_machine_twice_after_success":
        "looks into moto's own backend, in the process of the test",
    "parser.test_map_item.test_state_machine_with_map_reader_csv_with_header":
        "updates a Map Run that has ended; UpdateMapRun is for one in progress (API reference)",
    "parser.test_stepfunctions_lambda_integration.test_state_machine_calling_failing_lambda_fn":
        DOCKER,
    "parser.test_stepfunctions_lambda_retry_integration.test_retry_lambda": DOCKER,
    "parser.test_stepfunctions_lambda_retry_integration.test_retry_lambda_jitter_none": DOCKER,
}
# What depends on how fast the server is.
SOMETIMES = {
    "parser.test_stepfunctions_idempotency.test_create_state_machine_twice_after_success":
        "starts again, by its name, what was running and may have ended since",
}


def run(*command: str | pathlib.Path, **settings) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, **settings)
    assert done.returncode == 0, f"{command}: {done.stdout[-2000:]}{done.stderr[-2000:]}"


def python() -> pathlib.Path:
    """A Python with this version of moto, all of it, and pytest."""
    program = HOME / "python" / "bin" / "python"
    ready = HOME / "ready"
    if not ready.exists():
        run(sys.executable, "-m", "venv", HOME / "python")
        run(program, "-m", "pip", "install", "-q", f"moto[all,server]=={VERSION}",
            "pytest>=8,<10", "pytest-timeout>=2,<3", timeout=900)
        run(program, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "-d", HOME,
            f"moto=={VERSION}", timeout=300)
        ready.touch()
    return program


def sources(scratch: pathlib.Path, port: int) -> pathlib.Path:
    """moto's source distribution, with its tests changed as `CHANGES` says."""
    with tarfile.open(next(HOME.glob("moto-*.tar.gz"))) as archive:
        archive.extractall(scratch, filter="data")
    root = next(scratch.glob("moto-*"))
    for files, pattern, replacement in CHANGES:
        changed = 0
        for file in (root / TESTS).glob(files):
            text, count = re.subn(pattern, replacement.format(port=port) if "{port}" in replacement
                                  else replacement, file.read_text())
            file.write_text(text)
            changed += count
        assert changed, f"nothing matches {pattern} in {files}"
    return root


def results(report: pathlib.Path) -> dict[str, str]:
    """The tests of a report: `passed`, `skipped`, or what went wrong."""
    found = {}
    for case in xml.etree.ElementTree.parse(report).iter("testcase"):
        name = case.get("classname").removeprefix("tests.test_stepfunctions.")
        problem = case.find("failure") if case.find("failure") is not None else case.find("error")
        if case.find("skipped") is not None:
            found[f"{name}.{case.get('name')}"] = "skipped"
        else:
            found[f"{name}.{case.get('name')}"] = (
                "passed" if problem is None else problem.get("message")[:300])
    return found


@check
def tests_of_moto_fail_only_where_it_differs_from_aws():
    program = python()
    with tempfile.TemporaryDirectory() as scratch, Moto() as other:
        root = sources(pathlib.Path(scratch), other.port)
        report = root / "report.xml"
        environment = {
            **os.environ, "TEST_SERVER_MODE": "true", "TEST_SERVER_MODE_ENDPOINT": other.endpoint,
            "AWS_ENDPOINT_URL": other.endpoint, "AWS_ACCESS_KEY_ID": "a",
            "AWS_SECRET_ACCESS_KEY": "b", "AWS_DEFAULT_REGION": "us-east-1",
            "PYTHONPATH": f"{HERE}:{root}", "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            [program, "-m", "pytest", "-q", "-p", "stepwell_plugin", "-p", "no:cacheprovider",
             "--timeout", "120", "--tb=short", f"--junitxml={report}", TESTS,
             "--ignore", f"{TESTS}/test_stepfunctions_cloudformation.py"],
            cwd=root, env=environment, capture_output=True, text=True, timeout=1200, check=False)
        assert report.exists(), done.stdout + done.stderr
        found = results(report)
    failed = {name: told for name, told in found.items() if told not in ("passed", "skipped")}
    passed = sum(told == "passed" for told in found.values())
    skipped = len(found) - passed - len(failed)
    print(f"     {passed} passed, {len(failed)} fail as they have to, {skipped} skip themselves")
    assert passed >= 85, found
    ours = {name: told for name, told in failed.items() if name not in OTHERWISE | SOMETIMES}
    unneeded = set(OTHERWISE) - set(failed)
    assert not ours and not unneeded, f"not explained: {ours}; explained in vain: {unneeded}"


if __name__ == "__main__":
    sys.exit(check.run())
