#!/usr/bin/env python3
"""The commands of sfnctl that ask the API, of a server and of a data directory.

Prints `N passed, N failed`.
"""

import json
import os
import pathlib
import pty
import select
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

from checks import Checks, empty_directory
from process import PASS, Process, wait
from sfnctl_server import free_port, sfnctl

check = Checks()
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local",
               "AWS_DEFAULT_REGION": "us-east-1"}
FAIL = json.dumps({"StartAt": "F", "States": {"F": {"Type": "Fail", "Error": "Broken"}}})
GREET = json.dumps({"StartAt": "Greet", "States": {"Greet": {
    "Type": "Pass", "Parameters": {"hello.$": "$.name"}, "End": True}}})


class Shell:
    """Runs sfnctl in a folder, with an environment that names no server but what is given."""

    def __init__(self, folder: pathlib.Path, **environment: str):
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        self.folder = folder
        self.environment = {**kept, "HOME": str(folder), **CREDENTIALS, **environment}

    def run(self, *arguments: str, text: str = "") -> subprocess.CompletedProcess:
        """One command."""
        return subprocess.run([sfnctl(), *arguments], input=text, capture_output=True, text=True,
                              cwd=self.folder, env=self.environment, timeout=60, check=False)

    def __call__(self, *arguments: str, status: int = 0, text: str = "") -> str:
        """What a command prints that ends with a status."""
        done = self.run(*arguments, text=text)
        assert done.returncode == status, f"{arguments}: {done.returncode}\n{done.stderr}"
        return done.stdout

    def json(self, *arguments: str, status: int = 0):
        """The document that a command prints with --json."""
        return json.loads(self(*arguments, "--json", status=status))

    def refused(self, status: int, *arguments: str) -> str:
        """What a command says that ends without success."""
        done = self.run(*arguments)
        assert done.returncode == status, f"{arguments}: {done.returncode}\n{done.stderr}"
        return done.stderr

    def file(self, name: str, text: str) -> str:
        """A file in the folder."""
        (self.folder / name).write_text(text)
        return name


def served(folder: pathlib.Path) -> tuple[Process, Shell]:
    """A server on a directory of the folder, and a shell whose environment names it."""
    server = Process(str(folder / "data"))
    return server, Shell(folder, AWS_ENDPOINT_URL_SFN=f"http://127.0.0.1:{server.port}")


@check
def an_execution_from_its_start_to_its_end(folder):
    server, sh = served(folder)
    with server:
        assert sh("machines", "create", sh.file("greet.asl.json", GREET)).strip().endswith(":greet")
        arn = sh("start", "greet", "--input", '{"name": "Ada"}', "--name", "one").strip()
        assert arn.endswith(":execution:greet:one"), arn
        done = sh("start", "greet", "--wait", "--input", sh.file("bob.json", '{"name": "Bob"}'))
        assert json.loads(done) == {"hello": "Bob"}
        sh("machines", "create", sh.file("fail.asl.json", FAIL))
        done = sh.run("start", "fail", "--wait")
        assert (done.returncode, done.stderr) == (1, "sfnctl: FAILED: Broken\n"), done
        assert sh.json("start", "fail", "--wait", status=1)["status"] == "FAILED"
        lines = sh("list", "greet").splitlines()
        assert lines[0].split() == ["STATUS", "STARTED", "STOPPED", "EXECUTION"], lines
        assert len(lines) == 3 and lines[2].split()[3] == arn, lines
        assert len(sh.json("list")["executions"]) == 4
        assert [each["name"] for each in sh.json("list", "--name", "o?e")["executions"]] == ["one"]
        assert sh.json("list", "greet", "--status", "failed")["executions"] == []
        assert sh.json("list", "greet", "--to", "1h")["executions"] == []
        assert len(sh.json("list", "greet", "--from", "1h", "--limit", "1")["executions"]) == 1


@check
def express_workflows_are_waited_for_too(folder):
    server, sh = served(folder)
    with server:
        sh("machines", "create", sh.file("greet.asl.json", GREET), "--type", "express")
        found = sh("start", "greet", "--sync", "--input", '{"name": "Ada"}')
        assert json.loads(found) == {"hello": "Ada"}
        found = sh("start", "greet", "--wait", "--input", '{"name": "Eve"}')
        assert json.loads(found) == {"hello": "Eve"}


@check
def many_are_stopped_and_redriven_by_a_filter(folder):
    server, sh = served(folder)
    with server:
        machine = server.machine("waits", wait(600))
        for number in range(20):
            server.call("StartExecution", stateMachineArn=machine, name=f"a-{number}")
        server.call("StartExecution", stateMachineArn=machine, name="b")
        asked = sh.refused(64, "stop", "--machine", "waits", "--name", "a-*")
        assert "20 executions are affected: add --yes" in asked, asked
        done = sh.run("stop", "--machine", "waits", "--name", "a-*", "--yes", "--cause", "enough")
        assert done.returncode == 0 and done.stderr == "stopped 20\n", done
        assert len(done.stdout.splitlines()) == 20, done
        running = sh.json("list", "waits", "--status", "running")["executions"]
        assert [each["name"] for each in running] == ["b"]
        done = sh.json("redrive", "--machine", "waits", "--name", "a-1?", "--yes")
        assert len(done["executions"]) == 10 and "redriveDate" in done["executions"][0], done
        # One that cannot be is told, and the others are done all the same.
        done = sh.run("redrive", "waits:a-1", "waits:b", "waits:a-2")
        assert done.returncode == 1 and "ExecutionNotRedrivable" in done.stderr, done
        assert "redriven 2, 1 refused" in done.stderr, done
        assert "goes with" not in sh.refused(64, "stop")
        assert "--machine" in sh.refused(64, "stop", "waits:b", "--status", "running")


@check
def a_terminal_is_asked_before_many_are_stopped(folder):
    server, sh = served(folder)
    with server:
        machine = server.machine("waits", wait(600))
        for name in "ab":
            server.call("StartExecution", stateMachineArn=machine, name=name)
        command = [sfnctl(), "stop", "--machine", "waits"]
        for answer, left in (("n\n", 2), ("y\n", 0)):
            master, slave = pty.openpty()
            process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave,
                                       env=sh.environment, cwd=folder)
            os.close(slave)
            said = ""
            while "[y/N]" not in said and select.select([master], [], [], 20)[0]:
                said += os.read(master, 1000).decode()
            assert "stop 2 executions? [y/N]" in said, said
            os.write(master, answer.encode())
            assert process.wait(20) == (1 if left else 0)
            os.close(master)
            assert len(sh.json("list", "waits", "--status", "running")["executions"]) == left


@check
def state_machines_versions_aliases_and_tags(folder):
    server, sh = served(folder)
    with server:
        file = sh.file("m.asl.yaml", "StartAt: A\nStates:\n  A:\n    Type: Pass\n"
                                     "    Result: ${Word}\n    End: true\n")
        assert "there is no ${Wrod}" in sh.refused(
            64, "machines", "create", file, "--substitute", "Wrod=x")
        assert "bad.json:1:2: " in sh.refused(65, "machines", "create", sh.file("bad.json", "{"))
        one = sh("machines", "create", file, "--substitute", "Word=one", "--publish",
                 "--tag", "team=a").strip()
        assert one.endswith(":stateMachine:m:1"), one
        two = sh("machines", "update", "m", file, "--substitute", "Word=two", "--publish").strip()
        assert two.endswith(":m:2"), two
        assert json.loads(sh("start", "m:1", "--wait")) == "one"
        done = sh.run("machines", "diff", "m:1", "m")
        assert done.returncode == 1, done
        assert '-      "Result": "one",' in done.stdout and '+      "Result": "two",' in done.stdout
        assert sh("machines", "diff", "m", "m:2") == ""
        assert json.loads(sh("machines", "describe", "m", "--definition"))["StartAt"] == "A"
        assert sh("aliases", "create", "m", "PROD", "--route", "1=75", "--route", "2")
        routes = sh.json("aliases", "describe", "m:PROD")["routingConfiguration"]
        assert [each["weight"] for each in routes] == [75, 25], routes
        sh("aliases", "update", "m:PROD", "--route", "2")
        assert json.loads(sh("start", "m:PROD", "--wait")) == "two"
        assert "ConflictException" in sh.refused(1, "versions", "delete", "m:2")
        sh("versions", "delete", "m:1")
        sh("aliases", "delete", "m:PROD")
        assert len(sh.json("versions", "list", "m")["stateMachineVersions"]) == 1
        assert sh("versions", "publish", "m", "--description", "again").strip().endswith(":m:2")
        sh("tags", "add", "m", "stage=test")
        sh("tags", "remove", "m", "team")
        assert sh("tags", "list", "m").split() == ["KEY", "VALUE", "stage", "test"]
        sh("machines", "update", "m", "--tracing", "--log-level", "all", "--log-group",
           "arn:aws:logs:us-east-1:000000000000:log-group:x:*")
        found = sh.json("machines", "describe", "m")
        assert found["tracingConfiguration"] == {"enabled": True}
        assert found["loggingConfiguration"]["level"] == "ALL", found
        sh("machines", "delete", "m")
        assert "there is no state machine 'm'" in sh.refused(1, "start", "m")


@check
def tokens_are_found_wherever_they_wait(folder):
    server, sh = served(folder)
    with server:
        pack = server.call("CreateActivity", name="pack")["activityArn"]
        inner = {"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": pack, "End": True}}}

        def mapped(processor: dict, **mode: str) -> dict:
            processor = {"ProcessorConfig": mode, **processor}
            return {"StartAt": "M", "States": {
                "M": {"Type": "Map", "ItemProcessor": processor, "End": True}}}

        # Forty iterations of a Map run at once.
        wide = mapped(mapped(inner, Mode="INLINE"), Mode="INLINE")
        server.machine("inline", json.dumps(wide).replace('"M"', '"N"', 2))
        spread = mapped(inner, Mode="DISTRIBUTED", ExecutionType="STANDARD")
        server.machine("spread", json.dumps(spread))
        rests = server.machine("rests", wait(600))
        sh("versions", "publish", "inline")
        sh("start", "inline:1", "--name", "wide", "--input", json.dumps([list(range(40))] * 3))
        sh("start", "spread", "--input", "[1, 2]")
        for _ in range(110):
            server.call("StartExecution", stateMachineArn=rests)
        for _ in range(122):
            assert server.call("GetActivityTask", activityArn=pack)["taskToken"]
        assert len(sh.json("tokens", "list")["tokens"]) == 122
        assert len(sh.json("tokens", "list", "inline:1")["tokens"]) == 120
        found = sh.json("tokens", "list", "spread")["tokens"]
        assert len(found) == 2 and ":spread/" in found[0]["executionArn"], found
        assert sh.json("tokens", "list", "rests")["tokens"] == []
        done = sh.run("tokens", "list", "--limit", "7")
        assert len(done.stdout.splitlines()) == 8 and "the first 7;" in done.stderr, done
        said = sh.refused(1, "tokens", "fail", "--execution", "inline:wide")
        assert "120 tasks of" in said and len(said) < 400, said
        sh("tokens", "succeed", found[0]["token"], "--output", "1")
        assert len(sh.json("tokens", "list", "spread")["tokens"]) == 1
    offline = Shell(folder, STEPWELL_DATA_DIR="data")
    assert len(offline.json("tokens", "list")["tokens"]) == 121


@check
def activities_and_tokens(folder):
    server, sh = served(folder)
    with server:
        arn = sh("activities", "create", "pack").strip()
        task = {"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": arn, "End": True}}}
        sh("machines", "create", sh.file("packs.asl.json", json.dumps(task)))
        for output in ("succeed", "fail"):
            run = sh("start", "packs").strip()
            taken = sh.json("activities", "poll", "pack", "--worker-name", "me")
            sh("tokens", "heartbeat", taken["taskToken"])
            if output == "succeed":
                sh("tokens", "succeed", "-", "--output", '{"packed": 1}', text=taken["taskToken"])
            else:
                sh("tokens", "fail", taken["taskToken"], "--error", "Torn", "--cause", "rain")
            found = json.loads(sh("call", "DescribeExecution",
                                  json.dumps({"executionArn": run})))
            assert found["status"] == ("SUCCEEDED" if output == "succeed" else "FAILED"), found
        assert "InvalidToken" in sh.refused(1, "tokens", "succeed", "nonsense")
        # What waits is listed, and answered by the execution that waits.
        sh("start", "packs", "--name", "seen", "--input", '{"box": 1}')
        assert "ExecutionDoesNotExist" in sh.refused(
            1, "tokens", "succeed", "--execution", "packs:nobody")
        taken = sh.json("activities", "poll", "pack")
        listed = sh.json("tokens", "list", "packs")["tokens"]
        assert [each["token"] for each in listed] == [taken["taskToken"]], listed
        assert (listed[0]["state"], listed[0]["input"]) == ("T", {"box": 1}), listed
        assert sh("tokens", "list").splitlines()[1].split()[2] == "packs:seen"
        sh("tokens", "succeed", "--execution", "packs:seen", "--output", "7")
        assert "no task of 'packs:seen' waits for a token" in sh.refused(
            1, "tokens", "fail", "--execution", "packs:seen")
        assert sh("activities", "list").splitlines()[1].split()[0] == "pack"
        assert sh.json("activities", "describe", "pack")["name"] == "pack"
        assert "did you mean 'pack'?" in sh.refused(1, "activities", "describe", "pak")
        sh("activities", "delete", "pack")


@check
def one_state_is_tested(folder):
    server, sh = served(folder)
    with server:
        file = sh.file("greet.asl.json", GREET)
        found = sh.json("test-state", file, "--state", "Greet", "--input", '{"name": "Ada"}',
                        "--inspect", "debug")
        assert json.loads(found["output"]) == {"hello": "Ada"} and "inspectionData" in found
        found = sh.json("test-state", file, "--state", "Greet", status=1)
        assert found["status"] == "FAILED", found
        work = sh.file("pay.json", json.dumps({"Type": "Task", "Resource": "pay", "End": True}))
        assert json.loads(sh.json("test-state", work, "--mock-result", "7")["output"]) == 7
        found = sh.json("test-state", work, "--mock-error", "Declined", status=1)
        assert found["error"] == "Declined", found


@check
def a_data_directory_rests(folder):
    """Without a server, changes are made and nothing else happens."""
    sh = Shell(folder, STEPWELL_DATA_DIR="data")
    assert "there is no such data directory" in sh.refused(73, "list")
    sh("machines", "create", sh.file("w.asl.json", wait(1)))
    sh("start", "w", "--name", "one")
    sh("start", "w", "--name", "two")
    time.sleep(1.2)
    names = [each["name"] for each in sh.json("list", "--status", "running")["executions"]]
    assert names == ["two", "one"], "the time went on"
    sh("stop", "w:one", "--error", "Enough")
    sh("stop", "2")
    sh("redrive", "2")
    # What is started and waited for runs, and nothing else does.
    assert sh("start", "w", "--wait") == "{}\n"
    found = {each["name"]: each["status"] for each in sh.json("list", "w")["executions"]}
    assert (found["one"], found["two"]) == ("ABORTED", "RUNNING"), found
    with Process(str(folder / "data")):
        see(lambda: not sh.json("list", "--status", "running")["executions"], "it does not go on")


@check
def a_directory_that_a_server_holds_is_read_beside_it(folder):
    server, sh = served(folder)
    with server:
        server.machine("m", PASS)
        here = ("--data-dir", "data")
        assert sh("machines", "list", *here).splitlines()[1].split()[0] == "m"
        said = sh.refused(73, "start", "m", *here)
        assert "--endpoint" in said and "has this data directory open" in said, said
        assert "either --data-dir or --endpoint" in sh.refused(
            64, "list", *here, "--endpoint", "http://127.0.0.1:1")


@check
def the_environment_says_whom_to_ask(folder):
    server, _ = served(folder)
    with server:
        server.machine("m", PASS)
        here = f"http://127.0.0.1:{server.port}"
        nowhere = f"http://127.0.0.1:{free_port()}"
        for environment in (
                {"AWS_ENDPOINT_URL": here}, {"AWS_ENDPOINT_URL": nowhere,
                                             "AWS_ENDPOINT_URL_SFN": here},
                {"AWS_ENDPOINT_URL": nowhere, "STEPWELL_DATA_DIR": "data"},
                {"AWS_ENDPOINT_URL_SFN": here, "STEPWELL_DATA_DIR": "nowhere"}):
            assert "m" in Shell(folder, **environment)("machines", "list"), environment
        (folder / "config").write_text(
            f"[profile here]\nservices = s\n[services s]\nsfn =\n  endpoint_url = {here}\n")
        sh = Shell(folder, AWS_CONFIG_FILE="config", AWS_PROFILE="here")
        assert "m" in sh("machines", "list")
        sh = Shell(folder, AWS_ENDPOINT_URL_SFN=nowhere)
        assert f"no server can be reached at {nowhere}" in sh.refused(69, "machines", "list")
        assert "m" in sh("machines", "list", "--endpoint", here)
        sh = Shell(folder, AWS_ENDPOINT_URL_SFN="ftp://x")
        assert "AWS_ENDPOINT_URL_SFN" in sh.refused(65, "machines", "list")


@check
def what_is_misspelt_is_told(folder):
    sh = Shell(folder)
    said = sh.refused(64, "histroy", "orders:one", "--json")
    assert "there is no command 'sfnctl histroy'; did you mean 'history'?" in said, said
    assert "did you mean 'create'?" in sh.refused(64, "machines", "creat", "x")
    assert "did you mean 'serve'?" in sh.refused(64, "help", "sevre")
    assert "--input" in sh.refused(64, "start", "m", "--inptu", "{}")
    assert "did you mean 'ListActivities'?" in sh.refused(64, "call", "ListActivites")
    assert sh("--version").strip().count(".") == 2


@check
def a_worker_says_what_it_does(folder):
    server, sh = served(folder)
    script = sh.file("work.py", "import json, sys, time\ntime.sleep(0.5)\n"
                                "print(json.load(sys.stdin)['n'] * 2)\n")
    worker = subprocess.Popen(
        [sfnctl(), "worker", "double", "--concurrency", "4", "--", sys.executable, script],
        cwd=folder, env=sh.environment, stderr=subprocess.PIPE, text=True)
    lines: list[str] = []
    reader = threading.Thread(target=lambda: lines.extend(worker.stderr), daemon=True)
    reader.start()
    try:
        see(lambda: len(lines) >= 2, "it does not say that no server can be reached")
        assert "doing tasks of double" in lines[0] and "4 at once" in lines[0], lines
        assert "trying again" in lines[1], lines
        with server:
            # There is no such activity: it says so, and does not go on.
            assert worker.wait(20) == 1
            see(lambda: any("no activity 'double'" in line for line in lines), str(lines))
            arn = server.call("CreateActivity", name="double")["activityArn"]
            task = {"StartAt": "M", "States": {"M": {
                "Type": "Map", "End": True, "ItemProcessor": {"StartAt": "T", "States": {
                    "T": {"Type": "Task", "Resource": arn, "End": True}}}}}}
            server.machine("doubles", json.dumps(task))
            lines.clear()
            worker = subprocess.Popen(
                [sfnctl(), "worker", "double", "--concurrency", "4", "--", sys.executable, script],
                cwd=folder, env=sh.environment, stderr=subprocess.PIPE, text=True)
            reader = threading.Thread(target=lambda: lines.extend(worker.stderr), daemon=True)
            reader.start()
            begin = time.monotonic()
            items = json.dumps([{"n": number} for number in range(8)])
            found = sh("start", "doubles", "--wait", "--input", items)
            assert json.loads(found) == [number * 2 for number in range(8)], found
            assert time.monotonic() - begin < 3.5, "they are not done at once"
            # What it is at is finished before it ends.
            sh("start", "doubles", "--name", "last", "--input", '[{"n": 1}]')
            see(lambda: "ActivityStarted" in sh("history", "doubles:last", "--data-dir", "data"),
                "no task is taken")
            worker.terminate()
            assert worker.wait(20) == 0
            reader.join(10)
            assert "ended: 9 tasks succeeded, 0 failed" in lines[-1], lines
            see(lambda: sh.json("list", "--name", "last")["executions"][0]["status"]
                == "SUCCEEDED", "the last task was lost")
    finally:
        if worker.poll() is None:
            worker.kill()


@check
def a_server_that_does_not_answer_is_given_up(folder):
    """What answers is no server of the API: said at once, and no Python is shown of it."""
    class Page(BaseHTTPRequestHandler):
        """Answers everything with a page."""

        def do_POST(self):  # pylint: disable=invalid-name
            """Any request."""
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<html>")

        def log_message(self, *_):
            """Nothing."""

    with HTTPServer(("127.0.0.1", 0), Page) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        sh = Shell(folder, AWS_ENDPOINT_URL_SFN=f"http://127.0.0.1:{other.server_port}")
        assert "not from a Step Functions API" in sh.refused(69, "list")
        other.shutdown()


@check
def completions_are_scripts(folder):
    sh = Shell(folder)
    for shell, word in (("bash", "complete -o filenames -F"), ("zsh", "#compdef sfnctl"),
                        ("fish", "complete -c 'sfnctl'")):
        text = sh("completions", shell)
        assert word in text and "machines" in text, (shell, text[:300])
    (folder / "sfnctl.bash").write_text(sh("completions", "bash"))
    done = subprocess.run(["bash", "-n", "sfnctl.bash"], cwd=folder, capture_output=True,
                          text=True, check=False)
    assert done.returncode == 0, done
    sh.refused(64, "completions", "tcsh")


@check
def the_version_is_the_same_everywhere(folder):
    server, sh = served(folder)
    version = sh("--version").strip()
    with server:
        assert server.get("/health")[1]["version"] == version
        server.stop()
        said = server.output()
        assert f"version {version}" in said.splitlines(), said


def see(holds, otherwise: str) -> None:
    """Waits for something."""
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.02)


if __name__ == "__main__":
    sys.exit(check.run(empty_directory))
