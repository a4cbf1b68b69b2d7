"""The numbered messages of the wire, encoded once for each form in which a reader may want them.

A form is (cap, wire): ``html`` is LlamaTale's, ``runs`` the structured one; each wraps differently on the two wires.
"""

from __future__ import annotations

import zlib
from base64 import b64encode
from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from tale_core.serving.pictures import Picture
from tale_core.serving.render.html import to_html
from tale_core.serving.transport import EVENTSOURCE
from tale_core.world.events import Event, Image, Scene

Cap = Literal["html", "runs"]
Frame = str | bytes

WORTH_PACKING = 2048
"""Bytes that a message must have to be packed for a reader that can unpack it."""

encode = msgspec.json.Encoder().encode


class Input(Event, frozen=True, kw_only=True, tag="input"):
    """Echo what the player typed; ``cid`` is the command's number if it came with one."""

    cid: int | None = None


Blocks = tuple[Event, ...]


class Panels(NamedTuple):
    """Hold a scene, and what it lists as LlamaTale has it: names parted by commas, and therefore without."""

    scene: Scene
    npcs: str
    items: str
    exits: str

    @classmethod
    def of(cls, scene: Scene) -> Panels:
        """Return the panels of a scene."""
        return cls(
            scene,
            _joined([entry.name for entry in scene.people]),
            _joined([entry.name for entry in scene.things]),
            _joined([entry.direction for entry in scene.exits]),
        )

    def after(self, scene: Scene) -> tuple[Panels, bool]:
        """Return the panels of the next scene, and whether more than the number of its turn is another one."""
        same = replace(self.scene, turns=scene.turns) == scene
        return (Panels(scene, *self[1:]) if same else Panels.of(scene)), not same


class _Nine(Struct, kw_only=True):
    """Hold what every ``text`` message bears besides its text."""

    type: Literal["text"] = "text"
    seq: int
    cmd_ack: int
    special: tuple[str, ...]
    turns: int
    location: str
    location_image: str
    npcs: str
    items: str
    exits: str


class _Html(_Nine, kw_only=True, omit_defaults=False):
    text: str


class _HtmlSnapshot(_Html, kw_only=True):
    snapshot: bool = True


class _Runs(_Nine, kw_only=True):
    runs: Blocks
    scene: Scene | msgspec.UnsetType = msgspec.UNSET
    snapshot: bool | msgspec.UnsetType = msgspec.UNSET


N = TypeVar("N", bound=_Nine)


class TextMessage:
    """Be one turn's text for one player: ``blocks`` are events stripped of their addressee."""

    __slots__ = ("_forms", "blocks", "cmd_ack", "panels", "scene_changed", "seq", "size", "snapshot", "special")

    size: int
    """Roughly how many bytes its events take."""

    def __init__(
        self,
        seq: int,
        blocks: Blocks,
        panels: Panels,
        *,
        cmd_ack: int = 0,
        special: tuple[str, ...] = (),
        scene_changed: bool = True,
        snapshot: bool = False,
    ) -> None:
        self.seq = seq
        self.blocks = blocks
        self.panels = panels
        self.cmd_ack = cmd_ack
        self.special = special
        self.scene_changed = scene_changed
        self.snapshot = snapshot
        self.size = sum([_length(block) for block in blocks])
        self._forms: dict[tuple[Cap, str, bool], Frame] = {}

    @property
    def weight(self) -> int:
        """Roughly how many bytes it takes: its events, and the frame that is made of them."""
        return 512 + 2 * self.size

    def frame(self, cap: Cap, wire: str, epoch: str, packed: bool = False) -> Frame:
        """Return the message ready to be written, encoded at the first call and shared by all later ones."""
        form = (cap, wire, packed)
        frame = self._forms.get(form)
        if frame is None:
            kind, body = self._encoded(cap)
            if packed and len(body) >= WORTH_PACKING:
                kind, body = "z", _packed(self.seq, body)
            frame = self._forms[form] = frame_of(wire, kind, body, f"{epoch}.{self.seq}")
        return frame

    def _encoded(self, cap: Cap) -> tuple[str, bytes]:
        """Return the message's type, and the whole of it."""
        return "text", encode(self._runs() if cap == "runs" else self._html())

    def _html(self) -> _Nine:
        kind = _HtmlSnapshot if self.snapshot else _Html
        return self._filled(kind, text=to_html(self.blocks, echo=self.snapshot))

    def _runs(self) -> _Nine:
        message = self._filled(_Runs, runs=self.blocks)
        if self.scene_changed or self.snapshot:
            message.scene = self.panels.scene
        if self.snapshot:
            message.snapshot = True
        return message

    def _filled(self, kind: type[N], **text: object) -> N:
        scene, npcs, items, exits = self.panels
        return kind(
            seq=self.seq,
            cmd_ack=self.cmd_ack,
            special=self.special,
            turns=scene.turns,
            location=scene.location,
            location_image=scene.image,
            npcs=npcs,
            items=items,
            exits=exits,
            **text,  # type: ignore[arg-type]
        )


class _Data(Struct, kw_only=True):
    type: Literal["data"] = "data"
    seq: int
    data: str
    id: str
    mime: str
    alt: str


class DataMessage(TextMessage):
    """Be a picture that one player is shown. A redraw has its words, and its name, as it has those of all else."""

    __slots__ = ("_data",)

    def __init__(self, seq: int, image: Image, picture: Picture, panels: Panels, *, cmd_ack: int = 0) -> None:
        super().__init__(seq, (image,), panels, cmd_ack=cmd_ack, scene_changed=False)
        self._data = _Data(seq=seq, data=picture.data, id=image.image, mime=picture.mime, alt=image.alt)

    @property
    def weight(self) -> int:
        """Roughly how many bytes it takes: its frame, for the picture itself is everybody's."""
        return super().weight + len(self._data.data)

    def frame(self, cap: Cap, wire: str, epoch: str, packed: bool = False) -> Frame:
        """Return the message ready to be written: the same for everybody, and not packed, as pictures are already."""
        del cap, packed
        return super().frame("html", wire, epoch)

    def _encoded(self, cap: Cap) -> tuple[str, bytes]:
        del cap
        return "data", encode(self._data)


def frame_of(wire: str, kind: str, body: bytes, event_id: str = "") -> Frame:
    """Wrap an encoded message for a wire; ``event_id`` numbers it on an event stream."""
    if wire != EVENTSOURCE:
        return body.decode()
    numbered = f"id: {event_id}\n" if event_id else ""
    return f"event: {kind}\n{numbered}data: ".encode() + body + b"\n\n"


def _packed(seq: int, body: bytes) -> bytes:
    """Return a message of the type ``z``, which holds another one as raw deflate in base64."""
    squeeze = zlib.compressobj(4, wbits=-zlib.MAX_WBITS)
    squeezed = squeeze.compress(body) + squeeze.flush()
    return encode({"type": "z", "seq": seq, "d": b64encode(squeezed).decode()})


def unnumbered(wire: str, kind: str, **fields: object) -> Frame:
    """Return an unnumbered message of that type, ready to be written."""
    return frame_of(wire, kind, encode({"type": kind, **fields}))


def _length(block: Event) -> int:
    """Return roughly how many bytes an event takes."""
    size = 64
    for paragraph in block.text:
        for run in paragraph:
            size += len(run.text) + 16
    return size


def _joined(names: Sequence[str]) -> str:
    """Return names without commas, parted by commas."""
    return ",".join([name.replace(",", "") for name in names])
