import type { DeliveryPage, RecordedDelivery } from "../forge/forge-app.ts";
import type { Rest } from "./client.ts";
import { find, must } from "./wire.ts";

/** GitHub's own record of what it told this App: newest first, about three days back, asked for as the App. */
const PER_PAGE = 100;

export async function deliveryPage(app: Rest, cursor: string | null): Promise<DeliveryPage> {
  const request = app.rest.apps.listWebhookDeliveries({ per_page: PER_PAGE, ...(cursor ? { cursor } : {}) });
  const list = await must("listing the webhook deliveries", request);
  const next = /[?&]cursor=([^&>]+)[^>]*>; rel="next"/.exec((await request).headers.link ?? "")?.[1];
  const deliveries = list.map(({ id, guid, event, action, status_code, delivered_at }) => ({
    ...{ id, guid, event, action, deliveredAt: delivered_at },
    answered: status_code >= 200 && status_code < 300 ? ("well" as const) : ("not" as const),
  }));
  return { deliveries, next: next === undefined ? null : decodeURIComponent(next) };
}

/** @returns what one delivery told, or null when GitHub has it no more */
export async function deliveryPayload(app: Rest, { id }: Pick<RecordedDelivery, "id">): Promise<unknown> {
  const asked = app.rest.apps.getWebhookDelivery({ delivery_id: id });
  const delivery = await find("reading a webhook delivery", asked);
  return delivery === "gone" ? null : (delivery.request.payload ?? null);
}
