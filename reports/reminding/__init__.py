"""Reminders: which day is for them, what is due, and in which words."""
