"""Password hashing with Argon2id."""

import secrets
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

# OWASP's parameters for Argon2id: 19 MiB and two passes.
_hasher = PasswordHasher(memory_cost=19 * 1024, time_cost=2, parallelism=1)
# Many sign-ins at once would otherwise take 19 MiB for each of the server's 40 threads.
_slots = BoundedSemaphore(4)


def hash_password(password: str) -> str:
    """The hash to store, with its salt and parameters in it."""
    with _slots:
        return _hasher.hash(password)


_NOBODYS_HASH = hash_password(secrets.token_hex())


def password_matches(password: str, stored_hash: str | None) -> bool:
    """Whether the password fits; takes as long when there is no such user (None)."""
    with _slots:
        try:
            return _hasher.verify(stored_hash or _NOBODYS_HASH, password)
        except VerifyMismatchError:
            return False
