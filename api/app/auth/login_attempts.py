"""Failed sign-ins, counted in Redis for each tenant and e-mail address."""

import hashlib
import logging
from collections.abc import Callable
from typing import TypeVar

from redis.exceptions import RedisError

from app.core.redis import redis_client

MAX_FAILURES = 10
WINDOW_SECONDS = 300

T = TypeVar("T")

logger = logging.getLogger(__name__)


def _key(tenant: str, email: str) -> str:
    return "login-failures:" + hashlib.sha256(f"{tenant}\n{email}".encode()).hexdigest()


def _or_open(ask_redis: Callable[[], T], otherwise: T) -> T:
    try:
        return ask_redis()
    except RedisError as error:
        # People must be able to sign in while Redis restarts.
        logger.warning("Sign-in attempts are not limited, Redis does not answer: %s", error)
        return otherwise


def seconds_blocked(tenant: str, email: str) -> int:
    """How long further attempts are refused; 0 when one is allowed or Redis is down."""

    def ask() -> int:
        key = _key(tenant, email)
        if int(redis_client.get(key) or 0) < MAX_FAILURES:
            return 0
        return max(redis_client.ttl(key), 1)

    return _or_open(ask, 0)


def record_failure(tenant: str, email: str) -> None:
    """Count a failed attempt; the count ends WINDOW_SECONDS after its first failure."""

    def ask() -> None:
        key = _key(tenant, email)
        with redis_client.pipeline() as pipeline:
            pipeline.set(key, 0, ex=WINDOW_SECONDS, nx=True).incr(key).execute()

    _or_open(ask, None)


def forget_failures(tenant: str, email: str) -> None:
    """Start the count again, after a sign-in that worked."""
    _or_open(lambda: redis_client.delete(_key(tenant, email)), 0)
