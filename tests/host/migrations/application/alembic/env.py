"""As the API's own env.py, with models of a file beside it and switches for tests."""

import os
from logging.config import fileConfig

from alembic import context
from models import metadata
from sqlalchemy import create_engine

fileConfig(context.config.config_file_name, disable_existing_loggers=False)
engine = create_engine(
    os.environ["DATABASE_URL"],
    pool_pre_ping=True,
    connect_args={"connect_timeout": 3, "application_name": "azals-api"},
)
one_by_one = os.path.exists("one-by-one")

if context.is_offline_mode():
    context.configure(dialect_name="postgresql", target_metadata=metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            transaction_per_migration=one_by_one,
        )
        with context.begin_transaction():
            context.run_migrations()
