#!/usr/bin/env python3
"""sfnctl asks servers over https: whose certificates it trusts, and what it says of others.

A proxy of Python's ssl ends TLS in front of a server. Prints `N passed, N failed`.
"""

import contextlib
import http.client
import http.server
import ipaddress
import json
import os
import pathlib
import ssl
import subprocess
import sys
import tempfile
import threading

from certificates import Authority
from checks import Checks
from cryptography import x509
from process import Process
from sfnctl_server import sfnctl

check = Checks()


@contextlib.contextmanager
def proxied(certificate: str, port: int):
    """A proxy that ends TLS in front of a port; its own port."""
    class Handler(http.server.BaseHTTPRequestHandler):
        """Passes on."""
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            """Any call."""
            body = self.rfile.read(int(self.headers["Content-Length"]))
            behind = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            behind.request("POST", self.path, body, dict(self.headers.items()))
            answer = behind.getresponse()
            text = answer.read()
            behind.close()
            self.send_response(answer.status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_):
            """Nothing."""

    class Quiet(http.server.ThreadingHTTPServer):
        """Says nothing of clients that do not trust it."""

        def handle_error(self, *_):
            """Nothing."""

    server = Quiet(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def machines(url: str, bundle, *, variable: bool = False) -> subprocess.CompletedProcess:
    """Lists the state machines of the server at a URL."""
    environment = {name: value for name, value in os.environ.items()
                   if not name.startswith(("AWS_", "STEPWELL_"))}
    environment["HOME"] = "/nonexistent"
    if bundle:
        environment["AWS_CA_BUNDLE"] = str(bundle)
    if variable:
        environment["AWS_ENDPOINT_URL_SFN"] = url
    place = [] if variable else ["--endpoint", url]
    return subprocess.run(
        [sfnctl(), "machines", "list", "--json", *place], env=environment,
        capture_output=True, text=True, timeout=60, check=False)


@check
def the_file_of_authorities_is_trusted():
    with tempfile.TemporaryDirectory() as scratch, Process(f"{scratch}/data") as server:
        folder = pathlib.Path(scratch)
        server.machine("here")
        ours, others = Authority(folder, "ours"), Authority(folder, "others")
        both = folder / "both.pem"
        both.write_bytes(others.file.read_bytes() + b"a comment\n" + ours.file.read_bytes())
        local = x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
        with proxied(ours.vouched(*local), server.port) as port:
            for url in (f"https://127.0.0.1:{port}", f"https://localhost:{port}"):
                for bundle in (ours.file, both):
                    done = machines(url, bundle, variable=bundle == both)
                    assert done.returncode == 0, done
                    assert [each["name"] for each in json.loads(done.stdout)[
                        "stateMachines"]] == ["here"], done.stdout
                for bundle in (None, others.file):
                    done = machines(url, bundle)
                    assert done.returncode == 69 and "AWS_CA_BUNDLE" in done.stderr, done
                    assert "BoringSSL" not in done.stderr and not done.stdout, done
            for bundle, reason in ((folder / "none", "cannot be read"),
                                   (server_key_alone(folder), "no certificate")):
                done = machines(f"https://localhost:{port}", bundle)
                assert done.returncode == 69 and reason in done.stderr, done
            done = machines(f"http://127.0.0.1:{server.port}", folder / "none")
            assert done.returncode == 0, "http needs no authority"


def server_key_alone(folder: pathlib.Path) -> pathlib.Path:
    """A file without a certificate."""
    path = folder / "key.pem"
    path.write_text("-----BEGIN PRIVATE KEY-----\n", encoding="ascii")
    return path


@check
def others_are_told_why():
    with tempfile.TemporaryDirectory() as scratch, Process(f"{scratch}/data") as server:
        ours = Authority(pathlib.Path(scratch), "ours")
        with proxied(ours.vouched(x509.DNSName("example.org")), server.port) as port:
            for host in ("localhost", "127.0.0.1"):
                done = machines(f"https://{host}:{port}", ours.file)
                assert done.returncode == 69 and "another host" in done.stderr, done
        done = machines(f"https://127.0.0.1:{server.port}", ours.file)
        assert done.returncode == 69 and "TLS" in done.stderr, done


if __name__ == "__main__":
    sys.exit(check.run())
