"""Single functions of several workflows."""

import time

from ledger import note


def decide(event, _context):
    """Notes what came of an approval."""
    note("decided", result=event["result"])
    return {"result": event["result"]}


def odd_or_even(event, _context):
    """Refuses what it is told to refuse."""
    if event.get("refused") == "odd":
        raise ArithmeticError("not an odd number")
    return {"number": event["number"]}


def handle_error(event, _context):
    """What the common handler of errors was given."""
    failure = next(value for key, value in event.items() if key.endswith("Failure"))
    note("handled", error=failure["Error"])
    return {"handled": failure["Error"]}


def idempotency(event, _context):
    """The key of a request, and how long it is kept."""
    return {**event, "idempotencyConfig": {
        "idempotencyKey": event["request"], "ttl": str(int(time.time()) + 600)}}


def fail_sometimes(event, _context):
    """Fails for who asks for it."""
    if event.get("fails"):
        raise RuntimeError("an injected failure")
    note("worked", request=event["request"])
    return "worked"
