"""Clients that send requests made beforehand, each in a process of its own, and what they measured."""

from __future__ import annotations

import http.client
import json
import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


def results_of(answer: Any) -> list[str]:
    """What POST /sync says became of each op."""
    return [result["status"] for result in answer["results"]]


@dataclass
class Client:
    """One phone's cookies and its requests, sealed and ready; `read` finds in an answer what became of each part."""

    cookie: str
    bodies: list[bytes]
    path: str = "/sync"
    read: Callable[[Any], list[str]] = field(default=results_of, repr=False)


@dataclass
class Measured:
    """What came of the requests of all clients."""

    ops: int
    seconds: float
    latencies: list[float]
    statuses: dict[str, int]

    def line(self, name: str) -> str:
        ordered = sorted(self.latencies)
        p50, p99 = (ordered[min(len(ordered) - 1, int(len(ordered) * q))] * 1000 for q in (0.5, 0.99))
        return (
            f"{name:<34} {self.ops / self.seconds:8.0f} ops/s   p50 {p50:6.1f} ms   p99 {p99:6.1f} ms   "
            f"max {ordered[-1] * 1000:6.1f} ms   {self.statuses}"
        )


def run_client(port: int, client: Client, start: Any, results: Any) -> None:
    """One process: send each request, time it, count what became of the ops."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {"Content-Type": "application/json", "Origin": f"http://localhost:{port}", "Cookie": client.cookie}
    headers["Host"] = f"localhost:{port}"
    latencies: list[float] = []
    statuses: dict[str, int] = {}
    start.wait()
    for body in client.bodies:
        began = time.perf_counter()
        connection.request("POST", client.path, body, headers)
        response = connection.getresponse()
        content = response.read()
        latencies.append(time.perf_counter() - began)
        for became in client.read(json.loads(content)) if response.status < 300 else [str(response.status)]:
            statuses[became] = statuses.get(became, 0) + 1
    results.put((latencies, statuses))


def drive(port: int, clients: list[Client]) -> Measured:
    """All clients at once, each in a process of its own."""
    context = multiprocessing.get_context("fork")
    start, results = context.Event(), context.Queue()
    workers = [context.Process(target=run_client, args=(port, client, start, results)) for client in clients]
    for worker in workers:
        worker.start()
    began = time.perf_counter()
    start.set()
    answers = [results.get() for _ in workers]
    seconds = time.perf_counter() - began
    for worker in workers:
        worker.join()
    statuses: dict[str, int] = {}
    for _, counted in answers:
        for status, number in counted.items():
            statuses[status] = statuses.get(status, 0) + number
    latencies = [latency for mine, _ in answers for latency in mine]
    return Measured(sum(statuses.values()), seconds, latencies, statuses)
