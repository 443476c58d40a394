"""What the console asks of a server with very many executions: lists, filters, numbers."""

import http.client
import json
import time
import urllib.parse


def asked(server, query: str, times: int = 20) -> tuple[list[float], dict]:
    """The seconds that an answer took, again and again, and the last of them."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    taken, answer = [], {}
    for _ in range(times):
        began = time.monotonic()
        connection.request("GET", f"/console/api/{query}")
        response = connection.getresponse()
        answer = json.loads(response.read())
        taken.append(time.monotonic() - began)
        if response.status != 200:
            raise RuntimeError(f"{query}: {response.status} {answer}")
    connection.close()
    return taken, answer


def console(bench, mixed) -> None:
    """The drill: first pages, pages from the middle on, each filter, numbers by status."""
    server = bench.server("console")
    try:
        server.start()
        machine, _ = mixed(bench, server)
        server.kill()
        bench.note("console: ready s", round(server.start(), 2))
        of = "stateMachineArn=" + urllib.parse.quote(machine)
        first, found = asked(server, "counts", 1)
        bench.note("console: counts, the first time, ms", round(first[0] * 1000, 1))
        if sum(found.values()) != bench.count:
            raise RuntimeError(f"{found} are not {bench.count}")
        times = asked(server, "executions?limit=1000&status=RUNNING", 1)[1]["executions"]
        middle = f"to={times[len(times) // 2]['startDate']}"
        for name, query in (
                ("counts", "counts"), ("counts of a machine", f"counts?{of}"),
                ("all, 50", "executions?limit=50"),
                ("all, 1,000", "executions?limit=1000"),
                ("of a machine", f"executions?{of}&limit=50"),
                *((status, f"executions?status={status}&limit=50")
                  for status in ("RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED")),
                ("machine and status", f"executions?{of}&status=FAILED&limit=50"),
                ("until a time", f"executions?{middle}&limit=50"),
                ("name of one", f"executions?{of}&name=fails-0000000007&limit=50"),
                ("name of many", "executions?name=fails-00000&status=FAILED&limit=50"),
                ("text of none", "executions?text=nowhere&limit=50"),
                ("tokens", "tokens")):
            taken, answer = asked(server, query)
            ordered = sorted(taken)
            bench.note(f"console: {name}, ms", {
                "p50": round(ordered[len(ordered) // 2] * 1000, 1),
                "max": round(ordered[-1] * 1000, 1),
                **{key: answer[key] for key in ("scanned", "exhausted") if key in answer},
                **({"rows": len(answer["executions"])} if "executions" in answer else {})})
        bench.note("console: memory", server.memory())
    finally:
        server.kill()
