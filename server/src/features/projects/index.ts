export { ensureDefaultProject } from './ensure-default-project.ts';
export { projectFinder } from './find-project.ts';
