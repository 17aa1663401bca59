"""ANSWERS: figures as of a day, follow-up, the managers' pages."""
