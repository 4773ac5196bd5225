import { RE2JS } from 're2js';

/**
 * Compiles a field's pattern (RE2 syntax) to a search that takes linear time, so that no pattern can
 * stall the server. Throws where the pattern is none.
 */
export function compilePattern(pattern: string): (text: string) => boolean {
  const compiled = RE2JS.compile(pattern);
  return (text) => compiled.test(text);
}

/** Why a pattern can't be used, or undefined. */
export function patternProblem(pattern: string): string | undefined {
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it cannot be read';
    return `This is no RE2 regular expression (${reason}). Look-around and back-references are not supported.`;
  }
}

/** True where JSON Schema's dialect reads a pattern as RE2 does, so that documents may show it. */
export function isPortablePattern(pattern: string): boolean {
  if (pattern.includes('[:')) return false;
  try {
    RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}
