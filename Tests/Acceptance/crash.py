#!/usr/bin/env python3
"""kill -9 under load, again and again: nothing acknowledged is lost, nothing happens twice.

Clients start executions as fast as they are answered, worker processes do the tasks, and the server
is killed ROUNDS times, a third of them by itself at a named point inside a commit. What is checked
comes from the clients' own log and the workers' own logs, against the histories that the server
tells at the end. Prints `N passed, N failed`.
"""

import collections
import hashlib
import http.client
import json
import os
import pathlib
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time

from sfnctl_server import Server, sfnctl

ROUNDS = int(os.environ.get("STEPWELL_CRASH_ROUNDS", "51"))
SEED = int(os.environ.get("STEPWELL_CRASH_SEED", "2026"))
POINTS = ["beforePut", "afterPut", "beforeCommit", "afterCommit"]
IN_FLIGHT = 100
CLIENTS, WORKERS = 6, 3
RETRY = [{"ErrorEquals": ["States.Timeout"], "IntervalSeconds": 1, "MaxAttempts": 99,
          "BackoffRate": 1}]


def flow(activity: str) -> dict:
    """The state machine: a task, a wait, a Parallel, a Map and a choice."""
    return {"StartAt": "Begin", "TimeoutSeconds": 600, "States": {
        "Begin": {"Type": "Pass", "Next": "Work"},
        "Work": {"Type": "Task", "Resource": activity, "TimeoutSeconds": 20, "Retry": RETRY,
                 "ResultPath": "$.work", "Next": "Snooze"},
        "Snooze": {"Type": "Wait", "SecondsPath": "$.sleep", "Next": "Fork"},
        "Fork": {"Type": "Parallel", "ResultPath": None, "Next": "Each", "Branches": [
            {"StartAt": "Left", "States": {"Left": {"Type": "Pass", "End": True}}},
            {"StartAt": "Right", "States": {
                "Right": {"Type": "Wait", "Seconds": 1, "Next": "Rest"},
                "Rest": {"Type": "Pass", "End": True}}}]},
        "Each": {"Type": "Map", "ItemsPath": "$.items", "ResultPath": "$.items", "Next": "Judge",
                 "ItemProcessor": {"StartAt": "Item", "States": {
                     "Item": {"Type": "Pass", "End": True}}}},
        "Judge": {"Type": "Choice", "Default": "Odd", "Choices": [
            {"Variable": "$.even", "BooleanEquals": True, "Next": "Even"}]},
        "Even": {"Type": "Succeed"}, "Odd": {"Type": "Pass", "End": True}}}


class Connection:
    """A kept connection to the API, with the least work per request."""

    def __init__(self, port: int, seconds: float = 70):
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)

    def call(self, operation: str, **members) -> tuple[int, dict]:
        """The status and the decoded answer; raises OSError or HTTPException."""
        self.http.request("POST", "/", json.dumps(members), {
            "X-Amz-Target": f"AWSStepFunctions.{operation}",
            "Content-Type": "application/x-amz-json-1.0"})
        answer = self.http.getresponse()
        return answer.status, json.loads(answer.read())

    def good(self, operation: str, **members) -> dict:
        """The answer of a call that has to succeed."""
        status, answer = self.call(operation, **members)
        assert status == 200, (operation, members, answer)
        return answer


BROKEN = (OSError, http.client.HTTPException)


def work(port: int, activity: str, folder: pathlib.Path) -> None:
    """A worker process: takes tasks for ever, has each effect once per key, logs deliveries."""
    log = folder / f"deliveries-{os.getpid()}"
    deliveries = os.open(log, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
    connection = Connection(port)
    report = None
    while True:
        try:
            if report is None:
                status, task = connection.call("GetActivityTask", activityArn=activity)
                if status != 200 or not task.get("taskToken"):
                    continue
                token, given = task["taskToken"], json.loads(task["input"])
                os.write(deliveries, f"{token} {given['name']}\n".encode())
                effect = perform(folder, token, given["name"])
                report = {"taskToken": token, "output": json.dumps(effect)}
            connection.call("SendTaskSuccess", **report)
            report = None
        except BROKEN:
            connection = Connection(port)
            time.sleep(0.02)


def perform(folder: pathlib.Path, key: str, name: str) -> dict:
    """Has the effect of a key, unless it was had: the file is the key's, and is made once."""
    effect = {"name": name, "effect": os.urandom(8).hex(), "key": key}
    path = folder / ("effect-" + hashlib.sha256(key.encode()).hexdigest())
    scratch = folder / f"scratch-{os.getpid()}"
    scratch.write_text(json.dumps(effect))
    try:
        os.link(scratch, path)
    except FileExistsError:
        return json.loads(path.read_text())
    finally:
        scratch.unlink()
    return effect


class CrashingServer(Server):
    """A server that is killed, or kills itself at a point inside a commit."""

    def launch(self, point: str | None = None) -> float:
        """Starts the process; the seconds until it takes connections (or died trying)."""
        environment = dict(os.environ)
        environment.pop("STEPWELL_CRASH_POINT", None)
        if point:
            environment["STEPWELL_CRASH_POINT"] = point
        self.output = open(os.path.join(self.scratch.name, "output"), "a+")
        began = time.monotonic()
        self.process = subprocess.Popen(
            [sfnctl(), "serve", "--data-dir", self.data, "--port", str(self.port)],
            stdin=subprocess.DEVNULL, stdout=self.output, stderr=subprocess.STDOUT,
            env=environment)
        while self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                break
            except OSError:
                time.sleep(0.003)
        return time.monotonic() - began

    def said(self) -> str:
        """The end of what the server wrote."""
        return pathlib.Path(self.scratch.name, "output").read_text()[-2000:]


class Clients:
    """The clients, and their own log of what they asked and what was answered."""

    def __init__(self, port: int, machine: str, chance: random.Random):
        self.port, self.machine, self.chance = port, machine, chance
        self.asked: dict[str, dict] = {}
        self.acknowledged: dict[str, str] = {}
        self.unanswered: list[str] = []
        self.problems: list[str] = []
        self.lock = threading.Lock()

    def request(self, name: str) -> dict:
        """What is asked under a name: always the same."""
        number = int(hashlib.sha256(name.encode()).hexdigest()[:8], 16)
        given = {"name": name, "sleep": 1 + number % 3, "even": number % 2 == 0,
                 "items": [number % 7, "x", None]}
        return {"stateMachineArn": self.machine, "name": name, "input": json.dumps(given)}

    def start(self, connection: Connection, name: str) -> bool:
        """Starts an execution; False when no answer came."""
        request = self.request(name)
        with self.lock:
            self.asked[name] = request
        try:
            status, answer = connection.call("StartExecution", **request)
        except BROKEN:
            return False
        with self.lock:
            if status == 200:
                self.acknowledged[name] = answer["executionArn"]
            elif answer.get("__type") != "ExecutionAlreadyExists":
                # Already there is right for a start that had come in when the server died.
                if answer.get("__type") not in ("ServiceUnavailable", "ThrottlingException"):
                    self.problems.append(f"{name}: {answer}")
        return True

    def hammer(self, round_number: int) -> list[threading.Thread]:
        """Threads that start executions until no answer comes."""
        with self.lock:
            again, self.unanswered = self.unanswered, []

        def run(thread: int) -> None:
            connection = Connection(self.port, 30)
            names = again[::2][thread::CLIENTS]  # Half are asked again, as clients do.
            number = 0
            while True:
                name = names.pop() if names else f"r{round_number}-{thread}-{number}"
                number += 1
                if not self.start(connection, name):
                    with self.lock:
                        self.unanswered.append(name)
                    return

        threads = [threading.Thread(target=run, args=[n]) for n in range(CLIENTS)]
        for thread in threads:
            thread.start()
        return threads


class Kill:
    """One end of the server."""

    def __init__(self, point: str | None, moment: float, unanswered: int):
        self.point, self.moment, self.unanswered = point, moment, unanswered


def crash(server: CrashingServer, clients: Clients, number: int, chance: random.Random) -> Kill:
    """One round; the server is dead afterwards."""
    point = None
    if number % 3 == 0:
        point = f"{POINTS[number // 3 % len(POINTS)]}:{chance.randint(10, 60)}"
    started = server.launch(point)
    assert started < 5, f"the server needed {started:.1f} s to start:\n{server.said()}"
    threads = clients.hammer(number)
    if point:
        deadline = time.monotonic() + 30
        while server.process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.001)
        assert server.process.poll() == -9, f"{point} was not reached:\n{server.said()}"
        moment = time.time()
    else:
        time.sleep(chance.uniform(0.05, 0.25))
        moment = time.time()
        server.kill()
    for thread in threads:
        thread.join()
    return Kill(point, moment, len(clients.unanswered))


def executions(connection: Connection, machine: str) -> dict[str, dict]:
    """Every execution by name."""
    found, token = {}, {}
    while True:
        page = connection.good(
            "ListExecutions", stateMachineArn=machine, maxResults=1000, **token)
        for one in page["executions"]:
            assert one["name"] not in found, f"{one['name']} is listed twice"
            found[one["name"]] = one
        if "nextToken" not in page:
            return found
        token = {"nextToken": page["nextToken"]}


ONCE = ["Begin", "Work", "Snooze", "Fork", "Left", "Right", "Rest", "Each", "Judge"]


def judge(name: str, even: bool, events: list[dict], effects: dict[str, dict]) -> None:
    """Checks one history."""
    for place, event in enumerate(events, 1):
        assert event["id"] == place, f"{name}: event {place} has the id {event['id']}"
        assert 0 <= event["previousEventId"] < place, f"{name}: event {place} hangs wrong"
        if place > 1:
            assert event["timestamp"] >= events[place - 2]["timestamp"], f"{name}: time runs back"
    kinds = collections.Counter(event["type"] for event in events)
    entered = collections.Counter(
        event["stateEnteredEventDetails"]["name"] for event in events
        if "stateEnteredEventDetails" in event)
    exited = collections.Counter(
        event["stateExitedEventDetails"]["name"] for event in events
        if "stateExitedEventDetails" in event)
    wanted = {state: 1 for state in ONCE} | {"Item": 3, "Even" if even else "Odd": 1}
    assert entered == wanted, f"{name}: entered {dict(entered)}"
    assert exited == wanted, f"{name}: exited {dict(exited)}"
    for kind in ("ExecutionStarted", "ExecutionSucceeded", "ActivitySucceeded"):
        assert kinds[kind] == 1, f"{name}: {kinds[kind]} × {kind}"
    attempts = kinds["ActivityTimedOut"] + 1
    assert kinds["ActivityScheduled"] == attempts, f"{name}: {dict(kinds)}"
    assert events[-1]["type"] == "ExecutionSucceeded"
    output = json.loads(events[-1]["executionSucceededEventDetails"]["output"])
    assert effects.get(output["work"]["key"]) == output["work"], f"{name}: no worker did its work"
    assert output["work"]["name"] == name, f"{name}: has the work of {output['work']['name']}"


def unnoticed(server: Server, clients: Clients, found: dict, effects: dict) -> list[str]:
    """Tampers with a good history; the ways that `judge` does not notice."""
    name = next(iter(found))
    even = json.loads(clients.request(name)["input"])["even"]
    good = Connection(server.port).good(
        "GetExecutionHistory", maxResults=1000, executionArn=found[name]["executionArn"])["events"]
    exit_place = next(n for n, event in enumerate(good) if "stateExitedEventDetails" in event)
    again = dict(good[exit_place], id=len(good))
    ways = {
        "an event is missing": good[:4] + good[5:],
        "an event is there twice": good[:4] + good[3:],
        "a state is left twice": [*good[:-1], again, dict(good[-1], id=len(good) + 1)],
        "an event hangs below a later one": [dict(good[0], previousEventId=9), *good[1:]],
        "the end is missing": good[:-1],
        "time runs back": [*good[:-1], dict(good[-1], timestamp=0)],
    }
    missed = []
    for way, events in ways.items():
        try:
            judge(name, even, events, effects)
            missed.append(way)
        except AssertionError:
            pass
    for way, others in (("the effect is unknown", {}), ("it is another's effect", {
            key: dict(effect, name="x") for key, effect in effects.items()})):
        try:
            judge(name, even, good, others)
            missed.append(way)
        except AssertionError:
            pass
    judge(name, even, good, effects)
    return missed


def check_histories(server: Server, clients: Clients, found: dict, effects: dict) -> list[str]:
    """Checks every history; what is wrong."""
    problems: list[str] = []
    names = list(found)

    def run(part: list[str]) -> None:
        connection = Connection(server.port)
        for name in part:
            try:
                page = connection.good("GetExecutionHistory", maxResults=1000,
                                       executionArn=found[name]["executionArn"])
                given = json.loads(clients.request(name)["input"])
                judge(name, given["even"], page["events"], effects)
            except AssertionError as error:
                problems.append(str(error))

    threads = [threading.Thread(target=run, args=[names[n::4]]) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return problems


def check_effects(folder: pathlib.Path) -> tuple[dict[str, dict], list[str]]:
    """The effects by key, and what is wrong with them or with the deliveries."""
    problems = []
    effects = {}
    for path in folder.glob("effect-*"):
        effect = json.loads(path.read_text())
        effects[effect["key"]] = effect
    for path in folder.glob("deliveries-*"):
        for line in path.read_text().splitlines():
            key, name = line.split()
            if effects[key]["name"] != name:
                problems.append(f"the key of {effects[key]['name']} was used for {name}")
    return effects, problems


def settle(server: CrashingServer, machine: str) -> None:
    """Waits until nothing runs any more."""
    connection = Connection(server.port)
    deadline = time.monotonic() + 90
    while connection.good("ListExecutions", stateMachineArn=machine, statusFilter="RUNNING",
                          maxResults=1)["executions"]:
        assert time.monotonic() < deadline, "executions do not end"
        time.sleep(0.2)


def verdicts(server: CrashingServer, clients: Clients, kills: list[Kill],
             folder: pathlib.Path) -> list[tuple[str, list[str]]]:
    """What was to be shown, each with what speaks against it."""
    settle(server, clients.machine)
    found = executions(Connection(server.port), clients.machine)
    effects, confused = check_effects(folder)
    spans = [(one["startDate"], one["stopDate"]) for one in found.values() if "stopDate" in one]
    flights = [sum(start <= kill.moment < stop for start, stop in spans) for kill in kills]
    points = sum(kill.point is not None for kill in kills)
    print(f"{len(kills)} kills ({points} inside a commit), {min(flights)} to {max(flights)} "
          f"executions in flight, {len(clients.acknowledged)} acknowledged starts, "
          f"{len(found)} executions, {len(effects)} effects")
    done = subprocess.run([sfnctl(), "replay", "--all", "--verify", "--data-dir", server.data],
                          capture_output=True, text=True, timeout=300)
    print(done.stdout.strip()[-300:])
    return [
        ("clients are answered or cut off, nothing else", clients.problems),
        ("every acknowledged start is there",
         [name for name in clients.acknowledged if name not in found]),
        ("what is there was asked for", [name for name in found if name not in clients.asked]),
        ("every execution reaches its end",
         [name for name, one in found.items() if one["status"] != "SUCCEEDED"]),
        ("histories have no gap and nothing twice",
         check_histories(server, clients, found, effects)),
        ("the checker of histories notices tampering",
         unnoticed(server, clients, found, effects)),
        ("no idempotency key did different work", confused),
        (f"at least {IN_FLIGHT} executions were in flight at every kill",
         [f"{flight} at kill {n}" for n, flight in enumerate(flights) if flight < IN_FLIGHT]),
        ("a StartExecution was unanswered at every kill",
         [f"none at kill {n}" for n, kill in enumerate(kills) if not kill.unanswered]),
        ("a third of the kills was inside a commit", [] if points * 3 >= len(kills) else [points]),
        ("sfnctl replay --all --verify agrees",
         [] if done.returncode == 0 else [done.stdout[-1000:] + done.stderr[-1000:]]),
    ]


def main() -> int:
    chance = random.Random(SEED)
    began = time.monotonic()
    server = CrashingServer()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        server.launch()
        connection = Connection(server.port)
        activity = connection.good("CreateActivity", name="work")["activityArn"]
        machine = connection.good(
            "CreateStateMachine", name="crash", definition=json.dumps(flow(activity)),
            roleArn="arn:aws:iam::000000000000:role/crash")["stateMachineArn"]
        workers = [
            subprocess.Popen([sys.executable, __file__, "--work", str(server.port), activity,
                              scratch]) for _ in range(WORKERS)]
        try:
            clients = Clients(server.port, machine, chance)
            for number in range(2 * IN_FLIGHT):
                clients.start(connection, f"warm-{number}")
            server.kill()
            kills = [crash(server, clients, number, chance) for number in range(ROUNDS)]
            print(f"{time.monotonic() - began:.0f} s of crashes, seed {SEED}")
            server.launch()
            outcome = verdicts(server, clients, kills, folder)
        finally:
            for process in [*workers, server.process]:
                process.kill()
                process.wait()
    failed = 0
    for text, problems in outcome:
        failed += bool(problems)
        print(f"{'FAIL' if problems else 'ok  '} {text}")
        for problem in problems[:5]:
            print(f"       {problem}")
    print(f"{time.monotonic() - began:.0f} s in all")
    print(f"{len(outcome) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(int(sys.argv[2]), sys.argv[3], pathlib.Path(sys.argv[4]))
    sys.exit(main())
