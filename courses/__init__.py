"""WHAT: modules, editions, steps, legal sources; who is to take what; rounds, progress, completions; the learners' pages."""
