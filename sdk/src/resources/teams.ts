import type { CallOptions, CreateOptions } from '../call-options.ts';
import type { components } from '../schema.d.ts';
import { dataOf, type Transport } from '../transport.ts';
import {
  type InvitationsResource,
  membersResource,
  type MembersResource,
  type PageQuery,
  type RolesResource,
} from './members.ts';

type Schemas = components['schemas'];
/** People who work on the same projects. */
export type Team = Schemas['Team'];
export type NewTeam = Schemas['TeamsCreateBody'];
export type TeamChange = Schemas['TeamsUpdateBody'];
/** What an invitation made its account a member of. */
export type Membership = Schemas['Membership'];

export interface TeamsResource {
  /** One page of the account's teams, by name. */
  list(query?: PageQuery, options?: CallOptions): Promise<Schemas['TeamPage']>;
  get(id: string, options?: CallOptions): Promise<Team>;
  create(team: NewTeam, options?: CreateOptions): Promise<Team>;
  /** Changes what is given. */
  update(id: string, change: TeamChange, options?: CallOptions): Promise<Team>;
  /** Deletes a team that has no projects. */
  delete(id: string, options?: CallOptions): Promise<void>;
  /** Joins by a mailed token, to a team or a project, with the account of this client. */
  accept(token: string, options?: CallOptions): Promise<Membership>;
  readonly members: Omit<MembersResource, 'invitations' | 'roles'>;
  readonly invitations: InvitationsResource;
  readonly roles: RolesResource;
}

const root = '/v1/teams';
const one = '/v1/teams/{id}';

/** Teams and who is in them. Every call throws ApiError or NetworkError. */
export function teamsResource(transport: Transport): TeamsResource {
  const { raw, with: init } = transport;
  const { invitations, roles, ...members } = membersResource(transport, 'teams');
  const at = (id: string) => ({ path: { id } });
  const opened = async (reply: Promise<{ data: Team }>) => (await reply).data;
  return {
    list: (query = {}, options = {}) =>
      dataOf(raw.GET(root, { params: { query }, ...init(options) })),
    get: (id, options = {}) => opened(dataOf(raw.GET(one, { params: at(id), ...init(options) }))),
    create: (body, options = {}) => opened(dataOf(raw.POST(root, { body, ...init(options) }))),
    update: (id, body, options = {}) =>
      opened(dataOf(raw.PUT(one, { params: at(id), body, ...init(options) }))),
    delete: async (id, options = {}) =>
      void (await raw.DELETE(one, { params: at(id), ...init(options) })),
    // The token works once: a second try could find it used by the first.
    accept: async (token, options = {}) =>
      (
        await dataOf(
          raw.POST('/v1/invitations/accept', {
            body: { token },
            ...init({ retries: 0, ...options }),
          }),
        )
      ).data,
    members,
    invitations,
    roles,
  };
}
