"""What clients send and get for a customer."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.core.text import Email, Text


class CustomerFields(BaseModel):
    """The fields a client sets; PUT replaces them all."""

    name: Annotated[Text, Field(max_length=200)]
    email: Email | None = None
    phone: Annotated[Text, Field(max_length=40)] | None = None
    city: Annotated[Text, Field(max_length=120)] | None = None


class CustomerRead(CustomerFields):
    """A stored customer."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    created_at: datetime
    updated_at: datetime


class CustomerPage(BaseModel):
    """Some of the customers, and how many there are in all."""

    items: list[CustomerRead]
    total: int
