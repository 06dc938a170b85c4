"""Addresses of the orders floor."""

from django.urls import path

from orders.views import (
    accounts,
    bank_files,
    baskets,
    cash,
    coordination,
    cycle_papers,
    farms,
    invoices,
    orders,
    panels,
    received,
    received_one,
    settling,
    simulator,
)

app_name = "orders"
urlpatterns = [
    path("", baskets.cycles, name="basket"),
    path("mine/", orders.orders, name="orders"),
    path("cycle/<slug:public_id>/open/", baskets.open_basket, name="open_basket"),
    path("cycle/<slug:public_id>/", coordination.cycle, name="cycle"),
    path("cycle/<slug:public_id>/shares/", coordination.shares, name="shares"),
    path("basket/<slug:public_id>/", baskets.basket_page, name="basket_page"),
    path("basket/<slug:public_id>/list/", baskets.basket_list, name="list"),
    path("basket/<slug:public_id>/confirm/", baskets.confirm, name="confirm"),
    path("basket/<slug:public_id>/fair-price/", baskets.fair_price, name="fair_price"),
    path("basket/<slug:public_id>/copy-last/", baskets.copy_last, name="copy_last"),
    path("basket/<slug:public_id>/empty/", baskets.empty, name="empty"),
    path("order/<slug:public_id>/", orders.order, name="order"),
    path("order/<slug:public_id>/change/", orders.change, name="change"),
    path("order/<slug:public_id>/default/", orders.default_order, name="default_order"),
    path("order/<slug:public_id>/households/", orders.households, name="households"),
    path("order/<slug:public_id>/cancel/", orders.cancel, name="cancel"),
    path("cycle/<slug:public_id>/pick-lists/", farms.pick_lists, name="pick_lists"),
    path("sold/", farms.sold, name="sold"),
    path("sold/<slug:public_id>/", farms.sold_in, name="sold_in"),
    path(
        "cycle/<slug:public_id>/packing-lists/",
        cycle_papers.packing_lists,
        name="packing_lists",
    ),
    path(
        "cycle/<slug:public_id>/packing-lists.pdf",
        cycle_papers.packing_lists_pdf,
        name="packing_lists_pdf",
    ),
    path("sold/<slug:public_id>/labels/", cycle_papers.labels, name="lot_labels"),
    path(
        "sold/<slug:public_id>/labels.pdf",
        cycle_papers.labels_pdf,
        name="lot_labels_pdf",
    ),
    path("sold/<slug:public_id>/pick-list/", farms.pick_list_page, name="pick_list"),
    path(
        "sold/<slug:public_id>/pick-list.pdf",
        farms.pick_list_pdf,
        name="pick_list_pdf",
    ),
    path("close-rule/", coordination.close_rule, name="close_rule"),
    path("invoices/", invoices.invoices, name="invoices"),
    path("invoices/mine/", invoices.my_invoices, name="my_invoices"),
    path("invoices/seller/", settling.seller, name="seller"),
    path("invoice/<slug:public_id>/", invoices.invoice, name="invoice"),
    path(
        "invoice/<slug:public_id>/invoice.pdf", invoices.invoice_pdf, name="invoice_pdf"
    ),
    path("invoice/<slug:public_id>/correct/", invoices.correct, name="correct"),
    path("settle/<slug:service_on>/", settling.settle_day, name="settle_day"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/<slug:public_id>/", accounts.account, name="account"),
    path("terms/", cash.terms, name="terms"),
    path("payments/", received.payments, name="payments"),
    path("payments/new/", received.payment_new, name="payment_new"),
    path("payments/files/", bank_files.payment_files, name="payment_files"),
    path(
        "payments/file/<slug:public_id>/", bank_files.payment_file, name="payment_file"
    ),
    path("payments/rule/", received.payment_rule, name="payment_rule"),
    path("payment/<slug:public_id>/", received_one.payment, name="payment"),
    path("accounts/<slug:public_id>/credit/", received_one.credit, name="credit"),
    path("statements/", accounts.statements, name="statements"),
    path("statements/period/", accounts.statement, name="statement"),
    path("statements/period.pdf", accounts.statement_pdf, name="statement_pdf"),
    path("fund/simulator/", simulator.simulator, name="simulator"),
    path("break-even/", panels.break_even, name="break_even"),
    path("today/", panels.today_panel, name="today_panel"),
]
