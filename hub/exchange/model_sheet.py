"""A workbook to fill in: the columns, what each means, and an example to replace."""

import io
from collections.abc import Sequence

import xlsxwriter


def model_workbook(
    *,
    title: str,
    headers: Sequence[str],
    helps: Sequence[str],
    examples: Sequence[Sequence[str]],
) -> bytes:
    """One sheet: the header, a row of explanations that is passed over, examples.

    Every cell is a text, so that no program makes a formula or a date of it.
    """
    kept = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(kept, options) as book:
        sheet = book.add_worksheet(title[:31])
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        told = book.add_format({"italic": True, "text_wrap": True, "valign": "top"})
        text = book.add_format({"num_format": "@"})
        sheet.set_column(0, max(len(headers) - 1, 0), 24, text)
        for place, header in enumerate(headers):
            sheet.write_string(0, place, header, head)
        for place, words in enumerate(helps):
            sheet.write_string(1, place, f"# {words}".rstrip(), told)
        for number, row in enumerate(examples, start=2):
            for place, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, place, cell)
        sheet.freeze_panes(1, 0)
    return kept.getvalue()
