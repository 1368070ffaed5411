import {normalise} from '../../../../os/layer.js';
import {goDurationMs} from '../../../kubectl/flags/go-duration.js';
import {failure} from '../failure.js';
import {DockerfileError, type Instruction, instruction, jsonWords} from './dockerfile.js';
import {expand, keyValues, words} from './substitute.js';
import type {Healthcheck, ImageConfig} from '../../../../node/registry/image-config.js';

type Values = Readonly<Record<string, string>>;
type Apply = (config: ImageConfig, its: Instruction, values: Values) => ImageConfig;

export const defaultShell: readonly string[] = ['/bin/sh', '-c'];

/** The words that an instruction will run: its own, or its line given to the shell. */
export const commandOf = ({rest}: Pick<Instruction, 'rest'>, config: ImageConfig): readonly string[] =>
	jsonWords(rest) ?? [...(config.shell ?? defaultShell), rest];

const portsOf = (text: string, values: Values, line: number): string[] =>
	words(text, values, line).flatMap(word => {
		const [range = '', protocol = 'tcp'] = word.split('/');
		const match = /^(\d+)(?:-(\d+))?$/.exec(range);
		if (!match) throw new DockerfileError(`invalid containerPort: ${range}`, line);
		const [first, last] = [Number(match[1]), Number(match[2] ?? match[1])];
		return Array.from(
			{length: Math.max(0, Math.min(last, 65_535) - first + 1)},
			(_, index) => `${first + index}/${protocol.toLowerCase()}`,
		);
	});

function healthcheck({rest, flags, line}: Instruction): Healthcheck {
	const [word = ''] = rest.split(/\s+/);
	if (word.toUpperCase() === 'NONE') return {test: ['NONE']};
	if (word.toUpperCase() !== 'CMD')
		throw new DockerfileError(`dockerfile parse error on line ${line}: unknown type "${word}" in HEALTHCHECK (try CMD)`, line);
	const command = rest.slice(word.length).trim();
	if (command === '') throw new DockerfileError(`dockerfile parse error on line ${line}: missing command after HEALTHCHECK CMD`, line);
	const time = (name: string) => {
		const text = flags.get(name);
		if (text === undefined) return undefined;
		const ms = goDurationMs(text);
		if (ms === undefined)
			throw new DockerfileError(`dockerfile parse error on line ${line}: time: invalid duration ${JSON.stringify(text)}`, line);
		return ms;
	};
	const json = jsonWords(command);
	return {
		test: json ? ['CMD', ...json] : ['CMD-SHELL', command],
		...(flags.has('interval') && {intervalMs: time('interval')!}),
		...(flags.has('timeout') && {timeoutMs: time('timeout')!}),
		...(flags.has('start-period') && {startPeriodMs: time('start-period')!}),
		...(flags.has('retries') && {retries: Number(flags.get('retries'))}),
	};
}

/** Instructions that write no files: each changes what the image says. */
export const changes: Readonly<Record<string, Apply>> = {
	CMD: (config, its) => ({...config, command: commandOf(its, config)}),
	// A new entry point takes the inherited command away.
	ENTRYPOINT: (config, its) => ({...config, entrypoint: commandOf(its, config)}),
	ENV: (config, {rest, line}, values) => ({...config, env: {...config.env, ...Object.fromEntries(keyValues(rest, values, line, 'ENV'))}}),
	LABEL: (config, {rest, line}, values) => ({
		...config,
		labels: {...config.labels, ...Object.fromEntries(keyValues(rest, values, line, 'LABEL'))},
	}),
	EXPOSE: (config, {rest, line}, values) => ({...config, ports: [...new Set([...config.ports, ...portsOf(rest, values, line)])].sort()}),
	USER: (config, {rest, line}, values) => ({...config, user: expand(rest, values, line)}),
	WORKDIR: (config, {rest, line}, values) => ({
		...config,
		workingDir: normalise(expand(rest.replace(/^"(.*)"$/, '$1'), values, line), config.workingDir || '/'),
	}),
	VOLUME: (config, {rest, line}, values) => ({
		...config,
		volumes: [...new Set([...config.volumes, ...(jsonWords(rest) ?? words(rest, values, line))])],
	}),
	STOPSIGNAL: (config, {rest, line}, values) => ({...config, stopSignal: expand(rest, values, line)}),
	MAINTAINER: (config, {rest}) => ({...config, author: rest}),
	HEALTHCHECK: (config, its) => ({...config, healthcheck: healthcheck(its)}),
	SHELL(config, {rest, line}) {
		const shell = jsonWords(rest);
		if (!shell) throw new DockerfileError(`dockerfile parse error on line ${line}: SHELL requires the arguments to be in JSON form`, line);
		return {...config, shell};
	},
	ONBUILD(config, {rest, line}) {
		const trigger = /^\S+/.exec(rest)?.[0].toUpperCase() ?? '';
		if (trigger === 'ONBUILD')
			throw new DockerfileError(`dockerfile parse error on line ${line}: Chaining ONBUILD via \`ONBUILD ONBUILD\` isn't allowed`, line);
		if (trigger === 'FROM' || trigger === 'MAINTAINER')
			throw new DockerfileError(`dockerfile parse error on line ${line}: ${trigger} isn't allowed as an ONBUILD trigger`, line);
		instruction(rest, line, line);
		return {...config, onBuild: [...config.onBuild, rest]};
	},
};

const changeable = ['CMD', 'ENTRYPOINT', 'ENV', 'EXPOSE', 'HEALTHCHECK', 'LABEL', 'ONBUILD', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR'];

/** `docker commit --change`, `docker import --change`. */
export function applyChange(config: ImageConfig, text: string): ImageConfig {
	try {
		const its = instruction(text, 1, 1);
		if (!changeable.includes(its.name))
			throw failure(`Error response from daemon: ${its.name.toLowerCase()} is not a valid change command`);
		return changes[its.name]!(config, its, config.env);
	} catch (error) {
		if (!(error instanceof DockerfileError)) throw error;
		throw failure(`Error response from daemon: ${error.message}`);
	}
}
