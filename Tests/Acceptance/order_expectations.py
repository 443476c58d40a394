#!/usr/bin/env python3
"""The checker of Tools/quickstart must be able to fail. Prints `N passed, N failed`."""

import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "Sources" / "Examples" / "OrderFulfilment"
sys.path.insert(0, str(EXAMPLE))

import expectations  # noqa: E402


def main() -> int:
    orders = json.loads((EXAMPLE / "orders.json").read_text())
    ends = {order["order"]: expectations.outcome(order) for order in orders}
    effects = sorted(set().union(*(expectations.keys(order) for order in orders)))
    first = orders[0]["order"]
    swapped = {**ends, first: ("FAILED", "OrderUnpaid")}
    missing = {name: end for name, end in ends.items() if name != first}
    cases = {
        "every kind of end is in the batch": len(set(ends.values())) == 5,
        "what ought to happen is no problem": not expectations.problems(orders, ends, effects),
        "an effect that happened twice is found":
            len(expectations.problems(orders, ends, effects + effects[:1])) == 1,
        "an effect that is missing is found":
            len(expectations.problems(orders, ends, effects[1:])) == 1,
        "an effect that must not be is found":
            len(expectations.problems(orders, ends, effects + [f"{first}/refund"])) == 1,
        "a wrong end is found": len(expectations.problems(orders, swapped, effects)) == 1,
        "an order without an end is found":
            len(expectations.problems(orders, missing, effects)) == 1,
    }
    for what, holds in cases.items():
        print(f"{'ok  ' if holds else 'FAIL'} {what}")
    failed = sum(not holds for holds in cases.values())
    print(f"{len(cases) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
