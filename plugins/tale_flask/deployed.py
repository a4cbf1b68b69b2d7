"""The application for a server that somebody else starts: what it serves is read from the environment."""

from __future__ import annotations

import atexit
from typing import TYPE_CHECKING

from flask import Flask, Response, request

from tale_core.deploy import open_core
from tale_flask.app import create_app

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

ONE_PROCESS = "Tale keeps each game in one process. Start one worker, with as many threads as you like (gunicorn -w 1)."
THREADS = (
    "A stream takes a thread for as long as it lasts. Start the server with many of them "
    "(gunicorn -k tale_flask.gunicorn.Worker --threads 100)."
)


def deployed() -> Flask:
    """Return the application that serves what the variables TALE_… name; a signal says goodbye to every stream."""
    served = open_core()
    app = create_app(served.core)
    served.heed_signals()  # for as long as the process lives
    atexit.register(served.close)

    @app.before_request
    def unfit() -> Response | None:
        reason = _unfit(request.environ)
        return Response(reason, 500, content_type="text/plain") if reason else None

    hooks = app.before_request_funcs[None]
    hooks.insert(0, hooks.pop())
    return app


def _unfit(environ: WSGIEnvironment) -> str:
    """Return why a server cannot carry this, empty if it can."""
    if environ.get("wsgi.multiprocess"):
        return ONE_PROCESS
    return "" if environ.get("wsgi.multithread") else THREADS
