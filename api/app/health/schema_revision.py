"""The schema revision this build expects: the head of the scripts it was shipped with."""

from functools import lru_cache
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

ALEMBIC_INI = Path(__file__).parents[2] / "alembic.ini"


@lru_cache
def expected_revision() -> str:
    """The head in alembic/versions; several heads are joined with a comma, sorted."""
    return join_revisions(ScriptDirectory.from_config(Config(ALEMBIC_INI)).get_heads()) or ""


def join_revisions(revisions: list[str]) -> str | None:
    """One comparable text for the revisions of a database; None for a schema without any."""
    return ",".join(sorted(revisions)) or None
