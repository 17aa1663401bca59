"""Tagged documents that flow over pages of A4: headings, paragraphs, lists, tables, bars, a table of contents and bookmarks.

A document is a list of blocks. They are first placed on a `Galley`, which only measures; then `document.typeset` draws its
pages, when it is known how many there are and where each heading stands.
"""
