import { entriesPath, PAGE, type Scenario } from './scenario.ts';

/** Page 3,600 of the newest, or the last tenth of fewer articles. */
const deep = (articles: number): number => Math.min(3599, Math.floor((articles * 0.9) / PAGE));

const pathOf = (place: string): string => `${entriesPath}?limit=${PAGE}&count=none&${place}`;

/** Reads a page far from the start by passing over all before it. */
export const deepByOffset: Scenario = {
  name: 'D1o',
  title: 'page 3,600 by offset',
  aim: { share: 3 },
  route: entriesPath,
  request: ({ articles }) => ({
    method: 'GET',
    path: pathOf(`offset=${deep(articles) * PAGE}`),
  }),
};

/** Reads the same page by the cursor of the page before. L3 reads on behind an id. */
export const deepByCursor: Scenario = {
  name: 'D1c',
  title: 'page 3,600 by cursor',
  aim: { share: 0.9, of: 'R2' },
  route: entriesPath,
  prepare: async (ask, articles) => {
    const before = (deep(articles) - 1) * PAGE;
    const { next_cursor } = await ask(pathOf(`offset=${before}`));
    return String(next_cursor);
  },
  request: ({ prepared }) => ({ method: 'GET', path: pathOf(`cursor=${prepared}`) }),
};
