"""Create the test tenants, their user and a few customers; safe to run again and again.

The user's password is TEST_TENANT_PASSWORD; without it one is generated and printed once.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy.exc import OperationalError, ProgrammingError

from app.core.database import open_session
from app.core.settings import get_settings
from app.provisioning import EMAIL, TENANTS, provision_test_tenants

SIGN_IN = f"""\
Sign in: tenant {" or ".join(tenant.slug for tenant in TENANTS)}, e-mail {EMAIL}
  POST {get_settings().api_public_path}/v1/auth/login  X-Tenant-ID: {TENANTS[0].slug}
  {{"email": "{EMAIL}", "password": "..."}}"""


def main() -> None:
    """Provision, then say what was done and how to sign in; exits with the fix on failure."""
    settings = get_settings()
    if settings.environment == "production":
        sys.exit("The test tenant does not belong in production: nothing was changed")
    try:
        with open_session() as session:
            done = provision_test_tenants(session, settings.test_tenant_password.get_secret_value())
    except ProgrammingError as error:
        sys.exit(f"The schema is not ready, run `alembic upgrade head` first: {error.orig}")
    except OperationalError as error:
        sys.exit(f"The database does not answer, check DATABASE_URL: {error.orig}")
    print("\n".join(done or ["Everything is there already"]))
    print(SIGN_IN)


if __name__ == "__main__":
    main()
