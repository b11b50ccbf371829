import { expect, it } from "@jest/globals";
import { anthropicBase, openaiBase, otherOpenaiBase } from "./base-url.ts";

it.each([
  ["https://api.anthropic.com/v1", "https://api.anthropic.com"],
  ["https://api.anthropic.com/v1/messages", "https://api.anthropic.com"],
  ["https://api.anthropic.com/v1/messages?beta=true", "https://api.anthropic.com"],
  ["https://gw.example/anthropic/v1/", "https://gw.example/anthropic"],
])("reads %s for the Messages API", (given, base) => {
  expect(anthropicBase(given)).toBe(base);
});

it.each([
  ["https://api.openai.com", "https://api.openai.com/v1", "https://api.openai.com"],
  ["https://gw.example/v1/chat/completions?stream=1", "https://gw.example/v1", "https://gw.example"],
  ["https://gw.example/api/v1/responses/", "https://gw.example/api/v1", "https://gw.example/api"],
  ["http://localhost:11434/api", "http://localhost:11434/api", "http://localhost:11434/api/v1"],
])("reads %s for OpenAI's APIs", (given, base, other) => {
  expect([openaiBase(given), otherOpenaiBase(openaiBase(given))]).toEqual([base, other]);
});
