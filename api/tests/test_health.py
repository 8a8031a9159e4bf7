"""/health says how the API is, also when what it needs is down or silent."""

import os
import socket
import time
from pathlib import Path

import httpx
from sqlalchemy import create_engine, make_url, text

from tests.commands import alembic, run_python
from tests.revisions import HEAD, REVISIONS
from tests.served_api import ServedApi, free_port, serve_api
from tests.tcp_relay import tcp_relay
from tests.tenants import SignedInTenant


def components(answer: httpx.Response) -> dict[str, str]:
    """The status of each component."""
    return {component["name"]: component["status"] for component in answer.json()["components"]}


def with_database_port(environment: dict[str, str], port: int) -> dict[str, str]:
    """The environment with the database at another port of this machine."""
    url = make_url(environment["DATABASE_URL"]).set(host="127.0.0.1", port=port)
    return {**environment, "DATABASE_URL": url.render_as_string(hide_password=False)}


def test_healthy_with_version_commit_and_components(
    client: httpx.Client, environment: dict[str, str]
) -> None:
    answer = client.get("/health")
    body = answer.json()
    assert answer.status_code == 200
    assert body["status"] == "healthy"
    assert body["version"] == environment["APP_VERSION"]
    assert body["commit"] == environment["APP_COMMIT"]
    assert body["environment"] == "test"
    assert body["uptime_seconds"] > 0
    assert components(answer) == {"database": "healthy", "redis": "healthy", "disk": "healthy"}


def test_degraded_but_serving_without_redis(environment: dict[str, str], log: Path) -> None:
    without_redis = {**environment, "REDIS_URL": f"redis://127.0.0.1:{free_port()}/0"}
    with serve_api(without_redis, log) as api:
        health, ready = httpx.get(f"{api.url}/health"), httpx.get(f"{api.url}/health/ready")
    assert health.status_code == 200
    assert health.json()["status"] == "degraded"
    assert components(health) == {"database": "healthy", "redis": "degraded", "disk": "healthy"}
    assert ready.status_code == 200
    assert components(ready) == {"database": "healthy", "redis": "degraded"}


def test_unhealthy_while_the_database_is_away_and_healthy_when_it_is_back(
    environment: dict[str, str], log: Path, tenant: SignedInTenant
) -> None:
    target = make_url(os.environ["DATABASE_URL"])
    port = free_port()
    with (
        tcp_relay(port, (target.host, target.port or 5432)) as database,
        serve_api(with_database_port(environment, port), log) as api,
        httpx.Client(base_url=api.url, headers=tenant.headers) as client,
    ):
        assert client.get("/health").status_code == 503
        database.on()
        assert client.get("/health").status_code == 200
        assert client.get("/v1/customers").status_code == 200

        database.off()
        health = client.get("/health")
        assert health.status_code == 503
        assert health.json()["status"] == "unhealthy"
        assert components(health)["database"] == "unhealthy"
        assert client.get("/health/ready").status_code == 503
        assert client.get("/health/live").json() == {"status": "alive"}
        refused = client.get("/v1/customers")
        assert refused.status_code == 503
        assert "try again" in refused.json()["detail"]

        database.on()
        assert client.get("/health").status_code == 200
        assert client.get("/v1/customers").status_code == 200


def test_answers_in_time_when_the_database_and_redis_are_silent(
    environment: dict[str, str], log: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        silenced = with_database_port(environment, port)
        silenced["REDIS_URL"] = f"redis://127.0.0.1:{port}/0"
        with serve_api(silenced, log) as api:
            started = time.monotonic()
            health = httpx.get(f"{api.url}/health")
            took = time.monotonic() - started
            live = httpx.get(f"{api.url}/health/live", timeout=1)
    assert health.status_code == 503
    assert components(health) == {"database": "unhealthy", "redis": "degraded", "disk": "healthy"}
    assert {part.get("detail") for part in health.json()["components"]} >= {"no answer within 2 s"}
    # The image's health check gives up after 4 s.
    assert took < 3
    assert live.status_code == 200


def test_the_reason_is_for_the_log_not_for_visitors(environment: dict[str, str], log: Path) -> None:
    port = free_port()
    with serve_api(with_database_port(environment, port), log) as api:
        health = httpx.get(f"{api.url}/health")
    assert str(port) not in health.text
    assert str(port) in log.read_text()


def test_ready_compares_the_schema_with_the_scripts(
    empty_database: dict[str, str], log: Path
) -> None:
    def schema(api: ServedApi) -> tuple[int, str, str | None]:
        answer = httpx.get(f"{api.url}/health/ready")
        body = answer.json()
        assert body["schema"]["expected"] == HEAD
        return answer.status_code, body["status"], body["schema"]["current"]

    with serve_api(empty_database, log) as api:
        assert schema(api) == (503, "not_ready", None)
        before_last = REVISIONS[-2]
        alembic("upgrade", before_last, environment=empty_database)
        assert schema(api) == (503, "not_ready", before_last)
        alembic("upgrade", "head", environment=empty_database)
        assert schema(api) == (200, "ready", HEAD)

        engine = create_engine(empty_database["DATABASE_URL"])
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO alembic_version VALUES ('0000_second_head')"))
        engine.dispose()
        assert schema(api) == (503, "not_ready", f"0000_second_head,{HEAD}")


def test_the_image_health_check_follows_health(api: ServedApi, environment: dict[str, str]) -> None:
    serving = run_python(
        "scripts/healthcheck.py", environment={**environment, "PORT": str(api.port)}
    )
    assert serving.returncode == 0
    assert '"status":"healthy"' in serving.stdout

    nobody = run_python(
        "scripts/healthcheck.py", environment={**environment, "PORT": str(free_port())}
    )
    assert nobody.returncode == 1
    assert "/health does not answer" in nobody.stderr
