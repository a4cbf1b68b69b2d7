"""Floor 2: turns, journal entries, loading of stories. No threads, no clock; reads only files that it is handed."""
