import {Exit, LoopJump, Return} from '../run/signals.js';
import {err} from '../run/streams.js';
import {type Builtin, complain} from './builtin.js';

const jump = (kind: 'break' | 'continue'): Builtin => ({
	name: kind,
	keepsAssignments: true,
	run(scope, args) {
		if (scope.shell.loopDepth === 0) return complain(scope, kind, "only meaningful in a `for', `while', or `until' loop", 0);
		if (args[0] !== undefined && !/^\d+$/.test(args[0])) return complain(scope, kind, `${args[0]}: numeric argument required`, 128);
		throw new LoopJump(kind, Math.max(1, Number(args[0] ?? 1)));
	},
});

const leave = (name: 'exit' | 'logout'): Builtin => ({
	name,
	keepsAssignments: true,
	run(scope, args) {
		const {shell} = scope;
		if (shell.interactive && !shell.subshell && shell.services.terminal && shell.dialect.name === 'bash')
			err(scope.streams, shell.name === '-bash' ? 'logout\n' : 'exit\n');
		if (shell.interactive && !shell.subshell && !shell.services.jobs.mayLeave()) {
			err(scope.streams, 'There are stopped jobs.\n');
			return 1;
		}
		if (args[0] !== undefined && !/^-?\d+$/.test(args[0])) {
			complain(scope, name, `${args[0]}: numeric argument required`);
			throw new Exit(2);
		}

		throw new Exit(args[0] === undefined ? shell.status : Number(args[0]) & 255);
	},
});

export default [
	{name: ':', run: () => 0},
	{name: 'true', run: () => 0},
	{name: 'false', run: () => 1},
	jump('break'),
	jump('continue'),
	leave('exit'),
	leave('logout'),
	{
		name: 'return',
		keepsAssignments: true,
		run(scope, args) {
			const {shell} = scope;
			if (shell.callDepth === 0 && shell.sourceDepth === 0)
				return complain(scope, 'return', "can only `return' from a function or sourced script", 2);
			if (args[0] !== undefined && !/^-?\d+$/.test(args[0])) {
				complain(scope, 'return', `${args[0]}: numeric argument required`);
				throw new Return(2);
			}

			throw new Return(args[0] === undefined ? shell.status : Number(args[0]) & 255);
		},
	},
] satisfies Builtin[];
