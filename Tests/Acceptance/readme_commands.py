#!/usr/bin/env python3
"""Every command of README.md, run as it stands there. Prints `N passed, N failed`.

The commands run in their order, in one folder, against the server that the README starts; only
its port is another. A command that is added to the README is run too, and has to succeed. Not run
again are the steps of Tools/test itself, which have to be in it word by word.
"""

import json
import os
import pathlib
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import time

import boto3

from sfnctl_server import free_port, sfnctl

ROOT = pathlib.Path(__file__).resolve().parents[2]
PORT = "8083"
# Commands that Tools/test runs, and what shows that it does.
STEPS = {
    "Tools/quickstart": ("Tools/test", "quickstart.py \"$SFNCTL\""),
    "Tools/test": ("Tools/acceptance", "FOLDER.glob(\"*.py\")"),
    "swift build -c release --product sfnctl --static-swift-stdlib":
        ("Tools/test", "swift build -c release --product sfnctl --static-swift-stdlib"),
}
# Commands that go on until they are told to end, and what shows that they work.
SERVICES = {"serve": "sfnctl serves data at", "worker": None, "dev": "0 failed"}
PASS = ('{"StartAt": "A", "States": {"A": '
        '{"Type": "Pass", "Result": "${TableName}", "End": true}}}')
FILES = {
    "ship.py": "#!/usr/bin/env python3\nimport json, sys\n"
               "json.load(sys.stdin)\nprint('\"shipped\"')\n",
    "orders.asl.json": '{"StartAt": "Pay", "States": {"Pay": {"Type": "Task", "Resource": '
                       '"arn:aws:lambda:us-east-1:000000000000:function:pay", "End": true}}}',
    "table.asl.json": PASS,
    "table.asl.yaml": "StartAt: A\nStates:\n  A:\n    Type: Pass\n    Result: ${TableName}\n"
                      "    End: true\n",
    "template.yaml": "Resources:\n  Greeting:\n    Type: AWS::Serverless::StateMachine\n"
                     "    Properties: {DefinitionUri: table.asl.json,\n"
                     "      DefinitionSubstitutions: {TableName: orders}}\n",
    "MockConfigFile.json": '{"StateMachines": {"orders": {"TestCases": {"HappyPath": '
                           '{"Pay": "Paid"}}}}, "MockedResponses": {"Paid": {"0": {"Return": '
                           '{"StatusCode": 200, "Payload": {"paid": true}}}}}}',
}


def commands(text: str) -> list[str]:
    """The commands of the indented blocks, continued lines joined, remarks taken away."""
    without_fences = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    lines = [line[4:] for line in without_fences.split("\n") if line.startswith("    ")]
    joined = "\n".join(lines).replace("\\\n", " ")
    found = [re.sub(r"\s+# .*$", "", line).strip() for line in joined.split("\n")]
    return [line for line in found if line and not line.startswith("#")]


def programs(text: str, language: str) -> list[str]:
    """The fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE)


class Reader:
    """Someone who does what the README says."""

    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        self.port = str(free_port())
        self.exports: list[str] = []
        self.services: list[subprocess.Popen] = []
        tools = folder / ".build" / "release"
        tools.mkdir(parents=True)
        (tools / "sfnctl").symlink_to(pathlib.Path(sfnctl()).resolve())
        for name, content in FILES.items():
            (folder / name).write_text(content)
            (folder / name).chmod(0o755)
        # Where awscli is no command it is a module.
        (folder / "bin").mkdir()
        aws = folder / "bin" / "aws"
        aws.write_text(f"#!/bin/sh\nexec {shlex.quote(sys.executable)} -m awscli \"$@\"\n")
        aws.chmod(0o755)
        self.environment = {**os.environ, "AWS_PAGER": "",
                            "PATH": f"{folder / 'bin'}:{os.environ['PATH']}"}

    def shell(self, command: str) -> list[str]:
        """The command line that runs a command, with what was exported before it."""
        lines = [*self.exports, command]
        return ["bash", "-euo", "pipefail", "-c", "\n".join(lines).replace(PORT, self.port)]

    def do(self, command: str) -> None:
        """Does one command of the README; raises when it does not work."""
        words = shlex.split(command)
        if command in STEPS:
            file, step = STEPS[command]
            assert step in (ROOT / file).read_text(), f"{file} does not run it: {step}"
        elif words[0] == "export":
            self.exports.append(command)
        elif words[0].endswith("/sfnctl") and words[1] in SERVICES:
            self.serve(command, words)
        else:
            done = subprocess.run(self.shell(command), cwd=self.folder, env=self.environment,
                                  capture_output=True, text=True, timeout=120)
            assert done.returncode == 0, f"{done.returncode}: {done.stderr}{done.stdout}"
            assert done.stdout.strip(), "it prints nothing"

    def serve(self, command: str, words: list[str]) -> None:
        """Starts a command that goes on; sees it work."""
        kind = words[1]
        if kind == "worker":
            self.hand_out_task(f"arn:aws:states:us-east-1:000000000000:activity:{words[2]}")
        if kind == "serve" and "--port" not in words:
            command += f" --port {PORT}"
        if kind == "dev":
            command += " --port 0"  # beside the other
        with open(self.folder / f"{kind}.log", "w", encoding="utf-8") as log:
            self.services.append(subprocess.Popen(
                self.shell("exec " + command), cwd=self.folder, env=self.environment, stdout=log,
                stderr=subprocess.STDOUT))
        if kind == "worker":
            self.see(lambda: self.task_done(), "the worker does not do its task")
        else:
            self.see(lambda: SERVICES[kind] in (self.folder / f"{kind}.log").read_text(),
                     "it does not serve")

    def see(self, holds, otherwise: str) -> None:
        """Waits for something."""
        deadline = time.monotonic() + 30
        while not holds():
            assert time.monotonic() < deadline, otherwise
            assert self.services[-1].poll() is None, "it has ended"
            time.sleep(0.05)

    def client(self):
        """A client of the server."""
        return boto3.client(
            "stepfunctions", endpoint_url=f"http://127.0.0.1:{self.port}",
            region_name="us-east-1", aws_access_key_id="local", aws_secret_access_key="local")

    def hand_out_task(self, activity: str) -> None:
        """Has a task wait for a worker."""
        client = self.client()
        machine = client.create_state_machine(
            name="Works", roleArn="arn:aws:iam::000000000000:role/any", definition=json.dumps(
                {"StartAt": "T", "States": {"T": {
                    "Type": "Task", "Resource": activity, "End": True}}}))["stateMachineArn"]
        self.task = client.start_execution(stateMachineArn=machine)["executionArn"]

    def task_done(self) -> bool:
        """Whether the task was done."""
        return self.client().describe_execution(executionArn=self.task)["status"] == "SUCCEEDED"

    def python(self, program: str) -> None:
        """Runs a Python program of the README."""
        done = subprocess.run([sys.executable, "-c", program.replace(PORT, self.port)],
                              cwd=self.folder, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        assert "Hello arn:aws:states:" in done.stdout, done.stdout

    def leave(self) -> None:
        """Ends what goes on; SIGTERM has to do."""
        for service in reversed(self.services):
            service.send_signal(signal.SIGTERM)
            try:
                status = service.wait(15)
            except subprocess.TimeoutExpired:
                service.kill()
                raise
            assert status == 0, f"a service ended with status {status}"


def main() -> int:
    passed = failed = 0

    def check(what: str, action, *arguments) -> None:
        nonlocal passed, failed
        try:
            action(*arguments)
            passed += 1
            print(f"ok   {what}", flush=True)
        except (AssertionError, subprocess.TimeoutExpired) as problem:
            failed += 1
            print(f"FAIL {what}: {problem}", flush=True)

    text = (ROOT / "README.md").read_text()
    with tempfile.TemporaryDirectory() as folder:
        reader = Reader(pathlib.Path(folder))
        try:
            for command in commands(text):
                check(command, reader.do, command)
            for program in programs(text, "python"):
                check("the Python program", reader.python, program)
        finally:
            check("the server and the worker end", reader.leave)
        help_text = subprocess.run([sfnctl(), "serve", "--help"], capture_output=True, text=True,
                                   check=True).stdout

    def agree() -> None:
        assert f"default: {PORT}" in help_text, "serve's port is another"

    check(f"port {PORT} unless told otherwise", agree)
    found = commands(text)

    def complete() -> None:
        assert len(found) >= 15 and set(STEPS) <= set(found), found

    check("the README's commands are found", complete)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
