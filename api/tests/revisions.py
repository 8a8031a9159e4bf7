"""The revisions of the database as they lie in alembic/versions, whichever they are."""

from alembic.config import Config
from alembic.script import ScriptDirectory

from tests.commands import API

SCRIPTS = ScriptDirectory.from_config(Config(API / "alembic.ini"))

# From the first to the last.
REVISIONS = [script.revision for script in SCRIPTS.walk_revisions()][::-1]
HEAD = REVISIONS[-1]
