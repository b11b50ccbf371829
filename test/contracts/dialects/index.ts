import { ANTHROPIC_API } from "./anthropic.ts";
import { AZURE_OPENAI } from "./azure-openai.ts";
import { DEEPSEEK } from "./deepseek.ts";
import type { Dialect } from "./dialect.ts";
import { GEMINI } from "./gemini.ts";
import { GROQ } from "./groq.ts";
import { LLAMA_CPP } from "./llama-cpp.ts";
import { LM_STUDIO } from "./lm-studio.ts";
import { MISTRAL } from "./mistral.ts";
import { OLLAMA } from "./ollama.ts";
import { OPENAI_CHAT } from "./openai-chat.ts";
import { OPENAI_RESPONSES } from "./openai-responses.ts";
import { OPENROUTER } from "./openrouter.ts";
import { VLLM } from "./vllm.ts";

/** All families, one record each. */
export const DIALECTS: readonly Dialect[] = [
  ...[OPENAI_RESPONSES, OPENAI_CHAT, AZURE_OPENAI, ANTHROPIC_API, GEMINI, MISTRAL, DEEPSEEK],
  ...[OPENROUTER, GROQ, OLLAMA, LLAMA_CPP, VLLM, LM_STUDIO],
];
