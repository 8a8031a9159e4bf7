"""The city of a customer; nullable, so the release before can still write."""

import sqlalchemy as sa
from alembic import op

revision = "0005_customers_city"
down_revision = "0004_customers_by_name"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("customers", sa.Column("city", sa.String(120), nullable=True))


def downgrade() -> None:
    op.drop_column("customers", "city")
