"""A function that does what a recording shows of one."""

import json
import os
import time


def handler(event, _context):
    """Echoes, returns, raises, answers with too much or does not answer at all."""
    kind, value = json.loads(os.environ["BEHAVIOUR"])
    if kind == "raise":
        name, message = value
        raise (Exception if name == "Exception" else type(name, (Exception,), {}))(message)
    if kind == "large":
        return "é" * value
    if kind == "sleep":
        time.sleep(value)
    return value if kind == "return" else event
