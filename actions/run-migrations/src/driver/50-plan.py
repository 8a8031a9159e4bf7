# --- plan: what will be done, before anything is ----------------------------------------------------------------------


@dataclass(frozen=True)
class Plan:
    current: tuple[str, ...]
    target: list[str]
    # Oldest first.
    revisions: list[str]


def make_plan(migrations: Migrations, wanted: str) -> Plan:
    """Decides what an upgrade to a target does. Fails where it must not run."""
    current = migrations.current()
    for identifier in current:
        if not is_known(migrations, identifier):
            raise Failed(
                f"the database is at {identifier}, which this image does not know: the image is older than the database, or "
                f"of another branch. Its own heads are {names(migrations.heads)}. Deploy a release that has {identifier}; "
                "or bring the database back with a backup of before (npm run staging -- migrations restore)"
            )
    target = find_target(migrations, wanted)
    done = migrations.lineage(current)
    missing = migrations.lineage(target) - done
    return Plan(current, target, migrations.newest_first(missing)[::-1])


def is_known(migrations: Migrations, identifier: str) -> bool:
    try:
        # Also the first letters of a revision would find it.
        return migrations.revision(identifier).revision == identifier
    except CommandError:
        return False


def find_target(migrations: Migrations, wanted: str) -> list[str]:
    heads = migrations.heads
    if wanted == "heads" or (wanted == "head" and len(heads) <= 1):
        return heads
    if wanted == "head":
        raise Failed(
            f"this image has {len(heads)} heads, so 'head' names none of them:\n"
            + "\n".join(describe_branch(migrations, head) for head in heads)
            + f"\nJoin them with: alembic merge -m 'join branches' {' '.join(heads)}\n"
            "or accept them all with: target: heads"
        )
    try:
        return [each.revision for each in migrations.script.get_revisions(wanted) if each is not None]
    except CommandError as error:
        raise Failed(
            f"the target {wanted} is no revision of this image ({error}); its heads are {names(heads)}"
        ) from None


def describe_branch(migrations: Migrations, head: str) -> str:
    others = migrations.lineage(each for each in migrations.heads if each != head)
    own = migrations.newest_first(migrations.lineage([head]) - others)
    if not own:
        return f"  {head}: {migrations.revision(head).doc} (others depend on it)"
    shared = f", from {own[-1]} on" if own[-1] != head else ""
    return f"  {head}: {migrations.revision(head).doc} ({len(own)} of its own{shared})"


def report_plan(
    channel: Channel, sessions: Sessions, migrations: Migrations, plan: Plan, connection: Connection
) -> None:
    """Reports the plan as JSON, with the SQL of every revision or why there is none."""
    written = write_sql(sessions, migrations, plan)
    done = migrations.lineage(plan.current)
    revisions = []
    for identifier in plan.revisions:
        revision = migrations.revision(identifier)
        said = annotations(revision)
        sql, without = written[identifier]
        revisions.append(
            {
                "revision": identifier,
                "parents": migrations.parents(identifier),
                "message": (revision.doc or "").strip(),
                "breaking": said.breaking,
                "allowed": said.allowed,
                "autocommit": said.autocommit,
                "sql": sql,
                "withoutSql": without,
            }
        )
    history = [
        {
            "revision": each.revision,
            "parents": migrations.parents(each.revision),
            "message": (each.doc or "").strip(),
            "applied": each.revision in done,
        }
        for each in migrations.script.walk_revisions("base", "heads")
    ]
    channel.report(
        "plan",
        {
            "current": plan.current,
            "target": plan.target,
            "heads": migrations.heads,
            "revisions": revisions,
            "history": history,
            "database": database_identity(connection),
            "databaseBytes": connection.scalar(text("SELECT pg_database_size(current_database())")),
            "serverVersion": sessions.server_version,
        },
    )


def database_identity(connection: Connection) -> dict[str, str]:
    """Which database it is, and on which server, where that may be asked: what makes a backup has to mean the same."""
    try:
        server = connection.scalar(text("SELECT system_identifier::text FROM pg_control_system()"))
    except DBAPIError:
        server = ""
    return {"name": connection.scalar(text("SELECT current_database()::text")), "server": server}


def write_sql(sessions: Sessions, migrations: Migrations, plan: Plan) -> dict[str, tuple[str, str]]:
    """The SQL of each revision, or why it cannot be told without running it. Nothing reaches the database meanwhile."""
    spans: dict[str, tuple[int, int]] = {}
    reasons: dict[str, str] = {}
    output = migrations.output

    def recorded(step: MigrationStep, identifier: str) -> MigrationStep:
        migrate = step.migration_fn

        def attempt(**arguments) -> None:
            try:
                migrate(**arguments)
            except NeedsDatabase:
                reasons[identifier] = "it asks the database for rows, so its SQL depends on them"
            except Exception as error:  # A migration may do anything.
                reasons[identifier] = f"it does not run offline ({type(error).__name__}): it works on data"

        # Alembic prints the name.
        attempt.__name__ = "upgrade"
        step.migration_fn = attempt
        return step

    def steps(_current: tuple[str, ...], _context: MigrationContext) -> Iterator[MigrationStep]:
        for identifier in plan.revisions:
            begin = output.tell()
            yield recorded(migrations.upgrade_step(identifier), identifier)
            spans[identifier] = (begin, output.tell())

    if plan.revisions:
        sessions.offline = True
        try:
            migrations.run(steps, as_sql=True, starting_rev=list(plan.current) or None)
        except Exception as error:  # env.py itself may not be made for it.
            for identifier in plan.revisions:
                reasons.setdefault(identifier, f"env.py does not run offline ({type(error).__name__})")
        finally:
            sessions.offline = False
    whole = output.getvalue()
    written = {}
    for identifier in plan.revisions:
        if identifier in reasons or identifier not in spans:
            written[identifier] = ("", reasons.get(identifier, "env.py wrote nothing"))
        else:
            written[identifier] = (whole[slice(*spans[identifier])].strip(), "")
    return written
