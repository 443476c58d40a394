"""A broker: a price, what to do at that price, and doing it."""

from ledger import note


def check_price(event, _context):
    """The price of the day."""
    return {"stock_price": event["price"]}


def recommend(event, _context):
    """Buys what is cheap."""
    return "buy" if event["stock_price"] < 50 else "sell"


def trade(kind: str):
    """A handler that trades."""
    def handler(event, _context):
        note(kind, price=event["stock_price"])
        return {"type": kind, "price": event["stock_price"], "quantity": 3}
    return handler


buy = trade("bought")
sell = trade("sold")
