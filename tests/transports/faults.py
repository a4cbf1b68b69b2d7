"""Transports with one fault each, made from a sound one, and the case of the kit that each must fail.

Run by ``test_mutations.py`` in a pytest of its own: for each fault there is a class with that fault and one without it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, NamedTuple
from unittest import mock

from msgspec.structs import replace

from tale_core.serving.transport import (
    EVENTSOURCE,
    WEBSOCKET,
    Batch,
    BoundServer,
    Bye,
    Core,
    ServerConfig,
    Transport,
    TransportSpec,
)
from tale_core.testing.conformance import Conformance
from tale_core.testing.conformance.suite import Suite
from tale_core.testing.stage import installed

SOUND = "fastapi"


class Wrapped:
    """Be something else, but for what a subclass does otherwise."""

    def __init__(self, inner: Any, core: Any = None) -> None:
        self.inner = inner
        self.core = core

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)


def frames_changed(change: Callable[[list[Any]], Sequence[Any]]) -> Callable[[Core], Core]:
    """Return a fault that changes the frames of each batch."""

    class Changing(Wrapped):
        def poll(self, *limits: int) -> Batch:
            batch = self.inner.poll(*limits)
            return Batch(change(list(batch.frames)), batch.bye)

    return attaching(Changing)


def attaching(kind: type[Wrapped]) -> Callable[[Core], Core]:
    """Return a fault that wraps every attachment."""

    class Attaching(Wrapped):
        def attach(self, *given: Any) -> Any:
            found = self.inner.attach(*given)
            return found if isinstance(found, Bye) else kind(found, self.inner)

    return Attaching


class AdmitsEverybody(Wrapped):
    def admit(self, peer: Any, stream: bool = False) -> None:
        return None


class LosesTheQuery(Wrapped):
    def attach(self, peer: Any, wire: str, query: str, last_event_id: str | None = None) -> Any:
        return self.inner.attach(peer, wire, "cap=runs", last_event_id)


class LosesLastEventId(Wrapped):
    def attach(self, peer: Any, wire: str, query: str, last_event_id: str | None = None) -> Any:
        return self.inner.attach(peer, wire, query, None)


class LosesHeaders(Wrapped):
    def http(self, *given: Any) -> Any:
        reply = self.inner.http(*given)
        return replace(reply, headers=[each for each in reply.headers if each[0] in ("Content-Type", "Set-Cookie")])


class LosesTheBody(Wrapped):
    def http(self, *given: Any) -> Any:
        return self.inner.http(*given[:-1], b"")


class LosesThePath(Wrapped):
    def http(self, peer: Any, method: str, path: str, *rest: Any) -> Any:
        return self.inner.http(peer, method, path.lower().rstrip("/"), *rest)


class LosesStreamHeaders(Wrapped):
    def stream_headers(self) -> Any:
        return (("Content-Type", "text/event-stream; charset=utf-8"),)


class SaysNoGoodbye(Wrapped):
    def close(self, bye: Any = None) -> None:
        pass


class TakesAllForInsecure(Wrapped):
    def http(self, peer: Any, *rest: Any) -> Any:
        return self.inner.http(replace(peer, secure=False), *rest)


class MakesAddressesUp(Wrapped):
    numbers = itertools.count(1)

    def admit(self, peer: Any, stream: bool = False) -> Any:
        return self.inner.admit(replace(peer, address=(f"10.0.0.{next(self.numbers) % 250}", 1)), stream)

    def attach(self, peer: Any, *rest: Any) -> Any:
        return self.inner.attach(replace(peer, address=(f"10.0.0.{next(self.numbers) % 250}", 1)), *rest)


class SwallowsCommands(Wrapped):
    count = 0

    def submit(self, raw: Any) -> Any:
        self.count += 1
        return None if self.count % 3 == 0 else self.inner.submit(raw)


class RepeatsCommands(Wrapped):
    def submit(self, raw: Any) -> Any:
        self.inner.submit(raw)
        return self.inner.submit(raw)


class DecodesWrongly(Wrapped):
    def submit(self, raw: Any) -> Any:
        return self.inner.submit(raw.encode().decode("latin-1") if isinstance(raw, str) else raw)


class BlocksOnTheGame(Wrapped):
    def submit(self, raw: Any) -> Any:
        found = self.inner.submit(raw)
        if "slow" in str(raw):
            self.core.go.wait(3)
        return found


class ForgetsCodes(Wrapped):
    def poll(self, *limits: int) -> Batch:
        batch = self.inner.poll(*limits)
        return batch if batch.bye is None else Batch(batch.frames, replace(batch.bye, code=1000))


class WakesNobody(Wrapped):
    def set_waker(self, wake: Any) -> None:
        pass


class KeepsNoDeadline(Wrapped):
    def next_deadline(self) -> float:
        return self.inner.next_deadline() + 1e6


class NeverDetaches(Wrapped):
    def detach(self, why: str) -> None:
        pass


def dropping(every: int) -> Callable[[list[Any]], list[Any]]:
    count = itertools.count(1)
    return lambda frames: [frame for frame in frames if next(count) % every]


def deflating() -> AbstractContextManager[object]:
    import tale_fastapi.server as server

    config = server.uvicorn.Config

    def made(*given: Any, **named: Any) -> Any:
        return config(*given, **{**named, "ws_per_message_deflate": True})

    return mock.patch.object(server.uvicorn, "Config", made)


def unlimited() -> AbstractContextManager[object]:
    import tale_fastapi.server as server

    return mock.patch.object(server, "SERVER_FRAME_LIMIT", 1 << 30)


class Fault(NamedTuple):
    """Hold one fault: what it does to the core, to the configuration, or to the server's modules."""

    case: str
    core: Callable[[Any], Any] = lambda core: core
    config: Callable[[ServerConfig], ServerConfig] = lambda config: config
    server: Callable[[Any], Any] = lambda server: server
    patch: Callable[[], AbstractContextManager[object]] = nullcontext
    wire: str = WEBSOCKET


class Elsewhere(Wrapped):
    addresses = (("127.0.0.1", 9),)


class NeverStops(Wrapped):
    def stop(self, grace: float = 3.0) -> None:
        pass


FAULTS = {
    "drops frames": Fault("test_five_hundred_messages_come_in_order", frames_changed(dropping(50))),
    "doubles frames": Fault(
        "test_a_repeated_command_runs_once", frames_changed(lambda frames: [each for each in frames for _ in "ab"])
    ),
    "turns frames round": Fault("test_a_game_is_played", frames_changed(lambda frames: frames[::-1])),
    "cuts messages": Fault(
        "test_a_message_of_any_size_comes_whole[websocket-300000]",
        frames_changed(lambda frames: [each[:65_536] for each in frames]),
    ),
    "glues frames": Fault(
        "test_a_websocket_has_a_message_in_each_frame",
        frames_changed(lambda frames: ["\n".join(frames)] if frames else []),
    ),
    "packs events otherwise": Fault(
        "test_an_event_stream_is_this_to_the_byte",
        frames_changed(lambda frames: [each.replace(b"\n", b"\r\n") for each in frames]),
        wire=EVENTSOURCE,
    ),
    "admits everybody": Fault(
        "test_other_sites_are_refused_before_anything_is_accepted[websocket-{'Origin': 'null'}]", AdmitsEverybody
    ),
    "offers every wire": Fault(
        "test_a_wire_that_is_not_asked_for_is_not_there",
        config=lambda config: replace(config, wires=frozenset({WEBSOCKET, EVENTSOURCE})),
    ),
    "swallows commands": Fault("test_a_repeated_command_runs_once", attaching(SwallowsCommands)),
    "repeats commands": Fault(
        "test_a_frame_that_is_no_object_is_a_command[websocket-look around]", attaching(RepeatsCommands)
    ),
    "decodes wrongly": Fault("test_any_characters_come_back_as_they_were", attaching(DecodesWrongly)),
    "blocks on the game": Fault("test_a_slow_game_holds_up_nobody_else", attaching(BlocksOnTheGame)),
    "forgets codes": Fault("test_a_second_tab_takes_over", attaching(ForgetsCodes)),
    "wakes nobody": Fault("test_a_game_is_played", attaching(WakesNobody)),
    "keeps no deadline": Fault("test_pings_come_in_silence_and_answers_keep_the_stream", attaching(KeepsNoDeadline)),
    "never detaches": Fault("test_a_client_that_is_gone_is_noticed", attaching(NeverDetaches)),
    "loses the query": Fault("test_an_unknown_session_is_told_to_stop", LosesTheQuery),
    "loses Last-Event-ID": Fault("test_the_last_event_id_wins_over_the_query", LosesLastEventId, wire=EVENTSOURCE),
    "loses headers": Fault("test_the_core_answers_and_nobody_else[GET /tale/story]", LosesHeaders),
    "loses bodies": Fault("test_a_body_may_come_late", LosesTheBody),
    "changes paths": Fault("test_the_core_answers_and_nobody_else[GET /tale/]", LosesThePath),
    "loses a stream's headers": Fault(
        "test_a_stream_has_the_headers_that_proxies_need", LosesStreamHeaders, wire=EVENTSOURCE
    ),
    "says no goodbye": Fault("test_every_stream_is_told_of_the_end", SaysNoGoodbye),
    "takes all for insecure": Fault("test_the_cookie_is_for_secure_connections_only", TakesAllForInsecure),
    "makes addresses up": Fault("test_one_address_may_not_take_all_connections", MakesAddressesUp),
    "says it is elsewhere": Fault("test_it_listens_before_it_serves", server=Elsewhere),
    "never stops": Fault("test_stopping_twice_and_from_several_threads_is_one_stop", server=NeverStops),
    "packs what it sends": Fault("test_compression_is_not_agreed_to", patch=deflating),
    "takes any frame": Fault(
        "test_what_is_too_big_ends_the_connection[websocket-more than a server reads]", patch=unlimited
    ),
}


class Faulty(Wrapped):
    """Be a sound transport with a fault."""

    def __init__(self, inner: Transport, fault: Fault) -> None:
        super().__init__(inner)
        self._fault = fault

    def bind(self, core: Core, config: ServerConfig) -> BoundServer:
        """Bind the sound one, so that the fault lies between it and the core."""
        with self._fault.patch():
            bound: BoundServer = self._fault.server(self.inner.bind(self._fault.core(core), self._fault.config(config)))
        return bound


def class_name(name: str, kind: str) -> str:
    return f"Test{kind}{name.title().replace(' ', '').replace('-', '').replace(chr(39), '')}"


def class_of(name: str, fault: Fault) -> type[Suite]:
    """Return the group of cases that has the named one, over a transport with the fault."""
    group = next(each for each in Conformance.__bases__ if fault.case.partition("[")[0] in vars(each))
    sound = installed(SOUND)
    assert sound is not None

    def load() -> Any:
        assert sound is not None
        return Faulty(sound.load(), fault)

    spec: TransportSpec = replace(sound, load=load)
    return type(class_name(name, "Faulty"), (group,), {"transport": spec, "wires": (fault.wire,), "deadline": 1.5})


for _name, _fault in FAULTS.items():
    _faulty = class_of(_name, _fault)
    globals()[_faulty.__name__] = _faulty
    _sound = class_name(_name, "Sound")
    globals()[_sound] = type(_sound, _faulty.__bases__, {"transport": SOUND, "wires": (_fault.wire,)})
