"""Tables of erasure: what is gone for good, and who asked for it."""

from __future__ import annotations

from alembic import op

from sync.server.storage import schema

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create them."""
    for statement in schema.statements(2, "postgresql"):
        op.execute(statement)
