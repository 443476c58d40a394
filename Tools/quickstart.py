#!/usr/bin/env python3
"""A batch of orders through a server that is killed in the middle. Called by Tools/quickstart.

Starts `sfnctl serve`, one worker process per activity and an approver; starts the orders with
boto3; kills the server with -9 once a third of the effects happened; starts it again; waits until
every order is at its end; checks ends and effects; shows a history; replays the whole log.
"""

import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

ROOT = pathlib.Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "Sources" / "Examples" / "OrderFulfilment"
sys.path.insert(0, str(EXAMPLE))

import expectations  # noqa: E402
from warehouse import ACTIONS  # noqa: E402

MACHINE = "OrderFulfilment"
WORKERS_OF = {"pick-item": 3}
DEADLINE_SECONDS = 180


class Problem(Exception):
    """Something that ends the run."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Shop:
    """The processes of the run, and what it knows."""

    def __init__(self, sfnctl: str, folder: pathlib.Path):
        self.sfnctl, self.folder = sfnctl, folder
        self.data, self.logs = folder / "data", folder / "logs"
        self.desk = folder / "approver-is-at-the-desk"
        self.port = free_port()
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self.processes: list[subprocess.Popen] = []
        config = Config(retries={"total_max_attempts": 1}, read_timeout=20)
        self.client = boto3.client(
            "stepfunctions", endpoint_url=self.endpoint, region_name="us-east-1", config=config,
            aws_access_key_id="local", aws_secret_access_key="local")

    def spawn(self, name: str, *command: str) -> subprocess.Popen:
        """Starts a process that ends with this run; its output goes to a file of its own."""
        output = open(self.folder / f"{name}.out", "a")
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            process_group=0)
        self.processes.append(process)
        return process

    def serve(self) -> tuple[subprocess.Popen, float]:
        """Starts the server; the process and the seconds until it answered."""
        began = time.monotonic()
        server = self.spawn(
            "server", self.sfnctl, "serve", "--data-dir", str(self.data), "--port", str(self.port))
        while time.monotonic() - began < 30:
            if server.poll() is not None:
                break
            try:
                self.client.list_state_machines()
                return server, time.monotonic() - began
            except BotoCoreError:
                time.sleep(0.02)
        raise Problem("the server does not answer:\n" + (self.folder / "server.out").read_text())

    def run(self, *arguments: str) -> str:
        """Runs sfnctl on the data directory; its output."""
        command = [self.sfnctl, *arguments, "--data-dir", str(self.data)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        if done.returncode != 0:
            text = done.stdout[-2000:] + done.stderr[-2000:]
            raise Problem(f"sfnctl {' '.join(arguments)}: exit {done.returncode}\n{text}")
        return done.stdout.strip()

    def open(self) -> str:
        """Creates the activities with their workers, and the machine; its ARN."""
        for action in [*ACTIONS, "request-approval"]:
            arn = self.client.create_activity(name=action)["activityArn"]
            if action == "request-approval":
                self.spawn("approver", sys.executable, str(EXAMPLE / "approver.py"),
                           self.endpoint, arn, str(self.logs), str(self.desk))
                continue
            for number in range(WORKERS_OF.get(action, 1)):
                self.spawn(f"worker-{action}-{number}", self.sfnctl, "worker", arn,
                           "--endpoint", self.endpoint, "--", sys.executable,
                           str(EXAMPLE / "warehouse.py"), action, str(self.logs))
        return self.client.create_state_machine(
            name=MACHINE, roleArn="arn:aws:iam::000000000000:role/shop",
            definition=(EXAMPLE / "order-fulfilment.asl.json").read_text())["stateMachineArn"]

    def place(self, machine: str, orders: list[dict]) -> None:
        """Starts every order, however often it takes: the name makes a start idempotent."""
        for order in orders:
            while True:
                try:
                    self.client.start_execution(
                        stateMachineArn=machine, name=order["order"], input=json.dumps(order))
                    break
                except BotoCoreError:
                    time.sleep(0.05)
                except ClientError as error:
                    if error.response["Error"]["Code"] == "ExecutionAlreadyExists":
                        break  # It started before, and has ended since.
                    raise
            time.sleep(0.12)

    def ends(self, machine: str) -> dict[str, tuple[str, str]]:
        """The status and error of every order's execution."""
        pages = self.client.get_paginator("list_executions").paginate(stateMachineArn=machine)
        arns = [found["executionArn"] for page in pages for found in page["executions"]]
        described = (self.client.describe_execution(executionArn=arn) for arn in arns)
        return {one["name"]: (one["status"], one.get("error", "")) for one in described}

    def effects(self) -> list[str]:
        return expectations.logged(self.logs, "effects")

    def close(self) -> None:
        """Ends every process that is left, with its children."""
        for process in self.processes:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait()


def until(what: str, seconds: float, holds) -> None:
    """Waits until something holds."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise Problem(f"after {seconds:.0f} s still not: {what}")
        time.sleep(0.05)


def show(title: str, text: str, most: int = 100) -> None:
    lines = [line[:130] for line in text.splitlines() if line.strip()]
    print(f"\n{title}")
    for line in lines[:most]:
        print(f"    {line}")
    if len(lines) > most:
        print(f"    … {len(lines) - most} more lines")


def fulfil(shop: Shop, orders: list[dict]) -> list[str]:
    """Runs the batch through the crash; the problems found."""
    wanted = set().union(*(expectations.keys(order) for order in orders))
    server, seconds = shop.serve()
    print(f"server answers at {shop.endpoint} after {seconds:.2f} s")
    machine = shop.open()
    placing = threading.Thread(target=shop.place, args=(machine, orders), daemon=True)
    placing.start()
    until("a third of the effects", 60, lambda: 3 * len(shop.effects()) >= len(wanted))
    os.kill(server.pid, signal.SIGKILL)
    server.wait()
    print(f"kill -9 after {len(shop.effects())} of {len(wanted)} effects")
    print("what the kill left behind:", shop.run("replay", "--all", "--verify").splitlines()[-1])
    server, seconds = shop.serve()
    print(f"server answers again after {seconds:.2f} s; the approver comes to the desk")
    shop.desk.touch()
    placing.join(60)

    def all_ended() -> bool:
        ends = shop.ends(machine)
        return len(ends) == len(orders) and all(end[0] != "RUNNING" for end in ends.values())

    until("every order at its end", DEADLINE_SECONDS, all_ended)
    ends = shop.ends(machine)
    show("orders", "\n".join(
        f"{name}  {status:10} {error}" for name, (status, error) in sorted(ends.items())))
    problems = expectations.problems(orders, ends, shop.effects())
    deliveries = len(expectations.logged(shop.logs, "deliveries"))
    print(f"\n{len(shop.effects())} effects under {len(set(shop.effects()))} keys, "
          f"{deliveries} deliveries to workers")
    show("history of order-1008, whose carrier failed",
         shop.run("history", f"{MACHINE}:order-1008"))
    show("sfnctl replay --all --verify", shop.run("replay", "--all", "--verify"), most=4)
    server.send_signal(signal.SIGTERM)
    if server.wait(15) != 0:
        problems.append(f"the server left SIGTERM with {server.returncode}")
    return problems


def main() -> int:
    if len(sys.argv) != 2:
        print("usage: quickstart.py SFNCTL", file=sys.stderr)
        return 64
    folder = ROOT / ".build" / "quickstart"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "logs").mkdir(parents=True)
    orders = json.loads((EXAMPLE / "orders.json").read_text())
    shop = Shop(sys.argv[1], folder)
    try:
        problems = fulfil(shop, orders)
    except Problem as problem:
        problems = [str(problem)]
    finally:
        shop.close()
    for problem in problems:
        print(f"PROBLEM: {problem}", file=sys.stderr)
    if not problems:
        print("\nEvery order finished, every effect happened once, the log replays.")
        folder = pathlib.Path(shop.sfnctl).parent
        print(f'\nNext, as README.md goes on:\n  export PATH="{folder}:$PATH"\n'
              "  sfnctl init shop && cd shop && sfnctl dev")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
