"""What the tables of the ground floor hold as files."""

from django.utils.translation import gettext_lazy as _

from hub.exchange.table import Table, column

ORGANIZATIONS = Table(
    name="organizations",
    title=_("Members"),
    is_personal=True,
    columns=(
        column(_("Name"), "name"),
        column(_("Kind"), "get_kind_display"),
        column(_("People"), "num_people", "count"),
        column(_("Places"), "num_places", "count"),
        column(_("Phone"), "contact_phone"),
        column(_("Email"), "contact_email"),
        column(_("Active"), "is_active", "yes"),
    ),
)
PEOPLE = Table(
    name="people",
    title=_("People"),
    is_personal=True,
    columns=(
        column(_("Name"), "person"),
        column(_("Role"), "get_role_display"),
        column(_("Email"), "person.email"),
    ),
)
PLACES = Table(
    name="places",
    title=_("Places"),
    columns=(
        column(_("Place"), "place.name"),
        column(_("Organization"), "place.organization.name"),
        column(_("Kind"), "place.get_kind_display"),
        column(_("Hours"), "hours"),
        column(_("Active"), "place.is_active", "yes"),
    ),
)
FAMILIES = Table(
    name="families",
    title=_("Product families"),
    columns=(
        column(_("Code"), "family.code"),
        column(_("Name in French"), "family.name_fr"),
        column(_("Name in English"), "family.name_en"),
        column(_("Basic grocery"), "family.is_basic_grocery", "yes"),
        column(_("Added by our hub"), "is_ours", "yes"),
    ),
)
CYCLES = Table(
    name="cycles",
    title=_("Order cycles"),
    columns=(
        column(_("Cycle"), "name"),
        column(_("Status"), "get_status_display"),
        column(_("Opens"), "opens_at", "moment"),
        column(_("Closes"), "closes_at", "moment"),
        column(_("Delivered on"), "service_on", "day"),
    ),
)
NOTICES = Table(
    name="notices",
    title=_("Notices"),
    is_personal=True,
    columns=(
        column(_("Subject"), "subject"),
        column(_("To"), "notice.person"),
        column(_("Organization"), "notice.organization.name"),
        column(_("Status"), "notice.get_status_display"),
        column(_("Left on"), "notice.left_at", "moment"),
        column(_("Sent on"), "notice.sent_at", "moment"),
    ),
)
API_KEYS = Table(
    name="api_keys",
    title=_("Keys"),
    columns=(
        column(_("Name"), "key.name"),
        column(_("Beginning"), "key.prefix"),
        column(_("Rights"), "scopes"),
        column(_("Let in by"), "key.issued_by"),
        column(_("Valid until"), "key.expires_at", "moment"),
        column(_("Last used"), "key.last_used_at", "moment"),
        column(_("Put out on"), "key.revoked_at", "moment"),
    ),
)
RESULTS = Table(
    name="results",
    title=_("Results"),
    columns=(
        column(_("Chapter"), "chapter"),
        column(_("Figure"), "figure"),
        column(_("Value"), "value", "number"),
        column(_("Unit"), "unit"),
        column(_("Remark"), "remark"),
    ),
)
TABLES = (
    ORGANIZATIONS,
    PEOPLE,
    PLACES,
    FAMILIES,
    CYCLES,
    NOTICES,
    API_KEYS,
    RESULTS,
)
