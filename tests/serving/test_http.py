from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest

from tale_core.serving.host import Host
from tale_core.serving.settings import Settings
from tale_core.serving.transport import Bye, Deny, HttpReply, Peer

from .client import HOST, Client


def header(reply: HttpReply, name: str) -> str | None:
    return next((value for key, value in reply.headers if key.lower() == name.lower()), None)


def value(reply: HttpReply) -> object:
    return json.loads(reply.body)


def test_the_token_becomes_a_cookie_and_a_clean_address(host: Host) -> None:
    peer = Peer(address=("127.0.0.1", 1), headers={"host": HOST})
    reply = host.http(peer, "GET", "/tale/", f"token={host.token}&x=1", peer.headers, b"")
    assert (reply.status, header(reply, "Location")) == (303, "/tale/?x=1")
    cookie = header(reply, "Set-Cookie") or ""
    assert {part.strip() for part in cookie.split(";")[1:]} == {"Path=/tale", "HttpOnly", "SameSite=Strict"}
    assert host.token not in cookie


def test_a_known_browser_keeps_its_game_when_it_opens_the_address_again(client: Client, host: Host) -> None:
    reply = client.get("/tale/", f"token={host.token}")
    assert reply.status == 303
    assert header(reply, "Set-Cookie") is None


@pytest.mark.parametrize("query", ["token=wrong", "token=", "token=%C3%A9"])
def test_a_wrong_token_is_refused(host: Host, query: str) -> None:
    peer = Peer(address=("127.0.0.1", 1), headers={"host": HOST})
    reply = host.http(peer, "GET", "/tale/", query, peer.headers, b"")
    assert reply.status == 401
    assert header(reply, "Set-Cookie") is None
    assert "printed" in reply.body.decode()


@pytest.mark.parametrize("path", ["/tale/", "/tale/story", "/tale/about", "/tale/tabcomplete", "/tale/quit"])
def test_without_the_cookie_nothing_is_shown(host: Host, path: str) -> None:
    headers = {"host": HOST, "accept": "text/html"}
    reply = host.http(Peer(address=("127.0.0.1", 1), headers=headers), "GET", path, "", headers, b"")
    assert reply.status == 401
    assert b"Scripted" not in reply.body or b"printed" in reply.body


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "evil.example:8180"}, 403),
        ({"host": "127.0.0.1.evil.example"}, 403),
        ({"host": ""}, 403),
        ({"host": "127.0.0.1:8180, evil.example"}, 403),
        ({"host": "127.0.0.1:port"}, 403),
        ({}, 403),
        ({"host": "192.168.1.4:8180"}, 403),
        ({"host": "localhost:8180"}, None),
        ({"host": "[::1]:8180"}, None),
        ({"host": HOST, "origin": f"http://{HOST}"}, None),
        ({"host": HOST, "origin": f"https://{HOST}"}, 403),
        ({"host": HOST, "origin": "http://127.0.0.1:8181"}, 403),
        ({"host": HOST, "origin": "http://localhost:8180"}, 403),
        ({"host": HOST, "origin": "null"}, 403),
        ({"host": HOST, "sec-fetch-site": "cross-site"}, 403),
    ],
)
def test_host_and_origin_must_be_exact(host: Host, headers: dict[str, str], status: int | None) -> None:
    denied = host.admit(Peer(address=("127.0.0.1", 1), headers=headers), stream=True)
    assert (denied.status if isinstance(denied, Deny) else None) == status


@pytest.mark.parametrize("settings", [Settings(connections_per_address=2)])
def test_connections_of_one_address_are_capped(host: Host) -> None:
    clients = [Client(host) for _ in range(2)]
    streams = [client.attach() for client in clients]
    denied = host.admit(clients[0].peer, stream=True)
    assert denied is not None
    assert denied.status == 429
    streams[0].attachment.detach("gone")
    assert host.admit(clients[0].peer, stream=True) is None


def test_commands_by_post(client: Client) -> None:
    stream = client.attach(wire="eventsource")
    stream.read()
    assert (client.post("/tale/input", {"cmd": "echo a", "cid": 1}).status) == 202
    assert value(client.post("/tale/input", {"cmd": "echo a", "cid": 1})) == {"cid": 1, "dup": True}
    assert value(client.post("/tale/input", {"ack": 1})) == {}
    form = client.post("/tale/input", form="cmd=echo+b")
    assert (form.status, form.body, header(form, "Content-Type")) == (200, b"", "text/plain; charset=utf-8")
    assert stream.texts() == ["a", "b"]
    assert client.post("/tale/input", form="cmd=ec&autocomplete=1").body == b""
    assert stream.texts() == ["Suggestions:", "echo"]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b'{"cmd": 3}', "application/json", 400),
        (b'{"cmd": "x", "cid": 7}', "application/json", 409),
        (b"\xff", "application/json", 400),
        (b"cmd=%ff", "application/x-www-form-urlencoded", 400),
        (b"cmd=a", "text/plain", 415),
        (b"cmd=a", "", 415),
        (b"x" * 70_000, "application/json", 413),
        (b'{"cmd": "' + b"x" * 9000 + b'"}', "application/json", 413),
    ],
)
def test_bad_posts_get_a_status_and_a_sentence(client: Client, body: bytes, kind: str, status: int) -> None:
    stream = client.attach(wire="eventsource")
    stream.read()
    reply = client.request("POST", "/tale/input", "", body, content_type=kind)
    assert reply.status == status
    assert json.loads(reply.body)["message"]
    assert stream.read() == []


def test_input_before_a_game_is_told_where_to_start(client: Client) -> None:
    reply = client.post("/tale/input", {"cmd": "look"})
    assert reply.status == 404
    assert "/tale/story" in reply.body.decode()


@pytest.mark.parametrize("settings", [Settings(rate=0.001, burst=1)])
def test_too_fast_says_when_to_come_back(client: Client) -> None:
    client.attach(wire="eventsource")
    assert client.post("/tale/input", {"cmd": "a"}).status == 202
    reply = client.post("/tale/input", {"cmd": "b"})
    assert (reply.status, header(reply, "Retry-After")) == (429, "1")


def test_completions(client: Client) -> None:
    client.attach()
    assert value(client.get("/tale/tabcomplete", "prefix=b")) == ["big", "burst"]
    assert value(client.get("/tale/tabcomplete", "prefix=zz")) == []


def test_getting_quit_changes_nothing_and_posting_ends_the_game(client: Client) -> None:
    stream = client.attach()
    stream.read()
    assert b"<form" in client.get("/tale/quit").body
    assert stream.read() == []
    reply = client.post("/tale/quit", form="")
    assert (reply.status, header(reply, "Location")) == (303, "/tale/")
    assert stream.read()[-1]["code"] == 1000
    assert isinstance(client.host.attach(client.peer, "eventsource", f"session={stream.attachment.session.id}"), Bye)


class Links(HTMLParser):
    """Collect what a page refers to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inline = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.found += [str(named[key]) for key in ("href", "src") if named.get(key)]
        self.inline += (tag == "script" and "src" not in named) + ("style" in named) + (tag == "style")
        self.inline += sum(key.startswith("on") for key in named)


@pytest.mark.parametrize("path", ["/tale/", "/tale/start", "/tale/story", "/tale/about", "/tale/quit", "/tale/saves"])
def test_pages_have_no_inline_code_and_only_links_that_work(client: Client, path: str) -> None:
    client.attach()  # the page that links to a game's transcript is in one
    reply = client.get(path)
    assert reply.status == 200
    assert "Scripted &lt;Story&gt;" in reply.body.decode()
    links = Links()
    links.feed(reply.body.decode())
    assert links.inline == 0
    for link in links.found:
        assert not link.startswith(("http", "//")), link
        if not link.startswith("#"):
            target = "/tale/" + link.partition("#")[0].removeprefix("./")
            assert client.get(target).status == 200, link


def test_every_answer_bears_the_security_headers(client: Client) -> None:
    for path in ("/", "/tale/", "/tale/nothing", "/tale/health", "/tale/static/none.js"):
        reply = client.get(path)
        policy = header(reply, "Content-Security-Policy") or ""
        assert "require-trusted-types-for 'script'" in policy
        assert "unsafe" not in policy
        assert header(reply, "X-Content-Type-Options") == "nosniff"


def test_unknown_paths_and_methods(client: Client) -> None:
    assert client.get("/tale/nothing").status == 404
    assert client.get("/etc/passwd").status == 404
    reply = client.request("DELETE", "/tale/quit")
    assert (reply.status, header(reply, "Allow")) == (405, "GET, POST")
    assert header(client.get("/"), "Location") == "/tale/"
    page = client.get("/tale/nothing", accept="text/html,*/*")
    assert b"<html" in page.body
    head = client.request("HEAD", "/tale/")
    assert (head.status, head.body) == (200, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/tale/static/../__init__.py",
        "/tale/static/../../pyproject.toml",
        "/tale/static//etc/passwd",
        "/tale/static/resources/../story.toml",
        "/tale/static/resources/..",
        "/tale/static/",
        "/tale/static/\0",
        "/tale/static/" + "x" * 5000,
    ],
)
def test_static_files_stay_inside_their_root(client: Client, path: str) -> None:
    assert client.get(path).status == 404


def test_resources_are_served_with_their_type_and_revalidated(client: Client) -> None:
    reply = client.get("/tale/static/resources/stage.svg")
    assert (reply.status, header(reply, "Content-Type"), reply.body) == (200, "image/svg+xml", b"<svg/>")
    tag = header(reply, "ETag") or ""
    again = client.get("/tale/static/resources/stage.svg", if_none_match=f'"x", W/{tag}')
    assert (again.status, again.body) == (304, b"")


def test_health_needs_no_cookie(host: Host) -> None:
    peer = Peer(address=("10.0.0.9", 1), headers={"host": HOST})
    assert value(host.http(peer, "GET", "/tale/health", "", peer.headers, b"")) == {"status": "ok"}


def test_about_as_json(client: Client) -> None:
    about = value(client.get("/tale/about", accept="application/json"))
    assert isinstance(about, dict)
    assert about["story"]["title"] == "Scripted <Story>"


def test_metrics_are_off_by_default(client: Client) -> None:
    assert client.get("/tale/metrics").status == 404


@pytest.mark.parametrize("settings", [Settings(metrics=True)])
def test_metrics_count_sessions_and_streams(client: Client) -> None:
    client.attach()
    text = client.get("/tale/metrics").body.decode()
    assert "tale_sessions 1\n" in text
    assert "tale_streams 1\n" in text
    assert "# TYPE tale_messages_total counter" in text
    stranger = Peer(address=("10.1.2.3", 1), headers={"host": HOST})
    assert client.host.http(stranger, "GET", "/tale/metrics", "", stranger.headers, b"").status == 401
