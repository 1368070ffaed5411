import {diffText} from './diff-text.js';
import type {LabIo, LabWord} from './lab-word.js';
import type {Timeline} from './timeline.js';
import {branchesText, timelineText} from './timeline-text.js';

/** The words of `lab` that travel through a world's history. */
export function timelineWords(timeline: Timeline): LabWord[] {
	const places = () => ['start', ...[...timeline.branches(), ...timeline.checkpoints()].map(each => each.name)];
	return [
		{
			name: 'undo',
			usage: 'undo [N]',
			summary: 'take back the last line, or the last N: the whole world and this shell',
			*run(io) {
				const steps = countIn(io);
				if (steps === undefined) return io.usage();
				for (const line of timeline.undo(steps)) io.out(`undone: ${line}\n`);
				return 0;
			},
		},
		{
			name: 'redo',
			usage: 'redo [N]',
			summary: 'what was undone happens again',
			*run(io) {
				const steps = countIn(io);
				if (steps === undefined) return io.usage();
				for (const line of timeline.redo(steps)) io.out(`redone: ${line}\n`);
				return 0;
			},
		},
		{
			name: 'checkpoint',
			usage: 'checkpoint NAME',
			summary: 'name the present, to return to it or compare with it',
			*run(io) {
				if (io.args.length !== 1) return io.usage();
				const {step} = timeline.checkpoint(io.args[0]!);
				io.out(`checkpoint ${io.args[0]} at step ${step}\n`);
				return 0;
			},
		},
		{
			name: 'branch',
			usage: 'branch NAME',
			summary: 'go on from the present in a branch of its own',
			*run(io) {
				if (io.args.length !== 1) return io.usage();
				const from = timeline.branch;
				timeline.createBranch(io.args[0]!);
				io.out(`branch ${io.args[0]}, from ${from} at step ${timeline.position.step}\n`);
				return 0;
			},
		},
		{
			name: 'switch',
			usage: 'switch PLACE',
			summary: 'go to the end of a branch, to a checkpoint, to a step, or to "start"',
			*run(io) {
				if (io.args.length !== 1) return io.usage();
				const {step} = timeline.goTo(io.args[0]!);
				io.out(`at step ${step} of ${timeline.branch}\n`);
				return 0;
			},
			complete: places,
		},
		{
			name: 'branches',
			usage: 'branches [--json]',
			summary: 'list branches and checkpoints',
			*run(io) {
				const listed = {branches: timeline.branches(), checkpoints: timeline.checkpoints()};
				return print(io, listed, () => branchesText(listed.branches, listed.checkpoints));
			},
		},
		{
			name: 'timeline',
			usage: 'timeline [--json]',
			summary: 'list the lines of this branch, and where we stand',
			*run(io) {
				const moments = timeline.moments();
				return print(io, moments, () => timelineText(timeline.branch, moments));
			},
		},
		{
			name: 'diff',
			usage: 'diff [FROM [TO]] [--json]',
			summary: 'objects, files, rules and reachability: what has changed since the last checkpoint, or between two places',
			*run(io) {
				const [from, to, ...more] = io.args.filter(word => word !== '--json');
				if (more.length > 0) return io.usage();
				const diff = timeline.diff(from, to);
				return print({...io, args: io.args.filter(word => word === '--json')}, diff, () => diffText(diff));
			},
			complete: () => [...places(), 'now'],
		},
		{
			name: 'hash',
			usage: 'hash [PLACE]',
			summary: 'a fingerprint of the whole world: equal worlds have equal ones',
			*run(io) {
				if (io.args.length > 1) return io.usage();
				io.out(`${timeline.hash(io.args[0])}\n`);
				return 0;
			},
			complete: places,
		},
	];
}

function countIn({args}: LabIo): number | undefined {
	if (args.length === 0) return 1;
	return args.length === 1 && /^[1-9]\d{0,5}$/.test(args[0]!) ? Number(args[0]) : undefined;
}

function print(io: LabIo, value: unknown, text: () => string): number {
	if (io.args.length > 1 || (io.args.length === 1 && io.args[0] !== '--json')) return io.usage();
	io.out(io.args.length === 1 ? `${JSON.stringify(value, undefined, 2)}\n` : text());
	return 0;
}
