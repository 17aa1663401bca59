"""What this app tells those above it. Always an id, always after commit."""

from django.dispatch import Signal

completed = Signal()
"""Somebody completed an edition; sent with `completion_id`."""
