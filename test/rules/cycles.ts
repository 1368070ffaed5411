import path from 'node:path';
import test from 'ava';
import {type SourceFile, sourceFiles} from '../helpers/source-files.js';

interface Knot {
	readonly why: string;
	readonly files: readonly string[];
}

/** Files that import one another when they run. */
const knots: readonly Knot[] = [
	{
		why: 'the shell language contains itself: `eval`, `.` and `bash -c` run what runs them',
		files: [
			'shell/builtins/evaluation.ts',
			'shell/builtins/index.ts',
			'shell/builtins/lookup.ts',
			'shell/run/external.ts',
			'shell/run/interpreter.ts',
			'shell/run/running.ts',
			'shell/run/script.ts',
			'shell/run/sh.ts',
			'shell/run/simple.ts',
			'shell/text.ts',
		],
	},
	{
		why: 'so does that of the scripts in containers',
		files: [
			'images/script/builtins.ts',
			'images/script/commands/index.ts',
			'images/script/commands/system.ts',
			'images/script/commands/text.ts',
			'images/script/commands/typed.ts',
			'images/script/compound.ts',
			'images/script/engine.ts',
			'images/script/simple.ts',
		],
	},
];

/** Files whose types speak of one another, besides. */
const typeKnots: readonly Knot[] = [
	{
		why: 'a machine stands in a world, which holds machines; the images it runs hold programs, which are shown the machine',
		files: [
			'node/container/container-spec.ts',
			'node/container/cri.ts',
			'node/engine/docker.ts',
			'node/engine/model.ts',
			'node/image/image.ts',
			'node/host/machine.ts',
			'node/program/program.ts',
			'node/registry/manifest.ts',
			'node/registry/registries.ts',
			'node/runtime.ts',
			'node/world.ts',
		],
	},
	{
		why: 'a shell has the services of its session, and those are asked in the name of a shell',
		files: ['shell/session/services.ts', 'shell/shell.ts'],
	},
];

type Graph = ReadonlyMap<string, readonly string[]>;

/** What each file imports from its start on; `import()` waits until it is needed and makes no cycle. */
function importGraph(files: readonly SourceFile[], withTypes: boolean): Graph {
	const names = new Set(files.map(file => file.name));
	return new Map(
		files.map(({name, text}) => {
			const targets = [...text.matchAll(/^(?:import|export)\s+(type\s+)?([^'"]*?)(?:\bfrom\s+)?'(\.[^']+)';/gm)].flatMap(
				([, isType, clause = '', specifier = '']) => {
					if (!withTypes && (isType || /^\{(?:\s*type\s[^,}]+,?)+\s*\}\s*$/.test(clause))) return [];
					const target = path.posix.join(path.posix.dirname(name), specifier);
					return [target.replace(/\.js$/, '.ts'), target.replace(/\.js$/, '.tsx')].filter(candidate => names.has(candidate));
				},
			);
			return [name, targets];
		}),
	);
}

/** Sets of files of which each leads to each other: Tarjan's strongly connected components. */
function cyclesOf(graph: Graph): string[][] {
	const order = new Map<string, number>();
	const lowest = new Map<string, number>();
	const stack: string[] = [];
	const open = new Set<string>();
	const cycles: string[][] = [];
	const visit = (file: string) => {
		order.set(file, order.size);
		lowest.set(file, order.get(file)!);
		stack.push(file);
		open.add(file);
		for (const next of graph.get(file) ?? []) {
			if (!order.has(next)) visit(next);
			if (open.has(next)) lowest.set(file, Math.min(lowest.get(file)!, lowest.get(next)!));
		}
		if (lowest.get(file) !== order.get(file)) return;
		const cycle = stack.splice(stack.indexOf(file));
		for (const each of cycle) open.delete(each);
		if (cycle.length > 1) cycles.push(cycle.sort());
	};
	for (const file of graph.keys()) if (!order.has(file)) visit(file);
	return cycles.sort((a, b) => (a[0]! < b[0]! ? -1 : 1));
}

const unexplained = (graph: Graph, explained: readonly Knot[]): string[] =>
	cyclesOf(graph)
		.filter(cycle => !explained.some(({files}) => cycle.every(file => files.includes(file))))
		.map(cycle => `${cycle.join(' ')}: import one another; move what they share to a file below them, or hand it in`);

test('no file imports itself by way of others', t => {
	t.deepEqual(unexplained(importGraph(sourceFiles(), false), knots), []);
});

test('no types do, either', t => {
	t.deepEqual(unexplained(importGraph(sourceFiles(), true), [...knots, ...typeKnots]), []);
});

test('every knot that is excused is there', t => {
	const [running, typed] = [false, true].map(withTypes => new Set(cyclesOf(importGraph(sourceFiles(), withTypes)).flat()));
	const untied = (excused: readonly Knot[], tied: ReadonlySet<string>) =>
		excused.flatMap(({files}) => files).filter(file => !tied.has(file));
	t.deepEqual([...untied(knots, running!), ...untied(typeKnots, typed!)], []);
});

test('the rule finds a cycle of files, and one of types only where types count', t => {
	const files = [
		{name: 'a.ts', text: "import {b} from './folder/b.js';\nimport type {Far} from './far.js';\n"},
		{name: 'folder/b.ts', text: "import {\n\ttype Far,\n\tc,\n} from './c.js';\n"},
		{name: 'folder/c.ts', text: "export {a} from '../a.js';\n"},
		{name: 'far.ts', text: "import {type A} from './a.js';\nconst later = () => import('./near.js');\n"},
		{name: 'near.ts', text: "import {far} from './far.js';\n"},
	];
	const [found, ...more] = unexplained(importGraph(files, false), []);
	t.regex(found!, /^a\.ts folder\/b\.ts folder\/c\.ts: /);
	t.deepEqual(more, []);
	t.deepEqual(cyclesOf(importGraph(files, true)), [['a.ts', 'far.ts', 'folder/b.ts', 'folder/c.ts']]);
	t.deepEqual(unexplained(importGraph(files, false), [{why: '', files: ['a.ts', 'folder/b.ts', 'folder/c.ts']}]), []);
});
