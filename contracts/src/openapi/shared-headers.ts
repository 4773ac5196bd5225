import type { oas31 } from 'zod-openapi';

const text = (example: string, more: oas31.SchemaObject = {}): oas31.SchemaObject => ({
  type: 'string',
  ...more,
  examples: [example],
});
const requestId = {
  schema: text('req_01kaj5cz5rf4q9t2jw2hq5m8e3', { pattern: '^[\\w.:-]{1,128}$' }),
};

/** Headers of requests that several operations read. None has a parameter example: documentation
 * pages would send it. */
export const headerParameters = {
  ProjectId: {
    name: 'X-Project-Id',
    in: 'header',
    description: 'Picks the project, for callers that reach several; else the default one',
    schema: text('proj_01kaj5cz5rf4q9t2jw2hq5m8e3'),
  },
  RequestId: {
    name: 'X-Request-Id',
    in: 'header',
    description:
      'Your own id for this request; the reply and the log carry it. One that is not 1 to 128 letters, digits, dots, colons, dashes or underscores is replaced by a new id',
    schema: text('req_01kaj5cz5rf4q9t2jw2hq5m8e3'),
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    description: 'The ETag you read: the change is refused with 412 when there is a newer version',
    schema: text('"3.1"'),
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: 'An ETag you hold: the reply is 304 without a body while it is still current',
    schema: text('"3.1"'),
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'Any text that is new for each new request: sent again with the same body, the stored answer is given and nothing is done twice',
    schema: text('order-4711', { pattern: '^[\\x21-\\x7e]{1,255}$' }),
  },
} as const satisfies Record<string, oas31.ParameterObject>;

/** Headers of replies. */
export const replyHeaders = {
  RequestId: { description: 'Id of the request: the one sent, or a new one', ...requestId },
  ETag: {
    description: 'Version of the reply, for If-None-Match; of one resource, also for If-Match',
    schema: text('"3.1"'),
  },
  Location: {
    description: 'Where the new resource is',
    schema: text('/api/v1/collections/articles', { format: 'uri-reference' }),
  },
  ContentDisposition: {
    description: 'The name of the file',
    schema: text('attachment; filename="articles.csv"'),
  },
  Link: {
    description: 'RFC 8288 links to the first, prev, next and last page',
    schema: text('</api/v1/collections?page=2>; rel="next"'),
  },
  IdempotentReplayed: {
    description: 'true where a stored answer was given for an Idempotency-Key',
    schema: { type: 'string', enum: ['true'] },
  },
  RetryAfter: {
    description: 'Seconds to wait',
    schema: { type: 'integer', minimum: 0, examples: [1] },
  },
  RateLimitLimit: {
    description: 'Uses in the window that closes first, for keys with limits',
    schema: { type: 'integer', minimum: 1, examples: [600] },
  },
  RateLimitRemaining: {
    description: 'Uses that are left in it',
    schema: { type: 'integer', minimum: 0, examples: [0] },
  },
  RateLimitReset: {
    description: 'When it is over, in seconds since 1970',
    schema: { type: 'integer', minimum: 0, examples: [1_769_852_400] },
  },
  WWWAuthenticate: { description: 'How to authenticate', schema: text('Bearer realm="cms"') },
} as const satisfies Record<string, oas31.HeaderObject>;

/** A reference to a header of a reply. */
export const headerRef = (name: keyof typeof replyHeaders) => ({
  $ref: `#/components/headers/${name}`,
});

/** A reference to a header of a request. */
export const parameterRef = (name: keyof typeof headerParameters) => ({
  $ref: `#/components/parameters/${name}`,
});
