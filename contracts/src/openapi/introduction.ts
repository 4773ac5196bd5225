/** The first words of the document. */
export const introduction = `One API for content: collections have typed fields, entries are what is in them.

Send an API key as \`Authorization: Bearer <key>\` or \`x-api-key: <key>\`, or the access token of an
account as \`Authorization: Bearer <token>\`. What a collection's public rules open needs none.

Every refusal has one body, \`{"error":{"code","message","details","request_id"},"detail","code"}\`;
decide by \`code\`. Send \`Accept: application/problem+json\` for RFC 9457 instead. A path that does not
take a method answers 405 with \`Allow\`. HEAD works wherever GET does.

Lists of entries filter by fields (\`title=Welcome&created_at[gt]=2023-01-01\`, \`filter[title][contains]=wel\`)
or by an expression (\`filter=price>5&&live=true\`: \`= != > >= < <= ~ !~ ?=\`, \`&& || ! ( )\`, dotted paths
through relations); a field shadows a system field of its name, which is then \`sys.status\`. Sort with
\`sort=title,-created_at\`; go on with the \`next_cursor\` of a reply as \`cursor\`.

Single resources and lists carry an \`ETag\`: \`If-None-Match\` saves a reply (304), \`If-Match\` saves a
change from being overwritten (412). \`Idempotency-Key\` makes any POST safe to repeat.`;
