"""What nginx makes of requests: prefix, documentation, headers, CORS, and what is not public."""

import uuid

import httpx
import pytest

from staging import expect


def test_the_database_redis_and_the_schema_are_ready(client: httpx.Client) -> None:
    ready = expect(client.get("/api/health/ready"), 200).json()
    assert ready["status"] == "ready"
    assert ready["schema"]["current"] == ready["schema"]["expected"]


def test_the_documentation_describes_what_is_there(client: httpx.Client) -> None:
    assert "swagger-ui" in expect(client.get("/docs"), 200).text
    described = expect(client.get("/openapi.json"), 200).json()
    assert {"/v1/customers", "/v1/customers/{customer_id}", "/v1/auth/login"} <= set(
        described["paths"]
    )
    # "Try it out" sends its requests to the API through nginx.
    assert [server["url"] for server in described["servers"]] == ["/api"]


@pytest.mark.parametrize("path", ["/api/metrics", "/metrics", "/api/v1/no-such-route"])
def test_what_is_not_public_is_not_found(client: httpx.Client, path: str) -> None:
    expect(client.get(path), 404)


def test_a_request_keeps_its_id(client: httpx.Client) -> None:
    own = f"integration-{uuid.uuid4().hex}"
    assert (
        client.get("/api/health", headers={"X-Request-ID": own}).headers.get("X-Request-ID") == own
    )
    assert client.get("/api/health").headers.get("X-Request-ID")


def test_pages_may_not_be_framed_or_indexed(client: httpx.Client) -> None:
    headers = expect(client.get("/"), 200).headers
    assert headers.get("X-Frame-Options") == "DENY"
    assert headers.get("X-Content-Type-Options") == "nosniff"
    assert "noindex" in headers.get("X-Robots-Tag", "")


def test_a_foreign_origin_gets_no_grant(client: httpx.Client) -> None:
    foreign = {"Origin": "https://foreign.example", "Access-Control-Request-Method": "GET"}
    preflight = client.options("/api/v1/customers", headers=foreign)
    assert "Access-Control-Allow-Origin" not in preflight.headers
    answer = client.get("/api/health", headers={"Origin": foreign["Origin"]})
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_long_answers_are_compressed(client: httpx.Client) -> None:
    described = expect(client.get("/openapi.json"), 200)
    assert described.headers.get("Content-Encoding") == "gzip"


def test_a_body_that_is_too_large_is_refused(user: httpx.Client) -> None:
    refused = expect(user.post("/api/v1/customers", content=b" " * (10 * 1024 * 1024 + 1)), 413)
    assert "too large" in refused.json()["detail"]


def test_a_body_that_is_no_json_is_refused(user: httpx.Client) -> None:
    headers = {"Content-Type": "application/json"}
    expect(user.post("/api/v1/customers", content=b"{", headers=headers), 422)


def test_every_deep_link_is_the_application(client: httpx.Client) -> None:
    for path in ("/clients", f"/clients/{uuid.uuid4()}", "/connexion"):
        assert '<div id="root">' in expect(client.get(path), 200).text


def test_the_page_and_the_api_are_of_one_commit(client: httpx.Client) -> None:
    page = expect(client.get("/version.json"), 200).json()
    api = expect(client.get("/api/health"), 200).json()
    assert page["commit"] == api["commit"]
