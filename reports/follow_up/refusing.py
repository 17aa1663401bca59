"""What cannot be done with a follow-up report, and why."""


class Refused(Exception):
    """Why it was not done, in words for the one who asked. Nothing has changed."""
