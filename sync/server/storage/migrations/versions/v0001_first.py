"""First tables of a district's database."""

from __future__ import annotations

from alembic import op

from sync.server.storage import schema

_EXTERNAL = (("op", "header"), ("op", "body"), ("blob", "data"))

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create everything; bytes that are short, sealed or packed already are stored without trying to compress them."""
    for statement in schema.statements(0, "postgresql"):
        op.execute(statement)
    for table, column in _EXTERNAL:
        op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STORAGE EXTERNAL")
