# The bot for an organisation's own servers. Without Slack tokens it exits: an image never plays practice workspace.
ARG BASE=python:3.12-slim
FROM ${BASE}

RUN python3 -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH

WORKDIR /focal
COPY requirements.lock ./
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock
COPY . .
RUN pybabel --quiet compile -D focal -d locales \
 && python -m compileall -q . \
 && install -d -o 10001 -g 10001 /data

# The user 10001 has no entry and so no home, which a library asks for when it is imported.
ENV HOME=/tmp \
    PYTHONUNBUFFERED=1 \
    FOCAL_CONTAINER=1 \
    DATABASE_URL=sqlite:////data/focal.db \
    TASK_FORCE_FILE=/etc/focal/taskforce.yaml \
    LOG_FORMAT=json \
    OPS_PORT=9090

USER 10001:10001
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 CMD \
  ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['OPS_PORT'] + '/healthz', timeout=4)"]
ENTRYPOINT ["python", "bot.py"]
CMD ["run"]
