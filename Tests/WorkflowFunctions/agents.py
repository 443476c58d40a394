"""Agents that look for an answer side by side; only one of them is sure of its own."""

import time

from ledger import note


def work(event, _context):
    """Answers at once, or thinks for longer than anyone waits."""
    if event["approach"] != "architecture_patterns":
        time.sleep(20)
    note("answered", agent=event["agent_id"])
    return {"agent_id": event["agent_id"], "result": f"{event['query']}: by queues"}


def evaluate(event, _context):
    """How good an answer is."""
    return {**event, "confidence_score": 0.9, "threshold_met": True}


def synthesize(event, _context):
    """One answer of all that there are."""
    return {"synthesized_result": " and ".join(
        each["result"] for each in event["agent_results"])}
