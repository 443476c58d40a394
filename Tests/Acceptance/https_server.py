#!/usr/bin/env python3
"""sfnctl serve speaks HTTPS: with boto3, curl and sfnctl, and with certificates exchanged.

Prints `N passed, N failed`.
"""

import contextlib
import ipaddress
import json
import os
import pathlib
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time

import boto3
from botocore.config import Config

from certificates import Authority
from checks import Checks
from cryptography import x509
from process import PASS, ROLE, Process
from sfnctl_server import sfnctl

check = Checks()
LOCAL = x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))


class World:
    """A server with a certificate, and the authority that vouches for it."""

    def __init__(self, folder: str):
        self.folder = pathlib.Path(folder)
        self.authority = Authority(self.folder, "ours")
        self.pem = self.authority.vouched(*LOCAL)
        os.chmod(self.pem, 0o600)
        self.output = self.folder / "output"

    @contextlib.contextmanager
    def served(self, *arguments: str):
        """The server; what it says is in a file."""
        with open(self.output, "wb") as output, Process(
                str(self.folder / "data"), "--tls-cert", self.pem, "--tls-key", self.pem,
                *arguments, stdout=output, stderr=output) as server:
            yield server

    def client(self, server: Process):
        """A boto3 client that trusts the authority."""
        return boto3.client(
            "stepfunctions", endpoint_url=f"https://localhost:{server.port}",
            region_name="us-east-1", aws_access_key_id="local", aws_secret_access_key="local",
            verify=str(self.authority.file),
            config=Config(retries={"total_max_attempts": 1}, inject_host_prefix=False))

    def serial(self, server: Process) -> int:
        """The serial number of the certificate that a new connection sees."""
        context = ssl.create_default_context(cafile=str(self.authority.file))
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as plain:
            with context.wrap_socket(plain, server_hostname="localhost") as secure:
                return x509.load_der_x509_certificate(
                    secure.getpeercert(binary_form=True)).serial_number

    def said(self) -> str:
        """What the server has said so far."""
        return self.output.read_text(encoding="utf-8")

    def until(self, text: str, count: int = 1) -> None:
        """Waits until the server has said something so often."""
        end = time.monotonic() + 10
        while self.said().count(text) < count:
            assert time.monotonic() < end, self.said()
            time.sleep(0.05)


def world() -> World:
    """Made anew for each check."""
    scratch = tempfile.TemporaryDirectory()
    made = World(scratch.name)
    made.scratch = scratch
    return made


def curl(*arguments: str) -> subprocess.CompletedProcess:
    """A run of curl."""
    return subprocess.run(["curl", "--silent", "--show-error", "--max-time", "10", *arguments],
                          capture_output=True, text=True, timeout=30, check=False)


@check
def clients(place: World):
    with place.served() as server:
        place.until(f"at https://127.0.0.1:{server.port}")
        assert f"console https://127.0.0.1:{server.port}/console/" in place.said()
        client = place.client(server)
        arn = client.create_state_machine(
            name="m", definition=PASS, roleArn=ROLE)["stateMachineArn"]
        long = json.dumps("x" * 250_000)
        run = client.start_execution(stateMachineArn=arn, input=long)["executionArn"]
        assert client.describe_execution(executionArn=run)["input"] == long
        url = f"https://localhost:{server.port}/health"
        done = curl("--cacert", str(place.authority.file), "--http2", "--include", url)
        assert done.stdout.startswith("HTTP/1.1 200") and "\ndate: " in done.stdout.lower(), done
        done = curl(url)
        assert done.returncode == 60, "an authority that is not known is not trusted"
        done = curl("--cacert", str(place.authority.file), "--tls-max", "1.1", url)
        assert done.returncode != 0 and not done.stdout, done
        environment = {**os.environ, "AWS_CA_BUNDLE": str(place.authority.file)}
        done = subprocess.run(
            [sfnctl(), "machines", "list", "--json", "--endpoint",
             f"https://localhost:{server.port}"], env=environment, capture_output=True, text=True,
            timeout=30, check=False)
        assert json.loads(done.stdout)["stateMachines"][0]["name"] == "m", done
        assert server.stop()[0] == 0


@check
def what_is_spoken_inside(place: World):
    with place.served() as server:
        context = ssl.create_default_context(cafile=str(place.authority.file))
        for offered, agreed in ((["h2", "http/1.1"], "http/1.1"), (["http/1.1"], "http/1.1")):
            context.set_alpn_protocols(offered)
            with socket.create_connection(("127.0.0.1", server.port), timeout=10) as plain:
                with context.wrap_socket(plain, server_hostname="localhost") as secure:
                    assert secure.selected_alpn_protocol() == agreed
                    assert secure.version() in ("TLSv1.2", "TLSv1.3")


@check
def certificates_are_exchanged(place: World):
    with place.served() as server:
        with contextlib.ExitStack() as stack:
            client = place.client(server)
            stack.callback(client.close)
            client.list_state_machines()
            first = place.serial(server)
            # The file changes: the next connection but a second sees it.
            place.authority.vouched(*LOCAL)
            end = time.monotonic() + 10
            while place.serial(server) == first:
                assert time.monotonic() < end
                time.sleep(0.1)
            second = place.serial(server)
            place.until("TLS certificate read again")
            client.list_state_machines()
            # At SIGHUP at once, and whatever is wrong with it changes nothing.
            good = pathlib.Path(place.pem).read_bytes()
            for bad, reason in ((b"nonsense", "no certificate"),
                                (good[good.index(b"-----BEGIN CERT"):], "no private key"),
                                (mixed(place, good), "is not the key of the certificate")):
                pathlib.Path(place.pem).write_bytes(bad)
                server.process.send_signal(signal.SIGHUP)
                place.until(reason)
                assert place.serial(server) == second
            place.authority.vouched(*LOCAL)
            server.process.send_signal(signal.SIGHUP)
            place.until("TLS certificate read again", 2)
            assert place.serial(server) not in (first, second)
            client.list_state_machines()
        assert server.stop()[0] == 0


def mixed(place: World, good: bytes) -> bytes:
    """The certificate of one file with the key of another."""
    other = pathlib.Path(place.authority.vouched(*LOCAL, file="other.pem")).read_bytes()
    cut = b"-----BEGIN CERT"
    return other[:other.index(cut)] + good[good.index(cut):]


@check
def others_are_told(place: World):
    with place.served("--access-log", str(place.folder / "access")) as server:
        done = curl("--include", f"http://127.0.0.1:{server.port}/health")
        assert done.stdout.startswith("HTTP/1.1 400") and "https://" in done.stdout, done
        name = next(line.split(": ")[1] for line in done.stdout.splitlines()
                    if line.lower().startswith("x-amzn-requestid"))
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
            connection.sendall(b"\x16\x03\x01 this is no handshake at all")
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(1000):
                pass
        place.client(server).list_state_machines()
        place.until("a request is refused", 2)
        # Who begins to agree on TLS and goes on with nothing does not hold up the end.
        slow = socket.create_connection(("127.0.0.1", server.port), timeout=10)
        slow.sendall(b"\x16\x03\x01\x02")
        status, seconds = server.stop()
        assert status == 0 and seconds < 3, (status, seconds)
        slow.close()
        lines = [json.loads(line) for line in
                 (place.folder / "access").read_text(encoding="utf-8").splitlines()]
        assert any(line["requestId"] == name and line["status"] == 400 for line in lines), lines


@check
def what_cannot_be_used(place: World):
    other = place.authority.vouched(*LOCAL, file="other.pem")
    empty = place.folder / "empty.pem"
    empty.touch()
    for arguments, status, reason in (
            (["--tls-cert", place.pem], 64, "--tls-key"),
            (["--tls-cert", place.pem, "--tls-key", "/nowhere"], 65, "/nowhere: the file cannot"),
            (["--tls-cert", place.pem, "--tls-key", other], 65, "is not the key of"),
            (["--tls-cert", str(empty), "--tls-key", other], 65, "no certificate in PEM")):
        done = subprocess.run(
            [sfnctl(), "serve", "--data-dir", str(place.folder / "none"), *arguments],
            capture_output=True, text=True, timeout=30, check=False)
        assert done.returncode == status and reason in done.stderr, done
        assert not (place.folder / "none").exists(), "nothing was made before"


@check
def the_cookie_is_secure(place: World):
    keys = place.folder / "keys.ini"
    keys.touch(mode=0o600)
    keys.write_text("[a]\naws_access_key_id = AKIDA\naws_secret_access_key = open\n",
                    encoding="utf-8")
    with place.served("--credentials", str(keys)) as server:
        url = f"https://localhost:{server.port}"
        done = curl("--cacert", str(place.authority.file), "--include",
                    "--header", f"Origin: {url}", "--header", "X-Stepwell-Console: 1",
                    "--data", '{"accessKeyId":"AKIDA","secretAccessKey":"open"}',
                    f"{url}/console/api/session")
        cookie = next(line for line in done.stdout.splitlines()
                      if line.lower().startswith("set-cookie"))
        assert "; Secure" in cookie and f"stepwell-session-{server.port}=" in cookie, cookie


if __name__ == "__main__":
    sys.exit(check.run(world))
