"""The checks behind /health: each answers within LIMIT_SECONDS, whatever it asks does."""

import asyncio
import logging
import shutil
import time
from collections.abc import Awaitable, Callable
from typing import Literal

from psycopg import AsyncConnection
from pydantic import BaseModel
from redis.asyncio import Redis
from sqlalchemy.engine import make_url

from app.core.settings import get_settings
from app.health.schema_revision import join_revisions

LIMIT_SECONDS = 2.0
FREE_DISK_BYTES = 512 * 1024 * 1024

logger = logging.getLogger(__name__)


class Component(BaseModel):
    """Something the API needs, and how it is."""

    name: Literal["database", "redis", "disk"]
    status: Literal["healthy", "degraded", "unhealthy"]
    detail: str | None = None
    latency_ms: float


def _connect_to_database() -> Awaitable[AsyncConnection]:
    # A connection of its own: a pool that is used up means load, not that PostgreSQL is down.
    url = make_url(get_settings().database_url.get_secret_value()).set(drivername="postgresql")
    return AsyncConnection.connect(
        url.render_as_string(hide_password=False),
        application_name="azals-api-health",
        autocommit=True,
        connect_timeout=2,
    )


async def _ask_database() -> None:
    async with await _connect_to_database() as connection:
        await connection.execute("SELECT 1")


async def _ask_redis() -> None:
    async with Redis.from_url(
        get_settings().redis_url.get_secret_value(), socket_connect_timeout=LIMIT_SECONDS
    ) as client:
        await client.ping()


async def _bounded(
    name: Literal["database", "redis"],
    failed: Literal["degraded", "unhealthy"],
    ask: Callable[[], Awaitable[None]],
) -> Component:
    started = time.perf_counter()
    task = asyncio.ensure_future(ask())
    # Not asyncio.timeout: it waits for the cancelled task, and psycopg's clean-up may take 10 s.
    done, _ = await asyncio.wait({task}, timeout=LIMIT_SECONDS)
    latency_ms = round((time.perf_counter() - started) * 1000, 1)
    if not done:
        task.cancel()
        detail = f"no answer within {LIMIT_SECONDS:g} s"
        logger.warning("%s: %s", name, detail)
    elif error := task.exception():
        # The reason names hosts and users, so it goes to the log and not to the visitor.
        detail = "connection failed"
        logger.warning("%s: %s", name, error)
    else:
        return Component(name=name, status="healthy", latency_ms=latency_ms)
    return Component(name=name, status=failed, detail=detail, latency_ms=latency_ms)


def check_database() -> Awaitable[Component]:
    """Whether PostgreSQL answers; without it the API is unhealthy."""
    return _bounded("database", "unhealthy", _ask_database)


def check_redis() -> Awaitable[Component]:
    """Whether Redis answers; without it the API is degraded."""
    return _bounded("redis", "degraded", _ask_redis)


def check_disk() -> Component:
    """Whether the file system has room left; degraded under FREE_DISK_BYTES."""
    started = time.perf_counter()
    free = shutil.disk_usage("/").free
    full = free < FREE_DISK_BYTES
    return Component(
        name="disk",
        status="degraded" if full else "healthy",
        detail=f"{free // 1024**2} MiB free",
        latency_ms=round((time.perf_counter() - started) * 1000, 1),
    )


async def database_with_revision() -> tuple[Component, str | None]:
    """As `check_database`, and the schema revision of the database (None: not migrated)."""
    found: list[str] = []

    async def ask() -> None:
        async with await _connect_to_database() as connection:
            cursor = await connection.execute("SELECT to_regclass('alembic_version') IS NOT NULL")
            if await cursor.fetchone() == (True,):
                rows = await connection.execute("SELECT version_num FROM alembic_version")
                found.extend([version async for (version,) in rows])

    component = await _bounded("database", "unhealthy", ask)
    return component, join_revisions(found)
