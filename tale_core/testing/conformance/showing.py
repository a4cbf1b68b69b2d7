"""Pictures: a message of its own, numbered like text, as big as it is, and the same whoever reads it."""

from __future__ import annotations

import pytest

from tale_core.testing.client import Browser
from tale_core.testing.conformance.suite import Suite
from tale_core.testing.playing import play, read_text, read_until
from tale_core.testing.scripted import DOT, DOT_URL, PICTURED

SHOWN = {"type": "data", "data": DOT_URL, "id": DOT, "mime": "image/gif", "alt": PICTURED}


class Showing(Suite):
    """Show pictures."""

    @pytest.mark.parametrize("query", ["", "cap=runs", "cap=runs,z"], ids=["LlamaTale", "runs", "packed"])
    def test_a_picture_follows_the_text_of_its_turn(self, browser: Browser, wire: str, query: str) -> None:
        """Whatever else the reader can take."""
        with browser.open(wire, query) as stream:
            read_text(stream)
            stream.send(cmd=f"data {DOT}", cid=1)
            assert read_text(stream)["seq"] == 2
            assert stream.read() == SHOWN | {"seq": 3}
            stream.send(cmd="echo on", cid=2)
            assert read_text(stream)["seq"] == 4

    def test_a_reader_resumes_before_and_behind_a_picture(self, browser: Browser, wire: str) -> None:
        """It has a number of its own, and is lost or doubled as little as text."""
        with browser.open(wire) as stream:
            epoch = stream.read()["epoch"]
            read_text(stream)
            play(stream, f"data {DOT}", 1)
            read_until(stream, "data")
            play(stream, "echo on", 2)
        for after, kinds in ((1, ["text", "data", "text"]), (2, ["data", "text"]), (3, ["text"])):
            with browser.open(wire, f"cap=runs&epoch={epoch}&after={after}") as stream:
                assert stream.read()["recovered"]
                assert [stream.read()["type"] for _ in kinds] == kinds
                assert stream.line.is_quiet()

    def test_a_redraw_has_the_pictures_name_and_words(self, browser: Browser, wire: str) -> None:
        """So that a page can show it again."""
        with browser.open(wire) as stream:
            read_text(stream)
            play(stream, f"data {DOT}", 1)
            read_until(stream, "data")
        with browser.open(wire, "cap=runs&epoch=elsewhere&after=1") as stream:
            redrawn = read_text(stream)
            assert (redrawn["snapshot"], redrawn["seq"]) == (True, 3)
            block = redrawn["runs"][-1]
            assert (block["kind"], block["image"], block["alt"]) == ("image", DOT, PICTURED)
        with browser.open(wire, "epoch=elsewhere&after=1") as stream:
            assert PICTURED in read_text(stream)["text"]

    def test_a_picture_that_is_not_there_is_told(self, browser: Browser, wire: str) -> None:
        """In its words, with the number that it would have had."""
        with browser.open(wire) as stream:
            read_text(stream)
            assert play(stream, "data nothing.png", 1) == []
            told = read_text(stream)
            assert (told["seq"], told["runs"][0]["alt"]) == (3, PICTURED)
