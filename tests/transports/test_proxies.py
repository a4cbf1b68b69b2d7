"""The proxies of docs/host.md before every plugin, by the very words that stand there."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from tale_core.launcher.certificate import self_signed
from tale_core.serving.settings import Settings
from tale_core.serving.transport import EVENTSOURCE, WEBSOCKET
from tale_core.testing.client import Browser
from tale_core.testing.playing import play, read_text, read_to_the_end, words
from tale_core.testing.raw import DEADLINE
from tale_core.testing.stage import Stage, installed, running

pytestmark = pytest.mark.slow

WIRES = [WEBSOCKET, EVENTSOURCE]
NAME = "play.example.org"
SETTINGS = Settings(rate=1e9, burst=10**6, root_path="/games", trusted_proxies=("127.0.0.1",), hosts=(NAME,))


def recipe(root: Path, language: str) -> str:
    """Return the configuration that the documentation gives."""
    found = re.search(rf"```{language}\n(.*?)```", (root / "docs" / "host.md").read_text("utf-8"), re.DOTALL)
    assert found
    return found[1]


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port: int = server.getsockname()[1]
        return port


def program_at(program: str) -> str:
    """Return where a program is; skip the test without it, fail where it must be there."""
    path = shutil.which(program) or shutil.which(program, path="/usr/sbin:/sbin")
    if path is None:
        if os.environ.get("CI") and program == "nginx":
            pytest.fail(f"{program} is not installed")
        pytest.skip(f"{program} is not installed")
    return path


def nginx(folder: Path, behind: int, certificate: tuple[Path, Path]) -> tuple[list[str], int]:
    port = free_port()
    said = recipe(Path(__file__).parents[2], "nginx")
    for old, new in {
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "/etc/ssl/play.example.org.pem": str(certificate[0]),
        "/etc/ssl/play.example.org.key": str(certificate[1]),
        "/var/log/nginx/tale.log": str(folder / "access.log"),
        "127.0.0.1:8180": f"127.0.0.1:{behind}",
    }.items():
        assert old in said
        said = said.replace(old, new)
    scratch = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = folder / "nginx.conf"
    config.write_text(
        f"daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log stderr warn;\n"
        f"events {{ worker_connections 256; }}\nhttp {{\n{scratch}{said}}}\n"
    )
    return [program_at("nginx"), "-p", str(folder), "-c", str(config)], port


def caddy(folder: Path, behind: int, certificate: tuple[Path, Path]) -> tuple[list[str], int]:
    port = free_port()
    said = recipe(Path(__file__).parents[2], "caddy").replace("127.0.0.1:8180", f"127.0.0.1:{behind}")
    said = said.replace(
        f"{NAME} {{", f"https://{NAME}:{port}, https://127.0.0.1:{port} {{\ntls {certificate[0]} {certificate[1]}\n"
    )
    config = folder / "Caddyfile"
    config.write_text(f"{{\nadmin off\nauto_https off\nskip_install_trust\n}}\n{said}")
    return [program_at("caddy"), "run", "--config", str(config), "--adapter", "caddyfile"], port


PROXIES = {"nginx": nginx, "caddy": caddy}


@contextmanager
def proxied(proxy: str, stage: Stage, folder: Path, certificate: tuple[Path, Path]) -> Iterator[int]:
    """Put a proxy before a server; yield its port."""
    words, port = PROXIES[proxy](folder, stage.address[1], certificate)
    log = folder / "proxy.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            words, stdout=out, stderr=out, env={**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
        )
        try:
            begin = time.monotonic()
            while True:
                assert process.poll() is None, log.read_text()
                assert time.monotonic() - begin < DEADLINE, log.read_text()
                try:
                    socket.create_connection(("127.0.0.1", port), DEADLINE).close()
                    break
                except ConnectionRefusedError:
                    stage.thread.join(0.05)
            yield port
        finally:
            process.terminate()
            process.wait(DEADLINE)


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    pytest.importorskip("cryptography")
    made = self_signed(tmp_path / "tls", [NAME])
    return made.cert, made.key


@pytest.fixture(params=[f"{proxy}, {plugin}" for proxy in PROXIES for plugin in ("fastapi", "flask")])
def behind(
    request: pytest.FixtureRequest, tmp_path: Path, certificate: tuple[Path, Path]
) -> Iterator[tuple[Stage, Browser]]:
    proxy, _, plugin = request.param.partition(", ")
    program_at(proxy)
    spec = installed(plugin)
    assert spec is not None
    with ExitStack() as stack:
        stage = stack.enter_context(running(spec, tmp_path, SETTINGS))
        port = stack.enter_context(proxied(proxy, stage, tmp_path, certificate))
        context = ssl.create_default_context(cafile=str(certificate[0]))
        yield stage, Browser(("127.0.0.1", port), stage.host.token, context, prefix="/games")


def test_both_wires_play_through_a_proxy_at_once_and_whole(behind: tuple[Stage, Browser]) -> None:
    _, browser = behind
    origin = f"https://{browser.headers['Host']}"
    after, epoch, cid = 0, "", 0
    for wire in WIRES * 2:
        with browser.open(wire, f"cap=runs&epoch={epoch}&after={after}", Origin=origin) as stream:
            epoch = stream.read()["epoch"]
            if not cid:
                assert words(read_text(stream)) == ["Welcome."]
            for _ in range(5):
                cid += 1
                assert play(stream, f"echo {cid}", cid) == [str(cid)]  # a proxy that held it back would hold up this
            cid += 1
            assert play(stream, "big 200000", cid) == ["x" * 200_000]
            after = cid + 1


def test_addresses_cookies_and_origins_are_those_of_the_proxy(behind: tuple[Stage, Browser]) -> None:
    stage, browser = behind
    stranger = Browser(browser.address, tls=browser.tls, prefix="/games")
    reply = stranger.get(f"/tale/?token={stage.host.token}")
    assert reply.headers["location"] == "/games/tale/"
    assert "Path=/games/tale" in reply.headers["set-cookie"]
    assert "Secure" in reply.headers["set-cookie"]
    assert browser.get("/tale/story").status == 200
    assert browser.get("/tale/static/js/connection.js").status == 200
    assert browser.get("/tale/", Origin=f"http://{browser.headers['Host']}").status == 403
    assert browser.get("/tale/", Origin="https://evil.example").status == 403
    forged = browser.get("/tale/metrics", X_Forwarded_For="127.0.0.1")
    assert forged.status == 404  # metrics are off; what matters is that nothing broke


def test_close_codes_pass_through_a_proxy(behind: tuple[Stage, Browser]) -> None:
    _, browser = behind
    stranger = Browser(browser.address, tls=browser.tls, prefix="/games")
    with stranger.open(WEBSOCKET) as stream:
        with pytest.raises(EOFError):
            stream.read()
        assert stream.code == 4501
    with browser.open(WEBSOCKET) as first:
        read_text(first)  # an answer to the handshake may come before it is attached
        with browser.open(WEBSOCKET):
            read_to_the_end(first)
            assert first.code == 4509


def test_nothing_secret_stands_in_the_proxy_s_log(tmp_path: Path, certificate: tuple[Path, Path]) -> None:
    program_at("nginx")
    spec = installed("fastapi")
    assert spec is not None
    with running(spec, tmp_path, SETTINGS) as stage, proxied("nginx", stage, tmp_path, certificate) as port:
        context = ssl.create_default_context(cafile=str(certificate[0]))
        Browser(("127.0.0.1", port), stage.host.token, context, prefix="/games").close()
    log = (tmp_path / "access.log").read_text()
    assert "/games/tale/" in log
    assert stage.host.token not in log
