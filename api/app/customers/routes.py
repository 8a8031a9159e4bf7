"""/v1/customers: create, read, update and delete the customers of one's tenant."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, status

from app.customers.schemas import CustomerFields, CustomerPage, CustomerRead
from app.customers.store import OwnCustomers
from app.models import Customer

router = APIRouter(prefix="/v1/customers", tags=["customers"])


@router.get("")
def list_customers(
    customers: OwnCustomers,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> CustomerPage:
    """A page of the tenant's customers, by name."""
    items, total = customers.page(limit=limit, offset=offset)
    return CustomerPage(
        items=[CustomerRead.model_validate(customer) for customer in items], total=total
    )


@router.post("", status_code=status.HTTP_201_CREATED, response_model=CustomerRead)
def create_customer(customers: OwnCustomers, fields: CustomerFields) -> Customer:
    """Add a customer."""
    return customers.add(fields)


@router.get("/{customer_id}", response_model=CustomerRead)
def read_customer(customers: OwnCustomers, customer_id: UUID) -> Customer:
    """One customer."""
    return customers.get(customer_id)


@router.put("/{customer_id}", response_model=CustomerRead)
def replace_customer(
    customers: OwnCustomers, customer_id: UUID, fields: CustomerFields
) -> Customer:
    """Replace all fields of a customer."""
    return customers.replace(customer_id, fields)


@router.delete("/{customer_id}", status_code=status.HTTP_204_NO_CONTENT)
def delete_customer(customers: OwnCustomers, customer_id: UUID) -> None:
    """Delete a customer."""
    customers.remove(customer_id)
