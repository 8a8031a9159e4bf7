"""The tenant that testers and the smoke tests sign in to."""

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.auth.passwords import hash_password, password_matches
from app.models import Customer, Tenant, User

SLUG = "tenant-test"
NAME = "Tenant de test"
EMAIL = "qa@azals.test"
CUSTOMERS = (
    {"name": "Boulangerie Martin", "email": "contact@martin.test", "city": "Lyon"},
    {"name": "Garage Dubois", "phone": "+33 1 99 00 12 34", "city": "Lille"},
    {"name": "Librairie du Port", "email": "bonjour@librairie.test", "city": "Nantes"},
)


def provision_test_tenant(session: Session, wanted_password: str) -> list[str]:
    """Create what is missing and commit; returns a line for each thing done.

    With an empty `wanted_password` a new user gets a generated one, told in its line, and an
    existing user keeps the present one.
    """
    done = []
    tenant = session.scalar(select(Tenant).where(Tenant.slug == SLUG))
    if tenant is None:
        tenant = Tenant(slug=SLUG, name=NAME)
        session.add(tenant)
        session.flush()
        done.append(f"Created the tenant {SLUG} ({NAME})")

    user = session.scalar(select(User).where(User.tenant_id == tenant.id, User.email == EMAIL))
    if user is None:
        password = wanted_password or secrets.token_urlsafe(16)
        session.add(User(tenant_id=tenant.id, email=EMAIL, password_hash=hash_password(password)))
        told = "the one in TEST_TENANT_PASSWORD" if wanted_password else password
        done.append(f"Created the user {EMAIL}, password: {told}")
    elif wanted_password and not password_matches(wanted_password, user.password_hash):
        user.password_hash = hash_password(wanted_password)
        done.append(f"Changed the password of {EMAIL} to the one in TEST_TENANT_PASSWORD")

    present = set(session.scalars(select(Customer.name).where(Customer.tenant_id == tenant.id)))
    for fields in CUSTOMERS:
        if fields["name"] not in present:
            session.add(Customer(tenant_id=tenant.id, **fields))
            done.append(f"Created the customer {fields['name']}")
    session.commit()
    return done
