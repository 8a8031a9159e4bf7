"""/v1/auth: sign in, and who am I."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, HTTPException, status
from pydantic import BaseModel, Field
from sqlalchemy import select

from app.auth.login_attempts import forget_failures, record_failure, seconds_blocked
from app.auth.passwords import password_matches
from app.auth.session import SignedInUser, TenantSlug
from app.auth.tokens import LIFETIME, Claims, issue_token
from app.core.request_session import DatabaseSession
from app.core.text import Email
from app.models import Tenant, User

router = APIRouter(prefix="/v1/auth", tags=["auth"])


class Credentials(BaseModel):
    """What somebody signs in with."""

    email: Email
    password: Annotated[str, Field(min_length=1, max_length=1024)]


class AccessToken(BaseModel):
    """The token to send as `Authorization: Bearer`; `expires_in` is in seconds."""

    access_token: str
    token_type: Literal["bearer"] = "bearer"
    expires_in: int


class Me(BaseModel):
    """The signed-in user and the tenant's slug."""

    id: UUID
    email: str
    tenant: str


@router.post("/login")
def login(credentials: Credentials, tenant: TenantSlug, session: DatabaseSession) -> AccessToken:
    """Sign in to the tenant named in X-Tenant-ID."""
    if blocked := seconds_blocked(tenant, credentials.email):
        raise HTTPException(
            status.HTTP_429_TOO_MANY_REQUESTS,
            f"Too many failed attempts: try again in {blocked} s",
            headers={"Retry-After": str(blocked)},
        )
    user = session.scalar(
        select(User).join(Tenant).where(Tenant.slug == tenant, User.email == credentials.email)
    )
    if not password_matches(credentials.password, user and user.password_hash) or user is None:
        record_failure(tenant, credentials.email)
        raise HTTPException(
            status.HTTP_401_UNAUTHORIZED, "Tenant, e-mail address or password is wrong"
        )
    forget_failures(tenant, credentials.email)
    return AccessToken(
        access_token=issue_token(Claims(user_id=user.id, tenant=tenant)),
        expires_in=int(LIFETIME.total_seconds()),
    )


@router.get("/me")
def me(user: SignedInUser, tenant: TenantSlug) -> Me:
    """The signed-in user."""
    return Me(id=user.id, email=user.email, tenant=tenant)
