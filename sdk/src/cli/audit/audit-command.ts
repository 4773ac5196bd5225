import { Command, InvalidArgumentError } from 'commander';
import { connect, type ConnectionOptions, withConnection } from '../connection.ts';
import { exitCodes } from '../failure.ts';
import type { Finish } from '../program.ts';
import type { Terminal } from '../terminal.ts';
import { type Anchor, verifyRows } from './verify-rows.ts';

interface Options extends ConnectionOptions {
  readonly expect?: Anchor;
}

/** `cms audit verify`: recomputes the chain of a project's audit log, row by row. */
export const auditCommand = (terminal: Terminal, finish: Finish): Command =>
  new Command('audit').description('check the audit log of a project').addCommand(
    withConnection(new Command('verify'))
      .description('recompute the hash chain and say where it was changed, if it was')
      .option('--expect <seq:hash>', 'the end of the chain at an earlier check', anchorOf)
      .action(async (options: Options) => {
        const client = connect(options);
        const finding = await verifyRows(client.audit.follow(), options.expect);
        if (!finding.good) {
          terminal.out(`The audit log was tampered with. ${finding.message}`);
          return finish(exitCodes.refused);
        }
        // The server alone can compare the rows with the content they tell of.
        const { problem } = await client.audit.verify();
        if (problem) {
          terminal.out(`The audit log was tampered with. ${problem.message}`);
          return finish(exitCodes.refused);
        }
        const { seq, hash } = finding.head;
        terminal.out(`The audit log is whole: ${seq} rows. It ends with ${seq}:${hash}`);
        terminal.note('Keep that elsewhere and give it as --expect next time.');
      }),
  );

function anchorOf(text: string): Anchor {
  const parts = /^(\d+):([0-9a-f]{64})$/.exec(text);
  if (!parts) throw new InvalidArgumentError('Give it as an earlier check printed it.');
  return { seq: Number(parts[1]), hash: String(parts[2]) };
}
