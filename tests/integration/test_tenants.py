"""Two tenants on one staging: neither sees, changes or deletes what is the other's."""

from collections.abc import Callable

import httpx

from staging import OTHER_TENANT, TENANT, Customers, expect


def test_a_customer_of_the_other_tenant_is_not_found(
    user: httpx.Client, other_user: httpx.Client, create_elsewhere: Callable[..., dict], name: str
) -> None:
    theirs = create_elsewhere(name=name, city="Rennes")
    path = f"/api/v1/customers/{theirs['id']}"
    expect(user.get(path), 404)
    expect(user.put(path, json={"name": "Pris"}), 404)
    expect(user.delete(path), 404)
    assert expect(other_user.get(path), 200).json() == theirs


def test_lists_hold_only_ones_own(
    user: httpx.Client,
    other_user: httpx.Client,
    create: Callable[..., dict],
    create_elsewhere: Callable[..., dict],
    name: str,
) -> None:
    ours, theirs = create(name=name), create_elsewhere(name=name)
    seen_here = {each["id"] for each in Customers(user).list()}
    seen_there = {each["id"] for each in Customers(other_user).list()}
    assert ours["id"] in seen_here
    assert theirs["id"] in seen_there
    assert seen_here.isdisjoint(seen_there)


def test_a_token_counts_only_for_its_own_tenant(
    user: httpx.Client, other_user: httpx.Client
) -> None:
    expect(user.get("/api/v1/customers", headers={"X-Tenant-ID": OTHER_TENANT}), 403)
    expect(other_user.get("/api/v1/customers", headers={"X-Tenant-ID": TENANT}), 403)
