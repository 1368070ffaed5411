import {stateOf} from '../../../../node/engine/engine.js';
import {EngineError, type ContainerRecord} from '../../../../node/engine/model.js';
import {failure} from '../failure.js';
import type {Call} from '../verb.js';

type Test = (call: Call, record: ContainerRecord, value: string) => boolean;

const tests: Readonly<Record<string, Test>> = {
	id: (_, {id}, value) => id.startsWith(value),
	name: (_, {name}, value) => new RegExp(value.replace(/^\^?\//, '^')).test(name),
	label: (_, {config: {labels}}, value) => hasLabel(labels, value),
	status: ({engine}, record, value) => stateOf(record, engine.containerd.row(record.id)) === value,
	exited: ({engine}, {id}, value) => engine.containerd.row(id)?.state === 'exited' && engine.containerd.row(id)?.exitCode === Number(value),
	ancestor: ({engine}, {config}, value) => config.image === value || engine.images.find(value)?.id === config.imageId,
	network: ({engine}, {endpoints, host}, value) =>
		host.network === value || Object.keys(endpoints).some(name => name === value || engine.networks.find(name)?.id.startsWith(value)),
	volume: (_, {host: {binds}}, value) => binds.some(bind => bind.source === value || bind.target === value),
	health: (_, {health}, value) => (health?.status ?? 'none') === value,
	publish: (_, {published}, value) => published.some(port => String(port.hostPort) === value.split('/')[0]),
	expose: (_, {config}, value) => config.exposed.includes(value.includes('/') ? value : `${value}/tcp`),
	before: ({engine}, {createdMs, id}, value) =>
		createdMs < engine.containers.get(value).createdMs && id !== engine.containers.get(value).id,
	since: ({engine}, {createdMs, id}, value) => createdMs > engine.containers.get(value).createdMs && id !== engine.containers.get(value).id,
};

const states = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'];

/** `a`, or `a=b`. */
export const hasLabel = (labels: Readonly<Record<string, string>>, value: string): boolean => {
	const equals = value.indexOf('=');
	return equals < 0 ? value in labels : labels[value.slice(0, equals)] === value.slice(equals + 1);
};

/** `key=value` words as --filter takes them; several values of one key are alternatives. */
export function parseFilters(list: readonly string[], known: readonly string[]): ReadonlyMap<string, readonly string[]> {
	const result = new Map<string, string[]>();
	for (const text of list) {
		const equals = text.indexOf('=');
		if (equals < 0)
			throw failure(`invalid argument ${JSON.stringify(text)} for "-f, --filter" flag: invalid filter '${text}': expected key=value`, 125);
		const key = text.slice(0, equals).trim().toLowerCase();
		if (!known.includes(key)) throw new EngineError(`invalid filter '${key}'`);
		result.set(key, [...(result.get(key) ?? []), text.slice(equals + 1).trim()]);
	}

	return result;
}

export function containerFilter(call: Call, list: readonly string[]): (record: ContainerRecord) => boolean {
	const filters = parseFilters(list, Object.keys(tests));
	for (const value of filters.get('status') ?? []) if (!states.includes(value)) throw new EngineError(`invalid filter 'status=${value}'`);
	return record =>
		[...filters].every(([key, values]) =>
			key === 'label' ? values.every(value => tests[key]!(call, record, value)) : values.some(value => tests[key]!(call, record, value)),
		);
}
