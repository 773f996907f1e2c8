"""What an earlier version kept in the shared cache is in a form nothing reads any more; it is let go of."""

from typing import Any

from django.db import migrations


def empty(apps: Any, schema_editor: Any) -> None:
    connection = schema_editor.connection
    if "core_cache" in connection.introspection.table_names():
        schema_editor.execute('DELETE FROM "core_cache"')


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_core_cache")]
    operations = [migrations.RunPython(empty, migrations.RunPython.noop)]
