"""Faults that a validator must find, each made in a document that has none."""

import re

import pikepdf

from tests.certificates.documents import elements


def _each(pdf: pikepdf.Pdf, tag: str) -> list[pikepdf.Dictionary]:
    return [element for element in elements(pdf) if str(element.S) == tag]


def without_alternative_text(pdf: pikepdf.Pdf) -> None:
    del _each(pdf, "/Figure")[0].Alt


def without_heading_level(pdf: pikepdf.Pdf) -> None:
    _each(pdf, "/H1")[0].S = pikepdf.Name.H3


def with_an_untagged_heading(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.contents_coalesce()
    marks, found = re.subn(rb"/H1 <</MCID \d+>> BDC(.*?)EMC", rb"q\1Q", page.Contents.read_bytes(), count=1, flags=re.DOTALL)
    assert found
    page.Contents = pdf.make_stream(marks)


def without_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def without_title_on_show(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences


def without_link_description(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Annots[0].Contents


def without_metadata(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Metadata


def without_structure(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def without_output_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def without_embedded_font(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[0].Resources.Font.values():
        del font.FontDescriptor.FontFile2
