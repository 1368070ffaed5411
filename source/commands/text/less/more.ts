import type {Machine} from '../../../node/host/machine.js';
import type {Command} from '../../../shell/command.js';
import {readInput} from '../input.js';
import {standoutOn} from './row.js';
import {pour} from './less.js';

/** The plain pager: a screen, `--More--`, and a key for the next. */
export default {
	name: 'more',
	summary: 'read a long text, screen by screen',
	*run(io) {
		const words = io.argv.slice(1).filter(word => !/^[-+]/.test(word));
		if (words.length === 0 && io.stdinIsTerminal) {
			io.err("more: bad usage\nTry 'more --help' for more information.\n");
			return 1;
		}
		const names = words.length === 0 ? ['-'] : words;
		if (!io.stdoutIsTerminal || !io.hasKeyboard) return yield* pour(io, names);
		let text = '';
		for (const name of names) {
			const more: string | undefined = yield* readInput(io, name, message => `cannot open ${name}: ${message}`);
			if (more === undefined) return 1;
			text += more;
		}
		const lines = text.split(/(?<=\n)/);
		const screen = Math.max(1, io.rows - 1);
		for (let at = 0, step = screen; ; ) {
			io.out(lines.slice(at, at + step).join(''));
			at += step;
			if (at >= lines.length) return 0;
			io.out(`${standoutOn}--More--${names[0] === '-' ? '' : `(${Math.floor((at / lines.length) * 100)}%)`}\u001b[27m`);
			const key: string | undefined = yield {press: {}};
			io.out('\r\u001b[K');
			if (key === undefined || key === 'q' || key === 'ctrl-c') return 0;
			step = key === '\n' || key === '\r' || key === 'j' ? 1 : screen;
		}
	},
} satisfies Command<Machine>;
