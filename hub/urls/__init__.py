"""Addresses of the ground floor."""

from django.urls import path

from hub.views import (
    api_keys,
    cycles,
    demo,
    families,
    home,
    impact,
    notices,
    organizations,
    people,
    places,
)

app_name = "hub"
urlpatterns = [
    path("", home.home, name="home"),
    path("today/", home.today, name="today"),
    path("health", home.health, name="health"),
    path("help/", home.help_page, name="help"),
    path("language/", home.language, name="language"),
    path("switch/", home.switch, name="switch"),
    path("me/", people.me, name="me"),
    path("demo/sign-in/", demo.demo_sign_in, name="demo_sign_in"),
    path("organization/", organizations.my_organization, name="my_organization"),
    path("organizations/", organizations.organizations, name="organizations"),
    path("organizations/new/", organizations.organization_new, name="organization_new"),
    path(
        "organizations/<slug:public_id>/",
        organizations.organization,
        name="organization",
    ),
    path(
        "organizations/<slug:public_id>/pause/",
        organizations.organization_pause,
        name="organization_pause",
    ),
    path("organizations/<slug:public_id>/invite/", organizations.invite, name="invite"),
    path(
        "organizations/<slug:public_id>/people/<slug:person_id>/<slug:role>/end/",
        organizations.membership_end,
        name="membership_end",
    ),
    path("programs/", api_keys.api_keys, name="api_keys"),
    path(
        "programs/<slug:public_id>/put-out/",
        api_keys.api_key_revoke,
        name="api_key_revoke",
    ),
    path("places/", places.places, name="places"),
    path("places/new/", places.place_new, name="place_new"),
    path("places/<slug:public_id>/", places.place, name="place"),
    path("places/<slug:public_id>/sheet/", places.place_sheet, name="place_sheet"),
    path("places/<slug:public_id>/photo/", places.place_photo, name="place_photo"),
    path("cycles/", cycles.cycles, name="cycles"),
    path("cycles/new/", cycles.cycle_new, name="cycle_new"),
    path("cycles/<slug:public_id>/", cycles.cycle, name="cycle"),
    path("cycles/<slug:public_id>/edit/", cycles.cycle_edit, name="cycle_edit"),
    path("cycles/<slug:public_id>/open/", cycles.cycle_open, name="cycle_open"),
    path("cycles/<slug:public_id>/cancel/", cycles.cycle_cancel, name="cycle_cancel"),
    path("results/", impact.impact, name="impact"),
    path("notices/", notices.notices, name="notices"),
    path("notices/<slug:public_id>/", notices.notice, name="notice"),
    path("notices/<slug:public_id>/again/", notices.notice_again, name="notice_again"),
    path("families/", families.families, name="families"),
    path("families/new/", families.family_new, name="family_new"),
    path("families/<slug:code>/", families.family, name="family"),
]
