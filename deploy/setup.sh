#!/bin/sh
# Runs to its end before web and worker start: certificate, migrations, cache table, static files.
set -eu

if [ ! -s /certificates/fullchain.pem ]; then
  echo "No certificate in /certificates: making a self-signed one. Replace it before opening the portal to the public."
  name=$(echo "$ALLOWED_HOSTS" | cut -d , -f 1)
  openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj "/CN=$name" -addext "subjectAltName=DNS:$name" \
    -keyout /certificates/privkey.pem -out /certificates/fullchain.pem
fi

# 3 says that there is no municipality yet, which is for the administrator to fill.
python script/lib/prepare_data.py || [ $? -eq 3 ]
