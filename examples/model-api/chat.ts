import { constant, HttpUser, type RunOptionsInput, type StreamEvent, task } from 'loadts';

// One chunk of an OpenAI-compatible chat completion.
interface ChatChunk {
  readonly choices: readonly { readonly delta: { readonly content?: string } }[];
}

export const options = {
  waitFor: '/health',
  waitForMatch: '"status":"ready"',
  threshold: [
    'errors < 1%',
    'ttfe.p95 < 500ms',
    'gap.p95 < 100ms',
    'goodput{ttfe < 500ms, gap.p95 < 50ms} > 90%',
  ],
} satisfies RunOptionsInput;

export class ChatUser extends HttpUser {
  waitTime = constant(0.5);

  @task
  async ask() {
    await this.client.stream('/v1/chat/completions', {
      json: {
        model: 'sample-chat',
        stream: true,
        max_tokens: 16,
        messages: [{ role: 'user', content: 'What does a load test show?' }],
      },
      // The first event only says who speaks, the last ones that it is over: neither is a token.
      isContent: hasContent,
    });
  }
}

function hasContent(event: StreamEvent) {
  if (event.data === '[DONE]') return false;
  return Boolean(event.json<ChatChunk>().choices[0]?.delta.content);
}
