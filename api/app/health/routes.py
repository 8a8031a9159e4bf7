"""/health and its parts, for people, container engines and the deployment."""

import asyncio
import time
from typing import Literal

from fastapi import APIRouter, Response, status
from pydantic import BaseModel, Field

from app.core.settings import get_settings
from app.health.checks import (
    Component,
    check_database,
    check_disk,
    check_redis,
    database_with_revision,
)
from app.health.schema_revision import expected_revision

router = APIRouter(prefix="/health", tags=["health"])

SEVERITY = ("healthy", "degraded", "unhealthy")
_started = time.monotonic()


class Health(BaseModel):
    """What is running and how it is."""

    status: Literal["healthy", "degraded", "unhealthy"]
    version: str
    commit: str
    environment: str
    uptime_seconds: float
    components: list[Component]


class Alive(BaseModel):
    """The process answers."""

    status: Literal["alive"] = "alive"


class SchemaState(BaseModel):
    """The revision of the database, and the one this build was written for."""

    current: str | None
    expected: str


class Readiness(BaseModel):
    """Whether this build can serve requests from this database."""

    status: Literal["ready", "not_ready"]
    components: list[Component]
    # BaseModel has a method called schema, so the attribute cannot be.
    schema_state: SchemaState = Field(serialization_alias="schema")


@router.get("", responses={503: {"model": Health}})
async def health(response: Response) -> Health:
    """How the API is: 200 when healthy or degraded, 503 when unhealthy."""
    components = [*await asyncio.gather(check_database(), check_redis()), check_disk()]
    worst = max((component.status for component in components), key=SEVERITY.index)
    if worst == "unhealthy":
        response.status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    settings = get_settings()
    return Health(
        status=worst,
        version=settings.app_version,
        commit=settings.app_commit,
        environment=settings.environment,
        uptime_seconds=round(time.monotonic() - _started, 1),
        components=components,
    )


@router.get("/live")
async def live() -> Alive:
    """200 as long as the process answers, whatever else is down."""
    return Alive()


@router.get("/ready", responses={503: {"model": Readiness}})
async def ready(response: Response) -> Readiness:
    """200 when the database answers and its schema is the one this build expects."""
    (database, current), redis = await asyncio.gather(database_with_revision(), check_redis())
    expected = expected_revision()
    is_ready = database.status == "healthy" and current == expected
    if not is_ready:
        response.status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    return Readiness(
        status="ready" if is_ready else "not_ready",
        components=[database, redis],
        schema_state=SchemaState(current=current, expected=expected),
    )
