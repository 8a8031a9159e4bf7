"""Parts"""

import sqlalchemy as sa
from alembic import op

revision = "parts_1"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "parts",
        sa.Column("number", sa.Text, primary_key=True),
        sa.Column("stock", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("parts")
