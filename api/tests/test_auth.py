"""Signing in, and what a request needs to be let through."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import jwt
import pytest
from redis import Redis
from sqlalchemy import Engine, text

from tests.served_api import free_port, serve_api
from tests.tenants import SignedInTenant


def sign_in(
    client: httpx.Client, tenant: SignedInTenant, password: str, **changed: str
) -> httpx.Response:
    """The answer to one attempt to sign in."""
    return client.post(
        "/v1/auth/login",
        headers={"X-Tenant-ID": changed.get("slug", tenant.slug)},
        json={"email": changed.get("email", tenant.email), "password": password},
    )


def test_signing_in_gives_a_token_that_is_accepted(
    client: httpx.Client, tenant: SignedInTenant
) -> None:
    answer = sign_in(client, tenant, tenant.password, email=tenant.email.upper())
    body = answer.json()
    assert answer.status_code == 200
    assert body["token_type"] == "bearer"
    assert body["expires_in"] == 8 * 3600

    headers = {"X-Tenant-ID": tenant.slug, "Authorization": f"Bearer {body['access_token']}"}
    me = client.get("/v1/auth/me", headers=headers)
    assert me.status_code == 200
    assert me.json()["email"] == tenant.email
    assert me.json()["tenant"] == tenant.slug


def test_every_wrong_sign_in_gets_the_same_answer(
    client: httpx.Client, tenant: SignedInTenant, other_tenant: SignedInTenant
) -> None:
    answers = [
        sign_in(client, tenant, "wrong"),
        sign_in(client, tenant, tenant.password, email="nobody@azals.test"),
        sign_in(client, tenant, tenant.password, slug=other_tenant.slug),
        sign_in(client, tenant, tenant.password, slug="no-such-tenant"),
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text for answer in answers}) == 1


def test_no_tenant_no_sign_in(client: httpx.Client, tenant: SignedInTenant) -> None:
    answer = client.post(
        "/v1/auth/login", json={"email": tenant.email, "password": tenant.password}
    )
    assert answer.status_code == 400
    assert "X-Tenant-ID" in answer.json()["detail"]


def test_an_invalid_sign_in_is_not_sent_back(client: httpx.Client, tenant: SignedInTenant) -> None:
    answer = sign_in(client, tenant, "my-password", email="not-an-address")
    assert answer.status_code == 422
    assert "my-password" not in answer.text


@pytest.mark.parametrize("path", ["/v1/auth/me", "/v1/customers"])
def test_what_a_request_lacks_is_told_apart(
    client: httpx.Client, tenant: SignedInTenant, other_tenant: SignedInTenant, path: str
) -> None:
    token = {"Authorization": tenant.headers["Authorization"]}
    slug = {"X-Tenant-ID": tenant.slug}

    def status(headers: dict[str, str]) -> int:
        return client.get(path, headers=headers).status_code

    assert status({}) == 401
    assert status(slug) == 401
    assert status(token) == 400
    assert status(token | {"X-Tenant-ID": other_tenant.slug}) == 403
    assert status(slug | {"Authorization": "Basic dXNlcjpwYXNz"}) == 401
    assert status(token | slug) == 200


def test_tokens_that_are_not_ours_are_refused(
    client: httpx.Client, tenant: SignedInTenant, environment: dict[str, str]
) -> None:
    key, now = environment["SECRET_KEY"], datetime.now(UTC)
    ours = jwt.decode(
        tenant.headers["Authorization"].removeprefix("Bearer "), key, algorithms=["HS256"]
    )

    def status(token: str) -> int:
        headers = {"X-Tenant-ID": tenant.slug, "Authorization": f"Bearer {token}"}
        return client.get("/v1/auth/me", headers=headers).status_code

    assert status(jwt.encode(ours, key, "HS256")) == 200
    assert status(jwt.encode(ours, "another key of at least 32 characters", "HS256")) == 401
    assert status(jwt.encode(ours, None, "none")) == 401
    assert status(jwt.encode(ours | {"exp": now - timedelta(seconds=1)}, key, "HS256")) == 401
    assert status(jwt.encode({k: ours[k] for k in ours if k != "exp"}, key, "HS256")) == 401
    assert status(jwt.encode(ours | {"sub": str(uuid4())}, key, "HS256")) == 401
    assert status(jwt.encode(ours | {"sub": "me"}, key, "HS256")) == 401
    assert status("nonsense") == 401


def test_a_token_ends_with_its_user(
    client: httpx.Client, tenant: SignedInTenant, engine: Engine
) -> None:
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM users WHERE email = :email"), {"email": tenant.email})
    assert client.get("/v1/auth/me", headers=tenant.headers).status_code == 401


def test_failed_attempts_are_limited_for_each_tenant_and_address(
    client: httpx.Client, tenant: SignedInTenant, other_tenant: SignedInTenant
) -> None:
    for _ in range(10):
        assert sign_in(client, tenant, "wrong").status_code == 401
    blocked = sign_in(client, tenant, tenant.password)
    assert blocked.status_code == 429
    assert 0 < int(blocked.headers["Retry-After"]) <= 300
    assert sign_in(client, other_tenant, other_tenant.password).status_code == 200


def test_signing_in_starts_the_count_again(client: httpx.Client, tenant: SignedInTenant) -> None:
    for _ in range(2):
        for _ in range(9):
            assert sign_in(client, tenant, "wrong").status_code == 401
        assert sign_in(client, tenant, tenant.password).status_code == 200


def test_every_count_ends_by_itself(
    client: httpx.Client, tenant: SignedInTenant, redis: Redis
) -> None:
    sign_in(client, tenant, "wrong")
    keys = list(redis.scan_iter("login-failures:*"))
    assert keys
    assert all(0 < redis.ttl(key) <= 300 for key in keys)


def test_without_redis_people_sign_in_and_the_log_says_so(
    environment: dict[str, str], log: Path, tenant: SignedInTenant
) -> None:
    without_redis = {**environment, "REDIS_URL": f"redis://127.0.0.1:{free_port()}/0"}
    with (
        serve_api(without_redis, log) as api,
        httpx.Client(base_url=api.url) as client,
    ):
        for _ in range(11):
            assert sign_in(client, tenant, "wrong").status_code == 401
        assert sign_in(client, tenant, tenant.password).status_code == 200
    assert "Sign-in attempts are not limited, Redis does not answer" in log.read_text()
