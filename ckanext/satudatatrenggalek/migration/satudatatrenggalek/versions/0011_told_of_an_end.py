"""What was told of which end, so that one that moves is told of again; not of stays alone."""

from pathlib import Path

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """See the SQL file beside this one."""
    op.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """Ends of appointments and offices are told of again."""
    op.execute("ALTER TABLE satudata_told DROP COLUMN IF EXISTS until")
    op.execute("ALTER TABLE satudata_told RENAME COLUMN subject TO stay_id")
