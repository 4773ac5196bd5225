/** A test that the documented status was answered. */
export const statusTest = (status: number): string =>
  `pm.test('answers ${status}', () => pm.response.to.have.status(${status}));`;

/** Keeps the id of what was created; nothing where it was not, so that no other thing is touched. */
export const captured = (variable: string, status: number): string =>
  `const reply = pm.response.code === ${status} ? pm.response.json() : {};\n` +
  `pm.collectionVariables.set('${variable}', reply.id ?? reply.data?.id ?? '');`;
