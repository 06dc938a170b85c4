"""Write the kinds of events into `docs/webhooks.md`, from the table of their facts.

`python -m tests.house.webhooks_page`: what stands above the first table is kept.
"""

from hub.core.happenings import FACTS, MEANING, WHEN
from tests.house.sources import CHECKOUT

PAGE = "docs/webhooks.md"
HEAD = "## Kinds of events\n"


def events_part() -> str:
    """The end of the page: one row for each kind, one for each fact."""
    kinds = [
        f"| `{kind}` | {when} | {who} | {', '.join(f'`{n}`' for n in FACTS[kind])} |"
        for kind, (when, who) in WHEN.items()
    ]
    facts = [f"| `{name}` | {says} |" for name, says in sorted(MEANING.items())]
    return "\n".join(
        [
            HEAD,
            "Written from `hub/core/happenings.py` by "
            "`python -m tests.house.webhooks_page`; a test",
            "insists that it is current.",
            "",
            "| `type` | When | Told to | `data` |",
            "|---|---|---|---|",
            *kinds,
            "",
            "| Fact | Says |",
            "|---|---|",
            *facts,
            "",
        ]
    )


if __name__ == "__main__":
    page = CHECKOUT / PAGE
    page.write_text(page.read_text().split(HEAD)[0] + events_part())
