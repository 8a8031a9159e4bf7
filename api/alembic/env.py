"""How Alembic reaches the database: with the API's own settings, engine and models."""

from logging.config import fileConfig

from alembic import context

from app.core.database import engine
from app.models import Base

fileConfig(context.config.config_file_name, disable_existing_loggers=False)

if context.is_offline_mode():
    context.configure(
        dialect_name=engine.dialect.name, target_metadata=Base.metadata, literal_binds=True
    )
    with context.begin_transaction():
        context.run_migrations()
else:
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata)
        # One transaction for all revisions: an upgrade happens whole or not at all.
        with context.begin_transaction():
            context.run_migrations()
