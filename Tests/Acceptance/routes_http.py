#!/usr/bin/env python3
"""HTTP routes as their callers see them: plain requests of paths that users chose, mapped to starts
of executions and task results, and what is answered.
"""

import concurrent.futures
import http.client
import json
import sys
import tempfile
import time

from checks import Checks
from process import PASS, Process, Refused, wait

check = Checks()
FAIL = json.dumps({"StartAt": "F", "States": {
    "F": {"Type": "Fail", "Error": "Empty", "Cause": "nothing was ordered"}}})


class Routes(Process):
    """A server with a directory of its own, and what it is asked here."""

    def __init__(self, *arguments: str):
        self.scratch = tempfile.TemporaryDirectory()
        super().__init__(self.scratch.name + "/data", *arguments)

    def __exit__(self, *_) -> None:
        super().__exit__(*_)
        self.scratch.cleanup()

    def own(self, operation: str, **members):
        """An operation on triggers; raises `Refused`."""
        answer = self.ask("POST", "/", json.dumps(members), {
            "X-Amz-Target": f"StepwellTriggers.{operation}",
            "Content-Type": "application/x-amz-json-1.0"})
        if answer.status != 200:
            raise Refused(answer.status, answer.json)
        return answer.json

    def ask(self, method: str, path: str, body=None, headers=None) -> "Answer":
        """A plain request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            if isinstance(body, (dict, list)):
                body = json.dumps(body)
                headers = {"Content-Type": "application/json", **(headers or {})}
            connection.request(method, path, body, headers or {})
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def inputs(self, arn: str) -> list:
        """The inputs of a state machine's executions."""
        found = self.call("ListExecutions", stateMachineArn=arn, maxResults=1000)["executions"]
        shown = (self.call("DescribeExecution", executionArn=each["executionArn"])
                 for each in found)
        return [json.loads(each["input"]) for each in shown]


class Answer:
    """What was answered."""

    def __init__(self, response):
        self.status, self.headers, self.text = response.status, response.headers, response.read()

    @property
    def json(self):
        """The body."""
        return json.loads(self.text)


def refused(part: str, call, *arguments, **members) -> None:
    """Asserts that an operation is refused in words that have a part."""
    try:
        call(*arguments, **members)
    except Refused as error:
        assert part in error.args[1]["message"], error
    else:
        raise AssertionError(f"not refused: {members}")


@check
def a_request_starts_an_execution(server: Routes) -> None:
    """By default with the body as input, and the operation's answer."""
    arn = server.machine("m")
    server.own("PutRoute", Name="orders", Route="POST /orders", StateMachineArn=arn)
    answer = server.ask("POST", "/orders", {"sku": "x"})
    assert answer.status == 200 and set(answer.json) == {"executionArn", "startDate"}, answer.text
    assert server.inputs(arn) == [{"sku": "x"}]
    assert server.ask("POST", "/orders", "{", {"Content-Type": "application/json"}).status == 400
    assert server.ask("GET", "/orders").status == 405
    missing = server.ask("POST", "/elsewhere")
    assert missing.status == 404, missing.text
    server.own("DeleteRoute", Name="orders")
    assert server.ask("POST", "/orders", {}).status == 404


@check
def requests_are_mapped(server: Routes) -> None:
    """Parameters, header fields, the query, expressions; the name of an execution makes it one."""
    arn = server.machine("m")
    server.own(
        "PutRoute", Name="orders", Route="PUT /shops/{shop}/orders/{order+}", StateMachineArn=arn,
        Request={
            "Name": "order-${request.path.shop}-${request.header.Idempotency-Key}",
            "Input": {
                "shop": "$request.path.shop", "order": "$request.path.order",
                "dry": "$request.querystring.dry", "missing": "$request.body.nothing",
                "total": "{% $sum($request.body.lines.price) %}", "route": "$context.routeKey"}})
    path = "/shops/b%C3%A4r/orders/2026/17?dry=a%20b"
    lines = {"lines": [{"price": 2}, {"price": 3.5}]}
    first = server.ask("PUT", path, lines, {"Idempotency-Key": "k1"})
    again = server.ask("PUT", path, lines, {"Idempotency-Key": "k1"})
    assert first.status == 200, first.text
    assert first.json["executionArn"] == again.json["executionArn"]
    other = server.ask("PUT", path, {"lines": []}, {"Idempotency-Key": "k1"})
    assert other.status == 409, other.text
    assert {"shop": "bär", "order": "2026/17", "dry": "a b", "total": 5.5,
            "route": "PUT /shops/{shop}/orders/{order+}"} in server.inputs(arn)
    bad = server.ask("PUT", path, {"lines": [{"price": "x"}]}, {"Idempotency-Key": "k2"})
    assert bad.status == 400 and "Input" in bad.json["message"], bad.text


@check
def an_execution_is_waited_for_and_its_answer_mapped(server: Routes) -> None:
    """Express state machines; status, header fields and body by the execution's end."""
    echo = server.machine("echo", PASS, type="EXPRESS")
    fail = server.machine("fail", FAIL, type="EXPRESS")
    server.own("PutRoute", Name="plain", Route="POST /plain", Action="StartSyncExecution",
               StateMachineArn=echo)
    plain = server.ask("POST", "/plain", {"a": 1})
    assert plain.status == 200 and plain.json["status"] == "SUCCEEDED", plain.text
    assert json.loads(plain.json["output"]) == {"a": 1}
    response = {
        "StatusCode": "{% $response.status = 'SUCCEEDED' ? 201 : 422 %}",
        "Headers": {"Location": "/orders/${request.path.id}", "X-Status": "$response.status"},
        "Body": "{% $response.status = 'SUCCEEDED' ? {'total': $response.output.n * 2} : "
                "{'problem': $response.error, 'detail': $response.cause} %}"}
    for name, machine in [("good", echo), ("bad", fail)]:
        server.own("PutRoute", Name=name, Route=f"POST /{name}/{{id}}", StateMachineArn=machine,
                   Action="StartSyncExecution", Response=response)
    good = server.ask("POST", "/good/7", {"n": 21})
    assert good.status == 201 and good.json == {"total": 42}, good.text
    assert good.headers["Location"] == "/orders/7" and good.headers["X-Status"] == "SUCCEEDED"
    bad = server.ask("POST", "/bad/7", {})
    assert bad.status == 422 and bad.json == {
        "problem": "Empty", "detail": "nothing was ordered"}, bad.text
    server.own("PutRoute", Name="page", Route="GET /page", StateMachineArn=echo,
               Action="StartSyncExecution", Response={
                   "Headers": {"Content-Type": "text/html; charset=utf-8"}, "Body": "<p>done</p>"})
    page = server.ask("GET", "/page")
    assert page.text == b"<p>done</p>" and page.headers["Content-Type"].startswith("text/html")


@check
def what_takes_long_is_given_up_and_goes_on(server: Routes) -> None:
    """A route's time; the execution has all of its own."""
    arn = server.machine("slow", wait(3), type="EXPRESS")
    server.own("PutRoute", Name="slow", Route="POST /slow", StateMachineArn=arn,
               Action="StartSyncExecution", TimeoutSeconds=1)
    begin = time.monotonic()
    answer = server.ask("POST", "/slow", {})
    assert answer.status == 504 and "continues" in answer.json["message"], answer.text
    assert time.monotonic() - begin < 2.5


@check
def a_task_is_answered_by_a_link(server: Routes) -> None:
    """SendTaskSuccess and SendTaskFailure, with the token in the query or the body."""
    activity = server.call("CreateActivity", name="approval")["activityArn"]
    arn = server.machine("approve", json.dumps({"StartAt": "A", "States": {
        "A": {"Type": "Task", "Resource": activity, "End": True}}}))
    server.own("PutRoute", Name="yes", Route="GET /approve", Action="SendTaskSuccess", Request={
        "TaskToken": "$request.querystring.token", "Output": {"by": "$request.querystring.who"}},
        Response={"StatusCode": 200, "Body": {"thanks": True}})
    server.own("PutRoute", Name="no", Route="POST /reject", Action="SendTaskFailure")
    ended = []
    for index, answer in enumerate(["yes", "no"]):
        execution = server.call("StartExecution", stateMachineArn=arn,
                                name=f"e{index}")["executionArn"]
        token = server.call("GetActivityTask", activityArn=activity)["taskToken"]
        if answer == "yes":
            found = server.ask("GET", f"/approve?token={token}&who=ada")
            assert found.status == 200 and found.json == {"thanks": True}, found.text
            assert server.ask("GET", f"/approve?token={token}&who=bob").status in (400, 404, 410)
        else:
            found = server.ask("POST", "/reject", {"taskToken": token, "error": "No", "cause": "c"})
            assert found.status == 200, found.text
        for _ in range(100):
            shown = server.call("DescribeExecution", executionArn=execution)
            if shown["status"] != "RUNNING":
                break
            time.sleep(0.02)
        ended.append((shown["status"], shown.get("output"), shown.get("error")))
    assert ended == [("SUCCEEDED", '{"by":"ada"}', None), ("FAILED", None, "No")], ended
    assert server.ask("GET", "/approve").status == 400


@check
def keys_rates_and_pages_of_other_origins(server: Routes) -> None:
    """Who may use a route, how often, and from which pages."""
    arn = server.machine("m")
    key = server.own("CreateApiKey", Name="partner")["Key"]
    other = server.own("CreateApiKey", Name="other", Throttle={"Rate": 0.01, "Burst": 2})["Key"]
    refused("already exists", server.own, "CreateApiKey", Name="partner")
    server.own("PutRoute", Name="mine", Route="POST /mine", StateMachineArn=arn,
               ApiKeys=["partner"], Cors={
                   "AllowOrigins": ["https://shop.example"], "AllowHeaders": ["content-type"],
                   "MaxAge": 60})
    server.own("PutRoute", Name="any", Route="POST /any", StateMachineArn=arn,
               Authorization="API_KEY")
    assert server.ask("POST", "/mine", {}).status == 403
    assert server.ask("POST", "/mine", {}, {"X-Api-Key": "made up"}).status == 403
    assert server.ask("POST", "/mine", {}, {"X-Api-Key": other}).status == 403
    assert server.ask("POST", "/mine", {}, {"X-Api-Key": key}).status == 200
    found = [server.ask("POST", "/any", {}, {"X-Api-Key": other}).status for _ in range(3)]
    assert found == [200, 200, 429], found
    refused("one of the route", server.own, "DeleteApiKey", Name="partner")
    origin = {"Origin": "https://shop.example", "X-Api-Key": key}
    answer = server.ask("POST", "/mine", {}, origin)
    assert answer.status == 200, answer.text
    assert answer.headers["Access-Control-Allow-Origin"] == "https://shop.example"
    asked = server.ask("OPTIONS", "/mine", None, {
        "Origin": "https://shop.example", "Access-Control-Request-Method": "POST"})
    assert asked.status == 204 and asked.headers["Access-Control-Max-Age"] == "60"
    assert asked.headers["Access-Control-Allow-Methods"] == "POST"
    for path in ["/mine", "/any", "/"]:
        evil = {"Origin": "https://evil.example", "X-Api-Key": key}
        stranger = server.ask("POST", path, {}, evil)
        assert stranger.status == 403, (path, stranger.status)
    listed = server.own("ListApiKeys")["ApiKeys"]
    assert [each["Name"] for each in listed] == ["other", "partner"] and key not in str(listed)


@check
def what_is_wrong_with_a_route_is_said(server: Routes) -> None:
    """Patterns, mappings, names."""
    arn = server.machine("m")
    good = {"Name": "r", "Route": "POST /r/{id}", "StateMachineArn": arn}
    for members, part in [
            ({"Route": "POST r"}, "not a route"), ({"Route": "POST /health"}, "server's own"),
            ({"Route": "POST /a/{x+}/b"}, "last part"), ({"Colour": "red"}, "Colour"),
            ({"Action": "StopExecution"}, "one of"), ({"StateMachineArn": None}, "StateMachineArn"),
            ({"Request": {"Input": "{% ( %}"}}, "expression"),
            ({"Request": {"Input": "$request.body..x"}}, "does not name a part"),
            ({"Response": {"Headers": {"Content-Length": "5"}}}, "Content-Length"),
            ({"ApiKeys": ["nobody"]}, "nobody"), ({"Name": "a b"}, "not a name")]:
        refused(part, server.own, "PutRoute", **{**good, **members})
    server.own("PutRoute", **good)
    same = {**good, "Name": "s", "Route": "POST /r/{x}"}
    refused("same requests", server.own, "PutRoute", **same)
    assert [each["Name"] for each in server.own("ListRoutes")["Routes"]] == ["r"]
    assert server.own("GetRoute", Name="r")["Route"]["Route"] == "POST /r/{id}"
    refused("does not exist", server.own, "DeleteRoute", Name="s")


@check
def routes_and_starts_survive_kill_9(server: Routes) -> None:
    """A client that repeats its requests until they are answered starts each execution once."""
    arn = server.machine("m")
    server.own("PutRoute", Name="r", Route="POST /r/{id}", StateMachineArn=arn,
               Request={"Name": "$request.path.id", "Input": "$request.body"})
    port = server.port

    def send(index: int) -> None:
        while True:
            try:
                answer = server.ask("POST", f"/r/e{index}", {"n": index})
                if answer.status == 200:
                    return
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(0.02)
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        sent = [pool.submit(send, index) for index in range(200)]
        for _ in range(3):
            time.sleep(0.3)
            server.process.kill()
            server.process.wait()
            server.process.stdout.close()
            server.port = port
            server.start()
        for each in sent:
            each.result(60)
    assert sorted(each["n"] for each in server.inputs(arn)) == list(range(200))


if __name__ == "__main__":
    sys.exit(check.run(Routes))
