"""What the container's process does: wait for the database, serve, and stop in good order."""

import signal
import subprocess
import threading
import time
from pathlib import Path

import httpx
from sqlalchemy import Engine, create_engine, text

from tests.commands import API, run
from tests.served_api import free_port, serve_api
from tests.tenants import SignedInTenant

ENTRYPOINT = "./docker-entrypoint.sh"


def without_database(environment: dict[str, str]) -> dict[str, str]:
    """The environment with a database that nobody serves."""
    return {
        **environment,
        "DATABASE_URL": f"postgresql+psycopg://azals:hidden@127.0.0.1:{free_port()}/azals",
    }


def test_the_command_follows_once_the_database_answers(environment: dict[str, str]) -> None:
    result = run(ENTRYPOINT, "alembic", "current", environment=environment)
    assert result.returncode == 0, result.stderr
    assert "(head)" in result.stdout


def test_the_wait_ends_with_a_reason(environment: dict[str, str]) -> None:
    waiting = {**without_database(environment), "DATABASE_WAIT_SECONDS": "1"}
    started = time.monotonic()
    result = run(ENTRYPOINT, "gunicorn", "app.main:app", environment=waiting)
    assert result.returncode == 1
    assert time.monotonic() - started < 10
    assert "accepted no connection within 1 s. Check DATABASE_URL" in result.stderr
    assert "hidden" not in result.stderr
    assert "Traceback" not in result.stderr


def test_an_unusable_environment_is_told_before_anything_starts(
    environment: dict[str, str],
) -> None:
    result = run(
        ENTRYPOINT, "gunicorn", "app.main:app", environment={**environment, "SECRET_KEY": "short"}
    )
    assert result.returncode == 1
    assert "SECRET_KEY has 5 characters" in result.stderr
    assert "Traceback" not in result.stderr


def test_other_commands_do_not_wait(environment: dict[str, str]) -> None:
    result = run(ENTRYPOINT, "echo", "at once", environment=without_database(environment))
    assert result.stdout == "at once\n"


def test_a_container_that_still_waits_can_be_stopped(environment: dict[str, str]) -> None:
    with subprocess.Popen(
        [ENTRYPOINT, "gunicorn", "app.main:app"],
        cwd=API,
        env={**without_database(environment), "DATABASE_WAIT_SECONDS": "10"},
        stderr=subprocess.DEVNULL,
    ) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        while not children.read_text():
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=5) == 143


def test_a_request_under_way_is_answered_before_the_stop(
    environment: dict[str, str], log: Path, tenant: SignedInTenant, engine: Engine
) -> None:
    answers: list[httpx.Response] = []
    with serve_api(environment, log) as api:
        request = threading.Thread(
            target=lambda: answers.append(
                httpx.get(f"{api.url}/v1/customers", headers=tenant.headers, timeout=10)
            )
        )
        with engine.begin() as lock:
            lock.execute(text("LOCK TABLE customers IN ACCESS EXCLUSIVE MODE"))
            request.start()
            waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
            while lock.execute(waiting).scalar_one() == 0:
                time.sleep(0.01)
            api.process.send_signal(signal.SIGTERM)
            while "Shutting down" not in log.read_text():
                time.sleep(0.01)
        request.join()
        assert api.process.wait(timeout=10) == 0
    assert [answer.status_code for answer in answers] == [200]


def test_the_engine_can_be_tried_as_the_guide_says(environment: dict[str, str]) -> None:
    result = run(
        "python",
        "-c",
        "from app.core.database import engine; engine.connect()",
        environment=environment,
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert create_engine(environment["DATABASE_URL"]).dialect.driver == "psycopg"
