# One image for every role: `collegium coordinator start`, `collegium client start`, `collegium invite`, …
# docs/how-to-docker.md shows how to use it.

FROM node:20-bookworm-slim AS source
WORKDIR /app
COPY package.json package-lock.json .npmrc ./

# Everything, to compile and to build the dashboard.
FROM source AS build
RUN npm ci
COPY . .
RUN npm run build

# What runs. No install script runs here: the native parts come as prebuilt files, for Linux and for others.
FROM source AS production
RUN npm ci --omit=dev --ignore-scripts \
    && npm cache clean --force \
    && rm -rf node_modules/onnxruntime-node/bin/*/darwin node_modules/onnxruntime-node/bin/*/win32

FROM node:20-bookworm-slim
ENV NODE_ENV=production
COPY --from=production /app /app
COPY --from=build /app/dist /app/dist
RUN printf '#!/bin/sh\nexec node /app/dist/cli/main.js "$@"\n' > /usr/local/bin/collegium \
    && chmod 755 /usr/local/bin/collegium \
    && install -d -o node -g node -m 700 /data /invites
USER node
WORKDIR /data
# The journal, keys and blobs of a coordinator or a site. Losing it is losing the federation: back it up.
VOLUME /data
EXPOSE 7710
# For a coordinator; a site listens on nothing and runs with --no-healthcheck.
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=3 CMD \
    ["node", "-e", "fetch('http://127.0.0.1:7710/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["collegium"]
CMD ["coordinator", "start", "--dir", "/data", "--host", "0.0.0.0"]
