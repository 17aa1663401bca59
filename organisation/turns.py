"""Those who change the whole organisation take turns."""

from django.db import connection

# Any number that no other advisory lock of the installation uses.
LOCK = 4_827_001


def take_turns() -> None:
    """Let imports and reorganisations follow each other until the transaction ends. On SQLite all that writes does."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
