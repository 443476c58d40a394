"""One round against Temporal's development server; `bench-peers.py` runs it, where temporalio is.

Usage: bench-temporal.py PORT NAME CLIENTS COUNT SECONDS. The workflow passes its input through five
steps of its own code: no activity, so one workflow task, which is the least Temporal can do. The
worker is this process, as is usual. Prints one JSON object.
"""

import asyncio
import json
import os
import statistics
import sys
import time

from temporalio import workflow
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

STEPS = 5
QUEUE = "chain"


@workflow.defn
class Chain:
    """Five steps that hand their input on."""

    @workflow.run
    async def run(self, order: dict) -> dict:
        """The input, five times copied."""
        for _ in range(STEPS):
            order = dict(order)
        return order


async def lane(client: Client, name: str, count: int, deadline: float) -> list[float]:
    """Workflows one after another; how long each took, in seconds."""
    times = []
    for number in range(count):
        began = time.monotonic()
        if began > deadline:
            break
        await client.execute_workflow(
            Chain.run, {"order": 17}, id=f"{name}-{number}", task_queue=QUEUE)
        times.append(time.monotonic() - began)
    return times


async def main() -> None:
    """One round; the first workflow, which warms worker and server, is not counted."""
    port, name, clients, count, seconds = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6])
    client = await Client.connect(f"127.0.0.1:{port}")
    async with Worker(client, task_queue=QUEUE, workflows=[Chain],
                      workflow_runner=UnsandboxedWorkflowRunner()):
        await lane(client, f"{name}-warm", 1, time.monotonic() + 60)
        began = time.monotonic()
        lanes = await asyncio.gather(*(
            lane(client, f"{name}-{each}", count // clients, began + seconds)
            for each in range(clients)))
        rate = sum(map(len, lanes)) / (time.monotonic() - began)
    times = sorted(second for each in lanes for second in each)
    print(json.dumps({
        "rate": rate, "p50": statistics.median(times) * 1000,
        "p99": times[min(len(times) - 1, len(times) * 99 // 100)] * 1000}))


asyncio.run(main())
# The SDK's own threads may abort an interpreter that is being torn down; the round is over.
sys.stdout.flush()
os._exit(0)
