import test from 'ava';
import fc from 'fast-check';
import {DockerFailure} from '../../source/commands/container/docker/failure.js';
import verbs from '../../source/commands/container/docker/index.js';
import {DockerfileError, parseDockerfile} from '../../source/commands/container/docker/build/dockerfile.js';
import {planStages} from '../../source/commands/container/docker/build/stages.js';
import {keyValues, words} from '../../source/commands/container/docker/build/substitute.js';
import {parseOptions} from '../../source/commands/container/docker/options.js';
import {parsePort} from '../../source/commands/container/docker/run/ports.js';
import {glob} from '../../source/commands/container/docker/build/context.js';
import {readTar, writeTar} from '../../source/commands/container/docker/image/tar.js';
import {world} from './_world.js';

const runs = 300;
/** Nothing but the tool's own refusals may come out. */
function harmless(work: () => unknown): boolean {
	try {
		work();
	} catch (error) {
		if (!(error instanceof DockerFailure || error instanceof DockerfileError)) throw error;
	}

	return true;
}

const piece = fc.oneof(
	fc.constantFrom('-', '--', '-it', '-p', '80:80', '--name', '--name=x', '-e', 'A=b', '--rm=maybe', '-v', ':', '=', '$(x)', '${A:-', '"'),
	fc.string({maxLength: 8}),
);

test('options, ports, Dockerfiles: odd ones are refused, never a crash', t => {
	fc.assert(
		fc.property(fc.constantFrom(...verbs), fc.array(piece, {maxLength: 6}), (verb, list) =>
			harmless(() =>
				parseOptions({path: `docker ${verb.name}`, usage: verb.usage, options: verb.options, stopAtArgument: verb.stopAtArgument}, list),
			),
		),
		{numRuns: runs},
	);
	fc.assert(
		fc.property(piece, text => harmless(() => parsePort(text))),
		{numRuns: runs},
	);
	const line = fc
		.tuple(
			fc.constantFrom('FROM', 'RUN', 'COPY', 'ENV', 'ARG', 'ONBUILD', 'HEALTHCHECK', 'SHELL', 'LABEL', '#', ''),
			fc.array(piece, {maxLength: 4}),
		)
		.map(([name, rest]) => [name, ...rest].join(' '));
	fc.assert(
		fc.property(fc.array(line, {maxLength: 6}), lines => harmless(() => planStages(lines.join('\n'), {}))),
		{numRuns: runs},
	);
	fc.assert(
		fc.property(fc.string({unit: 'binary', maxLength: 60}), text => harmless(() => parseDockerfile(text))),
		{numRuns: runs},
	);
	fc.assert(
		fc.property(
			fc.string({maxLength: 30}),
			text =>
				harmless(() => words(text, {A: 'b'}, 1)) && harmless(() => keyValues(text, {A: 'b'}, 1, 'ENV')) && harmless(() => glob(text, true)),
		),
		{numRuns: runs},
	);
	t.pass();
});

test('a tape archive is read back as it was written', t => {
	const entry = fc.record({
		path: fc.stringMatching(/^[a-z]{1,9}(\/[a-z]{1,9}){0,3}$/),
		type: fc.constantFrom('file' as const, 'folder' as const),
		mode: fc.integer({min: 0, max: 0o7777}),
		uid: fc.integer({min: 0, max: 65_534}),
		gid: fc.integer({min: 0, max: 65_534}),
		mtimeMs: fc.integer({min: 0, max: 2_000_000_000}).map(seconds => seconds * 1000),
		bytes: fc.uint8Array({maxLength: 700}),
	});
	fc.assert(
		fc.property(fc.array(entry, {minLength: 1, maxLength: 5}), entries => {
			const written = entries.map(each => (each.type === 'folder' ? {...each, bytes: new Uint8Array()} : each));
			t.deepEqual(
				readTar(writeTar(written))?.map(each => ({...each, bytes: [...each.bytes]})),
				written.map(each => ({...each, bytes: [...each.bytes]})),
			);
		}),
		{numRuns: 60},
	);
	t.is(readTar(new Uint8Array(600).fill(65)), undefined);
});

test('substitution is that of a Dockerfile', t => {
	const values = {A: 'x', EMPTY: ''};
	const of = (text: string) => words(text, values, 1);
	t.deepEqual(of('$A ${A} ${B:-d} ${A:+y} ${EMPTY:-e} ${EMPTY-f} $B'), ['x', 'x', 'd', 'y', 'e']);
	t.deepEqual(of(`"a b" 'c $A' d\\ e "\\$A"`), ['a b', 'c $A', 'd e', '$A']);
	t.throws(() => of('${A'), {instanceOf: DockerfileError});
	t.throws(() => of('"open'), {instanceOf: DockerfileError});
});

test('random command lines leave the world standing', async t => {
	const {player, out} = world('fuzz');
	await player.play('docker run -d --name web nginx');
	const names = verbs.map(verb => verb.name);
	const lines = fc.sample(
		fc.tuple(
			fc.constantFrom(...names),
			fc.array(
				fc.constantFrom(
					'web',
					'nginx',
					'x',
					'-a',
					'-f',
					'-q',
					'-it',
					'--rm',
					'--format',
					'{{.ID}}',
					'{{.',
					'bridge',
					'a:b',
					'/etc',
					'--no-trunc',
					'-s',
					'80',
				),
				{maxLength: 4},
			),
		),
		{numRuns: 120, seed: 7},
	);
	for (const [name, args] of lines) {
		const {stderr, exitCode} = await player.play(`docker ${name} ${args.map(word => `'${word}'`).join(' ')} < /dev/null`);
		t.true(Number.isInteger(exitCode), stderr);
		t.notRegex(stderr, /TypeError|undefined is not|at .*\.ts:\d+/, `docker ${name} ${args.join(' ')}`);
	}

	t.regex(await out('docker version'), /^Client:/);
});
