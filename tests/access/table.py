"""Who may what: one line for each address and verb, one column for each person.

A mark says the answer to a person who asks with that verb:

    y  here it is            >  done or elsewhere      x  refused input, said in words
    .  absent (404)          s  please sign in         -  no such verb here (405)
    b  nonsense (400)        c  in conflict (409)

Where the address names a row, the line names it, and each person has two marks: for the
row of the first hub, and for its twin of the other hub. One mark serves both. POST is
sent with an empty form; one without its token is refused to everybody (403), which
needs no line. An address with no line for a verb answers 405.
"""

from tests.access.table_of_cash import CASH

COLUMNS = (
    "anonymous",
    "stranger",  # signed in, without any organization
    "farm_a",
    "farm_b",  # another farm of the same hub
    "group",
    "institution",
    "coordination",
    "other_hub",  # the coordination of the twin hub
    "driver",
    "funder",
    "operator",  # superuser
    "programme",  # who runs a voucher programme
    "distributor",  # who hands out food for the group
)
LIKE_THE_FUNDER = ("programme", "distributor")
"""The last columns: a line that leaves them out answers them as it does the funder."""

TABLE = f"""{CASH}
#    address                        row           an st fa fb gr in co ot dr fu op pr di
GET  account_confirm_login_code    -             >  >  >  >  >  >  >  >  >  >  >
POST account_confirm_login_code    -             >  >  >  >  >  >  >  >  >  >  >
GET  account_login                 -             y  >  >  >  >  >  >  >  >  >  >
POST account_login                 -             y  >  >  >  >  >  >  >  >  >  >
GET  account_logout                -             >  y  y  y  y  y  y  y  y  y  y
POST account_logout                -             >  >  >  >  >  >  >  >  >  >  >
GET  account_request_login_code    -             y  >  >  >  >  >  >  >  >  >  >
POST account_request_login_code    -             y  >  >  >  >  >  >  >  >  >  >
GET  account_signup                -             >  >  >  >  >  >  >  >  >  >  >
POST account_signup                -             >  >  >  >  >  >  >  >  >  >  >
# Second factors and devices
POST account_device_end            device        s  .  .  .  .  .  >. .> .  .  .
GET  account_devices               -             s  y  y  y  y  y  y  y  y  y  y
POST account_devices_end           -             s  >  >  >  >  >  >  >  >  >  >
GET  account_reauthenticate        -             s  y  y  y  y  y  >  >  y  y  y
POST account_reauthenticate        -             s  y  y  y  y  y  >  >  y  y  y
GET  account_second_factor         -             s  y  y  y  y  y  y  y  y  y  y
POST account_second_factor         -             s  >  >  >  >  >  >  >  >  >  >
GET  mfa_activate_totp             -             s  y  y  y  y  y  >  >  y  y  y
POST mfa_activate_totp             -             s  y  y  y  y  y  >  >  y  y  y
GET  mfa_add_webauthn              -             s  y  y  y  y  y  y  y  y  y  y
POST mfa_add_webauthn              -             s  y  y  y  y  y  y  y  y  y  y
GET  mfa_authenticate              -             >  >  >  >  >  >  >  >  >  >  >
POST mfa_authenticate              -             >  >  >  >  >  >  >  >  >  >  >
GET  mfa_deactivate_totp           -             s  .  .  .  .  .  y  y  .  .  .
POST mfa_deactivate_totp           -             s  .  .  .  .  .  >  >  .  .  .
GET  mfa_edit_webauthn             passkey       s  .  .  .  .  .  y. .y .  .  .
POST mfa_edit_webauthn             passkey       s  .  .  .  .  .  y. .y .  .  .
GET  mfa_generate_recovery_codes   -             s  y  y  y  y  y  y  y  y  y  y
POST mfa_generate_recovery_codes   -             s  y  y  y  y  y  >  >  y  y  y
GET  mfa_index                     -             s  y  y  y  y  y  y  y  y  y  y
POST mfa_index                     -             s  -  -  -  -  -  -  -  -  -  -
GET  mfa_login_webauthn            -             >  >  >  >  >  >  >  >  >  >  >
POST mfa_login_webauthn            -             >  >  >  >  >  >  >  >  >  >  >
GET  mfa_reauthenticate            -             s  >  >  >  >  >  y  y  >  >  >
POST mfa_reauthenticate            -             s  >  >  >  >  >  y  y  >  >  >
GET  mfa_reauthenticate_webauthn   -             s  >  >  >  >  >  y  y  >  >  >
POST mfa_reauthenticate_webauthn   -             s  >  >  >  >  >  >  >  >  >  >
GET  mfa_remove_webauthn           passkey       s  .  .  .  .  .  y. .y .  .  .
POST mfa_remove_webauthn           passkey       s  .  .  .  .  .  >. .> .  .  .
GET  mfa_view_recovery_codes       -             s  .  .  .  .  .  y  y  .  .  .
POST mfa_view_recovery_codes       -             s  -  -  -  -  -  -  -  -  -  -
# The ground floor
GET  hub:home                      -             y  y  >  >  >  >  >  >  >  >  y
GET  hub:today                     -             s  .  y  y  y  y  y  y  y  y  .
GET  hub:health                    -             y  y  y  y  y  y  y  y  y  y  y
GET  hub:help                      -             y  y  y  y  y  y  y  y  y  y  y
GET  hub:guides                    -             y  y  y  y  y  y  y  y  y  y  y
GET  hub:guide                     -             y  y  y  y  y  y  y  y  y  y  y
GET  hub:guide_pdf                 -             y  y  y  y  y  y  y  y  y  y  y
GET  hub:proofs                    -             y  y  y  y  y  y  y  y  y  y  y
POST hub:language                  -             >  >  >  >  >  >  >  >  >  >  >
POST hub:switch                    -             s  .  >  >  >  >  >  >  >  >  .
POST hub:demo_sign_in              -             .  .  .  .  .  .  .  .  .  .  .
GET  hub:me                        -             s  y  y  y  y  y  y  y  y  y  y
POST hub:me                        -             s  x  x  x  x  x  x  x  x  x  x
POST hub:my_notices                -             s  x  x  x  x  x  x  x  x  x  x
GET  hub:notice_stop               -             .  .  .  .  .  .  .  .  .  .  .
POST hub:notice_stop               -             .  .  .  .  .  .  .  .  .  .  .
GET  hub:my_organization           -             s  .  >  >  >  >  >  >  >  >  .
GET  hub:organizations             -             s  .  .  .  .  .  y  y  .  .  .
GET  hub:trail                      -             s  .  y  y  y  y  y  y  y  y  .  y  .
GET  hub:organization_new          -             s  .  .  .  .  .  y  y  .  .  .
POST hub:organization_new          -             s  .  .  .  .  .  x  x  .  .  .
GET  hub:organization              farm          s  .  y. .  .  .  y. .y .  .  .
GET  hub:organization              group         s  .  .  .  y. .  y. .y .  .  .  .  y.
GET  hub:organization              hub           s  .  .  .  .  .  y. .y .  .  .
POST hub:organization              farm          s  .  x. .  .  .  x. .x .  .  .
POST hub:organization_pause        farm          s  .  .  .  .  .  >. .> .  .  .
GET  hub:api_keys                  -             s  .  y  y  y  y  y  y  .  .  .  y  .
POST hub:api_keys                  -             s  .  x  x  x  x  x  x  .  .  .  x  .
POST hub:api_key_revoke            api_key       s  .  >. .  .  .  .  .  .  .  .
POST hub:invite                    farm          s  .  .  .  .  .  x. .x .  .  .
POST hub:membership_end            farm          s  .  .  .  .  .  >. .> .  .  .
GET  hub:webhooks                  -             s  .  y  y  y  y  y  y  .  .  .  y  .
POST hub:webhooks                  -             s  .  x  x  x  x  x  x  .  .  .  x  .
GET  hub:webhook                   endpoint      s  .  y. .  .  .  .  .  .  .  .
POST hub:webhook                   endpoint      s  .  x. .  .  .  .  .  .  .  .
POST hub:webhook_rotate            endpoint      s  .  y. .  .  .  .  .  .  .  .
POST hub:webhook_pause             endpoint      s  .  >. .  .  .  .  .  .  .  .
POST hub:webhook_resume            endpoint      s  .  >. .  .  .  .  .  .  .  .
POST hub:webhook_remove            endpoint      s  .  >. .  .  .  .  .  .  .  .
POST hub:webhook_test              endpoint      s  .  >. .  .  .  .  .  .  .  .
POST hub:webhook_again             endpoint      s  .  >. .  .  .  .  .  .  .  .
POST hub:delivery_again            message       s  .  >. .  .  .  .  .  .  .  .
GET  hub:places                    -             s  .  y  y  y  y  y  y  y  y  .
GET  hub:place_new                 -             s  .  y  y  y  y  y  y  y  y  .
POST hub:place_new                 -             s  .  x  x  x  x  x  x  x  x  .
GET  hub:place_sheet               drop_point    s  .  .  .  y. .  y. .y .  .  .  .  y.
GET  hub:place_photo               drop_point    s  .  .  .  .  .  .  .  .  .  .
GET  hub:place                     farm_place    s  .  y. .  .  .  y. .y .  .  .
GET  hub:place                     drop_point    s  .  .  .  y. .  y. .y .  .  .  .  y.
GET  hub:place                     carrier_place s  .  .  .  .  .  y. .y y. .  .
POST hub:place                     farm_place    s  .  x. .  .  .  x. .x .  .  .
GET  hub:cycles                    -             s  .  .  .  .  .  y  y  .  .  .
GET  hub:cycle_new                 -             s  .  .  .  .  .  y  y  .  .  .
POST hub:cycle_new                 -             s  .  .  .  .  .  x  x  .  .  .
GET  hub:cycle                     cycle         s  .  .  .  .  .  y. .y .  .  .
GET  hub:cycle                     draft         s  .  .  .  .  .  y. .y .  .  .
GET  hub:cycle_edit                cycle         s  .  .  .  .  .  y. .y .  .  .
POST hub:cycle_edit                cycle         s  .  .  .  .  .  x. .x .  .  .
POST hub:cycle_open                draft         s  .  .  .  .  .  >. .> .  .  .
POST hub:cycle_cancel              draft         s  .  .  .  .  .  >. .> .  .  .
GET  hub:notices                   -             s  .  .  .  .  .  y  y  .  .  .
GET  hub:notice_examples           -             s  .  .  .  .  .  y  y  .  .  .
GET  hub:notice                    notice        s  .  .  .  .  .  y. .y .  .  .
POST hub:notice_again              notice        s  .  .  .  .  .  >. .> .  .  .
GET  hub:families                  -             s  .  .  .  .  .  y  y  .  .  .
GET  hub:family_new                -             s  .  .  .  .  .  y  y  .  .  .
POST hub:family_new                -             s  .  .  .  .  .  x  x  .  .  .
GET  hub:family                    family        s  .  .  .  .  .  y. .y .  .  .
POST hub:family                    family        s  .  .  .  .  .  x. .x .  .  .
GET  hub:family                    common_family s  .  .  .  .  .  .  .  .  .  .
POST hub:family                    common_family s  .  .  .  .  .  .  .  .  .  .
GET  hub:books                     -             s  .  .  .  .  .  y  y  .  y  .  .  .
GET  hub:impact                    -             s  .  .  .  .  .  y  y  .  y  .  .  .
GET  hub:roles                     -             s  .  y  y  y  y  y  y  y  y  .
POST hub:invitation_again          invitation    s  .  .  .  .  .  >. .> .  .  .
POST hub:invitation_withdraw       invitation    s  .  .  .  .  .  >. .> .  .  .
GET  hub:invitations               -             s  y  y  y  y  y  y  y  y  y  y
POST hub:invitation_accept         invitation    s  .  .  >. .  .  .  .  .  .  .
POST hub:invitation_decline        invitation    s  .  .  >. .  .  .  .  .  .  .
# The farms
GET  producers:week                -             s  .  >  >  .  .  >  >  .  .  .
GET  producers:products            -             s  .  >  >  .  .  >  >  .  .  .
GET  producers:grid                farm          s  .  y. .  .  .  y. .y .  .  .
POST producers:grid                farm          s  .  >. .  .  .  >. .> .  .  .
POST producers:cell                farm          s  .  .  .  .  .  .  .  .  .  .
POST producers:copy                farm          s  .  >. .  .  .  >. .> .  .  .
POST producers:nothing             farm          s  .  >. .  .  .  >. .> .  .  .
GET  producers:catalogue           farm          s  .  y. .  .  .  y. .y .  .  .
GET  producers:minimum             farm          s  .  y. .  .  .  y. .y .  .  .
POST producers:minimum             farm          s  .  >. .  .  .  >. .> .  .  .
GET  producers:product_new         farm          s  .  y. .  .  .  y. .y .  .  .
POST producers:product_new         farm          s  .  x. .  .  .  x. .x .  .  .
GET  producers:product             product       s  .  y. .  .  .  y. .y .  .  .
POST producers:product             product       s  .  x. .  .  .  x. .x .  .  .
GET  producers:variant_new         product       s  .  y. .  .  .  y. .y .  .  .
POST producers:variant_new         product       s  .  x. .  .  .  x. .x .  .  .
GET  producers:variant             variant       s  .  y. .  .  .  y. .y .  .  .
POST producers:variant             variant       s  .  x. .  .  .  x. .x .  .  .
GET  producers:offer_new           spare_variant s  .  y. .  .  .  y. .y .  .  .
POST producers:offer_new           spare_variant s  .  x. .  .  .  x. .x .  .  .
GET  producers:offer               offer         s  .  y. .  .  .  y. .y .  .  .
POST producers:offer               offer         s  .  x. .  .  .  x. .x .  .  .
POST producers:product_active      product       s  .  >. .  .  .  >. .> .  .  .
POST producers:variant_active      variant       s  .  >. .  .  .  >. .> .  .  .
POST producers:offer_active        offer         s  .  >. .  .  .  >. .> .  .  .
GET  producers:farms               -             s  .  .  .  .  .  y  y  .  .  .
GET  producers:pooled_offers       -             s  .  .  .  .  .  y  y  .  .  .
GET  producers:pooled_offer_new    -             s  .  .  .  .  .  y  y  .  .  .
POST producers:pooled_offer_new    -             s  .  .  .  .  .  x  x  .  .  .
GET  producers:pooled_offer        pool          s  .  .  .  .  .  y. .y .  .  .
POST producers:pooled_offer        pool          s  .  .  .  .  .  x. .x .  .  .
POST producers:pooled_offer_active pool          s  .  .  .  .  .  >. .> .  .  .
GET  producers:today_panel         -             s  .  y  y  y  y  y  y  y  y  .
# Prices and the fund
GET  pricing:prices                -             s  .  .  .  .  .  y  y  .  .  .
POST pricing:start                 -             s  .  .  .  .  .  >  >  .  .  .
POST pricing:tiers                 -             s  .  .  .  .  .  x  x  .  .  .
POST pricing:margin                -             s  .  .  .  .  .  x  x  .  .  .
POST pricing:transport             -             s  .  .  .  .  .  x  x  .  .  .
POST pricing:fee                   -             s  .  .  .  .  .  x  x  .  .  .
GET  pricing:explained             -             s  .  y  y  y  y  y  y  y  y  .
GET  pricing:agreements            -             s  .  .  .  .  .  y  y  .  .  .
POST pricing:agreements            -             s  .  .  .  .  .  x  x  .  .  .
POST pricing:agreement_end         group         s  .  .  .  .  .  .  .  .  .  .
GET  pricing:fund                  -             s  .  .  .  .  .  y  y  .  .  .
POST pricing:fund_open             -             s  .  .  .  .  .  >  >  .  .  .
POST pricing:runway                -             s  .  .  .  .  .  x  x  .  .  .
POST pricing:stop_rule             -             s  .  .  .  .  .  x  x  .  .  .
POST pricing:fund_publish          -             s  .  .  .  .  .  >  >  .  .  .
GET  pricing:fund_public           hub           .  .  .  .  .  .  .  .  .  .  .
POST pricing:lot_new               -             s  .  .  .  .  .  x  x  .  .  .
POST pricing:deposit               -             s  .  .  .  .  .  x  x  .  .  .
POST pricing:lot_prolong           -             s  .  .  .  .  .  x  x  .  .  .
POST pricing:lot_return            -             s  .  .  .  .  .  x  x  .  .  .
GET  pricing:today_panel           -             s  .  .  .  .  .  y  y  .  .  .
# Envelopes
GET  vouchers:envelopes            -             s  .  .  .  y  .  .  .  .  .  .  y  y
GET  vouchers:envelope_new         -             s  .  .  .  .  .  .  .  .  .  .  y  .
POST vouchers:envelope_new         -             s  .  .  .  .  .  .  .  .  .  .  x  .
GET  vouchers:envelope             envelope      s  .  .  .  y. .  .  .  .  .  .  y. y.
POST vouchers:top_up               envelope      s  .  .  .  .  .  .  .  .  .  .  x. .
POST vouchers:withdraw             envelope      s  .  .  .  .  .  .  .  .  .  .  x. .
GET  vouchers:programmes           -             s  .  .  .  .  .  y  y  .  .  .
POST vouchers:programmes           -             s  .  .  .  .  .  x  x  .  .  .
POST vouchers:programme_part       programme     s  .  .  .  .  .  >. .> .  .  .
# Ordering
GET  orders:basket                 -             s  .  .  .  y  y  .  .  .  .  .
GET  orders:orders                 -             s  .  .  .  y  y  .  .  .  .  .
POST orders:open_basket            cycle         s  .  .  .  >. >. .. .. .  .  .
GET  orders:cycle                  cycle         s  .  .  .  .  .  y. .y .  .  .
GET  orders:shares                 closed        s  .  .  .  .  .  y. .y .  .  .
GET  orders:pick_lists             closed        s  .  .  .  .  .  y. .y .  .  .
GET  orders:packing_lists          closed        s  .  .  .  .  .  y. .y .  .  .
GET  orders:packing_lists_pdf      closed        s  .  .  .  .  .  .  .  .  .  .
GET  orders:lot_labels             cycle         s  .  y. y. .  .  .  .  .  .  .
GET  orders:lot_labels_pdf         cycle         s  .  .  .  .  .  .  .  .  .  .
GET  orders:sold                   -             s  .  y  y  .  .  .  .  .  .  .
GET  orders:sold_in                cycle         s  .  y. y. .  .  .  .  .  .  .
GET  orders:pick_list              cycle         s  .  y. y. .  .  .  .  .  .  .
GET  orders:pick_list_pdf          cycle         s  .  y. y. .  .  .  .  .  .  .
GET  orders:invoices               -             s  .  .  .  .  .  y  y  .  .  .  .  .
GET  orders:my_invoices            -             s  .  .  .  y  y  .  .  .  .  .  .  .
GET  orders:close_rule             -             s  .  .  .  .  .  y  y  .  .  .  .  .
POST orders:close_rule             -             s  .  .  .  .  .  x  x  .  .  .  .  .
GET  orders:seller                 -             s  .  .  .  .  .  y  y  .  .  .  .  .
POST orders:seller                 -             s  .  .  .  .  .  >  >  .  .  .  .  .
GET  orders:invoice                invoice       s  .  .  .  y. .  y. .y .  .  .  .  .
GET  orders:invoice_pdf            invoice       s  .  .  .  y. .  y. .y .  .  .  .  .
GET  orders:correct                invoice       s  .  .  .  .  .  y. .y .  .  .  .  .
POST orders:correct                invoice       s  .  .  .  .  .  x. .x .  .  .  .  .
GET  orders:settle_day             -             s  .  .  .  .  .  y  y  .  .  .  .  .
POST orders:settle_day             -             s  .  .  .  .  .  >  >  .  .  .  .  .
GET  orders:accounts               -             s  .  .  .  .  .  y  y  .  .  .  .  .
GET  orders:account                group         s  .  .  .  .  .  y. .y .  .  .  .  .
GET  orders:account                farm          s  .  .  .  .  .  y. .y .  .  .  .  .
POST orders:account                group         s  .  .  .  .  .  x. .x .  .  .  .  .
GET  orders:payments               -             s  .  .  .  .  .  y  y  .  .  .  .  .
POST orders:payments               -             s  .  .  .  .  .  >  >  .  .  .  .  .
GET  orders:payment_new            -             s  .  .  .  .  .  y  y  .  .  .  .  .
POST orders:payment_new            -             s  .  .  .  .  .  x  x  .  .  .  .  .
GET  orders:payment_files          -             s  .  .  .  .  .  y  y  .  .  .  .  .
POST orders:payment_files          -             s  .  .  .  .  .  x  x  .  .  .  .  .
GET  orders:payment_file           bank_file     s  .  .  .  .  .  y. .y .  .  .  .  .
POST orders:payment_file           bank_file     s  .  .  .  .  .  .  .  .  .  .  .  .
GET  orders:payment_rule           -             s  .  .  .  .  .  y  y  .  .  .  .  .
POST orders:payment_rule           -             s  .  .  .  .  .  x  x  .  .  .  .  .
GET  orders:payment                payment       s  .  .  .  .  .  y. .y .  .  .  .  .
GET  orders:payment                matched       s  .  .  .  .  .  y. .y .  .  .  .  .
POST orders:payment                payment       s  .  .  .  .  .  .  .  .  .  .  .  .
GET  orders:credit                 group         s  .  .  .  .  .  y. .y .  .  .  .  .
POST orders:credit                 group         s  .  .  .  .  .  .  .  .  .  .  .  .
GET  orders:statements             -             s  .  y  y  .  .  .  .  .  .  .  .  .
GET  orders:statement              -             s  .  y  y  .  .  .  .  .  .  .  .  .
GET  orders:statement_pdf          -             s  .  y  y  .  .  .  .  .  .  .  .  .
GET  orders:break_even             -             s  .  .  .  .  .  y  y  .  .  .
GET  orders:simulator              -             s  .  .  .  .  .  y  y  .  .  .
GET  orders:today_panel            -             s  .  y  y  y  y  y  y  y  y  .
GET  orders:list                   basket        s  .  .  .  y. .  y. .y .  .  .
POST orders:list                   basket        s  .  .  .  >. .  >. .> .  .  .
GET  orders:basket_page            basket        s  .  .  .  y. .  y. .y .  .  .
POST orders:basket_page            basket        s  .  .  .  x. .  x. .x .  .  .
GET  orders:confirm                basket        s  .  .  .  y. .  y. .y .  .  .
POST orders:confirm                basket        s  .  .  .  c. .  c. .c .  .  .
POST orders:copy_last              basket        s  .  .  .  >. .  >. .> .  .  .
POST orders:empty                  basket        s  .  .  .  >. .  >. .> .  .  .
POST orders:fair_price             basket        s  .  .  .  >. .  >. .> .  .  .
GET  orders:order                  group_order   s  .  .  .  y. .  y. .y .  .  .
GET  orders:order                  institution_order s .  .  .  .  y. y. .y .  .  .
POST orders:change                 group_order   s  .  .  .  >. .  >. .> .  .  .
POST orders:default_order          group_order   s  .  .  .  >. .  .  .  .  .  .
POST orders:households             group_order   s  .  .  .  >. .  >. .> .  .  .
GET  orders:cancel                 group_order   s  .  .  .  y. .  y. .y .  .  .
POST orders:cancel                 group_order   s  .  .  .  >. .  >. .> .  .  .
# Trucks and routes
GET  routing:plans                 -             s  .  .  .  .  .  y  y  .  .  .
GET  routing:day                   fleet         s  .  .  .  .  .  y. .y .  .  .
POST routing:propose               fleet         s  .  .  .  .  .  >. .> .  .  .
GET  routing:planning              job           s  .  .  .  .  .  >. .> .  .  .
POST routing:stop                  job           s  .  .  .  .  .  >. .> .  .  .
POST routing:discard               job           s  .  .  .  .  .  >. .> .  .  .
GET  routing:letters               plan          s  .  .  .  .  .  y. .y .  .  .
GET  routing:plan                  plan          s  .  .  .  .  .  y. .y .  .  .
GET  routing:withdraw              plan          s  .  .  .  .  .  y. .y .  .  .
POST routing:withdraw              plan          s  .  .  .  .  .  x. .x .  .  .
POST routing:publish               plan          s  .  .  .  .  .  >. .> .  .  .
GET  routing:adjusting             plan          s  .  .  .  .  .  >. .> .  .  .
POST routing:adjust                plan          s  .  .  .  .  .  >. .> .  .  .
POST routing:step                  plan          s  .  .  .  .  .  >. .> .  .  .
POST routing:improve               plan          s  .  .  .  .  .  >. .> .  .  .
GET  routing:compare               plan          s  .  .  .  .  .  y. .y .  .  .
GET  routing:unserved              plan          s  .  .  .  .  .  y. .y .  .  .
POST routing:unserved              plan          s  .  .  .  .  .  x. .x .  .  .
POST routing:dispatch              plan          s  .  .  .  .  .  >. .> .  .  .
GET  routing:breakdown_new         plan          s  .  .  .  .  .  y. .y .  .  .
POST routing:breakdown_new         plan          s  .  .  .  .  .  x. .x .  .  .
GET  routing:breakdown             breakdown     s  .  .  .  .  .  y. .y .  .  .
POST routing:approve               breakdown     s  .  .  .  .  .  >. .> .  .  .
POST routing:rest_again            breakdown     s  .  .  .  .  .  >. .> .  .  .
POST routing:abandon               breakdown     s  .  .  .  .  .  >. .> .  .  .
POST routing:resume                breakdown     s  .  .  .  .  .  >. .> .  .  .
GET  routing:closing               cycle         s  .  .  .  .  .  y. .y .  .  .
GET  routing:reopen                cycle         s  .  .  .  .  .  y. .y .  .  .
POST routing:reopen                cycle         s  .  .  .  .  .  x. .x .  .  .
POST routing:close                 cycle         s  .  .  .  .  .  >. .> .  .  .
GET  routing:pools                 -             s  .  .  .  .  .  y  y  .  .  .
GET  routing:pool_new              -             s  .  .  .  .  .  y  y  .  .  .
POST routing:pool_new              -             s  .  .  .  .  .  x  x  .  .  .
GET  routing:pool_join             -             s  .  .  .  .  .  y  y  .  .  .
POST routing:pool_join             -             s  .  .  .  .  .  x  x  .  .  .
GET  routing:pool                  fleet         s  .  .  .  .  .  y. .y .  .  .
POST routing:pool                  fleet         s  .  .  .  .  .  x. .x .  .  .
POST routing:pool_leave            fleet         s  .  .  .  .  .  >. .> .  .  .
GET  routing:vehicle_new           fleet         s  .  .  .  .  .  y. .y .  .  .
POST routing:vehicle_new           fleet         s  .  .  .  .  .  x. .x .  .  .
GET  routing:vehicle               vehicle       s  .  .  .  .  .  y. .y y. .  .
POST routing:vehicle               vehicle       s  .  .  .  .  .  x. .x x. .  .
GET  routing:offer                 vehicle       s  .  .  .  .  .  y. .y y. .  .
POST routing:offer                 vehicle       s  .  .  .  .  .  x. .x x. .  .
GET  routing:keep                  vehicle       s  .  .  .  .  .  y. .y y. .  .
POST routing:keep                  vehicle       s  .  .  .  .  .  x. .x x. .  .
GET  routing:lending               -             s  .  y  y  y  y  y  y  y  .  .
GET  routing:own_vehicle_new       -             s  .  y  y  y  y  y  y  y  .  .
POST routing:own_vehicle_new       -             s  .  x  x  x  x  x  x  x  .  .
POST routing:loans_decide          -             s  .  >  >  >  >  >  >  >  .  .
GET  routing:calendar              -             s  .  y  y  y  y  y  y  y  .  .
GET  routing:calendar_week         -             s  .  y  y  y  y  y  y  y  .  .
GET  routing:calendars             -             s  .  y  y  y  y  y  y  y  y  .  y  y
GET  routing:calendar_feed         -             .  .  .  .  .  .  .  .  .  .  .
POST routing:calendar_make         -             s  .  y  y  y  y  y  y  y  y  .  y  y
POST routing:calendar_revoke       -             s  .  >  >  >  >  >  >  >  >  .  >  >
GET  routing:papers                -             s  .  y  y  y  y  y  y  y  .  .
GET  routing:vehicle_papers        vehicle       s  .  .  .  .  .  y. .y y. .  .
POST routing:vehicle_papers        vehicle       s  .  .  .  .  .  x. .x x. .  .
GET  routing:vehicle_scan          vehicle       s  .  .  .  .  .  .  .  .  .  .
GET  routing:driver_papers         trucker       s  .  .  .  .  .  y. .y y. .  .
POST routing:driver_papers         trucker       s  .  .  .  .  .  x. .x x. .  .
GET  routing:driver_scan           trucker       s  .  .  .  .  .  .  .  .  .  .
GET  routing:route_driver          plan          s  .  .  .  .  .  y. .y .  .  .
POST routing:route_driver          plan          s  .  .  .  .  .  >. .> .  .  .
GET  routing:stop_sheet            plan          s  .  .  .  .  .  .  .  y. .  .
GET  routing:route_paper           plan          s  .  .  .  .  .  y. .y y. .  .
GET  routing:route_paper_pdf       plan          s  .  .  .  .  .  y. .y y. .  .
GET  routing:route_track           plan          s  .  .  .  .  .  y. .y y. .  .
GET  routing:plan_track            plan          s  .  .  .  .  .  y. .y .  .  .
GET  routing:my_routes             -             s  .  .  .  .  .  .  .  y  .  .
GET  routing:route                 plan          s  .  .  .  .  .  .  .  y. .  .
GET  routing:road                  road          s  .  .  .  .  .  y. .y .  .  .
GET  routing:stop_photo            plan          s  .  .  .  .  .  .  .  .  .  .
GET  routing:drive                 driven        s  .  .  .  .  .  .  .  y. .  .
GET  routing:tell                  driven        s  .  .  .  .  .  y. .y .  .  .
POST routing:tell_tap              driven        s  .  .  .  .  .  >. .> .  .  .
POST routing:drive_tap             driven        s  .  .  .  .  .  .  .  >. .  .
POST routing:drive_taps            driven        s  .  .  .  .  .  .  .  b. .  .
GET  routing:drive_pass            -             s  y  y  y  y  y  y  y  y  y  y
GET  routing:drive_worker          -             y  y  y  y  y  y  y  y  y  y  y
GET  routing:settlement            fleet         s  .  .  .  .  .  y. .y .  .  .
GET  routing:reopen_day            fleet         s  .  .  .  .  .  y. .y .  .  .
POST routing:reopen_day            fleet         s  .  .  .  .  .  x. .x .  .  .
POST routing:settle                fleet         s  .  .  .  .  .  >. .> .  .  .
GET  routing:share                 share         s  .  .  .  y. .  y. .y .  .  .
GET  routing:my_shares             -             s  .  y  y  y  y  .  .  .  .  .
GET  routing:my_pay                -             s  .  y  y  y  y  y  y  y  .  .
GET  routing:settlement_rule       -             s  .  .  .  .  .  y  y  .  .  .
POST routing:settlement_rule       -             s  .  .  .  .  .  x  x  .  .  .
GET  routing:first_steps           -             s  .  .  .  .  .  y  y  .  .  .
GET  routing:first_steps_panel     -             s  .  .  .  .  .  >  >  .  .  .
POST routing:step_hide             -             s  .  .  .  .  .  >  >  .  .  .
POST routing:sample_load           -             s  .  .  .  .  .  >  >  .  .  .
POST routing:samples_remove        -             s  .  .  .  .  .  >  >  .  .  .
GET  routing:imports               -             s  .  .  .  .  .  y  y  .  .  .
GET  routing:import_new            -             s  .  .  .  .  .  y  y  .  .  .
POST routing:import_new            -             s  .  .  .  .  .  x  x  .  .  .
GET  routing:import_model          -             s  .  .  .  .  .  y  y  .  .  .
GET  routing:import_batch          draft_sheet   s  .  .  .  .  .  y. .y .  .  .
GET  routing:import_batch          sheet         s  .  .  .  .  .  y. .y .  .  .
POST routing:import_batch          draft_sheet   s  .  .  .  .  .  x. .x .  .  .
POST routing:import_confirm        draft_sheet   s  .  .  .  .  .  >. .> .  .  .
POST routing:import_undo           sheet         s  .  .  .  .  .  >. .> .  .  .
POST routing:import_discard        draft_sheet   s  .  .  .  .  .  >. .> .  .  .
GET  routing:today_panel           -             s  .  .  .  .  .  y  y  .  .  .
"""
