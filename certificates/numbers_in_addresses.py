"""Certificates' numbers in addresses: one with a NUL is an address that does not exist."""

from __future__ import annotations

from django.urls import register_converter
from django.urls.converters import StringConverter


class NumberConverter(StringConverter):
    """As `str`, but never what PostgreSQL refuses to compare with."""

    regex = r"[^/\0]+"


register_converter(NumberConverter, "number")
