# --- what the schema consists of: the same before and after means that nothing changed --------------------------------

USER_SCHEMAS = "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'"

OBJECTS = {
    "table": f"""
      SELECT c.relkind::text || ' ' || format('%I.%I', n.nspname, c.relname)
        || coalesce(' of ' || array_to_string(c.reloptions, ','), '')
        || CASE WHEN c.relkind IN ('v', 'm') THEN ' as ' || pg_get_viewdef(c.oid) ELSE '' END
        || CASE WHEN c.relrowsecurity THEN ' row security' ELSE '' END
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND {USER_SCHEMAS} AND c.relname <> :versions""",
    "column": f"""
      SELECT format('%I.%I.%I', n.nspname, c.relname, a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
        || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END || a.attidentity::text || a.attgenerated::text
        || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
        AND {USER_SCHEMAS} AND c.relname <> :versions""",
    "constraint": f"""
      SELECT format('%I on %s', k.conname, coalesce(k.conrelid::regclass::text, k.contypid::regtype::text))
        || ' ' || pg_get_constraintdef(k.oid)
      FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace LEFT JOIN pg_class c ON c.oid = k.conrelid
      WHERE {USER_SCHEMAS} AND coalesce(c.relname, '') <> :versions""",
    "index": f"""
      SELECT pg_get_indexdef(i.indexrelid) || CASE WHEN i.indisvalid THEN '' ELSE ' (invalid)' END
      FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE {USER_SCHEMAS} AND c.relname <> :versions""",
    "trigger": f"""
      SELECT pg_get_triggerdef(t.oid) || ' ' || t.tgenabled::text
      FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE NOT t.tgisinternal AND {USER_SCHEMAS}""",
    "function": f"""
      SELECT p.oid::regprocedure::text || ' ' || md5(p.prosrc || p.provolatile::text || p.prolang::text)
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE {USER_SCHEMAS}""",
    "type": f"""
      SELECT format('%I.%I', n.nspname, t.typname) || ' '
        || (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid)
      FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'e' AND {USER_SCHEMAS}""",
    "policy": f"""
      SELECT format('%I on %s %s %s %s', p.polname, p.polrelid::regclass, p.polcmd,
        pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
      FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE {USER_SCHEMAS}""",
    "schema": f"SELECT format('%I', n.nspname) FROM pg_namespace n WHERE {USER_SCHEMAS}",
    "extension": "SELECT extname::text || ' ' || extversion FROM pg_extension",
}


def schema_objects(connection: Connection, version_table: str) -> list[str]:
    """Everything that migrations make, one line each, without Alembic's own table."""
    found = []
    for kind, query in OBJECTS.items():
        for definition in connection.execute(text(query), {"versions": version_table}).scalars():
            found.append(f"{kind} {' '.join((definition or '').split())}")
    return sorted(found)


def difference(before: Iterable[str], after: Iterable[str]) -> list[str]:
    """In words what one has and the other has not."""
    old, new = set(before), set(after)
    return [f"left behind: {each}" for each in sorted(new - old)] + [f"missing: {each}" for each in sorted(old - new)]
