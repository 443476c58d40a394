"""What a catalog of many state machines costs the server: creating, listing, starting it again.

Usage: bench-catalog.py SFNCTL [--quick] [--json FILE]. State machines with a definition each of
their own are created over kept connections; the server's processor time per request is taken at
several sizes of the catalog. Then pages are listed from the beginning to the end, and the server is
killed with -9 and started again: how long until it is ready, what it has in memory.
"""

import json
import os
import sys
import tempfile
import threading
import time

from bench_report import merge
from bench_server import ROLE, Client, Server

CLIENTS = 8


def definition(number: int) -> str:
    """A definition that no other state machine has: a task, a choice, a wait."""
    return json.dumps({"Comment": f"number {number}", "StartAt": "Work", "States": {
        "Work": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
                 "Parameters": {"QueueUrl": f"queue-{number}", "MessageBody.$": "$"},
                 "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 3}],
                 "ResultPath": "$.sent", "Next": "Judge"},
        "Judge": {"Type": "Choice", "Default": "Rest", "Choices": [
            {"Variable": "$.sent.ok", "BooleanEquals": True, "Next": "Done"}]},
        "Rest": {"Type": "Wait", "Seconds": 60, "Next": "Work"},
        "Done": {"Type": "Succeed"}}})


def create(port: int, numbers: range) -> None:
    """Creates state machines, some at a time."""
    def work(share: range) -> None:
        client = Client(port)
        for number in share:
            client.call("CreateStateMachine", name=f"machine-{number * 7919 % 1_000_003}",
                        definition=definition(number), roleArn=ROLE)
    threads = [threading.Thread(target=work, args=(numbers[first::CLIENTS],))
               for first in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def listed(server: Server) -> dict:
    """Lists everything by pages of 100; processor time and the slowest page."""
    client, token, count, pages, slowest = Client(server.port), {}, 0, 0, 0.0
    before = server.processor_seconds()
    while True:
        began = time.monotonic()
        page = client.call("ListStateMachines", maxResults=100, **token)
        slowest = max(slowest, time.monotonic() - began)
        count += len(page["stateMachines"])
        pages += 1
        if "nextToken" not in page:
            break
        token = {"nextToken": page["nextToken"]}
    used = server.processor_seconds() - before
    return {"machines": count, "pages": pages, "processor ms a page": used * 1_000 / pages,
            "slowest page ms": slowest * 1_000}


def main() -> int:
    """Measures, and prints a line for each figure."""
    sfnctl, *options = sys.argv[1:]
    sizes = [1_000, 5_000] if "--quick" in options else [1_000, 10_000, 50_000, 100_000]
    figures: dict = {"create": {}}
    with tempfile.TemporaryDirectory(dir=os.environ.get("STEPWELL_BENCH_DIRECTORY")) as scratch:
        server = Server(sfnctl, os.path.join(scratch, "data"))
        server.start()
        done = 0
        for size in sizes:
            sample = max(500, size // 20)
            create(server.port, range(done, size - sample))
            before = server.processor_seconds()
            create(server.port, range(size - sample, size))
            used = (server.processor_seconds() - before) * 1_000 / sample
            figures["create"][size] = used
            done = size
            print(f"CreateStateMachine, at {size:7,}: {used:6.3f} ms of processor time")
        figures["list"] = listed(server)
        print(f"ListStateMachines: {figures['list']}")
        figures["resident MB"] = server.memory()["RssAnon"]
        server.kill()
        figures["ready s after kill -9"] = server.start()
        figures["resident MB after it"] = server.memory()["RssAnon"]
        Client(server.port).call("DescribeStateMachine", stateMachineArn=(
            f"arn:aws:states:us-east-1:000000000000:stateMachine:machine-{5 * 7919 % 1_000_003}"))
        figures["list again"] = listed(server)
        server.kill()
    for name in ("resident MB", "ready s after kill -9", "resident MB after it", "list again"):
        print(f"{name}: {figures[name]}")
    if "--json" in options:
        merge(options[options.index("--json") + 1], {"catalog": figures})
    return 0


if __name__ == "__main__":
    sys.exit(main())
