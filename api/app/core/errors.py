"""Answers to requests that go wrong."""

import logging

from fastapi import FastAPI, Request, status
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

logger = logging.getLogger(__name__)


def _invalid_request(_: Request, error: Exception) -> JSONResponse:
    # Without the input, which FastAPI would send back: it may hold a password.
    problems = [
        {key: problem[key] for key in ("loc", "msg", "type")}
        for problem in getattr(error, "errors", list)()
    ]
    return JSONResponse({"detail": problems}, status.HTTP_422_UNPROCESSABLE_CONTENT)


def _database_unavailable(request: Request, error: Exception) -> JSONResponse:
    logger.error("%s %s: %s", request.method, request.url.path, error)
    return JSONResponse(
        {"detail": "The database does not answer: try again in a moment"},
        status.HTTP_503_SERVICE_UNAVAILABLE,
    )


def answer_errors(app: FastAPI) -> None:
    """Answer invalid requests with 422 and requests the database cannot serve with 503."""
    app.add_exception_handler(RequestValidationError, _invalid_request)
    for unavailable in (OperationalError, InterfaceError, PoolTimeoutError):
        app.add_exception_handler(unavailable, _database_unavailable)
