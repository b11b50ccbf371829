# One image for every role (COOP_ROLE=all|web|worker). No build step: Node runs the TypeScript sources.
FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24-bookworm-slim
# bubblewrap is the sandbox for repository code. It needs user namespaces inside the container; where the host forbids
# them the program says so at start and proves by the repository's own checks instead (docs/operations.md).
RUN apt-get update \
  && apt-get install -y --no-install-recommends bubblewrap util-linux ca-certificates \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 COOP_DATA_DIR=/data
# Less memory: the heap grows by half before it is collected, what is compiled is kept, and what threads no longer use goes back to the system (30 to 40 MB while a proof is read).
ENV NODE_COMPILE_CACHE=/data/compiled MALLOC_ARENA_MAX=2 MALLOC_TRIM_THRESHOLD_=131072
COPY --from=dependencies /app/node_modules node_modules
COPY package.json app.yml LICENSE ./
COPY migrations migrations
COPY src src
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=2", "--heap-growing-percent=50", "src/main.ts"]
