"""The API: everything lies below /v2, which the proxy leaves as it is."""

from datetime import date
from typing import Annotated

import redis
import sqlalchemy as sa
from fastapi import FastAPI, Header, HTTPException, Response
from pydantic import BaseModel

from workshop.config import load
from workshop.tables import bookings

config = load()
engine = sa.create_engine(config.database_url, pool_pre_ping=True)
cache = redis.Redis.from_url(config.cache_url, socket_timeout=1)
app = FastAPI(openapi_url="/v2/openapi.json", docs_url=None, redoc_url=None)


class Booking(BaseModel):
    bicycle: str
    day: date
    note: str | None = None


@app.get("/v2/status")
def status(response: Response) -> dict:
    """Whether it works, and which commit it is."""
    build = {"commit": config.commit}
    try:
        with engine.connect() as connection:
            connection.execute(sa.text("select 1"))
    except sa.exc.OperationalError:
        response.status_code = 503
        return {"state": "no database", "build": build}
    try:
        cache.ping()
    except redis.RedisError:
        return {"state": "up", "cache": "down", "build": build}
    return {"state": "up", "cache": "up", "build": build}


@app.get("/v2/bookings")
def all_bookings(x_workshop: Annotated[str | None, Header()] = None) -> list[Booking]:
    if x_workshop is None:
        raise HTTPException(400, "the header X-Workshop says whose bookings")
    with engine.connect() as connection:
        rows = connection.execute(sa.select(bookings).order_by(bookings.c.day)).mappings()
        return [Booking(**row) for row in rows]


@app.post("/v2/bookings", status_code=201)
def book(booking: Booking) -> Booking:
    with engine.begin() as connection:
        connection.execute(bookings.insert().values(**booking.model_dump()))
    return booking
