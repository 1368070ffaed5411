import type {Machine} from '../../node/host/machine.js';
import type {Command, Io} from '../../shell/command.js';
import {busyboxBanner, isBusybox} from '../net-client/flavour.js';
import {usages} from './usage.js';
import {phrases} from './words.js';

/** A tool as people know it from GNU, which in small images is an applet: it complains in BusyBox's words. */
export const withBusyboxFace = (command: Command<Machine>): Command<Machine> => ({
	...command,
	*run(io) {
		const name = io.argv[0]!.split('/').at(-1)!;
		if (!isBusybox(io.machine, name)) return yield* command.run(io);
		let shownUsage = false;
		const err = (text: string) => {
			const usage = /\nTry '.*--help' for more information\.\n$/.test(text);
			shownUsage ||= usage;
			io.err(usage ? withUsage(name, text) : reword(text));
		};
		const status = yield* command.run(Object.create(io, {err: {value: err}}) as Io<Machine>);
		return shownUsage ? 1 : status;
	},
});

/** A wrong option is named; of everything else that is wrong only the usage is shown. */
function withUsage(name: string, text: string): string {
	const problem = /^.*(?:invalid option|unrecognized option|requires an argument).*\n/.exec(text)?.[0] ?? '';
	return `${problem}${busyboxBanner}\n\nUsage: ${usages[name] ?? name}\n`;
}

function reword(text: string): string {
	for (const [pattern, words] of phrases) if (pattern.test(text)) return text.replace(pattern, words);
	return text;
}
