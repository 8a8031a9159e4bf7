"""The customers of a tenant: create, read, update, delete."""

from uuid import uuid4

import httpx
import pytest

from tests.tenants import SignedInTenant

MARTIN = {
    "name": "Boulangerie Martin",
    "email": "contact@martin.test",
    "phone": "+33 1 99 00 12 34",
    "city": "Lyon",
}


@pytest.fixture
def signed_in(client: httpx.Client, tenant: SignedInTenant) -> httpx.Client:
    """A client whose requests are the tenant's."""
    client.headers.update(tenant.headers)
    return client


def test_a_customer_from_creation_to_deletion(signed_in: httpx.Client) -> None:
    created = signed_in.post("/v1/customers", json=MARTIN)
    assert created.status_code == 201
    customer = created.json()
    assert {key: customer[key] for key in MARTIN} == MARTIN

    path = f"/v1/customers/{customer['id']}"
    assert signed_in.get(path).json() == customer
    assert signed_in.get("/v1/customers").json() == {"items": [customer], "total": 1}

    replaced = signed_in.put(path, json={"name": "Boulangerie Martin et fils", "city": "Nantes"})
    assert replaced.status_code == 200
    assert replaced.json()["name"] == "Boulangerie Martin et fils"
    assert replaced.json()["email"] is None
    assert replaced.json()["created_at"] == customer["created_at"]
    assert replaced.json()["updated_at"] > customer["updated_at"]
    assert signed_in.get(path).json() == replaced.json()

    deleted = signed_in.delete(path)
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert signed_in.get(path).status_code == 404
    assert signed_in.delete(path).status_code == 404
    assert signed_in.get("/v1/customers").json() == {"items": [], "total": 0}


def test_the_list_comes_by_name_in_pages(signed_in: httpx.Client) -> None:
    for name in ("Cave", "Atelier", "Bistro"):
        signed_in.post("/v1/customers", json={"name": name})

    def page(**query: int) -> tuple[list[str], int]:
        body = signed_in.get("/v1/customers", params=query).json()
        return [item["name"] for item in body["items"]], body["total"]

    assert page() == (["Atelier", "Bistro", "Cave"], 3)
    assert page(limit=2) == (["Atelier", "Bistro"], 3)
    assert page(limit=2, offset=2) == (["Cave"], 3)
    assert page(offset=3) == ([], 3)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"name": "   "},
        {"name": "x" * 201},
        {"name": "nul\0"},
        {"name": "Martin", "email": "not-an-address"},
        {"name": "Martin", "city": "x" * 121},
    ],
)
def test_fields_that_cannot_be_stored_are_refused(
    signed_in: httpx.Client, fields: dict[str, str]
) -> None:
    assert signed_in.post("/v1/customers", json=fields).status_code == 422
    assert signed_in.get("/v1/customers").json()["total"] == 0


def test_text_that_is_not_unicode_is_refused(signed_in: httpx.Client) -> None:
    answer = signed_in.post(
        "/v1/customers",
        content=rb'{"name": "half a pair: \ud800"}',
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=201", "offset=-1", "offset=99999999999999999999"]
)
def test_a_page_outside_the_bounds_is_refused(signed_in: httpx.Client, query: str) -> None:
    assert signed_in.get(f"/v1/customers?{query}").status_code == 422


def test_an_unknown_customer_is_not_found(signed_in: httpx.Client) -> None:
    path = f"/v1/customers/{uuid4()}"
    assert signed_in.get(path).status_code == 404
    assert signed_in.put(path, json=MARTIN).status_code == 404
    assert signed_in.get("/v1/customers/1").status_code == 422
