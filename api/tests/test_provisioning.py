"""scripts/provision_test_tenant.py makes tenants to sign in to, however often it runs."""

import re

import httpx
import pytest

from tests.commands import run_python
from tests.served_api import ServedApi

SCRIPT = "scripts/provision_test_tenant.py"


@pytest.fixture
def sign_in(api: ServedApi):
    """A function from a password to the answer, as the QA user of a test tenant."""
    with httpx.Client(base_url=api.url) as client:
        yield lambda password, tenant="tenant-test": client.post(
            "/v1/auth/login",
            headers={"X-Tenant-ID": tenant},
            json={"email": "qa@azals.test", "password": password},
        )


def test_the_first_run_creates_and_the_next_ones_change_nothing(
    environment: dict[str, str], api: ServedApi, sign_in
) -> None:
    first = run_python(SCRIPT, environment=environment)
    assert first.returncode == 0, first.stderr
    password = re.search(r"qa@azals\.test, password: (\S+)", first.stdout).group(1)
    assert "tenant tenant-test " in first.stdout
    assert "tenant tenant-test-2 " in first.stdout

    second = run_python(SCRIPT, environment=environment)
    assert second.returncode == 0, second.stderr
    assert "Everything is there already" in second.stdout
    assert password not in second.stdout

    token = sign_in(password).json()["access_token"]
    headers = {"X-Tenant-ID": "tenant-test", "Authorization": f"Bearer {token}"}
    customers = httpx.get(f"{api.url}/v1/customers", headers=headers).json()
    assert customers["total"] == 3
    assert sign_in(password, "tenant-test-2").status_code == 200

    given = run_python(
        SCRIPT, environment={**environment, "TEST_TENANT_PASSWORD": "given-from-outside"}
    )
    assert "Changed the password" in given.stdout
    assert "given-from-outside" not in given.stdout
    assert sign_in(password).status_code == 401
    assert sign_in("given-from-outside").status_code == 200
    assert sign_in("given-from-outside", "tenant-test-2").status_code == 200


def test_a_schema_that_is_not_migrated_is_named(empty_database: dict[str, str]) -> None:
    result = run_python(SCRIPT, environment=empty_database)
    assert result.returncode == 1
    assert "run `alembic upgrade head` first" in result.stderr
    assert "Traceback" not in result.stderr


def test_production_is_left_alone(environment: dict[str, str]) -> None:
    production = {
        **environment,
        "ENVIRONMENT": "production",
        "BOOTSTRAP_SECRET": "b",
        "ENCRYPTION_KEY": "e",
        "STRIPE_SECRET_KEY": "sk_live_1",
    }
    result = run_python(SCRIPT, environment=production)
    assert result.returncode == 1
    assert "does not belong in production" in result.stderr
