"""What holds for all tests: examples may take as long as they need, since no test asserts a time."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("patient", deadline=None)
if not os.environ.get("CI"):  # where hypothesis has a profile of its own, just as patient
    settings.load_profile("patient")
