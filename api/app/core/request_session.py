"""The database session of a request."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends
from sqlalchemy.orm import Session

from app.core.database import open_session


def _request_session() -> Iterator[Session]:
    with open_session() as session:
        yield session


# Closed before the answer is sent: slow readers hold no connection, and a database that goes away
# just then is answered with 503.
DatabaseSession = Annotated[Session, Depends(_request_session, scope="function")]
