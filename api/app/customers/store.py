"""The customers of one tenant."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, HTTPException, status
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.auth.session import SignedInUser
from app.core.request_session import DatabaseSession
from app.customers.schemas import CustomerFields
from app.models import Customer


class TenantCustomers:
    """The only way to the table of customers: every query is limited to one tenant."""

    def __init__(self, session: Session, tenant_id: UUID) -> None:
        self._session = session
        self._tenant_id = tenant_id
        self._own = select(Customer).where(Customer.tenant_id == tenant_id)

    def page(self, *, limit: int, offset: int) -> tuple[list[Customer], int]:
        """At most `limit` customers by name, and how many there are in all."""
        by_name = self._own.order_by(Customer.name, Customer.id).limit(limit).offset(offset)
        total = select(func.count()).select_from(self._own.subquery())
        return list(self._session.scalars(by_name)), self._session.scalars(total).one()

    def get(self, customer_id: UUID) -> Customer:
        """The customer; 404 when this tenant has none with that id."""
        customer = self._session.scalar(self._own.where(Customer.id == customer_id))
        if customer is None:
            raise HTTPException(status.HTTP_404_NOT_FOUND, f"No customer {customer_id}")
        return customer

    def add(self, fields: CustomerFields) -> Customer:
        """The new customer, stored."""
        customer = Customer(tenant_id=self._tenant_id, **fields.model_dump())
        self._session.add(customer)
        self._session.commit()
        return customer

    def replace(self, customer_id: UUID, fields: CustomerFields) -> Customer:
        """The customer with all its fields replaced; 404 as in `get`."""
        customer = self.get(customer_id)
        for name, value in fields.model_dump().items():
            setattr(customer, name, value)
        self._session.commit()
        self._session.refresh(customer)
        return customer

    def remove(self, customer_id: UUID) -> None:
        """Delete the customer; 404 as in `get`."""
        self._session.delete(self.get(customer_id))
        self._session.commit()


def _own_customers(user: SignedInUser, session: DatabaseSession) -> TenantCustomers:
    return TenantCustomers(session, user.tenant_id)


OwnCustomers = Annotated[TenantCustomers, Depends(_own_customers)]
