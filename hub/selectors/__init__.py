"""Every read of the ground floor; a row is reached through the person asking."""

from hub.selectors.acting import (
    SESSION_KEY,
    Acting,
    acting_for,
)
from hub.selectors.cycles import (
    closed_cycles_on,
    closed_cycles_since,
    cycles_in_week,
    cycles_run_by,
    cycles_seen_by,
    cycles_taking_orders,
    cycles_to_close,
    is_week_closed,
    last_cycle_of,
    week_to_fill,
)
from hub.selectors.demo import (
    DEMO_ADDRESS,
    demo_person,
    demo_roles,
)
from hub.selectors.families import (
    families,
    families_editable_by,
)
from hub.selectors.jobs import (
    jobs_of_kind,
    jobs_seen_by,
)
from hub.selectors.memberships import (
    drivers_of,
    memberships_at,
    memberships_of,
    people_answering_for,
    roles_endable_by,
    roles_in,
)
from hub.selectors.notices import notices_seen_by, troubled
from hub.selectors.organizations import (
    hubs_coordinated_by,
    hubs_joined_by,
    members_of,
    members_of_hubs,
    members_with_counts,
    organizations_by_pk,
    organizations_editable_by,
    organizations_run_by,
    organizations_seen_by,
    organizations_with_role,
    programmes,
)
from hub.selectors.places import (
    active_places_of,
    dock_of,
    drop_points_of,
    loading_places,
    places_by_pk,
    places_by_public_id,
    places_editable_by,
    places_of,
)

__all__ = [
    "notices_seen_by",
    "people_answering_for",
    "troubled",
    "Acting",
    "DEMO_ADDRESS",
    "SESSION_KEY",
    "acting_for",
    "active_places_of",
    "closed_cycles_on",
    "closed_cycles_since",
    "cycles_in_week",
    "cycles_run_by",
    "cycles_seen_by",
    "cycles_taking_orders",
    "cycles_to_close",
    "demo_person",
    "demo_roles",
    "dock_of",
    "drivers_of",
    "drop_points_of",
    "families",
    "families_editable_by",
    "hubs_coordinated_by",
    "hubs_joined_by",
    "is_week_closed",
    "jobs_of_kind",
    "jobs_seen_by",
    "last_cycle_of",
    "loading_places",
    "members_of",
    "members_of_hubs",
    "members_with_counts",
    "memberships_at",
    "memberships_of",
    "organizations_by_pk",
    "organizations_editable_by",
    "organizations_run_by",
    "organizations_seen_by",
    "organizations_with_role",
    "places_by_pk",
    "places_by_public_id",
    "places_editable_by",
    "places_of",
    "programmes",
    "roles_endable_by",
    "roles_in",
    "week_to_fill",
]
