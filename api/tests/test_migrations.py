"""The revisions form one line, up and down, and lead to the models."""

from sqlalchemy import create_engine, inspect, text

from app.models import Base
from tests.commands import alembic, run_python
from tests.revisions import HEAD, REVISIONS, SCRIPTS


def schema_of(environment: dict[str, str]) -> dict[str, object]:
    """Tables with their columns, indexes and constraints, as the database reports them."""
    engine = create_engine(environment["DATABASE_URL"])
    try:
        found = inspect(engine)
        return {
            table: (
                [(column["name"], str(column["type"])) for column in found.get_columns(table)],
                sorted(index["name"] for index in found.get_indexes(table)),
                sorted(unique["name"] for unique in found.get_unique_constraints(table)),
                sorted(key["name"] for key in found.get_foreign_keys(table)),
            )
            for table in found.get_table_names()
            if table != "alembic_version"
        }
    finally:
        engine.dispose()


def test_the_revisions_are_one_line_with_one_head() -> None:
    assert len(REVISIONS) >= 5
    assert SCRIPTS.get_heads() == [HEAD]
    parents = [SCRIPTS.get_revision(revision).down_revision for revision in REVISIONS]
    assert parents == [None, *REVISIONS[:-1]]


def test_every_revision_does_something() -> None:
    # To the schema or to the data: what a function calls is among its names.
    for script in SCRIPTS.walk_revisions():
        assert script.module.upgrade.__code__.co_names, f"{script.revision} changes nothing"


def test_up_down_to_base_and_up_again_step_by_step(empty_database: dict[str, str]) -> None:
    schemas = [schema_of(empty_database)]
    for _ in REVISIONS:
        alembic("upgrade", "+1", environment=empty_database)
        schemas.append(schema_of(empty_database))

    for revision, before in zip(REVISIONS[::-1], schemas[-2::-1], strict=True):
        alembic("downgrade", "-1", environment=empty_database)
        assert schema_of(empty_database) == before, f"the downgrade of {revision} is not whole"
    assert schema_of(empty_database) == {}

    alembic("upgrade", "head", environment=empty_database)
    assert schema_of(empty_database) == schemas[-1]
    current = alembic("current", environment=empty_database)
    assert current.strip() == f"{HEAD} (head)"


def test_the_whole_way_down_is_one_command(empty_database: dict[str, str]) -> None:
    alembic("upgrade", "head", environment=empty_database)
    assert set(schema_of(empty_database)) == set(Base.metadata.tables)
    alembic("downgrade", "base", environment=empty_database)
    assert schema_of(empty_database) == {}


def test_the_migrated_schema_is_the_one_of_the_models(empty_database: dict[str, str]) -> None:
    alembic("upgrade", "head", environment=empty_database)
    checked = alembic("check", environment=empty_database)
    assert "No new upgrade operations detected" in checked


def test_the_upgrade_can_be_read_as_sql_first(empty_database: dict[str, str]) -> None:
    sql = alembic("upgrade", "head", "--sql", environment=empty_database)
    assert "ALTER TABLE customers ADD COLUMN city VARCHAR(120)" in sql
    assert schema_of(empty_database) == {}


def test_a_failing_upgrade_leaves_the_schema_as_it_was(empty_database: dict[str, str]) -> None:
    alembic("upgrade", "0002_users", environment=empty_database)
    before = schema_of(empty_database)
    engine = create_engine(empty_database["DATABASE_URL"])
    with engine.begin() as connection:
        # The index of revision 0004 finds its name taken.
        connection.execute(text("CREATE INDEX ix_customers_tenant_id_name_id ON users (tenant_id)"))
    result = run_python("-m", "alembic", "upgrade", "head", environment=empty_database)
    assert result.returncode == 1
    with engine.begin() as connection:
        connection.execute(text("DROP INDEX ix_customers_tenant_id_name_id"))
    engine.dispose()
    assert schema_of(empty_database) == before
    assert "0002_users" in alembic("current", environment=empty_database)
