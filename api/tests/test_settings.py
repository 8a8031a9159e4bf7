"""The environment is checked once, and what is wrong with it is said."""

from collections.abc import Callable, Iterator

import pytest

from app.core.settings import Settings, SettingsError, get_settings

Load = Callable[[dict[str, str]], Settings]

DEPLOYED = {
    "ENVIRONMENT": "staging",
    "DATABASE_URL": "postgresql+psycopg://azals:p4ss@postgres/azals",
    "REDIS_URL": "redis://redis:6379/0",
    "SECRET_KEY": "k" * 32,
    "BOOTSTRAP_SECRET": "b" * 32,
    "ENCRYPTION_KEY": "e" * 32,
    "CORS_ORIGINS": "http://localhost:8081, http://127.0.0.1:8081",
    "STRIPE_SECRET_KEY": "sk_test_1",
}


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    """Reads the settings from exactly this environment."""

    def load(environment: dict[str, str]) -> Settings:
        for name in Settings.model_fields:
            monkeypatch.delenv(name.upper(), raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        get_settings.cache_clear()
        return get_settings()

    yield load
    get_settings.cache_clear()


def refusal(load: Load, environment: dict[str, str]) -> str:
    """What is said about an environment that is refused."""
    with pytest.raises(SettingsError) as refused:
        load(environment)
    return str(refused.value)


def test_a_complete_environment_is_accepted(load: Load) -> None:
    settings = load(DEPLOYED)
    assert settings.environment == "staging"
    assert settings.cors_origins == ("http://localhost:8081", "http://127.0.0.1:8081")


def test_a_live_stripe_key_is_accepted_in_production(load: Load) -> None:
    live = {"ENVIRONMENT": "production", "STRIPE_SECRET_KEY": "sk_live_1"}
    assert load(DEPLOYED | live).environment == "production"


def test_development_needs_no_secrets_of_other_services(load: Load) -> None:
    needed = {name: DEPLOYED[name] for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY")}
    assert load(needed | {"ENVIRONMENT": "development"}).environment == "development"


@pytest.mark.parametrize("name", DEPLOYED)
def test_every_required_variable_is_missed_by_name(load: Load, name: str) -> None:
    rest = {key: value for key, value in DEPLOYED.items() if key != name}
    assert f"\n{name} is " in refusal(load, rest)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"SECRET_KEY": "k" * 31}, "SECRET_KEY has 31 characters, at least 32 are needed"),
        ({"STRIPE_SECRET_KEY": "sk_live_1"}, "STRIPE_SECRET_KEY is a live key and ENVIRONMENT is"),
        ({"STRIPE_SECRET_KEY": "rk_live_1"}, "STRIPE_SECRET_KEY is a live key and ENVIRONMENT is"),
        ({"ENCRYPTION_KEY": "CHANGE_ME_32"}, "ENCRYPTION_KEY still holds the placeholder"),
        (
            {"DATABASE_URL": "postgresql+psycopg://azals:CHANGE_ME@postgres/azals"},
            "DATABASE_URL still holds the placeholder",
        ),
        ({"DATABASE_URL": "postgresql://azals@postgres/azals"}, "DATABASE_URL begins with"),
        ({"DATABASE_URL": "postgres"}, "DATABASE_URL is not a URL"),
        ({"REDIS_URL": "redis:6379"}, "REDIS_URL is not a Redis URL"),
        ({"CORS_ORIGINS": "localhost:8081"}, "'localhost:8081' is not an origin"),
        ({"CORS_ORIGINS": "http://a.test/"}, "'http://a.test/' is not an origin"),
        ({"ENVIRONMENT": "stagging"}, "ENVIRONMENT='stagging': Input should be 'development'"),
        ({"DEBUG": "yess"}, "DEBUG='yess'"),
    ],
)
def test_a_bad_value_is_refused_with_what_to_do(
    load: Load, changed: dict[str, str], message: str
) -> None:
    assert message in refusal(load, DEPLOYED | changed)


def test_placeholders_pass_where_nothing_is_deployed(load: Load) -> None:
    placeholder = {"ENVIRONMENT": "development", "ENCRYPTION_KEY": "CHANGE_ME"}
    assert load(DEPLOYED | placeholder).environment == "development"


def test_several_faults_are_told_at_once(load: Load) -> None:
    said = refusal(load, DEPLOYED | {"BOOTSTRAP_SECRET": "CHANGE_ME", "ENCRYPTION_KEY": ""})
    assert "BOOTSTRAP_SECRET still holds" in said
    assert "ENCRYPTION_KEY is empty" in said


def test_neither_a_refusal_nor_the_settings_show_a_secret(load: Load) -> None:
    secrets = {
        "SECRET_KEY": "too-short-secret",
        "STRIPE_SECRET_KEY": "sk_live_hidden",
        "DATABASE_URL": "postgresql://azals:hidden-password@postgres/azals",
    }
    said = refusal(load, DEPLOYED | secrets) + repr(load(DEPLOYED))
    for value in (*secrets.values(), DEPLOYED["SECRET_KEY"], DEPLOYED["DATABASE_URL"]):
        assert value not in said
    assert "hidden" not in said
