"""Floor 1: things and relations, scope and light, vocabulary, parser, actions, random numbers.

Pure: it knows no clock, thread, socket or file but its own data.
"""
