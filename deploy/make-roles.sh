#!/bin/sh
# Makes the two roles and the database of docs/operating.md, once, when the volume of the
# database is empty. The image of PostgreSQL runs it as its superuser. The passwords come
# from the environment, through psql's own quoting; none is written here.
set -eu
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" \
    --dbname=postgres <<'SQL'
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD
CREATE ROLE charroi_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE charroi_app LOGIN PASSWORD :'app_password';
GRANT charroi_app TO charroi_owner;
CREATE DATABASE charroi OWNER charroi_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE CONNECT ON DATABASE charroi FROM PUBLIC;
GRANT CONNECT ON DATABASE charroi TO charroi_owner, charroi_app;
SQL
