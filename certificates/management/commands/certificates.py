"""`manage.py certificates`: lists them, writes the stored document of one, or compares all files with the database."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from certificates.models import Certificate, CertificateDocument, CertificateQuerySet, DocumentLost
from organisation.file_faults import reason_of
from organisation.models import Department
from organisation.tree import Tree

ISSUED, WAITING, REPLACED, REVOKED = "issued", "waiting", "replaced", "revoked"


class Command(BaseCommand):
    help = "Visa intygen, spara ett intygs dokument (--save NUMMER FIL), eller jämför alla filer med databasen (--check)."

    def add_arguments(self, parser: CommandParser) -> None:
        one = parser.add_mutually_exclusive_group()
        one.add_argument("--department", metavar="ID", help="enhetens id i personalsystemet, med allt under den")
        one.add_argument("--save", nargs=2, metavar=("NUMMER", "FIL"), help="skriv det lagrade dokumentet till en fil")
        one.add_argument("--check", action="store_true", help="jämför varje lagrad fil med databasen")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="json för andra program")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["save"]:
            self.save(*options["save"])
            return
        if options["check"]:
            self.check_files()
            return
        rows = [row_of(certificate) for certificate in self.chosen(options["department"])]
        if options["format"] == "json":
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for row in rows:
            self.stdout.write("  ".join(str(row[key]) for key in ("number", "issued_on", "status", "module", "edition")))
        self.stdout.write(f"Antal intyg: {len(rows)}.")

    def chosen(self, external_id: str | None) -> CertificateQuerySet:
        """Return all certificates, or those of completions made in a department or below it as the tree is today."""
        found = Certificate.objects.select_related(
            "document", "revocation", "replaced_by", "completion__edition__module"
        ).order_by("number")
        if external_id is None:
            return found
        department = Department.objects.filter(external_id=external_id).first()
        if department is None:
            self.refuse(f"Det finns ingen enhet med id {external_id!r}.")
        return found.filter(completion__department__in=Tree.on(timezone.localdate()).below(department.pk))

    def save(self, number: str, file: str) -> None:
        """Write the stored bytes of one certificate to a file."""
        certificate = Certificate.objects.select_related("document").exclude(document=None).filter(number=number).first()
        if certificate is None:
            self.refuse(f"Det finns inget lagrat intyg med nummer {number!r}.")
        try:
            size = Path(file).write_bytes(certificate.document.read())
        except DocumentLost:
            self.refuse(f"Filen till intyg {number} saknas i lagringen eller är skadad. Hämta den ur säkerhetskopian.")
        except OSError as error:
            self.refuse(f"Filen {file!r} gick inte att skriva: {reason_of(error)}.")
        self.stdout.write(f"{number} skrevs till {file} ({size} byte, SHA-256 {certificate.document.sha256}).")

    def check_files(self) -> None:
        """Read every stored file, and name those that are gone or are not the same any more."""
        documents = CertificateDocument.objects.exclude(sha256="").select_related("certificate")
        count, lost = 0, 0
        for document in documents.order_by("certificate__number").iterator(chunk_size=500):
            count += 1
            try:
                document.read()
            except DocumentLost:
                lost += 1
                self.stdout.write(f"  {document.certificate.number}  {document.file_name}")
        if lost:
            self.refuse(f"Filer som saknas eller är skadade: {lost} av {count}. Hämta dem ur säkerhetskopian.")
        self.stdout.write(f"Filer som finns och är oförändrade: {count} av {count}.")

    def refuse(self, sentence: str) -> NoReturn:
        """Say what was wrong, and end with 1."""
        self.stderr.write(sentence)
        sys.exit(1)


def row_of(certificate: Certificate) -> dict[str, Any]:
    """Return a certificate as the outside reads it."""
    document = getattr(certificate, "document", None)
    return {
        "number": certificate.number,
        "module": certificate.completion.edition.module.slug,
        "edition": certificate.completion.edition.number,
        "issued_on": certificate.issued_on.isoformat(),
        "status": status_of(certificate),
        "sha256": document.sha256 if document else None,
    }


def status_of(certificate: Certificate) -> str:
    """Return what has become of the certificate; whether it is valid today is the verification page's business."""
    if hasattr(certificate, "revocation"):
        return REVOKED
    if hasattr(certificate, "replaced_by"):
        return REPLACED
    return ISSUED if hasattr(certificate, "document") else WAITING
