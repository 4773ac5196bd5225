/** The fields of one article: about 1 KB as JSON. */
export interface Article {
  readonly title: string;
  readonly slug: string;
  readonly body: string;
  readonly author: string;
  readonly views: number;
  readonly published_on: string;
}

const words =
  'river stone garden market winter letter music bridge harbour window mountain paper silver story night morning road field light voice forest island summer glass tower'.split(
    ' ',
  );

/** A number from 0 to `below - 1` that a seed alone decides (the mixing step of SplitMix32). */
export function pick(seed: number, below: number): number {
  let mixed = Math.imul((seed + 0x9e_37_79_b9) ^ (seed >>> 16), 0x21_f0_aa_ad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x73_5a_2d_97);
  return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
}

const wordsOf = (seed: number, count: number): string =>
  Array.from({ length: count }, (_, at) => words[pick(seed * 1000 + at, words.length)]).join(' ');

/** Halves of bodies, made once: composing them costs the measuring process next to nothing. */
const halves = Array.from({ length: 128 }, (_, seed) => `<p>${wordsOf(seed, 62)}.</p>`);
const half = (seed: number): string => halves[pick(seed, halves.length)] as string;

/** The article of a number: the same one in every run, its slug like no other's. */
export function articleOf(index: number): Article {
  const title = `${words[pick(index, words.length)]} and ${words[pick(index + 7, words.length)]}`;
  return {
    title: `${title}, part ${index}`,
    slug: `${title.replaceAll(' ', '-')}-${index}`,
    body: half(index) + half(index + 13),
    author: `author ${pick(index, 500)}`,
    views: pick(index + 3, 1_000_000),
    published_on: new Date(1_700_000_000_000 + pick(index + 5, 60_000_000) * 1000).toISOString(),
  };
}
