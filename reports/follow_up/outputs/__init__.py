"""The files of a follow-up report. All are made of the same `Report`, at publication, once."""

from reports.follow_up.outputs.making import OUTPUTS, make, make_all

__all__ = ["OUTPUTS", "make", "make_all"]
