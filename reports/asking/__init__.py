"""Free questions: the figures of any day, for those whose line they are."""
