"""What the API is told by its environment."""

import base64
import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Config:
    database_url: str
    cache_url: str
    public_url: str
    seal_key: bytes
    commit: str


def load() -> Config:
    """Reads the environment; a seal key that is no Fernet key is refused."""
    seal_key = base64.urlsafe_b64decode(os.environ["WORKSHOP_SEAL_KEY"])
    if len(seal_key) != 32:
        raise ValueError("WORKSHOP_SEAL_KEY has to be a Fernet key: 32 bytes in base64url")
    return Config(
        database_url=os.environ["DATABASE_URL"],
        cache_url=os.environ["WORKSHOP_CACHE"],
        public_url=os.environ["WORKSHOP_PUBLIC_URL"],
        seal_key=seal_key,
        commit=os.environ.get("WORKSHOP_COMMIT", "unknown"),
    )
