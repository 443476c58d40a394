"""What has to come of an order: its end, and the keys under which effects happened once."""

import collections
import json
import pathlib

# The total from which the definition asks for an approval.
APPROVAL_FROM = 1500
# The total from which the approver refuses.
DENIED_FROM = 4000


def outcome(order: dict) -> tuple[str, str]:
    """The status in which the order's execution ends, and its error or nothing."""
    if not order["items"]:
        return "FAILED", "OrderInvalid"
    if order["total"] >= DENIED_FROM:
        return "FAILED", "OrderDenied"
    if order["card"].endswith("0002"):
        return "FAILED", "OrderUnpaid"
    if order["address"] == "nowhere":
        return "FAILED", "OrderCancelled"
    return "SUCCEEDED", ""


def keys(order: dict) -> set[str]:
    """The idempotency keys of the order's effects."""
    picked = {f"pick/{index}" for index in range(len(order["items"]))}
    steps = {
        "OrderInvalid": set(),
        "OrderDenied": set(),
        "OrderUnpaid": {"reserve", "release"},
        "OrderCancelled": {"charge", "reserve", "refund", "release"} | picked,
        "": {"charge", "reserve", "ship"} | picked,
    }[outcome(order)[1]]
    if order["items"] and order["total"] >= APPROVAL_FROM:
        steps = steps | {"approve"}
    return {f"{order['order']}/{step}" for step in steps}


def logged(logs: pathlib.Path, kind: str) -> list[str]:
    """The keys in all logs of a kind, `effects` or `deliveries`, as often as they are there."""
    return [
        json.loads(line)["key"]
        for file in sorted(logs.glob(f"{kind}-*.log"))
        for line in file.read_text().splitlines()
    ]


def problems(orders: list[dict], ends: dict[str, tuple[str, str]], effects: list[str]) -> list[str]:
    """What is wrong with how the orders ended and with the effects they had; empty when nothing."""
    found = []
    for order in orders:
        name = order["order"]
        if ends.get(name) != outcome(order):
            found.append(f"{name} ended as {ends.get(name)}, not as {outcome(order)}")
    counts = collections.Counter(effects)
    wanted = set().union(*(keys(order) for order in orders))
    found += [f"{key} happened {n} times" for key, n in sorted(counts.items()) if n > 1]
    found += [f"{key} did not happen" for key in sorted(wanted - counts.keys())]
    found += [f"{key} happened, and must not" for key in sorted(counts.keys() - wanted)]
    return found
