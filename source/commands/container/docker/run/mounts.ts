import type {Bind} from '../../../../node/engine/model.js';
import {EngineError} from '../../../../node/engine/model.js';
import {normalise} from '../../../../os/layer.js';
import {failure} from '../failure.js';
import type {Call} from '../verb.js';

const volumeName = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

/** A mount as it was asked for; a volume without a name gets one. */
export type WantedMount = Omit<Bind, 'source'> & {readonly source?: string; readonly created?: boolean};

/** `-v [source:]target[:options]` */
export function parseVolume(call: Call, text: string): WantedMount {
	const parts = text.split(':');
	const bad = (why: string) => new EngineError(`invalid volume specification: '${text}'${why}`);
	if (parts.length > 3 || parts.some(part => part === '')) throw new EngineError(`invalid spec: ${text}: empty section between colons`);
	const [source, target, mode] = parts.length === 1 ? [undefined, parts[0]!, ''] : [parts[0]!, parts[1]!, parts[2] ?? ''];
	if (!target.startsWith('/'))
		throw bad(
			`: invalid mount config for type "${source === undefined ? 'volume' : source.startsWith('/') ? 'bind' : 'volume'}": invalid mount path: '${target}' mount path must be absolute`,
		);
	if (normalise(target) === '/') throw bad(`: invalid specification: destination can't be '/'`);
	const words = mode.split(',').filter(Boolean);
	if (words.some(word => !['ro', 'rw', 'z', 'Z', 'nocopy', 'rprivate', 'cached', 'delegated', 'consistent'].includes(word)))
		throw new EngineError(`invalid mode: ${mode}`);
	const readOnly = words.includes('ro');
	if (source === undefined) return {type: 'volume', target: normalise(target), readOnly: false};
	if (source.startsWith('/') || source.startsWith('.') || source.startsWith('~'))
		return {type: 'bind', source: call.io.path(source), target: normalise(target), readOnly, created: true};
	if (!volumeName.test(source))
		throw new EngineError(
			`create ${source}: "${source}" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`,
		);
	return {type: 'volume', source, target: normalise(target), readOnly};
}

/** `--mount type=bind,source=/a,target=/b,readonly` */
export function parseMount(call: Call, text: string): WantedMount {
	const fields = new Map(text.split(',').map(field => [field.split('=')[0]!.toLowerCase(), field.slice(field.indexOf('=') + 1)] as const));
	const wrong = (why: string) =>
		failure(
			`invalid argument "${text}" for "--mount" flag: ${why}\n\nUsage:  docker run [OPTIONS] IMAGE [COMMAND] [ARG...]\n\nRun 'docker run --help' for more information`,
			125,
		);
	const type = fields.get('type') ?? 'volume';
	const target = fields.get('target') ?? fields.get('dst') ?? fields.get('destination');
	const source = fields.get('source') ?? fields.get('src');
	const known = ['type', 'target', 'dst', 'destination', 'source', 'src', 'readonly', 'ro'];
	const other = [...fields.keys()].find(key => !known.includes(key));
	if (other !== undefined) throw failure(`kubelab: not simulated: docker run --mount ${other}`, 125);
	if (!['bind', 'volume', 'tmpfs'].includes(type)) throw wrong(`invalid mount type: ${type}`);
	if (target === undefined) throw wrong('target is required');
	const flag = fields.get('readonly') ?? fields.get('ro');
	const readOnly = flag !== undefined && flag !== 'false' && flag !== '0';
	if (type === 'tmpfs') return {type: 'tmpfs', source: '', target: normalise(target), readOnly};
	if (type === 'volume') return {type: 'volume', ...(source && {source}), target: normalise(target), readOnly};
	const path = call.io.path(source ?? '');
	if (!call.io.machine.files.exists(path))
		throw new EngineError(`invalid mount config for type "bind": bind source path does not exist: ${path}`);
	return {type: 'bind', source: path, target: normalise(target), readOnly};
}

/** Makes what must be there: host folders, volumes. */
export function settleMounts(
	{engine, io, nowMs}: Call,
	wanted: readonly WantedMount[],
	labels: Readonly<Record<string, string>> = {},
): Bind[] {
	const {files} = io.machine;
	const random = io.machine.sim.random.fork(`docker/${io.machine.name}/volumes`);
	const seen = new Set<string>();
	for (const {target} of wanted) {
		if (seen.has(target)) throw new EngineError(`Duplicate mount point: ${target}`);
		seen.add(target);
	}

	return wanted.map(({type, source, target, readOnly, created}) => {
		if (type === 'bind' && created && !files.exists(source!)) files.makeFolder(source!, {recursive: true});
		if (type !== 'volume') return {type, source: source ?? '', target, readOnly};
		const name = source ?? random.hex(64);
		if (!engine.volumes().some(each => each.name === name))
			engine.putVolume({name, labels, anonymous: source === undefined, createdMs: nowMs});
		return {type, source: name, target, readOnly};
	});
}
