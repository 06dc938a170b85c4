"""What stops a sheet, before any of its rows is looked at or done.

DomainError
└── ImportRefused
    ├── SheetUnreadable    a file that is neither a workbook nor text
    ├── SheetTooLarge      more than we read of one sheet
    ├── SheetEmpty         a header and nothing below it, or nothing at all
    ├── ColumnMissing      nothing in the sheet says what a row must say
    ├── ColumnTwice        two columns were chosen to say one thing
    ├── ImportOutdated     the house is no longer as the preview showed it
    ├── ImportHasErrors    rows to mend, and nobody asked to leave them out
    ├── ImportIsOver       a sheet that was imported, taken back or thrown away
    └── ImportStays        rows on which something hangs since
"""

from hub.core.errors import N_, DomainError


class ImportRefused(DomainError):
    """Anything that stops a whole sheet."""

    code = "import_refused"
    sentence = N_("This sheet could not be imported. Nothing was changed.")


class SheetUnreadable(ImportRefused):
    """A file that is neither an XLSX workbook nor rows of text."""

    code = "sheet_unreadable"
    sentence = N_(
        "This file could not be read as a table. Save it as XLSX or CSV, or copy its "
        "cells and paste them here."
    )


class SheetTooLarge(ImportRefused):
    """More than `num_rows` rows, `num_columns` columns or `num_mb` megabytes."""

    code = "sheet_too_large"
    sentence = N_(
        "This sheet is too large: at most %(num_rows)s rows, %(num_columns)s columns "
        "and %(num_mb)s MB. Cut it in parts."
    )


class SheetEmpty(ImportRefused):
    """No row below the header."""

    code = "sheet_empty"
    sentence = N_(
        "There is nothing to import here. The first row holds the names of the "
        "columns, each row below it one thing."
    )


class ColumnMissing(ImportRefused):
    """No column was chosen for what every row must say."""

    code = "column_missing"
    sentence = N_("Choose which column holds “%(column)s”.")


class ColumnTwice(ImportRefused):
    """Two columns were chosen for the same thing."""

    code = "column_twice"
    sentence = N_("Two columns hold “%(column)s”. Choose one.")


class ImportOutdated(ImportRefused):
    """Something changed since the preview, so that the import would do other things."""

    code = "import_outdated"
    sentence = N_(
        "Something changed here since this preview was shown. Nothing was imported: "
        "read the new preview, then confirm it."
    )


class ImportHasErrors(ImportRefused):
    """`num` rows are refused, and the good ones alone were not asked for."""

    code = "import_has_errors"
    sentence = N_(
        "Rows to mend: %(num)s. Nothing was imported. Mend them in your sheet, or ask "
        "to import the good rows alone."
    )


class ImportIsOver(ImportRefused):
    """This sheet is not waiting for an answer any more."""

    code = "import_is_over"
    sentence = N_("This import is over: it was done or taken back already.")


class ImportStays(ImportRefused):
    """Something hangs on what the import made, or changed it since."""

    code = "import_stays"
    sentence = N_(
        "This import cannot be taken back as a whole: %(num)s of its rows are used or "
        "were changed since. Nothing was undone."
    )
