#!/usr/bin/env python3
"""The shop's side of a task: reads one JSON input, has its effect once per key, prints a result.

    warehouse.py ACTION LOGS

`sfnctl worker` runs it once per delivery. A delivery may come twice (the engine promises at least
once), so the effect is looked up by its key under a lock before it happens; what happened is one
synced line in LOGS/effects-ACTION.log, what arrived a line in LOGS/deliveries-ACTION.log. A refusal
is a line on standard error and exit status 1: the task fails.
"""

import fcntl
import json
import os
import pathlib
import sys


class Refused(Exception):
    """The shop cannot do it: a declined card, a jammed arm, an unknown address."""


def charge(task: dict, deliveries: int) -> dict:
    if task["card"].endswith("0002"):
        raise Refused("the card was declined")
    return {"charged": True, "amount": task["amount"]}


def refund(task: dict, deliveries: int) -> dict:
    return {"refunded": task["amount"]}


def reserve(task: dict, deliveries: int) -> dict:
    return {"reserved": sum(item["quantity"] for item in task["items"])}


def release(task: dict, deliveries: int) -> dict:
    return {"released": sum(item["quantity"] for item in task["items"])}


def pick(task: dict, deliveries: int) -> dict:
    if deliveries <= task["item"].get("jams", 0):
        raise Refused(f"the arm jammed at delivery {deliveries}")
    return {"picked": task["item"]["sku"]}


def ship(task: dict, deliveries: int) -> dict:
    if task["address"] == "nowhere":
        raise Refused("the carrier knows no such address")
    return {"parcels": task["parcels"], "to": task["address"]}


ACTIONS = {
    "charge-payment": charge,
    "refund-payment": refund,
    "reserve-stock": reserve,
    "release-stock": release,
    "pick-item": pick,
    "ship-order": ship,
}


def lines(file) -> list[dict]:
    """The lines of a log opened for appending."""
    file.seek(0)
    return [json.loads(line) for line in file]


def append(file, line: dict) -> None:
    """Adds a line, durably."""
    file.write(json.dumps(line) + "\n")
    file.flush()
    os.fsync(file.fileno())


def once(action: str, logs: pathlib.Path, task: dict) -> dict:
    """The result of the task, from now or from the first time."""
    key = task["key"]
    with (open(logs / f"effects-{action}.log", "a+") as effects,
          open(logs / f"deliveries-{action}.log", "a+") as deliveries):
        fcntl.flock(effects, fcntl.LOCK_EX)
        append(deliveries, {"key": key})
        for line in lines(effects):
            if line["key"] == key:
                return line["result"]
        result = ACTIONS[action](task, sum(line["key"] == key for line in lines(deliveries)))
        append(effects, {"key": key, "result": result})
        return result


def main() -> int:
    if len(sys.argv) != 3 or sys.argv[1] not in ACTIONS:
        print(__doc__, file=sys.stderr)
        return 64
    try:
        print(json.dumps(once(sys.argv[1], pathlib.Path(sys.argv[2]), json.load(sys.stdin))))
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
