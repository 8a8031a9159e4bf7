"""The connection to PostgreSQL: one engine for the process."""

from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

from app.core.settings import get_settings

engine = create_engine(
    get_settings().database_url.get_secret_value(),
    # A connection that PostgreSQL closed in the meantime (restart, restore) is replaced unseen.
    pool_pre_ping=True,
    pool_timeout=5,
    # Parameters hold password hashes and customers' data: keep them out of error messages.
    hide_parameters=True,
    connect_args={"connect_timeout": 3, "application_name": "azals-api"},
)

open_session = sessionmaker(engine, expire_on_commit=False)
