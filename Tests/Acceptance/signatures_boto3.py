#!/usr/bin/env python3
"""AWS Signature Version 4 on `sfnctl serve --credentials`, with botocore as the signer.

Prints `N passed, N failed`.
"""

import datetime
import hashlib
import http.client
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import boto3
import botocore.auth
from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from checks import Checks
from sfnctl_server import Server, free_port, sfnctl

KEYS = """[default]
aws_access_key_id = AKIDDEFAULT
aws_secret_access_key = one/two+three
[session]
aws_access_key_id = ASIASESSION
aws_secret_access_key = four
aws_session_token = five==
[over]
aws_access_key_id = ASIAOVER
aws_secret_access_key = six
aws_session_token = seven
aws_credential_expiration = 2020-01-01T00:00:00Z
"""
DEFAULT = Credentials("AKIDDEFAULT", "one/two+three")
SESSION = Credentials("ASIASESSION", "four", "five==")
LIST = {"X-Amz-Target": "AWSStepFunctions.ListActivities",
        "Content-Type": "application/x-amz-json-1.0"}
check = Checks()


class SignedServer(Server):
    """A server that asks for signatures; its own client has a key."""

    def client(self, read_seconds: int = 70, key: Credentials = DEFAULT, **settings):
        config = Config(retries={"total_max_attempts": 1}, read_timeout=read_seconds)
        return boto3.client(
            "stepfunctions", endpoint_url=self.endpoint, config=config,
            aws_access_key_id=key.access_key, aws_secret_access_key=key.secret_key,
            aws_session_token=key.token, **{"region_name": "us-east-1", **settings})


class PresignedAuth(SigV4QueryAuth):
    """Presigns the body `{}`, which botocore itself would move into the query."""

    def payload(self, request):
        return hashlib.sha256(b"{}").hexdigest()


class EndlessAuth(PresignedAuth):
    """Presigns without X-Amz-Expires, as signers do that know the parameter of S3 alone."""

    def _modify_request_before_signing(self, request):
        super()._modify_request_before_signing(request)
        request.url = re.sub("&X-Amz-Expires=[0-9]+", "", request.url)


def send(server, method="POST", url="/", headers=None, body="{}"):
    """Status and members of the answer to a request sent byte by byte as given."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    headers = {name: value for name, value in (headers or {}).items()
               if name != "Content-Length"}
    connection.request(method, url, body=body, headers=headers)
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    return answer.status, json.loads(text)


def signed(server, key=DEFAULT, body="{}", signer=SigV4Auth, when=None, **settings):
    """A request as botocore signs it; `when` is the signer's time."""
    request = AWSRequest("POST", server.endpoint + "/", data=body, headers=dict(LIST))
    scope = {"service_name": "states", "region_name": "us-east-1"}
    auth = signer(key, **{**scope, **settings})
    if when is None:
        auth.add_auth(request)
    else:
        actual = botocore.auth.get_current_datetime
        botocore.auth.get_current_datetime = lambda *_: when
        try:
            auth.add_auth(request)
        finally:
            botocore.auth.get_current_datetime = actual
    return request.prepare()


def expect(answer, status, code=None, part=""):
    """Fails unless the answer is as wanted."""
    assert answer[0] == status, answer
    assert answer[1].get("__type") == code and part in answer[1].get("message", ""), answer


def refusal(call):
    """The code with which a client's call is refused."""
    try:
        call()
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None


@check
def clients_with_keys(server):
    for key in (DEFAULT, SESSION):
        assert server.client(key=key).list_activities()["activities"] == []
    arn = server.client().create_activity(name="ä-Ünïcode")["activityArn"]
    assert server.client(key=SESSION).describe_activity(activityArn=arn)["name"] == "ä-Ünïcode"


@check
def clients_without(server):
    cases = {
        "UnrecognizedClientException": [
            Credentials("AKIDOTHER", "one"), Credentials("ASIASESSION", "four"),
            Credentials("ASIASESSION", "four", "wrong"), Credentials("AKIDDEFAULT", "x", "y")],
        "InvalidSignatureException": [Credentials("AKIDDEFAULT", "other")],
        "ExpiredTokenException": [Credentials("ASIAOVER", "six", "seven")],
    }
    for code, keys in cases.items():
        for key in keys:
            assert refusal(server.client(key=key).list_activities) == code, (code, key.access_key)
    elsewhere = server.client(region_name="eu-central-1")
    assert refusal(elsewhere.list_activities) == "InvalidSignatureException"


@check
def unsigned(server):
    expect(send(server, headers=LIST), 400, "MissingAuthenticationTokenException",
           "Missing Authentication Token")
    expect(send(server, headers={**LIST, "Authorization": "Basic abc"}), 400,
           "IncompleteSignatureException", "requires 'Credential' parameter")
    assert send(server, "GET", "/health")[0] == 200, "health needs no key"
    # Too large is said before anything is read of it, signed or not.
    expect(send(server, headers=LIST, body="x" * 1_200_000), 413, "RequestEntityTooLarge")
    expect(send(server, headers=LIST, body="{"), 400, "MissingAuthenticationTokenException")


@check
def changed_on_the_way(server):
    request = signed(server)
    headers = dict(request.headers)
    expect(send(server, headers=headers), 200)
    expect(send(server, headers=headers, body='{"maxResults":1}'), 400,
           "InvalidSignatureException", "signature we calculated does not match")
    other = {**headers, "X-Amz-Target": "AWSStepFunctions.ListStateMachines"}
    expect(send(server, headers=other), 400, "InvalidSignatureException")
    expect(send(server, url="/?maxResults=1", headers=headers), 400, "InvalidSignatureException")
    expect(send(server, headers={**headers, "Host": "elsewhere"}), 400,
           "InvalidSignatureException")
    expect(send(server, headers={**headers, "X-Amz-Later": "1"}), 400,
           "InvalidSignatureException", "must be a 'SignedHeader'")


@check
def clock_skew(server):
    now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
    for minutes, good in ((-14, True), (14, True), (-16, False), (16, False)):
        request = signed(server, when=now + datetime.timedelta(minutes=minutes))
        answer = send(server, headers=dict(request.headers))
        if good:
            expect(answer, 200)
        else:
            part = "Signature expired" if minutes < 0 else "Signature not yet current"
            expect(answer, 400, "InvalidSignatureException", part)


@check
def presigned(server):
    now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)

    def target(request):
        return request.url.removeprefix(server.endpoint)

    for key in (DEFAULT, SESSION):
        request = signed(server, key, signer=PresignedAuth, expires=60)
        expect(send(server, url=target(request), headers=dict(request.headers)), 200)
    expect(send(server, url=target(request), headers=dict(request.headers), body='{"a":1}'), 400,
           "InvalidSignatureException")
    expect(send(server, url=target(request) + "&more=1", headers=dict(request.headers)), 400,
           "InvalidSignatureException")
    hour = now - datetime.timedelta(minutes=60)
    for seconds, status in ((3900, 200), (3300, 400)):
        old = signed(server, signer=PresignedAuth, expires=seconds, when=hour)
        answer = send(server, url=target(old), headers=dict(old.headers))
        assert answer[0] == status, answer
    expect(answer, 400, "InvalidSignatureException", "Signature expired")
    for minutes, status in ((0, 200), (14, 200), (16, 400)):
        endless = signed(server, signer=EndlessAuth, when=now - datetime.timedelta(minutes=minutes))
        assert "Expires" not in endless.url, endless.url
        answer = send(server, url=target(endless), headers=dict(endless.headers))
        assert answer[0] == status, (minutes, answer)
    expect(answer, 400, "InvalidSignatureException", "Signature expired")
    short = target(request).split("&X-Amz-Signature")[0]
    expect(send(server, url=short, headers=dict(request.headers)), 400,
           "IncompleteSignatureException", "must include 'X-Amz-Signature'")


@check
def keys_are_exchanged(server):
    later = Credentials("AKIDLATER", "new")
    text = KEYS + "[later]\naws_access_key_id = AKIDLATER\naws_secret_access_key = new\n"
    pathlib.Path(server.keys).write_text(text.replace("AKIDDEFAULT", "AKIDREPLACED"))
    deadline = time.monotonic() + 20
    while refusal(server.client(key=later).list_activities) is not None:
        assert time.monotonic() < deadline, "the changed file is not read"
        time.sleep(0.1)
    assert refusal(server.client().list_activities) == "UnrecognizedClientException"
    pathlib.Path(server.keys).write_text("[broken")
    time.sleep(1.2)
    assert server.client(key=later).list_activities() is not None, "the keys stay"


@check
def own_commands_sign(server):
    environment = {
        **os.environ, "AWS_ACCESS_KEY_ID": "ASIASESSION", "AWS_SECRET_ACCESS_KEY": "four",
        "AWS_SESSION_TOKEN": "five=="}
    client = server.client(key=SESSION)
    arn = client.create_state_machine(
        name="own", roleArn="arn:aws:iam::000000000000:role/r", definition=json.dumps(
            {"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}))["stateMachineArn"]
    client.start_execution(stateMachineArn=arn, name="one")
    command = [sfnctl(), "history", "own:one", "--endpoint", server.endpoint]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30)
    assert ran.returncode == 0 and "ExecutionStarted" in ran.stdout, ran
    none = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    ran = subprocess.run(command, env={**none, "HOME": "/nonexistent"}, capture_output=True,
                         text=True, timeout=30)
    assert ran.returncode == 1 and "MissingAuthenticationToken" in ran.stderr, ran


@check
def only_loopback_without_keys(server):
    with tempfile.TemporaryDirectory() as scratch:
        command = [sfnctl(), "serve", "--data-dir", f"{scratch}/data", "--port",
                   str(free_port())]
        for host in ("0.0.0.0", "::", "example.org", "127.0.0.1.example.org"):
            ran = subprocess.run([*command, "--host", host], capture_output=True, text=True,
                                 timeout=30)
            assert ran.returncode == 64 and "--credentials" in ran.stderr, ran
        both = [*command, "--allow-anonymous", "--credentials", server.keys]
        assert subprocess.run(both, capture_output=True, timeout=30).returncode == 64
        pathlib.Path(f"{scratch}/keys").write_text(KEYS)
        os.chmod(f"{scratch}/keys", 0o644)
        ran = subprocess.run([*command, "--credentials", f"{scratch}/keys"], capture_output=True,
                             text=True, timeout=30)
        assert ran.returncode == 65 and "chmod 600" in ran.stderr, ran


def main() -> int:
    with tempfile.TemporaryDirectory() as scratch:
        keys = os.path.join(scratch, "keys.ini")
        pathlib.Path(keys).touch(mode=0o600)
        pathlib.Path(keys).write_text(KEYS)
        with SignedServer(None, "--credentials", keys) as server:
            server.keys = keys
            return check.run(server)


if __name__ == "__main__":
    sys.exit(main())
