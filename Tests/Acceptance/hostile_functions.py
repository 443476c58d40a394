#!/usr/bin/env python3
"""Functions that misbehave: what they leave, take, write, and do to their Runtime API.

Prints `N passed, N failed`.
"""

import base64
import json
import os
import pathlib
import signal
import subprocess
import sys
import threading
import time

from api_boto3 import ended
from checks import Checks
from functions_boto3 import call, configured, invoked, machine, result, sources, start, task
from functions_boto3 import gone, until
from sfnctl_server import Server, sfnctl

check = Checks()

# What a handler of Python does, by its event; the handlers are all in one module.
MODULE = '''
import base64, ctypes, mmap, os, pathlib, subprocess, sys, threading, time

def escape(event, context):
    """Starts what goes to sessions of its own, and a daemon that nobody is the parent of."""
    own = subprocess.Popen(["sleep", "1000"], start_new_session=True)
    report = pathlib.Path(event["file"])
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            report.write_text(f"{os.getpid()} {own.pid}")
            time.sleep(1000)
        os._exit(0)
    if event["then"] == "hang":
        time.sleep(1000)
    if event["then"] == "exit":
        while not report.exists() or len(report.read_text().split()) < 2:
            time.sleep(0.005)
        os._exit(3)

def allocate(event, context):
    """Asks for memory, which it does not touch."""
    return len(mmap.mmap(-1, event["bytes"], mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS))

def child(event, context):
    """Has a process take memory that a thread has started."""
    def work():
        subprocess.run([sys.executable, "-c",
                        f"kept = b'x' * {event['bytes']}; import time; time.sleep(100)"])
    threading.Thread(target=work, daemon=True).start()
    time.sleep(100)

def shared(event, context):
    """Has its memory seen by more processes, which take none of their own."""
    kept = b"x" * event["bytes"]
    children = []
    for _ in range(5):
        child = os.fork()
        if child == 0:
            time.sleep(1)
            os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
    return len(kept)

def multiply(event, context):
    """Every process starts others, up to a number that ends it when nobody else does."""
    count = mmap.mmap(-1, 8)
    number = ctypes.c_uint64.from_buffer(count)
    first, end = os.getpid(), time.time() + 20
    while time.time() < end:
        if number.value < event["most"]:
            number.value += 1
            try:
                os.fork()
            except OSError:
                time.sleep(0.05)
        else:
            time.sleep(0.05)
    if os.getpid() != first:
        os._exit(0)
    return "nobody has ended it"

def flood(event, context):
    """Writes as fast as it can."""
    line = b"x" * 200 + b"\\n"
    end = time.time() + event["seconds"]
    while time.time() < end:
        os.write(1, line * 300)
    return "written"

def hello(event, context):
    return {"arn": context.invoked_function_arn, "pid": os.getpid(),
            "client": bool(context.client_context)}

def version(event, context):
    return VERSION
'''

# A runtime that does to its API what its events say.
RUNTIME = r'''#!/usr/bin/env python3
import http.client, json, os, socket, sys, time
address = os.environ["AWS_LAMBDA_RUNTIME_API"]
base = "/2018-06-01/runtime/"
def call(method, place, body=None, connection=None, headers={}):
    used = connection or http.client.HTTPConnection(address, timeout=30)
    used.request(method, base + place, body, headers)
    answer = used.getresponse()
    return answer, answer.read()
def raw(text):
    host, port = address.split(":")
    made = socket.create_connection((host, int(port)), timeout=30)
    made.sendall(text)
    return made
seen = []
while True:
    answer, body = call("GET", "invocation/next")
    id = answer.headers["Lambda-Runtime-Aws-Request-Id"]
    event = json.loads(body)
    what, found = event["what"], {}
    if what == "twice":
        call("POST", f"invocation/{id}/response", json.dumps("first"))
        found, _ = call("POST", f"invocation/{id}/response", json.dumps("second"))
        seen.append(found.status)
        continue
    if what == "seen":
        found = seen
    elif what == "late":
        again, text = call("POST", "init/error", json.dumps({"errorType": "Late"}))
        found = [again.status, json.loads(text)["errorType"]]
    elif what == "next":
        again, text = call("GET", "invocation/next")
        found = [again.status, json.loads(text)["errorType"]]
    elif what == "paths":
        found = [call(method, place, "{}" if method == "POST" else None)[0].status
                 for method, place in (("GET", "nothing"), ("POST", "invocation/next"),
                                       ("POST", "invocation//response"), ("PUT", "init/error"),
                                       ("POST", f"invocation/{'x' * 9000}/error"))]
    elif what == "upgrade":
        # As Java's client asks: whether the next request should be of HTTP/2.
        made = http.client.HTTPConnection(address, timeout=5)
        offer = {"Connection": "Upgrade, HTTP2-Settings", "Upgrade": "h2c",
                 "HTTP2-Settings": "AAMAAABkAAQAAP__"}
        found = [call("GET", "nothing", None, made, offer)[0].status for _ in range(3)]
    elif what == "slow":
        # Requests that never end, and more connections than it may have.
        kept = []
        for text in [b"\x00\xff" * 2000 + b"\r\n\r\n", b"GET / HTTP/1.1\r\nX: ",
                     *[b"POST " + base.encode() + b"invocation/x/response HTTP/1.1\r\nHost: a\r\n"
                       b"Content-Length: 100\r\n\r\nab"] * 10]:
            kept.append(raw(text))
        found = len(kept)
    elif what == "headers":
        made = raw(b"GET / HTTP/1.1\r\n")
        try:
            for number in range(400_000):
                made.sendall(b"x-%d: " % number + b"y" * 100 + b"\r\n")
            found = "taken"
        except OSError:
            found = "refused"
    elif what == "away":
        call("POST", f"invocation/{id}/response", json.dumps("gone"))
        made = raw(b"GET " + base.encode() + b"invocation/next HTTP/1.1\r\nHost: a\r\n\r\n")
        time.sleep(0.2)
        made.close()
        time.sleep(1000)
    elif what == "large":
        call("POST", f"invocation/{id}/response", b'"' + b"x" * (64 << 20) + b'"')
        continue
    elif what == "chunks":
        made = http.client.HTTPConnection(address, timeout=30)
        def parts():
            yield b'"'
            for _ in range(1000):
                yield b"y" * 100
            yield b'"'
        made.request("POST", base + f"invocation/{id}/response", parts(), encode_chunked=True,
                     headers={"Transfer-Encoding": "chunked"})
        made.getresponse().read()
        continue
    call("POST", f"invocation/{id}/response", json.dumps(found))
'''


def code(folder: pathlib.Path, text: str = MODULE) -> None:
    """Puts the module in the place of the usual one."""
    (folder / "code" / "app.py").write_text(text)


def runtime(folder: pathlib.Path, **settings) -> list[str]:
    """The flags for the misbehaving runtime as the function `bad`."""
    (folder / "raw").mkdir()
    file = folder / "raw" / "bootstrap"
    file.write_text(RUNTIME)
    file.chmod(0o755)
    (folder / "stepwell.json").write_text(json.dumps({"functions": {"bad": {
        "directory": str(folder / "raw"), "handler": "a.b", **settings}}}))
    return ["--config", str(folder / "stepwell.json")]


def zombies(server: Server) -> list[str]:
    """Children of the server that ended and were not waited for."""
    text = subprocess.run(["ps", "--ppid", str(server.process.pid), "-o", "stat="],
                          capture_output=True, text=True, check=False).stdout
    return [each for each in text.split() if each.startswith("Z")]


def resident_megabytes(server: Server) -> float:
    """What the server has in memory of its own."""
    text = pathlib.Path(f"/proc/{server.process.pid}/status").read_text()
    line = next(each for each in text.splitlines() if each.startswith("RssAnon:"))
    return int(line.split()[1]) / 1024


@check
def nothing_escapes(folder):
    """What leaves a function's session is gone with its process, however that ends."""
    code(folder)
    for then, ending in (("exit", None), ("hang", None), ("stay", "stop"), ("hang", "kill")):
        seconds = 1 if (then, ending) == ("hang", None) else 600
        server = Server(None, *configured(folder, escape={"timeoutSeconds": seconds}))
        with server:
            client = server.client()
            file = folder / f"{then}-{ending}"
            start(client, "m", task("escape"), {"file": str(file), "then": then})
            until("no daemon", lambda: file.exists() and len(file.read_text().split()) == 2)
            processes = [int(each) for each in file.read_text().split()]
            if ending:
                assert not any(gone(each) for each in processes), processes
                getattr(server, ending)()
            until(f"left: {then}, {ending}", lambda: all(gone(each) for each in processes), 6)


@check
def memory(folder):
    """A limit is what is resident: of all processes, what they share counted once."""
    code(folder)
    with Server(None, *configured(
            folder, allocate={"memoryMegabytes": 1500, "timeoutSeconds": 20},
            child={"memoryMegabytes": 128, "timeoutSeconds": 60},
            shared={"memoryMegabytes": 400, "timeoutSeconds": 60})) as server:
        client = server.client()
        asked = {"bytes": 1200 << 20}
        assert invoked(client, "allocate", asked) == asked["bytes"]
        asked = {"bytes": 150 << 20}
        assert invoked(client, "shared", asked) == asked["bytes"]
        begin = time.monotonic()
        found = call(client, "m", task("child"), {"bytes": 400 << 20})
        assert found["error"] == "Runtime.ExitError", found
        assert json.loads(found["cause"])["errorMessage"].endswith("signal: killed"), found
        assert time.monotonic() - begin < 20


@check
def processes(folder):
    """A function that multiplies is ended, and all of it."""
    code(folder)
    with Server(None, *configured(
            folder, multiply={"timeoutSeconds": 100}, hello={"timeoutSeconds": 30})) as server:
        client = server.client()
        found = call(client, "m", task("multiply"), {"most": 4000})
        assert found["error"] == "Runtime.ExitError", found
        assert invoked(client, "hello")["pid"]
        until("left", lambda: subprocess.run(
            ["pgrep", "-f", "app.multiply"], capture_output=True, check=False).stdout == b"", 10)
        assert zombies(server) == []


@check
def texts_of_headers(folder):
    """What no header can hold does not get into one, and holds up nothing."""
    code(folder)
    with Server(None, *configured(folder, hello={"timeoutSeconds": 5})) as server:
        client = server.client()
        context = base64.b64encode(b'{"client": {"a":\n "\x7f\xc3\xa9"}}').decode()
        given = task("hello", ClientContext=context)
        assert result(call(client, "context", given))["Payload"]["client"]
        arn = machine(client, "trace", task("hello"))
        run = client.start_execution(
            stateMachineArn=arn, input="{}", traceHeader="Root=1\r\nX: y\x7f")["executionArn"]
        assert result(ended(client, run))["Payload"]["pid"]
        found = call(client, "qualifier", task("hello", Qualifier="a\r\nX: y"))
        assert found["error"] == "Lambda.InvalidParameterValueException", found
        found = call(client, "name", task("hello:a b"))
        assert found["error"] == "Lambda.InvalidParameterValueException", found


@check
def runtime_api(folder):
    """Requests out of turn are refused; the function goes on, and so does the server."""
    with Server(None, *runtime(folder, timeoutSeconds=30, startTimeoutSeconds=2,
                               concurrency=1)) as server:
        client = server.client()
        arn = machine(client, "m", task("bad"))

        def does(what: str):
            run = client.start_execution(stateMachineArn=arn, input=json.dumps({"what": what}))
            return ended(client, run["executionArn"], seconds=40)

        assert result(does("twice"))["Payload"] == "first"
        assert result(does("seen"))["Payload"] == [400]
        assert result(does("late"))["Payload"] == [403, "InvalidStateTransition"]
        assert result(does("next"))["Payload"] == [403, "InvalidStateTransition"]
        assert all(each >= 400 for each in result(does("paths"))["Payload"])
        assert result(does("upgrade"))["Payload"] == [404, 404, 404]
        assert result(does("slow"))["Payload"] == 12
        before = resident_megabytes(server)
        assert result(does("headers"))["Payload"] == "refused"
        assert does("large")["error"] == "Function.ResponseSizeTooLarge"
        assert resident_megabytes(server) < before + 60, (before, resident_megabytes(server))
        assert len(result(does("chunks"))["Payload"]) == 100_000
        # It asks for an invocation, hangs up and never asks again: it has its start's time.
        assert result(does("away"))["Payload"] == "gone"
        time.sleep(1)
        assert result(does("seen"))["Payload"] == []
        assert zombies(server) == []


@check
def floods(folder):
    """One function's lines do not hold up another, nor fill the server."""
    code(folder)
    with Server(None, *configured(folder, flood={"timeoutSeconds": 60}, hello={})) as server:
        client = server.client()
        invoked(client, "hello")
        before = resident_megabytes(server)
        runs = [start(client, f"f{number}", task("flood"), {"seconds": 4}) for number in range(3)]
        slowest, end = 0.0, time.monotonic() + 3.5
        arn = machine(client, "quick", task("hello"))
        while time.monotonic() < end:
            begin = time.monotonic()
            run = client.start_execution(stateMachineArn=arn)["executionArn"]
            result(ended(client, run))
            slowest = max(slowest, time.monotonic() - begin)
        for run in runs:
            assert result(ended(client, run))["Payload"] == "written"
        written = pathlib.Path(server.scratch.name, "output").stat().st_size
        assert written < 4 << 20, written
        assert resident_megabytes(server) < before + 100, before
        assert slowest < 2, slowest
        print(f"     {slowest * 1000:.0f} ms at most beside floods, {written >> 10} KiB logged")


@check
def code_under_load(folder):
    """Code that changes while it is called: every call is answered, the last by the newest."""
    code(folder, MODULE + "\nVERSION = 0\n")
    with Server(None, *configured(folder, version={"timeoutSeconds": 30})) as server:
        client = server.client()
        arn = machine(client, "m", task("version"))
        failures, over = [], threading.Event()

        def invoke() -> None:
            own = server.client()
            while not over.is_set():
                found = ended(own, own.start_execution(stateMachineArn=arn)["executionArn"])
                if found["status"] != "SUCCEEDED":
                    failures.append(found)

        threads = [threading.Thread(target=invoke) for _ in range(6)]
        for thread in threads:
            thread.start()
        for number in range(1, 21):
            fresh = folder / "fresh.py"
            # Python takes sources of the same second and size for the same.
            fresh.write_text(f"{MODULE}\nVERSION = {number}\n{'#' * number}\n")
            fresh.replace(folder / "code" / "app.py")
            time.sleep(0.1)
        over.set()
        for thread in threads:
            thread.join()
        assert not failures, failures[0]
        until("old code", lambda: invoked(client, "version") == 20, 5)
        assert zombies(server) == []


@check
def without_streams(folder):
    """A server that was started without standard streams has functions too."""
    code(folder)
    server = Server(None, *configured(folder, hello={}))
    script = 'exec "$@" <&- >&- 2>&-'
    server.output = open(os.devnull)
    server.process = subprocess.Popen(
        ["sh", "-c", script, "sh", sfnctl(), "serve", "--data-dir", server.data, "--port",
         str(server.port), *server.arguments])
    try:
        client = server.client()

        def answers() -> bool:
            try:
                return bool(client.list_state_machines())
            except Exception:  # pylint: disable=broad-except
                return False

        until("no server", answers)
        process = invoked(client, "hello")["pid"]
        server.process.send_signal(signal.SIGKILL)
        server.process.wait()
        until("left", lambda: gone(process), 6)
    finally:
        server.__exit__()


@check
def ends_while_it_hangs(folder):
    """SIGTERM with functions that hang ends the server in time, and them."""
    code(folder)
    with Server(None, *configured(folder, escape={"timeoutSeconds": 600})) as server:
        client = server.client()
        files = [folder / f"hang{number}" for number in range(8)]
        for number, file in enumerate(files):
            start(client, f"m{number}", task("escape"), {"file": str(file), "then": "hang"})
        until("no daemon", lambda: all(
            file.exists() and len(file.read_text().split()) == 2 for file in files), 30)
        begin = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - begin < 10
        left = [int(each) for file in files for each in file.read_text().split()]
        until("left", lambda: all(gone(each) for each in left), 3)


if __name__ == "__main__":
    sys.exit(check.run(sources))
