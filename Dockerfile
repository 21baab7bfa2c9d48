# One image for the web server, the worker and the one-off setup; docker-compose.yml says which is which.

FROM node:22-bookworm-slim AS browser
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM python:3.11-slim-bookworm AS python
COPY requirements/base.txt /tmp/base.txt
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes --requirement /tmp/base.txt

FROM python:3.11-slim-bookworm
# GeoDjango loads GDAL and GEOS as libraries; msgfmt compiles the translations; openssl makes the first certificate.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends gdal-bin libgeos-c1v5 libpangoft2-1.0-0 libharfbuzz-subset0 gettext openssl \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --create-home portal \
    && install -d -o portal -g portal /var/lib/gisportal /certificates

WORKDIR /app
COPY --from=python /venv /venv
COPY --from=browser /app/node_modules node_modules
COPY . .
RUN for source in locale/*/LC_MESSAGES/*.po; do \
      msgfmt --check-format --output-file="${source%.po}.mo" "$source" || exit 1; \
    done

ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    GISPORTAL_ENV=production \
    GISPORTAL_VAR=/var/lib/gisportal
USER portal
EXPOSE 8000
# The same server as script/server; see script/lib/processes.sh for the reasons.
CMD ["gunicorn", "gisportal.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--workers", "2", "--threads", "8", "--limit-request-line", "8190", "--timeout", "60", \
     "--graceful-timeout", "20", \
     "--max-requests", "5000", "--max-requests-jitter", "500", "--worker-tmp-dir", "/dev/shm", \
     "--no-control-socket", "--preload", "--logger-class", "gisportal.access_log.Logger", \
     "--access-logfile", "-"]
