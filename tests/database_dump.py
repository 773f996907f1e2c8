"""Everything a copy of the database would show, as one text; and how much a page may ask of it."""

from django.db import connection

# PostgreSQL is asked for the lock of the log's chain as well; SQLite lets one writer in at a time by itself.
MOST_QUERIES = 26 if connection.vendor == "postgresql" else 25


def database_text() -> str:
    """Return every column of every row of every table as text, bytes in hexadecimal as well."""
    parts: list[str] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the database's own names
            for row in cursor.fetchall():
                parts += [_text(value) for value in row]
    return "\n".join(parts)


def _text(value: object) -> str:
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).decode("utf-8", "replace")
    return str(value)
