"""Print what still waits for French: `python -m tests.house.missing_french [APP …]`.

The entries are ready to be filled in and appended to an app's `django.po`.
"""

import io
import sys

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from tests.house.inspect_words import without_french
from tests.house.sources import APPS, CHECKOUT, House


def missing_french(house: House, apps: tuple[str, ...]) -> str:
    """Give one empty entry for each sentence of some apps without French."""
    catalogue = Catalog(locale="fr_CA")
    for sentence in without_french(house):
        if sentence.path.startswith(apps):
            words = (sentence.singular, sentence.plural)
            catalogue.add(
                words if sentence.plural else sentence.singular,
                locations=[(sentence.path, sentence.line)],
            )
    page = io.BytesIO()
    write_po(page, catalogue, omit_header=True, width=88)
    return page.getvalue().decode()


if __name__ == "__main__":
    chosen = tuple(sys.argv[1:]) or (*APPS, "config")
    sys.stdout.write(missing_french(House(CHECKOUT), chosen))
