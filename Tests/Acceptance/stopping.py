#!/usr/bin/env python3
"""How a server begins and ends: signals, what is under way, probes while commits fail, files.

Prints `N passed, N failed`.
"""

import json
import os
import pathlib
import resource
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time

import boto3
from botocore.config import Config

from checks import Checks
from process import PASS, Process, Refused, wait
from sfnctl_server import sfnctl

check = Checks()


def boto(server: Process):
    """A client with boto3's own retries."""
    return boto3.client(
        "stepfunctions", endpoint_url=f"http://127.0.0.1:{server.port}", region_name="us-east-1",
        aws_access_key_id="local", aws_secret_access_key="local",
        config=Config(inject_host_prefix=False))


def meanwhile(function) -> tuple[threading.Thread, list]:
    """Has something done; the list gets what it came to."""
    results = []

    def run():
        try:
            results.append(function())
        except Exception as error:  # pylint: disable=broad-except
            results.append(error)
    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread, results


@check
def a_synchronous_execution_is_drained():
    with tempfile.TemporaryDirectory() as scratch, Process(f"{scratch}/data") as server:
        arn = server.machine("x", wait(3), type="EXPRESS")
        thread, results = meanwhile(
            lambda: boto(server).start_sync_execution(stateMachineArn=arn))
        time.sleep(1)
        code, seconds = server.stop()
        thread.join(20)
        assert code == 0 and seconds < 5, (code, seconds)
        assert results[0]["status"] == "SUCCEEDED", results


@check
def a_synchronous_execution_is_not_run_twice():
    """One that cannot be drained is answered so that boto3 does not call again."""
    with tempfile.TemporaryDirectory() as scratch:
        data = f"{scratch}/data"
        with Process(data) as server:
            arn = server.machine("x", wait(12), type="EXPRESS")
            thread, results = meanwhile(
                lambda: boto(server).start_sync_execution(stateMachineArn=arn))
            time.sleep(1)
            code, seconds = server.stop()
            assert code == 0 and seconds < 10, (code, seconds)
            again = Process(data)
            again.port = server.port
            with again:
                thread.join(20)
                error = results[0].response["Error"]
                assert error["Code"] == "ExecutionGoesOn" and ":express:" in error["Message"]
                time.sleep(5)
        ran = subprocess.run(
            [sfnctl(), "replay", "--all", "--verify", "--json", "--data-dir", data],
            capture_output=True, text=True, timeout=60, check=True)
        assert json.loads(ran.stdout)["total"] == 1, ran.stdout


@check
def signals_of_the_first_process():
    """SIGTERM and SIGINT end the first process of a container whenever they come."""
    prefix = ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child"]
    if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode != 0:
        return "namespaces may not be made here"
    with tempfile.TemporaryDirectory() as scratch:
        for number, delay in [(signal.SIGTERM, 0.0), (signal.SIGINT, 0.0), (signal.SIGTERM, 0.01),
                              (signal.SIGTERM, 0.1), (signal.SIGTERM, 1)]:
            server = Process(f"{scratch}/data", prefix=prefix)
            server.start(seconds=0)
            try:
                child = first_child(server.process.pid)
                time.sleep(delay)
                os.kill(child, number)
                server.process.wait(10)
            finally:
                server.process.kill()
                server.process.wait()
                server.process.stdout.close()
    return None


def first_child(process: int) -> int:
    """A process's child, as soon as it handles signals: that is the first thing it does."""
    while True:
        children = pathlib.Path(f"/proc/{process}/task/{process}/children").read_text().split()
        if children:
            text = pathlib.Path(f"/proc/{children[0]}/status").read_text()
            caught = next(line for line in text.splitlines() if line.startswith("SigCgt"))
            if int(caught.split()[1], 16) >> signal.SIGTERM - 1 & 1:
                return int(children[0])
        time.sleep(0.001)


@check
def signals_at_any_time():
    with tempfile.TemporaryDirectory() as scratch:
        for number in (signal.SIGTERM, signal.SIGINT):
            with Process(f"{scratch}/data") as server:
                server.process.send_signal(number)
                server.process.send_signal(number)
                assert server.process.wait(10) == 0
            early = Process(f"{scratch}/data").start(seconds=0)
            early.process.send_signal(number)
            assert early.process.wait(10) in (0, -number)
            early.process.stdout.close()


@check
def probes_tell_when_commits_fail():
    """The file may not grow: EFBIG, though the disk has room. systemd's watchdog is told too."""
    with tempfile.TemporaryDirectory() as scratch:
        notes = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        notes.bind(f"{scratch}/notify")
        notes.settimeout(5)
        environment = {**os.environ, "NOTIFY_SOCKET": f"{scratch}/notify",
                       "WATCHDOG_USEC": "400000"}
        # Python ignores SIGXFSZ; so does the server then.
        with Process(f"{scratch}/data", env=environment, restore_signals=False,
                     preexec_fn=lambda: signal.signal(signal.SIGXFSZ, signal.SIG_IGN)) as server:
            arn = server.machine("m")
            assert server.get("/ready")[0] == 200
            pid = server.process.pid
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
            try:
                server.call("StartExecution", stateMachineArn=arn)
                raise AssertionError("a commit that cannot be was acknowledged")
            except Refused:
                pass
            for _ in range(20):
                code, members = server.get("/ready")
                assert code == 503 and members["reason"], (code, members)
                code, members = server.get("/health")
                assert code == 200 and members["status"] == "degraded", members
                time.sleep(0.05)
            assert "commitFailure" in members["reasons"], members
            drained(notes)
            time.sleep(1)
            assert not any(b"WATCHDOG" in note for note in drained(notes))
            unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, unlimited)
            deadline = time.monotonic() + 20
            while server.get("/ready")[0] != 200:
                assert time.monotonic() < deadline, "it does not get ready again by itself"
                time.sleep(0.05)
            assert server.get("/health")[1]["status"] == "ok"
            server.call("StartExecution", stateMachineArn=arn)
            assert any(b"WATCHDOG" in note for note in [notes.recv(100) for _ in range(3)])
            assert server.stop()[0] == 0
        notes.close()


def drained(notes: socket.socket) -> list[bytes]:
    """The notes that have come."""
    found = []
    notes.setblocking(False)
    try:
        while True:
            found.append(notes.recv(100))
    except BlockingIOError:
        notes.settimeout(5)
        return found


@check
def an_address_that_is_taken_costs_nothing():
    with tempfile.TemporaryDirectory() as scratch, socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = subprocess.run(
            [sfnctl(), "serve", "--data-dir", f"{scratch}/data", "--port", str(port)],
            capture_output=True, text=True, timeout=30, check=False)
        assert ran.returncode == 69, ran
        assert f"127.0.0.1:{port}: Address already in use; choose" in ran.stderr, ran.stderr
        assert not os.path.exists(f"{scratch}/data")


@check
def the_owner_alone_reads():
    with tempfile.TemporaryDirectory() as scratch, Process(f"{scratch}/data"):
        for path in [pathlib.Path(scratch, "data"), *pathlib.Path(scratch, "data").rglob("*")]:
            mode = stat.S_IMODE(path.stat().st_mode)
            assert mode & 0o077 == 0, f"{path} has mode {mode:o}"


@check
def run_leaves_nothing_behind():
    with tempfile.TemporaryDirectory() as scratch:
        definition = pathlib.Path(scratch, "wait.asl.json")
        definition.write_text(wait(60))
        temporary = pathlib.Path(scratch, "tmp")
        temporary.mkdir()
        environment = {**os.environ, "TMPDIR": str(temporary)}
        for number in (signal.SIGTERM, signal.SIGINT):
            with subprocess.Popen([sfnctl(), "run", str(definition)], env=environment) as process:
                deadline = time.monotonic() + 20
                while not list(temporary.rglob("data.mdb")):
                    assert time.monotonic() < deadline
                    time.sleep(0.01)
                time.sleep(0.2)
                process.send_signal(number)
                assert process.wait(10) == -number
            assert not list(temporary.iterdir()), list(temporary.iterdir())
        definition.write_text(PASS)
        subprocess.run([sfnctl(), "run", str(definition)], env=environment, check=True,
                       timeout=30, capture_output=True)
        assert not list(temporary.iterdir())


@check
def a_worker_s_commands_get_signals():
    """What this process blocks, its commands do not."""
    with tempfile.TemporaryDirectory() as scratch, Process(f"{scratch}/data") as server:
        activity = server.call("CreateActivity", name="a")["activityArn"]
        definition = json.dumps({"StartAt": "T", "States": {"T": {
            "Type": "Task", "Resource": activity, "End": True}}})
        run = server.call("StartExecution", stateMachineArn=server.machine("m", definition),
                          )["executionArn"]
        worker = subprocess.Popen(
            [sfnctl(), "worker", activity, "--endpoint", f"http://127.0.0.1:{server.port}", "--",
             "sh", "-c", "kill -TERM $$; sleep 30"])
        try:
            deadline = time.monotonic() + 20
            while server.call("DescribeExecution", executionArn=run)["status"] == "RUNNING":
                assert time.monotonic() < deadline, "the signal was blocked"
                time.sleep(0.05)
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(10) == 0
        finally:
            worker.kill()
            worker.wait()


def main() -> int:
    return check.run()


if __name__ == "__main__":
    sys.exit(main())
