#!/bin/sh
# Run once by the postgres image, on an empty volume: both databases and their two roles.
set -eu
psql -v ON_ERROR_STOP=1 -v owner="$CKAN_PASSWORD" -v reader="$DATASTORE_PASSWORD" -U postgres <<'SQL'
create role ckan_default login password :'owner';
create role datastore_default login password :'reader';
create database ckan_default owner ckan_default encoding 'UTF8' template template0;
create database datastore_default owner ckan_default encoding 'UTF8' template template0;
SQL
