import type {Machine} from '../../../node/host/machine.js';
import type {Io} from '../../../shell/command.js';
import {toYaml} from '../../kubectl/output/yaml-print.js';
import type {Arguments} from '../../host/arguments.js';
import {fill} from '../docker/format.js';

/** Prints data as `-o` asks for it; undefined where that is the table. */
export function printed(io: Io<Machine>, args: Arguments, data: unknown, usual: 'json' | 'table'): number | undefined {
	const format = args.value('o') ?? usual;
	switch (format) {
		case 'table':
			return undefined;
		case 'json':
			io.out(`${JSON.stringify(data, undefined, 2)}\n`);
			return 0;
		case 'yaml':
			io.out(toYaml(data));
			return 0;
		case 'go-template':
			try {
				io.out(`${fill(args.value('template') ?? '', data)}\n`);
				return 0;
			} catch (error) {
				io.err(`FATA[0000] ${(error as Error).message} \n`);
				return 1;
			}

		default:
			io.err(`FATA[0000] unsupported output format ${JSON.stringify(format)} \n`);
			return 1;
	}
}
