"""Access tokens: JWT signed with SECRET_KEY, which say who signed in and to which tenant."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import jwt

from app.core.settings import get_settings

LIFETIME = timedelta(hours=8)  # a working day
_ALGORITHM = "HS256"


class InvalidToken(Exception):
    """The token is not one of ours, was changed, or has expired."""


@dataclass(frozen=True)
class Claims:
    """What a token says: the user's id and the slug of the tenant."""

    user_id: UUID
    tenant: str


def issue_token(claims: Claims) -> str:
    """A token that is valid for LIFETIME from now."""
    now = datetime.now(UTC)
    payload = {
        "sub": str(claims.user_id),
        "tenant": claims.tenant,
        "iat": now,
        "exp": now + LIFETIME,
    }
    return jwt.encode(payload, get_settings().secret_key.get_secret_value(), _ALGORITHM)


def read_token(token: str) -> Claims:
    """The claims of a token; raises InvalidToken."""
    try:
        payload = jwt.decode(
            token,
            get_settings().secret_key.get_secret_value(),
            algorithms=[_ALGORITHM],
            options={"require": ["sub", "tenant", "iat", "exp"]},
        )
        return Claims(user_id=UUID(payload["sub"]), tenant=payload["tenant"])
    except (jwt.InvalidTokenError, ValueError) as error:
        raise InvalidToken(str(error)) from error
