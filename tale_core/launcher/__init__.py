"""Floor 4: the command line, and the discovery and choice of plugins."""
