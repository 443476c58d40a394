"""Emulators of AWS in one process each, in memory: moto, without Docker, and ministack."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from sfnctl_server import free_port

REGION = "us-east-1"
KEYS = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}


class Emulator:
    """AWS services at a port of their own."""

    def __init__(self):
        self.port = free_port()
        self.endpoint = f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """Variables with which a server calls this one, and nothing else is looked for."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint, "AWS_REGION": REGION, "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test", "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}

    def client(self, service: str):
        """A client of a service."""
        return client(self.endpoint, service)


class Moto(Emulator):
    """A context manager; `client(NAME)` gives a boto3 client of a service."""

    def __enter__(self) -> "Moto":
        self.output = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from moto.server import main; main()", "-H", "127.0.0.1",
             "-p", str(self.port)],
            stdin=subprocess.DEVNULL, stdout=self.output, stderr=subprocess.STDOUT)
        settings = {"batch": {"use_docker": False}, "lambda": {"use_docker": False}}
        deadline = time.monotonic() + 60
        while True:
            try:
                self.post("/moto-api/config", settings)
                return self
            except (urllib.error.URLError, ConnectionError):
                if self.process.poll() is not None or time.monotonic() > deadline:
                    self.output.seek(0)
                    raise RuntimeError(self.output.read().decode()) from None
                time.sleep(0.1)

    def __exit__(self, *_) -> None:
        self.process.kill()
        self.process.wait()
        self.output.close()

    def post(self, path: str, body: dict) -> None:
        """Posts JSON to moto's own API."""
        request = urllib.request.Request(
            self.endpoint + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=10).close()


class Ministack(Emulator):
    """A ministack server, as `Moto` is one."""

    def __enter__(self) -> "Ministack":
        self.output = tempfile.TemporaryFile()
        program = os.path.join(os.path.dirname(sys.executable), "ministack")
        self.process = subprocess.Popen(
            [program], stdin=subprocess.DEVNULL, stdout=self.output, stderr=subprocess.STDOUT,
            env={**os.environ, "GATEWAY_PORT": str(self.port)}, start_new_session=True)
        deadline = time.monotonic() + 90
        while True:
            try:
                self.client("sqs").list_queues()
                return self
            except (BotoCoreError, ClientError):
                if self.process.poll() is not None or time.monotonic() > deadline:
                    self.output.seek(0)
                    raise RuntimeError(self.output.read().decode()) from None
                time.sleep(0.2)

    def __exit__(self, *_) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.output.close()


def client(endpoint: str, service: str):
    """A client of a service at an endpoint."""
    return boto3.client(service, endpoint_url=endpoint, region_name=REGION,
                        config=Config(retries={"total_max_attempts": 1}), **KEYS)
