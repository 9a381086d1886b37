"""Runs our migrations against the database CKAN names (``ckan db upgrade`` calls this)."""

import os
from logging.config import fileConfig

from alembic import context
from sqlalchemy import engine_from_config, pool

NAME = os.path.basename(os.path.dirname(__file__))

fileConfig(str(context.config.config_file_name), disable_existing_loggers=False)
engine = engine_from_config(
    context.config.get_section(context.config.config_ini_section, {}),
    prefix="sqlalchemy.",
    poolclass=pool.NullPool,
)
with engine.connect() as connection:
    context.configure(connection=connection, version_table=f"{NAME}_alembic_version")
    with context.begin_transaction():
        context.run_migrations()
