"""People who sign in: an address, a name, a language; no password is needed."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id
from hub.core.privacy import Personal
from hub.core.quiet import QUIET_FROM_S, QUIET_UNTIL_S

if TYPE_CHECKING:
    from hub.models.organization import Membership


class PersonManager(BaseUserManager["Person"]):
    """Creates people; an address is compared without regard to case."""

    def create_user(self, email: str, name: str = "", **fields: Any) -> "Person":
        """Add a person who signs in by a code sent to `email`."""
        person = self.model(email=email.strip().lower(), name=name, **fields)
        person.set_unusable_password()
        person.save(using=self._db)
        return person

    def create_superuser(
        self, email: str, password: str | None = None, **fields: Any
    ) -> "Person":
        """Add an operator of the installation (management commands only)."""
        person = self.create_user(email, is_staff=True, is_superuser=True, **fields)
        if password:
            person.set_password(password)
            person.save(using=self._db)
        return person


class Person(AbstractBaseUser, PermissionsMixin):
    """A human being who may hold roles in several organizations.

    Or the program behind one API key (`is_machine`): never active, so it can neither
    sign in nor be written to.
    """

    PERSONAL_FIELDS: ClassVar = {
        "email": Personal("Sign in and send notices.", 730),
        "name": Personal("Say who did what to colleagues.", 730),
        "phone": Personal("Call about a delivery on its day.", 365),
        "language": Personal("Write in the person's language.", 730),
        "quiet_from_s": Personal("Write at hours that suit the person.", 730),
        "quiet_until_s": Personal("Write at hours that suit the person.", 730),
        "last_login": Personal("See unused accounts.", 730),
    }

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    email = models.EmailField(_("email"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    language = models.CharField(_("language"), max_length=8, default="fr-ca")
    quiet_from_s = models.PositiveIntegerField(_("quiet from"), default=QUIET_FROM_S)
    quiet_until_s = models.PositiveIntegerField(_("quiet until"), default=QUIET_UNTIL_S)
    is_active = models.BooleanField(_("active"), default=True)
    is_machine = models.BooleanField(_("program"), default=False)
    is_staff = models.BooleanField(_("operator"), default=False)
    joined_at = models.DateTimeField(_("joined at"), default=timezone.now)
    factor_asked_on = models.DateField(
        _("second factor asked on"), null=True, blank=True
    )
    num_sign_outs = models.PositiveIntegerField(
        _("times signed out everywhere"), default=0
    )

    roles_read: "list[Membership] | None" = None
    """The roles read along with the person of a session; None when they were not."""

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="hub_person_email_once"),
            models.CheckConstraint(
                name="hub_person_machine_never_active",
                condition=models.Q(is_machine=False) | models.Q(is_active=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What every session of this person carries: signing out everywhere changes it.

        Until then it is Django's own, so that nobody was signed out by this column.
        """
        plain: str = super()._get_session_auth_hash(secret=secret)  # type: ignore[misc] # not in the stubs
        if not self.num_sign_outs:
            return plain
        salt = f"signed out everywhere {self.num_sign_outs}"
        return salted_hmac(salt, plain, secret=secret, algorithm="sha256").hexdigest()
