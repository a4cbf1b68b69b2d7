"""The rules of the Ember of Greywick: one book, in which each module of the story writes its own."""

from __future__ import annotations

from tale_core.story import Rules

rules = Rules()
