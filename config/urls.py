"""Every address of the site, floor by floor."""

from django.urls import include, path

from config.api import api

urlpatterns = [
    path("", include("hub.urls")),
    path("producers/", include("producers.urls")),
    path("pricing/", include("pricing.urls")),
    path("vouchers/", include("vouchers.urls")),
    path("orders/", include("orders.urls")),
    path("routing/", include("routing.urls")),
    path("api/v1/", api.urls),
    path("accounts/", include("hub.urls.sign_in")),
]
handler403 = "hub.views.errors.forbidden"
handler400 = "hub.views.errors.unreadable"
handler404 = "hub.views.errors.not_found"
handler429 = "hub.views.errors.too_many"
handler500 = "hub.views.errors.broken"
