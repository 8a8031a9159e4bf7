"""Bookings have a note"""

import sqlalchemy as sa
from alembic import op

revision = "bookings_2"
down_revision = "bookings_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("bookings", sa.Column("note", sa.Text))


def downgrade() -> None:
    op.drop_column("bookings", "note")
