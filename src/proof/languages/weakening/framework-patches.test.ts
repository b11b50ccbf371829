import { expect, it } from "@jest/globals";
import { readerOfTests } from "../../../../test/support/parsed-texts.ts";
import { frameworkPatches } from "./framework-patches.ts";

const read = readerOfTests();

async function found(code: string): Promise<string[]> {
  const parsed = await read("tests/test_pay.py", code);
  return frameworkPatches(parsed.root, parsed.language).map(({ what }) => what);
}
const IN = (head: string, line: string, more = "") =>
  `import unittest\n\n\nclass ${head}:\n    def ready(self, fail=0):\n        ${line}\n${more}`;
const TEST = "\n    def test_pays(self):\n        self.assertEqual(pay(450), 450)\n";
const SET_UP = "\n    def setUp(self):\n        super().setUp()\n";

it.each<[string, string, string]>([
  ["assertEqual", "self.assertEqual", IN("PayTest(unittest.TestCase)", "self.assertEqual = print")],
  ["with its type", "self.assertEqual", IN("PayTest(TestCase)", "self.assertEqual: object = print")],
  ["beside another", "self.assertIn", IN("PayTest(TestCase)", "self.n, self.assertIn = 5, print")],
  ["fail", "self.fail", IN("PayTest(django.test.SimpleTestCase)", "self.fail = print")],
  ["subTest of the class", "cls.subTest", IN("PayTest(TestCase)", "cls.subTest = nothing")],
  ["of a base of one's own", "self.assertTrue", IN("PayTest(Base)", "self.assertTrue = print", TEST)],
  ["in a class that only helps", "self.assertRaises", IN("Calm", "self.assertRaises = print", SET_UP)],
])("sees what takes the place of %s", async (_what, name, code) =>
  expect(await found(code)).toEqual([`changes \`${name}\`, which decides whether a test fails`]),
);

it.each<[string, string]>([
  ["a gateway that counts what is to fail", IN("Gateway", "self.fail = fail")],
  ["a gateway with a base", IN("Gateway(Base)", "self.fail = fail")],
  ["what takes one from the count", IN("Gateway", "self.fail -= 1")],
  ["a part of SAML", IN("Response", "self.assertion = fail")],
  ["a part of SAML in a test case", IN("PayTest(unittest.TestCase)", "self.assertion = fail")],
  ["several of them", IN("Response(Message)", "self.assertions = [fail]")],
  ["a helper by its own name", IN("PayTest(TestCase)", "self.assert_total = partial(self.assertEqual, 5)")],
  ["one in the other way of writing", IN("PayTest(TestCase)", "self.assertTotal = partial(self.assertEqual, 5)")],
  ["a name of older versions", IN("PayTest(TestCase)", "self.assertItemsEqual = self.assertCountEqual")],
  ["a name of later versions", IN("PayTest(TestCase)", "self.assertRaisesRegex = self.assertRaisesRegexp")],
  ["steps that hand on to a case", IN("Steps", "self.assertEqual = fail.assertEqual")],
])("leaves alone %s", async (_what, code) => expect(await found(code)).toEqual([]));
