from __future__ import annotations

import json

import pytest

from tale_core.errors import UsageError
from tale_core.serving.gate import is_near
from tale_core.serving.host import Host
from tale_core.serving.proxies import Proxies, counted_as
from tale_core.serving.settings import Settings
from tale_core.serving.transport import Bye, Peer

from .client import HOST, Client
from .test_http import header, value


def peer(address: str = "127.0.0.1", **headers: str) -> Peer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Peer(address=(address, 1), headers={"host": HOST, **named})


def get(host: Host, who: Peer, path: str, query: str = ""):
    return host.http(who, "GET", path, query, who.headers, b"")


@pytest.mark.parametrize(
    ("trusted", "asking", "forwarded", "seen"),
    [
        ((), "127.0.0.1", "203.0.113.9", "127.0.0.1"),
        (("127.0.0.1",), "127.0.0.1", "203.0.113.9", "203.0.113.9"),
        (("127.0.0.1",), "127.0.0.1", "", "127.0.0.1"),
        (("127.0.0.1",), "192.0.2.1", "203.0.113.9", "192.0.2.1"),
        (("127.0.0.1",), "127.0.0.1", "10.9.9.9, 203.0.113.9", "203.0.113.9"),
        (("127.0.0.1", "10.0.0.0/8"), "127.0.0.1", "203.0.113.9, 10.9.9.9", "203.0.113.9"),
        (("127.0.0.0/8",), "127.0.0.1", "evil, 203.0.113.9", "203.0.113.9"),
        (("127.0.0.1",), "127.0.0.1", "<script>", "127.0.0.1"),
        (("127.0.0.1",), "127.0.0.1", "203.0.113.9:4711", "203.0.113.9"),
        (("::1",), "::1", "[2001:db8::1]:443", "2001:db8::1"),
        (("10.0.0.0/8",), "::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9"),
        (("unix",), "", "203.0.113.9", "203.0.113.9"),
        (("127.0.0.1",), "", "203.0.113.9", ""),
    ],
)
def test_only_trusted_proxies_say_who_asks(trusted, asking, forwarded, seen) -> None:
    found = Proxies(trusted).seen(peer(asking, x_forwarded_for=forwarded))
    assert found.address[0] == seen


@pytest.mark.parametrize(("proto", "secure"), [("https", True), ("http", False), ("HTTPS", True), ("", False)])
def test_only_trusted_proxies_say_that_it_came_by_tls(proto, secure) -> None:
    asking = peer("127.0.0.1", x_forwarded_proto=proto)
    assert Proxies(("127.0.0.1",)).seen(asking).secure is secure
    assert Proxies(()).seen(asking).secure is False


@pytest.mark.parametrize("name", ["localhost", "10.0.0.0/33", "10.0.0"])
def test_what_is_no_address_is_told(name) -> None:
    with pytest.raises(UsageError, match="trusted proxy"):
        Proxies((name,))


def test_a_network_of_ipv6_counts_as_one_address() -> None:
    assert counted_as("2001:db8:1:2:3::4") == counted_as("2001:db8:1:2::") == "2001:db8:1:2::/64"
    assert counted_as("::ffff:192.0.2.1") == counted_as("192.0.2.1") == "192.0.2.1"
    assert (counted_as("::1"), counted_as("")) == ("::1", "")


@pytest.mark.parametrize("name", ["x-forwarded-for", "forwarded", "via", "x-real-ip"])
def test_whoever_comes_through_a_proxy_is_not_taken_for_near(name) -> None:
    assert is_near(peer())
    assert not is_near(peer(**{name: "203.0.113.9"}))


@pytest.mark.parametrize("settings", [Settings(trusted_proxies=("127.0.0.1",))])
def test_behind_a_trusted_proxy_cookie_and_origin_are_those_of_https(host: Host) -> None:
    who = peer(x_forwarded_proto="https", x_forwarded_for="203.0.113.9", origin=f"https://{HOST}")
    assert host.admit(who, stream=True) is None
    assert "Secure" in (header(get(host, who, "/tale/", f"token={host.token}"), "Set-Cookie") or "")
    assert host.admit(peer(origin=f"https://{HOST}"), stream=True) is not None


@pytest.mark.parametrize("settings", [Settings(trusted_proxies=("127.0.0.1",), connections_per_address=1)])
def test_connections_are_counted_by_the_address_that_the_proxy_names(host: Host) -> None:
    client = Client(host)
    client.headers["x-forwarded-for"] = "203.0.113.9"
    client.attach()
    denied = host.admit(peer(x_forwarded_for="203.0.113.9"), stream=True)
    assert denied is not None
    assert denied.status == 429
    assert host.admit(peer(x_forwarded_for="203.0.113.10"), stream=True) is None


@pytest.mark.parametrize("settings", [Settings(connections_per_address=1)])
def test_who_slips_past_a_full_server_s_admission_is_told_by_bye(host: Host) -> None:
    first, second = Client(host), Client(host)
    stream = first.attach()
    found = host.attach(second.peer, "websocket", "")
    assert isinstance(found, Bye)
    assert (found.code, found.reconnect) == (4013, True)
    stream.attachment.detach("gone")
    second.attach()


@pytest.mark.parametrize("settings", [Settings(sessions=1)])
def test_games_are_capped_and_a_finished_one_makes_room(host: Host) -> None:
    first, second = Client(host), Client(host)
    first.attach()
    found = host.attach(second.peer, "websocket", "")
    assert isinstance(found, Bye)
    assert found.code == 4013
    first.post("/tale/quit")
    second.attach()


@pytest.mark.parametrize("settings", [Settings(root_path="/games")])
def test_a_path_prefix_stands_in_addresses_and_cookie(host: Host) -> None:
    reply = get(host, peer(), "/tale/", f"token={host.token}")
    assert header(reply, "Location") == "/games/tale/"
    assert "Path=/games/tale;" in (header(reply, "Set-Cookie") or "")
    assert header(get(host, peer(), "/"), "Location") == "/games/tale/"


def test_the_path_of_a_mounted_application_stands_in_addresses_and_cookie(host: Host) -> None:
    who = Peer(address=("127.0.0.1", 1), headers={"host": HOST}, prefix="/mounted")
    reply = get(host, who, "/tale/", f"token={host.token}")
    assert header(reply, "Location") == "/mounted/tale/"
    assert "Path=/mounted/tale;" in (header(reply, "Set-Cookie") or "")


@pytest.mark.parametrize("settings", [Settings(token="a token of my own")])
def test_a_token_of_one_s_own_admits(host: Host) -> None:
    assert get(host, peer(), "/tale/", "token=a+token+of+my+own").status == 303
    assert get(host, peer(), "/tale/", "token=another").status == 401


@pytest.mark.parametrize("settings", [Settings(insecure=True)])
def test_without_the_demand_for_a_token_everybody_gets_a_cookie(host: Host) -> None:
    reply = get(host, peer(), "/tale/story")
    assert reply.status == 200
    cookie = (header(reply, "Set-Cookie") or "").partition(";")[0]
    assert get(host, peer(cookie=cookie), "/tale/story").status == 200
    assert header(get(host, peer(cookie=cookie), "/tale/story"), "Set-Cookie") is None
    assert host.http(peer(), "POST", "/tale/input", "", {}, b"").status == 401
    assert isinstance(host.attach(peer(cookie=cookie), "websocket", ""), object)


@pytest.mark.parametrize("settings", [Settings(solo=False)])
def test_a_host_takes_nobody_for_the_one_who_plays_on_this_machine(host: Host) -> None:
    for _ in range(2):
        client = Client(host)
        client.attach()
    assert not any(visitor.near for visitor in host.gate.visitors() if visitor.key != "local")


def ticket(host: Host, bearer: str) -> dict[str, object]:
    who = peer(authorization=f"Bearer {bearer}")
    reply = host.http(who, "POST", "/tale/ticket", "", who.headers, b"")
    assert reply.status == 200
    found = value(reply)
    assert isinstance(found, dict)
    return found


def test_a_client_without_cookies_plays_by_key_and_ticket(host: Host) -> None:
    first = ticket(host, host.token)
    key = first["key"]
    attachment = host.attach(peer(), "websocket", f"cap=runs&ticket={first['ticket']}")
    assert not isinstance(attachment, Bye)
    who = peer(authorization=f"Bearer {key}", content_type="application/json")
    body = json.dumps({"cmd": "echo hello", "cid": 1}).encode()
    assert host.http(who, "POST", "/tale/input", "", who.headers, body).status == 202
    attachment.detach("gone")
    second = ticket(host, str(key))
    assert "key" not in second
    again = host.attach(peer(), "eventsource", f"ticket={second['ticket']}")
    assert not isinstance(again, Bye)
    assert again.session is attachment.session


def test_a_ticket_admits_once(host: Host) -> None:
    query = f"ticket={ticket(host, host.token)['ticket']}"
    assert not isinstance(host.attach(peer(), "websocket", query), Bye)
    found = host.attach(peer(), "websocket", query)
    assert isinstance(found, Bye)
    assert found.code == 4501


@pytest.mark.parametrize("settings", [Settings(ticket_life=0.0)])
def test_a_ticket_does_not_live_long(host: Host) -> None:
    found = host.attach(peer(), "websocket", f"ticket={ticket(host, host.token)['ticket']}")
    assert isinstance(found, Bye)


@pytest.mark.parametrize("given", ["Bearer wrong", "Bearer", "Basic d3Jvbmc=", ""])
def test_without_a_token_or_a_key_there_is_no_ticket(host: Host, given: str) -> None:
    who = peer(authorization=given)
    assert host.http(who, "POST", "/tale/ticket", "", who.headers, b"").status == 401


def test_a_wrong_ticket_does_not_fall_back_to_the_cookie(client: Client) -> None:
    assert isinstance(client.host.attach(client.peer, "websocket", "ticket=wrong"), Bye)
