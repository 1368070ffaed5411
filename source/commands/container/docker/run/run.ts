import {EngineError} from '../../../../node/engine/model.js';
import {failure} from '../failure.js';
import type {Verb} from '../verb.js';
import {attach, checkTerminal, isHeld} from './attach.js';
import {createContainer} from './create-container.js';
import {createOptions} from './options.js';

export const create: Verb = {
	name: 'create',
	aliases: ['container create'],
	summary: 'Create a new container',
	usage: '[OPTIONS] IMAGE [COMMAND] [ARG...]',
	options: createOptions,
	arguments: [1, Number.POSITIVE_INFINITY],
	stopAtArgument: true,
	*run(call) {
		const {id} = yield* createContainer(call);
		call.out(`${id}\n`);
		return 0;
	},
};

export const run: Verb = {
	name: 'run',
	aliases: ['container run'],
	summary: 'Create and run a new container from an image',
	usage: '[OPTIONS] IMAGE [COMMAND] [ARG...]',
	options: [...createOptions, ['detach', 'bool', 'd'], ['detach-keys', '!string'], ['sig-proxy', 'bool']],
	arguments: [1, Number.POSITIVE_INFINITY],
	stopAtArgument: true,
	*run(call) {
		const {engine, values} = call;
		const detached = values.bool('detach');
		const streams = values.list('attach').map(each => each.toLowerCase());
		if (detached && streams.length > 0)
			throw failure(
				"docker: conflicting options: cannot specify both --attach and --detach\n\nRun 'docker run --help' for more information",
				125,
			);
		if (!detached) checkTerminal(call, values.bool('tty'), values.bool('interactive'));
		const record = yield* createContainer(call);
		const {id} = record;
		const held = !detached && isHeld(call, record);
		try {
			engine.containers.start(id, {held});
		} catch (error) {
			if (error instanceof EngineError && record.host.autoRemove) engine.containers.discard(engine.containers.get(id));
			if (detached && error instanceof EngineError && !record.host.autoRemove) call.out(`${id}\n`);
			throw error;
		}

		if (detached) {
			call.out(`${id}\n`);
			return 0;
		}

		const wants = (name: string) => streams.length === 0 || streams.includes(name);
		return yield* attach(call, record, {
			stdin: values.bool('interactive') || streams.includes('stdin'),
			stdout: wants('stdout'),
			stderr: wants('stderr'),
			signals: values.string('sig-proxy') !== 'false',
			seen: 0,
			held,
		});
	},
};
