"""Renderers: what turns the text of events into LlamaTale's HTML or into plain text."""
