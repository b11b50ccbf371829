import { notFound } from "../refusal.ts";
import { type Call, type Route, anywhere } from "../route.ts";
import type { Delivery } from "../webhooks.ts";
import type { App } from "../state.ts";
import { appOf } from "./apps.ts";

/** The App's webhook deliveries: the list that tells of lost ones, and sending one again. */
const PER_PAGE = 30;

function deliveryView(delivery: Delivery) {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt,
    redelivery: delivery.attempt === "redelivery",
    duration: Math.round(delivery.durationMs) / 1000,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  };
}

/** One that is still under way is not in the list yet. */
function own(call: Call): Delivery[] {
  const app = appOf(call);
  return call.webhooks.deliveries.filter((delivery) => delivery.app === app && delivery.statusCode !== 0);
}

function find(call: Call): Delivery {
  const id = Number(call.params["delivery_id"]);
  const found = own(call).find((delivery) => delivery.id === id);
  if (!found) throw notFound();
  return found;
}

/** Newest first, in pages that go on from a cursor: this list has no page numbers. */
function list(call: Call) {
  const newestFirst = own(call).toReversed();
  const perPage = Math.min(Number(call.query.get("per_page")) || PER_PAGE, 100);
  const cursor = call.query.get("cursor");
  const from = cursor ? newestFirst.findIndex((delivery) => String(delivery.id) === cursor) : 0;
  const items = from < 0 ? [] : newestFirst.slice(from, from + perPage);
  const next = from < 0 ? undefined : newestFirst[from + perPage];
  const link = next ? { Link: `<${call.address}?per_page=${perPage}&cursor=${next.id}>; rel="next"` } : undefined;
  return { status: 200, body: items.map(deliveryView), headers: link ?? {} };
}

function detail(delivery: Delivery) {
  return {
    ...deliveryView(delivery),
    url: delivery.app.webhookUrl ?? "",
    request: { headers: delivery.headers, payload: JSON.parse(delivery.body) as unknown },
    response: { headers: delivery.answer?.headers ?? {}, payload: delivery.answer?.body ?? "" },
  };
}

/** GitHub never tells the secret. */
function config({ webhookUrl }: App) {
  if (webhookUrl === null) throw notFound();
  return { content_type: "json", insecure_ssl: "0", secret: "********", url: webhookUrl };
}

export const hookRoutes: readonly Route[] = [
  anywhere("GET /app/hook/config", (call) => ({ status: 200, body: config(appOf(call)) })),
  anywhere("GET /app/hook/deliveries", list),
  anywhere("GET /app/hook/deliveries/{delivery_id}", (call) => ({ status: 200, body: detail(find(call)) })),
  anywhere("POST /app/hook/deliveries/{delivery_id}/attempts", (call) => {
    call.webhooks.redeliver(find(call));
    return { status: 202, body: {} };
  }),
];
