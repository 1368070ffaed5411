import type {Machine} from '../../../node/host/machine.js';
import type {Io, Run} from '../../../shell/command.js';
import {browse} from './browse.js';
import {parseLess} from './options.js';

/** What systemd gives less unless SYSTEMD_LESS says otherwise. Source: systemd, src/shared/pager.c. */
const usual = 'FRSXMK';

/** What systemd's tools print: on a terminal, through a pager. `print` gives the exit status; `toEnd`: its last screen is shown first. */
export function* throughPager(io: Io<Machine>, print: (io: Io<Machine>) => number, toEnd = false): Run {
	const pager = io.env['SYSTEMD_PAGER'] ?? io.env['PAGER'];
	if (!io.stdoutIsTerminal || !io.hasKeyboard || pager === '' || pager === 'cat') return print(io);
	let text = '';
	const status = print(Object.create(io, {out: {value: (chunk: string) => void (text += chunk)}}) as Io<Machine>);
	if (text === '') return status;
	if (pager !== undefined && !/^(?:\/usr)?(?:\/bin\/)?less$/.test(pager)) {
		yield {exec: {line: pager, stdin: text, stream: true, env: {LESS: io.env['SYSTEMD_LESS'] ?? usual}}};
		return status;
	}
	const {options} = parseLess(toEnd ? ['+G'] : [], io.env['SYSTEMD_LESS'] ?? usual);
	yield* browse(io, ['-'], options, text);
	return status;
}
