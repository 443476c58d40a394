#!/usr/bin/env python3
"""Lambda functions that a server runs itself: Python by its own runtime client, node, a shell.

Prints `N passed, N failed`.
"""

import base64
import contextlib
import http.server
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time

from api_boto3 import ended, machine
from checks import Checks
from sfnctl_server import Server, sfnctl

check = Checks()
INVOKE = "arn:aws:states:::lambda:invoke"
AT_ONCE = 50

PYTHON = '''
import json, os, pathlib, subprocess, time

STARTED = time.time()
count = 0

class Declined(Exception):
    pass

def echo(event, context):
    return event

def hello(event, context):
    print("greets", event.get("name"))
    return {"greeting": "Hello, " + event.get("name", "you"), "name": context.function_name,
            "arn": context.invoked_function_arn, "left": context.get_remaining_time_in_millis()}

def fail(event, context):
    raise Declined("no money")

def leave(event, context):
    os._exit(event["status"])

def sleep(event, context):
    time.sleep(event["seconds"])
    return "done"

def about(event, context):
    global count
    count += 1
    return {"pid": os.getpid(), "count": count, "started": STARTED,
            "variables": sorted(os.environ), "word": pathlib.Path("word.txt").read_text()}

def together(event, context):
    folder = pathlib.Path(event["folder"])
    (folder / str(event["item"])).touch()
    deadline = time.time() + 60
    while len(list(folder.iterdir())) < event["count"] and time.time() < deadline:
        time.sleep(0.01)
    return os.getpid()

def spawn(event, context):
    child = subprocess.Popen(["sleep", "1000"])
    pathlib.Path(event["file"]).write_text(f"{os.getpid()} {child.pid}")
    time.sleep(1000)

def token(event, context):
    pathlib.Path(event["file"]).write_text(event["token"])
    return "handed on"
'''

SHELL = """#!/bin/sh
# Lambda's tutorial "Building a custom runtime", in short.
set -eu
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation"
while true; do
    headers=$(mktemp)
    event=$(curl -sS -LD "$headers" "$api/next")
    id=$(grep -Fi Lambda-Runtime-Aws-Request-Id "$headers" | tr -d '[:space:]' | cut -d: -f2)
    rm -f "$headers"
    echo "got $event"
    answer="{\\"shell\\": $event, \\"handler\\": \\"$_HANDLER\\"}"
    curl -sS "$api/$id/response" -d "$answer" >/dev/null
done
"""

NODE = """
export const handler = async (event, context) => {
  console.log('node has', event.name);
  if (event.fail) throw new TypeError('not that');
  return { hello: event.name, id: context.awsRequestId.length };
};
"""


@contextlib.contextmanager
def sources():
    """A folder with the functions' code."""
    with tempfile.TemporaryDirectory() as path:
        folder = pathlib.Path(path)
        (folder / "code").mkdir()
        (folder / "code" / "app.py").write_text(PYTHON)
        (folder / "code" / "word.txt").write_text("first")
        yield folder


def functions(folder: pathlib.Path, *names: str) -> list[str]:
    """The flags that host functions of the Python module under their own names."""
    return [each for name in names for each in ("--function", f"{name}={folder}/code:app.{name}")]


def configured(folder: pathlib.Path, **settings: dict) -> list[str]:
    """The flags for functions of the Python module with settings."""
    file = folder / "stepwell.json"
    file.write_text(json.dumps({"functions": {
        name: {"directory": str(folder / "code"), "handler": f"app.{name}", **more}
        for name, more in settings.items()}}))
    return ["--config", str(file)]


def task(function: str, form: str = INVOKE, **parameters) -> dict:
    """A state machine of one task that invokes a function with its input."""
    return {"StartAt": "T", "States": {"T": {
        "Type": "Task", "Resource": form, "End": True,
        "Parameters": {"FunctionName": function, "Payload.$": "$", **parameters}}}}


def start(client, name: str, definition: dict, given=None) -> str:
    """Starts an execution."""
    arn = machine(client, name, definition)
    return client.start_execution(
        stateMachineArn=arn, input=json.dumps({} if given is None else given))["executionArn"]


def call(client, name: str, definition: dict, given=None) -> dict:
    """What an execution came to."""
    return ended(client, start(client, name, definition, given))


def result(found: dict) -> dict:
    """The output of an execution that succeeded."""
    assert found["status"] == "SUCCEEDED", found
    return json.loads(found["output"])


def invoked(client, name: str, given=None) -> dict:
    """The payload that a function returns."""
    return result(call(client, name, task(name), given))["Payload"]


def gone(process: int) -> bool:
    """Whether a process does not run any more."""
    try:
        state = pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state in "ZX"


def until(what: str, holds, seconds: float = 20) -> None:
    """Waits until something holds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.01)


@check
def answers(folder):
    """Every way to name a function, and what comes back."""
    with Server(None, *functions(folder, "hello")) as server:
        client = server.client()
        arn = "arn:aws:lambda:us-east-1:000000000000:function:hello"
        for number, name in enumerate(["hello", "hello:live", arn, f"{arn}:7"]):
            output = result(call(client, f"m{number}", task(name), {"name": "Ada"}))
            assert output["StatusCode"] == 200, output
            version = "7" if name.endswith("7") else "$LATEST"
            assert output["ExecutedVersion"] == version, output
            payload = output["Payload"]
            assert payload["greeting"] == "Hello, Ada", payload
            assert payload["name"] == "hello", payload
            assert payload["arn"].startswith(arn), payload
            assert 0 < payload["left"] <= 3000, payload
            headers = output["SdkHttpMetadata"]["HttpHeaders"]
            assert headers["X-Amz-Executed-Version"] == version, headers
            assert output["SdkResponseMetadata"]["RequestId"] == headers["x-amzn-RequestId"]
        direct = {"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": arn, "End": True}}}
        assert result(call(client, "direct", direct, {}))["greeting"] == "Hello, you"
        sdk = task("hello", "arn:aws:states:::aws-sdk:lambda:invoke")
        output = result(call(client, "sdk", sdk, {"name": "Bo"}))
        assert json.loads(output["Payload"])["greeting"] == "Hello, Bo", output


@check
def parameters(folder):
    """LogType, InvocationType, Qualifier; a function that is not there."""
    with Server(None, *functions(folder, "hello")) as server:
        client = server.client()
        output = result(call(client, "tail", task("hello", LogType="Tail"), {"name": "Ada"}))
        lines = base64.b64decode(output["LogResult"]).decode().splitlines()
        assert lines[0].startswith("START RequestId: "), lines
        assert lines[1] == "greets Ada", lines
        assert lines[2].startswith("END RequestId: "), lines
        assert lines[3].startswith("REPORT RequestId: "), lines
        assert "Max Memory Used: 0 MB" not in lines[3], lines
        for kind, status in (("Event", 202), ("DryRun", 204)):
            output = result(call(client, kind, task("hello", InvocationType=kind)))
            assert output["StatusCode"] == status, output
        found = call(client, "other", task("other"))
        assert found["error"] == "Lambda.ResourceNotFoundException", found
        assert found["cause"].startswith(
            "Function not found: arn:aws:lambda:us-east-1:000000000000:function:other:$LATEST "
            "(Service: AWSLambda; Status Code: 404;"), found


@check
def errors(folder):
    """What a function raises, and processes that end in its midst."""
    with Server(None, *functions(folder, "fail", "leave")) as server:
        client = server.client()
        found = call(client, "raises", task("fail"))
        assert (found["status"], found["error"]) == ("FAILED", "Declined"), found
        cause = json.loads(found["cause"])
        assert cause["errorMessage"] == "no money", cause
        assert cause["stackTrace"], cause
        for status, text in ((1, "Runtime exited with error: exit status 1"),
                             (0, "Runtime exited without providing a reason")):
            found = call(client, f"leaves{status}", task("leave"), {"status": status})
            assert found["error"] == "Runtime.ExitError", found
            assert json.loads(found["cause"])["errorMessage"].endswith(text), found


@check
def times_out(folder):
    """A function that takes too long is ended, and its next invocation has a new process."""
    with Server(None, *configured(folder, sleep={"timeoutSeconds": 1.5})) as server:
        client = server.client()
        found = call(client, "m", task("sleep"), {"seconds": 100})
        assert found["error"] == "Sandbox.Timedout", found
        message = json.loads(found["cause"])["errorMessage"]
        assert message.endswith("Error: Task timed out after 1.50 seconds"), message
        assert result(call(client, "n", task("sleep"), {"seconds": 0}))["Payload"] == "done"


@check
def cold_and_warm(folder):
    """One process for invocations that follow each other; nothing of the server's environment."""
    os.environ["AWS_SECRET_ACCESS_KEY"] = "the server's own"
    try:
        with Server(None, *configured(folder, about={"environment": {"COLOUR": "red"}})) as server:
            client = server.client()
            first, second = invoked(client, "about"), invoked(client, "about")
            assert first["pid"] == second["pid"], (first, second)
            assert (first["count"], second["count"]) == (1, 2), (first, second)
            assert "COLOUR" in first["variables"], first
            assert "AWS_SECRET_ACCESS_KEY" not in first["variables"], first
    finally:
        del os.environ["AWS_SECRET_ACCESS_KEY"]


@check
def fifty_at_once(folder):
    """Every invocation waits for all the others: none can be behind another."""
    with Server(None, *configured(folder, together={"timeoutSeconds": 120})) as server:
        client = server.client()
        arn = machine(client, "m", task("together"))
        seen = []
        for name in ("cold", "warm"):
            (folder / name).mkdir()
            items = [{"folder": str(folder / name), "item": item, "count": AT_ONCE}
                     for item in range(AT_ONCE)]
            runs = [client.start_execution(stateMachineArn=arn, input=json.dumps(item))
                    for item in items]
            seen.append({result(ended(client, run["executionArn"], seconds=100))["Payload"]
                         for run in runs})
        assert len(seen[0]) == len(seen[1]) == AT_ONCE, [len(each) for each in seen]
        assert seen[0] == seen[1], "processes were not used again"


@check
def large_payload(folder):
    """200 KB in and out."""
    with Server(None, *functions(folder, "echo")) as server:
        given = {"text": "a" * 200_000}
        arn = "arn:aws:lambda:us-east-1:000000000000:function:echo"
        direct = {"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": arn, "End": True}}}
        assert result(call(server.client(), "m", direct, given)) == given
        output = result(call(server.client(), "n", task("echo"), given))
        assert output["Payload"] == given


@check
def code_changes(folder):
    """The next invocation runs the code as it is then."""
    with Server(None, *functions(folder, "about")) as server:
        client = server.client()
        first = invoked(client, "about")
        (folder / "code" / "app.py").write_text(PYTHON.replace("{\"pid\"", "{\"new\": 1, \"pid\""))
        time.sleep(0.1)
        second = invoked(client, "about")
        assert "new" not in first and second["new"] == 1, (first, second)
        assert first["pid"] != second["pid"]
        (folder / "code" / "app.py").write_text("this is no Python")
        time.sleep(0.1)
        found = call(client, "broken", task("about"))
        assert found["error"] == "Runtime.UserCodeSyntaxError", found
        (folder / "code" / "app.py").write_text(PYTHON)
        time.sleep(0.1)
        assert invoked(client, "about")["count"] == 1


@check
def nothing_is_left(folder):
    """After kill -9 of the server, and after SIGTERM, no process of a function runs."""
    for ending in ("kill", "stop"):
        server = Server(None, *configured(folder, spawn={"timeoutSeconds": 600}, about={}))
        with server:
            client = server.client()
            idle = invoked(client, "about")["pid"]
            file = folder / ending
            start(client, "m", task("spawn"), {"file": str(file)})
            until("no process", lambda: file.exists() and len(file.read_text().split()) == 2)
            processes = [idle, *(int(each) for each in file.read_text().split())]
            assert not any(gone(each) for each in processes), processes
            getattr(server, ending)()
            until(f"left after {ending}", lambda: all(gone(each) for each in processes), 3)


@check
def callback(folder):
    """The function is given the token, and the task ends with it."""
    with Server(None, *functions(folder, "token")) as server:
        client = server.client()
        file = folder / "token"
        definition = {"StartAt": "T", "States": {"T": {
            "Type": "Task", "Resource": f"{INVOKE}.waitForTaskToken", "End": True,
            "Parameters": {"FunctionName": "token", "Payload": {
                "token.$": "$$.Task.Token", "file": str(file)}}}}}
        run = start(client, "m", definition)
        until("no token", lambda: file.exists() and file.read_text())
        client.send_task_success(taskToken=file.read_text(), output='"back"')
        assert result(ended(client, run)) == "back"
        events = client.get_execution_history(executionArn=run)["events"]
        submitted = next(each for each in events if each["type"] == "TaskSubmitted")
        output = json.loads(submitted["taskSubmittedEventDetails"]["output"])
        assert output["Payload"] == "handed on", output


@check
def shell_runtime(folder):
    """A custom runtime: a shell with curl."""
    (folder / "sh").mkdir()
    bootstrap = folder / "sh" / "bootstrap"
    bootstrap.write_text(SHELL)
    bootstrap.chmod(0o755)
    with Server(None, "--function", f"sh={folder}/sh:function.handler",
                "--function", f"file={folder}/sh:bootstrap") as server:
        for name, handler in (("sh", "function.handler"), ("file", "bootstrap")):
            for number in range(2):
                payload = invoked(server.client(), name, {"n": number})
                assert payload == {"shell": {"n": number}, "handler": handler}, payload


@check
def node(folder):
    """Handlers of JavaScript."""
    (folder / "js").mkdir()
    (folder / "js" / "index.mjs").write_text(NODE)
    with Server(None, "--function", f"js={folder}/js:index.handler") as server:
        client = server.client()
        assert invoked(client, "js", {"name": "Ada"}) == {"hello": "Ada", "id": 36}
        found = call(client, "fails", task("js"), {"fail": True})
        assert found["error"] == "TypeError", found
        assert json.loads(found["cause"])["errorMessage"] == "not that", found


@check
def missing(folder):
    """What is missing is said at the start, with what installs it."""
    stub = folder / "bin"
    stub.mkdir()
    (stub / "python3").write_text("#!/bin/sh\nexit 1\n")
    (stub / "python3").chmod(0o755)
    environment = {**os.environ, "PATH": f"{stub}:/usr/bin:/bin"}
    for flags, text in (
            (functions(folder, "hello"), f"{stub}/python3 -m pip install awslambdaric"),
            (["--function", f"x={folder}/code:none.handler"], "none.py"),
            (["--function", f"x={folder}/nowhere:app.handler"], f"{folder}/nowhere")):
        ran = subprocess.run(
            [sfnctl(), "serve", "--data-dir", str(folder / "data"), "--port", "0", *flags],
            capture_output=True, text=True, timeout=60, check=False, env=environment)
        assert ran.returncode not in (0, 70), ran
        assert text in ran.stderr, ran.stderr


@check
def elsewhere(folder):
    """A function that is not here is called at Lambda's endpoint, an emulator say."""
    seen = []

    class Lambda(http.server.BaseHTTPRequestHandler):
        """Answers Invoke, and fails for the function `bad`."""

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            seen.append((self.path, json.loads(body), self.headers["Authorization"]))
            answer = b'{"errorType": "Bad", "errorMessage": "m"}' if "bad" in self.path else body
            self.send_response(200)
            if "bad" in self.path:
                self.send_header("X-Amz-Function-Error", "Unhandled")
            self.send_header("X-Amz-Executed-Version", "12")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_):
            """Says nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Lambda) as endpoint:
        threading.Thread(target=endpoint.serve_forever, daemon=True).start()
        added = {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local",
                 "AWS_ENDPOINT_URL_LAMBDA": f"http://127.0.0.1:{endpoint.server_port}"}
        os.environ.update(added)
        try:
            with Server(None, *functions(folder, "echo")) as server:
                client = server.client()
                output = result(call(client, "far", task("far:live"), {"a": 1}))
                assert (output["Payload"], output["ExecutedVersion"]) == ({"a": 1}, "12"), output
                found = call(client, "bad", task("bad"))
                assert found["error"] == "Bad", found
                assert invoked(client, "echo", {"b": 2}) == {"b": 2}
        finally:
            for name in added:
                del os.environ[name]
            endpoint.shutdown()
    assert seen[0][0].startswith("/2015-03-31/functions/far%3Alive/invocations"), seen
    assert seen[0][1] == {"a": 1} and "/lambda/aws4_request" in seen[0][2], seen
    assert len(seen) == 2, seen


@check
def run_command(folder):
    """`sfnctl run` has functions too, and leaves no process."""
    file = folder / "m.asl.json"
    file.write_text(json.dumps(task("about")))
    ran = subprocess.run([sfnctl(), "run", str(file), *functions(folder, "about")],
                         capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 0, ran
    payload = json.loads(ran.stdout)["Payload"]
    assert payload["count"] == 1, payload
    until("left", lambda: gone(payload["pid"]), 3)


@check
def example(_folder):
    """The example of the repository, as its README has it."""
    folder = pathlib.Path(__file__).resolve().parents[2] / "Sources" / "Examples" / "Services"
    ran = subprocess.run(
        [sfnctl(), "run", "lambda.asl.json", "--input", "lambda.input.json",
         "--function", "price=lambda:app.price"],
        capture_output=True, text=True, timeout=60, check=False, cwd=folder)
    assert ran.returncode == 0, ran
    assert json.loads(ran.stdout) == [{"cents": 2500}, {"cents": 0}], ran.stdout


if __name__ == "__main__":
    for program in ("node", "curl"):
        assert shutil.which(program), f"{program} is needed"
    sys.exit(check.run(sources))
