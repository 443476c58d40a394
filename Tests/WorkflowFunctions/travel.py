"""A travel agency: each step notes what it did, and can be undone."""

from ledger import note, noted


class CardRefused(Exception):
    """The bank says no."""


def step(what: str):
    """A handler that does one thing for a trip."""
    def handler(event, _context):
        note(what, trip=event["trip"])
        return {"done": what}
    return handler


reserve_flight = step("flight reserved")
reserve_car = step("car reserved")
confirm_flight = step("flight confirmed")
confirm_car = step("car confirmed")
cancel_flight = step("flight cancelled")
cancel_car = step("car cancelled")


def process_payment(event, _context):
    """Charges the card."""
    if event["card"] == "stolen":
        raise CardRefused("card " + event["card"])
    note("paid", trip=event["trip"])
    return {"done": "paid"}


def refund_payment(event, _context):
    """Pays back; the bank is busy when it is asked first."""
    note("refund asked", trip=event["trip"])
    if len([each for each in noted("refund asked") if each["trip"] == event["trip"]]) == 1:
        raise TimeoutError("the bank is busy")
    return {"done": "refunded"}
