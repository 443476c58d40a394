#!/usr/bin/env python3
"""Clients that do not read, do not finish, are too many, or come from another's page.

Prints `N passed, N failed`.
"""

import json
import pathlib
import resource
import signal
import socket
import sys
import tempfile
import threading
import time

from checks import Checks
from process import Process, request

check = Checks()


def limited(soft: int, hard: int):
    """Sets the limit of descriptors before the program begins."""
    return lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def connect(server: Process) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=20)


def status(server: Process, text: str) -> int:
    """The status that a request of these bytes is answered with."""
    with connect(server) as connection:
        connection.sendall(text.encode())
        return int(connection.recv(65_536).split()[1])


@check
def never_reads():
    """1,200 requests for a history of 250 kB, no answer read: 300 MB that are nobody's."""
    with tempfile.TemporaryDirectory() as scratch, Process(f"{scratch}/data") as server:
        arn = server.machine("m")
        run = server.call("StartExecution", stateMachineArn=arn,
                          input=json.dumps("x" * 250_000))["executionArn"]
        body = json.dumps({"executionArn": run}).encode()
        one = request("GetExecutionHistory", len(body), body)
        with connect(server) as reader:
            reader.sendall(one)
            assert reader.recv(100).startswith(b"HTTP/1.1 200")
        idle = server.anonymous_megabytes()
        with connect(server) as connection:
            # Sending gets stuck, as it should, when nobody reads at the other end.
            sending = threading.Thread(target=_send, args=(connection, one * 1200), daemon=True)
            sending.start()
            most = 0.0
            for _ in range(40):
                time.sleep(0.1)
                most = max(most, server.anonymous_megabytes())
                assert server.get("/health")[0] == 200
            server.call("StartExecution", stateMachineArn=arn)
            connection.shutdown(socket.SHUT_RDWR)
            sending.join(20)
        print(f"     idle {idle:.0f} MB, at most {most:.0f} MB")
        assert most - idle <= 64, (idle, most)
        assert server.stop()[0] == 0


def _send(connection: socket.socket, text: bytes) -> None:
    try:
        connection.sendall(text)
    except OSError:
        pass


@check
def half_bodies():
    """400 bodies of a megabyte that lack a byte hold 128 MiB, and keep nobody from service."""
    with tempfile.TemporaryDirectory() as scratch:
        with Process(f"{scratch}/data", preexec_fn=limited(1024, 1024)) as server:
            arn = server.machine("m")
            idle = server.anonymous_megabytes()
            body = b"x" * 1_048_575
            held = [connect(server) for _ in range(400)]
            for connection in held:
                _send(connection, request("StartExecution", len(body) + 1, body))
            time.sleep(1)
            most = server.anonymous_megabytes()
            print(f"     idle {idle:.0f} MB, with them {most:.0f} MB")
            assert most - idle <= 256, (idle, most)
            # Whoever stands still for two seconds gives way.
            time.sleep(1.5)
            server.call("StartExecution", stateMachineArn=arn, input=json.dumps("y" * 200_000))
            for connection in held:
                connection.close()


@check
def too_many_connections():
    with tempfile.TemporaryDirectory() as scratch:
        with Process(f"{scratch}/data", preexec_fn=limited(96, 96)) as server:
            arn = server.machine("m")
            old = connect(server)
            idle = []
            for _ in range(200):
                idle.append(connect(server))
            time.sleep(0.5)
            before = server.cpu_seconds()
            time.sleep(2)
            spent = server.cpu_seconds() - before
            assert spent < 0.5, f"{spent} s of 2 s were spent on connections that cannot be"
            body = json.dumps({"stateMachineArn": arn}).encode()
            old.sendall(request("StartExecution", len(body), body))
            assert old.recv(1000).startswith(b"HTTP/1.1 200"), "the old ones are served"
            for connection in [old, *idle]:
                connection.close()
            time.sleep(0.5)
            assert server.get("/health")[0] == 200
            assert server.stop()[0] == 0
            assert "connections are not accepted" in server.output()


@check
def descriptors_run_out():
    """The limit is lowered below what is open: nothing can be accepted until it is raised."""
    with tempfile.TemporaryDirectory() as scratch, Process(f"{scratch}/data") as server:
        old = connect(server)
        pid = server.process.pid
        server.get("/health")
        usual = resource.prlimit(pid, resource.RLIMIT_NOFILE)
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (8, usual[1]))
        waiting = [connect(server) for _ in range(20)]
        before = server.cpu_seconds()
        time.sleep(2)
        spent = server.cpu_seconds() - before
        assert spent < 0.5, f"{spent} s of 2 s were spent on connections that cannot be"
        old.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert old.recv(1000).startswith(b"HTTP/1.1 200"), "the old one is served"
        resource.prlimit(pid, resource.RLIMIT_NOFILE, usual)
        assert server.get("/health")[0] == 200
        for connection in [old, *waiting]:
            connection.close()
        assert server.stop()[0] == 0
        said = server.output()
        assert said.count("Too many open files") == 1, said


@check
def soft_limit():
    with tempfile.TemporaryDirectory() as scratch:
        with Process(f"{scratch}/data", preexec_fn=limited(64, 2048)) as server:
            limits = pathlib.Path(f"/proc/{server.process.pid}/limits").read_text()
            line = next(each for each in limits.splitlines() if each.startswith("Max open files"))
            assert line.split()[3:5] == ["2048", "2048"], line


@check
def hosts_and_origins():
    with tempfile.TemporaryDirectory() as scratch:
        with Process(f"{scratch}/data", "--allow-host", "states.example.org") as server:
            own = f"127.0.0.1:{server.port}"
            for host, more, expected in [
                    (own, "", 200), ("localhost", "", 200), ("[::1]:1", "", 200),
                    ("states.example.org", "", 200), ("evil.example", "", 403),
                    (own, f"Origin: http://{own}\r\n", 200),
                    (own, "Origin: http://evil.example\r\n", 403),
                    (own, f"Host: {own}\r\n", 400)]:
                text = f"GET /health HTTP/1.1\r\nHost: {host}\r\n{more}\r\n"
                assert status(server, text) == expected, (host, more)
            assert status(server, "GET /health HTTP/1.1\r\n\r\n") == 400


def main() -> int:
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    return check.run()


if __name__ == "__main__":
    sys.exit(main())
