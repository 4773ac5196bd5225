/** `archived` projects can be read and nothing else. */
export const projectStatuses = ['active', 'archived'] as const;
export type ProjectStatus = (typeof projectStatuses)[number];

/** Who is no member knows nothing of a private project; a public one shows what its rules open. */
export const projectVisibilities = ['private', 'public'] as const;
export type ProjectVisibility = (typeof projectVisibilities)[number];

/** What a new project begins with. */
export const projectTemplates = ['blank', 'blog', 'docs', 'shop'] as const;
export type ProjectTemplate = (typeof projectTemplates)[number];
