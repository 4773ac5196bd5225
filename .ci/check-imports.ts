import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { dependencyRule, packageNameOf } from './dependency-rules.ts';
import { layerComplaint } from './layer-rules.ts';
import { packageRules } from './package-rules.ts';
import { readImports } from './read-imports.ts';
import { repositoryRoot, sourceFiles, workspaces } from './repo-files.ts';

const vagueName = /^(?:utils?|helpers?|common)(?:\.ts)?$/u;

const vagueFolder = (path: string) =>
  path
    .split('/')
    .filter((part) => vagueName.test(part))
    .map((part) => `${path}: "${part}" says nothing; name the folder or file after what it does`);

/** Every import and folder under `root` that the house rules refuse, one readable line each. */
export const importComplaints = (root: string): string[] => {
  const rules = [...packageRules, dependencyRule(root)];
  const complaintsOf = (path: string): string[] => {
    const workspace = workspaces.find((name) => path.startsWith(`${name}/`));
    if (!workspace) return [];
    const complain = (line: number, why: string) => `${path}:${line}: ${why}`;
    return readImports(path, readFileSync(join(root, path), 'utf8')).flatMap((one) => {
      if (one.specifier.startsWith('.')) {
        const to = posix.join(posix.dirname(path), one.specifier);
        const why = existsSync(join(root, to))
          ? layerComplaint({ from: path, to, typeOnly: one.typeOnly })
          : `${one.specifier} does not exist; imports carry their ending (.ts)`;
        return why === undefined ? [] : [complain(one.line, why)];
      }
      const use = { ...one, path, workspace, packageName: packageNameOf(one.specifier) };
      // The first rule that refuses explains it best; the later ones would only repeat it.
      const why = rules.map((rule) => rule(use)).find((complaint) => complaint !== undefined);
      return why === undefined ? [] : [complain(one.line, `${one.specifier}: ${why}`)];
    });
  };
  return sourceFiles(root).flatMap((path) => [...vagueFolder(path), ...complaintsOf(path)]);
};

if (import.meta.main) {
  const complaints = importComplaints(repositoryRoot);
  for (const complaint of complaints) console.error(complaint);
  console.log(`imports: ${complaints.length} refused`);
  process.exitCode = complaints.length === 0 ? 0 : 1;
}
