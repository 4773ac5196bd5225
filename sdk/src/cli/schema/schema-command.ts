import { Command } from 'commander';
import type { Terminal } from '../terminal.ts';
export const schemaCommand = (_terminal: Terminal): Command => new Command('schema');
