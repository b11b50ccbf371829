import { createHash, createHmac } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { crc32 } from "node:zlib";
import { ANTHROPIC_API } from "./anthropic.ts";
import { type Dialect, type Fields, fields, list, type Refusal, type Sent, unknownField } from "./dialect.ts";

/** Anthropic's models behind Amazon's and Google's doors: the same language, another address, another proof of who asks. */
export const AWS = { id: "AKIATEST", secret: "secret/of+the+test", region: "eu-central-1" } as const;
export const GOOGLE = { token: "ya29.of-the-test", project: "acme-models", region: "europe-west1" } as const;

/** Both take the version in the body and the model in the path; `stream` is told by the path, too. */
const cloudBody = (body: Fields, headers: IncomingHttpHeaders, model: string, stream: boolean): Sent => {
  const { anthropic_version: version, ...rest } = body;
  return {
    ...rest,
    model,
    stream,
    headers: { ...headers, "x-api-key": "(the cloud's)", "anthropic-version": version },
  };
};

const amazon = (status: number, message: string): Refusal => ({ status, body: { message } });

export const BEDROCK: Dialect = {
  ...ANTHROPIC_API,
  name: "anthropic-bedrock",
  entry: { api: "anthropic-bedrock", region: AWS.region },
  enter: (method, url, headers, text) => {
    const found = /^\/model\/([^/]+)\/invoke(-with-response-stream)?$/.exec(new URL(url, "http://a").pathname);
    if (!found) return { status: 404, body: "<UnknownOperationException/>" };
    const unsigned = signatureRefused(method, url, headers, text);
    if (unsigned !== null) return amazon(403, unsigned);
    const body = fields(JSON.parse(text));
    if (typeof body.anthropic_version !== "string") return amazon(400, "anthropic_version: Field required");
    for (const name of ["model", "stream"])
      if (name in body) return amazon(400, `Malformed input request: extraneous key [${name}] is not permitted`);
    return cloudBody(body, headers, decodeURIComponent(found[1] ?? ""), found[2] !== undefined);
  },
  // What only Anthropic's own address knows of a request.
  refuse: (request, kept) => {
    const known = ["model", "max_tokens", "system", "messages", "tools", "tool_choice", "stream", "headers"];
    const unknown = unknownField(request, known);
    if (unknown) return amazon(400, `${unknown}: Extra inputs are not permitted`);
    if (list(request.tools).some((tool) => "strict" in fields(tool)))
      return amazon(400, "tools.0.custom.strict: Extra inputs are not permitted");
    const refused = ANTHROPIC_API.refuse(request, kept);
    return refused && amazon(refused.status, String(fields(fields(refused.body).error).message));
  },
  send: (response, { events }) => {
    response.writeHead(200, { "content-type": "application/vnd.amazon.eventstream" });
    for (const one of events) response.write(frame(/^data: (.*)$/m.exec(one)?.[1] ?? "{}"));
    response.end();
  },
};

export const VERTEX: Dialect = {
  ...ANTHROPIC_API,
  name: "anthropic-vertex",
  entry: { api: "anthropic-vertex", region: GOOGLE.region, project: GOOGLE.project },
  base: "/v1",
  enter: (_method, url, headers, text) => {
    const { project, region } = GOOGLE;
    const place = `/v1/projects/${project}/locations/${region}/publishers/anthropic/models/`;
    const [model = "", verb] = url.startsWith(place) ? url.slice(place.length).split(":") : [];
    if (verb !== "rawPredict" && verb !== "streamRawPredict") return { status: 404, body: "<html><title>Error 404 (Not Found)</title></html>" }; // prettier-ignore
    const google = (code: number, status: string, message: string): Refusal => ({ status: code, body: [{ error: { code, message, status } }] }); // prettier-ignore
    if (headers.authorization !== `Bearer ${GOOGLE.token}`)
      return google(401, "UNAUTHENTICATED", "Request had invalid authentication credentials. Expected OAuth 2 access token."); // prettier-ignore
    if (headers["x-api-key"] !== undefined || headers["anthropic-version"] !== undefined)
      return google(400, "INVALID_ARGUMENT", "Keys and versions of Anthropic are not taken in headers.");
    const body = fields(JSON.parse(text));
    if (typeof body.anthropic_version !== "string") return google(400, "INVALID_ARGUMENT", "anthropic_version: Field required"); // prettier-ignore
    if ("model" in body) return google(400, "INVALID_ARGUMENT", "model: Extra inputs are not permitted");
    if ((body.stream === true) !== (verb === "streamRawPredict")) return google(400, "INVALID_ARGUMENT", "stream does not fit the method"); // prettier-ignore
    return cloudBody(body, headers, decodeURIComponent(model), verb === "streamRawPredict");
  },
};

const hash = (text: string) => createHash("sha256").update(text).digest("hex");
const sealed = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();

/** Amazon's signature (SigV4) made again from what came: a header or a byte that was changed on the way does not fit. */
function signatureRefused(method: string, url: string, headers: IncomingHttpHeaders, body: string): string | null {
  const found = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/bedrock\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(headers.authorization ?? ""); // prettier-ignore
  if (!found) return "Missing Authentication Token";
  const [, id, day = "", region = "", names = "", signature] = found;
  if (id !== AWS.id) return "The security token included in the request is invalid.";
  const { pathname, searchParams } = new URL(url, "http://a");
  const at = String(headers["x-amz-date"]);
  const lines = names.split(";").map((name) => `${name}:${String(headers[name]).trim().replace(/\s+/g, " ")}\n`);
  // Each part of the path is encoded once more, as all services but S3 want it.
  const path = pathname.split("/").map(encodeURIComponent).join("/");
  const canonical = [method, path, searchParams.toString(), lines.join(""), names, hash(body)].join("\n");
  const scope = `${day}/${region}/bedrock/aws4_request`;
  const key = ["aws4_request", "bedrock", region, day].reduceRight<string | Buffer>(sealed, `AWS4${AWS.secret}`);
  const own = sealed(key, ["AWS4-HMAC-SHA256", at, scope, hash(canonical)].join("\n")).toString("hex");
  const isWhole = names.split(";").includes("host") && region === AWS.region && at.startsWith(day);
  return own === signature && isWhole ? null : "The request signature we calculated does not match the signature you provided."; // prettier-ignore
}

/** One event in Amazon's binary form: lengths and check sums around headers and a payload. */
function frame(event: string): Buffer {
  const payload = Buffer.from(JSON.stringify({ bytes: Buffer.from(event).toString("base64"), p: "abcdefg" }));
  const told = { ":event-type": "chunk", ":content-type": "application/json", ":message-type": "event" };
  const headers = Buffer.concat(
    Object.entries(told).map(
      ([name, value]) =>
      Buffer.concat([Buffer.from([name.length]), Buffer.from(name), Buffer.from([7, 0, value.length]), Buffer.from(value)]), // prettier-ignore
    ),
  );
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32BE(headers.length + payload.length + 16, 0);
  lengths.writeUInt32BE(headers.length, 4);
  const begun = Buffer.concat([lengths, sum(lengths), headers, payload]);
  return Buffer.concat([begun, sum(begun)]);
}

function sum(bytes: Buffer): Buffer {
  const four = Buffer.alloc(4);
  four.writeUInt32BE(crc32(bytes));
  return four;
}
