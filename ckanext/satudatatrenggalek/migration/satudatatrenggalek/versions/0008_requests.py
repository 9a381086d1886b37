"""Requests of the public: for files of restricted datasets, and reports of errors."""

from pathlib import Path

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """See the SQL file beside this one."""
    op.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """Requests and their answers are lost."""
    op.execute("DROP TABLE IF EXISTS satudata_request")
