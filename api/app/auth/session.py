"""Who is asking, and for which tenant: the dependencies every tenant route rests on."""

from typing import Annotated

from fastapi import Depends, HTTPException, status
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import select

from app.auth.tokens import InvalidToken, read_token
from app.core.request_session import DatabaseSession
from app.models import Tenant, User

# Security schemes rather than plain headers: /docs then asks for both under "Authorize".
_bearer = HTTPBearer(auto_error=False)
_tenant_header = APIKeyHeader(name="X-Tenant-ID", scheme_name="Tenant", auto_error=False)


def _unauthorized(detail: str) -> HTTPException:
    return HTTPException(
        status.HTTP_401_UNAUTHORIZED, detail, headers={"WWW-Authenticate": "Bearer"}
    )


def _require_tenant_slug(slug: Annotated[str | None, Depends(_tenant_header)]) -> str:
    if not slug:
        raise HTTPException(
            status.HTTP_400_BAD_REQUEST, "The header X-Tenant-ID is missing: send the tenant's slug"
        )
    return slug


TenantSlug = Annotated[str, Depends(_require_tenant_slug)]


def _require_user(
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    slug: Annotated[str | None, Depends(_tenant_header)],
    session: DatabaseSession,
) -> User:
    if credentials is None:
        raise _unauthorized("Sign in first: POST /v1/auth/login")
    try:
        claims = read_token(credentials.credentials)
    except InvalidToken:
        raise _unauthorized("The access token is invalid or has expired: sign in again") from None
    if claims.tenant != _require_tenant_slug(slug):
        raise HTTPException(
            status.HTTP_403_FORBIDDEN, f"The access token is not for the tenant {slug!r}"
        )
    user = session.scalar(
        select(User).join(Tenant).where(User.id == claims.user_id, Tenant.slug == claims.tenant)
    )
    if user is None:
        raise _unauthorized("This user no longer exists")
    return user


SignedInUser = Annotated[User, Depends(_require_user)]
