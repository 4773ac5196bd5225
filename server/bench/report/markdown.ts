import type { Slot } from '../measure/slot.ts';
import type { Scenario } from '../scenarios/index.ts';
import { type TargetName, targetNames } from '../targets/target.ts';
import {
  medianOf,
  perCpuSecond,
  perSecond,
  type Ratio,
  ratioOf,
  shareOf,
  slotsOf,
} from './summary.ts';

const ratioText = (ratio: Ratio | undefined): string =>
  ratio ? `${ratio.median.toFixed(2)} (${ratio.least.toFixed(2)}–${ratio.most.toFixed(2)})` : '–';

function verdict({ aim }: Scenario, ratio: Ratio | undefined): string {
  if (aim === undefined || !ratio) return '–';
  return ratio.median >= aim.share ? 'reached' : 'missed';
}

const aimText = ({ aim }: Scenario): string =>
  aim ? `≥ ${aim.share}${aim.of === undefined ? '' : ` × ${aim.of}`}` : '–';

const numberText = (value: number, digits: number): string =>
  Number.isFinite(value) ? value.toFixed(digits) : '–';

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

/** What holds on other machines too: shares of the baselines, as medians over rounds (least–most). */
export const ratioTable = (slots: readonly Slot[], scenarios: readonly Scenario[]): string =>
  table(
    ['scenario', 'product / L3', 'aim', '', 'product / L3 by CPU', 'product / L2'],
    scenarios.map((scenario) => {
      const ratio = ratioOf(slots, scenario, 'L3', perSecond);
      const { name, title, aim } = scenario;
      const aimed = aim?.of === undefined ? ratio : shareOf(slots, scenario, aim.of, perCpuSecond);
      return [
        `${name} ${title}`,
        ratioText(ratio),
        aimText(scenario),
        aim?.of === undefined
          ? verdict(scenario, aimed)
          : `${ratioText(aimed)} ${verdict(scenario, aimed)}`,
        ratioText(ratioOf(slots, scenario, 'L3', perCpuSecond)),
        ratioText(ratioOf(slots, scenario, 'L2', perSecond)),
      ];
    }),
  );

/** What knowing the caller costs: requests per second as a share of what nobody in particular gets. */
export const callerTable = (slots: readonly Slot[], scenarios: readonly Scenario[]): string =>
  table(
    [
      'scenario',
      'token / anonymous',
      'key / anonymous',
      'root key / anonymous',
      'token by CPU',
      'key by CPU',
    ],
    scenarios
      .filter(({ everyCaller }) => everyCaller)
      .map((scenario) => {
        const share = (target: TargetName, numberOf: (slot: Slot) => number) =>
          ratioText(ratioOf(slots, scenario, 'anonymous', numberOf, target));
        return [
          `${scenario.name} ${scenario.title}`,
          share('token', perSecond),
          share('key', perSecond),
          share('product', perSecond),
          share('token', perCpuSecond),
          share('key', perCpuSecond),
        ];
      }),
  );

/** The numbers of this machine, as medians over rounds. */
export const detailTable = (slots: readonly Slot[], scenarios: readonly Scenario[]): string =>
  table(
    [
      '',
      'target',
      'requests/s',
      'p50 ms',
      'p99 ms',
      'CPU s per 1,000: server',
      'postgres',
      'client',
      'statements a request',
    ],
    scenarios.flatMap((scenario) =>
      targetNames.flatMap((target) =>
        detailRow(scenario, target, slotsOf(slots, scenario, target)),
      ),
    ),
  );

function detailRow(scenario: Scenario, target: TargetName, slots: readonly Slot[]) {
  if (slots.length === 0) return [];
  const cell = (digits: number, numberOf: (slot: Slot) => number | undefined) =>
    numberText(medianOf(slots, numberOf), digits);
  return [
    [
      scenario.name,
      target,
      cell(0, (slot) => slot.perSecond),
      cell(2, (slot) => slot.p50),
      cell(2, (slot) => slot.p99),
      cell(3, (slot) => slot.cpu.server),
      cell(3, (slot) => slot.cpu.postgres),
      cell(3, (slot) => slot.cpu.client),
      cell(1, (slot) => slot.statements),
    ],
  ];
}
