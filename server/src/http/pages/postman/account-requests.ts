import type { Auth, Folder, Item } from './collection-format.ts';
import { statusTest } from './request-scripts.ts';

const auth = 'api/v1/auth';
const token: Auth = {
  type: 'bearer',
  bearer: [{ key: 'token', value: '{{accessToken}}', type: 'string' }],
};

const keepTokens = [
  'const reply = pm.response.json();',
  `pm.collectionVariables.set('accessToken', reply.access_token ?? '');`,
  `pm.collectionVariables.set('refreshToken', reply.refresh_token ?? '');`,
];
const keepSession = [
  'const other = (pm.response.json().items ?? []).find((each) => !each.current);',
  `pm.collectionVariables.set('session', other?.id ?? '');`,
];
const forgetTokens = ['accessToken', 'refreshToken'].map(
  (name) => `pm.collectionVariables.unset('${name}');`,
);
const newAddress = `pm.collectionVariables.set('email', 'user_' + Date.now() + '@example.com');`;

interface Step {
  readonly route: string;
  readonly status: number;
  /** Whether it is asked with the token of the account that the run registered. */
  readonly signedIn?: true;
  /** Values of the body in place of the example's. */
  readonly body?: Readonly<Record<string, string>>;
  readonly before?: string;
  readonly after?: readonly string[];
}

/** In the order in which one account can do them. */
const steps: readonly Step[] = [
  {
    route: `POST ${auth}/register`,
    status: 201,
    body: { email: '{{email}}' },
    before: newAddress,
    after: keepTokens,
  },
  { route: `GET ${auth}/me`, status: 200, signedIn: true },
  { route: `POST ${auth}/login`, status: 200, body: { email: '{{email}}' }, after: keepTokens },
  {
    route: `POST ${auth}/refresh`,
    status: 200,
    body: { refresh_token: '{{refreshToken}}' },
    after: keepTokens,
  },
  { route: `GET ${auth}/sessions`, status: 200, signedIn: true, after: keepSession },
  { route: `DELETE ${auth}/sessions/:id`, status: 204, signedIn: true },
  { route: `DELETE ${auth}/sessions`, status: 204, signedIn: true },
  { route: `POST ${auth}/change-password`, status: 200, signedIn: true },
  { route: `POST ${auth}/forgot-password`, status: 200, body: { email: '{{email}}' } },
  { route: `POST ${auth}/logout`, status: 204, signedIn: true, after: forgetTokens },
];

/** What takes a token from a mail: no run can read it. */
const mailed = [
  `POST ${auth}/reset-password`,
  `POST ${auth}/verify-email`,
  'POST v1/invitations/accept',
];

const routeOf = ({ request }: Item): string => `${request.method} ${request.url.path.join('/')}`;

/**
 * Has the requests of accounts register one with a new address and go on with its tokens, in an order
 * in which that works; those that need a mail are left out.
 */
export function withAccounts(folders: readonly Folder[], names: Set<string>): void {
  const home = folders.find(({ item }) => item.some((each) => routeOf(each) === steps[0]?.route));
  if (!home) return;
  const found = new Map(folders.flatMap(({ item }) => item.map((each) => [routeOf(each), each])));
  const chained = steps.flatMap((step) => {
    const item = found.get(step.route);
    if (item) prepare(item, step);
    return item ? [item] : [];
  });
  const own = new Set([...steps.map(({ route }) => route), ...mailed]);
  for (const folder of folders) folder.item = folder.item.filter((item) => !own.has(routeOf(item)));
  home.item.unshift(...chained);
  names.delete('auth_sessions_id');
  for (const name of ['accessToken', 'email', 'refreshToken', 'session']) names.add(name);
}

function prepare(item: Item, { status, signedIn, body, before, after }: Step): void {
  if (signedIn) item.request.auth = token;
  for (const variable of item.request.url.variable ?? []) variable.value = '{{session}}';
  if (body) {
    const example = JSON.parse(item.request.body?.raw ?? '{}') as object;
    const raw = JSON.stringify({ ...example, ...body }, null, 2);
    item.request.body = { ...item.request.body, raw };
  }
  item.event = [
    {
      listen: 'test',
      script: { type: 'text/javascript', exec: [statusTest(status), ...(after ?? [])] },
    },
  ];
  if (before !== undefined)
    item.event.push({ listen: 'prerequest', script: { type: 'text/javascript', exec: [before] } });
}
