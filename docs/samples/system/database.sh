#!/bin/sh
# PostgreSQL on a port of the loopback, with its data where a restart finds it again.
set -e
PATH=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1):$PATH
data=${TMPDIR:-/tmp}/chaos-sample-$1
settings="-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
if [ ! -e "$data/PG_VERSION" ]; then
  rm -rf "$data"
  initdb -D "$data.new" -U postgres -A trust --no-sync > /dev/null
  echo "CREATE TABLE orders (id bigint PRIMARY KEY, item text, quantity int, placed timestamptz DEFAULT now())" | postgres --single -D "$data.new" postgres > /dev/null
  mv "$data.new" "$data"
fi
exec postgres -D "$data" -p "$1" $settings
