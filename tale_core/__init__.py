"""Tale: play text adventures in the browser, over any transport.

The package has four floors, and imports only go down: ``launcher``, ``serving``, ``game``, ``world``.
``tale_core.story`` is what authors of stories import, ``tale_core.serving.transport`` what authors of transports import.
"""

__version__ = "0.1.0"
