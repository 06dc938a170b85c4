"""The sheets of the ground floor: farms, buyers, and the places where trucks stop."""

from hub.core.errors import N_
from hub.core.imports.columns import Column, Shape
from hub.core.imports.judging import Rule, Sheet

_NAME = Column(
    code="name",
    label=N_("Name"),
    help=N_("As everybody knows it. It is how a row is found again."),
    is_required=True,
    names=(
        "nom", "ferme", "farm", "entreprise", "business", "organisme", "organization",
        "organisation", "raison sociale", "company", "client", "acheteur", "buyer",
        "nom de la ferme", "farm name", "groupe", "group",
    ),
)  # fmt: skip
_EMAIL = Column(
    code="contact_email",
    label=N_("Email"),
    help=N_("To reach the organization; nobody is invited by an import."),
    shape=Shape.EMAIL,
    names=("courriel", "e-mail", "mail", "adresse courriel", "email address"),
)
_PHONE = Column(
    code="contact_phone",
    label=N_("Phone"),
    help=N_("Whom to call on the day of delivery."),
    longest=30,
    names=("téléphone", "tel", "tél", "cell", "cellulaire", "telephone", "mobile"),
)
_MEMBER_RULES = (Rule("name", ("name",)), Rule("email", ("contact_email",)))

FARMS = Sheet(
    code="farms",
    columns=(_NAME, _EMAIL, _PHONE),
    rules=_MEMBER_RULES,
    defaults={"contact_email": "", "contact_phone": "", "kind": "producer"},
)
BUYERS = Sheet(
    code="buyers",
    columns=(
        _NAME,
        Column(
            code="kind",
            label=N_("Kind"),
            help=N_("Community group or institution; empty: a community group."),
            shape=Shape.CHOICE,
            names=("type", "genre", "catégorie", "category", "sorte"),
            choices={
                "buyer_group": (
                    "groupe communautaire", "groupe", "group", "community group",
                    "organisme", "organisme communautaire", "OBNL", "non-profit",
                ),
                "institution": (
                    "institution", "institutionnel", "école", "school", "CPE",
                    "hôpital", "hospital", "garderie", "daycare",
                ),
            },
            labels={
                "buyer_group": N_("Community group"),
                "institution": N_("Institution"),
            },
        ),
        _EMAIL,
        _PHONE,
    ),
    rules=_MEMBER_RULES,
    defaults={"contact_email": "", "contact_phone": "", "kind": "buyer_group"},
)  # fmt: skip
PLACES = Sheet(
    code="places",
    columns=(
        Column(
            code="organization",
            label=N_("Organization"),
            help=N_("A member of the hub, or the hub itself, written as on its page."),
            is_required=True,
            names=("organisation", "organisme", "membre", "member", "ferme", "farm",
                   "client", "à qui", "owner"),
        ),
        Column(
            code="name",
            label=N_("Name of the place"),
            help=N_("Empty: the name of the organization."),
            names=("lieu", "place", "nom du lieu", "point de chute", "drop point",
                   "nom", "name", "site"),
        ),
        Column(
            code="kind",
            label=N_("Kind"),
            help=N_("Farm, hub, drop point or depot; empty: what fits its member."),
            shape=Shape.CHOICE,
            names=("type", "genre", "sorte"),
            choices={
                "farm": ("ferme", "farm"),
                "hub": ("pôle", "hub", "quai", "plateforme", "entrepôt", "warehouse"),
                "drop_point": ("point de chute", "drop point", "livraison",
                               "point de livraison", "delivery"),
                "depot": ("dépôt", "depot", "dépôt de camion", "truck depot",
                          "garage de camions"),
            },
            labels={
                "farm": N_("Farm"),
                "hub": N_("Hub"),
                "drop_point": N_("Drop point"),
                "depot": N_("Truck depot"),
            },
        ),
        Column(
            code="address",
            label=N_("Address"),
            help=N_("Street, number, town."),
            longest=200,
            names=("adresse", "adresse civique", "street address", "rue"),
        ),
        Column(
            code="latitude",
            label=N_("Latitude"),
            help=N_("In degrees, like 45.527. Empty: the place waits for its pin."),
            shape=Shape.DEGREES,
            names=("lat",),
        ),
        Column(
            code="longitude",
            label=N_("Longitude"),
            help=N_("In degrees, like -73.615. Empty: the place waits for its pin."),
            shape=Shape.DEGREES,
            names=("lon", "lng", "long"),
        ),
        Column(
            code="windows",
            label=N_("Hours"),
            help=N_("When trucks are received: 8:30–11:00. Empty: at any hour."),
            shape=Shape.HOURS,
            names=("heures", "horaire", "heures de réception", "opening hours",
                   "plage horaire", "receiving hours"),
        ),
        Column(
            code="service_min",
            label=N_("Minutes at the door"),
            help=N_("How long a stop takes; empty: 10."),
            shape=Shape.COUNT,
            highest=240,
            names=("minutes", "durée", "minutes à la porte", "stop minutes"),
        ),
        Column(
            code="contact_name",
            label=N_("Whom to ask for"),
            names=("contact", "responsable", "personne contact", "contact name",
                   "personne-ressource"),
        ),
        Column(
            code="contact_phone",
            label=N_("Phone on the spot"),
            longest=30,
            names=("téléphone", "tel", "tél", "phone", "cellulaire"),
        ),
        Column(
            code="access_note",
            label=N_("How to get in"),
            longest=300,
            names=("accès", "access", "note", "notes", "consignes", "instructions"),
        ),
        Column(
            code="has_dock",
            label=N_("Loading dock"),
            help=N_("Yes or no."),
            shape=Shape.YES_NO,
            names=("quai de chargement", "quai", "dock"),
        ),
        Column(
            code="needs_tailgate",
            label=N_("Tailgate needed"),
            help=N_("Yes or no."),
            shape=Shape.YES_NO,
            names=("hayon", "tailgate", "hayon requis"),
        ),
        Column(
            code="has_cold_storage",
            label=N_("Cold storage"),
            help=N_("Yes or no."),
            shape=Shape.YES_NO,
            names=("chambre froide", "réfrigération", "fridge", "cold room"),
        ),
    ),
    rules=(Rule("place", ("organization", "name")),),
    defaults={
        "address": "",
        "latitude": None,
        "longitude": None,
        "windows": [],
        "service_min": 10,
        "contact_name": "",
        "contact_phone": "",
        "access_note": "",
        "has_dock": False,
        "needs_tailgate": False,
        "has_cold_storage": False,
    },
)  # fmt: skip
