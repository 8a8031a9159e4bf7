"""The image's HEALTHCHECK: exits 0 when /health of this container answers 200."""

import http.client
import os
import sys

# A little more than the API allows its own checks.
TIMEOUT_SECONDS = 4


def main() -> None:
    """Ask, and exit 1 with the reason when the API is not fit to serve."""
    connection = http.client.HTTPConnection(
        "127.0.0.1", int(os.environ["PORT"]), timeout=TIMEOUT_SECONDS
    )
    try:
        connection.request("GET", "/health")
        response = connection.getresponse()
        body = response.read().decode()
    except OSError as error:
        sys.exit(f"/health does not answer: {error}")
    print(body)
    if response.status != http.client.OK:
        sys.exit(f"/health answered {response.status}")


if __name__ == "__main__":
    main()
