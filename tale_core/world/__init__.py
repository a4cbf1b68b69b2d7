"""Floor 1: things and relations, scope and light, vocabulary, parser, actions, random numbers. Pure; knows no files, clock or players' sockets."""
