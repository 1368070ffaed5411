import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {fakeHostSession} from '../helpers/fake-hosts.js';
import {root} from '../helpers/source-files.js';

interface Recorded {
	readonly run: string;
	readonly stdout: string;
	readonly stderr: string;
	readonly exitCode: number;
}

const folder = path.join(root, 'test/data/text');
const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');

// Recorded with GNU's own tools, each in a fresh folder that folder.sh makes.
for (const name of readdirSync(folder).filter(each => each.endsWith('.jsonl'))) {
	test(`${path.basename(name, '.jsonl')} prints what GNU's prints`, async t => {
		const session = fakeHostSession();
		for (const line of read(name).trimEnd().split('\n')) {
			const {run, ...expected} = JSON.parse(line) as Recorded;
			await session.run(read('folder.sh'));
			const {stdout, stderr, exitCode} = await session.run(run);
			await session.run('cd');
			t.deepEqual({stdout, stderr, exitCode}, expected, run);
		}
	});
}
