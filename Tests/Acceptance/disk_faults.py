#!/usr/bin/env python3
"""A disk that fails below LMDB, call by call, under a running server.

`disk_faults.c` stands between sfnctl and its C library. Every kind of call that LMDB makes for a
commit fails once at each of its places in the commit, in each way (refused, done but reported as
failed, half done), and for a while; so does every kind that it makes to open a file. What has to
hold each time: the server goes on, or accepts nothing more and says why; after a kill right behind
the fault everything that was acknowledged is there, and what was refused is there whole or not at
all. What a loss of power leaves of a store that is being created is tried too.
`STEPWELL_LONG=true` tries more errors and every image. Prints `N passed, N failed`.
"""

import ctypes
import dataclasses
import errno
import http.client
import itertools
import json
import mmap
import os
import pathlib
import random
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time

from checks import Checks
from sfnctl_server import Server, sfnctl

LONG = os.environ.get("STEPWELL_LONG") == "true"
KINDS = ["open", "pread", "pwrite", "meta", "writev", "write", "seek", "sync", "truncate", "map",
         "advise", "stat", "statfs", "locking"]
MODES = ["refused", "done", "half", "halfRefused"]
DATA, LOCK = 1, 2
WRITES = ["pwrite", "meta", "writev", "write"]
check = Checks()


class Rule(ctypes.Structure):
    """A fault; the layout is that of disk_faults.c."""

    _fields_ = [(name, ctypes.c_int32) for name in
                ["kind", "file", "mode", "error", "after", "is_set"]] + [
                    (name, ctypes.c_int64) for name in ["skip", "count", "seen", "failed"]]


class Shared(ctypes.Structure):
    """What test and library share."""

    _fields_ = [("rules", Rule * 8), ("calls", (ctypes.c_int64 * len(KINDS)) * 3)]


@dataclasses.dataclass
class Fault:
    """Calls of a kind that are to fail: `count` of them (-1: all) behind the first `skip`."""

    kind: str
    mode: str = "refused"
    error: int = errno.EIO
    skip: int = 0
    count: int = 1
    file: int = DATA
    after: int = -1

    def __str__(self) -> str:
        times = "from then on" if self.count < 0 else f"{self.count} times"
        file = "lock " if self.file == LOCK else ""
        return (f"{file}{self.kind} {self.skip + 1}: {self.mode} {errno.errorcode[self.error]} "
                f"{times}")


class Disk:
    """The failing disk: the compiled library and what is shared with it."""

    def __init__(self, folder: str):
        self.library = os.path.join(folder, "faults.so")
        self.control = os.path.join(folder, "control")
        source = pathlib.Path(__file__).with_suffix(".c")
        compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
        subprocess.run([compiler, "-O1", "-Wall", "-Werror", "-shared", "-fPIC", "-o",
                        self.library, source, "-ldl"], check=True)
        with open(self.control, "wb") as file:
            file.truncate(ctypes.sizeof(Shared))
        self.file = open(self.control, "r+b")
        self.shared = Shared.from_buffer(mmap.mmap(self.file.fileno(), 0))

    def environment(self) -> dict[str, str]:
        """The environment of a process whose calls go to this disk."""
        return {**os.environ, "LD_PRELOAD": self.library, "STEPWELL_FAULTS": self.control}

    def arm(self, *faults: Fault) -> None:
        """Has calls fail from now on."""
        self.mend()
        for place, fault in enumerate(faults):
            self.shared.rules[place] = Rule(
                KINDS.index(fault.kind), fault.file, MODES.index(fault.mode), fault.error,
                fault.after, 0, fault.skip, fault.count)
        for place in range(len(faults)):
            self.shared.rules[place].is_set = 1

    def mend(self) -> None:
        """Ends all faults."""
        for rule in self.shared.rules:
            rule.is_set = 0

    def failed(self, place: int = 0) -> int:
        """How many calls a fault has hit."""
        return self.shared.rules[place].failed

    def reset(self) -> None:
        """Counts the calls anew."""
        ctypes.memset(self.shared.calls, 0, ctypes.sizeof(self.shared.calls))

    def calls(self, file: int = DATA) -> dict[str, int]:
        """How many calls of each kind there were since `reset`."""
        return {kind: count for kind, count in zip(KINDS, self.shared.calls[file]) if count}


class Faulty(Server):
    """A server on a failing disk, with the clients' own log of what was answered."""

    def __init__(self, disk: Disk, data: str | None = None):
        super().__init__(data)
        self.disk = disk
        self.number = 0
        self.acknowledged: set[str] = set()
        self.refused: set[str] = set()
        self.machine = ""

    def launch(self, environment: dict[str, str] | None = None, seconds: float = 20) -> bool:
        """Starts the process; whether it takes connections."""
        self.output = open(os.path.join(self.scratch.name, "output"), "w+")
        self.process = subprocess.Popen(
            [sfnctl(), "serve", "--data-dir", self.data, "--port", str(self.port)],
            stdin=subprocess.DEVNULL, stdout=self.output, stderr=subprocess.STDOUT,
            env=environment or self.disk.environment())
        deadline = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return True
            except OSError:
                time.sleep(0.003)
        return False

    def start(self) -> None:
        assert self.launch(), self.said()
        definition = {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": True}}}
        status, answer = self.call(
            "CreateStateMachine", name="short", definition=json.dumps(definition),
            roleArn="arn:aws:iam::000000000000:role/faults")
        assert status == 200, answer
        self.machine = answer["stateMachineArn"]

    def said(self) -> str:
        """What the server wrote since its last start."""
        return pathlib.Path(self.scratch.name, "output").read_text()

    def call(self, operation: str, **members) -> tuple[int, dict]:
        """The status and the answer of a call."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("POST", "/", json.dumps(members), {
            "X-Amz-Target": f"AWSStepFunctions.{operation}",
            "Content-Type": "application/x-amz-json-1.0"})
        answer = connection.getresponse()
        result = answer.status, json.loads(answer.read())
        connection.close()
        return result

    def ready(self) -> tuple[int, str]:
        """What `/ready` answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", "/ready")
        answer = connection.getresponse()
        result = answer.status, answer.read().decode()
        connection.close()
        return result

    def begin(self) -> dict | None:
        """Starts an execution; nil when it was acknowledged, else the refusal."""
        self.number += 1
        name = f"e{self.number}"
        status, answer = self.call("StartExecution", stateMachineArn=self.machine, name=name,
                                   input=json.dumps({"text": "x" * 3000}))
        (self.acknowledged if status == 200 else self.refused).add(name)
        assert status in (200, 503), (status, answer)
        return None if status == 200 else answer

    def goes_on(self, seconds: float = 5) -> dict | None:
        """Starts executions until one is acknowledged; the last refusal when none is."""
        deadline = time.monotonic() + seconds
        while (refusal := self.begin()) and time.monotonic() < deadline:
            if "accepts nothing more" in refusal.get("message", ""):
                break
            time.sleep(0.02)
        return refusal

    def executions(self) -> dict[str, str]:
        """The status of every execution."""
        found, token = {}, {}
        while True:
            status, page = self.call("ListExecutions", stateMachineArn=self.machine,
                                     maxResults=1000, **token)
            assert status == 200, page
            found |= {one["name"]: one["status"] for one in page["executions"]}
            if not page.get("nextToken"):
                return found
            token = {"nextToken": page["nextToken"]}

    def restart_and_judge(self) -> None:
        """Kills the server, starts it on a sound disk, and compares with what was answered."""
        self.kill()
        self.disk.mend()
        assert self.launch(), "it does not start again: " + self.said()
        deadline = time.monotonic() + 10
        while "RUNNING" in (found := self.executions()).values():
            assert time.monotonic() < deadline, "executions do not end"
            time.sleep(0.02)
        missing = self.acknowledged - found.keys()
        assert not missing, f"acknowledged and gone: {missing}"
        strange = found.keys() - self.acknowledged - self.refused
        assert not strange, f"there and never asked for: {strange}"
        assert set(found.values()) <= {"SUCCEEDED"}, found
        for name in self.refused & found.keys():
            arn = self.machine.replace(":stateMachine:", ":execution:") + ":" + name
            status, page = self.call("GetExecutionHistory", executionArn=arn)
            assert status == 200 and len(page["events"]) == 4, (name, page)
        # What came of a start whose outcome was unknown stays as it is now.
        self.acknowledged |= self.refused & found.keys()

    def verify(self) -> None:
        """Stops the server and derives every log again."""
        self.kill()
        done = subprocess.run([sfnctl(), "replay", "--all", "--verify", "--data-dir", self.data],
                              capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stdout[-1000:] + done.stderr[-1000:]


class World:
    """The failing disk of all checks."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.disk = Disk(self.folder.name)

    def calls_of_a_commit(self) -> dict[str, int]:
        """The most calls of each kind for one of several starts on a server at rest."""
        most: dict[str, int] = {}
        with Faulty(self.disk) as server:
            for _ in range(10):
                self.disk.reset()
                assert server.begin() is None
                time.sleep(0.05)
                for kind, count in self.disk.calls().items():
                    most[kind] = max(count, most.get(kind, 0))
        return most


def ways(kind: str) -> list[tuple[str, int]]:
    """In which ways a call of a kind fails."""
    if kind in WRITES:
        errors = [errno.EIO, errno.ENOSPC] + ([errno.EDQUOT, errno.EFBIG] if LONG else [])
        return [("refused", error) for error in errors] + [
            (mode, errno.EIO) for mode in ["done", "half", "halfRefused"]]
    if kind == "sync":
        return [("refused", errno.EIO), ("done", errno.EIO), ("refused", errno.ENOSPC)]
    return [("refused", errno.EIO)]


@check
def every_call_of_a_commit_fails_once(world: World) -> None:
    calls = world.calls_of_a_commit()
    print("calls of a commit:", calls)
    assert {"meta", "sync"} <= calls.keys() and calls.keys() & {"pwrite", "writev"}, calls
    with Faulty(world.disk) as server:
        for kind, count in calls.items():
            for skip, (mode, error) in itertools.product(range(count), ways(kind)):
                fault = Fault(kind, mode, error, skip)
                try:
                    once(world.disk, server, fault)
                except AssertionError as problem:
                    raise AssertionError(f"{fault}: {problem}") from problem
        server.verify()


def once(disk: Disk, server: Faulty, fault: Fault) -> None:
    """A fault that is over at once: the server goes on; and after a kill right behind it too."""
    strike(disk, server, fault)
    refusal = server.goes_on()
    assert refusal is None, f"it does not go on: {refusal}"
    strike(disk, server, fault)
    server.restart_and_judge()


def strike(disk: Disk, server: Faulty, fault: Fault) -> None:
    """Starts executions until a fault has hit; not every commit has as many calls of a kind."""
    for _ in range(20):
        disk.arm(fault)
        server.begin()
        if disk.failed():
            return
    print(f"{fault}: no commit had as many")


@check
def a_disk_that_fails_for_a_while(world: World) -> None:
    with Faulty(world.disk) as server:
        for kind, mode in [("pwrite", "refused"), ("pwrite", "done"), ("writev", "refused"),
                           ("meta", "refused"), ("meta", "done"), ("meta", "half"),
                           ("sync", "refused"), ("sync", "done"), ("pread", "refused")]:
            for error in [errno.EIO] + ([errno.ENOSPC, errno.EDQUOT] if LONG else []):
                fault = Fault(kind, mode, error, count=-1)
                world.disk.arm(fault)
                deadline = time.monotonic() + 0.5
                refusals = [server.begin() for _ in iter(lambda: time.monotonic() < deadline,
                                                         False)]
                if refusals[-3:] and all(refusals[-3:]):
                    status, body = server.ready()
                    assert status == 503, f"{fault}: {status} {body}"
                world.disk.mend()
                refusal = server.goes_on()
                allowed = refusal is None or is_true_reason(server, refusal)
                assert allowed, f"{fault}: {refusal} {server.ready()}"
                server.restart_and_judge()
                assert server.goes_on() is None, f"{fault}: not even after a restart"
                print(f"{fault}: {sum(one is not None for one in refusals)} of {len(refusals)} "
                      f"refused, {'goes on' if refusal is None else refusal['message'][:150]}")
        server.verify()


def is_true_reason(server: Faulty, refusal: dict) -> bool:
    """Whether a server that accepts nothing more says why, and that it is not ready."""
    text = refusal.get("message", "")
    status, body = server.ready()
    return ("accepts nothing more" in text and "rror" in text and status == 503
            and "accepts nothing more" in body)


@check
def a_meta_page_fails_and_then_the_opening(world: World) -> None:
    """LMDB gives up, and what is done to go on fails in its turn."""
    meta = Fault("meta")
    cases = [
        # LMDB puts nothing back, nor does anyone: the file shows the commit that failed.
        ([Fault("meta", "done"), Fault("meta", count=2, after=0)], True),
        # The same, and the commit that is to make sure of it fails.
        ([Fault("meta", "done"), Fault("meta", count=-1, after=0)], False),
        ([Fault("meta", "done"), Fault("meta", count=2, after=0),
          Fault("sync", skip=0, count=-1, after=1)], False),
        ([meta, Fault("open", count=-1, after=0)], False),
        ([meta, Fault("open", error=errno.ENOENT, skip=1, after=0)], False),
        ([meta, Fault("open", file=LOCK, after=0)], False),
        ([meta, Fault("map", error=errno.ENOMEM, after=0)], False),
        ([meta, Fault("map", error=errno.ENOMEM, file=LOCK, after=0)], False),
        ([meta, Fault("pread", skip=1, count=-1, after=0)], False),
        ([meta, Fault("locking", file=LOCK, error=errno.ENOLCK, count=-1, after=0)], False),
    ]
    with Faulty(world.disk) as server:
        for faults, has_to_go_on in cases:
            name = ", then ".join(map(str, faults))
            world.disk.arm(*faults)
            server.begin()
            refusal = server.goes_on()
            hits = [world.disk.failed(place) for place in range(len(faults))]
            world.disk.mend()
            print(f"{name}: hits {hits}, "
                  f"{'goes on' if refusal is None else refusal['message'][:200]}")
            assert min(hits) > 0, f"{name}: {hits}"
            if has_to_go_on:
                assert refusal is None, f"{name}: {refusal}"
            else:
                assert refusal is None or is_true_reason(server, refusal), \
                    f"{name}: {refusal} {server.ready()}"
            assert server.process.poll() is None, f"{name}: {server.said()}"
            server.restart_and_judge()
            assert server.goes_on() is None, f"{name}: not even after a restart"
        server.verify()


@check
def every_call_of_opening_fails_once(world: World) -> None:
    with Faulty(world.disk) as server:
        for _ in range(20):
            assert server.begin() is None
        server.kill()
        world.disk.mend()
        world.disk.reset()
        assert server.launch()
        server.kill()
        calls = {file: world.disk.calls(file) for file in (DATA, LOCK)}
        print("calls of opening:", calls)
        for file, kinds in calls.items():
            for kind, count in kinds.items():
                places = range(count) if LONG or count <= 4 else [0, 1, count // 2, count - 1]
                for skip in places:
                    opening(world.disk, server, Fault(kind, skip=skip, file=file))
        server.restart_and_judge() if server.process.poll() is None else None
        server.verify()


def opening(disk: Disk, server: Faulty, fault: Fault) -> None:
    """A start with a fault: refused with a reason, or without harm."""
    disk.arm(fault)
    if server.launch():
        refusal = server.goes_on()
        assert refusal is None or is_true_reason(server, refusal), f"{fault}: {refusal}"
    else:
        status = server.process.poll()
        assert status is not None and 0 < status < 128, f"{fault}: {status} {server.said()}"
        assert "data" in server.said(), f"{fault}: {server.said()}"
        assert "Fatal error" not in server.said(), f"{fault}: {server.said()}"
    if server.process.poll() is None:
        server.kill()
    disk.mend()
    assert server.launch(), f"{fault}: not even on a sound disk: {server.said()}"
    assert server.goes_on() is None
    server.restart_and_judge()
    server.kill()


# Loss of power while a store is created.

@dataclasses.dataclass
class Write:
    """A write that the disk may not have yet; without bytes, a new length."""

    offset: int
    bytes: bytes


class Inode:
    """A file: what the disk has of it, and what it may have."""

    def __init__(self):
        self.durable = bytearray()
        self.pending: list[Write] = []

    def image(self, writes: list[Write]) -> bytes:
        """The file with some of the writes that the disk may have."""
        image = bytearray(self.durable)
        for write in writes:
            end = write.offset + len(write.bytes)
            if len(image) < end:
                image.extend(bytes(end - len(image)))
            image[write.offset:end] = write.bytes
        return bytes(image)


def events(path: str):
    """What the library noted: letter, path, offset, bytes."""
    data = pathlib.Path(path).read_bytes()
    place = 0
    while place < len(data):
        letter, name, offset, size = struct.unpack_from("<4q", data, place)
        place += 32
        yield (chr(letter), data[place:place + name].decode(), offset,
               data[place + name:place + name + size])
        place += name + size


class PowerLoss:
    """A directory whose file data.mdb, and those renamed to it, lose what is not synced."""

    def __init__(self, shard: str):
        self.shard = shard
        self.now: dict[str, Inode] = {}
        self.durable: dict[str, Inode] = {}

    def take(self, letter: str, path: str, offset: int, content: bytes) -> None:
        """Follows what a process did."""
        inode = self.now.get(path)
        if letter == "c" and inode is None:
            self.now[path] = Inode()
        elif letter in "wW":
            write = Write(offset, content)
            if letter == "W":
                inode.durable = bytearray(inode.image([write]))
            inode.pending.append(write)
        elif letter == "s" and inode is not None:
            inode.durable = bytearray(inode.image(inode.pending))
            inode.pending = []
        elif letter == "s" and path == self.shard:
            self.durable = dict(self.now)
        elif letter == "r":
            self.now[content.decode()] = self.now.pop(path)
        elif letter == "u":
            self.now.pop(path, None)

    def images(self, chance: random.Random):
        """What a loss of power now may leave of data.mdb: nil for no such file."""
        file = self.shard + "/data.mdb"
        for inode in {id(each): each for each in
                      (self.durable.get(file), self.now.get(file))}.values():
            if inode is None:
                yield None
                continue
            pending = inode.pending
            some = [one for one in pending if chance.random() < 0.5]
            for writes in [[], pending, some, pending[1:], pending[:len(pending) // 2]]:
                yield inode.image(writes)


@check
def a_loss_of_power_while_a_store_is_created(world: World) -> None:
    chance = random.Random(7)
    log = os.path.join(world.folder.name, "writes")
    world.disk.mend()
    with tempfile.TemporaryDirectory() as data:
        server = Faulty(world.disk, data)
        environment = world.disk.environment() | {"STEPWELL_WRITE_LOG": log}
        assert server.launch(environment), server.said()
        server.kill()
        lost = PowerLoss(data + "/shard-0")
        images: dict[bytes | None, None] = {}
        for event in events(log):
            lost.take(*event)
            images |= dict.fromkeys(lost.images(chance))
        print(f"{len(images)} images")
        assert None in images and len(images) > 1
        chosen = list(images) if LONG or len(images) <= 30 else chance.sample(list(images), 30)
        for image in chosen:
            shutil.rmtree(data)
            os.makedirs(data + "/shard-0")
            if image is not None:
                pathlib.Path(data, "shard-0", "data.mdb").write_bytes(image)
            assert server.launch(), f"an image of {len(image or b'')} bytes: {server.said()}"
            server.kill()
        server.scratch.cleanup()


def main() -> int:
    signal.alarm(3000 if LONG else 600)
    began = time.monotonic()
    status = check.run(World())
    print(f"{time.monotonic() - began:.0f} s in all", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
