"""What somebody who wants to check a certificate fills in. The names of the fields stand in addresses and are Swedish."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 1024 * 1024
TOO_LARGE = _("The file is larger than 1 MB. A certificate is much smaller.")


class CodeForm(forms.Form):
    """The code, as somebody reads it from the paper."""

    kod = forms.CharField(
        label=_("Verification code"),
        help_text=_("Sixteen letters and digits. Small letters, spaces and hyphens do no harm."),
        error_messages={"required": _("Write the code that stands on the certificate.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class FileForm(forms.Form):
    """The file itself. It is hashed and never opened."""

    fil = forms.FileField(
        label=_("The certificate as a PDF file"),
        help_text=_(
            "Choose the file or drop it here, at most 1 MB. It is compared with what the city has issued, and then forgotten."
        ),
        error_messages={
            "required": _("Choose the certificate's PDF file."),
            "empty": _("The file is empty. Choose the certificate's PDF file."),
        },
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
    )

    def clean_fil(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["fil"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return file
