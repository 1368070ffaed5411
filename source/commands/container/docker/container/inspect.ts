import {fill} from '../format.js';
import {failure, fromDaemon, silent} from '../failure.js';
import {EngineError} from '../../../../node/engine/model.js';
import {inspectImage} from '../image/inspect-image.js';
import {inspectNetwork} from '../network/inspect-network.js';
import {inspectVolume} from '../volume/inspect-volume.js';
import type {Call, Verb} from '../verb.js';
import {inspectContainer} from './inspect-container.js';

type Look = (call: Call, text: string) => Record<string, unknown> | undefined;

const looks: Readonly<Record<string, Look>> = {
	container: ({engine}, text) => {
		const found = engine.containers.find(text);
		return found && inspectContainer(engine, found);
	},
	image: ({engine}, text) => {
		const found = engine.images.find(text);
		return found && inspectImage(engine, found);
	},
	network: ({engine}, text) => {
		const found = engine.networks.find(text);
		return found && inspectNetwork(engine, found);
	},
	volume: ({engine}, text) => {
		const found = engine.volumes().find(each => each.name === text);
		return found && inspectVolume(found);
	},
};

const missing: Readonly<Record<string, (text: string) => string>> = {
	container: text => fromDaemon(`No such container: ${text}`),
	image: text => fromDaemon(`No such image: ${text.includes('@') || /:[^/]+$/.test(text) ? text : `${text}:latest`}`),
	network: text => fromDaemon(`network ${text} not found`),
	volume: text => fromDaemon(`get ${text}: no such volume`),
};

/** One kind, or whatever bears the name. */
function inspector(name: string, kinds: readonly string[], usage: string, summary: string): Verb {
	return {
		name,
		summary,
		usage,
		options: [
			['format', 'string', 'f'],
			['size', 'bool', 's'],
			...(kinds.length > 1 ? ([['type', 'string']] as const) : []),
			...(kinds[0] === 'network' ? ([['verbose', 'bool', 'v']] as const) : []),
		],
		arguments: [1, Number.POSITIVE_INFINITY],
		*run(call) {
			const {values, args, out, err} = call;
			const type = values.string('type');
			if (type !== undefined && !kinds.includes(type)) throw failure(`unknown type: ${type}: must be one of "${kinds.join('", "')}"`);
			const found: Array<Record<string, unknown>> = [];
			const lost: string[] = [];
			for (const text of args) {
				try {
					const object = (type ? [type] : kinds).map(kind => looks[kind]!(call, text)).find(each => each !== undefined);
					if (object) found.push(object);
					else lost.push((type ?? kinds.length === 1) ? missing[type ?? kinds[0]!]!(text) : `Error: No such object: ${text}`);
				} catch (error) {
					if (!(error instanceof EngineError)) throw error;
					lost.push(fromDaemon(error.message));
				}
			}

			const format = values.string('format');
			if (format === undefined || format === '') out(found.length > 0 || lost.length > 0 ? `${JSON.stringify(found, undefined, 4)}\n` : '');
			else if (format === 'json') out(`${JSON.stringify(found)}\n`);
			else for (const object of found) out(`${fill(format, object)}\n`);
			for (const text of lost) err(`${text}\n`);
			if (lost.length > 0) {
				if (format !== undefined && found.length === 0) out('\n');
				throw silent(1);
			}

			return 0;
		},
	};
}

export const inspects: readonly Verb[] = [
	inspector(
		'inspect',
		['container', 'image', 'network', 'volume'],
		'[OPTIONS] NAME|ID [NAME|ID...]',
		'Return low-level information on Docker objects',
	),
	inspector(
		'container inspect',
		['container'],
		'[OPTIONS] CONTAINER [CONTAINER...]',
		'Display detailed information on one or more containers',
	),
	inspector('image inspect', ['image'], '[OPTIONS] IMAGE [IMAGE...]', 'Display detailed information on one or more images'),
	inspector('network inspect', ['network'], '[OPTIONS] NETWORK [NETWORK...]', 'Display detailed information on one or more networks'),
	inspector('volume inspect', ['volume'], '[OPTIONS] VOLUME [VOLUME...]', 'Display detailed information on one or more volumes'),
];
