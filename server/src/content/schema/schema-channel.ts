/** The PostgreSQL channel on which a project's id says that its collections have changed. */
export const schemaChannel = 'cms_schema';
