"""Customers of the test tenant: create, read, list, change, delete, and what is refused."""

import uuid
from collections.abc import Callable

import httpx
import pytest

from staging import Customers, expect

Create = Callable[..., dict]


def test_create_and_read(user: httpx.Client, create: Create, name: str) -> None:
    fields = {
        "name": name,
        "email": "essai@integration.test",
        "phone": "+33 1 99 00 00 01",
        "city": "Évreux",
    }
    created = create(**fields)
    read = expect(user.get(f"/api/v1/customers/{created['id']}"), 200).json()
    assert read == created
    assert {key: read[key] for key in fields} == fields


def test_text_comes_back_as_it_was_sent(user: httpx.Client, create: Create, name: str) -> None:
    odd = f"{name} « L’Œuf & <b>Fils</b> » 🦆 %2F'\""
    created = create(name=odd)
    read = expect(user.get(f"/api/v1/customers/{created['id']}"), 200).json()
    assert read["name"] == odd


def test_list(user: httpx.Client, create: Create, name: str) -> None:
    created = [create(name=f"{name} {letter}") for letter in "cab"]
    listed = [each for each in Customers(user).list() if each["name"].startswith(name)]
    assert [each["name"] for each in listed] == [f"{name} {letter}" for letter in "abc"]
    assert {each["id"] for each in listed} == {each["id"] for each in created}


def test_list_in_pages(user: httpx.Client, create: Create, name: str) -> None:
    for number in range(3):
        create(name=f"{name} {number}")
    page = expect(user.get("/api/v1/customers", params={"limit": 2, "offset": 1}), 200).json()
    assert len(page["items"]) == 2
    assert page["total"] >= 3


def test_replace(user: httpx.Client, create: Create, name: str) -> None:
    created = create(name=name, city="Brest", phone="+33 1 99 00 00 02")
    changed = expect(
        user.put(f"/api/v1/customers/{created['id']}", json={"name": name, "city": "Metz"}), 200
    ).json()
    # PUT replaces all fields: the one that is not sent is gone.
    assert (changed["city"], changed["phone"]) == ("Metz", None)
    assert changed["created_at"] == created["created_at"]
    assert changed["updated_at"] > created["updated_at"]
    assert expect(user.get(f"/api/v1/customers/{created['id']}"), 200).json() == changed


def test_delete(user: httpx.Client, create: Create, name: str) -> None:
    created = create(name=name)
    expect(user.delete(f"/api/v1/customers/{created['id']}"), 204)
    expect(user.get(f"/api/v1/customers/{created['id']}"), 404)
    expect(user.delete(f"/api/v1/customers/{created['id']}"), 404)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({}, "name"),
        ({"name": "Essai", "email": "no address"}, "email"),
        ({"name": "Essai", "phone": "0" * 41}, "phone"),
        ({"name": "Essai", "city": "\0"}, "city"),
    ],
)
def test_what_is_not_valid_is_refused_and_named(
    user: httpx.Client, fields: dict[str, str], field: str
) -> None:
    refused = expect(user.post("/api/v1/customers", json=fields), 422)
    assert [problem["loc"][-1] for problem in refused.json()["detail"]] == [field]


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 201}, {"offset": -1}])
def test_a_page_that_cannot_be_is_refused(user: httpx.Client, query: dict[str, int]) -> None:
    expect(user.get("/api/v1/customers", params=query), 422)


def test_an_unknown_customer_is_not_found(user: httpx.Client) -> None:
    expect(user.get(f"/api/v1/customers/{uuid.uuid4()}"), 404)
