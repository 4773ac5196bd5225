import { Command, CommanderError } from 'commander';
import { auditCommand } from './audit/audit-command.ts';
import { exitCodes, explain, CliFailure } from './failure.ts';
import { exportCommand } from './export/export-command.ts';
import { importCommand } from './import/import-command.ts';
import { schemaCommand } from './schema/schema-command.ts';
import { processTerminal, type Terminal } from './terminal.ts';
import { typesCommand } from './types/types-command.ts';

/** Hands a command's exit code back to `run`. */
export type Finish = (exitCode: number) => void;

/** Runs the command line and returns the exit code; failures are told, not thrown. */
export async function run(
  argv: readonly string[],
  terminal: Terminal = processTerminal,
): Promise<number> {
  let exitCode: number = exitCodes.done;
  const finish: Finish = (code) => {
    exitCode = code;
  };
  const program = new Command('cms')
    .description('Works with the content and the collections of a CMS server')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.note(text.trimEnd()),
    });
  for (const command of [typesCommand, importCommand, exportCommand, schemaCommand, auditCommand])
    program.addCommand(command(terminal, finish).copyInheritedSettings(program));
  for (const command of program.commands)
    for (const nested of command.commands) nested.copyInheritedSettings(program);
  try {
    await program.parseAsync(argv);
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? exitCodes.done : exitCodes.failed;
    terminal.note(explain(error));
    return error instanceof CliFailure ? error.exitCode : exitCodes.failed;
  }
}
