"""Sign-off, urgency, papers, on behalf, talk, and the content somebody once looked at."""

from pathlib import Path

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TABLES = ("on_behalf", "paper", "signoff", "talk", "content")
_COLUMNS = ("signed_hash", "signed_by", "signed_at", "urgent_reason", "urgent_wish")


def upgrade() -> None:
    """See the SQL file beside this one."""
    op.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """Sign-offs are given again."""
    for table in _TABLES:
        op.execute(f"DROP TABLE satudata_{table}")
    for column in _COLUMNS:
        op.execute(f"ALTER TABLE satudata_submission DROP COLUMN {column}")
    op.execute(
        "ALTER TABLE satudata_submission ADD COLUMN signed_off BOOLEAN DEFAULT 'false' NOT NULL"
    )
