import {EngineError, type ContainerConfig, type HostConfig, type PortBinding} from '../../../../node/engine/model.js';
import {configOf} from '../../../../node/registry/content.js';
import {FileError} from '../../../../os/files.js';
import {signalNamed} from '../../../../os/signals.js';
import {failure} from '../failure.js';
import type {Call} from '../verb.js';
import {parseMount, parseVolume, settleMounts, type WantedMount} from './mounts.js';
import {parseExposed, parsePort} from './ports.js';
import {bytesOf, durationMs, eitherOf, fileLines, nanoCpus, pairs, restartPolicy} from './values.js';
import type {Healthcheck} from '../../../../node/registry/image-config.js';
import {imageIdOf, manifestOf} from '../../../../node/registry/manifest.js';
import type {LocalImage} from '../../../../node/engine/docker.js';

/** What the options mean, before an image is looked for: a wrong one is told first. */
export interface Wanted {
	readonly ports: readonly PortBinding[];
	readonly exposed: readonly string[];
	readonly env: Readonly<Record<string, string>>;
	readonly labels: Readonly<Record<string, string>>;
	readonly mounts: readonly WantedMount[];
	readonly healthcheck?: Healthcheck;
	readonly host: Omit<HostConfig, 'binds' | 'ports'>;
}

const minimumMemory = 6 * 1024 * 1024;

export function readWanted(call: Call): Wanted {
	const {values} = call;
	const ports = values.list('publish').flatMap(parsePort);
	const fromFile = (path: string) => {
		try {
			return fileLines(call.io.machine.files.readText(call.io.path(path)));
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
			throw failure(`docker: open ${path}: ${error.message.toLowerCase()}\n\nRun 'docker run --help' for more information`, 125);
		}
	};
	const mounts = [
		...values.list('volume').map(text => parseVolume(call, text)),
		...values.list('mount').map(text => parseMount(call, text)),
		...values.list('tmpfs').map((text): WantedMount => ({type: 'tmpfs', source: '', target: text.split(':')[0]!, readOnly: false})),
		...values.list('volumes-from').flatMap(text => call.engine.containers.get(text.split(':')[0]!).host.binds),
	];
	return {
		ports,
		exposed: values.list('expose').flatMap(parseExposed),
		env: pairs([...values.list('env-file').flatMap(fromFile), ...values.list('env')], call.io.env),
		labels: pairs([...values.list('label-file').flatMap(fromFile), ...values.list('label')]),
		mounts,
		...healthOf(call),
		host: hostWanted(call),
	};
}

function hostWanted({values, path}: Call): Wanted['host'] {
	const network = eitherOf(values, 'network', 'net') ?? 'bridge';
	const memory = values.changed('memory') ? bytesOf(path, '-m, --memory', values.string('memory')!) : 0;
	if (memory > 0 && memory < minimumMemory) throw new EngineError('Minimum memory limit allowed is 6MB');
	const restart = restartPolicy(values.string('restart'));
	const autoRemove = values.bool('rm');
	if (autoRemove && restart.name !== 'no')
		throw failure(
			"docker: conflicting options: cannot specify both --restart and --rm\n\nRun 'docker run --help' for more information",
			125,
		);
	const address = values.string('ip');
	if (address !== undefined && ['bridge', 'default', 'host', 'none'].includes(network))
		throw new EngineError(
			'invalid config for network bridge: invalid endpoint settings:\nuser specified IP address is supported on user defined networks only',
		);
	return {
		network: network === 'default' ? 'bridge' : network,
		aliases: [...values.list('network-alias'), ...values.list('net-alias')],
		...(address && {address}),
		publishAll: values.bool('publish-all'),
		restart,
		autoRemove,
		privileged: values.bool('privileged'),
		readOnly: values.bool('read-only'),
		memory,
		nanoCpus: values.changed('cpus') ? nanoCpus(path, values.string('cpus')!) : 0,
		cpuShares: values.int('cpu-shares') ?? 0,
		dns: values.list('dns'),
		dnsSearch: values.list('dns-search'),
		dnsOptions: values.list('dns-option'),
		extraHosts: values.list('add-host').map(checkedHost),
		links: values.list('link'),
		capAdd: values.list('cap-add'),
		capDrop: values.list('cap-drop'),
	};
}

function checkedHost(text: string): string {
	if (/^[^:=]+[:=].+$/.test(text)) return text;
	throw failure(
		`invalid argument ${JSON.stringify(text)} for "--add-host" flag: bad format for add-host: ${JSON.stringify(text)}\n\nUsage:  docker run [OPTIONS] IMAGE [COMMAND] [ARG...]\n\nRun 'docker run --help' for more information`,
		125,
	);
}

function healthOf({values, path}: Call): {healthcheck?: Healthcheck} {
	if (values.bool('no-healthcheck')) return {healthcheck: {test: ['NONE']}};
	const command = values.string('health-cmd');
	if (command === undefined) return {};
	const of = (name: string) => durationMs(path, name, values.string(name));
	return {
		healthcheck: {
			test: ['CMD-SHELL', command],
			intervalMs: of('health-interval'),
			timeoutMs: of('health-timeout'),
			startPeriodMs: of('health-start-period'),
			retries: values.int('health-retries'),
		},
	};
}

/** The options over what the image says. */
export function configFor(
	call: Call,
	wanted: Wanted,
	image: LocalImage,
	typed: string,
	words: readonly string[],
): {config: ContainerConfig; host: HostConfig} {
	const {values} = call;
	const own = configOf(image.resolved);
	const entrypoint = values.changed('entrypoint') ? [values.string('entrypoint')!].filter(Boolean) : own.entrypoint;
	const command = words.length > 0 ? words : values.changed('entrypoint') ? [] : own.command;
	if (entrypoint.length + command.length === 0) throw new EngineError('no command specified');
	const health = wanted.healthcheck ?? own.healthcheck;
	const named = new Set(wanted.mounts.map(each => each.target));
	const mounts = [
		...wanted.mounts,
		...own.volumes.filter(path => !named.has(path)).map((target): WantedMount => ({type: 'volume', target, readOnly: false})),
	];
	return {
		config: {
			image: typed,
			imageId: imageIdOf(image.resolved),
			manifest: manifestOf(image.resolved),
			entrypoint,
			command,
			env: {...own.env, ...wanted.env},
			workingDir: values.string('workdir') ?? own.workingDir ?? '',
			user: values.string('user') ?? own.user ?? '',
			hostname: values.string('hostname') ?? '',
			tty: values.bool('tty'),
			stdin: values.bool('interactive'),
			labels: {...own.labels, ...wanted.labels},
			exposed: [
				...new Set([...own.ports, ...wanted.exposed, ...wanted.ports.map(port => `${port.containerPort}/${port.protocol}`)]),
			].sort(),
			stopSignal: signalName(values.string('stop-signal') ?? own.stopSignal ?? 'SIGTERM'),
			...(values.changed('stop-timeout') && {stopTimeout: values.int('stop-timeout')!}),
			...(health && health.test[0] !== 'NONE' && {healthcheck: health}),
		},
		host: {...wanted.host, ports: wanted.ports, binds: settleMounts(call, mounts)},
	};
}

export function signalName(text: string): string {
	const name = signalNamed(text);
	if (name === undefined) throw new EngineError(`invalid signal: ${text}`);
	return name;
}
