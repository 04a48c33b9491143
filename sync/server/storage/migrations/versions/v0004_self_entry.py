"""What residents wrote by the code on a wall, and where it stands."""

from __future__ import annotations

from alembic import op

from sync.server.storage import schema

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create it."""
    for statement in schema.statements(3, "postgresql"):
        op.execute(statement)
