/** What each group of operations is for; a test sees to it that no tag is missing. */
export const tagDescriptions: Readonly<Record<string, string>> = {
  Collections: 'Kinds of content: their names, fields and rules',
  Entries: 'Content, in the canonical spelling: what most clients want',
  Records: 'The same content in the spelling of records: data, created and updated',
  Models: 'The same content in the spelling of models: camelCase, in a data envelope',
  Batch: 'Many operations in one transaction, over any collections',
  Accounts: 'People: registration, tokens, passwords and sessions',
  Users: 'The same people as resources, for administrators to manage and each for itself',
  Permissions: 'Who may do what, and why',
  'API keys':
    'Keys for programs: what they may do, from where and how often, and how they are used',
  Audit: 'What happened, who did it and from where, as a chain that shows every change',
  Teams: 'People who work on the same projects: teams, their members, invitations and roles',
  Members: 'Who may do what in one project: its members, invitations and roles',
  Projects: 'Tenants: each with its own collections, members and keys',
  System: 'The service itself: is it alive, is it ready',
};
