ARG PYTHON_IMAGE=python:3.11.13-slim-bookworm

FROM ${PYTHON_IMAGE} AS build
WORKDIR /src
ENV UV_PROJECT_ENVIRONMENT=/opt/newswatch UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy
RUN python -m venv /opt/uv && /opt/uv/bin/pip install --no-cache-dir --disable-pip-version-check uv==0.13.9
# First what changes seldom, so that a change of the code does not fetch it again.
COPY pyproject.toml uv.lock README.md ./
RUN /opt/uv/bin/uv sync --frozen --no-dev --no-install-project --python python3
COPY LICENSE NOTICE ./
COPY agents agents
COPY seeds seeds
COPY streams streams
RUN /opt/uv/bin/uv sync --frozen --no-dev --no-editable --python python3

FROM ${PYTHON_IMAGE}
RUN groupadd --gid 10001 newswatch && useradd --uid 10001 --gid newswatch --no-create-home newswatch
RUN install --directory --owner=10001 --group=10001 /var/lib/newswatch
COPY --from=build /opt/newswatch /opt/newswatch
ENV PATH=/opt/newswatch/bin:$PATH PYTHONUNBUFFERED=1 HOME=/tmp
VOLUME /var/lib/newswatch
USER 10001:10001
ENTRYPOINT ["newswatch"]
CMD ["worker"]
