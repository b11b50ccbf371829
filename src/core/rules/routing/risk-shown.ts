/** What a ticket shows of a danger in code, paths and output; its prose is searched as well. */
export const SHOWN = {
  "shows-attack": /\.\.[/\\]|\/etc\/(?:passwd|shadow|cron)|<(?:script|svg|img)\b[^>]{0,60}\bon|\bonerror\b|\bunion\s{1,9}(?:all\s{1,9})?select\b|169\.254\.|=cmd\||pull_request_target|insecureskipverify|verify ?= ?false|rejectunauthorized|0\.0\.0\.0|\bor 1 ?= ?1|\beval\(|math\.random|yaml\.load/i, // prettier-ignore
  "shows-race": /data race|concurrent map|deadlock|database is locked|lock wait timeout|could not serialize|duplicate key value|wg\.wait|mutex|\bpool\.(?:take|acquire|get)|too many connections|connection pool/i, // prettier-ignore
  "shows-schema": /unknown column|no such (?:table|column)|(?:column|relation|table) \S{1,60} (?:does not|already) exist|alter table|add column|varchar|\bnot null\b|unsupported (?:header|version)/i, // prettier-ignore
  "shows-secret":
    /x509|\b[A-Z]{1,20}_(?:KEY|TOKEN|SECRET|PASSWORD)\b|\b(?:md5|sha1|hmac|certificate|bearer|api[-_]?key)\b|-----BEGIN/i,
} as const satisfies Readonly<Record<string, RegExp>>;

export type Shown = keyof typeof SHOWN;
export const SHOWN_NAMES = Object.keys(SHOWN) as Shown[];
