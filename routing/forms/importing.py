"""A sheet sent or pasted, and what each of its columns holds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.core.errors import DomainError
from hub.core.imports import Sheet
from hub.doors import sentence_of
from hub.exchange.spreadsheet import (
    HEAVIEST_BYTES,
    Table,
    table_of_file,
    table_of_text,
)


class SheetForm(forms.Form):
    """A file, or cells pasted from a spreadsheet."""

    file = forms.FileField(
        label=_("Your sheet"),
        required=False,
        help_text=_(
            "XLSX or CSV, at most 2 MB and 2,000 rows. The first row holds the names "
            "of the columns; rows that begin with # are passed over."
        ),
        widget=forms.FileInput(
            attrs={"accept": ".xlsx,.csv,.tsv,.txt,text/csv,text/plain"}
        ),
    )
    pasted = forms.CharField(
        label=_("Or paste the cells here"),
        required=False,
        strip=False,
        max_length=HEAVIEST_BYTES,
        help_text=_("Copied from your spreadsheet, with the names of the columns."),
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """The table that was sent, as texts, under `table`."""
        data = super().clean() or {}
        sent, pasted = data.get("file"), (data.get("pasted") or "").strip("\r\n ")
        if self.errors:
            return data
        if not sent and not pasted:
            self.add_error("file", _("Choose a file, or paste cells."))
            return data
        try:
            data["table"] = self._table(sent, pasted)
        except DomainError as error:
            self.add_error("file" if sent else "pasted", sentence_of(error))
        return data

    @staticmethod
    # An upload has no type of its own here.
    def _table(sent: Any, pasted: str) -> Table:
        if not sent:
            return table_of_text(pasted)
        # One byte above the limit is enough to refuse a file.
        return table_of_file(sent.read(HEAVIEST_BYTES + 1))

    @property
    def file_name(self) -> str:
        """What the file was called by its sender; empty for pasted cells."""
        sent = self.cleaned_data.get("file")
        return str(sent.name) if sent else ""


class ColumnsForm(forms.Form):
    """What each column of a sheet holds; empty: it is left out."""

    def __init__(
        self, *args: Any, sheet: Sheet, headers: list[str], known: dict[int, str]
    ) -> None:
        super().__init__(*args)
        choices = [("", _("Left out"))]
        choices += [(column.code, _(column.label)) for column in sheet.columns]
        for position, header in enumerate(headers):
            if not header:
                continue
            self.fields[f"column-{position}"] = forms.ChoiceField(
                label=header,
                choices=choices,
                required=False,
                initial=known.get(position, ""),
            )

    def chosen(self) -> dict[int, str]:
        """The choices, by the position of their column."""
        return {
            int(name.removeprefix("column-")): code
            for name, code in self.cleaned_data.items()
        }
