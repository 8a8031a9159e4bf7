"""The connection to Redis."""

from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from app.core.settings import get_settings

# Redis only supports the API, so it may cost a request half a second and no retries.
TIMEOUT_SECONDS = 0.5

redis_client = Redis.from_url(
    get_settings().redis_url.get_secret_value(),
    decode_responses=True,
    socket_connect_timeout=TIMEOUT_SECONDS,
    socket_timeout=TIMEOUT_SECONDS,
    retry=Retry(NoBackoff(), retries=0),
)
