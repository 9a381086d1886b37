"""The tables of the procedure, and a record that refuses to be rewritten."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create everything; see the SQL file beside this one."""
    op.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """Remove our tables; the record goes with them. ``validation`` stays: it is not ours alone."""
    for table in (
        "document",
        "outbox",
        "check",
        "working_resource",
        "edition",
        "finding",
        "verdict",
        "contribution",
        "stay",
        "file",
        "appointment",
        "submission",
        "dataset",
        "audit",
    ):
        op.execute(f"DROP TABLE IF EXISTS satudata_{table}")
    op.execute("DROP FUNCTION IF EXISTS satudata_audit_refuse()")
