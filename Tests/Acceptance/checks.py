"""The checks of a script: registered with a decorator, run one after another, and counted."""

import contextlib
import pathlib
import tempfile
import traceback


class Checks:
    """`check = Checks()`, then `@check` before each function; `check.run(…)` at the end."""

    def __init__(self) -> None:
        self.functions = []

    def __call__(self, function):
        self.functions.append(function)
        return function

    def run(self, *arguments) -> int:
        """Runs every check and prints `N passed, N failed, N skipped`; gives the exit code.

        An argument that can be called is made anew for each check, and entered if it is a context.
        A check that returns a text was skipped, for that reason.
        """
        failed = skipped = 0
        for function in self.functions:
            try:
                with contextlib.ExitStack() as stack:
                    reason = function(*(made(each, stack) for each in arguments))
                skipped += reason is not None
                print(f"ok   {function.__name__}" if reason is None
                      else f"SKIPPED {function.__name__}: {reason}")
            except Exception:  # pylint: disable=broad-except
                failed += 1
                print(f"FAIL {function.__name__}\n{traceback.format_exc()}")
        passed = len(self.functions) - failed - skipped
        print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
        return 1 if failed else 0


def made(argument, stack: contextlib.ExitStack):
    """An argument as one check gets it."""
    if not callable(argument):
        return argument
    given = argument()
    return stack.enter_context(given) if hasattr(given, "__enter__") else given


@contextlib.contextmanager
def empty_directory():
    """A directory for one check."""
    with tempfile.TemporaryDirectory() as path:
        yield pathlib.Path(path)
