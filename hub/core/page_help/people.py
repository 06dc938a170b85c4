"""Pages about people, members, places, programs and letters."""

from hub.core.errors import N_
from hub.core.page_help.help import Help

HELP = (
    Help(
        pages=("hub:me",),
        forms=("hub:my_notices",),
        sections={"everyone": "letters"},
        about=N_("Your name, your language, and which letters reach you, and when."),
        then=N_(
            "Saving counts from the next letter on. Letters about money or about your "
            "part of a day always come."
        ),
        back=N_("All of it can be changed again at any time."),
    ),
    Help(
        pages=(
            "mfa_index",
            "account_second_factor",
            "mfa_add_webauthn",
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_edit_webauthn",
            "mfa_remove_webauthn",
            "mfa_generate_recovery_codes",
            "mfa_view_recovery_codes",
        ),
        sections={"everyone": "security"},
        about=N_(
            "A second proof that it is you, beside the code sent by email: a passkey "
            "or an app. Roles that move money need one."
        ),
        then=N_(
            "What you add works at your next sign-in. Keep your recovery codes on "
            "paper."
        ),
        back=N_(
            "You may take a way back and add another. Old recovery codes stop working "
            "when new ones are made."
        ),
    ),
    Help(
        pages=("account_devices",),
        forms=("account_device_end", "account_devices_end"),
        sections={"everyone": "security"},
        about=N_("The phones and computers where you are signed in."),
        then=N_(
            "“%(one)s” ends that device at once. Use it when a phone is lost or a "
            "computer is shared."
        ),
        back=N_("Signing in again there is enough to undo it."),
        buttons={"one": N_("Sign it out")},
    ),
    Help(
        pages=("hub:organizations", "hub:organization_new"),
        sections={"coordinator": "people"},
        about=N_("The farms, buyers, carriers and programmes that work with your hub."),
        then=N_(
            "“%(new)s” opens a page for one member; “%(sheets)s” takes a whole list. "
            "Nobody is written to: people are invited afterwards, from the member’s "
            "page."
        ),
        back=N_(
            "A member’s kind stays as chosen. A member is set aside, never erased, for "
            "its history must stay readable."
        ),
        buttons={"new": N_("Add a member"), "sheets": N_("Import my sheets")},
    ),
    Help(
        pages=("hub:organization",),
        forms=(
            "hub:organization_pause",
            "hub:invite",
            "hub:membership_end",
            "hub:invitation_again",
            "hub:invitation_withdraw",
        ),
        sections={"coordinator": "people"},
        about=N_(
            "Everything about one organization: how to reach it, its people and their "
            "roles, its places."
        ),
        then=N_(
            "“%(invite)s” sends an email; the role is given when the person accepts. "
            "“%(aside)s” closes the door to its people at once."
        ),
        back=N_(
            "An invitation can be withdrawn, a role given again, a member taken back. "
            "What people did stays in the journal."
        ),
        buttons={"invite": N_("Invite"), "aside": N_("Set aside")},
    ),
    Help(
        pages=("hub:invitations",),
        forms=("hub:invitation_accept", "hub:invitation_decline"),
        sections={"everyone": "invitation"},
        about=N_("Organizations that offer you a role in Charroi."),
        then=N_(
            "“%(yes)s” opens the pages of that role at once. “%(no)s” closes the "
            "invitation and gives you nothing."
        ),
        back=N_(
            "A role is taken away by the coordination, when you ask. An invitation "
            "declined has to be sent anew."
        ),
        buttons={"yes": N_("Accept"), "no": N_("Decline")},
    ),
    Help(
        pages=("hub:places", "hub:place_new", "hub:place"),
        sections={"everyone": "place"},
        about=N_(
            "Where trucks stop: the address, the pin on the map, the hours, and how to "
            "get in."
        ),
        then=N_(
            "Plans made from now on use what you save; drivers read it on their sheet. "
            "Without a pin, no truck is sent."
        ),
        back=N_(
            "You can correct a place at any time. A plan that is published keeps the "
            "hours it was made with."
        ),
    ),
    Help(
        pages=("hub:api_keys",),
        forms=("hub:api_key_revoke",),
        sections={"everyone": "security"},
        about=N_(
            "Lets a program (accounting, farm shop, spreadsheet) act for your "
            "organization, within what you tick."
        ),
        then=N_("“%(make)s” shows the key once: copy it into the program right away."),
        back=N_(
            "“%(out)s” is final: make another key if the program is still needed. What "
            "the program did stays."
        ),
        buttons={"make": N_("Make a key"), "out": N_("Yes, put it out")},
    ),
    Help(
        pages=("hub:webhooks", "hub:webhook"),
        forms=(
            "hub:webhook_rotate",
            "hub:webhook_pause",
            "hub:webhook_resume",
            "hub:webhook_remove",
            "hub:webhook_test",
            "hub:webhook_again",
            "hub:delivery_again",
        ),
        about=N_(
            "Tells a program of yours what happens here, as it happens. If you have no "
            "programmer, you need nothing here."
        ),
        then=N_(
            "“%(test)s” sends a message without consequence. “%(pause)s” holds "
            "messages back until you resume."
        ),
        back=N_(
            "A message can be sent again. An address removed forgets what waited for "
            "it."
        ),
        buttons={"test": N_("Send a test"), "pause": N_("Pause")},
    ),
    Help(
        pages=("routing:calendars",),
        forms=("routing:calendar_make", "routing:calendar_revoke"),
        about=N_(
            "Shows the days of Charroi in the calendar of your phone or computer."
        ),
        then=N_(
            "“%(make)s” gives a secret address, shown once: whoever has it reads your "
            "calendar, and nothing else."
        ),
        back=N_(
            "“%(new)s” or “%(back)s” kills the old address at once, for good. You may "
            "make another at any time."
        ),
        buttons={
            "make": N_("Make an address"),
            "new": N_("Yes, make a new address"),
            "back": N_("Yes, take it back"),
        },
    ),
    Help(
        pages=("hub:families", "hub:family_new", "hub:family"),
        about=N_(
            "The shelves of your catalogue: vegetables, eggs, bread… Envelopes may be "
            "limited to some of them."
        ),
        then=N_("A family you add can be chosen at once for products and envelopes."),
        back=N_(
            "Its names can be corrected. The families common to every hub are not "
            "yours to change."
        ),
    ),
    Help(
        pages=("hub:notices", "hub:notice", "hub:notice_examples"),
        forms=("hub:notice_again",),
        sections={"coordinator": "people"},
        about=N_(
            "Every letter that Charroi wrote for your hub: to whom, in which words, "
            "sent or not."
        ),
        then=N_(
            "“%(again)s” is offered when a letter did not leave, or when nobody knows. "
            "No letter leaves twice by itself."
        ),
        back=N_("A letter that left cannot be called back: call its reader."),
        buttons={"again": N_("Send it again")},
    ),
)
