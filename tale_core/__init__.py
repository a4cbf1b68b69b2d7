"""Tale: play text adventures in the browser, over any transport.

The package has four floors, and imports only go down: ``launcher``, ``serving``, ``game``, ``world``.
Authors of stories import ``tale_core.story``, authors of transports ``tale_core.serving.transport``.
"""

__version__ = "0.1.0"
