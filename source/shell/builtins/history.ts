import {out} from '../run/streams.js';
import {type Builtin, complain} from './builtin.js';

export default [
	{
		name: 'history',
		run(scope, args) {
			const {history} = scope.shell.services;
			if (args[0] === '-c') {
				history.entries = [];
				history.first = 1;
				return 0;
			}

			if (args[0] === '-d') {
				const index = Number(args[1]) - history.first;
				if (!(index in history.entries)) return complain(scope, 'history', `${args[1] ?? ''}: history position out of range`);
				history.entries = history.entries.filter((_, each) => each !== index);
				return 0;
			}

			if (/^-[warn]$/.test(args[0] ?? '')) return 0;
			if (args[0] !== undefined && !/^\d+$/.test(args[0])) return complain(scope, 'history', `${args[0]}: numeric argument required`);
			const start = args[0] === undefined ? 0 : Math.max(0, history.entries.length - Number(args[0]));
			for (const [index, entry] of history.entries.slice(start).entries()) {
				out(scope.streams, `${String(history.first + start + index).padStart(5)}  ${entry}\n`);
			}

			return 0;
		},
	},
	{name: 'fc', run: scope => complain(scope, 'fc', 'kubelab: not simulated: fc', 125)},
] satisfies Builtin[];
