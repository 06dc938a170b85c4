"""Find this machine's services and prepare a database of our own on PostgreSQL.

`prepare` prints the addresses as shell assignments on its output, and what does
not answer on its error output; `remove` takes the database and its roles away.
"""

import os
import secrets
import socket
import sys

import psycopg
from psycopg import sql

ADMIN_URL = os.environ.get(
    "CI_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres"
)
REDIS = ("127.0.0.1", 6379)
RABBITMQ = ("127.0.0.1", 5672)
DATABASE = "charroi_ci"
OWNER = "charroi_ci_owner"
RUNTIME = "charroi_ci_app"


def prepare() -> None:
    """Print the addresses of the services that answer."""
    if answers("Redis", REDIS):
        assign("SERVICES_REDIS_URL", f"redis://{REDIS[0]}:{REDIS[1]}/15")
    if answers("RabbitMQ", RABBITMQ):
        host, port = RABBITMQ
        assign("SERVICES_RABBITMQ_URL", f"amqp://guest:guest@{host}:{port}//")
    try:
        with psycopg.connect(ADMIN_URL, autocommit=True) as connection:
            take_away(connection)
            make_database(connection)
    except psycopg.OperationalError as error:
        skip("PostgreSQL", str(error).strip())


def remove() -> None:
    """Drop what `prepare` made; nothing to do where PostgreSQL does not answer."""
    try:
        with psycopg.connect(ADMIN_URL, autocommit=True) as connection:
            take_away(connection)
    except psycopg.OperationalError:
        return


def make_database(connection: psycopg.Connection) -> None:
    """Create the two roles and the database, and print their addresses."""
    server = f"{connection.info.host}:{connection.info.port}/{DATABASE}"
    names = {"SERVICES_DATABASE_URL": RUNTIME, "SERVICES_DATABASE_OWNER_URL": OWNER}
    for variable, role in names.items():
        password = secrets.token_urlsafe(24)
        made = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
        connection.execute(made.format(sql.Identifier(role), sql.Literal(password)))
        assign(variable, f"postgresql://{role}:{password}@{server}")
    connection.execute(f"ALTER ROLE {OWNER} CREATEDB")
    connection.execute(f"GRANT {RUNTIME} TO {OWNER}")
    connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")


def take_away(connection: psycopg.Connection) -> None:
    """Drop the two roles and every database of theirs, test databases included."""
    owned = connection.execute(
        "SELECT datname FROM pg_database JOIN pg_roles ON datdba = pg_roles.oid"
        " WHERE rolname = %s",
        [OWNER],
    ).fetchall()
    for (name,) in owned:
        dropped = sql.SQL("DROP DATABASE {} WITH (FORCE)")
        connection.execute(dropped.format(sql.Identifier(name)))
    connection.execute(f"DROP ROLE IF EXISTS {RUNTIME}, {OWNER}")


def answers(name: str, place: tuple[str, int]) -> bool:
    """Tell whether anybody listens there."""
    try:
        socket.create_connection(place, timeout=3).close()
    except OSError as error:
        skip(name, str(error))
        return False
    return True


def assign(variable: str, value: str) -> None:
    """Print one shell assignment; the values hold no quote."""
    sys.stdout.write(f"export {variable}='{value}'\n")


def skip(name: str, reason: str) -> None:
    """Say loudly that a service is absent."""
    sys.stderr.write(f"\n*** SKIPPED: {name} does not answer: {reason}\n")


if __name__ == "__main__":
    if sys.argv[1:] == ["prepare"]:
        prepare()
    elif sys.argv[1:] == ["remove"]:
        remove()
    else:
        sys.exit("Usage: .ci/services.py prepare | remove")
