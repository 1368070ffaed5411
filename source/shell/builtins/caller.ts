import {parameterList} from '../expand/special.js';
import {out} from '../run/streams.js';
import {type Builtin, complain} from './builtin.js';

/** Who called the function that runs. */
export default [
	{
		name: 'caller',
		run({shell, streams, ...scope}, [level]) {
			const [lines, names, sources] = ['BASH_LINENO', 'FUNCNAME', 'BASH_SOURCE'].map(name => parameterList(shell, name) ?? []);
			if (level !== undefined && !/^\d+$/.test(level)) return complain({shell, streams, ...scope}, 'caller', `${level}: invalid number`, 2);
			const at = Number(level ?? 0);
			const line = shell.callLines.length === 0 ? undefined : lines![at];
			const source = sources![at + 1];
			if (level === undefined) {
				if (line === undefined) return 1;
				out(streams, `${line} ${source ?? 'NULL'}\n`);
				return 0;
			}
			if (line === undefined || names![at + 1] === undefined) return 1;
			out(streams, `${line} ${names![at + 1]} ${source ?? 'NULL'}\n`);
			return 0;
		},
	},
] satisfies Builtin[];
