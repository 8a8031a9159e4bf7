"""Signing in: who may, and as whom."""

import uuid

import httpx

from staging import EMAIL, TENANT, expect, sign_in


def test_the_test_user_signs_in_and_is_told_who_it_is(
    client: httpx.Client, user: httpx.Client
) -> None:
    token = expect(sign_in(client, TENANT), 200).json()
    assert token["token_type"] == "bearer"
    assert token["expires_in"] > 0
    me = expect(user.get("/api/v1/auth/me"), 200).json()
    assert (me["email"], me["tenant"]) == (EMAIL, TENANT)


def test_a_wrong_password_and_an_unknown_user_get_the_same_answer(client: httpx.Client) -> None:
    # Failures are counted for each address, and ten of them lock it: the test user's stays clean.
    nobody = f"nobody-{uuid.uuid4().hex}@azals.test"
    credentials = {"email": nobody, "password": "wrong"}
    refused = expect(
        client.post("/api/v1/auth/login", headers={"X-Tenant-ID": TENANT}, json=credentials), 401
    )
    elsewhere = {"X-Tenant-ID": f"no-such-tenant-{uuid.uuid4().hex}"}
    unknown = expect(client.post("/api/v1/auth/login", headers=elsewhere, json=credentials), 401)
    assert refused.json()["detail"] == unknown.json()["detail"]


def test_without_a_token_nothing_is_told(client: httpx.Client) -> None:
    refused = expect(client.get("/api/v1/customers", headers={"X-Tenant-ID": TENANT}), 401)
    assert refused.headers["WWW-Authenticate"] == "Bearer"
    assert "items" not in refused.json()


def test_a_token_that_was_changed_is_refused(user: httpx.Client) -> None:
    scheme, token = user.headers["Authorization"].split(" ")
    head, claims, signature = token.split(".")
    swapped = ("A" if signature[0] != "A" else "B") + signature[1:]
    forged = {"Authorization": f"{scheme} {head}.{claims}.{swapped}"}
    expect(user.get("/api/v1/customers", headers=forged), 401)


def test_the_tenant_has_to_be_named(client: httpx.Client) -> None:
    credentials = {"email": EMAIL, "password": "whatever"}
    refused = expect(client.post("/api/v1/auth/login", json=credentials), 400)
    assert "X-Tenant-ID" in refused.json()["detail"]
