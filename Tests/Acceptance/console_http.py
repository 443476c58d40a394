#!/usr/bin/env python3
"""The console's interface over HTTP: files, security, sessions, calls, lists, live events.

Every request is made as a browser would make it, and as another page's browser would.
"""

import contextlib
import hashlib
import http.client
import json
import os
import pathlib
import sys
import tempfile
import time

from checks import Checks
from process import Process, wait

check = Checks()

KEYS = "[default]\naws_access_key_id = AKIDCONSOLE\naws_secret_access_key = open sesame\n"
COUNT = 300


class Console:
    """What a page does: same origin, the console's header, a cookie."""

    def __init__(self, server: Process):
        self.port = server.port
        self.cookie = None

    def request(self, method: str, path: str, body=None, seconds: float = 20, **headers):
        """Status, headers and body of an answer; a header that is None is left out."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        sent = {"Cookie": self.cookie}
        if method not in ("GET", "HEAD"):
            sent |= {"Origin": f"http://127.0.0.1:{self.port}", "X-Stepwell-Console": "1",
                     "Content-Type": "application/json"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {name: value for name, value in sent.items() if value is not None}
        try:
            connection.request(method, path, None if body is None else json.dumps(body), sent)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def api(self, path: str, body=None, method=None, status: int = 200, **headers):
        """The members of an answer of the interface, which has a status."""
        method = method or ("GET" if body is None else "POST")
        found, _, text = self.request(method, f"/console/api/{path}", body, **headers)
        assert found == status, (path, found, text[:300])
        return json.loads(text)

    def call(self, operation: str, status: int = 200, **members):
        """An operation of the API."""
        return self.api(f"call/{operation}", members, status=status)

    def sign_in(self, secret: str = "open sesame", status: int = 200, key: str = "AKIDCONSOLE"):
        """Signs in; keeps the cookie."""
        found, headers, text = self.request(
            "POST", "/console/api/session", {"accessKeyId": key, "secretAccessKey": secret})
        assert found == status, (found, text)
        if status == 200:
            cookie = headers["Set-Cookie"]
            assert "HttpOnly" in cookie and "SameSite=Strict" in cookie, cookie
            assert "Path=/console" in cookie and len(cookie.split(";")[0].split("=")[1]) == 64
            self.cookie = cookie.split(";")[0]
        return json.loads(text)


class Events:
    """A stream of server-sent events."""

    def __init__(self, console: Console, query: str, **headers):
        self.connection = http.client.HTTPConnection("127.0.0.1", console.port, timeout=20)
        if console.cookie:
            headers["Cookie"] = console.cookie
        self.connection.request("GET", f"/console/api/live?{query}", headers=headers)
        self.answer = self.connection.getresponse()

    def next(self, kind: str) -> tuple[str | None, dict]:
        """Id and data of the next event of a kind."""
        found = {}
        end = time.monotonic() + 30
        while True:
            assert time.monotonic() < end, f"no event {kind}"
            line = self.answer.readline().decode().rstrip("\n")
            if not line:
                if found.get("event") == kind:
                    return found.get("id"), json.loads(found["data"])
                assert not self.answer.isclosed(), f"the stream ended before an event {kind}"
                found = {}
            elif not line.startswith(":"):
                name, _, value = line.partition(": ")
                found[name] = value

    def close(self) -> None:
        """As a page that is left."""
        self.answer.close()
        self.connection.close()


@contextlib.contextmanager
def served(*arguments: str, keys: bool = False):
    """A server and its console."""
    with tempfile.TemporaryDirectory() as scratch:
        if keys:
            path = pathlib.Path(scratch, "keys.ini")
            path.touch(mode=0o600)
            path.write_text(KEYS, encoding="ascii")
            arguments = (*arguments, "--credentials", str(path))
        with Process(f"{scratch}/data", *arguments) as server:
            server.scratch = pathlib.Path(scratch)
            yield server, Console(server)


@check
def files_and_their_headers():
    with served() as (_, console):
        status, headers, _ = console.request("GET", "/console")
        assert status == 308 and headers["Location"] == "console/"
        status, headers, page = console.request("GET", "/console/")
        assert status == 200 and headers["Content-Type"] == "text/html; charset=utf-8"
        policy = headers["Content-Security-Policy"]
        for part in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'",
                     "base-uri 'none'", "form-action 'self'"):
            assert part in policy, policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert b"<html" in page and b"<script>" not in page and b"style=" not in page
        tag = headers["ETag"]
        status, headers, nothing = console.request("GET", "/console/", If_None_Match=tag)
        assert (status, nothing) == (304, b"") and headers["ETag"] == tag
        status, headers, nothing = console.request("HEAD", "/console/")
        assert (status, nothing) == (200, b"") and headers["ETag"] == tag
        assert console.request("POST", "/console/")[0] == 405
        for path in ("/console/assets/none.js", "/console/assets/", "/console/assets/.hidden",
                     "/console/assets/../index.html", "/console/assets/%2e%2e/index.html",
                     "/console//index.html", "/console/assets//etc/passwd", "/consoles",
                     "/console/assets/..%2f..%2fetc%2fpasswd", "/console/package.json"):
            status, headers, text = console.request("GET", path)
            assert status == 404, (path, status)
            assert headers["Content-Type"].startswith("application/"), headers


@check
def files_of_a_folder_and_no_console():
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / "index.html").write_text("<html>mine</html>")
        (root / "assets").mkdir()
        (root / "assets" / "a.js").write_text("export {}")
        os.symlink("/etc/passwd", root / "assets" / "out.txt")
        with served("--console-dir", folder) as (_, console):
            assert console.request("GET", "/console/")[2] == b"<html>mine</html>"
            status, headers, text = console.request("GET", "/console/assets/a.js")
            assert (status, text) == (200, b"export {}")
            assert headers["Content-Type"] == "text/javascript; charset=utf-8"
            (root / "assets" / "a.js").write_text("export const a = 1")
            assert console.request("GET", "/console/assets/a.js")[2] == b"export const a = 1"
            assert console.request("GET", "/console/assets/out.txt")[0] == 404
    with served("--no-console") as (_, console):
        assert console.request("GET", "/console/")[0] == 404
        assert console.request("POST", "/console/api/call/ListStateMachines", {})[0] == 404


@check
def other_pages_are_refused():
    with served() as (_, console):
        origin = "http://evil.example"
        for headers in ({"Origin": origin}, {"Origin": "null"}, {"Origin": None},
                        {"X_Stepwell_Console": None}, {"X_Stepwell_Console": "0"},
                        {"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "same-site"}):
            error = console.api("call/ListStateMachines", {}, status=403, **headers)
            assert error["__type"] == "ForbiddenException", error
        console.api("about", status=403, Origin=origin)
        console.api("about", status=403, Sec_Fetch_Site="cross-site")
        assert console.request("GET", "/console/", Host="evil.example")[0] == 403
        assert console.api("call/ListStateMachines", {})["stateMachines"] == []
        # What was sent is never answered as a page.
        name = "<script>alert(1)</script>"
        for path in (f"/console/{name}", f"/console/api/{name}", f"/console/api/executions?{name}"):
            _, headers, text = console.request("GET", path.replace(" ", "+"))
            assert headers["Content-Type"] == "application/json", headers["Content-Type"]
            json.loads(text)
        assert console.request("GET", "/console/api/call/ListStateMachines")[0] == 405
        console.api("call/Nothing", {}, status=400)
        console.api("call/../x", {}, status=404)


@check
def calls_are_those_of_the_api():
    with served() as (server, console):
        arn = server.machine("m")
        assert console.call("ListStateMachines")["stateMachines"][0]["stateMachineArn"] == arn
        error = console.call("StartExecution", 400, stateMachineArn=arn + "x")
        assert error["__type"] == "StateMachineDoesNotExist" and error["message"], error
        refusal = console.call("StartExecution", 400, stateMachineArn=arn, name="<b>n")
        assert refusal["__type"] == "InvalidName", refusal
    with served() as (server, console):
        machine = server.machine("x", type="EXPRESS")
        run = server.call("StartExecution", stateMachineArn=machine)["executionArn"]
        console.call("DescribeExecution", 400, executionArn=run)
        assert console.call("stepwell.DescribeExecution", executionArn=run)["executionArn"] == run


@check
def sessions():
    with served(keys=True) as (server, console):
        assert console.api("session") == {"authentication": True, "signedIn": False}
        for path in ("about", "log", "counts", "executions", "live", "nothing"):
            console.api(path, status=401)
        console.api("call/ListStateMachines", {}, status=401)
        assert console.request("GET", "/console/")[0] == 200, "the page itself is no secret"
        console.sign_in("wrong", 401)
        console.sign_in("wrong", 401, key="AKIDNOBODY")
        console.api("session", {"accessKeyId": 1}, status=400)
        assert console.sign_in() == {
            "authentication": True, "signedIn": True, "accessKeyId": "AKIDCONSOLE"}
        assert console.api("session")["accessKeyId"] == "AKIDCONSOLE"
        assert console.call("ListStateMachines") == {"stateMachines": []}
        other = Console(server)
        other.cookie = f"stepwell-session-{server.port}=" + hashlib.sha256(b"guess").hexdigest()
        other.api("about", status=401)
        stream = Events(console, "topics=executions")
        cookie = console.cookie
        console.api("session", method="DELETE")
        console.api("about", status=401)
        assert b"" == stream.answer.read().split(b"\n\n")[-1], "a stream ends with its session"
        # A key that gets another secret ends its sessions.
        console.sign_in()
        assert console.cookie != cookie
        (server.scratch / "keys.ini").write_text(KEYS.replace("open sesame", "another"))
        end = time.monotonic() + 10
        while console.request("GET", "/console/api/about")[0] != 401:
            assert time.monotonic() < end
            time.sleep(0.1)
        # Guessing has an end.
        found = [console.request("POST", "/console/api/session", {
            "accessKeyId": "AKIDCONSOLE", "secretAccessKey": str(guess)})[0] for guess in range(12)]
        assert found[-1] == 429 and set(found) == {401, 429}, found


@check
def the_audit_names_the_user():
    with tempfile.TemporaryDirectory() as scratch, \
            served("--audit", f"{scratch}/audit", "--access-log", f"{scratch}/access",
                   keys=True) as (server, console):
        access = pathlib.Path(scratch, "access")
        console.sign_in("wrong", 401)
        console.sign_in()
        machine = console.call(
            "CreateStateMachine", name="m", definition=wait(600),
            roleArn="arn:aws:iam::000000000000:role/any")["stateMachineArn"]
        run = console.call("StartExecution", stateMachineArn=machine, input='{"secret":"pin"}')
        console.call("SendTaskSuccess", 400, taskToken="x", output="{}")
        stopped = console.request("POST", "/console/api/call/StopExecution", {
            "executionArn": run["executionArn"]})[1]
        # A header does not make another call of a call.
        assert console.request(
            "POST", "/console/api/call/ListStateMachines", {"stateMachineArn": machine},
            X_Amz_Target="AWSStepFunctions.DeleteStateMachine")[0] == 400
        console.api("executions")
        console.api("session", method="DELETE")
        assert server.stop()[0] == 0
        text = pathlib.Path(scratch, "audit").read_text(encoding="utf-8")
        lines = [json.loads(line) for line in text.splitlines()]
        assert [line["eventName"] for line in lines] == [
            "ConsoleLogin", "ConsoleLogin", "CreateStateMachine", "StartExecution",
            "SendTaskSuccess", "StopExecution", "ConsoleLogout"], lines
        refused, login, *done, logout = lines
        assert refused["userIdentity"] == {"type": "Anonymous"}, refused
        assert refused["errorCode"] == "UnauthorizedException", refused
        assert refused["requestParameters"] == {"accessKeyId": "AKIDCONSOLE"}, refused
        user = {"type": "AccessKey", "accessKeyId": "AKIDCONSOLE"}
        assert login["userIdentity"] == logout["userIdentity"] == user, (login, logout)
        assert "errorCode" not in login, login
        for line in done:
            assert line["userIdentity"] == {**user, "invokedBy": "console"}, line
        for line in lines:
            assert line["sourceIPAddress"] == "127.0.0.1"
        # One request has one name, in its answer and in every log.
        requests = [json.loads(line) for line in access.read_text(encoding="utf-8").splitlines()]
        assert {line["requestID"] for line in lines} <= {
            request["requestId"] for request in requests}
        assert stopped["x-amzn-RequestId"] == lines[-2]["requestID"]
        asked = [request["accessKeyId"] for request in requests]
        assert asked == [None] + ["AKIDCONSOLE"] * (len(asked) - 1), asked
        assert "pin" not in text and "sesame" not in text


@check
def lists_and_counts():
    with served() as (server, console):
        machine = server.machine("list")
        other = server.machine("other", wait(600))
        for number in range(COUNT):
            server.call("StartExecution", stateMachineArn=machine, name=f"run-{number:03}",
                        input=json.dumps({"order": number, "Note": "Blue" if number == 7 else ""}))
        runs = [server.call("StartExecution", stateMachineArn=other, name=f"w{number}")
                for number in range(3)]
        server.call("StopExecution", executionArn=runs[0]["executionArn"], error="Mine", cause="c")
        end = time.monotonic() + 20
        wanted = {"RUNNING": 2, "SUCCEEDED": COUNT, "FAILED": 0, "TIMED_OUT": 0, "ABORTED": 1}
        while console.api("counts") != wanted:
            assert time.monotonic() < end, console.api("counts")
            time.sleep(0.05)
        assert console.api(f"counts?stateMachineArn={other}") == {
            "RUNNING": 2, "SUCCEEDED": 0, "FAILED": 0, "TIMED_OUT": 0, "ABORTED": 1}

        def listed(query: str) -> list[str]:
            names, after = [], ""
            while True:
                page = console.api(f"executions?{query}{after}")
                names += [row["name"] for row in page["executions"]]
                if page["exhausted"]:
                    assert "next" not in page
                    return names
                after = f"&after={page['next']}"

        everything = [f"w{number}" for number in (2, 1, 0)] + [
            f"run-{number:03}" for number in reversed(range(COUNT))]
        assert listed("limit=7") == everything
        assert listed("limit=1000") == everything
        assert listed(f"stateMachineArn={machine}&limit=50") == everything[3:]
        assert listed("status=RUNNING&limit=1") == ["w2", "w1"]
        assert listed("status=ABORTED") == ["w0"]
        assert listed("name=RUN-01") == [f"run-{number:03}" for number in range(19, 9, -1)]
        assert listed("text=blue&limit=1000") == ["run-007"]
        assert listed("input=blue") == ["run-007"] and listed("input=w1") == []
        assert listed("text=mine") == ["w0"], "errors are looked at"
        row = console.api("executions?text=mine")["executions"][0]
        assert row["stateMachineName"] == "other" and row["status"] == "ABORTED", row
        assert row["stopDate"] >= row["startDate"] and row["redriveCount"] == 0
        middle = console.api("executions?name=run-150")["executions"][0]["startDate"]
        early = listed(f"stateMachineArn={machine}&to={middle}&limit=1000")
        late = listed(f"stateMachineArn={machine}&from={middle}&limit=1000")
        assert "run-150" in early and "run-150" in late and len(early) + len(late) >= COUNT + 1
        exact = console.api(f"executions?stateMachineArn={machine}&name=run-003&limit=1")
        assert exact["exact"]["name"] == "run-003"
        for query in ("limit=0", "limit=1001", "status=NONE", "from=yesterday", "after=x",
                      "stateMachineArn=x"):
            console.api(f"executions?{query}", status=400)


@check
def live_events():
    with served() as (server, console):
        machine = server.machine("m", wait(600))
        stream = Events(console, "topics=executions,counts,log")
        assert stream.answer.status == 200
        assert stream.answer.headers["Content-Type"].startswith("text/event-stream")
        assert stream.next("counts")[1]["RUNNING"] == 0
        time.sleep(0.6)
        run = server.call("StartExecution", stateMachineArn=machine, name="one")["executionArn"]
        number, started = stream.next("status")
        assert started["executionArn"] == run and started["status"] == "RUNNING", started
        assert stream.next("counts")[1]["RUNNING"] == 1
        own = Events(console, f"execution={run}")
        assert own.next("events")[1] == {
            "executionArn": run, "lastEventId": started["lastEventId"], "status": "RUNNING"}
        server.call("StopExecution", executionArn=run)
        assert own.next("events")[1]["status"] == "ABORTED"
        assert stream.next("status")[1]["status"] == "ABORTED"
        # Who comes back is told what was missed, or that it is not known.
        again = Events(console, "topics=executions", **{"Last-Event-ID": number})
        assert again.next("status")[1]["status"] == "ABORTED"
        for lost in ("nothing", "0-1", number + "9"):
            Events(console, "topics=executions", **{"Last-Event-ID": lost}).next("reset")
        console.api("live?topics=everything", status=400)
        console.api(f"live?execution={run}x", status=400)
        begin = time.monotonic()
        assert server.stop()[0] == 0
        assert time.monotonic() - begin < 5, "streams do not hold up the end"
        for each in (stream, own, again):
            each.answer.read()


@check
def streams_that_nobody_reads_cost_little():
    with served() as (server, console):
        machine = server.machine("m")
        for _ in range(250):
            assert console.request("HEAD", "/console/api/live")[0] == 200, "it takes no place"
        streams = [Events(console, "topics=executions") for _ in range(200)]
        status, _, text = console.request("GET", "/console/api/live")
        assert status == 503, text
        time.sleep(0.5)
        before = server.anonymous_megabytes()
        for number in range(3000):
            server.call("StartExecution", stateMachineArn=machine, name=f"n{number}")
        grown = server.anonymous_megabytes() - before
        assert grown < 250, f"{grown:.0f} MB"
        for stream in streams:
            stream.close()
        end = time.monotonic() + 10
        while console.request("GET", "/console/api/log")[0] == 200:
            stream = Events(console, "topics=log")
            if stream.answer.status == 200:
                break
            assert time.monotonic() < end
            time.sleep(0.2)


@check
def about_and_log():
    with served("--log-format", "json", "--log-level", "debug") as (server, console):
        about = console.api("about")
        assert about["region"] == "us-east-1" and about["accountId"] == "000000000000"
        assert len(about["storeId"]) == 32 and about["condition"]["status"] == "ok"
        assert about["version"] and about["startedAt"] <= about["time"]
        lines = console.api("log")
        assert lines["next"] >= len(lines["lines"])
        for number in (lines["next"], 2 ** 63 - 1):
            assert console.api(f"log?after={number}")["lines"] == []
        console.api(f"log?after={2 ** 63}", status=400)
        server.stop()
        for line in server.output().splitlines():
            if line.startswith("{"):
                assert {"time", "level", "logger", "message"} <= set(json.loads(line)), line
            else:
                assert line.startswith(("sfnctl serves", "console ", "version ")), line


if __name__ == "__main__":
    sys.exit(check.run())
