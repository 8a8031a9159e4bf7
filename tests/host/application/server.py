"""Plays the API or the frontend: says which release it is, and fails in the way its image was made to fail."""

import itertools
import json
import os
import signal
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

SERVICE, VERSION, BEHAVIOUR = (os.environ[name] for name in ("SERVICE", "VERSION", "BEHAVIOUR"))
STARTED = time.monotonic()
requests = itertools.count()


def status(path: str) -> int:
    # As Vite has it: a file of another release is not there.
    if path.startswith("/assets/") and path != f"/assets/page-{VERSION}.js":
        return 404
    if BEHAVIOUR == "never-healthy" and path == "/health":
        return 503
    if BEHAVIOUR == "half-fails" and next(requests) % 2:
        return 500
    if BEHAVIOUR == "dies-when-asked" and path != "/health":
        die_after(0.5)
    if path != "/health" and not has_what_it_needs():
        return 503
    return 200


def die_after(seconds: float) -> None:
    threading.Timer(seconds, lambda: os._exit(3)).start()


def has_what_it_needs() -> bool:
    """Whether the Redis that NEEDS names answers, where the API is told to ask it for each request."""
    needed = os.environ.get("NEEDS")
    if needed is None or SERVICE != "api":
        return True
    try:
        with socket.create_connection((needed, 6379), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        self.answer("")

    def do_POST(self) -> None:
        self.answer(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())

    def answer(self, echo: str) -> None:
        url = urlsplit(self.path)
        time.sleep(int(parse_qs(url.query).get("ms", ["0"])[0]) / 1000)
        body = json.dumps({"service": SERVICE, "version": VERSION, "echo": echo}).encode()
        code = status(url.path)
        found_asset = url.path.startswith("/assets/") and code == 200
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=31536000" if found_asset else "no-cache")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 256
    # Requests under way are answered before the process ends.
    daemon_threads = False


server = Server(("", 80), Handler)
signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
if BEHAVIOUR.startswith("dies-after-"):
    die_after(float(BEHAVIOUR.removeprefix("dies-after-")))
server.serve_forever(poll_interval=0.1)
server.server_close()
