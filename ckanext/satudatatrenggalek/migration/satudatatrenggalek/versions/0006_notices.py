"""Notices, what people chose for them, and what the portal has told of a stay by itself."""

from pathlib import Path

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """See the SQL file beside this one."""
    op.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """What was told is told again after another upgrade."""
    for table in ("notice", "notice_preference", "told"):
        op.execute(f"DROP TABLE IF EXISTS satudata_{table}")
