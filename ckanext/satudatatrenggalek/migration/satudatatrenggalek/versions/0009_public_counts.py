"""How many public datasets each office has of each theme, kept where visibility is written."""

from pathlib import Path

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """See the SQL file beside this one."""
    op.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """The front page counts anew again."""
    for event in ("insert", "update", "delete", "truncate"):
        op.execute(f"DROP TRIGGER IF EXISTS satudata_dataset_{event} ON satudata_dataset")
    op.execute("DROP FUNCTION IF EXISTS satudata_count_public")
    op.execute("DROP TABLE IF EXISTS satudata_public_count")
    for index in (
        "satudata_edition_current",
        "ix_satudata_dataset_published_submission_id",
        "satudata_submission_office",
    ):
        op.execute(f"DROP INDEX IF EXISTS {index}")
    op.execute("ALTER TABLE satudata_dataset DROP COLUMN IF EXISTS theme")
