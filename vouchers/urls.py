"""Addresses of the vouchers floor."""

from django.urls import path

from vouchers.views import envelopes, programmes

app_name = "vouchers"
urlpatterns = [
    path("", envelopes.envelopes, name="envelopes"),
    path("new/", envelopes.envelope_new, name="envelope_new"),
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/<slug:public_id>/end/", programmes.part, name="programme_part"),
    path("<slug:public_id>/", envelopes.envelope, name="envelope"),
    path("<slug:public_id>/top-up/", envelopes.top_up, name="top_up"),
    path("<slug:public_id>/withdraw/", envelopes.withdraw, name="withdraw"),
]
