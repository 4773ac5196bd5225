import { MAX_SLUG_LENGTH, slugPattern } from '@cms/contracts';
import slugify from '@sindresorhus/slugify';

/** Text beyond this is not looked at: the slug would be cut anyway. */
const MAX_SOURCE = 1000;

/**
 * A slug for a text: Latin letters where the script has a usual spelling in them, else its own letters.
 * Undefined where nothing is left (emoji). Cut at `max` characters, at a word's end where there is one.
 */
export function makeSlug(text: string, max = MAX_SLUG_LENGTH): string | undefined {
  const source = text.slice(0, MAX_SOURCE).toWellFormed();
  const own = source.toLowerCase().replaceAll(/[^\p{L}\p{N}\p{M}]+/gu, '-');
  const slug = (slugify(source, { decamelize: false }) || withoutAstral(own)).replace(
    /^-+|-+$/g,
    '',
  );
  const short = shortened(slug, Math.min(max, MAX_SLUG_LENGTH));
  return slugPattern.test(short) ? short : undefined;
}

function shortened(slug: string, limit: number): string {
  if (slug.length <= limit) return slug;
  const cut = slug.slice(0, limit);
  const end = slug[limit] === '-' ? limit : cut.lastIndexOf('-');
  return (end > limit / 2 ? cut.slice(0, end) : cut).replace(/-+$/, '');
}

/** Slugs hold characters of the basic plane only, so that each is one unit of text everywhere. */
const withoutAstral = (text: string) => text.replaceAll(/[\u{10000}-\u{10ffff}]+/gu, '-');
