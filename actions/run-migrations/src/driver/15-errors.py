# --- errors: what may be told of them, and what stays on the host -----------------------------------------------------

# What an error says may hold rows, parameters and settings. Names and PostgreSQL's own words are told; all of it goes into
# a file that only the host's user can read.
kept: list[str] = []


def tell(error: BaseException) -> str:
    """What may be told of an error, in a sentence; all that it says is kept."""
    kept.append("".join(traceback.format_exception(error)))
    return sentence(error)


def report_details(channel: Channel) -> None:
    """Reports all that errors have said, for a file on the host."""
    if kept:
        said = channel.redact("\n".join(kept))
        channel.report("details", base64.b64encode(said.encode("utf-8", "replace")).decode("ascii"))


def sentence(error: BaseException) -> str:
    if isinstance(error, DBAPIError) and error.orig is not None:
        return database_sentence(error)
    return f"{type(error).__name__}: {python_sentence(error)}".removesuffix(": ")


# --- PostgreSQL: its primary message, the code, and names ---

DIAGNOSTICS = {
    "message_primary": "message",
    "sqlstate": "sqlstate",
    "constraint_name": "constraint_name",
    "schema_name": "schema_name",
    "table_name": "table_name",
    "column_name": "column_name",
}
QUOTED = re.compile(r'["«„].*["»“”]', re.DOTALL)
BYTES = re.compile(r"0x[0-9a-f]{2}", re.IGNORECASE)
# Classes of codes whose messages quote names of objects, and nothing that a row may hold.
NAMING = {"08", "23", "25", "28", "2B", "3D", "3F", "40", "42", "53", "55", "57"}
SYNTAX_ERROR = "42601"


def diagnostics(error: DBAPIError) -> dict[str, str]:
    """What PostgreSQL sent with an error, under psycopg's names; empty where it does not come from PostgreSQL."""
    of_psycopg = getattr(error.orig, "diag", None)
    # SQLAlchemy puts errors of its own around those of asyncpg.
    holder = of_psycopg if of_psycopg is not None else error.orig.__cause__
    found = {
        name: getattr(holder, name if of_psycopg is not None else other, None) for name, other in DIAGNOSTICS.items()
    }
    return {name: value for name, value in found.items() if isinstance(value, str) and value}


def database_sentence(error: DBAPIError) -> str:
    sent = diagnostics(error)
    if "message_primary" not in sent:
        # A connection that failed; what else comes from the driver itself may quote parameters.
        is_connection = isinstance(error, OperationalError)
        said = str(error.orig).strip() if is_connection else python_sentence(error.orig)
        return said or type(error.orig).__name__
    table = ".".join(filter(None, (sent.get("schema_name"), sent.get("table_name"))))
    facts = [f"SQLSTATE {sent.get('sqlstate', 'unknown')}"]
    facts += [f"{kind} {sent[key]}" for kind, key in (("constraint", "constraint_name"),) if key in sent]
    facts += [f"table {table}"] if table else []
    facts += [f"column {sent['column_name']}"] if "column_name" in sent else []
    return f"{primary(sent['message_primary'], sent.get('sqlstate', ''), error)} ({', '.join(facts)})"


def primary(message: str, code: str, error: BaseException) -> str:
    """PostgreSQL's primary message, without what it quotes of values."""
    if is_written(message, error) or (code[:2] in NAMING and code != SYNTAX_ERROR):
        return message
    if code.startswith("P0"):
        return "an error that a function of the database or the migration raises"
    return BYTES.sub("0x**", QUOTED.sub('"***"', message))


# --- Python: words of the program, none of its data ---

# Their messages name modules, attributes and revisions.
NAMING_ERRORS = (CommandError, ImportError, NameError, AttributeError, SyntaxError, RecursionError)


def python_sentence(error: BaseException) -> str:
    message = str(error)
    of_sqlalchemy = isinstance(error, SQLAlchemyError) and not isinstance(error, StatementError)
    if message == "" or isinstance(error, NAMING_ERRORS) or of_sqlalchemy or is_written(message, error):
        said = message
    else:
        said = settings_problems(error) or "its message may hold data"
    where = place(error)
    return f"{said} ({where})" if said and where else said or where


def is_written(message: str, error: BaseException) -> bool:
    """Whether a message stands as it is in the source of what raised it: then it holds no data."""
    if len(message.strip()) < 6:
        return False
    sources = {frame.filename for each in chain(error) for frame in traceback.extract_tb(each.__traceback__)}
    return any(message in "".join(linecache.getlines(name)) for name in sources)


def chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def settings_problems(error: BaseException) -> str:
    """Which settings pydantic refuses and why, without their values."""
    problems = getattr(error, "errors", None)
    if not callable(problems) or not type(error).__module__.startswith("pydantic"):
        return ""
    return ", ".join(f"{'.'.join(map(str, each.get('loc', ())))}: {each.get('type')}" for each in problems()[:20])


def place(error: BaseException) -> str:
    """The last line of the application that an error came through."""
    frames = traceback.extract_tb(error.__traceback__)
    here = os.path.join(os.getcwd(), "")
    own = [each for each in frames if each.filename.startswith(here) and "site-packages" not in each.filename]
    return f"{os.path.basename(own[-1].filename)} line {own[-1].lineno}" if own else ""


def show_traceback(error: BaseException) -> None:
    """Where a bug is, without what the error says or its source has. A database's own says it all by itself."""
    if not isinstance(error, DBAPIError):
        say("Traceback (most recent call last):")
        for frame in traceback.extract_tb(error.__traceback__):
            say(f"  {frame.filename} line {frame.lineno}, in {frame.name}")


