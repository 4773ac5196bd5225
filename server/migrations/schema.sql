-- What the migrations make, as PostgreSQL describes it. Written by "npm run generate".
column accounts.active boolean not null default true
column accounts.created_at timestamp(3) with time zone not null
column accounts.email text not null
column accounts.id text not null
column accounts.name text
column accounts.password_hash text not null
column accounts.role text not null
column accounts.updated_at timestamp(3) with time zone not null
column accounts.verified boolean not null default false
column api_key_days.day date not null
column api_key_days.key_id text not null
column api_key_days.refused bigint not null default '0'::bigint
column api_key_days.requests bigint not null default '0'::bigint
column api_key_uses.at timestamp(3) with time zone not null
column api_key_uses.id bigint not null default nextval('api_key_uses_id_seq'::regclass)
column api_key_uses.ip_address text
column api_key_uses.key_id text not null
column api_key_uses.operation text not null
column api_key_uses.request_id text
column api_key_uses.status integer not null
column api_key_uses.user_agent text
column api_key_windows.key_id text not null
column api_key_windows.name text not null
column api_key_windows.started_at timestamp(3) with time zone not null
column api_key_windows.used bigint not null default '0'::bigint
column api_keys.access_level text
column api_keys.account_id text
column api_keys.allowed_ips jsonb not null default '[]'::jsonb
column api_keys.collection_grants jsonb not null default '{}'::jsonb
column api_keys.created_at timestamp(3) with time zone not null
column api_keys.created_by text
column api_keys.expires_at timestamp(3) with time zone
column api_keys.hash text not null
column api_keys.id text not null
column api_keys.last_used_at timestamp(3) with time zone
column api_keys.last_used_ip text
column api_keys.limits jsonb not null default '{}'::jsonb
column api_keys.name text not null
column api_keys.prefix text not null
column api_keys.previous_expires_at timestamp(3) with time zone
column api_keys.previous_hash text
column api_keys.project_id text
column api_keys.revoked_at timestamp(3) with time zone
column api_keys.scopes jsonb not null default '[]'::jsonb
column api_keys.updated_at timestamp(3) with time zone not null
column audit_heads.event_id bigint not null
column audit_heads.event_xid xid8 not null
column audit_heads.hash text not null
column audit_heads.project_id text not null
column audit_heads.seq bigint not null
column audit_log.actor_id text
column audit_log.actor_kind text not null
column audit_log.after jsonb
column audit_log.at timestamp(3) with time zone not null
column audit_log.before jsonb
column audit_log.details jsonb
column audit_log.hash text not null
column audit_log.id text not null
column audit_log.ip_address text
column audit_log.outcome text not null
column audit_log.project_id text not null
column audit_log.request_id text
column audit_log.resource_id text
column audit_log.resource_type text
column audit_log.seq bigint not null
column audit_log.severity text not null
column audit_log.type text not null
column audit_log.user_agent text
column audit_pending.actor_id text
column audit_pending.actor_kind text not null
column audit_pending.after jsonb
column audit_pending.at timestamp(3) with time zone not null
column audit_pending.before jsonb
column audit_pending.details jsonb
column audit_pending.id text not null
column audit_pending.ip_address text
column audit_pending.outcome text not null
column audit_pending.position bigint not null
column audit_pending.project_id text not null
column audit_pending.request_id text
column audit_pending.resource_id text
column audit_pending.resource_type text
column audit_pending.severity text not null
column audit_pending.type text not null
column audit_pending.user_agent text
column audit_pending.xid xid8 not null default pg_current_xact_id()
column auth_attempts.blocked_until timestamp(3) with time zone
column auth_attempts.failures integer not null
column auth_attempts.key text not null
column auth_attempts.updated_at timestamp(3) with time zone not null
column collections.created_at timestamp(3) with time zone not null
column collections.default_status text not null
column collections.fields jsonb not null
column collections.id text not null
column collections.label text
column collections.name text not null
column collections.options jsonb not null
column collections.project_id text not null
column collections.revision integer not null
column collections.rules jsonb not null
column collections.status text not null
column collections.storage text not null
column collections.type text not null
column collections.updated_at timestamp(3) with time zone not null
column collections.used_keys jsonb not null
column entries.collection_id text not null
column entries.created_at timestamp(3) with time zone not null
column entries.created_by text
column entries.deleted_at timestamp(3) with time zone
column entries.id text not null
column entries.live boolean generated 
CASE
    WHEN (deleted_at IS NULL) THEN true
    ELSE NULL::boolean
END
column entries.project_id text not null
column entries.published_at timestamp(3) with time zone
column entries.status text not null
column entries.updated_at timestamp(3) with time zone not null
column entries.updated_by text
column entries.version integer not null
column entry_references.field_id text not null
column entry_references.from_collection_id text not null
column entry_references.from_entry_id text not null
column entry_references.on_delete text not null
column entry_references.path text not null
column entry_references.project_id text not null
column entry_references.to_collection_id text not null
column entry_references.to_entry_id text not null
column entry_references.to_live boolean not null default true
column entry_states.collection_id text not null
column entry_states.created_at timestamp(3) with time zone not null
column entry_states.created_by text
column entry_states.data jsonb not null
column entry_states.entry_id text not null
column entry_states.project_id text not null
column entry_states.published_at timestamp(3) with time zone
column entry_states.stage text not null
column entry_states.status text not null
column entry_states.translations jsonb
column entry_states.updated_at timestamp(3) with time zone not null
column entry_states.updated_by text
column entry_states.version integer not null
column entry_states.words tsvector
column entry_versions.at timestamp(3) with time zone not null
column entry_versions.author text
column entry_versions.collection_id text not null
column entry_versions.data jsonb not null
column entry_versions.entry_id text not null
column entry_versions.event_id bigint not null
column entry_versions.operation text not null
column entry_versions.project_id text not null
column entry_versions.status text not null
column entry_versions.version integer not null
column events.actor text
column events.at timestamp(3) with time zone not null
column events.collection_id text
column events.data jsonb
column events.entry_id text
column events.id bigint not null
column events.ip_address text
column events.project_id text not null
column events.request_id text
column events.type text not null
column events.version integer
column events.xid xid8 not null default pg_current_xact_id()
column idempotency_keys.caller text not null
column idempotency_keys.expires_at timestamp(3) with time zone not null
column idempotency_keys.key text not null
column idempotency_keys.operation text not null
column idempotency_keys.project_id text not null
column idempotency_keys.reply text
column idempotency_keys.request_hash text not null
column instance_secrets.name text not null
column instance_secrets.value text not null
column invitations.created_at timestamp(3) with time zone not null
column invitations.custom_role_id text
column invitations.email text not null
column invitations.expires_at timestamp(3) with time zone not null
column invitations.hash text not null
column invitations.id text not null
column invitations.invited_by text
column invitations.role text not null
column invitations.scope_id text not null
column mikro_orm_migrations.executed_at timestamp(6) with time zone not null default CURRENT_TIMESTAMP(6)
column mikro_orm_migrations.id integer not null default nextval('mikro_orm_migrations_id_seq'::regclass)
column mikro_orm_migrations.name character varying(255) not null
column one_time_tokens.account_id text not null
column one_time_tokens.expires_at timestamp(3) with time zone not null
column one_time_tokens.hash text not null
column one_time_tokens.purpose text not null
column project_members.account_id text not null
column project_members.created_at timestamp(3) with time zone not null
column project_members.custom_role_id text
column project_members.project_id text not null
column project_members.role text not null
column projects.created_at timestamp(3) with time zone not null
column projects.created_by text
column projects.default_locale text not null default 'en'::text
column projects.deleted_at timestamp(3) with time zone
column projects.description text
column projects.id text not null
column projects.is_default boolean not null default false
column projects.name text not null
column projects.revision integer not null default 1
column projects.status text not null default 'active'::text
column projects.team_id text
column projects.template text not null default 'blank'::text
column projects.updated_at timestamp(3) with time zone not null
column projects.visibility text not null default 'private'::text
column refresh_tokens.expires_at timestamp(3) with time zone not null
column refresh_tokens.hash text not null
column refresh_tokens.session_id text not null
column refresh_tokens.used_at timestamp(3) with time zone
column roles.created_at timestamp(3) with time zone not null
column roles.description text
column roles.id text not null
column roles.name text not null
column roles.permissions jsonb not null
column roles.scope_id text not null
column roles.updated_at timestamp(3) with time zone not null
column search_feeds.event_id bigint not null
column search_feeds.event_xid xid8 not null
column search_feeds.project_id text not null
column search_indexes.changed_at timestamp(3) with time zone not null default now()
column search_indexes.collection_id text not null
column search_indexes.copied_to text
column search_indexes.made_at text not null
column search_indexes.project_id text not null
column search_indexes.shape text not null
column search_indexes.state text not null
column search_indexes.uid text not null
column sessions.account_id text not null
column sessions.created_at timestamp(3) with time zone not null
column sessions.expires_at timestamp(3) with time zone not null
column sessions.id text not null
column sessions.ip_address text
column sessions.last_used_at timestamp(3) with time zone not null
column sessions.user_agent text
column signing_keys.created_at timestamp(3) with time zone not null
column signing_keys.expires_at timestamp(3) with time zone not null
column signing_keys.id text not null
column signing_keys.private_jwk jsonb not null
column team_members.account_id text not null
column team_members.created_at timestamp(3) with time zone not null
column team_members.custom_role_id text
column team_members.role text not null
column team_members.team_id text not null
column teams.created_at timestamp(3) with time zone not null
column teams.created_by text
column teams.description text
column teams.id text not null
column teams.name text not null
column teams.updated_at timestamp(3) with time zone not null
constraint accounts.accounts_pkey PRIMARY KEY (id)
constraint accounts.accounts_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'user'::text])))
constraint api_key_days.api_key_days_key_id_foreign FOREIGN KEY (key_id) REFERENCES api_keys(id) ON DELETE CASCADE
constraint api_key_days.api_key_days_pkey PRIMARY KEY (key_id, day)
constraint api_key_uses.api_key_uses_key_id_foreign FOREIGN KEY (key_id) REFERENCES api_keys(id) ON DELETE CASCADE
constraint api_key_uses.api_key_uses_pkey PRIMARY KEY (id)
constraint api_key_windows.api_key_windows_key_id_foreign FOREIGN KEY (key_id) REFERENCES api_keys(id) ON DELETE CASCADE
constraint api_key_windows.api_key_windows_pkey PRIMARY KEY (key_id, name)
constraint api_keys.api_keys_hash_unique UNIQUE (hash)
constraint api_keys.api_keys_pkey PRIMARY KEY (id)
constraint api_keys.api_keys_previous_hash_unique UNIQUE (previous_hash)
constraint audit_heads.audit_heads_pkey PRIMARY KEY (project_id)
constraint audit_log.audit_log_outcome_check CHECK ((outcome = ANY (ARRAY['success'::text, 'failure'::text, 'denied'::text])))
constraint audit_log.audit_log_pkey PRIMARY KEY (seq, project_id)
constraint audit_log.audit_log_severity_check CHECK ((severity = ANY (ARRAY['info'::text, 'warning'::text, 'critical'::text])))
constraint audit_pending.audit_pending_pkey PRIMARY KEY ("position", project_id)
constraint auth_attempts.auth_attempts_pkey PRIMARY KEY (key)
constraint collections.collections_pkey PRIMARY KEY (id, project_id)
constraint entries.entries_pkey PRIMARY KEY (id, project_id)
constraint entry_references.entry_references_from FOREIGN KEY (from_entry_id, project_id) REFERENCES entries(id, project_id) ON DELETE CASCADE
constraint entry_references.entry_references_on_delete_check CHECK ((on_delete = ANY (ARRAY['restrict'::text, 'cascade'::text, 'set_null'::text])))
constraint entry_references.entry_references_pkey PRIMARY KEY (from_entry_id, path, to_entry_id, project_id)
constraint entry_references.entry_references_to FOREIGN KEY (to_entry_id, to_collection_id, to_live, project_id) REFERENCES entries(id, collection_id, live, project_id)
constraint entry_references.entry_references_to_live_check CHECK (to_live)
constraint entry_states.entry_states_pkey PRIMARY KEY (stage, entry_id, collection_id, project_id)
constraint entry_versions.entry_versions_pkey PRIMARY KEY (entry_id, version, project_id)
constraint events.events_pkey PRIMARY KEY (id, project_id)
constraint idempotency_keys.idempotency_keys_pkey PRIMARY KEY (key, caller, project_id)
constraint instance_secrets.instance_secrets_pkey PRIMARY KEY (name)
constraint invitations.invitations_custom_role_id_foreign FOREIGN KEY (custom_role_id) REFERENCES roles(id) ON DELETE CASCADE
constraint invitations.invitations_hash_unique UNIQUE (hash)
constraint invitations.invitations_pkey PRIMARY KEY (id)
constraint invitations.invitations_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'editor'::text, 'author'::text, 'viewer'::text, 'custom'::text])))
constraint mikro_orm_migrations.mikro_orm_migrations_pkey PRIMARY KEY (id)
constraint one_time_tokens.one_time_tokens_account_id_foreign FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE
constraint one_time_tokens.one_time_tokens_pkey PRIMARY KEY (hash)
constraint one_time_tokens.one_time_tokens_purpose_check CHECK ((purpose = ANY (ARRAY['reset'::text, 'verify'::text])))
constraint project_members.project_members_account_id_foreign FOREIGN KEY (account_id) REFERENCES accounts(id) ON UPDATE CASCADE ON DELETE CASCADE
constraint project_members.project_members_custom_role_id_foreign FOREIGN KEY (custom_role_id) REFERENCES roles(id) ON DELETE RESTRICT
constraint project_members.project_members_pkey PRIMARY KEY (account_id, project_id)
constraint project_members.project_members_project_id_foreign FOREIGN KEY (project_id) REFERENCES projects(id) ON UPDATE CASCADE ON DELETE CASCADE
constraint project_members.project_members_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'editor'::text, 'author'::text, 'viewer'::text, 'custom'::text])))
constraint projects.projects_pkey PRIMARY KEY (id)
constraint projects.projects_status_check CHECK ((status = ANY (ARRAY['active'::text, 'archived'::text])))
constraint projects.projects_team_id_foreign FOREIGN KEY (team_id) REFERENCES teams(id) ON DELETE RESTRICT
constraint projects.projects_template_check CHECK ((template = ANY (ARRAY['blank'::text, 'blog'::text, 'docs'::text, 'shop'::text])))
constraint projects.projects_visibility_check CHECK ((visibility = ANY (ARRAY['private'::text, 'public'::text])))
constraint refresh_tokens.refresh_tokens_pkey PRIMARY KEY (hash)
constraint refresh_tokens.refresh_tokens_session_id_foreign FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
constraint roles.roles_pkey PRIMARY KEY (id)
constraint search_feeds.search_feeds_pkey PRIMARY KEY (project_id)
constraint search_feeds.search_feeds_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(id) ON DELETE CASCADE
constraint search_indexes.search_indexes_pkey PRIMARY KEY (uid)
constraint search_indexes.search_indexes_state_check CHECK ((state = ANY (ARRAY['building'::text, 'live'::text, 'leaving'::text])))
constraint sessions.sessions_account_id_foreign FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE
constraint sessions.sessions_pkey PRIMARY KEY (id)
constraint signing_keys.signing_keys_pkey PRIMARY KEY (id)
constraint team_members.team_members_account_id_foreign FOREIGN KEY (account_id) REFERENCES accounts(id) ON UPDATE CASCADE ON DELETE CASCADE
constraint team_members.team_members_custom_role_id_foreign FOREIGN KEY (custom_role_id) REFERENCES roles(id) ON DELETE RESTRICT
constraint team_members.team_members_pkey PRIMARY KEY (account_id, team_id)
constraint team_members.team_members_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'editor'::text, 'author'::text, 'viewer'::text, 'custom'::text])))
constraint team_members.team_members_team_id_foreign FOREIGN KEY (team_id) REFERENCES teams(id) ON UPDATE CASCADE ON DELETE CASCADE
constraint teams.teams_pkey PRIMARY KEY (id)
CREATE INDEX api_key_uses_at_index ON api_key_uses USING btree (at)
CREATE INDEX api_key_uses_key ON api_key_uses USING btree (key_id, id DESC)
CREATE INDEX api_keys_account_id_index ON api_keys USING btree (account_id)
CREATE INDEX api_keys_project_id_index ON api_keys USING btree (project_id)
CREATE INDEX audit_log_actor ON audit_log USING btree (project_id, actor_id, seq)
CREATE INDEX audit_log_at ON audit_log USING btree (project_id, at)
CREATE INDEX audit_log_type ON audit_log USING btree (project_id, type, seq)
CREATE INDEX auth_attempts_updated_at_index ON auth_attempts USING btree (updated_at)
CREATE INDEX entries_collection ON entries USING btree (collection_id, id, project_id)
CREATE INDEX entry_references_to_entry ON entry_references USING btree (to_entry_id, project_id, field_id, from_entry_id)
CREATE INDEX entry_states_updated ON ONLY entry_states USING btree (stage, updated_at, entry_id)
CREATE INDEX events_order ON events USING btree (project_id, xid, id)
CREATE INDEX idempotency_keys_expiry ON idempotency_keys USING btree (expires_at)
CREATE INDEX invitations_expires_at_index ON invitations USING btree (expires_at)
CREATE INDEX one_time_tokens_account_id_index ON one_time_tokens USING btree (account_id)
CREATE INDEX one_time_tokens_expires_at_index ON one_time_tokens USING btree (expires_at)
CREATE INDEX project_members_project_id_index ON project_members USING btree (project_id)
CREATE INDEX projects_deleted_at_index ON projects USING btree (deleted_at)
CREATE INDEX projects_team_id_index ON projects USING btree (team_id)
CREATE INDEX refresh_tokens_expires_at_index ON refresh_tokens USING btree (expires_at)
CREATE INDEX refresh_tokens_session_id_index ON refresh_tokens USING btree (session_id)
CREATE INDEX search_indexes_project ON search_indexes USING btree (project_id)
CREATE INDEX sessions_account_id_index ON sessions USING btree (account_id)
CREATE INDEX sessions_expires_at_index ON sessions USING btree (expires_at)
CREATE INDEX team_members_team_id_index ON team_members USING btree (team_id)
CREATE UNIQUE INDEX accounts_email ON accounts USING btree (lower(email))
CREATE UNIQUE INDEX accounts_pkey ON accounts USING btree (id)
CREATE UNIQUE INDEX api_key_days_pkey ON api_key_days USING btree (key_id, day)
CREATE UNIQUE INDEX api_key_uses_pkey ON api_key_uses USING btree (id)
CREATE UNIQUE INDEX api_key_windows_pkey ON api_key_windows USING btree (key_id, name)
CREATE UNIQUE INDEX api_keys_hash_unique ON api_keys USING btree (hash)
CREATE UNIQUE INDEX api_keys_one_root ON api_keys USING btree ((true)) WHERE (project_id IS NULL)
CREATE UNIQUE INDEX api_keys_pkey ON api_keys USING btree (id)
CREATE UNIQUE INDEX api_keys_previous_hash_unique ON api_keys USING btree (previous_hash)
CREATE UNIQUE INDEX audit_heads_pkey ON audit_heads USING btree (project_id)
CREATE UNIQUE INDEX audit_log_pkey ON audit_log USING btree (seq, project_id)
CREATE UNIQUE INDEX audit_pending_pkey ON audit_pending USING btree ("position", project_id)
CREATE UNIQUE INDEX auth_attempts_pkey ON auth_attempts USING btree (key)
CREATE UNIQUE INDEX collections_name ON collections USING btree (lower(name), project_id)
CREATE UNIQUE INDEX collections_pkey ON collections USING btree (id, project_id)
CREATE UNIQUE INDEX entries_live ON entries USING btree (id, collection_id, live, project_id)
CREATE UNIQUE INDEX entries_pkey ON entries USING btree (id, project_id)
CREATE UNIQUE INDEX entry_references_pkey ON entry_references USING btree (from_entry_id, path, to_entry_id, project_id)
CREATE UNIQUE INDEX entry_states_pkey ON ONLY entry_states USING btree (stage, entry_id, collection_id, project_id)
CREATE UNIQUE INDEX entry_versions_pkey ON entry_versions USING btree (entry_id, version, project_id)
CREATE UNIQUE INDEX events_pkey ON events USING btree (id, project_id)
CREATE UNIQUE INDEX idempotency_keys_pkey ON idempotency_keys USING btree (key, caller, project_id)
CREATE UNIQUE INDEX instance_secrets_pkey ON instance_secrets USING btree (name)
CREATE UNIQUE INDEX invitations_email ON invitations USING btree (scope_id, lower(email))
CREATE UNIQUE INDEX invitations_hash_unique ON invitations USING btree (hash)
CREATE UNIQUE INDEX invitations_pkey ON invitations USING btree (id)
CREATE UNIQUE INDEX mikro_orm_migrations_pkey ON mikro_orm_migrations USING btree (id)
CREATE UNIQUE INDEX one_time_tokens_pkey ON one_time_tokens USING btree (hash)
CREATE UNIQUE INDEX project_members_pkey ON project_members USING btree (account_id, project_id)
CREATE UNIQUE INDEX projects_one_default ON projects USING btree (is_default) WHERE is_default
CREATE UNIQUE INDEX projects_pkey ON projects USING btree (id)
CREATE UNIQUE INDEX refresh_tokens_pkey ON refresh_tokens USING btree (hash)
CREATE UNIQUE INDEX roles_name ON roles USING btree (scope_id, lower(name))
CREATE UNIQUE INDEX roles_pkey ON roles USING btree (id)
CREATE UNIQUE INDEX search_feeds_pkey ON search_feeds USING btree (project_id)
CREATE UNIQUE INDEX search_indexes_current ON search_indexes USING btree (collection_id, state, project_id) WHERE (state <> 'leaving'::text)
CREATE UNIQUE INDEX search_indexes_pkey ON search_indexes USING btree (uid)
CREATE UNIQUE INDEX sessions_pkey ON sessions USING btree (id)
CREATE UNIQUE INDEX signing_keys_pkey ON signing_keys USING btree (id)
CREATE UNIQUE INDEX team_members_pkey ON team_members USING btree (account_id, team_id)
CREATE UNIQUE INDEX teams_pkey ON teams USING btree (id)
