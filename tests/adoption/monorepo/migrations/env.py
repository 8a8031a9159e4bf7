"""How Alembic reaches the database."""

from alembic import context
from sqlalchemy import create_engine

from workshop.config import load
from workshop.tables import metadata

with create_engine(load().database_url).connect() as connection:
    context.configure(connection=connection, target_metadata=metadata)
    with context.begin_transaction():
        context.run_migrations()
