"""`python -m app.wait_for_database`: returns once PostgreSQL accepts connections."""

import sys
import time

from sqlalchemy.exc import OperationalError

from app.core.settings import SettingsError, get_settings

PAUSE_SECONDS = 0.5


class DatabaseDidNotAnswer(Exception):
    """PostgreSQL accepted no connection in time; the message holds its last reason."""


def wait_for_database() -> None:
    """Try until a connection works; raises DatabaseDidNotAnswer after DATABASE_WAIT_SECONDS."""
    # Only here: the import already needs the settings to be usable.
    from app.core.database import engine

    limit = get_settings().database_wait_seconds
    deadline = time.monotonic() + limit
    while True:
        try:
            engine.connect().close()
            return
        except OperationalError as error:
            if time.monotonic() + PAUSE_SECONDS > deadline:
                raise DatabaseDidNotAnswer(
                    f"PostgreSQL at {engine.url.render_as_string()} accepted no connection within "
                    f"{limit:g} s. Check DATABASE_URL and the postgres service. "
                    f"Last reason: {error.orig}"
                ) from error
        time.sleep(PAUSE_SECONDS)


if __name__ == "__main__":
    try:
        get_settings()
        wait_for_database()
    except (SettingsError, DatabaseDidNotAnswer) as error:
        sys.exit(f"azals-api: {error}")
