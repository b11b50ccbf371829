import { beforeEach, expect, it } from "@jest/globals";
import type { Database } from "../../src/store/database.ts";
import type { RepositoryPlace } from "../../src/core/ledger/forge-ref.ts";
import { type RepositoryStore, repositoryStore } from "../../src/store/repository-store.ts";
import { eachStore } from "../support/databases.ts";

const at = (repositoryId: number, fullName: string, installationId = 5): RepositoryPlace => {
  const [owner = "", name = ""] = fullName.split("/");
  return { repositoryId, owner, name, installationId };
};

eachStore((_name, open, other) => {
  let [store, beside]: RepositoryStore[] = [];
  let database: Database;
  const noted = async (...places: RepositoryPlace[]) => [...((await store?.note(places)) ?? []).values()];
  beforeEach(async () => {
    database = await open();
    store = repositoryStore(database);
    beside = repositoryStore(await other.beside());
  });

  it("keys a repository by its first name, whatever it is called later", async () => {
    expect(await noted(at(1, "acme/shop"))).toEqual(["acme/shop"]);
    expect(await noted(at(1, "acme/store"))).toEqual(["acme/shop"]);
    expect(await noted(at(1, "globex/store", 9), at(1, "globex/store", 9))).toEqual(["acme/shop"]);
    expect(await store?.placeOf(1)).toEqual(at(1, "globex/store", 9));
    expect(await beside?.placeOf(1)).toEqual(at(1, "globex/store", 9));
    expect(await store?.keyOf("Globex/Store")).toBe("acme/shop");
    expect(await store?.keyOf("acme/shop")).toBeNull();
    expect(await store?.placeOf(2)).toBeNull();
    await noted(at(2, "acme/tools"));
    const places = await store?.placesOf(["acme/shop", "acme/tools", "acme/unknown"]);
    expect([...(places ?? [])]).toEqual([
      ["acme/shop", at(1, "globex/store", 9)],
      ["acme/tools", at(2, "acme/tools")],
    ]);
    expect((await store?.placesOf([]))?.size).toBe(0);
  });

  it("never gives one key to two repositories, and forgets a name that another one took", async () => {
    await noted(at(1, "acme/shop"));
    expect(await noted(at(2, "acme/shop"))).toEqual(["acme/shop.2"]);
    expect(await store?.placeOf(1)).toEqual(at(1, "acme/"));
    expect((await store?.placesOf(["acme/shop"]))?.size).toBe(0);
    expect(await store?.keyOf("acme/shop")).toBe("acme/shop.2");
    expect(await noted(at(1, "acme/old"), at(2, "acme/shop"))).toEqual(["acme/shop", "acme/shop.2"]);
    expect(await store?.placeOf(1)).toEqual(at(1, "acme/old"));
  });

  it("writes down again what it remembers otherwise than somebody else wrote it", async () => {
    await noted(at(1, "acme/shop"));
    await beside?.note([at(1, "acme/store")]);
    expect(await noted(at(1, "acme/third"))).toEqual(["acme/shop"]);
    expect(await beside?.placeOf(1)).toEqual(at(1, "acme/third"));
  });

  it("follows those that it knows, and takes in no others", async () => {
    await noted(at(1, "acme/shop"));
    await store?.follow([at(1, "acme/store", 6), at(2, "acme/tools", 6)]);
    expect(await beside?.placeOf(1)).toEqual(at(1, "acme/store", 6));
    expect(await store?.placeOf(2)).toBeNull();
    expect(await noted(at(1, "acme/store", 6))).toEqual(["acme/shop"]);
  });

  it("takes over the name that a thread tells of, unless another repository has it", async () => {
    await noted(at(1, "acme/shop"), at(2, "acme/tools"));
    expect(await store?.rekey(1, "acme/before")).toBe("done");
    expect(await noted(at(1, "acme/shop"))).toEqual(["acme/before"]);
    expect(await store?.rekey(1, "acme/tools")).toBe("taken");
    expect(await noted(at(1, "acme/shop"))).toEqual(["acme/before"]);
  });

  it("takes in more places than one statement has parameters for", async () => {
    const many = Array.from({ length: 700 }, (_, index) => at((index % 20) + 1, `acme/r${index % 20}`));
    expect(await noted(...many)).toHaveLength(20);
    expect(await beside?.note(many)).toEqual(new Map(many.map((one) => [one.repositoryId, `acme/${one.name}`])));
  });
});
