# hrd-monitor in a container: the locked dependencies as ready-made wheels, an ordinary user without a name, nothing writable but /data.
#
#   docker build --tag hrd-monitor .
#   docker compose up --detach          (see compose.yaml and docs/operating.md)
#
# BASE: any image with Python 3.11 or newer at the same path in both stages; slim, so that no compiler is in it.
ARG BASE=python:3.13-slim

FROM ${BASE} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_ROOT_USER_ACTION=ignore
RUN python -m venv --without-pip /opt/hrd-monitor
COPY requirements.lock /src/
RUN pip --python /opt/hrd-monitor/bin/python install --require-hashes --only-binary :all: --requirement /src/requirements.lock
COPY pyproject.toml README.md LICENSE /src/
COPY monitor /src/monitor
COPY alerts /src/alerts
RUN pip --python /opt/hrd-monitor/bin/python install --no-deps --no-build-isolation /src \
 && pip --python /opt/hrd-monitor/bin/python uninstall --yes setuptools

FROM ${BASE}
RUN install --directory --mode 0700 --owner 10001 --group 10001 /data \
 && install --directory --mode 0755 /config
COPY --from=build /opt/hrd-monitor /opt/hrd-monitor
ENV PATH=/opt/hrd-monitor/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HRD_MONITOR_DATA=/data \
    HRD_MONITOR_SOURCES=/config/sources.yaml \
    HRD_MONITOR_WATCHLIST=/config/watchlist.yaml \
    HRD_MONITOR_ALERTS=/config/alerts.yaml \
    HRD_MONITOR_LOG=json \
    HRD_MONITOR_WEB=0.0.0.0:8765
USER 10001:10001
WORKDIR /data
VOLUME ["/data"]
EXPOSE 8765
# 200 = alive, 503 = the reason in the answer; no proxy of the environment stands between.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import urllib.request as u; u.build_opener(u.ProxyHandler({})).open('http://127.0.0.1:8765/healthz', timeout=4)"]
ENTRYPOINT ["hrd-monitor"]
CMD ["run"]
