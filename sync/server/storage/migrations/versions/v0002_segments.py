"""Segments for PCs that are far behind."""

from __future__ import annotations

from alembic import op

from sync.server.storage import schema

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create their table; the bytes are packed already."""
    for statement in schema.statements(1, "postgresql"):
        op.execute(statement)
    op.execute("ALTER TABLE segment ALTER COLUMN data SET STORAGE EXTERNAL")
