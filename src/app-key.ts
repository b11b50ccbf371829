export type AppKeyReading = { readonly pem: string } | { readonly sentence: string };

/**
 * The App's private key.
 * @param inline as it stands in the environment: a PEM text, with line ends as they are or written as \n, or base64 of one
 * @param file what the file holds that is named in its place
 */
export function readAppKey(inline: string | undefined, file: string | undefined): AppKeyReading {
  const text = inline?.replace(/\\n/g, "\n").trim();
  // Base64 is how one-line environments carry a PEM file; Probot reads it that way too.
  const decoded = text && !text.includes("-----BEGIN") ? Buffer.from(text, "base64").toString("utf8").trim() : text;
  const pem = decoded ?? file?.trim();
  if (!pem)
    return {
      sentence: "PRIVATE_KEY or PRIVATE_KEY_PATH is missing. Download the key from your App's settings page.",
    };
  if (!/^-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]+-----END [A-Z ]*PRIVATE KEY-----$/.test(pem))
    return {
      sentence:
        "PRIVATE_KEY is not a PEM private key. It begins with -----BEGIN RSA PRIVATE KEY-----; line ends may be written as \\n.",
    };
  return { pem: `${pem}\n` };
}
