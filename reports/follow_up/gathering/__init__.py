"""Gathers what a basis rests on, part by part, from the database."""
