#!/usr/bin/env python3
"""The same session by clients in other languages. Prints `N passed, N failed`.

The AWS SDKs for Go (v1 and v2) and Ruby, AsyncAws for PHP, Node with aws4, and the JDK's HTTP
client: programs in `Clients`, upon Debian's packages, which `Tools/test --long` installs. Each goes
through the steps below without credentials, with a key and with a session token, and is refused
with a key that is not known and with a secret that is wrong.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

import botocore

from checks import Checks
from sfnctl_server import Server
from signatures_boto3 import KEYS, SignedServer

FOLDER = pathlib.Path(__file__).resolve().parent / "Clients"
BUILD = FOLDER.parents[2] / ".build" / "clients"
STEPS = ["create", "start", "history", "stop", "list", "tags", "errors", "activity", "sync",
         "delete"]
MODEL = (pathlib.Path(botocore.__file__).parent
         / "data" / "stepfunctions" / "2016-11-23" / "service-2.json.gz")
check = Checks()


def go(name: str) -> list[str]:
    """A program of Go, built upon the packages that Debian has."""
    program = BUILD / name
    built = subprocess.run(
        ["go", "build", "-o", program, FOLDER / f"{name}.go"], capture_output=True, text=True,
        env={**os.environ, "GOPATH": "/usr/share/gocode", "GO111MODULE": "off", "GOFLAGS": "",
             "GOCACHE": str(BUILD / "go")})
    assert built.returncode == 0, built.stderr
    return [program]


def java(name: str) -> list[str]:
    """A program of Java."""
    built = subprocess.run(["javac", "-d", BUILD, FOLDER / f"{name}.java"], capture_output=True,
                           text=True)
    assert built.returncode == 0, built.stderr
    return ["java", "-cp", BUILD, name]


CLIENTS = {
    "go_v1": lambda: go("go_v1"), "go_v2": lambda: go("go_v2"), "java": lambda: java("Java"),
    "node": lambda: ["node", FOLDER / "node.js"], "php": lambda: ["php", FOLDER / "php.php"],
    "ruby": lambda: ["ruby", FOLDER / "ruby.rb"],
}


def said(command: list[str], server: Server, *keys: str) -> list[str]:
    """The lines that a session says."""
    environment = {**os.environ, "NODE_PATH": "/usr/share/nodejs", "SFN_MODEL": str(MODEL)}
    ran = subprocess.run([*command, server.endpoint, *keys], capture_output=True, text=True,
                         timeout=120, env=environment)
    lines = ran.stdout.splitlines()
    assert (ran.returncode == 0) == (not any(line.startswith("FAIL") for line in lines)), ran
    return lines


def session(name: str):
    """The check of a client."""
    def goes_through(folder: pathlib.Path) -> None:
        command = CLIENTS[name]()
        whole = [f"ok {step}" for step in STEPS]
        with Server() as server:
            assert (lines := said(command, server, "any", "key")) == whole, lines
        keys = folder / "keys"
        keys.write_text(KEYS)
        keys.chmod(0o600)
        for key in (("AKIDDEFAULT", "one/two+three"), ("ASIASESSION", "four", "five==")):
            with SignedServer(None, "--credentials", str(keys)) as server:
                assert (lines := said(command, server, *key)) == whole, (key, lines)
        with SignedServer(None, "--credentials", str(keys)) as server:
            for key, code in ((("AKIDDEFAULT", "wrong"), "InvalidSignatureException"),
                              (("AKIDNOBODY", "wrong"), "UnrecognizedClientException"),
                              (("ASIASESSION", "four"), "UnrecognizedClientException")):
                lines = said(command, server, *key)
                assert lines[0].startswith("FAIL create: ") and code in lines[0], (key, lines)
    goes_through.__name__ = name
    return goes_through


for each in CLIENTS:
    check(session(each))


def main() -> int:
    BUILD.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        return check.run(pathlib.Path(folder))


if __name__ == "__main__":
    sys.exit(main())
