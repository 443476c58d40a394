"""The steps of a text pipeline."""

import base64
import collections
import re


def decode(event, _context):
    """The text of a message."""
    return {"text": base64.b64decode(event["body"]).decode()}


def count(event, _context):
    """How long it is."""
    return {**event, "characters": len(event["text"]), "lines": event["text"].count("\n") + 1}


def clean(event, _context):
    """Without what is neither letter, digit nor space."""
    return {**event, "text": re.sub(r"[^\w\s]", "", event["text"])}


def tokenize(event, _context):
    """How often each word is in it."""
    words = collections.Counter(event["text"].lower().split())
    return {"characters": event["characters"], "lines": event["lines"], "words": dict(words)}
