"""The next edition: rows of a file in a table of their own, working resources by submission."""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """See the SQL file beside this one."""
    op.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """Tables named otherwise than their resource are loaded again."""
    op.execute("DROP INDEX IF EXISTS ix_satudata_working_resource_submission_id")
    op.execute("ALTER TABLE satudata_file ADD COLUMN loaded_sha256 TEXT")
    op.execute("UPDATE satudata_file SET loaded_sha256 = sha256 WHERE table_id = resource_id")
    op.execute("ALTER TABLE satudata_file DROP COLUMN table_id")
