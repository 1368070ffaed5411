import {readdirSync, readFileSync} from 'node:fs';
import test from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';
import {normaliser} from '../helpers/normalise-session.js';
import {provideSchemaDocs} from '../../source/api/schema/schema-docs.js';

provideSchemaDocs(() => JSON.parse(readFileSync(new URL('../../generated/schema-docs.json', import.meta.url), 'utf8')));

/** Steps that a real v1.33 cluster was given, and what it printed; `client-*`: kubectl 1.33 before a v1.20 server, whose own words may differ. */
const folder = new URL('../data/oracle/', import.meta.url);

interface Step {
	readonly run: string;
	readonly stdout: string;
	readonly stderr: string;
	readonly exitCode: number;
	/** Why a step cannot be compared. */
	readonly skip?: string;
}

/** How many steps of each recording agree. A number may grow, never shrink. */
const floors: Readonly<Record<string, number>> = JSON.parse(readFileSync(new URL('../data/oracle-floors.json', import.meta.url), 'utf8'));

for (const file of readdirSync(folder).filter(name => name.endsWith('.jsonl'))) {
	const name = file.slice(0, -'.jsonl'.length);
	test(`agrees with the real cluster: ${name}`, async t => {
		const steps = readFileSync(new URL(file, folder), 'utf8')
			.trim()
			.split('\n')
			.map(line => JSON.parse(line) as Step);
		const clean = normaliser(steps.map(step => step.run).join('\n'));
		const player = createPlayer(createCluster({profile: name.startsWith('k') ? 'base' : 'empty'}));
		const different: string[] = [];
		let same = 0;
		for (const step of steps) {
			const got = await player.play(step.run);
			if (step.skip) continue;
			if (clean(got.stdout) === clean(step.stdout) && clean(got.stderr) === clean(step.stderr) && got.exitCode === step.exitCode) same++;
			else different.push(step.run.split('\n')[0]!);
		}

		const floor = floors[name] ?? 0;
		t.true(same >= floor, `${same} steps agree, ${floor} did before. Different:\n${different.join('\n')}`);
		if (same > floor) t.log(`${same} steps agree now: raise the floor from ${floor} in test/data/oracle-floors.json`);
	});
}
