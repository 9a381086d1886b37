"""When a request lost whatever could tell who asked."""

from pathlib import Path

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """See the SQL file beside this one."""
    op.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """What was emptied stays empty."""
    op.execute("ALTER TABLE satudata_request DROP COLUMN IF EXISTS emptied_at")
