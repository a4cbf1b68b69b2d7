"""A client in the same process: it reads an attachment's messages and types what the player types."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from rich.console import Console
from rich.text import Text

from tale_console.looks import pictured, printable, status_of
from tale_core.serving.pumps import batches
from tale_core.serving.transport import TERMINAL, Attachment, Bye, Core, Peer, ServerConfig

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession

PEER = Peer(address=("terminal", 0), local=True)
FAREWELL = 2.0
"""Seconds that what is still to be shown may take when the player leaves."""

RECALLED = 2
"""Messages of a game that goes on which are shown again."""

Message = dict[str, Any]  # decoded JSON


class ConsoleServer:
    """Be a bound server without an address (``transport.BoundServer``)."""

    addresses: Sequence[tuple[str, int]] = ()

    def __init__(self, core: Core) -> None:
        self._core = core
        self._console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
        self._stopped = threading.Event()
        self._answered = threading.Condition()
        self._seen = 0  # the highest command that has been answered
        self._sent = 0
        self._leaving = False
        self._due = 0  # the last message that was there before we came
        self._told = 0  # the last message of a game that goes on which is not shown again
        self._welcomed = False
        self._scene: Message = {}
        self._options: list[str] = []
        self._hide = False

    def serve(self) -> None:
        """Play until the game ends, or the player goes away with Ctrl-D."""
        found = self._core.attach(PEER, TERMINAL, "cap=runs")
        if isinstance(found, Bye):
            self._console.print(found.reason)
            return
        reader = threading.Thread(target=self._read, args=(found,), name="tale-console", daemon=True)
        reader.start()
        try:
            self._wait(0)
            self._play(found)
        finally:
            self._leaving = True
            self._core.close()
            reader.join(FAREWELL)  # a thread that still prints would break the interpreter's own end
            found.detach("the player has left")

    def stop(self, grace: float = 3.0) -> None:
        """Make ``serve`` return after the present line."""
        del grace
        self._core.close()

    # What comes

    def _read(self, attachment: Attachment) -> None:
        try:
            for batch in batches(attachment):
                for frame in batch.frames:
                    self._show(json.loads(frame), attachment)
        finally:
            self._stopped.set()
            with self._answered:
                self._answered.notify_all()

    def _show(self, message: Message, attachment: Attachment) -> None:
        kind = message["type"]
        if kind == "connected":
            self._sent = self._seen = message["cmd_ack"]
            self._told = message["seq"] - RECALLED
            self._due = message["seq"]
        elif kind in ("text", "data"):
            if message["seq"] > self._told and kind == "text":
                self._show_text(message)
            elif message["seq"] > self._told:
                self._print([pictured(message)])
            self._welcomed = message["seq"] >= self._due
            self._note(message.get("cmd_ack", 0))
            attachment.submit(json.dumps({"ack": message["seq"]}))
        elif kind == "error":
            self._console.print(message["message"], style="red")
            self._note(message.get("cid", self._sent))
        elif kind == "bye" and message["code"] != 1000 and not self._leaving:
            self._console.print(message["reason"], style="dim")
        elif kind == "ping":
            attachment.submit(json.dumps({"pong": message["t"]}))

    def _show_text(self, message: Message) -> None:
        self._scene = message.get("scene", self._scene)
        self._hide = "noecho" in message["special"]
        blocks = [block for block in message["runs"] if block["kind"] != "input"]
        self._options = [option["command"] for block in blocks for option in block.get("options", ())]
        self._print(printable(blocks))

    def _print(self, texts: Iterable[Text]) -> None:
        for text in texts:
            self._console.print(text)
            self._console.print()

    def _note(self, cid: int) -> None:
        with self._answered:
            self._seen = max(self._seen, cid)
            self._answered.notify_all()

    def _wait(self, cid: int) -> None:
        """Wait for the answer to a command, or for the welcome."""
        with self._answered:
            self._answered.wait_for(lambda: self._stopped.is_set() or (self._welcomed and self._seen >= cid))

    # What goes

    def _play(self, attachment: Attachment) -> None:
        for line in self._lines():
            self._sent += 1
            attachment.submit(json.dumps({"cmd": self._chosen(line), "cid": self._sent}))
            self._wait(self._sent)
            if self._stopped.is_set():
                return

    def _chosen(self, line: str) -> str:
        """Return the command that a bare number chooses among the options of a question."""
        number = line.strip()
        if number.isascii() and number.isdigit() and 0 < int(number) <= len(self._options):
            return self._options[int(number) - 1]
        return line

    def _lines(self) -> Iterator[str]:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            yield from (line.rstrip("\r\n") for line in sys.stdin)
            return
        from prompt_toolkit.patch_stdout import patch_stdout

        session = self._session()
        while not self._stopped.is_set():
            try:
                with patch_stdout(raw=True):
                    line = session.prompt("> ", is_password=self._hide)
            except EOFError:
                return
            yield line

    def _session(self) -> PromptSession[str]:
        from prompt_toolkit import PromptSession
        from prompt_toolkit.auto_suggest import AutoSuggestFromHistory

        from tale_console.editing import CommandCompleter, history

        return PromptSession(
            history=history(),
            auto_suggest=AutoSuggestFromHistory(),
            completer=CommandCompleter(self._completions),
            complete_while_typing=False,
            bottom_toolbar=lambda: status_of(self._scene),
        )

    def _completions(self, text: str) -> list[str]:
        reply = self._core.http(PEER, "GET", "/tale/tabcomplete", f"prefix={quote(text)}", {}, b"")
        items: list[str] = json.loads(reply.body) if reply.status == 200 else []
        return items


class ConsoleTransport:
    """Be the transport (``transport.Transport``)."""

    def bind(self, core: Core, config: ServerConfig) -> ConsoleServer:
        """Return the server; there is nothing to bind."""
        del config
        return ConsoleServer(core)
