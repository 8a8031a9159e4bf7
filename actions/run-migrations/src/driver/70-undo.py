# --- undo: back to where the database was -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Begun:
    """What a migration that failed or died had reported."""

    current: list[str]
    objects: list[str]
    target: list[str]
    # The revision it was in, empty where it had not begun with any.
    running: str
    # Whether all was applied, and nothing was found against it.
    is_done: bool


def read_events(lines: str) -> Begun | None:
    """Reads what `apply` printed; its last line may be cut off. Nothing where it had not begun."""
    before, running = None, ""
    told: set[str] = set()
    for line in lines.splitlines():
        key, _, value = line.partition("=")
        told.add(key)
        if key == "running":
            running = value
        elif key == "before":
            try:
                before = json.loads(value)
            except ValueError:
                # Cut off, so nothing came after it.
                return None
    if before is None:
        return None
    is_done = "applied" in told and "refused" not in told
    return Begun(before["current"], before["objects"], before.get("target", []), running, is_done)


class NotBack(Exception):
    """After the steps back the schema is not what it was; they are rolled back."""


def undo(channel: Channel, migrations: Migrations, options: argparse.Namespace) -> None:
    begun = read_events(base64.b64decode(globals().get("EVENTS", "")).decode("utf-8", "replace"))
    with migration_lock(own_engine(), options.lock_timeout) as connection:
        end_leftovers(connection)
        state = migrations.state()
        channel.report("current", names(state.current))
        if begun is None:
            channel.report("outcome", f"nothing was begun: the database is at {names(state.current)}")
            return
        before = State(tuple(begun.current), state.version_table, begun.objects)
        if state.is_like(before):
            report_unchanged(channel, migrations, begun, state)
            return
        if begun.is_done and set(begun.target) <= migrations.lineage(state.current):
            # Only a question about it failed, or whoever asked it died.
            report_breaking(channel, migrations, before, state)
            channel.report("unchanged", "done")
            channel.report("outcome", f"the migration is done, and stays: the database is at {names(state.current)}")
            return
        channel.report("unchanged", "no")
        if options.on_failure == "keep":
            report_breaking(channel, migrations, before, state)
            channel.report("outcome", f"kept as it is: {in_between(before, state)}")
            return
        problem = downgrade(migrations, begun, before, options.attempts)
        after = migrations.state()
        channel.report("current", names(after.current))
        report_breaking(channel, migrations, before, after)
        if after.is_like(before):
            channel.report(
                "outcome",
                f"brought back by downgrade: the database is at {names(after.current)}, its schema as before",
            )
            return
        raise Failed(f"it could not be brought back ({problem}): {in_between(before, after)}", EXIT_IN_BETWEEN)


def report_unchanged(channel: Channel, migrations: Migrations, begun: Begun, state: State) -> None:
    channel.report("unchanged", "yes")
    outcome = (
        f"nothing changed: the database is at {names(state.current)} as before, "
        f"and its {len(state.objects)} tables, columns, constraints, indexes and so on are the same"
    )
    if (
        begun.running
        and is_known(migrations, begun.running)
        and annotations(migrations.revision(begun.running)).autocommit
    ):
        outcome += f"; {begun.running} works outside of a transaction, so rows that it has changed stay changed"
    channel.report("outcome", outcome)


def report_breaking(channel: Channel, migrations: Migrations, before: State, now: State) -> None:
    """Which of the revisions that are there now, and were not before, break what was before."""
    added = migrations.lineage(now.current) - migrations.lineage(before.current)
    breaking = [each for each in migrations.newest_first(added) if annotations(migrations.revision(each)).breaking]
    channel.report("breaking", " ".join(breaking))


def in_between(before: State, now: State) -> str:
    found = difference(before.objects, now.objects)
    shown = "\n".join(f"  {each}" for each in found[:20]) + ("\n  ..." if len(found) > 20 else "")
    return f"the database is at {names(now.current)}, it was at {names(before.current)}\n{shown}".rstrip()


def downgrade(migrations: Migrations, begun: Begun, before: State, attempts: int) -> str:
    """Goes back, by all that was done and, if need be, by half of a revision. Returns what went wrong, or nothing."""
    half = begun.running if begun.running and is_known(migrations, begun.running) else ""
    if half in migrations.lineage(migrations.current()):
        half = ""
    ways = [""] if not half else [half, ""] if annotations(migrations.revision(half)).autocommit else ["", half]
    problem = ""
    for way in ways:
        # Going back may have got some of the way: then half of a revision has nothing to stand on.
        if way and not set(migrations.parents(way)) <= migrations.lineage(migrations.current()):
            continue
        for attempt in range(1, attempts + 1):
            try:
                go_back(migrations, before, way)
                return ""
            except Exception as error:  # A downgrade may do anything.
                problem = "the schema would not be as before" if isinstance(error, NotBack) else tell(error)
                say(f"the way back{f' with half of {way}' if way else ''} failed: {problem}")
                forget_half(migrations, way)
                if sqlstate(error) not in (LOCK_NOT_AVAILABLE, DEADLOCK):
                    break
                time.sleep(min(0.5 * attempt, 5))
    return problem


def go_back(migrations: Migrations, before: State, half: str) -> None:
    def steps(current: tuple[str, ...], context: MigrationContext) -> Iterator[MigrationStep]:
        if half:
            # As if it had been applied whole: its downgrade is what knows how to take it back.
            yield without_work(migrations.upgrade_step(half))
            say(f"taking back what {half} did before it failed")
            yield migrations.downgrade_step(half)
        extra = migrations.lineage(current) - migrations.lineage(before.current)
        for identifier in migrations.newest_first(extra):
            say(f"downgrading {identifier}")
            yield migrations.downgrade_step(identifier)
        if schema_objects(context.connection, before.version_table) != before.objects:
            raise NotBack

    migrations.run(steps)


def forget_half(migrations: Migrations, half: str) -> None:
    """Where every revision is committed by itself, one that was only said to be applied is forgotten again."""
    if half and half in migrations.current():
        migrations.run(lambda *_: [without_work(migrations.downgrade_step(half))])


def without_work(step: MigrationStep) -> MigrationStep:
    def nothing(**_arguments) -> None:
        pass

    step.migration_fn = nothing
    return step
