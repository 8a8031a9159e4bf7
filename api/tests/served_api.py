"""The API served as in the image: gunicorn with gunicorn.conf.py, on a free port."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.commands import API

START_LIMIT_SECONDS = 30


@dataclass(frozen=True)
class ServedApi:
    """A running API, its gunicorn and its log."""

    url: str
    port: int
    process: subprocess.Popen[bytes]
    log: Path


def free_port() -> int:
    """A TCP port on which nothing listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _wait_until_alive(served: ServedApi) -> None:
    deadline = time.monotonic() + START_LIMIT_SECONDS
    while time.monotonic() < deadline:
        assert served.process.poll() is None, served.log.read_text()
        try:
            httpx.get(f"{served.url}/health/live")
            return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError(f"no answer in {START_LIMIT_SECONDS} s\n{served.log.read_text()}")


@contextmanager
def serve_api(environment: dict[str, str], log: Path) -> Iterator[ServedApi]:
    """A running API with this environment, which is stopped afterwards."""
    port = free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "app.main:app"],
            cwd=API,
            env={**environment, "PORT": str(port)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    served = ServedApi(f"http://127.0.0.1:{port}", port, process, log)
    try:
        _wait_until_alive(served)
        yield served
    finally:
        process.terminate()
        process.wait(timeout=15)
