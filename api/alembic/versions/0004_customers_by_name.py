"""An index for the list of customers: one tenant's, by name."""

from alembic import op

revision = "0004_customers_by_name"
down_revision = "0003_customers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_customers_tenant_id_name_id", "customers", ["tenant_id", "name", "id"])


def downgrade() -> None:
    op.drop_index("ix_customers_tenant_id_name_id", table_name="customers")
