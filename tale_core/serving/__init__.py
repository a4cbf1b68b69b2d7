"""Floor 3: host, sessions, outbox, wire protocol, admission, HTTP replies, renderers. Knows no web framework."""
