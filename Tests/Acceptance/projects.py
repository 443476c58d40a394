#!/usr/bin/env python3
"""`sfnctl init` and `sfnctl dev` as a newcomer has them. Prints `N passed, N failed`."""

import contextlib
import json
import os
import pathlib
import queue
import shutil
import signal
import subprocess
import sys
import threading

import boto3

from checks import Checks, empty_directory
from sfnctl_server import free_port, sfnctl

check = Checks()
TEMPLATES = ["hello", "orders", "approval", "fan-out"]


def run(*arguments: str, status: int = 0, cwd=None):
    """Runs sfnctl and expects an exit status; its standard output and error."""
    done = subprocess.run([sfnctl(), *arguments], capture_output=True, text=True, cwd=cwd,
                          timeout=120)
    assert done.returncode == status, f"{arguments}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout, done.stderr


@contextlib.contextmanager
def developing(directory, *arguments: str):
    """`sfnctl dev` in a directory; gives a function that waits for a line with a text."""
    process = subprocess.Popen([sfnctl(), "dev", *arguments], cwd=directory, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    lines = queue.Queue()
    seen = []

    def read():
        for line in process.stdout:
            lines.put(line)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()

    def line(text: str) -> str:
        while True:
            try:
                seen.append(lines.get(timeout=30))
            except queue.Empty:
                raise AssertionError(f"no '{text}' in\n" + "".join(seen)) from None
            if text in seen[-1]:
                return seen[-1]

    try:
        yield line
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0, "".join(seen)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        reader.join(5)
        process.stdout.close()


@check
def every_template_has_tests_that_pass_and_a_valid_workflow(directory):
    for template in TEMPLATES:
        for language in ["python", "node", "swift"]:
            project = directory / f"{template}-{language}"
            out, _ = run("init", str(project), "--template", template, "--language", language)
            assert "sfnctl test" in out and "sfnctl dev" in out, out
            out, _ = run("test", cwd=project)
            assert "0 failed" in out and "coverage 100 %" in out, out
            run("validate", f"workflows/{template}.asl.json", cwd=project)
            if language == "node" and shutil.which("node"):
                run("config", "check", "stepwell.yaml", cwd=project)


@check
def what_is_there_is_left_alone(directory):
    run("init", "shop", cwd=directory)
    (directory / "shop" / "input.json").write_text("mine")
    _, err = run("init", "shop", "--template", "orders", status=1, cwd=directory)
    assert "there is a project already" in err, err
    assert (directory / "shop" / "input.json").read_text() == "mine"
    run("init", "other", "--template", "nothing", status=64, cwd=directory)


def runs(project, template: str) -> None:
    """A project's workflow, run with its functions."""
    wanted = {"hello": {"greeting": "Hello, world!"},
              "orders": {"id": "17", "receipt": "r-17", "shelves": [3, 3]},
              "fan-out": {"resized": 3, "failed": 1}}[template]
    out, _ = run("run", f"workflows/{template}.asl.json", "--config", "stepwell.yaml",
                 "--input", "input.json", cwd=project)
    output = json.loads(out)
    assert {key: output[key] for key in wanted} == wanted, out


@check
def functions_of_every_template_run(directory):
    if not shutil.which("node"):
        return "node is not installed"
    for template in ["hello", "orders", "fan-out"]:
        for language in ["node", "python"]:
            project = directory / f"{template}-{language}"
            run("init", str(project), "--template", template, "--language", language)
            runs(project, template)
    tests = directory / "hello-node" / "tests" / "real.test.yaml"
    tests.write_text("machine: ../workflows/hello.asl.json\nconfig: ../stepwell.yaml\ncases:\n"
                     "- {name: really, input: {name: ada},"
                     " expect: {output: {greeting: 'Hello, ada!'}, elapsed: 0}}\n")
    out, _ = run("test", str(tests))
    assert "1 passed, 0 failed" in out, out
    return None


@check
def functions_in_swift_are_built_as_printed(directory):
    swift = shutil.which("swift")
    if not swift:
        return "swift is not installed"
    project = directory / "orders"
    out, _ = run("init", "orders", "--template", "orders", "--language", "swift", cwd=directory)
    command = "swift build --package-path functions"
    assert command in out, out
    subprocess.run(command.split(), cwd=project, check=True, capture_output=True, timeout=300)
    runs(project, "orders")
    # All others differ by their own few lines alone.
    for template in ["hello", "approval", "fan-out"]:
        run("init", template, "--template", template, "--language", "swift", cwd=directory)
        sources = sorted((directory / template / "functions/Sources/functions").glob("*.swift"))
        subprocess.run(["swiftc", "-typecheck", "-parse-as-library", "-swift-version", "6",
                        *map(str, sources)], check=True, timeout=300)
    return None


def client(port: int):
    """A client of a server."""
    return boto3.client("stepfunctions", endpoint_url=f"http://127.0.0.1:{port}",
                        region_name="us-east-1", aws_access_key_id="local",
                        aws_secret_access_key="local")


@check
def a_changed_definition_is_deployed_and_a_bad_one_is_not(directory):
    run("init", ".", "--template", "hello", "--language", "node", cwd=directory)
    config = directory / "stepwell.yaml"
    config.write_text(config.read_text().split("functions:")[0])
    workflow = directory / "workflows" / "hello.asl.json"
    port = free_port()
    with developing(directory, "--port", str(port), "--test") as line:
        assert f"http://127.0.0.1:{port}" in line("console"), "no address"
        line("hello deployed (workflows/hello.asl.json)")
        line("2 passed, 0 failed")
        machine = "arn:aws:states:us-east-1:000000000000:stateMachine:hello"
        states = client(port)
        first = states.describe_state_machine(stateMachineArn=machine)["definition"]
        workflow.write_text(workflow.read_text().replace('"End": true', '"Next": "Nowhere"'))
        line("workflows/hello.asl.json:23:7: Missing")
        line("hello keeps its last good definition")
        line("cannot be used")
        assert states.describe_state_machine(stateMachineArn=machine)["definition"] == first
        good = first.replace("Greets whoever", "Says hello to whoever")
        replaced = directory / "new"
        replaced.write_text(good)
        os.replace(replaced, workflow)
        line("hello deployed")
        assert states.describe_state_machine(stateMachineArn=machine)["definition"] == good
        (directory / "more.asl.yaml").write_text(
            "StartAt: P\nStates: {P: {Type: Pass, End: true}}\n")
        line("more deployed (more.asl.yaml)")
        (directory / "workflows" / "more.asl.json").write_text("{}")
        line("more.asl.yaml is called more too")
        config.write_text(config.read_text() + "buckets: {b: workflows}\n")
        line("stepwell.yaml has changed")
        line("configuration reloaded")
    assert (directory / ".stepwell" / "data").is_dir()
    assert pathlib.Path(directory / ".gitignore").read_text().startswith(".stepwell/")


@check
def a_directory_that_is_not_there_is_bad_input(directory):
    _, err = run("dev", "nowhere", status=65, cwd=directory)
    assert "there is no such directory" in err, err
    _, err = run("dev", "--port", "99999", status=64, cwd=directory)
    assert err == "sfnctl: --port must be from 0 to 65535\n", err


def main() -> int:
    return check.run(empty_directory)


if __name__ == "__main__":
    sys.exit(main())
