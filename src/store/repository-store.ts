import type { RepositoryPlace } from "../core/ledger/forge-ref.ts";
import { type Database, type Query, WEBHOOK_LOCKS } from "./database.ts";
import { padded } from "./rows.ts";

/**
 * Where repositories of a forge are now, by the id that they keep. Owners, names and installations change, and another
 * repository may take a name that became free; tickets are keyed by the name under which their repository came first.
 */
export type RepositoryStore = {
  /** Notes where repositories are. @returns for each, as `owner/repo`, how its tickets are keyed */
  note(places: readonly RepositoryPlace[]): Promise<ReadonlyMap<number, string>>;
  /** Notes it of those that are known: an installation may cover thousands that never had a ticket. */
  follow(places: readonly RepositoryPlace[]): Promise<void>;
  /** Where a repository was seen last; without a name when another one goes by that name now. */
  placeOf(repositoryId: number): Promise<RepositoryPlace | null>;
  /** Where the repositories are now whose tickets are keyed so (`owner/repo`); without those that nobody can find. */
  placesOf(keyedAs: readonly string[]): Promise<ReadonlyMap<string, RepositoryPlace>>;
  /** Of a repository that goes by this name today (`owner/repo`): how its tickets are keyed. */
  keyOf(name: string): Promise<string | null>;
  /** A thread tells under which name its repository came first. `taken`: another one has that name. */
  rekey(repositoryId: number, keyedAs: string): Promise<"done" | "taken">;
};

type Row = { repository_id: number; keyed_as: string; owner: string; name: string; installation_id: number };

/** So long what was noted is not asked again: nearly every webhook tells of a place that is known. */
const REMEMBERED_MS = 60_000;
/** More repositories than one server works on at a time; a forgotten one costs a question. */
const REMEMBERED_MAX = 5_000;

export function repositoryStore(database: Database): RepositoryStore {
  const remembered = new Map<number, { readonly place: string; readonly keyedAs: string; readonly until: number }>();
  const recall = (place: RepositoryPlace) => {
    const known = remembered.get(place.repositoryId);
    return known && known.until > performance.now() && known.place === spelled(place) ? known.keyedAs : null;
  };
  return {
    note: async (places) => {
      const keys = new Map<number, string>();
      const standing = await standingOf(
        database,
        places.filter((place) => recall(place) === null),
      );
      for (const place of places) {
        const stands = recall(place) ?? standing.get(`${place.repositoryId} ${spelled(place)}`);
        const keyedAs = stands ?? (await database.transaction((tx) => noteOne(tx, place), WEBHOOK_LOCKS));
        remembered.delete(place.repositoryId);
        remembered.set(place.repositoryId, {
          place: spelled(place),
          keyedAs,
          until: performance.now() + REMEMBERED_MS,
        });
        for (const oldest of remembered.keys()) if (remembered.size > REMEMBERED_MAX) remembered.delete(oldest);
        keys.set(place.repositoryId, keyedAs);
      }
      return keys;
    },
    follow: async (places) => {
      const known = await knownOf(database, places);
      const moved = places.filter((place) => known.some(({ repository_id }) => repository_id === place.repositoryId));
      for (const place of moved) await database.transaction((tx) => noteOne(tx, place), WEBHOOK_LOCKS);
    },
    placeOf: async (repositoryId) => {
      const [row] = await database.query<Row>(`${SELECT} WHERE repository_id = $1`, [repositoryId]);
      return row ? placeOf(row) : null;
    },
    placesOf: async (keyedAs) => {
      const found = new Map<string, RepositoryPlace>();
      for (let from = 0; from < keyedAs.length; from += ASKED_AT_ONCE) {
        const keys = padded(keyedAs.slice(from, from + ASKED_AT_ONCE));
        const rows = await database.query<Row>(
          `${SELECT} WHERE name <> '' AND keyed_as IN (${keys.map((_, at) => `$${at + 1}`).join(", ")})`,
          keys,
        );
        for (const row of rows) found.set(row.keyed_as, placeOf(row));
      }
      return found;
    },
    keyOf: async (name) => {
      const rows = await database.query<Row>(`${SELECT} WHERE lower(owner) = lower($1) AND lower(name) = lower($2)`, [
        ...name.split("/"),
      ]);
      // Two can only go by one name when one of them has gone elsewhere unseen: then nobody can tell.
      return rows.length === 1 ? (rows[0]?.keyed_as ?? null) : null;
    },
    rekey: (repositoryId, keyedAs) => {
      remembered.delete(repositoryId);
      return database.transaction(async (tx) => {
        const [other] = await tx.query<Row>(`${SELECT} WHERE keyed_as = $1`, [keyedAs]);
        if (other && other.repository_id !== repositoryId) return "taken";
        await tx.query("UPDATE repositories SET keyed_as = $2 WHERE repository_id = $1", [repositoryId, keyedAs]);
        return "done";
      });
    },
  };
}

const SELECT = "SELECT repository_id, keyed_as, owner, name, installation_id FROM repositories";

/** Of places that stand there already, as nearly all do. */
async function standingOf(query: Query, places: readonly RepositoryPlace[]): Promise<ReadonlyMap<string, string>> {
  const rows = await knownOf(query, places);
  return new Map(rows.map((row) => [`${row.repository_id} ${spelled(placeOf(row))}`, row.keyed_as]));
}

async function knownOf(query: Query, places: readonly RepositoryPlace[]): Promise<Row[]> {
  const found: Row[] = [];
  for (let from = 0; from < places.length; from += ASKED_AT_ONCE) {
    const ids = padded(places.slice(from, from + ASKED_AT_ONCE).map(({ repositoryId }) => repositoryId));
    const rows = await query.query<Row>(
      `${SELECT} WHERE repository_id IN (${ids.map((_, at) => `$${at + 1}`).join(", ")})`,
      ids,
    );
    found.push(...rows);
  }
  return found;
}

/** A repository's name may have a hundred characters in a key; the id behind it has its share of them. */
const NAME_CHARS_KEPT = 80;
/** Parameters of one statement; SQLite takes 32,766. */
const ASKED_AT_ONCE = 512;

async function noteOne(tx: Query, place: RepositoryPlace): Promise<string> {
  const { repositoryId: id, owner, name, installationId } = place;
  const [known] = await tx.query<Row>(`${SELECT} WHERE repository_id = $1`, [id]);
  if (known && spelled(placeOf(known)) === spelled(place)) return known.keyed_as;
  // Race: of two that note a new repository at once the second one finds what the first one wrote. A name that another
  // repository had first stays with that one's tickets; GitHub's own names could collide with what is made here, a key cannot.
  for (const keyedAs of [`${owner}/${name}`, `${owner}/${name.slice(0, NAME_CHARS_KEPT)}.${id}`]) {
    const rows = await tx.query<Row>(
      `INSERT INTO repositories (repository_id, keyed_as, owner, name, installation_id)
       SELECT CAST($1 AS bigint), $2, $3, $4, CAST($5 AS bigint)
        WHERE NOT EXISTS (SELECT 1 FROM repositories WHERE keyed_as = $2 AND repository_id <> $1)
       ON CONFLICT (repository_id) DO UPDATE
         SET owner = excluded.owner, name = excluded.name, installation_id = excluded.installation_id
       RETURNING repository_id, keyed_as, owner, name, installation_id`,
      [id, keyedAs, owner, name, installationId],
    );
    if (!rows[0]) continue;
    await tx.query("UPDATE repositories SET name = '' WHERE owner = $2 AND name = $3 AND repository_id <> $1", [
      ...[id, owner, name],
    ]);
    return rows[0].keyed_as;
  }
  // With the SQLSTATE of a broken constraint: somebody may bring this about by renaming, and takes no other's webhooks with it.
  throw Object.assign(new Error(`No key is left for repository ${id}, ${owner}/${name}`), { code: "23000" });
}

function placeOf({ repository_id, owner, name, installation_id }: Row): RepositoryPlace {
  return { repositoryId: repository_id, owner, name, installationId: installation_id };
}

function spelled({ owner, name, installationId }: RepositoryPlace): string {
  return `${owner}/${name} ${installationId}`;
}
