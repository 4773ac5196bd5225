/** What each group of operations is for; a test sees to it that no tag is missing. */
export const tagDescriptions: Readonly<Record<string, string>> = {
  Collections: 'Kinds of content: their names, fields and rules',
  Entries: 'Content, in the canonical spelling: what most clients want',
  Records: 'The same content in the spelling of records: data, created and updated',
  Models: 'The same content in the spelling of models: camelCase, in a data envelope',
  Accounts: 'People: registration, tokens, passwords and sessions',
  'API keys':
    'Keys for programs: what they may do, from where and how often, and how they are used',
  System: 'The service itself: is it alive, is it ready',
};
