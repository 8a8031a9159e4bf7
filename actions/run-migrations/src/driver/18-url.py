# --- the URL of the database: one reader, for the application's driver, our own sessions and pg_dump ------------------

# What libpq takes (https://www.postgresql.org/docs/current/libpq-connect.html), as psycopg and psycopg2 hand it on.
LIBPQ_KEYWORDS = set(
    """host hostaddr port dbname user password passfile require_auth channel_binding connect_timeout client_encoding options
    application_name fallback_application_name keepalives keepalives_idle keepalives_interval keepalives_count
    tcp_user_timeout replication gssencmode sslmode requiressl sslnegotiation sslcompression sslcert sslkey sslpassword
    sslcertmode sslrootcert sslcrl sslcrldir sslsni requirepeer ssl_min_protocol_version ssl_max_protocol_version
    min_protocol_version max_protocol_version krbsrvname gsslib gssdelegation service target_session_attrs
    load_balance_hosts""".split()
)
# asyncpg's names for the same; what else is its own says nothing of the database.
OF_ASYNCPG = {"ssl": "sslmode", "timeout": "connect_timeout"}


def application_url() -> URL:
    return make_url(re.sub(r"^postgres(?=[:+])", "postgresql", database_url()))


def own_url() -> URL:
    """The URL for sessions of our own, which are not asynchronous: with the driver of the application, or one beside it."""
    url = application_url()
    _, _, driver = url.drivername.partition("+")
    if driver == "psycopg_async":
        return url.set(drivername="postgresql+psycopg")
    if driver != "asyncpg":
        return url
    beside = next((name for name in ("psycopg", "psycopg2") if importlib.util.find_spec(name)), None)
    if beside is None:
        raise Failed("beside asyncpg, the image needs psycopg or psycopg2: migrations are watched over with it")
    query = {OF_ASYNCPG.get(name, name): value for name, value in url.query.items()}
    # asyncpg's own settings are nothing to libpq.
    query = {name: value for name, value in query.items() if name in LIBPQ_KEYWORDS}
    return url.set(drivername=f"postgresql+{beside}", query=query)


def libpq_parameters() -> dict[str, str]:
    """What libpq is told of the database: by SQLAlchemy's own reading of the URL."""
    url = own_url()
    _, parameters = url.get_dialect()().create_connect_args(url)
    # psycopg2 has two names for it.
    named = {"dbname" if name == "database" else name: value for name, value in parameters.items()}
    return {name: str(value) for name, value in named.items() if name in LIBPQ_KEYWORDS and value is not None}


def conninfo(parameters: dict[str, str]) -> str:
    """The parameters as libpq's own notation."""
    return " ".join(
        "{}='{}'".format(name, value.replace("\\", r"\\").replace("'", r"\'")) for name, value in parameters.items()
    )


