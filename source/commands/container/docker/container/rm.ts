import {EngineError} from '../../../../node/engine/model.js';
import {fromDaemon, notSimulated, silent} from '../failure.js';
import {humanSize} from '../text.js';
import type {Verb} from '../verb.js';
import {writtenBytes} from './changes.js';
import {containerFilter} from './filter.js';

export const rm: Verb = {
	name: 'rm',
	aliases: ['container rm', 'container remove'],
	summary: 'Remove one or more containers',
	usage: '[OPTIONS] CONTAINER [CONTAINER...]',
	options: [
		['force', 'bool', 'f'],
		['link', '!bool', 'l'],
		['volumes', 'bool', 'v'],
	],
	arguments: [1, Number.POSITIVE_INFINITY],
	*run({engine, args, values, out, err}) {
		const force = values.bool('force');
		let failed = false;
		for (const text of args) {
			try {
				engine.containers.remove(engine.containers.get(text), {force, volumes: values.bool('volumes')});
				out(`${text}\n`);
			} catch (error) {
				if (!(error instanceof EngineError)) throw error;
				err(`${fromDaemon(error.message)}\n`);
				failed ||= !(force && error.message.startsWith('No such container'));
			}
		}

		if (failed) throw silent(1);
		return 0;
	},
};

const warning = 'WARNING! This will remove all stopped containers.\nAre you sure you want to continue? [y/N] ';

export const containerPrune: Verb = {
	name: 'container prune',
	summary: 'Remove all stopped containers',
	usage: '[OPTIONS]',
	options: [
		['filter', 'list'],
		['force', 'bool', 'f'],
	],
	arguments: [0, 0],
	*run(call) {
		const {engine, values, out} = call;
		if (values.list('filter').some(text => !text.startsWith('label'))) throw notSimulated('docker container prune --filter until');
		if (!values.bool('force')) {
			out(warning);
			const answer: string | undefined = yield {read: 'line'};
			if (!/^y$/i.test(answer?.trim() ?? '')) return 0;
		}

		const matches = containerFilter(call, values.list('filter'));
		const gone = engine.containers.list().filter(record => engine.containerd.row(record.id)?.state !== 'running' && matches(record));
		const bytes = gone.reduce((sum, record) => sum + writtenBytes(engine, record.id), 0);
		for (const record of gone) engine.containers.remove(record);
		if (gone.length > 0) out(`Deleted Containers:\n${gone.map(record => `${record.id}\n`).join('')}\n`);
		out(`Total reclaimed space: ${humanSize(bytes)}\n`);
		return 0;
	},
};
