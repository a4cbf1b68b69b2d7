"""Shutdown: everybody is told, nothing is left behind, and it takes no time."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tale_core.serving.transport import TransportSpec
from tale_core.testing.client import Browser
from tale_core.testing.conformance.suite import Suite
from tale_core.testing.playing import play, read_text, read_to_the_end, words
from tale_core.testing.stage import Stage, bind, running

CHILD = """
import pathlib, signal, sys, tempfile, threading
from tale_core.testing.stage import bind, installed
stage = bind(installed(sys.argv[1]), pathlib.Path(tempfile.gettempdir()))
print(*stage.address, stage.host.token, flush=True)
signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell may have had ignored
signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=stage.server.stop).start())  # as the launcher does
try:
    stage.server.serve()
except KeyboardInterrupt:
    pass
print("served", flush=True)
"""


class Shutdown(Suite):
    """End servers."""

    @pytest.mark.parametrize("count", [20, pytest.param(200, marks=pytest.mark.slow)])
    def test_every_stream_is_told_of_the_end(self, stage: Stage, wire: str, count: int) -> None:
        """With a code upon which it comes back, and soon."""
        streams = [stage.browser().open(wire) for _ in range(count)]
        for stream in streams:
            read_text(stream)
        assert stage.stop() < 2.0 + count / 100
        for stream in streams:
            bye = read_to_the_end(stream)[-1]
            assert (bye["type"], bye["code"], bye["reconnect"]) == ("bye", 1001, True)
            assert stream.code == 1001
            stream.close()
        assert stage.host.open == 0

    def test_stopping_twice_and_from_several_threads_is_one_stop(self, stage: Stage) -> None:
        """And stopping what has stopped is nothing."""
        threads = [threading.Thread(target=stage.server.stop) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(self.deadline)
            assert not thread.is_alive()
        stage.stop()
        stage.server.stop()

    def test_a_stop_that_comes_before_the_start_counts(self, spec: TransportSpec, tmp_path: Path) -> None:
        """A signal may come while the launcher is still on its way."""
        stage = bind(spec, tmp_path, patience=self.deadline)
        stage.server.stop()
        stage.thread.start()
        stage.thread.join(self.deadline)
        assert not stage.thread.is_alive()
        stage.close()

    def test_the_port_is_free_afterwards(self, spec: TransportSpec, tmp_path: Path) -> None:
        """For the next server, at once."""
        with running(spec, tmp_path, patience=self.deadline) as first:
            first.browser()
            port = first.address[1]
        with running(spec, tmp_path, patience=self.deadline, port=port) as second:
            assert second.browser().get("/tale/health").status == 200

    def test_a_game_outlives_its_server(self, spec: TransportSpec, tmp_path: Path, wire: str) -> None:
        """The core is the launcher's: another server may go on with it."""
        with running(spec, tmp_path, patience=self.deadline) as stage, stage.browser().open(wire) as stream:
            read_text(stream)
            assert play(stream, "echo one", 1) == ["one"]
        assert stage.games[-1].lines == ["echo one"]

    def test_three_servers_one_after_another_leave_nothing_behind(
        self, spec: TransportSpec, tmp_path: Path, wire: str
    ) -> None:
        """No thread, no open file."""
        left = []
        for _ in range(4):
            with running(spec, tmp_path, patience=self.deadline) as stage, stage.browser().open(wire) as stream:
                assert words(read_text(stream)) == ["Welcome."]
                stage.stop()
                read_to_the_end(stream)
            left.append(_left(self.deadline))
        assert left[-1] <= left[0], "the first one may have left what all others share"

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has other signals")
    def test_a_signal_ends_it_and_every_stream_is_told(self, wire: str, number: signal.Signals) -> None:
        """In the main thread of a process of its own, as the launcher runs it."""
        if not isinstance(self.transport, str):
            pytest.skip("only an installed transport can be started in a process of its own")
        command = [sys.executable, "-c", CHILD, self.transport]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:  # noqa: S603
            try:
                assert child.stdout is not None
                host, port, token = child.stdout.readline().split()
                with Browser((host, int(port)), token, deadline=self.deadline).open(wire) as stream:
                    read_text(stream)
                    child.send_signal(number)
                    assert read_to_the_end(stream)[-1]["code"] == 1001
                out, err = child.communicate(timeout=self.deadline)
            finally:
                child.kill()
        assert (out, err, child.returncode) == ("served\n", "", 0)


def _left(deadline: float) -> tuple[int, int]:
    """Count the threads that live on, giving those that are ending their time, and the files that are open."""
    here = threading.current_thread()
    for thread in threading.enumerate():
        if thread is not here and not thread.name.startswith("pytest"):
            thread.join(deadline / 20)
    files = Path("/proc/self/fd")
    return threading.active_count(), len(list(files.iterdir())) if files.is_dir() else 0
