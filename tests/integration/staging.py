"""The staging that the suite talks to, through nginx like a browser, and what it is asked."""

import os
import time
from dataclasses import dataclass

import httpx

EMAIL = "qa@azals.test"
TENANT = "tenant-test"
OTHER_TENANT = "tenant-test-2"

# Every record of this suite is named like this, so that it is known whose it is.
MARK = "Essai d’intégration"

LONGEST_WAIT_SECONDS = 60


class PatientTransport(httpx.HTTPTransport):
    """Waits and asks again where nginx wants fewer requests: people share this address."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer; the one with 429 where a minute of waiting was not enough."""
        until = time.monotonic() + LONGEST_WAIT_SECONDS
        while True:
            response = super().handle_request(request)
            # The API's own 429, for sign-ins that fail, has a longer time to wait: it is an answer.
            wait = int(response.headers.get("Retry-After", "0"))
            if response.status_code != 429 or wait > 5 or time.monotonic() > until:
                return response
            response.close()
            time.sleep(wait)


def open_client(base_url: str, headers: dict[str, str]) -> httpx.Client:
    """A client that asks staging under these headers."""
    return httpx.Client(
        base_url=base_url, headers=headers, transport=PatientTransport(), timeout=30
    )


def sign_in(client: httpx.Client, tenant: str) -> httpx.Response:
    """The answer to the sign-in of the test user to a tenant."""
    credentials = {"email": EMAIL, "password": os.environ["TEST_TENANT_PASSWORD"]}
    return client.post("/api/v1/auth/login", headers={"X-Tenant-ID": tenant}, json=credentials)


def expect(response: httpx.Response, status: int) -> httpx.Response:
    """The response, where it has this status; otherwise a failure that says what came instead."""
    if response.status_code == status:
        return response
    request = response.request
    __tracebackhide__ = True
    first_line = response.text.strip().split("\n", 1)[0][:200]
    raise AssertionError(
        f"expected {status}, got {response.status_code}: {request.method} {request.url.path} "
        f"answered {first_line!r} (request {response.headers.get('X-Request-ID', 'without id')})"
    )


@dataclass(frozen=True)
class Customers:
    """The customers of one tenant, as its signed-in user sees them."""

    client: httpx.Client

    def list(self) -> list[dict]:
        """All of them, page by page."""
        found: list[dict] = []
        while True:
            page = expect(
                self.client.get("/api/v1/customers", params={"limit": 200, "offset": len(found)}),
                200,
            ).json()
            found += page["items"]
            if not page["items"] or len(found) >= page["total"]:
                return found

    def delete(self, customer_id: str) -> None:
        """Delete one; somebody else may have done so before."""
        response = self.client.delete(f"/api/v1/customers/{customer_id}")
        if response.status_code != 404:
            expect(response, 204)
