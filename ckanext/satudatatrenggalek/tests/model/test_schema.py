"""The migrated database is what the model says: tables, columns, nullability, keys, indexes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model

import ckanext.satudatatrenggalek.migration as migration
from ckanext.satudatatrenggalek.model import document, tables
from ckanext.satudatatrenggalek.model.audit import AuditBase

_SQL = sorted(
    Path(next(iter(migration.__path__)), "satudatatrenggalek/versions").glob("[0-9]*.sql")
)
_OURS = {
    table.name: table
    for table in (
        *tables.DatasetRecord.metadata.tables.values(),
        *AuditBase.metadata.tables.values(),
    )
    if table.name.startswith("satudata_")
}
assert document.DocumentRecord.__tablename__ in _OURS


@pytest.fixture(scope="module")
def migrated() -> Any:
    """What the migration makes, in a schema of its own that is thrown away."""
    engine = model.meta.engine
    assert engine is not None
    with engine.connect() as connection, connection.begin() as whole:
        connection.execute(sa.text("CREATE SCHEMA satudata_migrated"))
        connection.execute(sa.text("SET LOCAL search_path TO satudata_migrated"))
        for script in _SQL:
            connection.exec_driver_sql(script.read_text("utf-8").replace("%", "%%"))
        yield sa.inspect(connection)
        whole.rollback()


def _indexes(found: Any) -> set[tuple[Any, ...]]:
    return {
        (row["name"], tuple(row["column_names"]), bool(row["unique"]))
        for row in found
        if not row.get("duplicates_constraint")
    }


def _said(table: sa.Table) -> set[tuple[Any, ...]]:
    return {
        (index.name, tuple(column.name for column in index.columns), bool(index.unique))
        for index in table.indexes
    }


def test_the_same_tables(migrated: Any) -> None:
    made = set(migrated.get_table_names(schema="satudata_migrated")) - {"validation"}
    assert made == set(_OURS)


@pytest.mark.parametrize("name", sorted(_OURS))
def test_the_same_columns(migrated: Any, name: str) -> None:
    dialect = migrated.bind.dialect
    made = {
        row["name"]: (row["type"].compile(dialect), row["nullable"])
        for row in migrated.get_columns(name, schema="satudata_migrated")
    }
    said = {
        column.name: (column.type.compile(dialect), column.nullable)
        for column in _OURS[name].columns
    }
    assert made == said


@pytest.mark.parametrize("name", sorted(_OURS))
def test_the_same_keys_and_indexes(migrated: Any, name: str) -> None:
    table = _OURS[name]
    where = {"table_name": name, "schema": "satudata_migrated"}
    key = migrated.get_pk_constraint(**where)["constrained_columns"]
    assert key == [column.name for column in table.primary_key]
    unique = {tuple(row["column_names"]) for row in migrated.get_unique_constraints(**where)}
    assert unique == {
        tuple(column.name for column in constraint.columns)
        for constraint in table.constraints
        if isinstance(constraint, sa.UniqueConstraint)
    }
    assert _indexes(migrated.get_indexes(**where)) == _said(table)
    pointing = {
        (tuple(row["constrained_columns"]), row["referred_table"])
        for row in migrated.get_foreign_keys(**where)
    }
    assert pointing == {
        (tuple(constraint.column_keys), constraint.referred_table.name)
        for constraint in table.foreign_key_constraints
    }


def test_one_open_submission_means_the_open_states(migrated: Any) -> None:
    found = migrated.get_indexes("satudata_submission", schema="satudata_migrated")
    index = next(row for row in found if row["name"] == "satudata_one_open_submission")
    listed = re.findall(r"'(\w+)'", index["dialect_options"]["postgresql_where"])
    assert set(listed) == {state.value for state in tables.OPEN_STATES}
