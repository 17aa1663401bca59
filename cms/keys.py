"""Keys of rows in addresses: a number that no key can be is an address that does not exist."""

from __future__ import annotations

from django.urls import register_converter
from django.urls.converters import IntConverter


class KeyConverter(IntConverter):
    """As `int`, but never larger than SQLite can compare with; it raises instead of finding nothing."""

    regex = "[0-9]{1,18}"


register_converter(KeyConverter, "key")
