import {fork} from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import type {Bench, Figure} from './bench.js';

/** The large cluster, in a process of its own, so that its memory is its own. */
const bench: Bench = {
	name: 'scale',
	run: () =>
		new Promise((resolve, reject) => {
			const child = fork(path.join(path.dirname(process.argv[1]!), 'large.js'));
			child.on('message', figures => resolve(figures as Figure[]));
			child.on('exit', code => code === 0 || reject(new Error(`the large cluster ended with ${code}`)));
		}),
};
export default bench;
