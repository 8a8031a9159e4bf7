"""Where the API's own log lines go, and how much of them."""

import logging.config

from app.core.settings import Settings


def configure_logging(settings: Settings) -> None:
    """Write the API's log at LOG_LEVEL to standard error; libraries only from WARNING.

    Libraries stay quiet at DEBUG because SQLAlchemy would log rows, password hashes included.
    """
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
            "loggers": {"app": {"level": settings.log_level}},
            "root": {"level": "WARNING", "handlers": ["stderr"]},
        }
    )
