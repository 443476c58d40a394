"""The report of the benchmarks: one JSON object, in which each benchmark has its name."""

import json
import pathlib


def merge(path: str, figures: dict[str, object]) -> None:
    """Puts the figures of benchmarks into a report, beside those that it has."""
    file = pathlib.Path(path)
    known = json.loads(file.read_text()) if file.exists() and file.stat().st_size else {}
    file.write_text(json.dumps({**known, **figures}, indent=2) + "\n")


def lines(figures: dict[str, object], prefix: str = ""):
    """The figures for people, a line each."""
    for key, value in figures.items():
        if isinstance(value, dict):
            yield from lines(value, f"{prefix}{key} ")
        else:
            yield f"{prefix + key:<48} {json.dumps(value)}"


def rounded(value: float) -> float:
    """A number with four digits, or all those before its point."""
    return float(f"{value:.4g}") if abs(value) < 10_000 else round(value)
