"""What the migrations make is what the models say. This also leaves a migrated database for the tests that follow (conftest.py)."""

import pytest
from django.apps import apps
from django.db import connection


@pytest.mark.django_db
def test_migrated_tables_have_the_columns_of_the_models() -> None:
    models = [model for model in apps.get_models() if model._meta.managed and model.__module__.startswith("aktsom.")]
    wanted = {model._meta.db_table: {field.column for field in model._meta.local_concrete_fields} for model in models}

    with connection.cursor() as cursor:
        found = {table: {column.name for column in connection.introspection.get_table_description(cursor, table)} for table in wanted}

    assert found == wanted
