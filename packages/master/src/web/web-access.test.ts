import { describe, expect, it } from 'vitest';
import { TokenGate } from './access/token-gate.ts';
import { ask, post, startServer } from './web-server.case.ts';

const TOKEN = 'open sesame';

describe('a web server with a token', () => {
  it('lets nobody in without it, and shows a person where to give it', async () => {
    const { url } = await startServer({ token: TOKEN });
    for (const path of [
      '/api/v1/state',
      '/api/v1/events',
      '/metrics',
      '/api/v1/runs/run-1/result',
      '/index.html',
    ]) {
      expect(await ask(`${url}${path}`)).toMatchObject({
        status: 401,
        body: { error: { code: 'TOKEN_REQUIRED' } },
      });
    }
    expect(await post(`${url}/api/v1/run/start`)).toMatchObject({ status: 401 });
    const page = await ask(url);
    expect([page.status, page.headers.get('location')]).toEqual([303, '/login']);
    expect((await ask(`${url}/login`)).text).toContain('type="password"');
    expect((await ask(`${url}/login.css`)).status).toBe(200);
    expect((await ask(`${url}/healthz`)).text).toBe('ok\n');
  });

  it('takes it as a bearer', async () => {
    const { url } = await startServer({ token: 'sesame' });
    const state = (token: string): Promise<{ status: number }> =>
      ask(`${url}/api/v1/state`, { headers: { authorization: `Bearer ${token}` } });
    expect((await state('sesame')).status).toBe(200);
    expect((await state('sesam')).status).toBe(401);
  });

  it('begins a session with it, which a logout ends', async () => {
    const { url } = await startServer({ token: TOKEN });
    const login = await post(`${url}/login`, { token: TOKEN });
    const cookie = login.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^loadts_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/);
    const headers = { cookie: cookie.split(';')[0] ?? '' };
    expect((await ask(`${url}/api/v1/state`, { headers })).status).toBe(200);
    await post(`${url}/logout`, {}, headers);
    expect((await ask(`${url}/api/v1/state`, { headers })).status).toBe(401);
  });

  it('takes it from the form of its own page, not from that of another', async () => {
    const { url } = await startServer({ token: TOKEN });
    const send = (token: string, origin: string): ReturnType<typeof ask> =>
      ask(`${url}/login`, { method: 'POST', body: new URLSearchParams({ token }), headers: { origin } });
    const right = await send(TOKEN, url);
    expect([right.status, right.headers.get('location')]).toEqual([303, '/']);
    expect(right.headers.get('set-cookie')).toContain('loadts_session=');
    const wrong = await send('<b>', url);
    expect(wrong.status).toBe(401);
    expect(wrong.text).toContain('role="alert"');
    expect(wrong.text).not.toContain('<b>');
    expect((await send(TOKEN, 'http://evil.example')).status).toBe(403);
  });

  it('lets nobody try more than ten tokens a minute', async () => {
    const { url } = await startServer({ token: TOKEN });
    for (let i = 0; i < 10; i++) expect((await post(`${url}/login`, { token: 'x' })).status).toBe(401);
    const limited = await post(`${url}/login`, { token: TOKEN });
    expect(limited).toMatchObject({ status: 429, body: { error: { code: 'TOO_MANY_ATTEMPTS' } } });
    const bearer = await ask(`${url}/api/v1/state`, { headers: { authorization: `Bearer x` } });
    expect(bearer.status).toBe(429);
  });
});

describe('TokenGate', () => {
  it('forgets wrong tokens after a minute, and a session after twelve hours', () => {
    let now = 0;
    const gate = new TokenGate({ token: TOKEN, now: () => now });
    for (let i = 0; i < 10; i++) expect(() => gate.login('x', 'a')).toThrow('this is not the token');
    expect(() => gate.login(TOKEN, 'a')).toThrow('10 wrong tokens within a minute');
    expect(gate.login(TOKEN, 'b')).toContain('loadts_session');
    now = 60_000;
    const cookie = gate.login(TOKEN, 'a');
    const check = (): void => gate.check({ cookie, authorization: undefined, address: 'a' });
    now += 12 * 3_600_000 - 1;
    expect(check).not.toThrow();
    now += 1;
    expect(check).toThrow('this server wants a token');
  });
});
