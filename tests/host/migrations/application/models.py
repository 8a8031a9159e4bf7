"""The tables that a test says the application has; without any, nothing is compared."""

from sqlalchemy import MetaData

metadata = MetaData()
