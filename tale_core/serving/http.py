"""Every endpoint that is not a stream, as data in and data out: the same bytes under every transport."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, urlencode

from msgspec.structs import replace

from tale_core.serving.files import serve_file
from tale_core.serving.gate import Visitor, bearer_of, is_near, set_cookie
from tale_core.serving.messages import encode
from tale_core.serving.pages import Markup, Pages
from tale_core.serving.transcript import as_page, as_text
from tale_core.serving.transport import BODY_LIMIT, EVENTSOURCE, Bye, HttpReply, Peer
from tale_core.serving.wire import ClientMessage, WireError, parse_form, parse_json

if TYPE_CHECKING:
    from tale_core.serving.host import Host

CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "media-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)

SECURITY = (
    ("Content-Security-Policy", CSP),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)

STREAM_HEADERS = (
    ("Content-Type", "text/event-stream; charset=utf-8"),
    ("Cache-Control", "no-cache, no-transform"),
    ("X-Accel-Buffering", "no"),
    *SECURITY,
)

STREAMS = frozenset({"/tale/ws", "/tale/eventsource"})
HEADINGS = {
    400: "That request cannot be read",
    401: "This game is private",
    403: "Not from there",
    404: "There is nothing here",
    405: "Not that way",
    409: "Not now",
    413: "That is too long",
    415: "That form is unknown",
    429: "Too fast",
    500: "Something went wrong",
    503: "Too busy",
}


class Request(NamedTuple):
    """Hold one HTTP request; ``headers`` have lower-case names."""

    peer: Peer
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def fields(self) -> dict[str, str]:
        """The query's fields, the last of each name."""
        return dict(parse_qsl(self.query, keep_blank_values=True, max_num_fields=None))

    @property
    def content_type(self) -> str:
        """The media type of the body, in lower case and without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def wants_page(self) -> bool:
        """Tell whether a person with a browser asks, rather than a program."""
        return "text/html" in self.headers.get("accept", "")


Handler = Callable[[Request, Visitor], HttpReply]


class Endpoints:
    """Answer requests for one host."""

    def __init__(self, host: Host, page: Path) -> None:
        self._host = host
        self._page = page
        info = host.story.info
        self._pages = Pages(
            page,
            {
                "title": info.title,
                "author": info.author,
                "version": info.version,
                "description": info.description,
                "credits": info.credits,
                "licence": info.licence,
                "engine": host.engine,
            },
        )
        self._open: dict[tuple[str, str], Callable[[Request], HttpReply]] = {
            ("GET", "/"): lambda _: _redirect("/tale/"),
            ("GET", "/tale"): lambda _: _redirect("/tale/"),
            ("GET", "/tale/health"): lambda _: _json({"status": "ok"}),
            ("GET", "/tale/metrics"): self._metrics,
            ("POST", "/tale/ticket"): self._ticket,
        }
        self._closed: dict[tuple[str, str], Handler] = {
            ("GET", "/tale/"): self._start,
            ("GET", "/tale/start"): self._start,
            ("GET", "/tale/story"): self._story,
            ("GET", "/tale/about"): self._about,
            ("POST", "/tale/input"): self._input,
            ("GET", "/tale/tabcomplete"): self._tabcomplete,
            ("GET", "/tale/quit"): lambda *_: self._pages.fill("quit.html"),
            ("POST", "/tale/quit"): self._quit,
            ("GET", "/tale/saves"): self._saves,
            ("POST", "/tale/saves"): self._save,
            ("GET", "/tale/transcript.txt"): self._transcript,
            ("GET", "/tale/transcript.html"): self._transcript,
        }

    def reply(self, request: Request) -> HttpReply:
        """Answer a request; never raises for what a client may send."""
        answer = self._answer(request)
        prefix = self._prefix(request)
        moved = ((name, prefix + value if name == "Location" else value) for name, value in answer.headers)
        headers = (*moved, *SECURITY)
        return HttpReply(answer.status, headers, b"" if request.method == "HEAD" else answer.body)

    def _prefix(self, request: Request) -> str:
        """Return what stands before "/tale" in the addresses that the client knows."""
        return self._host.settings.root_path + request.peer.prefix

    def _answer(self, request: Request) -> HttpReply:
        denied = self._host.gate.admit(request.peer, stream=False)
        if denied is not None:
            return self._problem(request, denied.status, "forbidden", denied.message)
        length = request.headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()):  # others may have read it otherwise, and so another request
            return self._problem(request, 400, "bad_message", "The Content-Length of that request is no number.")
        if len(request.body) > BODY_LIMIT:
            return self._problem(request, 413, "too_large", f"A request may have at most {BODY_LIMIT} bytes.")
        method = "GET" if request.method == "HEAD" else request.method
        if method == "GET" and request.path.startswith("/tale/static/"):
            return self._static(request)
        if "token" in request.fields and method == "GET":
            return self._admit_by_token(request)
        key = (method, request.path)
        if key in self._open:
            return self._open[key](request)
        if key in self._closed:
            visitor = self._host.gate.visitor(request.peer)
            if visitor is None and self._host.settings.insecure and method == "GET":
                return self._welcome(request, self._closed[key])
            if visitor is None:
                sentence = "Open the address that Tale printed when it started: it holds the key to this game."
                return self._problem(request, 401, "unauthenticated", sentence)
            try:
                return self._closed[key](request, visitor)
            except WireError as error:
                return self._problem(request, error.status, error.code, str(error), error.retry_after)
        return self._unknown(request)

    def _unknown(self, request: Request) -> HttpReply:
        allowed = sorted({method for method, path in (*self._open, *self._closed) if path == request.path})
        if request.path in STREAMS:
            sentence = "This address carries a live connection, which the server was not asked to offer in this way."
            return self._problem(request, 404, "no_stream", sentence)
        if allowed:
            sentence = f"{request.path} takes {' and '.join(allowed)}, not {request.method[:20]}."
            reply = self._problem(request, 405, "method", sentence)
            return HttpReply(reply.status, (*reply.headers, ("Allow", ", ".join(allowed))), reply.body)
        return self._problem(
            request, 404, "not_found", f"There is no page {request.path[:80]!r}. The game is at /tale/."
        )

    # Pages

    def _start(self, _: Request, visitor: Visitor) -> HttpReply:
        going = self._host.going_on(visitor) is not None
        return self._pages.fill("start.html", play="Continue" if going else "Play")

    def _story(self, _request: Request, _visitor: Visitor) -> HttpReply:
        return self._pages.fill("story.html", wires=" ".join(self._host.wires))

    def _about(self, request: Request, _: Visitor) -> HttpReply:
        info, uptime = self._host.story.info, int(self._host.uptime)
        if "application/json" in request.headers.get("accept", ""):
            story = {"id": info.id, "title": info.title, "author": info.author, "version": info.version}
            return _json({"engine": self._host.engine, "story": story, "uptime": uptime, "credits": info.credits})
        minutes, seconds = divmod(uptime, 60)
        hours, minutes = divmod(minutes, 60)
        return self._pages.fill("about.html", uptime=f"{hours} h {minutes:02} min {seconds:02} s")

    def _static(self, request: Request) -> HttpReply:
        name = request.path.removeprefix("/tale/static/")
        root = self._page / "static"
        if name.startswith("resources/"):
            root, name = self._host.story.folder / "resources", name.removeprefix("resources/")
        found = serve_file(root, name, request.headers)
        if found is None:
            return self._problem(request, 404, "not_found", f"There is no file {name[:80]!r}.")
        return found

    # The game

    def _input(self, request: Request, visitor: Visitor) -> HttpReply:
        form = request.content_type == "application/x-www-form-urlencoded"
        if not form and request.content_type != "application/json":
            raise WireError("media_type", "Send a form or JSON (Content-Type: application/json).", 415)
        message = _form(request.body) if form else parse_json(request.body)
        session = visitor.session
        if session is None:
            raise WireError("no_session", "There is no game yet. Open /tale/story first.", 404)
        session.acknowledge(message.ack, EVENTSOURCE)
        if message.cmd is None:
            return _json({}, 202)
        if message.wants_completion:
            session.charge()
            self._host.complete(session, message.cmd, None)
            return _empty() if form else _json({}, 202)
        repeated = session.submit(message)
        return _empty() if form else _json({"cid": message.cid, "dup": repeated}, 202)

    def _tabcomplete(self, request: Request, visitor: Visitor) -> HttpReply:
        return _json(self._host.completions(visitor, request.fields.get("prefix", "")))

    def _quit(self, request: Request, visitor: Visitor) -> HttpReply:
        self._host.leave(visitor, Bye(1000, "You have left the game."))
        return _json({}) if request.content_type == "application/json" else _redirect("/tale/")

    # What is kept of it

    def _saves(self, request: Request, visitor: Visitor) -> HttpReply:
        names = [save.name for save in self._host.saves(visitor)]
        if "application/json" in request.headers.get("accept", ""):
            return _json(names)
        button = '<li><button class="button quiet" name="restore" value="{0}">{0}</button></li>'
        listed = "".join(button.format(escape(name)) for name in reversed(names))
        none = "<p>You have no saves yet.</p>"
        back = '<h2 id="back">Go back to</h2><form method="post" action="saves" aria-labelledby="back">'
        rows = f'{back}<ul class="saves">{listed}</ul></form>' if names else none
        return self._pages.fill("saves.html", rows=Markup(rows))

    def _save(self, request: Request, visitor: Visitor) -> HttpReply:
        """Type "save" or "restore" for the player, so that it is played, kept and told like all else they do."""
        fields = dict(parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=16))
        verb = next((verb for verb in ("restore", "save") if verb in fields), None)
        if verb is None:
            raise WireError("bad_message", "Send save=NAME or restore=NAME as a form.")
        if visitor.session is None:
            raise WireError("no_session", "There is no game yet. Open /tale/story first.", 404)
        visitor.session.submit(ClientMessage(cmd=f"{verb} {fields[verb]}".strip()))
        return _redirect("/tale/story")

    def _transcript(self, request: Request, visitor: Visitor) -> HttpReply:
        session = visitor.session
        if session is None:
            raise WireError("no_session", "There is no game yet. Open /tale/story first.", 404)
        told, info = self._host.told(session), self._host.story.info
        page = request.path.endswith(".html")
        kind = ("Content-Type", "text/html; charset=utf-8" if page else "text/plain; charset=utf-8")
        name = f"{info.id}.{'html' if page else 'txt'}"
        headers = (kind, ("Cache-Control", "no-store"), ("Content-Disposition", f'attachment; filename="{name}"'))
        return HttpReply(200, headers, (as_page(info.title, told) if page else as_text(told)).encode())

    # Admission and machines

    def _admit_by_token(self, request: Request) -> HttpReply:
        fields = request.fields
        token = fields.pop("token")
        clean = request.path + (f"?{urlencode(fields)}" if fields else "")
        value = None
        if self._host.gate.visitor(request.peer) is None:
            value = self._host.gate.redeem(token, request.peer)
            if value is None:
                sentence = "That token is not this server's. Open the address that Tale printed at its last start."
                return self._problem(request, 401, "unauthenticated", sentence)
        reply = _redirect(clean if clean.startswith("/tale/") else "/tale/")
        if value is None:  # a known browser keeps its cookie, and with it its game
            return reply
        return self._planted(request, reply, value)

    def _planted(self, request: Request, reply: HttpReply, value: str) -> HttpReply:
        cookie = set_cookie(value, secure=request.peer.secure, prefix=self._prefix(request))
        return HttpReply(reply.status, (*reply.headers, cookie), reply.body)

    def _welcome(self, request: Request, handler: Handler) -> HttpReply:
        """Let in somebody without a token, where none is asked for."""
        value = self._host.gate.redeem("", request.peer)
        assert value is not None
        shown = replace(request.peer, headers={"authorization": f"Bearer {value}"})
        visitor = self._host.gate.visitor(shown)
        assert visitor is not None
        try:
            return self._planted(request, handler(request, visitor), value)
        except WireError as error:
            return self._problem(request, error.status, error.code, str(error), error.retry_after)

    def _ticket(self, request: Request) -> HttpReply:
        """Give a client that keeps no cookies a key, if it shows the token, and a ticket for one stream."""
        gate, key = self._host.gate, None
        visitor = gate.visitor(request.peer)
        if visitor is None:
            key = gate.redeem(bearer_of(request.peer.headers), request.peer)
            if key is None:
                sentence = "Send the token that Tale printed, or your key: Authorization: Bearer …"
                return self._problem(request, 401, "unauthenticated", sentence)
            visitor = gate.visitor(replace(request.peer, headers={"authorization": f"Bearer {key}"}))
            assert visitor is not None
        answer = {"ticket": gate.ticket(visitor), "expires": self._host.settings.ticket_life}
        return _json(answer if key is None else {"key": key, **answer})

    def _metrics(self, request: Request) -> HttpReply:
        if not self._host.settings.metrics:
            return self._problem(request, 404, "not_found", "Metrics are off. Start the server with --metrics.")
        if not is_near(request.peer) and self._host.gate.visitor(request.peer) is None:
            return self._problem(request, 401, "unauthenticated", "Metrics are for this machine or for token holders.")
        kind = ("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        return HttpReply(200, (kind, ("Cache-Control", "no-store")), self._host.metrics().encode())

    def _problem(
        self, request: Request, status: int, code: str, message: str, retry_after: int | None = None
    ) -> HttpReply:
        later = () if retry_after is None else (("Retry-After", str(retry_after)),)
        if request.wants_page:
            page = self._pages.fill(
                "message.html", status, status=str(status), heading=HEADINGS[status], message=message
            )
            return HttpReply(status, (*page.headers, *later), page.body)
        reply = _json({"error": code, "message": message}, status)
        return HttpReply(status, (*reply.headers, *later), reply.body)


def _form(body: bytes) -> ClientMessage:
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=16, errors="strict")
    except ValueError:
        raise WireError("bad_message", "That form cannot be read. Send cmd=… in UTF-8.") from None
    return parse_form(dict(pairs))


def _json(value: object, status: int = 200) -> HttpReply:
    kind = ("Content-Type", "application/json")
    return HttpReply(status, (kind, ("Cache-Control", "no-store")), encode(value))


def _empty() -> HttpReply:
    return HttpReply(200, (("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")))


def _redirect(where: str) -> HttpReply:
    return HttpReply(303, (("Location", where), ("Cache-Control", "no-store")))
