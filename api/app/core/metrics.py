"""Prometheus metrics of the HTTP requests and of the running build."""

import os
import time

from fastapi import APIRouter, Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.settings import get_settings

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

# They double the number of series, and nothing here reads them.
disable_created_metrics()

REQUESTS = Counter("http_requests", "HTTP requests", ["method", "route", "status"])
DURATION = Histogram(
    "http_request_duration_seconds", "Duration of HTTP requests", ["method", "route"]
)
BUILD = Gauge(
    "azals_build_info",
    "The running build; always 1",
    ["version", "commit"],
    multiprocess_mode="max",
)
BUILD.labels(version=get_settings().app_version, commit=get_settings().app_commit).set(1)

router = APIRouter()


@router.get("/metrics", tags=["health"], response_class=Response)
def metrics() -> Response:
    """The metrics as Prometheus text."""
    registry = REGISTRY
    # Set by gunicorn.conf.py when there is more than one worker to add up.
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


class MeasureRequests:
    """ASGI middleware that counts and times every request under its route's template."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; it counts as 500 when it ends without an answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status_code = 500
        started = time.perf_counter()

        async def remember_status(message: Message) -> None:
            nonlocal status_code
            if message["type"] == "http.response.start":
                status_code = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, remember_status)
        finally:
            # Templates and known methods only: visitors must not be able to add time series.
            route = getattr(scope.get("route"), "path", "unmatched")
            method = scope["method"] if scope["method"] in METHODS else "other"
            REQUESTS.labels(method, route, status_code).inc()
            DURATION.labels(method, route).observe(time.perf_counter() - started)
