"""The demo's programme: envelopes that pay a part of what some groups order."""

from datetime import date, timedelta

from config.demo.build import DemoHub, join
from vouchers import services as voucher_services
from vouchers.services import Grant

PROGRAMME = "Coup de pouce alimentaire"
NUM_ENVELOPES = 5
GRANTED_CENTS = 60_000


def grant_envelopes(demo: DemoHub, *, today: date) -> None:
    """A programme joins the hub and grants its first groups an envelope each."""
    programme, _person = join(
        demo,
        kind="programme",
        name=PROGRAMME,
        role="programme_manager",
        mailbox="programme1",
        who="Solange Mercier",
    )
    since = today - timedelta(weeks=8)
    groups = [
        b.organization for b in demo.buyers if b.organization.kind != "institution"
    ]
    for number, group in enumerate(groups[:NUM_ENVELOPES], start=1):
        demo.envelopes[group.pk] = voucher_services.grant_envelope(
            programme=programme,
            grant=Grant(
                group=group,
                amount_cents=GRANTED_CENTS,
                starts_on=since,
                ends_on=date(today.year + 1, 6, 30),
                note="Paniers des familles",
            ),
            key=f"demo:{number}",
            on=since,
        )
