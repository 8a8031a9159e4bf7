# --- the command line -------------------------------------------------------------------------------------------------


def read_options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="migrate", exit_on_error=False)
    parser.add_argument("verb", choices=["plan", "apply", "undo", "backup"])
    parser.add_argument("--config", default="alembic.ini")
    parser.add_argument("--operation", default="by hand")
    parser.add_argument("--target", default="head")
    # Where the plan found the database; separated by spaces, or base.
    parser.add_argument("--expect")
    parser.add_argument("--lock-timeout", type=int, default=300)
    parser.add_argument("--table-lock-timeout", type=int, default=1000)
    parser.add_argument("--attempts", type=int, default=20)
    parser.add_argument("--statement-timeout", type=int, default=900)
    parser.add_argument("--drift", choices=["off", "warn", "error"], default="warn")
    parser.add_argument("--on-failure", choices=["downgrade", "restore", "keep"], default="downgrade")
    parser.add_argument("--folder")
    parser.add_argument("--name")
    parser.add_argument("--keep", type=int, default=10)
    # MiB that stay free beside a backup.
    parser.add_argument("--margin", type=int, default=0)
    # Ends this process when whoever started it has died.
    parser.add_argument("--with-parent", action="store_true")
    return parser.parse_args(words)


def carry_out(channel: Channel, options: argparse.Namespace) -> None:
    writes = options.verb in ("apply", "undo")
    limits = Limits(options.table_lock_timeout, options.statement_timeout, options.operation, writes)
    sessions = Sessions(limits)
    with await_database(own_engine(), 60) as connection:
        sessions.server_version = int(connection.scalar(text("SHOW server_version_num")))
        if options.verb == "backup":
            back_up(channel, options)
            return
        migrations = Migrations(options.config)
        migrations.speak_as("upgrade", options.target)
        if options.verb == "plan":
            report_plan(channel, sessions, migrations, make_plan(migrations, options.target), connection)
    if options.verb == "apply":
        apply(channel, sessions, migrations, options)
    elif options.verb == "undo":
        undo(channel, migrations, options)


def main(words: Sequence[str]) -> int:
    channel = Channel()
    try:
        options = read_options(words)
        if options.with_parent:
            end_with_parent()
        # The application's own modules are beside alembic.ini.
        sys.path.insert(0, os.getcwd())
        carry_out(channel, options)
        code = 0
    except Failed as failure:
        say(str(failure))
        report_details(channel)
        channel.report("reason", str(failure))
        code = failure.code
    except argparse.ArgumentError as error:
        channel.report("reason", str(error))
        code = EXIT_FAILED
    except Exception as error:  # env.py and the models may fail in any way.
        show_traceback(error)
        reason = tell(error)
        report_details(channel)
        channel.report("reason", reason)
        code = EXIT_FAILED
    channel.close()
    return code


if __name__ == "__main__":
    sys.stdout.flush()
    # Not sys.exit: threads of the application must not keep it waiting.
    os._exit(main(sys.argv[1:]))
