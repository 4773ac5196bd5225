import { createHmac } from 'node:crypto';
import {
  decodeJwt,
  exportSPKI,
  generateKeyPair,
  exportJWK,
  importJWK,
  type JWK,
  type JWTHeaderParameters,
  SignJWT,
} from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { movableClock, register, statusOfMe, type Tokens } from './accounts.ts';
import { startTestServer, type TestServer } from './harness.ts';

/** Access tokens that are not ours, or not good now, are nobody's. */
const clock = movableClock();
let server: TestServer;
let user: Tokens;
let privateJwk: JWK & { kid: string };
let publicJwk: JWK;

beforeAll(async () => {
  server = await startTestServer({ clock });
  user = await register(server, 'user@example.com');
  const { sql } = server.app.services.database;
  const [row] = await sql.rows<{ id: string; jwk: string }>(
    { text: 'select id, private_jwk::text as jwk from signing_keys' },
    [],
  );
  privateJwk = { ...(JSON.parse(String(row?.jwk)) as JWK), kid: String(row?.id) };
  const jwks = await server.ask('GET', '/.well-known/jwks.json', { key: null });
  publicJwk = (jwks.body['keys'] as unknown as JWK[])[0] as JWK;
});
afterAll(() => server.close());

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = () => Math.floor(clock.now().getTime() / 1000);

/** A token with our own key, as ours but for what is given. */
async function signed(claims: object, header: object = {}, jwk: JWK = privateJwk): Promise<string> {
  const base = { ...decodeJwt(user.access), iat: now(), exp: now() + 600 };
  return new SignJWT({ ...base, ...claims })
    .setProtectedHeader({
      alg: 'ES256',
      typ: 'at+jwt',
      kid: privateJwk.kid,
      ...header,
    } as JWTHeaderParameters)
    .sign(await importJWK(jwk, 'ES256'));
}

const refused = async (token: string): Promise<void> => {
  expect(await statusOfMe(server, token)).toBe(401);
  // Nor is it taken for anonymous where anonymous callers are welcome.
  expect((await server.ask('GET', '/health', { key: token })).status).toBe(401);
};

it('takes its own, and says nothing secret in it', async () => {
  expect(await statusOfMe(server, await signed({}))).toBe(200);
  expect(Object.keys(decodeJwt(user.access)).toSorted()).toEqual(
    ['aud', 'exp', 'iat', 'iss', 'role', 'sid', 'sub'].toSorted(),
  );
});

it('shows the public half of its keys alone', () => {
  expect(publicJwk).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256', kid: privateJwk.kid });
  expect(publicJwk).not.toHaveProperty('d');
});

describe('refuses', () => {
  it('tokens without a signature (alg none)', async () => {
    const [, claims = '', signature] = user.access.split('.');
    for (const alg of ['none', 'None', 'NONE', ''])
      for (const end of ['', signature])
        await refused(`${encode({ alg, typ: 'at+jwt', kid: privateJwk.kid })}.${claims}.${end}`);
    await refused(user.access.replace(/[^.]*$/, ''));
  });

  it('tokens signed with the public key as a shared secret (key confusion)', async () => {
    const pem = await exportSPKI((await importJWK(publicJwk, 'ES256')) as never);
    const [, claims = ''] = user.access.split('.');
    const head = encode({ alg: 'HS256', typ: 'at+jwt', kid: privateJwk.kid });
    for (const secret of [pem, pem.trim(), JSON.stringify(publicJwk), String(publicJwk.x)]) {
      const mac = createHmac('sha256', secret).update(`${head}.${claims}`).digest('base64url');
      await refused(`${head}.${claims}.${mac}`);
    }
  });

  it('tokens of a foreign key, also one that they bring along', async () => {
    const pair = await generateKeyPair('ES256', { extractable: true });
    const jwk = await exportJWK(pair.privateKey);
    const open = await exportJWK(pair.publicKey);
    await refused(await signed({}, {}, jwk));
    await refused(await signed({}, { jwk: open }, jwk));
    await refused(await signed({}, { jwk: open, kid: "sig_' or true --" }, jwk));
    await refused(await signed({}, { kid: 'sig_01kaj5cz5rf4q9t2jw2hq5m8e3' }, jwk));
    await refused(await signed({}, { jku: 'http://127.0.0.1:1/jwks.json', kid: 'x' }, jwk));
  });

  it('tokens from the past and from the future', async () => {
    await refused(await signed({ iat: now() - 700, exp: now() - 100 }));
    await refused(await signed({ iat: now() + 3600, exp: now() + 4200 }));
    await refused(await signed({ nbf: now() + 3600 }));
    // One that claims to live longer than any that we make.
    await refused(await signed({ iat: now() - 3600, exp: now() + 86_400 }));
    await refused(await signed({ exp: undefined }));
  });

  it('tokens made for another purpose, issuer, audience, account or session', async () => {
    await refused(await signed({}, { typ: 'JWT' }));
    await refused(await signed({ iss: 'https://elsewhere.example.com' }));
    await refused(await signed({ aud: 'elsewhere' }));
    const other = await register(server, 'other@example.com');
    await refused(await signed({ sub: other.id }));
    await refused(await signed({ sid: decodeJwt(other.access)['sid'], sub: user.id }));
    await refused(await signed({ sid: undefined }));
  });

  it('claims that were changed: a role in a token is nobody else’s business', async () => {
    const [head, claims = '', signature] = user.access.split('.');
    const changed = {
      ...(JSON.parse(Buffer.from(claims, 'base64url').toString()) as object),
      role: 'admin',
    };
    await refused(`${head}.${encode(changed)}.${signature}`);
    const collection = { body: { name: 'mine' }, key: await signed({ role: 'admin' }) };
    expect((await server.ask('POST', '/api/v1/collections', collection)).status).toBe(403);
  });

  it('texts that only look like tokens', async () => {
    for (const text of [
      'eyJ..',
      'eyJhbGciOiJFUzI1NiJ9.e30.AAAA',
      'eyJ.eyJ.eyJ',
      `eyJ${'A'.repeat(9000)}.e.e`,
    ])
      await refused(text);
  });
});

describe('as time goes by', () => {
  it('a token dies after ten minutes and a refresh token gets the next', async () => {
    const { access, refresh } = await register(server, 'timed@example.com');
    clock.move(599);
    expect(await statusOfMe(server, access)).toBe(200);
    clock.move(10);
    expect(await statusOfMe(server, access)).toBe(401);
    const next = await server.ask('POST', '/api/v1/auth/refresh', {
      key: null,
      body: { refresh_token: refresh },
    });
    expect(await statusOfMe(server, String(next.body['access_token']))).toBe(200);
  });

  it('keys are replaced each month, and the old one is good while its tokens live', async () => {
    const kids = async () =>
      ((await server.ask('GET', '/.well-known/jwks.json')).body['keys'] as unknown as JWK[]).map(
        ({ kid }) => kid,
      );
    const before = await kids();
    clock.move(30 * 86_400 - 800);
    const { access } = await register(server, 'old-key@example.com');
    clock.move(400);
    const { access: newer } = await register(server, 'new-key@example.com');
    const during = await kids();
    expect(during).toHaveLength(2);
    expect(during).toContain(before[0]);
    expect(await statusOfMe(server, access)).toBe(200);
    expect(await statusOfMe(server, newer)).toBe(200);
    clock.move(86_400);
    expect(await kids()).toEqual(during.filter((kid) => kid !== before[0]));
  });
});
