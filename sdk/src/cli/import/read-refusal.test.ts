import { describe, expect, it } from 'vitest';
import { ApiError } from '../../errors.ts';
import { isAboutContent, readRefusal } from './read-refusal.ts';

const error = (
  details: readonly { field: string; message: string; code: string }[],
  code = 'VALIDATION_ERROR',
) => new ApiError({ status: 422, code, message: 'All of it.', details });
const detail = (field: string, code = 'type') => ({ field, message: `${code}!`, code });

describe('readRefusal', () => {
  it('gathers the reasons by item', () => {
    const { refused, doubtful } = readRefusal(
      error([
        detail('entries.0.title'),
        detail('entries.2.seo.title'),
        detail('entries.0.body'),
        detail('entries.2'),
      ]),
      3,
    );
    expect([...refused]).toEqual([
      [0, ['title: type!', 'body: type!']],
      [2, ['seo.title: type!', 'type!']],
    ]);
    expect(doubtful).toEqual([]);
  });

  it('doubts those that share a value, not one that stands alone', () => {
    const shared = readRefusal(
      error([detail('entries.0.slug', 'unique'), detail('entries.1.slug', 'unique')]),
      3,
    );
    expect([[...shared.refused.keys()], shared.doubtful]).toEqual([[], [0, 1]]);
    const alone = readRefusal(error([detail('entries.1.slug', 'unique')]), 3);
    expect([[...alone.refused.keys()], alone.doubtful]).toEqual([[1], []]);
  });

  it('doubts all where none is named, and blames a single one', () => {
    expect(readRefusal(error([]), 2).doubtful).toEqual([0, 1]);
    expect([...readRefusal(error([detail('entries', 'max')]), 1).refused]).toEqual([
      [0, ['All of it.']],
    ]);
  });
});

describe('isAboutContent', () => {
  it('knows what ends an import', () => {
    expect(isAboutContent(error([]))).toBe(true);
    expect(isAboutContent(error([], 'COLLECTION_ARCHIVED'))).toBe(false);
    expect(isAboutContent(error([detail('Idempotency-Key', 'idempotency_key')]))).toBe(false);
    expect(isAboutContent(new TypeError('x'))).toBe(false);
    const running = { status: 409, code: 'CONFLICT', message: 'Still running.', retryAfter: 1 };
    expect(isAboutContent(new ApiError(running))).toBe(false);
  });
});
