"""What the tests run against: a real PostgreSQL and Redis, and the API served by gunicorn."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from redis import Redis
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from tests.commands import alembic
from tests.disposable_database import disposable_database
from tests.served_api import ServedApi, serve_api
from tests.tenants import SignedInTenant, new_tenant

NEEDED = {
    "DATABASE_URL": "postgresql+psycopg://postgres:postgres@localhost:5432/postgres",
    "REDIS_URL": "redis://localhost:6379/0",
}


def pytest_configure() -> None:
    """Stop before the first test when there is nothing to test against."""
    for name, example in NEEDED.items():
        if not os.environ.get(name):
            raise pytest.UsageError(
                f"{name} is not set: these tests need a real server, for example {name}={example}. "
                "They create databases of their own on it and drop them again."
            )


@pytest.fixture(scope="session")
def settings_environment() -> dict[str, str]:
    """The variables of a valid configuration, apart from the database."""
    return {
        "PATH": os.environ["PATH"],
        "ENVIRONMENT": "test",
        "REDIS_URL": os.environ["REDIS_URL"],
        "SECRET_KEY": secrets.token_urlsafe(64),
        "CORS_ORIGINS": "http://localhost:8081, http://127.0.0.1:8081",
        "APP_VERSION": "1.2.3",
        "APP_COMMIT": "0123456789abcdef0123456789abcdef01234567",
    }


@pytest.fixture
def empty_database(settings_environment: dict[str, str]) -> Iterator[dict[str, str]]:
    """The environment of a database without any table."""
    with disposable_database(os.environ["DATABASE_URL"]) as url:
        yield {**settings_environment, "DATABASE_URL": url}


@pytest.fixture(scope="session")
def environment(settings_environment: dict[str, str]) -> Iterator[dict[str, str]]:
    """The environment of a migrated database that all tests of a run share."""
    with disposable_database(os.environ["DATABASE_URL"]) as url:
        environment = {**settings_environment, "DATABASE_URL": url}
        alembic("upgrade", "head", environment=environment)
        yield environment


@pytest.fixture(scope="session")
def engine(environment: dict[str, str]) -> Iterator[Engine]:
    """A connection of the tests' own to the shared database."""
    engine = create_engine(environment["DATABASE_URL"])
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def api(
    environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServedApi]:
    """The API on the shared database."""
    with serve_api(environment, tmp_path_factory.mktemp("api") / "log") as served:
        yield served


@pytest.fixture
def client(api: ServedApi) -> Iterator[httpx.Client]:
    """A client that has not signed in."""
    with httpx.Client(base_url=api.url) as client:
        yield client


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Where an API that a test serves for itself writes its log."""
    return tmp_path / "log"


@pytest.fixture
def redis() -> Iterator[Redis]:
    """A connection of the tests' own to Redis."""
    with Redis.from_url(os.environ["REDIS_URL"], decode_responses=True) as client:
        yield client


def _tenant(engine: Engine, client: httpx.Client) -> SignedInTenant:
    with Session(engine) as session:
        return new_tenant(session, client)


@pytest.fixture
def tenant(engine: Engine, client: httpx.Client) -> SignedInTenant:
    """A new tenant whose user has signed in."""
    return _tenant(engine, client)


@pytest.fixture
def other_tenant(engine: Engine, client: httpx.Client) -> SignedInTenant:
    """A second new tenant whose user has signed in."""
    return _tenant(engine, client)
