"""Substitutes (Plh.), offices that come and go, checklists kept before the decision."""

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """See the SQL file beside this one."""
    op.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """Substitutes lose their appointments: without the column nothing says they are any."""
    op.execute("DELETE FROM satudata_appointment WHERE stands_for IS NOT NULL")
    op.execute("ALTER TABLE satudata_appointment DROP COLUMN stands_for")
    op.execute("ALTER TABLE satudata_stay DROP COLUMN left_for")
    op.execute("ALTER TABLE satudata_dataset DROP COLUMN retracted_for")
    op.execute("DROP INDEX satudata_submission_claimed")
    op.execute("DROP TABLE satudata_office")
    op.execute("DROP TABLE satudata_kept_checklist")
