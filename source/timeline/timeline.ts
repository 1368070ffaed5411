import type {Session} from '../shell/session/session.js';
import type {World} from '../node/world.js';
import {type Branch, type Checkpoint, type Everything, hashEverything, type ListedMoment, type Moment, TimelineError} from './moment.js';
import {createTree} from './tree.js';
import {diffWorlds} from './diff.js';
import type {WorldDiff} from './world-diff.js';

/**
 * The history of a world that is played in: each line that was typed leads to a moment that can be returned to. Time that passes
 * belongs to the moment before the next line.
 */
export interface Timeline {
	readonly branch: string;
	/** Where we stand: the last line's moment. */
	readonly position: Moment;
	readonly canUndo: number;
	readonly canRedo: number;
	/** From the start to the end of the current branch. */
	moments(): readonly ListedMoment[];
	branches(): readonly Branch[];
	checkpoints(): readonly Checkpoint[];
	/** To before the last `steps` lines. Gives the lines taken back, the last one first. */
	undo(steps?: number): readonly string[];
	/** The same forwards, in the order in which they were typed. */
	redo(steps?: number): readonly string[];
	/** Names the present. */
	checkpoint(name: string): Moment;
	/** A branch that begins at the present; what is typed from now on belongs to it. */
	createBranch(name: string): void;
	/** To a branch's end, a checkpoint, `start`, or a step of the current branch. */
	goTo(place: string): Moment;
	/** `place` as for `goTo`, or `now`. Without `from`: since the last checkpoint, or the start. */
	diff(from?: string, to?: string): WorldDiff;
	/** Fingerprint of world and shells at a place, `now` when absent. */
	hash(place?: string): string;
	/** Told after each step and each move. */
	onChange(listener: () => void): void;
	/** A terminal of this world: its shells are taken along. */
	attach(session: Session): void;
	/** A line begins to run; to be called when it has ended, or waits in a shell that it entered. */
	begin(text: string): () => void;
	/** Packs what is kept of old moments; to be called between lines, while time passes. */
	tidy(): void;
}

export function createTimeline(world: World): Timeline {
	const {state, clock} = world.sim;
	const sessions: Session[] = [];
	const listeners: Array<() => void> = [];
	const tree = createTree();
	/** Of each line that runs, the latest last: what it found, or what it travelled to. */
	const running: Array<{before: Everything}> = [];

	const present = (): Everything => ({world: state.snapshot(), sessions: sessions.map(session => session.save())});
	const now = (): Everything => running.at(-1)?.before ?? present();
	const told = () => {
		for (const listener of listeners) listener();
	};
	/** Before we leave the present, to find it again. */
	const keepPresent = () => tree.keep(tree.position, now());

	const put = (moment: Moment, everything: Everything) => {
		for (const line of running) line.before = everything;
		for (const session of sessions) session.shell.services.jobs.abandon();
		state.restore(everything.world);
		for (const [index, session] of sessions.entries()) if (everything.sessions[index]) session.restore(everything.sessions[index]);
		tree.stand(moment);
		told();
	};
	const everythingOf = (place: string): Everything => (place === 'now' ? now() : tree.everythingAt(tree.find(place), now));
	const named = (what: string, name: string, taken: readonly string[]) => {
		if (!/^[A-Za-z][\w.-]{0,62}$/.test(name) || name === 'now' || name === 'start')
			throw new TimelineError(`"${name}" cannot name a ${what}: letters, digits, dots and dashes, beginning with a letter`);
		if (taken.includes(name)) throw new TimelineError(`there is a branch or checkpoint "${name}" already`);
	};
	const names = () => [...tree.branches(), ...tree.checkpoints()].map(each => each.name);

	const timeline: Timeline = {
		get branch() {
			return tree.branch;
		},
		get position() {
			return tree.position;
		},
		get canUndo() {
			return tree.position.step;
		},
		get canRedo() {
			return tree.future().length;
		},
		moments: () => tree.moments(),
		branches: () => tree.branches(),
		checkpoints: () => tree.checkpoints(),
		undo(steps = 1) {
			const {step} = tree.position;
			if (step < steps) throw new TimelineError(step === 0 ? 'there is nothing to undo' : `only ${step} can be undone`);
			keepPresent();
			const taken = tree.past(steps);
			const first = taken.at(-1)!;
			put(tree.parentOf(first), tree.before(first));
			return taken.map(moment => moment.line);
		},
		redo(steps = 1) {
			const future = tree.future();
			if (future.length < steps)
				throw new TimelineError(future.length === 0 ? 'there is nothing to redo' : `only ${future.length} can be redone`);
			keepPresent();
			put(future[steps - 1]!, tree.everythingAt(future[steps - 1]!));
			return future.slice(0, steps).map(moment => moment.line);
		},
		checkpoint(name) {
			named(
				'checkpoint',
				name,
				tree.branches().map(each => each.name),
			);
			keepPresent();
			tree.mark(name);
			told();
			return tree.position;
		},
		createBranch(name) {
			named('branch', name, names());
			keepPresent();
			tree.fork(name);
			told();
		},
		goTo(place) {
			const moment = tree.find(place);
			keepPresent();
			const everything = tree.everythingAt(moment, now);
			tree.enter(place, moment);
			put(moment, everything);
			return moment;
		},
		diff(from, to = 'now') {
			const origin = from ?? tree.lastCheckpoint() ?? 'start';
			return {from: origin, to, ...diffWorlds(world, everythingOf(origin).world, everythingOf(to).world)};
		},
		hash: (place = 'now') => hashEverything(everythingOf(place)),
		onChange: listener => void listeners.push(listener),
		attach: session => void sessions.push(session),
		begin(text) {
			const line = {before: present()};
			const atMs = clock.uptime();
			running.push(line);
			return () => {
				running.splice(running.indexOf(line), 1);
				if (!isJourney(text)) tree.grow(text, atMs, line.before);
				told();
			};
		},
		tidy: tree.tidy,
	};
	return timeline;
}

/** Nothing but a word of `lab`: a look at the timeline, or a way through it, is no step of it. */
const isJourney = (text: string): boolean => /^\s*lab(?:\s[^;&|<>()$`\n]*)?$/.test(text);
