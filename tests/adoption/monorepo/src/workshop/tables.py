"""The tables, as the code knows them."""

import sqlalchemy as sa

metadata = sa.MetaData()

bookings = sa.Table(
    "bookings",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("bicycle", sa.Text, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("note", sa.Text),
)

parts = sa.Table(
    "parts",
    metadata,
    sa.Column("number", sa.Text, primary_key=True),
    sa.Column("stock", sa.Integer, nullable=False),
)

invoices = sa.Table(
    "invoices",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("cents", sa.BigInteger, nullable=False),
)
