# This repository to an image of the command `footnote`: everything is built in the first stage, what runs goes to the second.
# Node 24 gets security fixes until April 2028 and is one of the versions the tests run on; Node 20's ended in April 2026.
# The base is named by its digest, so that the same recipe gives the same image; .github/dependabot.yml brings newer ones.

FROM node:24-slim@sha256:cd84903a12dbd26b46f1f3b8144a2568c41c5d37ddd0c7a80a34c7a19786b35f AS build
WORKDIR /app
# The packages change less often than the sources, so they are a layer of their own; `prepare` would build here already.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
COPY adapters ./adapters
COPY corpus ./corpus
COPY tests ./tests
RUN npm run build && rm -r dist/tests && npm prune --omit=dev --ignore-scripts

FROM node:24-slim@sha256:cd84903a12dbd26b46f1f3b8144a2568c41c5d37ddd0c7a80a34c7a19786b35f
# Who reaches the container's ports is decided where they are published.
ENV NODE_ENV=production FOOTNOTE_DATA=/data HOST=0.0.0.0
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY corpus ./corpus
COPY LICENSE ./
# The one place that is written to; the rest of the file system may be read-only.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
STOPSIGNAL SIGTERM
# A bot tells its health where HEALTH_PORT is set; without it there is nothing to ask.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["node", "-e", "const port = process.env.HEALTH_PORT; if (port) fetch(`http://127.0.0.1:${port}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/adapters/cli/main.js"]
CMD ["--help"]
