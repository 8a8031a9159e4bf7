"""What browsers and Prometheus get: the documents, CORS, metrics."""

import re
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from tests.served_api import serve_api
from tests.tenants import SignedInTenant


def test_the_documents_are_served_at_the_root(client: httpx.Client) -> None:
    assert "/openapi.json" in client.get("/docs").text
    assert "/openapi.json" in client.get("/redoc").text
    assert client.get("/").json()["docs"] == "/docs"


def test_the_documents_need_no_other_server(client: httpx.Client) -> None:
    for page in ("/docs", "/redoc"):
        scripts = re.findall(r'(?:src|href)="([^"]+)"', client.get(page).text)
        assert scripts
        for script in scripts:
            assert script.startswith("/docs/assets/"), script
            assert client.get(script).status_code == 200


def test_try_it_out_goes_through_the_public_path(
    client: httpx.Client, environment: dict[str, str], log: Path
) -> None:
    schema = client.get("/openapi.json").json()
    assert schema["servers"] == [{"url": "/api"}]
    assert set(schema["components"]["securitySchemes"]) == {"HTTPBearer", "Tenant"}

    with serve_api({**environment, "API_PUBLIC_PATH": "/"}, log) as api:
        assert httpx.get(f"{api.url}/openapi.json").json()["servers"] == [{"url": "/"}]


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [("http://localhost:8081", True), ("http://127.0.0.1:8081", True), ("http://a.test", False)],
)
def test_only_the_configured_origins_may_ask(
    client: httpx.Client, origin: str, allowed: bool
) -> None:
    answer = client.options(
        "/v1/customers",
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": "PUT",
            "Access-Control-Request-Headers": "Authorization,Content-Type,X-Tenant-ID",
        },
    )
    assert (answer.headers.get("Access-Control-Allow-Origin") == origin) is allowed


def samples(client: httpx.Client) -> dict[str, float]:
    """The metrics, by name with labels."""
    answer = client.get("/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain")
    lines = re.findall(r"^([^#\s].*) (\S+)$", answer.text, re.MULTILINE)
    return {name: float(value) for name, value in lines}


def test_requests_are_counted_by_the_template_of_their_route(
    client: httpx.Client, tenant: SignedInTenant
) -> None:
    def count(route: str, status: int, method: str = "GET") -> float:
        labels = f'method="{method}",route="{route}",status="{status}"'
        return samples(client).get(f"http_requests_total{{{labels}}}", 0)

    by_id, timed = "/v1/customers/{customer_id}", "http_request_duration_seconds_count"
    before, unmatched, odd = (
        count(by_id, 404),
        count("unmatched", 404),
        count("unmatched", 404, "other"),
    )
    for _ in range(3):
        client.get(f"/v1/customers/{uuid4()}", headers=tenant.headers)
        client.get(f"/{uuid4()}")
        client.request(f"X{uuid4().hex}", "/nowhere")
    assert count(by_id, 404) == before + 3
    assert count("unmatched", 404) == unmatched + 3
    assert count("unmatched", 404, "other") == odd + 3
    assert samples(client)[f'{timed}{{method="GET",route="{by_id}"}}'] >= 3


def test_the_build_is_a_metric(client: httpx.Client, environment: dict[str, str]) -> None:
    labels = f'commit="{environment["APP_COMMIT"]}",version="{environment["APP_VERSION"]}"'
    assert samples(client)[f"azals_build_info{{{labels}}}"] == 1


def test_several_workers_add_up_their_metrics(environment: dict[str, str], log: Path) -> None:
    with serve_api({**environment, "WEB_CONCURRENCY": "2"}, log) as api:
        for _ in range(20):
            # A connection each, so that both workers get some.
            httpx.get(f"{api.url}/")
        with httpx.Client(base_url=api.url) as client:
            found = samples(client)
    assert log.read_text().count("Booting worker") == 2
    assert found['http_requests_total{method="GET",route="/",status="200"}'] == 20
    assert [value for name, value in found.items() if name.startswith("azals_build_info")] == [1]
