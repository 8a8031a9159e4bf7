"""What the suite runs against: a staging that is up, and the test tenants in it."""

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from staging import EMAIL, MARK, OTHER_TENANT, TENANT, Customers, expect, open_client, sign_in

REPORT = Path(__file__).resolve().parents[2] / "reports" / "integration.xml"


def pytest_configure(config: pytest.Config) -> None:
    """Write JUnit XML; stop before the first test when there is nothing to test against."""
    config.option.xmlpath = config.option.xmlpath or str(REPORT)
    if config.option.collectonly or config.option.help:
        return
    if not config.getoption("base_url"):
        raise pytest.UsageError(
            "the address of staging is missing: add --base-url=http://localhost:8081"
        )
    if not os.environ.get("TEST_TENANT_PASSWORD"):
        raise pytest.UsageError(
            f"TEST_TENANT_PASSWORD is not set: the password of {EMAIL} in the tenant {TENANT}. "
            "docs/operations.md, section Suites, says where it comes from."
        )


@pytest.fixture(scope="session")
def client(base_url: str) -> Iterator[httpx.Client]:
    """A client that has not signed in; with this staging's key its requests are not limited."""
    key = os.environ.get("STAGING_RATE_LIMIT_KEY")
    with open_client(base_url, {"X-Rate-Limit-Key": key} if key else {}) as client:
        try:
            response = client.get("/healthz")
        except httpx.TransportError as error:
            pytest.exit(f"{base_url} cannot be reached: {error}", returncode=1)
        if key and response.headers.get("X-Rate-Limit") != "none":
            pytest.exit(
                f"{base_url} does not know the key in STAGING_RATE_LIMIT_KEY: docs/operations.md, "
                "section Suites, says how a staging gets one",
                returncode=1,
            )
        yield client


@contextmanager
def signed_in(client: httpx.Client, tenant: str) -> Iterator[httpx.Client]:
    """A client whose requests are those of the test user of a tenant."""
    response = sign_in(client, tenant)
    if response.status_code == 401:
        pytest.exit(
            f"{EMAIL} cannot sign in to {tenant}: is the test tenant there "
            "(scripts/provision_test_tenant.py), and TEST_TENANT_PASSWORD its password?",
            returncode=1,
        )
    token = expect(response, 200).json()["access_token"]
    headers = {**client.headers, "X-Tenant-ID": tenant, "Authorization": f"Bearer {token}"}
    with open_client(str(client.base_url), headers) as own:
        yield own


@pytest.fixture(scope="session")
def user(client: httpx.Client) -> Iterator[httpx.Client]:
    """The signed-in user of the test tenant."""
    with signed_in(client, TENANT) as own:
        _remove_leftovers(own)
        yield own


@pytest.fixture(scope="session")
def other_user(client: httpx.Client) -> Iterator[httpx.Client]:
    """The signed-in user of the second test tenant."""
    with signed_in(client, OTHER_TENANT) as own:
        _remove_leftovers(own)
        yield own


@pytest.fixture
def name() -> str:
    """A name that no other record has, of this suite or of people."""
    return f"{MARK} {uuid.uuid4().hex[:12]}"


@pytest.fixture
def create(user: httpx.Client) -> Iterator[Callable[..., dict]]:
    """A function that creates a customer of the test tenant, which is gone afterwards."""
    with _creating(user) as create:
        yield create


@pytest.fixture
def create_elsewhere(other_user: httpx.Client) -> Iterator[Callable[..., dict]]:
    """The same, in the second test tenant."""
    with _creating(other_user) as create:
        yield create


@contextmanager
def _creating(user: httpx.Client) -> Iterator[Callable[..., dict]]:
    created: list[str] = []

    def create(**fields: str | None) -> dict:
        customer = expect(user.post("/api/v1/customers", json=fields), 201).json()
        created.append(customer["id"])
        return customer

    yield create
    for customer_id in created:
        Customers(user).delete(customer_id)


def _remove_leftovers(user: httpx.Client) -> None:
    """Delete what a killed run has left; what is younger may belong to a run that goes on."""
    before = datetime.now(UTC) - timedelta(hours=1)
    customers = Customers(user)
    for customer in customers.list():
        created = datetime.fromisoformat(customer["created_at"])
        if customer["name"].startswith(MARK) and created < before:
            customers.delete(customer["id"])
