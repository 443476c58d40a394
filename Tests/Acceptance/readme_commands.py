#!/usr/bin/env python3
"""Every command of README.md, run as it stands there. Prints `N passed, N failed`.

The commands run in their order, and files are written as the README has them in between, against
the servers that it starts; only their port is another. Every section begins in the same folder. A
command that is added to the README is run too, and has to succeed. Not run again are the steps of
Tools/test itself, which have to be in it word by word. Commands of the guides have to be such, with
their options. The pictures of the first hour have to be
what its commands draw; STEPWELL_UPDATE_GOLDENS=1 writes them.
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
    "python3 -m venv .venv && . .venv/bin/activate && python3 -m pip install awslambdaric":
        ("Tools/requirements.txt", "awslambdaric"),
}
# Commands that go on until they are told to end, and what shows that they work.
SERVICES = {"serve": "sfnctl serves data at", "worker": None, "dev": "hello deployed"}
PICTURES = ROOT / "Sources" / "Examples" / "FirstHour"
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
    lines = [line[4:] for line in text.split("\n") if line.startswith("    ")]
    joined = "\n".join(lines).replace("\\\n", " ")
    found = [re.sub(r"\s+# .*$", "", line).strip() for line in joined.split("\n")]
    return [line for line in found if line and not line.startswith("#")]


def steps(text: str) -> list[tuple[str, str, str]]:
    """What a reader does, in order: `("section", title, "")`, `("command", line, "")`,
    `("file", path, content)`, `("program", "", content)`. A block is a file when the paragraph
    before it ends with a colon and names one."""
    found = []
    fence = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
    for section in re.split(r"^(?=## )", text, flags=re.MULTILINE):
        found.append(("section", section.split("\n")[0], ""))
        end, before = 0, ""
        for block in fence.finditer(section):
            before = section[end:block.start()]
            found += [("command", each, "") for each in commands(before)]
            end = block.end()
            paragraph = before.strip().split("\n\n")[-1]
            named = re.findall(r"`([\w./-]+/[\w.-]+|[\w.-]+\.yaml)`", paragraph)
            if named and block[1] in ("python", "yaml", "json"):
                found.append(("file", named[-1], block[2]))
            elif block[1] == "python":
                found.append(("program", "", block[2]))
        found += [("command", each, "") for each in commands(section[end:])]
    return found


def guide_commands() -> list[str]:
    """The commands of sfnctl in the guides."""
    found = []
    for guide in sorted(ROOT.glob("Sources/*/*.docc/*.md")) + [ROOT / "TESTING.md"]:
        text = re.sub(r"^```.*?^```$", "", guide.read_text(), flags=re.DOTALL | re.MULTILINE)
        found += [line for line in commands(text) if line.startswith("sfnctl ")]
    return found


def known(command: str) -> None:
    """Raises unless there is such a command, and it has the options."""
    words = shlex.split(command)[1:]
    named = [word for word in words[:2] if re.fullmatch(r"[a-z-]+", word)]
    texts = [subprocess.run([sfnctl(), "help", *named[:length]], capture_output=True, text=True)
             for length in range(len(named), 0, -1)]
    text = next((each.stdout for each in texts if each.returncode == 0), "")
    assert text, f"there is no such command: {command}"
    for word in words:
        assert not word.startswith("-") or word in text, f"there is no {word}: {command}"


class Reader:
    """Someone who does what the README says."""

    def __init__(self, folder: pathlib.Path):
        self.home = self.folder = folder
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
        # The port that a server has when none is said is another one here.
        self.environment = {**os.environ, "AWS_PAGER": "",
                            "AWS_ENDPOINT_URL_SFN": f"http://127.0.0.1:{self.port}",
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
            self.exports.append(command.replace("$PWD", str(self.home)))
        elif words[0] == "cd":
            self.folder = self.folder / words[1]
            assert self.folder.is_dir()
        elif words[0] == "sfnctl" and words[1] in SERVICES:
            self.serve(command, words)
        else:
            done = subprocess.run(self.shell(command), cwd=self.folder, env=self.environment,
                                  capture_output=True, text=True, timeout=120)
            assert done.returncode == 0, f"{done.returncode}: {done.stderr}{done.stdout}"
            target = self.folder / words[-1] if words[-2] == ">" else None
            assert (target.read_text() if target else done.stdout).strip(), "it prints nothing"
            if words[:2] == ["sfnctl", "redrive"]:
                machine, name = words[2].split(":")
                arn = f"arn:aws:states:us-east-1:000000000000:execution:{machine}:{name}"
                self.see(lambda: self.client().describe_execution(executionArn=arn)["status"]
                         == "SUCCEEDED", "it does not succeed")

    def write(self, path: str, content: str) -> None:
        """Saves a file; `dev` takes it up."""
        file = self.folder / path
        file.write_text(content)
        if path.endswith(".asl.json"):
            name = file.name.split(".")[0]
            self.see(lambda: f"{name} deployed" in (self.home / "dev.log").read_text(),
                     "it is not deployed")

    def picture(self, name: str) -> None:
        """A picture that the README shows is what its commands have drawn."""
        kept, drawn = PICTURES / name, (self.home / "shop" / name).read_text()
        assert "</svg>" in drawn, drawn
        if os.environ.get("STEPWELL_UPDATE_GOLDENS") == "1":
            kept.write_text(drawn)
        assert kept.read_text() == drawn, f"{kept} is out of date"

    def serve(self, command: str, words: list[str]) -> None:
        """Starts a command that goes on; sees it work."""
        kind = words[1]
        if kind == "serve":
            self.leave()  # what serves at its port
        if kind == "worker":
            self.hand_out_task(f"arn:aws:states:us-east-1:000000000000:activity:{words[2]}")
        if kind != "worker" and "--port" not in words:
            command += f" --port {PORT}"
        with open(self.home / f"{kind}.log", "w", encoding="utf-8") as log:
            self.services.append(subprocess.Popen(
                self.shell("exec " + command), cwd=self.folder, env=self.environment, stdout=log,
                stderr=subprocess.STDOUT))
        if kind == "worker":
            self.see(lambda: self.task_done(), "the worker does not do its task")
        else:
            self.see(lambda: SERVICES[kind] in (self.home / f"{kind}.log").read_text(),
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
        while self.services:
            service = self.services.pop()
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

    found = steps((ROOT / "README.md").read_text())
    with tempfile.TemporaryDirectory() as folder:
        reader = Reader(pathlib.Path(folder))
        try:
            for kind, name, content in found:
                if kind == "section":
                    reader.folder = reader.home
                elif kind == "command":
                    check(name, reader.do, name)
                elif kind == "file":
                    check(f"the file {name}", reader.write, name, content)
                else:
                    check("the Python program", reader.python, content)
            for name in ("orders.svg", "order-18.svg"):
                check(f"the picture {name}", reader.picture, name)
        finally:
            check("the server and the worker end", reader.leave)
        help_text = subprocess.run([sfnctl(), "serve", "--help"], capture_output=True, text=True,
                                   check=True).stdout

    for command in guide_commands():
        check(f"a guide's {command}", known, command)

    def agree() -> None:
        assert f"default: {PORT}" in help_text, "serve's port is another"

    check(f"port {PORT} unless told otherwise", agree)

    def complete() -> None:
        lines = [name for kind, name, _ in found if kind == "command"]
        files = [name for kind, name, _ in found if kind == "file"]
        assert len(lines) >= 30 and set(STEPS) <= set(lines), lines
        assert len(files) == 6 and len(set(files)) == 4, files

    check("the README's commands are found", complete)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
