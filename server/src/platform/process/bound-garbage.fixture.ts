import { boundGarbage } from './bound-garbage.ts';

/** Puts many objects through the process, batch by batch, some of which live for a while; says how much it took, in MiB. */
const bounded = process.argv[2] === 'bounded';
const batches: object[][] = [];
let peak = 0;
for (let at = 0; at < 400; at += 1) {
  const batch = Array.from({ length: 5000 }, (_, index) => ({
    at,
    text: `${at} ${index} `.repeat(9),
  }));
  batches.push(JSON.parse(JSON.stringify(batch)) as object[]);
  if (batches.length > 40) batches.splice(0, 30);
  if (bounded) boundGarbage();
  peak = Math.max(peak, process.memoryUsage.rss());
}
process.stdout.write(String(Math.round(peak / 1024 / 1024)));
