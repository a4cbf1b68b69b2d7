"""Measurements, run by hand: ``python -m tests.bench``. No test asserts a time."""
