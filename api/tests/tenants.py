"""Tenants to test with."""

import secrets
from dataclasses import dataclass

import httpx
from sqlalchemy.orm import Session

from app.auth.passwords import hash_password
from app.models import Tenant, User


@dataclass(frozen=True)
class SignedInTenant:
    """A tenant, its user's credentials, and the headers of that user's requests."""

    slug: str
    email: str
    password: str
    headers: dict[str, str]


def new_tenant(session: Session, client: httpx.Client) -> SignedInTenant:
    """A tenant with a name of its own, stored, whose user has signed in over HTTP."""
    slug, password = f"tenant-{secrets.token_hex(6)}", secrets.token_urlsafe(16)
    email = f"user@{slug}.test"
    tenant = Tenant(slug=slug, name=slug)
    session.add(tenant)
    session.flush()
    session.add(User(tenant_id=tenant.id, email=email, password_hash=hash_password(password)))
    session.commit()
    answer = client.post(
        "/v1/auth/login",
        headers={"X-Tenant-ID": slug},
        json={"email": email, "password": password},
    )
    assert answer.status_code == 200, answer.text
    token = answer.json()["access_token"]
    headers = {"X-Tenant-ID": slug, "Authorization": f"Bearer {token}"}
    return SignedInTenant(slug, email, password, headers)
