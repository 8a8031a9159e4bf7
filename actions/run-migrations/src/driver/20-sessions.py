# --- sessions: bounded waiting, and nothing left behind ---------------------------------------------------------------


# What sessions are called, for whoever looks at pg_stat_activity.
MIGRATING = "staging-pipeline-migrations"
LOCKING = "staging-pipeline-migrations-lock"


@dataclass(frozen=True)
class Limits:
    """How long statements may wait and take; they hold for every session that a migration opens."""

    # Milliseconds.
    table_lock_timeout: int
    # Seconds.
    statement_timeout: int
    operation: str
    # Whether anything is changed.
    writes: bool

    @property
    def application_name(self) -> str:
        kind = MIGRATING if self.writes else f"{MIGRATING}-plan"
        return f"{kind} {self.operation}"[:63]

    @property
    def lock_name(self) -> str:
        return f"{LOCKING} {self.operation}"[:63]


# A session whose client has gone, or hangs within a transaction, holds no lock for longer than this.
SESSION_SETTINGS = {
    "client_connection_check_interval": "1000",
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
    "idle_in_transaction_session_timeout": "900000",
}
# The version of PostgreSQL since which a setting exists: an unknown one would refuse the connection.
SETTING_SINCE = {"client_connection_check_interval": 140000}


class NeedsDatabase(Exception):
    """A migration asked the database while its SQL was being written down."""


class Sessions:
    """Sees to the settings of every session in this process, whoever opens it."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.offline = False
        self.server_version = 0
        event.listen(Engine, "do_connect", self._connect)
        event.listen(Pool, "checkout", self._check_out)

    def settings(self) -> dict[str, str]:
        settings = {
            name: value for name, value in SESSION_SETTINGS.items() if self.server_version >= SETTING_SINCE.get(name, 0)
        }
        settings["lock_timeout"] = str(self.limits.table_lock_timeout)
        settings["statement_timeout"] = str(self.limits.statement_timeout * 1000)
        return settings

    def _connect(self, dialect, _record, _arguments, parameters) -> None:
        if dialect.name != "postgresql":
            raise Failed(f"DATABASE_URL names {dialect.name}; only PostgreSQL is migrated safely")
        if self.offline:
            raise NeedsDatabase
        # As options of the start: unlike SET, RESET and DISCARD bring them back.
        if dialect.driver.startswith("psycopg"):
            words = [parameters.get("options") or os.environ.get("PGOPTIONS", "")]
            words += [f"-c {name}={value}" for name, value in self.settings().items()]
            parameters["options"] = " ".join(words).strip()
            parameters["application_name"] = self._name(parameters)
            parameters.setdefault("connect_timeout", 10)
        elif dialect.driver == "asyncpg":
            settings = {**self.settings(), "application_name": self._name(parameters)}
            parameters["server_settings"] = {**parameters.get("server_settings", {}), **settings}
        else:
            raise Failed(f"the database driver {dialect.driver} cannot be given time-outs: use psycopg or psycopg2")

    def _name(self, parameters: dict) -> str:
        own = parameters.get("application_name") == LOCKING
        return self.limits.lock_name if own else self.limits.application_name

    def _check_out(self, *_arguments) -> None:
        if self.offline:
            raise NeedsDatabase


def own_engine() -> Engine:
    """An engine beside the application's, for the lock and for looking around."""
    return create_engine(
        own_url(),
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,
        connect_args={"application_name": LOCKING},
    )


# What waiting does not mend.
LASTING = re.compile("authentication failed|does not exist|no pg_hba.conf entry|could not translate host name")


def await_database(engine: Engine, seconds: float) -> Connection:
    """Returns a connection; a database that is being restarted answers again after a while."""
    deadline = time.monotonic() + seconds
    told = False
    while True:
        try:
            return engine.connect()
        except OperationalError as error:
            if time.monotonic() >= deadline or LASTING.search(str(error)):
                raise Failed(f"the database does not let us in: {without_names(tell(error))}") from None
            if not told:
                say("waiting for the database")
            told = True
            time.sleep(0.5)


def without_names(message: str) -> str:
    """A failure to connect without the names that DATABASE_URL holds."""
    known = libpq_parameters()
    names = {name for key in ("host", "hostaddr") for name in known.get(key, "").split(",")}
    for name in filter(None, names | {known.get("user"), known.get("dbname")}):
        message = message.replace(f'"{name}"', '"***"')
    return message


LOCK_NOT_AVAILABLE = "55P03"
DEADLOCK = "40P01"
STATEMENT_TOO_LONG = "57014"


def sqlstate(error: BaseException | None) -> str:
    """PostgreSQL's code of an error, or of what caused it."""
    while error is not None:
        for holder in (error, getattr(error, "orig", None)):
            code = getattr(holder, "sqlstate", None) or getattr(holder, "pgcode", None)
            if isinstance(code, str):
                return code
        error = error.__cause__ or error.__context__
    return ""


# --- the lock: one migration at a time --------------------------------------------------------------------------------

# The letters "stagemig" as a number. Locks of this kind belong to one database each.
LOCK_KEY = int.from_bytes(b"stagemig", "big")

HOLDER = """
SELECT a.pid, a.application_name, a.client_addr::text, to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
FROM pg_locks l JOIN pg_stat_activity a USING (pid)
WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND (l.classid::bigint << 32 | l.objid::bigint) = :key
"""


def holder_of_lock(connection: Connection) -> str:
    row = connection.execute(text(HOLDER), {"key": LOCK_KEY}).first()
    if row is None:
        return "a session that has just ended"
    pid, name, address, since = row
    return f"session {pid} ({name}{f' from {address}' if address else ''}), connected since {since}"


@contextmanager
def migration_lock(engine: Engine, wait: float) -> Iterator[Connection]:
    """Holds the lock of migrations, on a session of its own. It ends with the session, whatever becomes of this process."""
    with await_database(engine, 60) as connection:
        deadline = time.monotonic() + wait
        told = ""
        while not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": LOCK_KEY}):
            holder = holder_of_lock(connection)
            if time.monotonic() >= deadline:
                raise Failed(
                    f"another migration holds the lock of this database: {holder}. Waited {wait:.0f} s for it, in vain: "
                    "nothing was changed. Wait until it has ended and run this again",
                    EXIT_HELD,
                )
            if holder != told:
                say(f"waiting (at most {wait:.0f} s) for another migration: {holder}")
            told = holder
            time.sleep(0.2)
        yield connection


BLOCKERS = """
SELECT DISTINCT b.pid, coalesce(nullif(b.application_name, ''), 'without a name'), b.state,
  extract(epoch FROM now() - b.xact_start)::int
FROM pg_stat_activity a CROSS JOIN unnest(pg_blocking_pids(a.pid)) AS p JOIN pg_stat_activity b ON b.pid = p
WHERE a.application_name = :name AND a.datname = current_database()
"""


class Watcher:
    """Sees who keeps the migration waiting, while it waits."""

    def __init__(self, engine: Engine, limits: Limits) -> None:
        self.blockers: list[str] = []
        self._engine = engine
        self._name = limits.application_name
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Watcher":
        self._thread.start()
        return self

    def __exit__(self, *_arguments) -> None:
        self._over.set()
        self._thread.join(timeout=5)

    def take_blockers(self) -> str:
        found, self.blockers = self.blockers, []
        return f" (kept waiting by {'; '.join(found)})" if found else ""

    def _watch(self) -> None:
        try:
            with self._engine.connect() as connection:
                while not self._over.wait(0.3):
                    for pid, name, state, seconds in connection.execute(text(BLOCKERS), {"name": self._name}):
                        for_long = f" for {seconds} s in a transaction" if seconds is not None else ""
                        blocker = f"session {pid} of {name}, {state}{for_long}"
                        if not any(each.startswith(f"session {pid} ") for each in self.blockers):
                            self.blockers.append(blocker)
        except DBAPIError:
            # The migration itself notices that the database has gone.
            return


LEFTOVERS = """
SELECT pid FROM pg_stat_activity
WHERE application_name LIKE :migrating
  AND datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
"""


def end_leftovers(connection: Connection) -> None:
    """Ends sessions of a migration that died: whoever holds the lock is the only one who may have any, and has none yet."""
    deadline = time.monotonic() + 30
    told: set[int] = set()
    while pids := set(connection.execute(text(LEFTOVERS), {"migrating": f"{MIGRATING} %"}).scalars()):
        for pid in pids:
            connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
        for pid in sorted(pids - told):
            say(f"ending session {pid}, which a migration that died has left")
        told |= pids
        if time.monotonic() >= deadline:
            raise Failed(f"session {min(pids)} of a migration that died does not end; look at it in pg_stat_activity")
        time.sleep(0.2)
