import type { CallOptions, CreateOptions } from '../call-options.ts';
import type { components, operations } from '../schema.d.ts';
import { dataOf, type Transport } from '../transport.ts';

type Schemas = components['schemas'];
/** Somebody in a team or a project, or invited to it. */
export type Member = Schemas['Member'];
export type Invitation = Schemas['Invitation'];
/** A list of permissions under a name. */
export type CustomRole = Schemas['CustomRole'];
/** Whom to add: `email` or `user_id`, with the role. */
export type NewMember = Schemas['MembersAddBody'];
export type NewRole = Schemas['MembersRolesCreateBody'];
export type RoleChange = Schemas['MembersRolesUpdateBody'];
export type PageQuery = NonNullable<operations['members_list']['parameters']['query']>;

export interface InvitationsResource {
  /** One page of the open invitations, newest first. */
  list(id: string, query?: PageQuery, options?: CallOptions): Promise<Schemas['InvitationPage']>;
  /** Mails a new token; the one before is dead. */
  resend(id: string, invitationId: string, options?: CreateOptions): Promise<Invitation>;
  revoke(id: string, invitationId: string, options?: CallOptions): Promise<void>;
}

export interface RolesResource {
  /** One page of the custom roles, by name. */
  list(id: string, query?: PageQuery, options?: CallOptions): Promise<Schemas['CustomRolePage']>;
  get(id: string, roleId: string, options?: CallOptions): Promise<CustomRole>;
  create(id: string, role: NewRole, options?: CreateOptions): Promise<CustomRole>;
  /** Changes what is given, for everybody who has the role. */
  update(
    id: string,
    roleId: string,
    change: RoleChange,
    options?: CallOptions,
  ): Promise<CustomRole>;
  /** Deletes a role that no member has. */
  delete(id: string, roleId: string, options?: CallOptions): Promise<void>;
}

/** Who is in a team or a project; `id` is always that of the team or the project. */
export interface MembersResource {
  /** One page of the members, who came first first. */
  list(id: string, query?: PageQuery, options?: CallOptions): Promise<Schemas['MemberPage']>;
  get(id: string, userId: string, options?: CallOptions): Promise<Member>;
  /** Adds an account, or invites an address: `status` says which. */
  add(id: string, member: NewMember, options?: CreateOptions): Promise<Member>;
  /** Gives a member another role, by its name or, of a custom one, its id. */
  update(id: string, userId: string, role: string, options?: CallOptions): Promise<Member>;
  /** Removes a member, or takes an invitation back. */
  remove(id: string, userId: string, options?: CallOptions): Promise<void>;
  readonly invitations: InvitationsResource;
  readonly roles: RolesResource;
}

type Kind = 'teams' | 'projects';
/** The paths of both kinds have the same types, so that one type stands for both. */
const rootOf = (kind: Kind) => `/v1/${kind}/{id}` as '/v1/projects/{id}';

/** The members of teams or of projects. Every call throws ApiError or NetworkError. */
export function membersResource(transport: Transport, kind: Kind): MembersResource {
  const { raw, with: init } = transport;
  const all = `${rootOf(kind)}/members` as const;
  const one = `${all}/{userId}` as const;
  const at = (id: string, userId: string) => ({ path: { id, userId } });
  const opened = async (reply: Promise<{ data: Member }>) => (await reply).data;
  return {
    list: (id, query = {}, options = {}) =>
      dataOf(raw.GET(all, { params: { path: { id }, query }, ...init(options) })),
    get: (id, userId, options = {}) =>
      opened(dataOf(raw.GET(one, { params: at(id, userId), ...init(options) }))),
    add: (id, body, options = {}) =>
      opened(dataOf(raw.POST(all, { params: { path: { id } }, body, ...init(options) }))),
    update: (id, userId, role, options = {}) =>
      opened(dataOf(raw.PUT(one, { params: at(id, userId), body: { role }, ...init(options) }))),
    remove: async (id, userId, options = {}) =>
      void (await raw.DELETE(one, { params: at(id, userId), ...init(options) })),
    invitations: invitationsResource(transport, kind),
    roles: rolesResource(transport, kind),
  };
}

function invitationsResource({ raw, with: init }: Transport, kind: Kind): InvitationsResource {
  const all = `${rootOf(kind)}/invitations` as const;
  const one = `${all}/{invitationId}` as const;
  const at = (id: string, invitationId: string) => ({ path: { id, invitationId } });
  return {
    list: (id, query = {}, options = {}) =>
      dataOf(raw.GET(all, { params: { path: { id }, query }, ...init(options) })),
    resend: async (id, invitationId, options = {}) =>
      (await dataOf(raw.POST(`${one}/resend`, { params: at(id, invitationId), ...init(options) })))
        .data,
    revoke: async (id, invitationId, options = {}) =>
      void (await raw.DELETE(one, { params: at(id, invitationId), ...init(options) })),
  };
}

function rolesResource({ raw, with: init }: Transport, kind: Kind): RolesResource {
  const all = `${rootOf(kind)}/roles` as const;
  const one = `${all}/{roleId}` as const;
  const at = (id: string, roleId: string) => ({ path: { id, roleId } });
  const opened = async (reply: Promise<{ data: CustomRole }>) => (await reply).data;
  return {
    list: (id, query = {}, options = {}) =>
      dataOf(raw.GET(all, { params: { path: { id }, query }, ...init(options) })),
    get: (id, roleId, options = {}) =>
      opened(dataOf(raw.GET(one, { params: at(id, roleId), ...init(options) }))),
    create: (id, body, options = {}) =>
      opened(dataOf(raw.POST(all, { params: { path: { id } }, body, ...init(options) }))),
    update: (id, roleId, body, options = {}) =>
      opened(dataOf(raw.PUT(one, { params: at(id, roleId), body, ...init(options) }))),
    delete: async (id, roleId, options = {}) =>
      void (await raw.DELETE(one, { params: at(id, roleId), ...init(options) })),
  };
}
