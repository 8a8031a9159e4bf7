"""A tenant sees, changes and deletes nothing of another one."""

from uuid import UUID

import httpx
import pytest
from sqlalchemy import Engine, text

from tests.tenants import SignedInTenant


@pytest.fixture
def theirs(client: httpx.Client, other_tenant: SignedInTenant) -> dict[str, str]:
    """A customer of the other tenant."""
    answer = client.post(
        "/v1/customers", headers=other_tenant.headers, json={"name": "Theirs", "city": "Lille"}
    )
    assert answer.status_code == 201
    return answer.json()


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_another_tenants_customer_does_not_exist(
    client: httpx.Client,
    tenant: SignedInTenant,
    other_tenant: SignedInTenant,
    theirs: dict[str, str],
    method: str,
) -> None:
    path = f"/v1/customers/{theirs['id']}"
    body = {"name": "Mine now"} if method == "PUT" else None
    answer = client.request(method, path, headers=tenant.headers, json=body)
    assert answer.status_code == 404
    assert "Lille" not in answer.text
    assert client.get(path, headers=other_tenant.headers).json() == theirs


@pytest.mark.usefixtures("theirs")
def test_lists_and_totals_hold_only_ones_own(
    client: httpx.Client, tenant: SignedInTenant, other_tenant: SignedInTenant
) -> None:
    client.post("/v1/customers", headers=tenant.headers, json={"name": "Mine"})

    def names(headers: dict[str, str]) -> tuple[list[str], int]:
        body = client.get("/v1/customers", headers=headers).json()
        return [item["name"] for item in body["items"]], body["total"]

    assert names(tenant.headers) == (["Mine"], 1)
    assert names(other_tenant.headers) == (["Theirs"], 1)


def test_naming_the_other_tenant_does_not_help(
    client: httpx.Client,
    tenant: SignedInTenant,
    other_tenant: SignedInTenant,
    theirs: dict[str, str],
) -> None:
    path = f"/v1/customers/{theirs['id']}"
    headers = {**tenant.headers, "X-Tenant-ID": other_tenant.slug}
    for method in ("GET", "PUT", "DELETE"):
        body = {"name": "Mine now"} if method == "PUT" else None
        assert client.request(method, path, headers=headers, json=body).status_code == 403
    assert client.get(path, headers=other_tenant.headers).json() == theirs


def test_a_tenant_cannot_be_chosen_in_the_body(
    client: httpx.Client, tenant: SignedInTenant, other_tenant: SignedInTenant, engine: Engine
) -> None:
    with engine.connect() as connection:
        tenant_ids: dict[str, UUID] = dict(
            connection.execute(text("SELECT slug, id FROM tenants")).all()
        )
        created = client.post(
            "/v1/customers",
            headers=tenant.headers,
            json={"name": "Planted", "tenant_id": str(tenant_ids[other_tenant.slug])},
        ).json()
        owner = connection.execute(
            text("SELECT tenant_id FROM customers WHERE id = :id"), {"id": created["id"]}
        ).scalar_one()
    assert owner == tenant_ids[tenant.slug]
