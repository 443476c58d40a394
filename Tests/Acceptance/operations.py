#!/usr/bin/env python3
"""What an operator relies on: probes, systemd's notifications, the unit file, the audit log.

Prints `N passed, N failed`.
"""

import configparser
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

from api_boto3 import PASS, ROLE, SLEEP, machine, refused
from checks import Checks
from sfnctl_server import Server, free_port, sfnctl
from signatures_boto3 import DEFAULT, KEYS, SESSION, SignedServer, refusal

ROOT = pathlib.Path(__file__).resolve().parents[2]
UNIT = ROOT / "Tools" / "Packaging" / "stepwell.service"
check = Checks()


def get(url: str, method: str = "GET"):
    """Status, content type and members of an answer."""
    try:
        answer = urllib.request.urlopen(urllib.request.Request(url, method=method), timeout=20)
    except urllib.error.HTTPError as error:
        answer = error
    return answer.status, answer.headers["Content-Type"], json.loads(answer.read())


class Listener:
    """systemd's side of sd_notify."""

    def __init__(self, name: str):
        self.name = name
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind("\0" + name[1:] if name.startswith("@") else name)
        self.socket.settimeout(30)

    def next(self) -> dict:
        """The next datagram's variables."""
        lines = self.socket.recv(4096).decode().splitlines()
        return dict(line.split("=", 1) for line in lines)


def start(listener: Listener, scratch: str, *arguments: str, **environment: str):
    """A server that tells the listener how it is."""
    return subprocess.Popen(
        [sfnctl(), "serve", "--data-dir", f"{scratch}/data", "--port", str(free_port()),
         *arguments],
        env={**os.environ, "NOTIFY_SOCKET": listener.name, **environment},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@check
def probes():
    with Server() as server:
        for path, status in (("health", "ok"), ("ready", "ready")):
            url = f"{server.endpoint}/{path}"
            code, form, members = get(url)
            assert (code, form, members["status"]) == (200, "application/json", status), members
            assert get(url, "POST")[0] == 405


@check
def ready_and_stopping():
    for name in ("socket", "@stepwell-test-%d" % os.getpid()):
        with tempfile.TemporaryDirectory() as scratch:
            listener = Listener(name if name.startswith("@") else f"{scratch}/{name}")
            process = start(listener, scratch)
            try:
                assert listener.next()["READY"] == "1"
                address = process.stdout.readline().split()[-1]
                assert get(f"{address}/ready")[0] == 200, "it serves once it says so"
                process.terminate()
                assert listener.next()["STOPPING"] == "1"
                assert process.wait(20) == 0
            finally:
                process.kill()
                process.wait()
                process.stdout.close()
                listener.socket.close()


@check
def not_ready_when_it_cannot_listen():
    with tempfile.TemporaryDirectory() as scratch, socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        listener = Listener(f"{scratch}/socket")
        listener.socket.settimeout(2)
        process = start(listener, scratch, "--port", str(taken.getsockname()[1]))
        assert process.wait(30) == 69, process.stdout.read()
        try:
            while True:
                assert "READY" not in listener.next()
        except TimeoutError:
            pass
        process.stdout.close()
        listener.socket.close()


@check
def watchdog():
    with tempfile.TemporaryDirectory() as scratch:
        listener = Listener(f"{scratch}/socket")
        process = start(listener, scratch, WATCHDOG_USEC="200000")
        try:
            seen = [listener.next() for _ in range(5)]
            assert sum("WATCHDOG" in each for each in seen) >= 3, seen
        finally:
            process.kill()
            process.wait()
            process.stdout.close()
            listener.socket.close()


@check
def unit_file():
    text = re.sub(r"\\\n", " ", UNIT.read_text())
    unit = configparser.ConfigParser(strict=True, interpolation=None)
    unit.optionxform = str
    unit.read_string(text)
    service = unit["Service"]
    assert service["Type"] == "notify"
    command = service["ExecStart"].split()
    assert command[1] == "serve"
    # The options are ones that the program has.
    usage = subprocess.run([sfnctl(), "serve", "--help"], capture_output=True, text=True,
                           timeout=30).stdout
    for option in command[2:]:
        assert not option.startswith("--") or f"{option} <" in usage, option
    assert int(service["TimeoutStopSec"]) > 10


@check
def audit():
    with tempfile.TemporaryDirectory() as scratch:
        keys, log = f"{scratch}/keys.ini", f"{scratch}/audit.jsonl"
        pathlib.Path(keys).touch(mode=0o600)
        pathlib.Path(keys).write_text(KEYS)
        with SignedServer(None, "--credentials", keys, "--audit", log) as server:
            one, two = server.client(key=DEFAULT), server.client(key=SESSION)
            arn = machine(one, "m", SLEEP)
            run = one.start_execution(stateMachineArn=arn)["executionArn"]
            one.list_executions(stateMachineArn=arn)
            stopped = two.stop_execution(executionArn=run, error="E", cause="secret cause")
            missing = arn + "-missing"
            refused("StateMachineDoesNotExist", two.update_state_machine, stateMachineArn=missing,
                    roleArn=ROLE)
            os.rename(log, log + ".1")
            two.delete_state_machine(stateMachineArn=arn)
            other = server.client(key=DEFAULT.__class__("AKIDOTHER", "x"))
            code = refusal(lambda: other.delete_state_machine(stateMachineArn=arn))
            assert code == "UnrecognizedClientException"
            assert server.stop() == 0, "the records that wait are written then"
        assert os.stat(log).st_mode & 0o777 == 0o600
        lines = [json.loads(line) for name in (log + ".1", log)
                 for line in pathlib.Path(name).read_text().splitlines()]
        names = [line["eventName"] for line in lines]
        assert names == ["CreateStateMachine", "StartExecution", "StopExecution",
                         "UpdateStateMachine", "DeleteStateMachine", "DeleteStateMachine"], names
        create, start, stop, update, delete, denied = lines
        assert start["userIdentity"]["accessKeyId"] == "AKIDDEFAULT"
        assert start["responseElements"]["executionArn"] == run
        assert create["userIdentity"] == {"type": "AccessKey", "accessKeyId": "AKIDDEFAULT"}
        assert create["requestParameters"]["name"] == "m"
        assert create["responseElements"]["stateMachineArn"] == arn
        assert create["requestParameters"]["definition"].endswith("bytes)")
        assert stop["userIdentity"]["accessKeyId"] == "ASIASESSION"
        assert stop["requestParameters"]["executionArn"] == run
        assert "secret cause" not in json.dumps(lines)
        assert stop["requestID"] == stopped["ResponseMetadata"]["RequestId"]
        assert stop["sourceIPAddress"] == "127.0.0.1" and "Botocore" in stop["userAgent"]
        assert update["errorCode"] == "StateMachineDoesNotExist"
        assert "errorCode" not in delete
        assert denied["errorCode"] == "UnrecognizedClientException"
        assert denied["userIdentity"] == {"type": "Anonymous"}
        assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", stop["eventTime"])


@check
def audit_that_cannot_be_written():
    with tempfile.TemporaryDirectory() as scratch:
        ran = subprocess.run(
            [sfnctl(), "serve", "--data-dir", f"{scratch}/data", "--port", str(free_port()),
             "--audit", f"{scratch}/nowhere/audit"], capture_output=True, text=True, timeout=30)
        assert ran.returncode == 73 and "No such file" in ran.stderr, ran
        assert not os.path.exists(f"{scratch}/data"), "it says so before it makes anything"


def main() -> int:
    return check.run()


if __name__ == "__main__":
    sys.exit(main())
