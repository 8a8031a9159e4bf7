"""The tenants that testers and the suites sign in to; two, to see that each is alone."""

import secrets
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.auth.passwords import hash_password, password_matches
from app.models import Customer, Tenant, User

EMAIL = "qa@azals.test"


@dataclass(frozen=True)
class ProvisionedTenant:
    """A tenant to be there, with the customers that its list begins with."""

    slug: str
    name: str
    customers: tuple[dict[str, str], ...]


TENANTS = (
    ProvisionedTenant(
        "tenant-test",
        "Tenant de test",
        (
            {"name": "Boulangerie Martin", "email": "contact@martin.test", "city": "Lyon"},
            {"name": "Garage Dubois", "phone": "+33 1 99 00 12 34", "city": "Lille"},
            {"name": "Librairie du Port", "email": "bonjour@librairie.test", "city": "Nantes"},
        ),
    ),
    ProvisionedTenant(
        "tenant-test-2",
        "Second tenant de test",
        ({"name": "Fleurs de Sophie", "email": "sophie@fleurs.test", "city": "Rennes"},),
    ),
)


def provision_test_tenants(session: Session, wanted_password: str) -> list[str]:
    """Create what is missing and commit; returns a line for each thing done.

    With an empty `wanted_password` new users get a generated one, told in their lines, and existing
    users keep the present one.
    """
    password = wanted_password or secrets.token_urlsafe(16)
    told = "the one in TEST_TENANT_PASSWORD" if wanted_password else password
    done = []
    for wanted in TENANTS:
        tenant = session.scalar(select(Tenant).where(Tenant.slug == wanted.slug))
        if tenant is None:
            tenant = Tenant(slug=wanted.slug, name=wanted.name)
            session.add(tenant)
            session.flush()
            done.append(f"Created the tenant {wanted.slug} ({wanted.name})")

        user = session.scalar(select(User).where(User.tenant_id == tenant.id, User.email == EMAIL))
        if user is None:
            session.add(
                User(tenant_id=tenant.id, email=EMAIL, password_hash=hash_password(password))
            )
            done.append(f"Created the user {EMAIL}, password: {told} ({wanted.slug})")
        elif wanted_password and not password_matches(wanted_password, user.password_hash):
            user.password_hash = hash_password(wanted_password)
            done.append(
                f"Changed the password of {EMAIL} to the one in TEST_TENANT_PASSWORD "
                f"({wanted.slug})"
            )

        own = select(Customer.name).where(Customer.tenant_id == tenant.id)
        present = set(session.scalars(own))
        for fields in wanted.customers:
            if fields["name"] not in present:
                session.add(Customer(tenant_id=tenant.id, **fields))
                done.append(f"Created the customer {fields['name']} ({wanted.slug})")
    session.commit()
    return done
