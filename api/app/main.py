"""The ASGI application that gunicorn serves."""

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi_offline import FastAPIOffline

from app.auth.routes import router as auth
from app.core.errors import answer_errors
from app.core.logging import configure_logging
from app.core.metrics import MeasureRequests
from app.core.metrics import router as metrics
from app.core.settings import Settings, get_settings
from app.customers.routes import router as customers
from app.health.routes import router as health


def create_app(settings: Settings) -> FastAPI:
    """The API with its routes and middleware."""
    app = FastAPIOffline(
        title="AZALS API",
        description="Send `X-Tenant-ID` with every request under `/v1`.",
        version=settings.app_version,
        debug=settings.debug,
        # "Try it out" on /docs has to send its requests through nginx.
        servers=[{"url": settings.api_public_path}],
        # A redirect would name the path without nginx's prefix.
        redirect_slashes=False,
        # The pages bring their scripts along: a browser may have no way to a public CDN.
        static_url="/docs/assets",
    )
    app.add_middleware(
        CORSMiddleware,
        allow_origins=settings.cors_origins,
        allow_methods=["GET", "POST", "PUT", "DELETE"],
        allow_headers=["Authorization", "Content-Type", "X-Tenant-ID"],
    )
    app.add_middleware(MeasureRequests)
    answer_errors(app)
    for router in (auth, customers, health, metrics):
        app.include_router(router)

    @app.get("/", tags=["health"])
    def index() -> dict[str, str]:
        """What this is and where to go on."""
        return {
            "name": app.title,
            "version": settings.app_version,
            "health": f"{settings.api_public_path}/health",
            "docs": "/docs",
        }

    return app


configure_logging(get_settings())
app = create_app(get_settings())
