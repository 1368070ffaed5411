import {readFileSync} from 'node:fs';
import test from 'ava';
import {builtins} from '../../source/commands/go-template/builtins.js';
import {functionsOf} from '../../source/commands/go-template/functions.js';
import {TemplateSet} from '../../source/commands/go-template/template.js';

interface Recorded {
	readonly template: string;
	readonly text?: string;
	readonly error?: string;
}

/** Written by a real kubectl 1.33 (`create deployment web --image=nginx --replicas=1000000 --dry-run=client -o go-template=...`). */
const recorded = JSON.parse(readFileSync(new URL('../data/go-template/recorded.json', import.meta.url), 'utf8')) as Recorded[];
const labels = {app: 'web'};
const deployment = {
	kind: 'Deployment',
	apiVersion: 'apps/v1',
	metadata: {name: 'web', creationTimestamp: null, labels},
	spec: {
		replicas: 1_000_000n,
		selector: {matchLabels: labels},
		template: {
			metadata: {creationTimestamp: null, labels},
			spec: {containers: [{name: 'nginx', image: 'nginx', resources: {}}]},
		},
		strategy: {},
	},
	status: {},
};
const functions = functionsOf(builtins);

for (const {template, text, error} of recorded) {
	test(`as Go: ${JSON.stringify(template)}`, t => {
		const run = () => {
			const set = new TemplateSet(functions, 'invalid');
			set.parse('output', template);
			return set.execute('output', deployment);
		};

		if (error === undefined) t.is(run(), text as string);
		else t.is(t.throws(run)!.message, error as string);
	});
}
