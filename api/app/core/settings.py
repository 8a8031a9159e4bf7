"""The settings of the API, read from the environment and validated once at start."""

from functools import lru_cache
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

PLACEHOLDER = "CHANGE_ME"
SECRET_KEY_LENGTH = 32
REQUIRED_WHEN_DEPLOYED = ("bootstrap_secret", "encryption_key", "cors_origins", "stripe_secret_key")


class SettingsError(Exception):
    """The environment cannot be used as it is; the message has one line for each variable."""


class Settings(BaseSettings):
    """Every variable the API reads, under its name in capitals."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    # Without a default: an unnamed environment would switch the checks of staging off.
    environment: Literal["development", "test", "staging", "production"]
    database_url: SecretStr
    redis_url: SecretStr
    secret_key: SecretStr

    bootstrap_secret: SecretStr = SecretStr("")
    encryption_key: SecretStr = SecretStr("")
    stripe_secret_key: SecretStr = SecretStr("")
    test_tenant_password: SecretStr = SecretStr("")
    cors_origins: Annotated[tuple[str, ...], NoDecode] = ()

    debug: bool = False
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    database_wait_seconds: float = Field(default=60, gt=0)
    # Where a browser finds this API: nginx takes the prefix off again.
    api_public_path: str = "/api"

    app_version: str = "0.0.0-dev"
    app_commit: str = "unknown"

    @field_validator("database_url")
    @classmethod
    def _names_the_driver(cls, value: SecretStr) -> SecretStr:
        try:
            driver = make_url(value.get_secret_value()).drivername
        except (ArgumentError, ValueError):
            raise ValueError(
                "is not a URL; write postgresql+psycopg://user:password@host/db"
            ) from None
        if driver != "postgresql+psycopg":
            raise ValueError(f"begins with {driver}://; write postgresql+psycopg://")
        return value

    @field_validator("redis_url")
    @classmethod
    def _names_redis(cls, value: SecretStr) -> SecretStr:
        if not value.get_secret_value().startswith(("redis://", "rediss://")):
            raise ValueError("is not a Redis URL; write redis://host:6379/0")
        return value

    @field_validator("secret_key")
    @classmethod
    def _is_long_enough(cls, value: SecretStr) -> SecretStr:
        if (length := len(value.get_secret_value())) < SECRET_KEY_LENGTH:
            raise ValueError(
                f"has {length} characters, at least {SECRET_KEY_LENGTH} are needed; make one with "
                'python -c "import secrets; print(secrets.token_urlsafe(64))"'
            )
        return value

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _splits_origins(cls, value: str | tuple[str, ...]) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        origins = tuple(part.strip() for part in value.split(",") if part.strip())
        for origin in origins:
            parts = urlsplit(origin)
            if (
                parts.scheme not in ("http", "https")
                or origin != f"{parts.scheme}://{parts.netloc}"
            ):
                raise ValueError(f"{origin!r} is not an origin; write it as http://localhost:8081")
        return origins

    @model_validator(mode="after")
    def _is_safe_for_its_environment(self) -> Self:
        problems = []
        stripe_key = self.stripe_secret_key.get_secret_value()
        if stripe_key.startswith(("sk_live_", "rk_live_")) and self.environment != "production":
            problems.append(
                f"STRIPE_SECRET_KEY is a live key and ENVIRONMENT is {self.environment}; "
                "use a test key (sk_test_...)"
            )
        if self.environment in ("staging", "production"):
            for name in type(self).model_fields:
                value = getattr(self, name)
                text = value.get_secret_value() if isinstance(value, SecretStr) else str(value)
                if PLACEHOLDER in text:
                    problems.append(
                        f"{name.upper()} still holds the placeholder {PLACEHOLDER}; "
                        f"give it a value of its own in {self.environment}"
                    )
                if name in REQUIRED_WHEN_DEPLOYED and text in ("", "()"):
                    problems.append(f"{name.upper()} is empty; {self.environment} needs it")
        if problems:
            raise ValueError("\n".join(problems))
        return self


def _explain(problem: ErrorDetails) -> str:
    if not problem["loc"]:
        return problem["msg"].removeprefix("Value error, ")
    field = str(problem["loc"][0])
    name = field.upper()
    if problem["type"] == "missing":
        return f"{name} is not set; add it to the environment (on staging: .env.staging)"
    message = problem["msg"].removeprefix("Value error, ")
    if Settings.model_fields[field].annotation is SecretStr:
        return f"{name} {message}"
    return f"{name}={problem['input']!r}: {message}"


@lru_cache
def get_settings() -> Settings:
    """The settings of this process; raises SettingsError, which never quotes a secret."""
    try:
        return Settings()
    except ValidationError as error:
        lines = "\n".join(_explain(problem) for problem in error.errors())
        raise SettingsError(f"The environment of the API is not usable:\n{lines}") from None
