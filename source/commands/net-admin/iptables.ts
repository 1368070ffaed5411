import {IptablesError} from '../../net/iptables/iptables.js';
import type {Command} from '../../shell/command.js';
import {stackOf, tool, type ToolIo} from './tool.js';

/** The family's tables, and what its tools are called. */
export const families = {4: 'iptables', 6: 'ip6tables'} as const;

export const tablesOf = (io: ToolIo, family: 4 | 6) => (family === 4 ? stackOf(io).iptables : stackOf(io).ip6tables);

/** Runs something that may fail as iptables fails. */
export function attempt(io: ToolIo, run: () => void): number {
	try {
		run();
		return 0;
	} catch (error) {
		if (!(error instanceof IptablesError)) throw error;
		io.err(`${error.message}\n`);
		return error.exitCode;
	}
}

export function createIptablesCommand(family: 4 | 6): Command {
	const name = families[family];
	return tool({
		name,
		aliases: [`${name}-nft`],
		summary: `list and change the IPv${family} packet filter and NAT rules`,
		path: `/usr/sbin/${name}`,
		run: io => attempt(io, () => io.out(tablesOf(io, family).run(io.argv.slice(1)))),
	});
}

export default createIptablesCommand(4);
