"""A running `sfnctl serve` for acceptance tests."""

import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import time

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError

START_SECONDS = 30
# No credentials are looked for outside this machine.
os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")


def sfnctl() -> str:
    """The program under test: SFNCTL, else this package's release build."""
    root = pathlib.Path(__file__).resolve().parents[2]
    return os.environ.get("SFNCTL", str(root / ".build" / "release" / "sfnctl"))


def free_port() -> int:
    """A port that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A server on a directory of its own, or on a given one; a context manager."""

    def __init__(self, data: str | None = None, *arguments: str):
        self.scratch = tempfile.TemporaryDirectory()
        self.data = data or os.path.join(self.scratch.name, "data")
        self.arguments = arguments
        self.port = free_port()
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen | None = None

    def client(self, read_seconds: int = 70):
        """A Step Functions client that does not retry."""
        config = Config(retries={"total_max_attempts": 1}, read_timeout=read_seconds)
        return boto3.client(
            "stepfunctions", endpoint_url=self.endpoint, region_name="us-east-1", config=config,
            aws_access_key_id="local", aws_secret_access_key="local")

    def start(self) -> None:
        """Starts the process and waits until it answers."""
        self.output = open(os.path.join(self.scratch.name, "output"), "a+")
        self.process = subprocess.Popen(
            [sfnctl(), "serve", "--data-dir", self.data, "--port", str(self.port),
             *self.arguments],
            stdin=subprocess.DEVNULL, stdout=self.output, stderr=subprocess.STDOUT)
        deadline = time.monotonic() + START_SECONDS
        while self.process.poll() is None and time.monotonic() < deadline:
            try:
                self.client().list_state_machines()
                return
            except BotoCoreError:
                time.sleep(0.02)
        self.output.seek(0)
        self.kill()
        raise RuntimeError("the server does not answer:\n" + self.output.read())

    def kill(self) -> None:
        """Ends the process without warning."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """Asks the process to end; its status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(15)

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, *_) -> None:
        if self.process.poll() is None:
            self.kill()
        self.output.close()
        self.scratch.cleanup()
