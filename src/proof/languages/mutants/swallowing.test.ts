import { describe, expect, it } from "@jest/globals";
import { readerOfTests } from "../../../../test/support/parsed-texts.ts";
import { smallChanges } from "./small-changes.ts";

const read = readerOfTests();

async function swallowed(path: string, text: string, only?: number[]): Promise<string[]> {
  const parsed = await read(path, text);
  const lines = new Set(only ?? text.split("\n").map((_, at) => at + 1));
  const all = smallChanges(parsed.root, parsed.language, lines).filter(({ weight }) => weight === "swallowed");
  return all.map(({ start, end, to }) => `${text.slice(0, start)}${to}${text.slice(end)}`);
}

describe("an error that becomes an answer", () => {
  it.each([
    ["a.js", "const f = (p) => p.catch(() => []);", "const f = (p) => p.catch((e) => { throw e; });"],
    ["a.ts", "const f = async (p: P) => (await p.catch(() => null)) ?? 1;", "const f = async (p: P) => (await p.catch((e) => { throw e; })) ?? 1;"],
    ["a.js", "const f = async (p) => { const all = await p.catch(() => {}); return all?.length ?? 0; };", "const f = async (p) => { const all = await p.catch((e) => { throw e; }); return all?.length ?? 0; };"],
    ["a.js", "const f = async (p) => ((await p.catch(() => {})) ?? []).length;", "const f = async (p) => ((await p.catch((e) => { throw e; })) ?? []).length;"],
    ["a.js", "const f = async (all) => (await Promise.all(all.map((p) => p.catch(() => null)))).filter(Boolean);", "const f = async (all) => (await Promise.all(all.map((p) => p.catch((e) => { throw e; })))).filter(Boolean);"],
    ["a.js", "const f = async (p) => { const [all] = await Promise.all([p.catch(() => [])]); return all; };", "const f = async (p) => { const [all] = await Promise.all([p.catch((e) => { throw e; })]); return all; };"],
    ["a.js", "const f = (all) => all.map((p) => { return p.catch(() => 0); });", "const f = (all) => all.map((p) => { return p.catch((e) => { throw e; }); });"],
    ["a.js", "const f = (p) => p.catch(() => []).finally(() => log(1));", "const f = (p) => p.catch((e) => { throw e; }).finally(() => log(1));"],
    ["a.js", "function f(t) { try { return JSON.parse(t); } catch { return null; } }", "function f(t) { try { return JSON.parse(t); } catch { throw new Error(); return null; } }"],
    ["a.cjs", "function f(t) { try { return require('x').parse(t); } catch { return null; } }", "function f(t) { try { return require('x').parse(t); } catch { throw new Error(); return null; } }"],
    ["a.cjs", "function f(t) { try { const x = require('x'); return x(t); } catch { return null; } }", "function f(t) { try { const x = require('x'); return x(t); } catch { throw new Error(); return null; } }"],
    ["a.js", "const noop = () => null;\nconst f = (p) => p.catch(noop);", "const noop = () => null;\nconst f = (p) => p.catch((e) => { throw e; });"],
    ["a.js", "function none() { return []; }\nconst f = (p) => p.catch(none);", "function none() { return []; }\nconst f = (p) => p.catch((e) => { throw e; });"],
    ["a.js", "const f = async (p) => (await p.catch(noop)) ?? 1;", "const f = async (p) => (await p.catch((e) => { throw e; })) ?? 1;"],
    ["a.js", "export const NONE = [];\nconst f = (p) => p.catch(() => NONE);", "export const NONE = [];\nconst f = (p) => p.catch((e) => { throw e; });"],
    ["a.js", "const f = (p) => p.then((x) => x, () => []);", "const f = (p) => p.then((x) => x, (e) => { throw e; });"],
    ["a.py", "def f(p):\n    with contextlib.suppress(Exception):\n        return read(p)\n    return None\n", "def f(p):\n    with contextlib.suppress():\n        return read(p)\n    return None\n"],
    ["a.go", "package a\n\nfunc f() (int, error) {\n\tif err := g(); err != nil {\n\t\treturn overrides, nil\n\t}\n\treturn 1, nil\n}\n", "package a\n\nfunc f() (int, error) {\n\tif err := g(); err != nil {\n\t\tpanic(err)\n\t}\n\treturn 1, nil\n}\n"],
    ["a.js", "for (const p of all) { try { found.push(read(p)); } catch {} }", "for (const p of all) { try { found.push(read(p)); } catch {throw new Error(); } }"],
    ["a.py", "for p in all:\n    try:\n        found += load(p)\n    except Exception:\n        continue\n", "for p in all:\n    try:\n        found += load(p)\n    except Exception:\n        raise Exception(); continue\n"],
    ["a.go", "package a\n\nfunc f() error {\n\tif err := g(); err != nil {\n\t\treturn nil\n\t}\n\treturn nil\n}\n", "package a\n\nfunc f() error {\n\tif err := g(); err != nil {\n\t\tpanic(err)\n\t}\n\treturn nil\n}\n"],
    ["a.js", "const f = (p) => p.catch((e) => { console.error('no', e); return []; });", "const f = (p) => p.catch((e) => { throw e; });"],
    ["a.ts", "async function f(p: P) { const all = await p.catch((e) => { this.log.warn(e); return []; }); return all.length; }", "async function f(p: P) { const all = await p.catch((e) => { throw e; }); return all.length; }"],
    ["a.js", "function f(t) { try { return JSON.parse(t); } catch (e) { console.warn(e); return null; } }", "function f(t) { try { return JSON.parse(t); } catch (e) { throw new Error(); console.warn(e); return null; } }"],
    ["a.py", "def f(t):\n    try:\n        return load(t)\n    except Exception as e:\n        logger.exception(e)\n        return []\n", "def f(t):\n    try:\n        return load(t)\n    except Exception as e:\n        raise Exception(); logger.exception(e)\n        return []\n"],
    ["a.go", "package a\n\nfunc f() error {\n\tif err := g(); err != nil {\n\t\tlog.Println(err)\n\t\treturn nil\n\t}\n\treturn nil\n}\n", "package a\n\nfunc f() error {\n\tif err := g(); err != nil {\n\t\tlog.Println(err)\n\t\tpanic(err)\n\t}\n\treturn nil\n}\n"],
    ["a.go", "package a\n\nfunc f(all []int) (int, error) {\n\tfor _, one := range all {\n\t\tif err := g(one); err != nil {\n\t\t\tlog.Println(err)\n\t\t\tcontinue\n\t\t}\n\t}\n\treturn 1, nil\n}\n", "package a\n\nfunc f(all []int) (int, error) {\n\tfor _, one := range all {\n\t\tif err := g(one); err != nil {\n\t\t\tlog.Println(err)\n\t\t\tpanic(err)\n\t\t}\n\t}\n\treturn 1, nil\n}\n"],
  ])("is thrown in %s: %s", async (path, text, wanted) => expect(await swallowed(path, text)).toEqual([wanted])); // prettier-ignore

  it("is thrown where only what went well is looked at", async () => {
    const text = `const f = async (all) => (await Promise.allSettled(all)).filter((one) => one.status === "fulfilled");`;
    expect((await swallowed("a.js", text))[0]).toContain("Promise.all(all).then(");
  });

  it.each([
    ["a.js", "void send().catch(() => {});"],
    ["a.js", 'signal.addEventListener("abort", () => reader.cancel().catch(() => {}));'],
    ["a.js", "all.forEach((one) => one.close().catch(() => null));"],
    ["a.js", "const fire = (send) => void send('start').catch(() => []);"],
    ["a.js", "async function f(all) { await Promise.all(all.map((one) => one.close().catch(() => false))); return all.length; }"],
    ["a.js", "const f = (a, b) => Promise.allSettled([a.close().catch(() => {}), b.close().catch(() => {})]);"],
    ["a.js", "const f = (poll) => setInterval(() => poll().catch(() => null), 1000);"],
    ["a.js", "const f = (poll) => setInterval(async () => { return await poll().catch(() => 0); }, 1000);"],
    ["a.js", "class A { run(job) { const now = this.tail.then(job); this.tail = now.catch(() => {}); return now; } }"],
    ["a.js", "const stop = (x) => x.close().catch(() => undefined);"],
    ["a.js", "async function f(x) { isOpen && (await x.close().catch(() => null)); }"],
    ["a.js", "function f(x) { x.close().catch(() => null).finally(() => log('closed')); }"],
    ["a.tsx", "const A = () => <a onClick={() => save().catch(() => null)} />;"],
    ["a.js", "const f = async (p, q) => (await Promise.race([p, q.catch(() => {})])).size;"],
    ["a.js", "const f = (p) => p.catch((e) => log(e));"],
    ["a.js", "main().catch((e) => { console.error(e); process.exitCode = 1; });"],
    ["a.js", "main().catch((e) => { console.error(e); });"],
    ["a.js", "async function f() { try { await file.close(); } catch (e) { console.warn(e); } }"],
    ["a.py", "def f(t):\n    try:\n        return load(t)\n    except Exception as e:\n        logger.exception(e)\n        raise\n"],
    ["a.py", "def f(t):\n    try:\n        return load(t)\n    except KeyError as e:\n        logger.warning(e)\n        return None\n"],
    ["a.go", "package a\n\nfunc f(l net.Listener) error {\n\tfor {\n\t\tc, err := l.Accept()\n\t\tif err != nil {\n\t\t\tlog.Println(err)\n\t\t\tcontinue\n\t\t}\n\t\tgo serve(c)\n\t}\n}\n"],
    ["a.go", "package a\n\nfunc f(all chan int) error {\n\tfor one := range all {\n\t\tif err := g(one); err != nil {\n\t\t\tlog.Println(err)\n\t\t\tcontinue\n\t\t}\n\t}\n\treturn nil\n}\n"],
    ["a.go", "package a\n\nfunc f() error {\n\tif err := g(); err != nil {\n\t\tlog.Println(err)\n\t\treturn err\n\t}\n\treturn nil\n}\n"],
    ["a.go", "package a\n\nfunc f() {\n\tif err := g(); err != nil {\n\t\tlog.Println(err)\n\t\treturn\n\t}\n}\n"],
    ["a.js", "const f = (p) => p.catch(() => fallback());"],
    ["a.js", "async function f() { try { await file.close(); } catch {} }"],
    ["a.js", "function f(t) { try { return g(t); } catch (e) { if (e.code === 'ENOENT') return null; throw e; } }"],
    ["a.js", "const f = async (all) => (await Promise.allSettled(all)).map((one) => one.status === 'fulfilled' ? one.value : one.reason);"],
    ["a.cjs", "function f() { try { return require('node:sqlite'); } catch { return null; } }"],
    ["a.js", "async function f() { try { return (await import('sharp')).default; } catch { return null; } }"],
    ["a.cjs", "function f() { try { const lib = require('x'); return lib.open; } catch { return null; } }"],
    ["a.cjs", "function f() { try { require.resolve('x'); return true; } catch { return false; } }"],
    ["a.js", "function f(x) { x.close().catch(noop); }"],
    ["a.js", "const tell = (e) => log(e);\nconst f = (p) => p.catch(tell);"],
    ["a.js", "const f = (p) => p.catch(handle);"],
    ["a.js", "const f = (p, fallback) => p.catch(() => fallback);"],
    ["a.js", "const f = (p) => p.then((x) => x, (e) => ask(e));"],
    ["a.js", "const f = (p) => p.then(() => []);"],
    ["a.js", "function f(p) { p.then((x) => show(x), () => null); }"],
    ["a.py", "def f(p):\n    with contextlib.suppress(FileNotFoundError):\n        return read(p)\n    return None\n"],
    ["a.py", "def f(p):\n    with contextlib.suppress(Exception):\n        os.remove(p)\n"],
    ["a.go", "package a\n\nfunc f() (error, error) {\n\tif err := g(); err != nil {\n\t\treturn err, nil\n\t}\n\treturn nil, nil\n}\n"],
    ["a.py", "def f(t):\n    try:\n        return int(t)\n    except ValueError:\n        return None\n"],
    ["a.py", "for p in all:\n    try:\n        os.remove(p)\n    except Exception:\n        pass\n"],
    ["a.go", "package a\n\nfunc f() error {\n\tif err := g(); err != nil {\n\t\treturn err\n\t}\n\treturn nil\n}\n"],
    ["a.go", "package a\n\nfunc f() error {\n\tif err := g(); errors.Is(err, fs.ErrNotExist) {\n\t\treturn nil\n\t}\n\treturn nil\n}\n"],
    ["a.go", "package a\n\nfunc f() string {\n\tif err := g(); err != nil {\n\t\treturn \"\"\n\t}\n\treturn x\n}\n"],
  ])("is left alone in %s: %s", async (path, text) => expect(await swallowed(path, text)).toEqual([])); // prettier-ignore

  const CHAIN = "const f = (load) =>\n  load(1)\n    .then((x) => x)\n    .catch(() => []);\n";
  const OF_GO =
    "package a\n\nfunc f() error {\n\terr := g()\n\tif err != nil {\n\t\treturn nil\n\t}\n\treturn nil\n}\n";
  const OF_TRY = "function f(t) {\n  try {\n    return g(t);\n  } catch (e) {\n    return {};\n  }\n}\n";
  const OF_PYTHON = "def f(t):\n    try:\n        return g(t)\n    except Exception as e:\n        return None\n";
  it.each([
    ["a.js", CHAIN, 4, 1],
    ["a.js", CHAIN, 2, 0],
    ["a.js", CHAIN, 3, 0],
    ["a.go", OF_GO, 6, 1],
    ["a.go", OF_GO, 5, 1],
    ["a.go", OF_GO, 8, 0],
    ["a.js", OF_TRY, 5, 1],
    ["a.js", OF_TRY, 2, 1],
    ["a.js", OF_TRY, 3, 0],
    ["a.py", OF_PYTHON, 5, 1],
    ["a.py", OF_PYTHON, 3, 0],
  ])("is asked for in %s by the line where it is answered: %j, line %i", async (path, text, line, found) =>
    expect(await swallowed(path, text, [line])).toHaveLength(found),
  );
});
